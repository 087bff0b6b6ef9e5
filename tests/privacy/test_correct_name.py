"""Staff correct the name of a guest who asks for it: below what they said, and where it is quoted."""

from http import HTTPStatus

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import ModelLogEntry

from blog.models import BlogIndexPage, BlogPage
from demo.factories.people import verify_guest
from dialogue.blocks import Selection, quotation_of
from dialogue.models import CommentEvent, FeaturedComment
from people.groups import permission_named
from people.models import Participant, User
from privacy.actions import NameRefused, correct_name, erase_participant

pytestmark = pytest.mark.django_db

WRONG, RIGHT = "Zephirine Canarri", "Zéphyrine Canari"
ADDRESS = "zephyrine@example.org"


@pytest.fixture
def guest(site) -> Participant:
    return verify_guest(WRONG, ADDRESS)


@pytest.fixture
def comment(article, say, guest):
    return say(article, "Je prends ce bateau.", WRONG, email=ADDRESS, may_quote=True)


@pytest.fixture
def office(signed_in, administrator):
    return signed_in(administrator)


def screen(guest: Participant) -> str:
    return reverse("privacy_requests:correct_name", args=[guest.pk])


def feature(comment, editor, **chosen) -> BlogPage:
    page = BlogPage(title="Elle a raison", introduction="<p>Oui.</p>")
    quotation = quotation_of(comment, Selection(comment.public_id, **chosen))
    page.body = [("featured_comment", {"quotation": quotation, "why": ""})]
    BlogIndexPage.objects.get(locale__language_code="fr").add_child(instance=page)
    page.save_revision(user=editor).publish()
    return page


class TestCorrect:
    def test_it_changes_below_every_comment_signed_so_and_no_word(self, office, guest, comment, client):
        answer = office.post(screen(guest), {"former": WRONG, "name": f"  {RIGHT} "})
        assert answer["Location"] == reverse("privacy_requests:answer", args=[guest.pk])
        guest.refresh_from_db()
        comment.refresh_from_db()
        assert (guest.name, comment.author_name, comment.text) == (RIGHT, RIGHT, "Je prends ce bateau.")
        html = client.get(comment.page.url).content.decode()
        assert RIGHT in html
        assert WRONG not in html

    def test_what_was_signed_otherwise_stays(self, office, guest, comment, article, say):
        other = say(article, "Encore.", "Une passagère", email=ADDRESS)
        office.post(screen(guest), {"former": WRONG, "name": RIGHT})
        other.refresh_from_db()
        assert other.author_name == "Une passagère"

    def test_somebody_elses_of_the_same_name_stays(self, administrator, guest, comment, article, say):
        other = say(article, "Moi aussi.", WRONG, email="autre@example.org")
        correct_name(guest, WRONG, RIGHT, by=administrator)
        other.refresh_from_db()
        assert other.author_name == WRONG

    def test_it_is_logged_with_the_doer_and_without_the_former_name(self, administrator, guest, comment):
        assert correct_name(guest, WRONG, RIGHT, by=administrator)
        entry = ModelLogEntry.objects.get(action="privacy.correct_name")
        assert (entry.user, entry.object_id) == (administrator, str(guest.pk))
        assert WRONG not in f"{entry.label} {entry.data}"
        event = CommentEvent.objects.get(kind="name_corrected")
        assert (event.comment, event.role, event.by) == (comment, "editor", administrator)

    def test_the_second_time_changes_nothing(self, administrator, guest, comment):
        correct_name(guest, WRONG, RIGHT, by=administrator)
        assert not correct_name(guest, WRONG, RIGHT, by=administrator)
        assert not correct_name(guest, RIGHT, RIGHT, by=administrator)
        assert ModelLogEntry.objects.filter(action="privacy.correct_name").count() == 1


class TestQuotations:
    """Rule 6: the name as it was agreed, which is a form of the name and no copy of it."""

    @pytest.mark.parametrize(
        ("form", "shown"), [("signed", RIGHT), ("first", "Zéphyrine"), ("initials", "Z. C.")]
    )
    def test_r06_a_quotation_follows_in_its_form(
        self, administrator, guest, comment, editor, client, form, shown
    ):
        page = feature(comment, editor, name_form=form)
        assert client.get(page.url).status_code == HTTPStatus.OK
        correct_name(guest, WRONG, RIGHT, by=administrator)
        html = client.get(page.url).content.decode()
        assert shown in html
        assert "Zephirine" not in html

    def test_r06_a_name_chosen_for_a_quotation_stays(self, administrator, guest, comment, editor):
        feature(comment, editor)
        own = {"agreed_form": "own", "agreed_name": WRONG}
        FeaturedComment.objects.update(**own)
        correct_name(guest, WRONG, RIGHT, by=administrator)
        assert FeaturedComment.objects.get().attribution == WRONG


class TestRefused:
    @pytest.mark.parametrize("name", ["", " \u200b ", "Maude Thériault"])
    def test_what_will_not_do_is_told_at_the_field_and_stays_typed(self, office, guest, comment, name):
        answer = office.post(screen(guest), {"former": WRONG, "name": name})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        form = answer.context["form"]
        assert form.errors["name"]
        assert form["name"].value() == name
        comment.refresh_from_db()
        assert comment.author_name == WRONG

    def test_a_name_that_is_nobodys_there_is_not_offered(self, office, guest, comment):
        answer = office.post(screen(guest), {"former": "Odile", "name": RIGHT})
        assert "former" in answer.context["form"].errors

    def test_looking_changes_nothing(self, office, guest, comment):
        assert WRONG in office.get(screen(guest)).content.decode()
        guest.refresh_from_db()
        assert guest.name == WRONG

    def test_of_an_account_or_somebody_erased_it_is_not_offered(self, office, administrator, employee, guest):
        account = Participant.of(employee)
        erase_participant(guest, by=administrator, reason="asked")
        for person in (account, guest):
            assert "<form method" not in office.get(screen(person)).content.decode()
            with pytest.raises(PermissionDenied):
                correct_name(person, person.name, RIGHT, by=administrator)

    @pytest.mark.parametrize("who", ["editor", "moderator", "employee"])
    def test_nobody_without_the_right(self, who, request, guest, comment):
        with pytest.raises(PermissionDenied):
            correct_name(guest, WRONG, RIGHT, by=request.getfixturevalue(who))

    def test_whoever_answers_privacy_requests_may(self, moderator, guest, comment):
        moderator.user_permissions.add(permission_named("privacy.answer_privacy_request"))
        assert correct_name(guest, WRONG, RIGHT, by=User.objects.get(pk=moderator.pk))

    def test_a_name_of_ours_is_refused_whoever_asks(self, administrator, guest, editor):
        with pytest.raises(NameRefused):
            correct_name(guest, WRONG, editor.display_name, by=administrator)
