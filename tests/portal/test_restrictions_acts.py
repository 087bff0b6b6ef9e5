"""Acts of the admin on closed pages and files: guarded where they are done, however a number is spelled."""

from collections.abc import Callable
from http import HTTPStatus
from itertools import product
from urllib.parse import urlencode

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.documents.widgets import AdminDocumentChooser
from wagtail.images.tests.utils import get_test_image_file
from wagtail.images.widgets import AdminImageChooser
from wagtail.models import (
    BaseViewRestriction,
    Collection,
    CollectionViewRestriction,
    GroupApprovalTask,
    Page,
    PageViewRestriction,
    Site,
    Workflow,
    WorkflowTask,
)

from blog.models import BlogIndexPage, BlogPage
from home.models import HomePage, StandardPage
from people.groups import EMPLOYEES, the_group
from people.models import User
from portal.models import PortalDocument, PortalImage
from portal.permissions import (
    Restriction,
    can_read_page,
    copy_stays_among_readers,
    viewer_known,
)
from tests.database import for_a_while
from tests.trust.spellings import SPELLINGS

LEAF = "Feuille-0728"  # a title found nowhere else


def restrict(page: Page, *groups: str) -> None:
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=BaseViewRestriction.GROUPS)
    restriction.groups.set(map(the_group, groups))


@pytest.fixture
def outsider(editor: User) -> User:
    """An editor who is no employee."""
    editor.groups.remove(the_group(EMPLOYEES))
    return editor


@pytest.fixture
def section(articles_fr: Page, home_fr: HomePage) -> BlogIndexPage:
    """A section that everybody reads, but for what an article in it says to employees."""
    section = home_fr.add_child(instance=BlogIndexPage(title="Avis", slug="avis"))
    article = section.add_child(instance=BlogPage(title=LEAF, slug="feuille", introduction=f"<p>{LEAF}</p>"))
    article.save_revision().publish()
    restrict(article, EMPLOYEES)
    return BlogIndexPage.objects.get(pk=section.pk)


@pytest.fixture
def closed(section: BlogIndexPage) -> Page:
    return section.get_children().get()


@pytest.fixture
def client_of(signed_in: Callable[[User], Client], outsider: User) -> Client:
    client = signed_in(outsider)
    client.raise_request_exception = False
    return client


def copies(page: Page) -> list[Page]:
    return list(Page.objects.filter(title=page.title).exclude(pk=page.pk))


def shows(client: Client, address: str) -> bool:
    answer = client.get(address, follow=True)
    content = b"".join(answer) if answer.streaming else answer.content
    return LEAF in content.decode()


class TestCopies:
    """Whatever is copied, its readers stay its readers."""

    @pytest.mark.parametrize("also", [(), ("alias",), ("publish_copies",)])
    def test_r28_the_form_reads_the_place_once(self, client_of, section, closed, home_fr, also):
        address = reverse("wagtailadmin_pages:copy", args=[section.pk])
        for name, write in SPELLINGS.items():
            data = {
                "new_title": "Autre",
                "new_slug": "autre",
                "copy_subpages": "on",
                **dict.fromkeys(also, "on"),
            }
            place = write(home_fr.pk, section.pk)
            answer = client_of.post(address, {**data, "new_parent_page": place})
            assert answer.status_code == HTTPStatus.OK, name
            assert not copies(closed), name

    @pytest.mark.parametrize("action", ["copy", "create_alias"])
    def test_r28_the_api_of_the_admin(self, client_of, section, closed, home_fr, action):
        names = {"copy": "slug", "create_alias": "update_slug"}
        written = [home_fr.pk, *(write(home_fr.pk, section.pk)[-1] for write in SPELLINGS.values())]
        for place, recursive in [*product(written, ["true"]), *product([home_fr.pk], [True, "1", "on"])]:
            answer = client_of.post(
                f"/admin/api/main/pages/{section.pk}/action/{action}/",
                {"destination_page_id": place, "recursive": recursive, names[action]: "autre"},
                content_type="application/json",
            )
            assert answer.status_code in {HTTPStatus.FORBIDDEN, HTTPStatus.BAD_REQUEST}, (place, recursive)
            assert not copies(closed), (place, recursive)

    def test_r28_without_what_is_closed_it_is_copied(self, client_of, section, closed, home_fr):
        url = f"/admin/api/main/pages/{section.pk}/action/copy/"
        answer = client_of.post(url, {"slug": "autre"}, content_type="application/json")
        assert answer.status_code == HTTPStatus.CREATED
        assert len(copies(section)) == 1
        assert not copies(closed)

    def test_r28_code_is_refused_too(self, section, closed, home_fr):
        for copy in (
            lambda: section.copy(to=home_fr, recursive=True, update_attrs={"slug": "autre"}),
            lambda: section.copy(recursive=True, update_attrs={"slug": "autre"}),
            lambda: section.create_alias(parent=home_fr, recursive=True, update_slug="autre"),
            lambda: closed.specific.copy(update_attrs={"slug": "autre"}),
            lambda: closed.specific.create_alias(update_slug="autre"),
        ):
            with pytest.raises(PermissionDenied), for_a_while():
                copy()
        assert not copies(closed)

    def test_r28_a_translation_comes_with_its_restrictions_or_not_at_all(self, section, closed, home_en):
        english = section.copy_for_translation(home_en.locale)
        twin = closed.specific.copy_for_translation(home_en.locale)
        assert twin.get_parent().pk == english.pk
        assert twin.view_restrictions.count() == 1
        restrict(section, EMPLOYEES)  # and its translation is open
        below = section.add_child(instance=BlogPage(title="b", introduction="<p>b</p>"))
        with pytest.raises(PermissionDenied):
            below.copy_for_translation(home_en.locale)

    def test_r28_an_alias_follows_no_page_that_was_closed_since(self, section, articles_fr, stranger):
        article = articles_fr.add_child(instance=BlogPage(title="Ouvert", introduction="<p>Un</p>"))
        article.save_revision().publish()
        alias = article.create_alias(parent=section, update_slug="suit")
        article.title = "Encore ouvert"
        article.save_revision().publish()
        alias.refresh_from_db()
        assert alias.title == "Encore ouvert"
        restrict(article, EMPLOYEES)
        article.title = LEAF
        article.save_revision().publish()
        alias.refresh_from_db()
        assert can_read_page(stranger, alias)
        assert alias.title == "Encore ouvert"


