"""Whatever leaves with an export asks again who may read it, titles too, and tells no key of ours (R33)."""

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from wagtail.admin.models import FormState
from wagtail.models import Page, PageSubscription, PageViewRestriction

from dialogue.blocks import quotation_of
from dialogue.models import Comment, Follow
from people.models import Participant
from portal.permissions import can_read_page, title_for
from privacy.actions import as_json, export_person
from privacy.models import Consent
from privacy.personal_data import personal_data

pytestmark = [pytest.mark.database, pytest.mark.django_db]

TITLE = "canari-3301 : le plan que personne ne connaît"


def close(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def unpublish(page: Page) -> None:
    page.unpublish()


def close_above(page: Page) -> None:
    close(page.get_parent())


SHUT = {"draft": unpublish, "closed": close, "below a closed page": close_above}


@pytest.fixture
def secret(article) -> Page:
    """A page that everybody reads, until a test shuts it."""
    article.title = TITLE
    article.save_revision().publish()
    return article


@pytest.fixture
def guest(secret, say) -> Participant:
    """Somebody who left traces on it, of each kind."""
    comment = say(secret, "Mon mot.", may_quote=True, may_ask=True, tell_replies=True)
    person = comment.participant
    Follow.objects.create(participant=person, page=secret, followed_at=timezone.now())
    quotation = quotation_of(comment)
    secret.body = [("featured_comment", {"quotation": quotation, "why": ""})]
    secret.save_revision().publish()
    return person


@pytest.mark.parametrize("shut", SHUT.values(), ids=SHUT)
def test_r33_no_title_of_a_page_that_may_not_be_read_leaves(guest, secret, shut):
    assert as_json(export_person(guest)).count(TITLE) == 3  # the comment, the quotation, the wish to follow
    shut(secret)
    tables = export_person(guest)
    assert TITLE not in as_json(tables)
    for name in ("comments", "quotations", "follows"):
        assert [row["page_title"] for row in tables[name]] == [""]
    assert tables["comments"][0]["text"] == "Mon mot."  # their own words are theirs


@pytest.mark.parametrize("shut", SHUT.values(), ids=SHUT)
def test_r33_neither_to_whoever_answers_for_them(guest, secret, shut, administrator):
    shut(secret)
    assert TITLE not in as_json(export_person(guest, by=administrator))


@pytest.mark.parametrize(("who", "is_told"), [("employee", True), ("former_employee", False)])
def test_r33_whoever_may_read_it_is_told(request, internal_dialogue, receive, employee, who, is_told):
    person = request.getfixturevalue(who)
    comment = receive(internal_dialogue, "Dedans.", user=employee)
    Comment.objects.filter(pk=comment.pk).update(participant=Participant.of(person))
    assert (internal_dialogue.title in as_json(export_person(Participant.of(person)))) is is_told


def test_r33_a_subscription_in_the_admin_tells_no_title_either(secret, editor):
    PageSubscription.objects.create(user=editor, page=secret, comment_notifications=True)
    assert TITLE in as_json(export_person(Participant.of(editor)))
    unpublish(secret)
    assert TITLE not in as_json(export_person(Participant.of(editor)))


@pytest.mark.parametrize("is_new", [False, True], ids=["change", "new"])
def test_r33_an_unsaved_form_goes_with_the_right_to_edit(secret, editor, is_new):
    place = {"object_id": "", "parent_object_id": str(secret.get_parent().pk)} if is_new else {}
    FormState.objects.create(
        user=editor,
        content_type=secret.content_type,
        data=f"title={TITLE}",
        last_updated_at=timezone.now(),
        **(place or {"object_id": str(secret.pk)}),
    )
    assert TITLE in as_json(export_person(Participant.of(editor)))
    editor.groups.clear()
    assert TITLE not in as_json(export_person(Participant.of(type(editor).objects.get(pk=editor.pk))))


def test_r33_a_consent_names_its_comment_by_its_public_name(guest):
    comment = Comment.objects.get()
    rows = export_person(guest)["consents_with_comments"]
    assert {row["comment_public_id"] for row in rows} == {comment.public_id}
    assert len(rows) == Consent.objects.filter(participant=guest).exclude(cause_id=None).count() > 1


def test_r33_no_key_of_ours_leaves(guest, monkeypatch):
    """Every part is asked for its fields: none is a key, nor ends in one."""
    asked: dict[str, set[str]] = {}
    values = models.QuerySet.values

    def note(queryset: models.QuerySet, *fields: str, **more: object) -> models.QuerySet:
        asked.setdefault(queryset.model._meta.label, set()).update(fields)
        return values(queryset, *fields, **more)

    monkeypatch.setattr(models.QuerySet, "values", note)
    exported = {name for part in personal_data() for name in part.export(guest)}
    monkeypatch.undo()
    assert len(exported) > 20
    keys = {
        f"{label}.{name}"
        for label, names in asked.items()
        for name in names
        if is_key(apps.get_model(label), name)
    }
    assert not keys, f"Export a public name in place of these: {sorted(keys)}."


def is_key(model: type[models.Model], name: str) -> bool:
    """Whether a field of an export is a primary key, or points at one."""
    field = None
    for part in name.split("__"):
        try:
            field = model._meta.pk if part == "pk" else model._meta.get_field(part)
        except FieldDoesNotExist:  # annotated, or inside a field of JSON
            return False
        model = field.related_model or model
    return field.primary_key or field.is_relation or name == "cause_id"


def test_r33_a_title_is_told_to_those_who_may_read_the_page_and_to_nobody_else(
    site, article, stranger, administrator, editor, moderator, answerer, employee, former_employee
):
    viewers = [stranger, administrator, editor, moderator, answerer, employee, former_employee]
    article.unpublish()
    wrong = []
    pages = Page.objects.filter(depth__gt=1)
    guest = Participant.guest_at("a@example.org", language="fr")
    now = timezone.now()
    Follow.objects.bulk_create(Follow(participant=guest, page=page, asked_at=now) for page in pages)
    for viewer in viewers:
        titles = dict(Follow.objects.annotate(told=title_for(viewer)).values_list("page", "told"))
        wrong += [
            (str(viewer), page.title)
            for page in pages
            if titles[page.pk] != (page.title if can_read_page(viewer, page) else "")
        ]
    assert not wrong
    assert len(viewers) * len(pages) > 30
