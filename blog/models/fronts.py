"""What a narrowed list of articles is called and says of itself: that of a topic, an author, a year or a tag.

A list narrowed in several ways, or by words, is one among too many: it goes by the name of its section.
"""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from taggit.models import Tag

from blog.models.authors import Author
from portal.characters import cut_at_word
from portal.models import PortalImage, Topic
from portal.models.pages import DESCRIPTION_LENGTH


@dataclass(frozen=True)
class Front:
    """A list of articles: its heading, what stands below it, and its own address within the section."""

    heading: str
    section: str
    wishes: dict[str, str]
    introduction: str = ""
    role: str = ""
    portrait: PortalImage | None = None
    number: int = 1

    @property
    def title(self) -> str:
        """What the window and machines call it."""
        page = [_("page %(number)s") % {"number": self.number}] if self.number > 1 else []
        return " · ".join(dict.fromkeys([self.heading, self.section, *page]))

    @property
    def description(self) -> str:
        """What is said of it where it is found; of its later pages, which they are."""
        return cut_at_word((self.number == 1 and self.introduction) or self.title, DESCRIPTION_LENGTH)

    @property
    def query(self) -> str:
        """Its address after that of the section."""
        number = {"page": str(self.number)} if self.number > 1 else {}
        return "?" + urlencode({**self.wishes, **number})


def find_front(section: str, wishes: dict[str, str], locale_id: int, number: int) -> Front | None:
    """Return the front of a list with articles in it; None for the first page of the section itself.

    Whoever asks knows that this reader may see an article of the list: a topic of closed articles alone is
    not named to strangers.
    """
    front = Front(section, section, {})
    if len(wishes) == 1:
        ((name, value),) = wishes.items()
        front = _of_one_wish(front, name, value, locale_id) or front
    if front.heading == section and (wishes or number == 1):
        return None
    return replace(front, number=number)


def _of_one_wish(front: Front, name: str, value: str, locale_id: int) -> Front | None:
    wishes = {name: value}
    if name == "topic" and (topic := Topic.objects.filter(locale_id=locale_id, slug=value).first()):
        return replace(front, heading=topic.name, wishes=wishes, introduction=topic.introduction)
    if name == "author":
        authors = Author.objects.filter(locale_id=locale_id, slug=value).select_related("portrait")
        if author := authors.first():
            return replace(
                front,
                heading=author.name,
                wishes=wishes,
                introduction=author.biography,
                role=author.role,
                portrait=author.portrait,
            )
    if name == "year":
        year = str(int(value))
        return replace(front, heading=_("Articles of %(year)s") % {"year": year}, wishes={name: year})
    if name == "tag" and (tag := Tag.objects.filter(slug=value).first()):
        return replace(front, heading=tag.name, wishes=wishes)
    return None
