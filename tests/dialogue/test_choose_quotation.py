"""What the editor's form says of a quotation: read with care, and refused in a sentence."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from blog.models import BlogPage
from dialogue.actions import edit_comment, hide_comment
from dialogue.blocks import FeaturedCommentChooserBlock, RefusedChoice, quotation_of
from dialogue.models import Comment, FeaturedComment
from dialogue.selections import MAX_READ, Selection, SelectionRefused

pytestmark = [pytest.mark.database, pytest.mark.django_db]

WORDS = "Les bancs manquent. On attend debout, au vent."
FIRST, SECOND = [[0, 19]], [[20, 46]]


@pytest.fixture
def comment(article, say) -> Comment:
    return say(article, WORDS, name="Maude Therrien", may_quote=True)


@pytest.fixture
def block() -> FeaturedCommentChooserBlock:
    return FeaturedCommentChooserBlock()


@pytest.fixture
def page(articles_fr, comment, editor) -> BlogPage:
    quotation = quotation_of(comment, Selection(comment.public_id, ranges=FIRST, name_form="initials"))
    page = BlogPage(title="La parole à Maude", introduction="<p>Voici.</p>", owner=editor)
    page.body = [("featured_comment", {"quotation": quotation, "why": ""})]
    articles_fr.add_child(instance=page)
    page.save_revision().publish()
    return BlogPage.objects.get(pk=page.pk)


def says(comment: Comment, **more) -> str:
    return json.dumps({"comment": comment.public_id, **more})


class TestRead:
    def test_a_bare_id_is_the_whole_comment_under_its_name(self, block, comment):
        quotation = block.value_from_form(comment.public_id)
        assert (quotation.pk, quotation.comment, quotation.is_whole) == (None, comment, True)
        assert (quotation.name_form, quotation.is_pinned) == ("signed", False)

    def test_an_excerpt_comes_as_it_is_stored(self, block, comment):
        sent = says(comment, version=1, ranges=[[0, 20]], name_form="role", name_detail=" la  nuit ")
        quotation = block.value_from_form(sent)
        assert (quotation.ranges, quotation.name_form, quotation.name_detail) == (FIRST, "role", "la nuit")

    def test_a_detail_goes_with_the_role_alone(self, block, comment):
        assert block.value_from_form(says(comment, name_form="first", name_detail="quai")).name_detail == ""

    def test_the_row_is_found_where_nothing_differs(self, block, page, comment):
        [row] = FeaturedComment.objects.all()
        sent = block.value_for_form(row)
        assert block.value_from_form(sent) == row
        assert block.clean(block.value_from_form(sent)) == row
        changed = {**json.loads(sent), "ranges": SECOND}
        assert block.value_from_form(json.dumps(changed)).pk is None
        # Said in another way it is the same.
        wide = {**json.loads(sent), "ranges": [[0, 20]]}
        assert block.value_from_form(json.dumps(wide)) == row

    def test_the_row_of_another_comment_counts_for_nothing(self, block, page, article, say):
        other = say(article, "Autre chose.")
        row = FeaturedComment.objects.get()
        quotation = block.value_from_form(says(other, row=row.pk))
        assert (quotation.pk, quotation.comment) == (None, other)

    def test_an_earlier_version_that_readers_had(self, block, comment):
        edit_comment(comment, "Mieux dit.", by=comment.participant, may_quote=True)
        assert block.value_from_form(says(comment, version=1, ranges=FIRST)).revision.version == 1
        assert block.value_from_form(says(comment)).revision.version == 2

    def test_nothing_is_nothing(self, block):
        assert block.value_from_form(None) is None
        assert block.value_from_form("") is None
        assert block.get_form_state(None) is None
        with pytest.raises(ValidationError):
            block.clean(None)


TAMPERED = {
    "no JSON": lambda c: "{" + c.public_id,
    "a list": lambda c: f'["{c.public_id}"]',
    "no comment": lambda c: '{"row": 1}',
    "a comment of numbers": lambda c: '{"comment": 12}',
    "an unknown comment": lambda c: "personne1234",
    "an unknown comment in JSON": lambda c: '{"comment": "personne1234"}',
    "a null sign": lambda c: c.public_id + "\0",
    "a null sign in JSON": lambda c: '{"comment": "a\\u0000b"}',
    "a row of words": lambda c: says(c, row="1"),
    "a row beyond all keys": lambda c: says(c, row=10**30),
    "a negative row": lambda c: says(c, row=-1),
    "a version of words": lambda c: says(c, version="1"),
    "an unknown version": lambda c: says(c, version=9),
    "a version beyond all numbers": lambda c: says(c, version=10**12),
    "a truth for a version": lambda c: says(c, version=True),
    "inside a word": lambda c: says(c, ranges=[[1, 9]]),
    "out of range": lambda c: says(c, ranges=[[0, 10**9]]),
    "reversed": lambda c: says(c, ranges=[[9, 0]]),
    "a string for ranges": lambda c: says(c, ranges="0-9"),
    "an object for removals": lambda c: says(c, removals={"0": 9}),
    "words for a reason": lambda c: says(c, removals=[[0, 9, "<b>"]]),
    "a list for a reason": lambda c: says(c, removals=[[0, 9, []]]),
    "a name of its own": lambda c: says(c, name_form="own", name_detail="Une passante"),
    "a list for a form": lambda c: says(c, name_form=[]),
    "a number for a detail": lambda c: says(c, name_form="role", name_detail=3),
    "a word for a tick": lambda c: says(c, is_pinned="yes"),
    "too long": lambda c: says(c, name_detail="a" * MAX_READ),
    "nested without end": lambda c: "[" * (MAX_READ - 1),
    "a number without end": lambda c: f'{{"comment": "{c.public_id}", "row": {"9" * 6000}}}',
    "not a number": lambda c: f'{{"comment": "{c.public_id}", "row": NaN}}',
}


class TestTampered:
    @pytest.mark.parametrize("send", TAMPERED.values(), ids=TAMPERED)
    def test_it_is_refused_in_a_sentence(self, block, comment, send):
        value = block.value_from_form(send(comment))
        assert isinstance(value, RefusedChoice)
        with pytest.raises(ValidationError) as refused:
            block.clean(value)
        assert all(message.endswith(".") for message in refused.value.messages)
        # The form can be shown again, with what was sent.
        assert block.get_form_state(value)["id"] == value.sent
        assert block.get_prep_value(value) is None

    @pytest.mark.parametrize("send", TAMPERED.values(), ids=TAMPERED)
    def test_over_http_it_is_an_answer(self, comment, page, editor, signed_in, send):
        rows = FeaturedComment.objects.count()
        answer = post(signed_in(editor), page, send(comment))
        assert answer.status_code == 200
        assert answer.context["form"].errors
        assert FeaturedComment.objects.count() == rows

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
            lambda inner: (
                st.lists(inner)
                | st.dictionaries(
                    st.sampled_from(
                        ["comment", "row", "version", "ranges", "removals", "name_form", "is_pinned"]
                    ),
                    inner,
                )
            ),
            max_leaves=8,
        )
    )
    def test_whatever_is_sent_is_a_selection_or_a_sentence(self, sent):
        with override("en"):
            refused = ""
            try:
                assert Selection.read(json.dumps(sent)).comment
            except SelectionRefused as error:
                refused = str(error)
        assert refused == "" or refused.endswith(".")


class TestRights:
    def test_a_comment_that_the_editor_may_not_read_is_not_there(
        self, internal_dialogue, say, employee, page, editor, signed_in
    ):
        inside = say(internal_dialogue, "Entre nous.", user=employee)
        editor.groups.remove(*editor.groups.filter(profile__key="employees"))
        answer = post(signed_in(editor), page, inside.public_id)
        assert answer.context["form"].errors
        assert "Entre nous" not in answer.content.decode()

    def test_nor_is_one_that_waits(self, article, say, page, editor, signed_in):
        held = say(article, "Pas encore.", is_published=False)
        answer = post(signed_in(editor), page, held.public_id)
        assert answer.context["form"].errors
        assert "Pas encore" not in answer.content.decode()

    def test_what_stands_in_the_page_stays_when_it_is_hidden_since(
        self, comment, page, editor, signed_in, block
    ):
        hide_comment(comment, by=None)
        [row] = FeaturedComment.objects.all()
        assert post(signed_in(editor), page, block.value_for_form(row)).status_code == 302
        assert draft_of(page).body[0].value["quotation"] == row

    def test_what_one_may_not_read_is_not_named_in_the_form(self, page, comment, editor, signed_in):
        PageViewRestriction.objects.create(page=comment.page, restriction_type="groups")
        body = signed_in(editor).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert "Therrien" not in body


class TestWidget:
    """The chooser that there is goes on working: it sends back what it was given, or a bare id."""

    def test_saved_again_the_excerpt_stays(self, page, editor, signed_in, block):
        [row] = FeaturedComment.objects.all()
        sent = block.get_form_state(row)["id"]
        assert post(signed_in(editor), page, sent).status_code == 302
        assert draft_of(page).body[0].value["quotation"] == row
        assert FeaturedComment.objects.count() == 1

    def test_a_comment_chosen_anew_is_quoted_whole(self, page, comment, editor, signed_in):
        assert post(signed_in(editor), page, comment.public_id).status_code == 302
        made = draft_of(page).body[0].value["quotation"]
        assert made.is_whole
        assert made.name_form == "signed"

    def test_the_editor_shows_who_and_what(self, page, editor, signed_in):
        body = signed_in(editor).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert "Maude Therrien" in body


def draft_of(page: BlogPage) -> BlogPage:
    return BlogPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def post(client, page: BlogPage, quotation: str):
    data = nested_form_data(
        {
            "title": page.title,
            "slug": page.slug,
            "introduction": rich_text("<p>Voici.</p>"),
            "lead_image": "",
            "lead_image_alt": "",
            "body": streamfield(
                [("featured_comment", {"quotation": quotation, "why": "", "reply": "there"})]
            ),
            "author_links": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
            "related_links": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
            "commenting_enabled": "on",
        }
    )
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
