"""What the organisation says of itself: its settings and the menus."""

from wagtail.models import Site

from demo.cast import NORDET
from demo.content import PLAIN_PAGES
from demo.factories.demonstration import Demonstration
from dialogue.models import CommentPolicy, ConversationSettings
from home.models import NavigationItem, NavigationMenu
from home.models.navigation import Place
from moderation.models import ModerationSettings
from portal.models import PortalSettings
from portal.sharing import ShareTarget

SOCIAL_PLACES = (
    ("Mastodon", "https://social.example/@nordet"),
    ("PeerTube", "https://video.example/c/nordet"),
)
FIRST_NAME = PortalSettings._meta.get_field("name_fr").default  # of a portal that nobody has named yet


def dress_site(demo: Demonstration) -> None:
    """Give a portal that has no name yet the organisation's name, mark, colour and words."""
    site = Site.objects.get(is_default_site=True)
    settings = PortalSettings.for_site(site)
    if settings.name_fr != FIRST_NAME:
        return
    settings.name_fr = settings.name_en = site.site_name = NORDET.name
    settings.tagline_fr, settings.tagline_en = NORDET.tagline_fr, NORDET.tagline_en
    settings.logo = demo.pictures["logo"]
    settings.accent = NORDET.colour_accent
    address = f'<p><a href="mailto:{NORDET.email}">{NORDET.email}</a></p>'
    settings.footer_fr, settings.footer_en = NORDET.footer_fr + address, NORDET.footer_en + address
    settings.social_links = [("link", {"label": label, "url": url}) for label, url in SOCIAL_PLACES]
    settings.share_targets = list(ShareTarget.values)
    settings.full_clean()
    settings.save()
    site.save()
    # Those who are known from earlier would not wait, and a desk without anything that waits shows little.
    conversation = ConversationSettings.for_site(site)
    conversation.policy = CommentPolicy.PUBLISH_SIGNED_IN
    conversation.save()
    moderation = ModerationSettings.for_site(site)
    moderation.shows_counts = True
    moderation.save()
    demo.made["settings"] += 1


def add_to_menus(demo: Demonstration) -> None:
    """Add the page about the organisation to each menu that has no link of ours yet."""
    for content in PLAIN_PAGES:
        if content.key != "about":
            continue
        page = demo.pages[content.key, content.language]
        menu = NavigationMenu.objects.get(locale=page.locale)
        if menu.items.filter(page=page).exists():
            continue
        NavigationItem.objects.create(
            menu=menu, page_id=page.pk, place=Place.HEADER, sort_order=menu.items.count()
        )
        demo.made["links"] += 1
