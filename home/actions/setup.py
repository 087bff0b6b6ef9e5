"""Sets the portal up: languages, pages, groups, settings, menus, the first account.

Every step looks first and changes only what is missing, so that running it again does no harm. What an
administrator has changed since is left as it is.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import (
    BaseViewRestriction,
    Collection,
    CollectionViewRestriction,
    Locale,
    Page,
    Site,
)

from blog.models import BlogIndexPage, VoicesPage
from dialogue.models import ConversationSettings, DialogueIndexPage, InternalDialogueIndexPage
from dialogue.signals import close_internal_section
from home.actions import texts as first_texts
from home.models import HomePage, NavigationItem, NavigationMenu, StandardPage
from home.models.navigation import Place
from moderation.models import ModerationSettings
from people.actions import renew_name_shapes
from people.groups import EMPLOYEES, ensure_groups
from people.models import User
from portal.models import PortalSettings
from portal.models.site import UNNAMED
from portal.wagtail_patches.stored_names import spellings

LANGUAGES = ("fr", "en")  # the first is the one of the site's root
INTERNAL_COLLECTION = "Internal"  # as it is stored; it is shown in the reader's language
INTERNAL = _("Internal")
IN_FOOTER = (StandardPage, VoicesPage)  # of a new menu
DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass
class Account:
    """The first administrator, as asked for."""

    email: str
    username: str
    password: str


@dataclass(frozen=True)
class Organisation:
    """What is said of the organisation at the set-up; what is empty is said later, in the settings."""

    name: str = ""
    privacy_officer: str = ""
    privacy_contact: str = ""


@dataclass
class SetUp:
    """What was done, one sentence a step; empty if there was nothing left to do."""

    report: Callable[[str], object]
    done: list[str] = field(default_factory=list)

    def tell(self, sentence: str) -> None:
        self.done.append(sentence)
        self.report(sentence)


@transaction.atomic
def setup_site(
    *,
    account: Account | None = None,
    organisation: Organisation = Organisation(),
    report: Callable[[str], object] = lambda sentence: None,
) -> list[str]:
    """Make the portal ready for its first article; return what was done, in sentences.

    `account` is made only if there is no administrator yet, and of `organisation` is written down only what
    the settings do not say.
    """
    steps = SetUp(report)
    locales = [_ensure_locale(steps, code) for code in LANGUAGES]
    homes = _ensure_homes(steps, locales)
    # Before the sections: an internal one, when it is saved, closes itself to all but employees.
    groups = ensure_groups(homes, steps.tell)
    for content in first_texts.SECTIONS:
        _ensure_twins(steps, homes, content)
    _close_internal_sections(steps, groups[EMPLOYEES])
    _ensure_internal_collection(steps, groups[EMPLOYEES])
    site = Site.objects.get(is_default_site=True)
    _ensure_settings(steps, site)
    _ensure_organisation(steps, site, organisation)
    for home in homes:
        _ensure_menu(steps, home)
    if account and not User.objects.filter(is_superuser=True, is_active=True).exists():
        User.objects.create_superuser(account.username, account.email, account.password)
        steps.tell(f"Made the administrator “{account.username}” ({account.email}).")
    if renew_name_shapes():
        steps.tell("Noted the names that no visitor may take.")
    return steps.done


def publish(page: Page, parent: Page) -> Page:
    """Put a new page below `parent` and publish it, with a revision that an editor can go back to."""
    page.live = False
    parent.add_child(instance=page)
    page.save_revision(log_action="wagtail.create").publish(log_action="wagtail.publish")
    page.refresh_from_db()
    return page


def _ensure_locale(steps: SetUp, code: str) -> Locale:
    locale, is_new = Locale.objects.get_or_create(language_code=code)
    if is_new:
        steps.tell(f"Added the language “{code}”.")
    return locale


def _ensure_homes(steps: SetUp, locales: list[Locale]) -> list[HomePage]:
    """Return the home page of each language, the first being the root of the default site."""
    root = Page.get_first_root_node()
    first, *others = locales
    home = HomePage.objects.filter(locale=first, depth=2).order_by("path").first()
    if home is None:
        home = publish(HomePage(locale=first, **first_texts.HOME[first.language_code]), root)
        steps.tell(f"Published the home page “{home.title}”.")
    _ensure_site(steps, home)
    _remove_welcome_page(steps, root)
    twins = [home]
    for locale in others:
        twin = HomePage.objects.filter(locale=locale, translation_key=home.translation_key).first()
        if twin is None:
            texts = first_texts.HOME[locale.language_code]
            root.refresh_from_db()  # its number of children, from which treebeard reckons the next path
            twin = publish(HomePage(locale=locale, translation_key=home.translation_key, **texts), root)
            steps.tell(f"Published the home page “{twin.title}”.")
        twins.append(twin)
    return twins


def _ensure_site(steps: SetUp, home: HomePage) -> None:
    """Point the default site at `home`; one that somebody has set up keeps its name and address."""
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    port = address.port or DEFAULT_PORTS.get(address.scheme, 80)
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(
            hostname=address.hostname, port=port, site_name="Parley", is_default_site=True, root_page=home
        )
    elif site.root_page_id != home.pk and not isinstance(site.root_page.specific, HomePage):
        site.root_page, site.hostname, site.port = home, address.hostname, port
        site.site_name = site.site_name or "Parley"
        site.save()
    else:
        return
    Site.clear_site_root_paths_cache()
    steps.tell(f"The site answers at {settings.WAGTAILADMIN_BASE_URL}/.")


def _remove_welcome_page(steps: SetUp, root: Page) -> None:
    """Remove the page that Wagtail comes with, if nobody has made anything of it."""
    pages = Page.objects.child_of(root).exact_type(Page)
    for page in pages.filter(slug="home", latest_revision__isnull=True, numchild=0):
        page.delete()
        steps.tell("Removed Wagtail's welcome page.")


def _ensure_twins(steps: SetUp, homes: list[HomePage], content: first_texts.Section) -> None:
    """Publish a section or plain page below each home page, as translations of one another."""
    model = MODELS[content.kind]
    slugs = {code: texts["slug"] for code, texts in content.texts.items()}
    existing = {}
    for home in homes:
        found = model.objects.child_of(home)
        if model is StandardPage:
            found = found.filter(slug=slugs[home.locale.language_code])
        existing[home.pk] = found.order_by("path").first()
    key = next((page.translation_key for page in existing.values() if page), None)
    for home in homes:
        if existing[home.pk]:
            continue
        page = model(locale=home.locale, **content.texts[home.locale.language_code])
        if key:
            page.translation_key = key
        home.refresh_from_db()  # as above
        key = publish(page, home).translation_key
        steps.tell(f"Published “{page.title}”.")


def _close_internal_sections(steps: SetUp, employees: Group) -> None:
    for section in InternalDialogueIndexPage.objects.all():
        if close_internal_section(section):
            steps.tell(f"Closed “{section.title}” to everybody but “{employees.name}”.")


def _ensure_internal_collection(steps: SetUp, employees: Group) -> None:
    """Make a collection for internal files, open to employees; to them again where their group was gone."""
    root = Collection.get_first_root_node()
    collection = root.get_children().filter(name__in=spellings(INTERNAL)).first()
    if collection is None:
        collection = root.add_child(name=INTERNAL_COLLECTION)
        CollectionViewRestriction.objects.create(
            collection=collection, restriction_type=BaseViewRestriction.GROUPS
        )
        steps.tell(f"Made the collection “{INTERNAL_COLLECTION}”.")
    for restriction in CollectionViewRestriction.objects.filter(
        collection=collection, restriction_type=BaseViewRestriction.GROUPS, groups__isnull=True
    ):
        restriction.groups.set([employees])
        steps.tell(f"Opened the collection “{INTERNAL_COLLECTION}” to “{employees.name}” alone.")


def _ensure_settings(steps: SetUp, site: Site) -> None:
    """Keep a row of settings, and link the rules and the privacy notice from the comment form."""
    kinds = (
        (PortalSettings, "the portal"),
        (ConversationSettings, "conversations"),
        (ModerationSettings, "moderation"),
    )
    for model, of_what in kinds:
        if not model.objects.filter(site=site).exists():
            steps.tell(f"Wrote down the settings of {of_what}, as they are at first.")
    PortalSettings.for_site(site)
    ModerationSettings.for_site(site)
    conversation = ConversationSettings.for_site(site)
    root_language = LANGUAGES[0]
    changed = []
    for name, kind in (("rules_page", "rules"), ("privacy_page", "privacy")):
        slug = first_texts.find(kind).texts[root_language]["slug"]
        page = StandardPage.objects.child_of(site.root_page).filter(slug=slug).first()
        if getattr(conversation, f"{name}_id") is None and page:
            setattr(conversation, f"{name}_id", page.pk)
            changed.append(name)
    if changed:
        conversation.save()
        steps.tell("Linked the rules and the privacy notice from the comment form.")


def _ensure_organisation(steps: SetUp, site: Site, organisation: Organisation) -> None:
    """Write down what the settings do not say yet; raises `ValidationError` for what they cannot hold."""
    portal = PortalSettings.for_site(site)
    said = {
        "name_fr": (UNNAMED, organisation.name),
        "name_en": (UNNAMED, organisation.name),
        "privacy_officer": ("", organisation.privacy_officer),
        "privacy_contact": ("", organisation.privacy_contact),
    }
    news = {name: new for name, (unsaid, new) in said.items() if new and getattr(portal, name) == unsaid}
    for name, value in news.items():
        setattr(portal, name, value)
    if news:
        portal.full_clean()
        portal.save()
        steps.tell("Wrote down what the organisation is called, or who answers for personal information.")


def _ensure_menu(steps: SetUp, home: HomePage) -> None:
    if NavigationMenu.objects.filter(locale=home.locale).exists():
        return
    first = NavigationMenu.objects.order_by("pk").first()
    menu = NavigationMenu(locale=home.locale)
    if first:
        menu.translation_key = first.translation_key
    children = home.get_children().live().order_by("path").specific()
    menu.items = [
        NavigationItem(
            page=Page(pk=child.pk),
            place=Place.FOOTER if isinstance(child, IN_FOOTER) else Place.HEADER,
            sort_order=order,
        )
        for order, child in enumerate(children)
    ]
    menu.save()
    steps.tell(f"Made the navigation menu for “{home.locale.language_code}”.")


MODELS = {
    "articles": BlogIndexPage,
    "dialogues": DialogueIndexPage,
    "internal": InternalDialogueIndexPage,
    "voices": VoicesPage,
    "rules": StandardPage,
    "privacy": StandardPage,
}
