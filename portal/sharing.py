"""Where a public page may be shared: plain links, nothing loaded from the places they lead to."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class ShareTarget(models.TextChoices):
    """A place where readers share pages."""

    PINTEREST = "pinterest", "Pinterest"
    LINKEDIN = "linkedin", "LinkedIn"
    FACEBOOK = "facebook", "Facebook"
    X = "x", "X"
    MASTODON = "mastodon", "Mastodon"
    MAIL = "mail", gettext_lazy("Email")
    COPY = "copy", gettext_lazy("Copy the link")


@dataclass(frozen=True)
class SharedPage:
    """What is said elsewhere about a page."""

    key: int
    title: str
    url: str
    image_url: str


@dataclass(frozen=True)
class ShareLink:
    """One place to share a page at."""

    key: str
    label: str
    url: str


def share_links(page: SharedPage, targets: list[str]) -> list[ShareLink]:
    """Return the links for `page` in the order of `targets`, keys of which an unknown one is passed over."""
    known = [ShareTarget(key) for key in targets if key in ShareTarget.values]
    return [ShareLink(one.value, str(one.label), share_address(page, one)) for one in known]


def share_address(page: SharedPage, target: ShareTarget) -> str:
    """Return the address that opens `target` with `page` ready to be shared."""
    match target:
        case ShareTarget.PINTEREST:
            pin = {"url": page.url, "media": page.image_url, "description": page.title}
            return "https://www.pinterest.com/pin/create/button/?" + urlencode(pin)
        case ShareTarget.LINKEDIN:
            return "https://www.linkedin.com/sharing/share-offsite/?" + urlencode({"url": page.url})
        case ShareTarget.FACEBOOK:
            return "https://www.facebook.com/sharer/sharer.php?" + urlencode({"u": page.url})
        case ShareTarget.X:
            return "https://x.com/intent/post?" + urlencode({"text": page.title, "url": page.url})
        case ShareTarget.MASTODON:
            # Mastodon is many servers: a page of ours asks which one is the reader's.
            return reverse("share_on_mastodon") + "?" + urlencode({"page": page.key})
        case ShareTarget.MAIL:
            body = _("I thought of you when I read this: %(url)s") % {"url": page.url}
            # Not `urlencode`: a mail program shows its plus as a plus (RFC 6068).
            return f"mailto:?subject={quote(page.title)}&body={quote(body)}"
        case ShareTarget.COPY:
            return page.url