E, N = (frozenset({1}), frozenset())
PLACES = {"open": "01", "a": "0101", "ab": "010101", "b": "0102"}  # `a` stands before `ab`
RESTRICTIONS = {
    "no restriction": [],
    "restriction on a": [Restriction(PLACES["a"], "groups", E)],
    "restriction on ab": [Restriction(PLACES["ab"], "groups", E)],
    "restriction on b": [Restriction(PLACES["b"], "groups", E)],
    "restrictions on a and b": [Restriction(PLACES[place], "groups", E) for place in ("a", "b")],
    "restrictions on ab and b": [Restriction(PLACES[place], "groups", E) for place in ("ab", "b")],
    "b admits nobody": [Restriction(PLACES["a"], "groups", E), Restriction(PLACES["b"], "groups", N)],
    "members of a": [Restriction(PLACES["a"], "login", N), Restriction(PLACES["b"], "groups", E)],
    "members of b": [Restriction(PLACES["a"], "groups", E), Restriction(PLACES["b"], "login", N)],
}
# Whether a copy of `a` below `b` stays among its readers: of the page alone, with all below, a translation.
STAYS = {
    "no restriction": (True, True, True),
    "restriction on a": (False, False, True),
    "restriction on ab": (True, False, True),
    "restriction on b": (True, True, True),
    "restrictions on a and b": (True, True, True),
    "restrictions on ab and b": (True, True, True),
    "b admits nobody": (False, False, True),
    "members of a": (True, True, True),
    "members of b": (False, False, True),
}


@pytest.mark.parametrize("case", RESTRICTIONS)
@pytest.mark.parametrize("way", range(3), ids=["alone", "with all below", "translation"])
def test_r28_copies_and_their_readers(case, way):
    page, place = Page(path=PLACES["a"]), Page(path=PLACES["b"])
    stays = copy_stays_among_readers(
        page, place, is_recursive=way == 1, is_translation=way == 2, restrictions=RESTRICTIONS[case]
    )
    assert stays is STAYS[case][way]


def query(**parameters: list[str] | int) -> str:
    return f"?{urlencode(parameters, doseq=True)}"


class TestNumbers:
    """What is closed is not there, in whichever spelling it is asked for."""

    def test_r28_chosen_pages(self, client_of, section, closed):
        address = reverse("wagtailadmin_choose_page_chosen_multiple")
        for name, write in SPELLINGS.items():
            assert not shows(client_of, address + query(id=write(closed.pk, section.pk))), name

    @pytest.mark.parametrize("verb", ["delete", "move", "publish", "unpublish"])
    def test_r28_many_pages_at_once(self, client_of, section, closed, home_fr, verb):
        bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", verb])
        for name, write in SPELLINGS.items():
            address = bulk + query(id=write(closed.pk, section.pk), childOf=section.pk)
            with for_a_while():  # what is open is changed
                assert not shows(client_of, address), name
                client_of.post(address, {"chooser": home_fr.pk, "include_descendants": "on"})
                page = Page.objects.get(pk=closed.pk)
                assert page.live, name
                assert page.get_parent().pk == section.pk, name

    @pytest.mark.parametrize("model", [PortalImage, PortalDocument])
    def test_r28_files(self, client_of, shut_collection, model):
        hidden, other = make_file(model, LEAF, shut_collection), make_file(model, "Ouvert")
        kind = model._meta.app_label, model._meta.model_name
        verbs = ("delete", "add_tags", "add_to_collection")
        actions = [reverse("wagtail_bulk_action", args=[*kind, verb]) for verb in verbs]
        data = {"tags": "trouvé", "collection": other.collection_id}
        for name, write in SPELLINGS.items():
            sent = query(id=write(hidden.pk, other.pk))
            assert not shows(client_of, reverse(f"{CHOOSERS[model]}:chosen_multiple") + sent), name
            for address in actions:
                assert not shows(client_of, address + sent), (name, address)
                assert LEAF not in client_of.post(address + sent, data, follow=True).text, (name, address)
            found = model.objects.get(pk=hidden.pk)
            assert found.collection == shut_collection, name
            assert not found.tags.exists(), name

    @pytest.mark.parametrize("name", ["new_parent_page", "chooser"])
    def test_r28_what_is_no_place_is_told_beside_the_field(self, client_of, articles_fr, name):
        page = articles_fr.add_child(instance=BlogPage(title="Ouvert", introduction="<p>Un</p>"))
        copy = reverse("wagtailadmin_pages:copy", args=[page.pk])
        move = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"]) + query(id=page.pk)
        address = {"new_parent_page": copy, "chooser": move}[name]
        for place in ("x", "all", "1.0", "0x1", "1,2", "9" * 30, ""):
            assert client_of.post(address, {name: place}).status_code == HTTPStatus.OK, place


