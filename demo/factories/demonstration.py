"""What the factories hand to one another."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone
from wagtail.models import Locale, Page

from blog.models import Author
from dialogue.models import Comment
from people.models import User
from portal.models import PortalDocument, PortalImage, Topic

Place = tuple[str, str]  # the key of some content, and its language


@dataclass
class Demonstration:
    """The site as far as it is built, each thing under the key that it has in the content."""

    now: datetime = field(default_factory=timezone.now)
    report: Callable[[str], object] = lambda sentence: None
    made: Counter[str] = field(default_factory=Counter)
    users: dict[str, User] = field(default_factory=dict)
    pictures: dict[str, PortalImage] = field(default_factory=dict)
    documents: dict[str, PortalDocument] = field(default_factory=dict)
    topics: dict[Place, Topic] = field(default_factory=dict)
    authors: dict[Place, Author] = field(default_factory=dict)
    pages: dict[Place, Page] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)
    locales: dict[str, Locale] = field(default_factory=dict)

    @property
    def editor(self) -> User:
        """Who writes and publishes what nobody else does."""
        return self.users["maude"]

    def day(self, days: int, hour: int) -> datetime:
        """Return that hour of the day, `days` from today; the past is negative."""
        moment = timezone.localtime(self.now) + timedelta(days=days)
        return moment.replace(hour=hour, minute=0, second=0, microsecond=0)