CHOOSERS = {PortalImage: "wagtailimages_chooser", PortalDocument: "wagtaildocs_chooser"}


@pytest.fixture
def shut_collection(site: Site) -> Collection:
    collection = Collection.get_first_root_node().add_child(name="Closed")
    kind = BaseViewRestriction.GROUPS
    CollectionViewRestriction.objects.create(collection=collection, restriction_type=kind)
    return collection


def make_file(model, title: str, collection: Collection | None = None):
    files = {
        PortalImage: lambda: ImageFile(get_test_image_file().file, name="f.png"),
        PortalDocument: lambda: ContentFile(title.encode(), name="f.txt"),
    }
    return model.objects.create(
        title=title, file=files[model](), collection=collection or Collection.get_first_root_node()
    )


class TestWhatStandsBelow:
    """Nobody deletes, moves or shows what they may not see."""

    @pytest.mark.parametrize("verb", ["delete", "move"])
    def test_r28_a_section_with_something_closed_in_it_stays(
        self, client_of, outsider, section, closed, home_en, verb
    ):
        assert not getattr(section.permissions_for_user(outsider), f"can_{verb}")()
        client_of.post(reverse("wagtailadmin_pages:delete", args=[section.pk]))
        client_of.post(reverse("wagtailadmin_pages:move_confirm", args=[section.pk, home_en.pk]))
        client_of.post(f"/admin/api/main/pages/{section.pk}/action/delete/")
        assert Page.objects.get(pk=closed.pk).is_descendant_of(section)

    def test_r28_without_it_or_with_a_right_to_it_it_goes(self, outsider, administrator, section, closed):
        assert section.permissions_for_user(administrator).can_delete()
        closed.specific.delete()
        assert BlogIndexPage.objects.get(pk=section.pk).permissions_for_user(outsider).can_delete()


class TestTitles:
    """No screen of the admin tells the title of what is closed."""

    def test_r28_the_front_of_the_admin(self, signed_in, administrator, client_of, outsider, closed):
        page = closed.specific
        page.owner = page.locked_by = outsider
        page.locked, page.locked_at = True, timezone.now()
        page.save()
        page.save_revision(user=outsider, log_action=True)
        workflow = Workflow.objects.create(name="Relecture")
        task = GroupApprovalTask.objects.create(name="Relecture")
        task.groups.set(outsider.groups.all())
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
        workflow.start(page, outsider)
        assert not shows(client_of, reverse("wagtailadmin_home"))
        assert not shows(client_of, reverse("wagtailadmin_reports:workflow"))
        outsider.groups.add(the_group(EMPLOYEES))
        assert shows(client_of, reverse("wagtailadmin_home"))

    @pytest.mark.parametrize("model", [PortalImage, PortalDocument])
    def test_r28_a_file_that_was_chosen(self, rf, outsider, administrator, shut_collection, model):
        file = make_file(model, LEAF, shut_collection)
        chooser = {PortalImage: AdminImageChooser, PortalDocument: AdminDocumentChooser}[model]()
        request = rf.get(reverse("wagtailadmin_home"))
        for request.user, is_told in ((outsider, False), (administrator, True)):
            with viewer_known(request):
                assert (LEAF in chooser.render("file", file.pk, {"id": "file"})) == is_told

    def test_r28_who_may_not_move_a_page_is_not_told_its_slug(
        self, signed_in, moderator, articles_fr, home_fr
    ):
        """Wagtail says which slug is taken before it asks who wants to know."""
        for parent in (articles_fr, home_fr):
            parent.refresh_from_db()
            page = parent.add_child(
                instance=StandardPage(title="Un", slug=LEAF, introduction="<p>Un</p>", live=False)
            )
        url = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, articles_fr.pk])
        answer = signed_in(moderator).get(url, follow=True)
        assert answer.redirect_chain
        assert LEAF.lower() not in answer.text.lower()
