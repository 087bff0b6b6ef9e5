"""The register says who may be quoted, and what a comment carries of it is derived in one place."""

import ast
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from io import StringIO
from pathlib import Path
from random import Random

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from blog.models import BlogPage
from dialogue.actions import (
    CommentRefused,
    accept_edit,
    agree_to_quotation,
    answer_quotation,
    ask_to_quote,
    edit_comment,
    find_consent_differences,
    hide_comment,
    publish_comment,
    rederive_consents,
    refuse_edit,
    restore_comment,
    take_back_one_quotation,
    take_back_quotation,
    withdraw_comment,
)
from dialogue.actions.consents import CONSENT_FIELDS, QUOTATION_FIELDS
from dialogue.actions.erasures import erase_each
from dialogue.blocks import quotation_of
from dialogue.models import Comment, FeaturedComment
from mail.models import ChoicePlace
from privacy.models import Consent
from tests.house.test_text import APPS

pytestmark = [pytest.mark.database, pytest.mark.every_case, pytest.mark.django_db]

PAGE = ChoicePlace.PAGE


def fresh(comment: Comment) -> Comment:
    return Comment.objects.get(pk=comment.pk)


@pytest.fixture
def held(article, receive) -> Comment:
    """A guest's comment, which the form finds unusual: whatever its author changes waits as well."""
    return receive(
        article, "Un.", email="camille@example.org", may_quote=True, signals=frozenset({"honeypot"})
    )


def edit(comment: Comment, text: str, *, may_quote: bool) -> None:
    edit_comment(comment, text, by=comment.participant, may_quote=may_quote)


def assert_derived(comment: Comment, story: list[str]) -> None:
    """Compare what the comment carries with the register, read here in another way."""
    comment = fresh(comment)
    agreed: set[int] = set()
    last = None
    for row in Consent.objects.filter(kind="quote", cause_id=comment.pk).order_by("pk"):
        last, agreed = (row, agreed | {row.version}) if row.is_given else (None, set())
    if last is None:
        assert [getattr(comment, name) for name in CONSENT_FIELDS] == [None, "", None, None], story
        return
    assert comment.quote_consented_at == last.recorded_at, story
    assert (comment.quote_consent_wording, comment.quote_consent_version) == (last.wording, last.version), (
        story
    )
    first = comment.published_version or comment.version
    accepted = comment.revisions.exclude(accepted_at=None).filter(version__gte=first)
    read = sorted(accepted.values_list("version", flat=True))
    covered = [version for version in read if version in comment.versions_agreed_to]
    assert last.version in comment.versions_agreed_to, story
    assert agreed >= set(covered), f"{story}: quoted with words that were not agreed to"
    before = [version for version in read if covered and version < covered[0]]
    assert not before or before[-1] not in agreed, f"{story}: an agreed version is left out"


class TestEveryAct:
    def acts(self, comment: Comment, chance: Random) -> dict[str, Callable[[], object]]:
        author, version = comment.participant, comment.waiting_version or 0
        words = chance.choice(["Un.", comment.text, f"{chance.random()}"])
        return {
            "edit, ticked": lambda: edit(comment, words, may_quote=True),
            "edit": lambda: edit(comment, words, may_quote=False),
            "publish": lambda: publish_comment(comment, by=None),
            "accept": lambda: accept_edit(comment, version, by=None) if version else None,
            "refuse": lambda: refuse_edit(comment, version, by=None) if version else None,
            "agree": lambda: agree_to_quotation(comment, by=author, place=PAGE),
            "take back": lambda: take_back_quotation(comment, by=author, place=PAGE),
            "hide": lambda: hide_comment(comment, by=None),
            "restore": lambda: restore_comment(comment, by=None),
        }

    @pytest.mark.parametrize("seed", range(12))
    def test_they_agree_after_each(self, held, article, seed):
        chance, story = Random(seed), [f"seed {seed}"]  # noqa: S311 - a walk, not a secret
        for _step in range(25):
            acts = self.acts(fresh(held), chance)
            name = chance.choice(list(acts))
            try:
                acts[name]()
            except CommentRefused:
                continue
            story.append(name)
            assert_derived(held, story)
        assert len(story) > 10
        assert find_consent_differences(article) == []
        if fresh(held).status == "hidden":
            restore_comment(held, by=None)
        withdraw_comment(fresh(held), by=held.participant)
        assert_derived(held, [*story, "withdraw"])
        erase_each([fresh(held)])
        assert_derived(held, [*story, "erase"])
        assert not Consent.objects.filter(cause_id=held.pk).exists()
        assert find_consent_differences(article) == []

    def test_words_that_were_never_agreed_to_are_not_covered_by_those_around_them(self, article, say):
        """The author agrees to the first version while a second, unticked, waits, and then to the third."""
        comment = say(article, "Un.", signals=frozenset({"honeypot"}))
        edit(comment, "Deux.", may_quote=False)
        agree_to_quotation(comment, by=comment.participant, place=PAGE)
        accept_edit(comment, 2, by=None)
        edit(comment, "Trois.", may_quote=True)
        accept_edit(comment, 3, by=None)
        assert list(fresh(comment).versions_agreed_to) == [3]

    def test_words_that_wait_are_no_longer_ticked(self, article, say):
        comment = say(article, "Un.", signals=frozenset({"honeypot"}))
        edit(comment, "Deux.", may_quote=True)
        assert take_back_quotation(comment, by=comment.participant, place=PAGE)
        assert not take_back_quotation(comment, by=comment.participant, place=PAGE)
        accept_edit(comment, 2, by=None)
        assert fresh(comment).quote_consented_at is None


class TestEveryActOnAQuotation:
    """What a quotation carries follows from the register as well, whatever is done with it or its comment."""

    @pytest.fixture
    def row(self, article, articles_fr, say, editor) -> FeaturedComment:
        comment = say(article, "Un. Deux.", email="camille@example.org", may_ask=True)
        page = BlogPage(title="La parole à Camille", introduction="<p>Voici.</p>", owner=editor)
        page.body = [("featured_comment", {"quotation": quotation_of(comment), "why": ""})]
        articles_fr.add_child(instance=page)
        page.save_revision(user=editor).publish()
        row = FeaturedComment.objects.get()
        ask_to_quote(row, by=editor, answer_by=timezone.now() + timedelta(days=7))
        return row

    def acts(self, row: FeaturedComment, chance: Random) -> dict[str, Callable[[], object]]:
        author, comment = row.comment.participant, row.comment
        form, own = chance.choice([("signed", ""), ("role", ""), ("own", "Une passagère")])

        def answer(*, is_agreed: bool) -> None:
            more = {"name_form": form, "own_name": own} if is_agreed else {}
            answer_quotation(row, by=author, is_agreed=is_agreed, place=PAGE, **more)

        return {
            "yes": lambda: answer(is_agreed=True),
            "no": lambda: answer(is_agreed=False),
            "take back one": lambda: take_back_one_quotation(row, by=author, place=PAGE),
            "agree": lambda: agree_to_quotation(comment, by=author, place=PAGE),
            "take back all": lambda: take_back_quotation(comment, by=author, place=PAGE),
            "edit": lambda: edit(comment, f"{chance.random()}", may_quote=chance.random() < 0.5),
            "hide": lambda: hide_comment(comment, by=None),
            "restore": lambda: restore_comment(comment, by=None),
        }

    @pytest.mark.parametrize("seed", range(8))
    def test_they_agree_after_each(self, row, article, seed):
        chance, story = Random(seed), [f"seed {seed}"]  # noqa: S311 - a walk, not a secret
        for _step in range(20):
            row = FeaturedComment.objects.select_related("comment").get()
            acts = self.acts(row, chance)
            name = chance.choice(list(acts))
            with suppress(CommentRefused):
                acts[name]()
                story.append(name)
            self.assert_derived(story)
            assert find_consent_differences(article) == [], story
        assert {"yes", "no", "take back one"} & set(story)

    def assert_derived(self, story: list[str]) -> None:
        """Compare what the row carries with the register, read here in another way."""
        row = FeaturedComment.objects.get()
        register = list(Consent.objects.filter(kind="quotation", item_id=row.pk).order_by("pk"))
        given = [one.recorded_at for one in register if one.is_given]
        stands = bool(register) and register[-1].is_given
        assert row.agreed_at == (given[-1] if given else None), story
        assert (row.withdrawn_at is None) == (stands or not register), story
        assert bool(row.agreed_form) == stands, f"{story}: a name without consent"
        assert row.agreed_for_public is False, story
        assert not (row.declined_at and stands), story


class TestRepair:
    def told(self, **options: object) -> str:
        said = StringIO()
        call_command("recount_comments", stdout=said, **options)
        return said.getvalue()

    def test_what_differs_is_reported_and_nothing_is_changed(self, held):
        Comment.objects.filter(pk=held.pk).update(quote_consent_version=7)
        said = StringIO()
        with pytest.raises(CommandError, match="--mend"):
            call_command("recount_comments", stdout=said)
        assert said.getvalue() == (f"comment {held.public_id}: quote_consent_version is 7, and should be 1\n")
        assert fresh(held).quote_consent_version == 7

    def test_mended_it_is_what_the_register_says(self, held):
        nothing = dict(zip(CONSENT_FIELDS, (None, "", None, None), strict=True))
        before = Comment.objects.filter(pk=held.pk).values(*CONSENT_FIELDS).get()
        Comment.objects.filter(pk=held.pk).update(**nothing)
        assert "quote_consented_at" in self.told(mend=True)
        assert Comment.objects.filter(pk=held.pk).values(*CONSENT_FIELDS).get() == before
        assert "Figures mended: 0" in self.told(mend=True)

    def test_a_consent_that_nobody_gave_is_taken_away(self, article, receive):
        comment = receive(article, "Un.")
        Comment.objects.filter(pk=comment.pk).update(
            quote_consented_at=comment.submitted_at, quote_consent_wording="quote-1", quote_consent_version=1
        )
        assert len(rederive_consents(article)) == 3
        assert fresh(comment).quote_consented_at is None

    def test_the_number_of_comments_costs_nothing(self, article, receive, count_queries):
        receive(article, "Un.", may_quote=True)
        one = count_queries(lambda: find_consent_differences(article))
        for number in range(5):
            receive(article, f"{number}.", may_quote=True)
        assert count_queries(lambda: find_consent_differences(article)) == one


# --- Nobody else writes it ---------------------------------------------------------------------------

ROOT = Path(settings.BASE_DIR)
DERIVED = {*CONSENT_FIELDS, *QUOTATION_FIELDS, "may_quote", "agreed_form", "agreed_name"}
HOLDERS = {"Comment", "CommentRevision", "FeaturedComment"}
WRITING = {"update", "create", "get_or_create", "update_or_create"}
BY_NAME = {"setattr", "save", "bulk_update", *WRITING}
HOME = "dialogue/actions/consents.py"
WRITE_ELSEWHERE = {
    ("dialogue/actions/versions.py", "may_quote"): "what was ticked beside new words, as it was sent",
    ("dialogue/own_quotations.py", "agreed_form"): "of a copy that shows how a name would look, never stored",
    ("dialogue/own_quotations.py", "agreed_name"): "of the same copy",
}


def written_columns(source: str) -> Iterator[str]:
    """Yield each of the columns that code writes: by attribute, by keyword, or by its name in a string."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield from {node.attr} & DERIVED
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func).rpartition(".")[2]
            if called in HOLDERS | WRITING:
                yield from {keyword.arg for keyword in node.keywords} & DERIVED
            if called in BY_NAME:
                yield from {
                    each.value
                    for each in ast.walk(node)
                    if isinstance(each, ast.Constant) and isinstance(each.value, str)
                } & DERIVED


def test_one_module_writes_what_is_derived_of_a_consent():
    found = {
        (path.relative_to(ROOT).as_posix(), column)
        for app in APPS
        for path in (ROOT / app).rglob("*.py")
        if not {"migrations", "content"}
        & set(path.parts)  # the words of the demonstration have ticks of their own
        for column in written_columns(path.read_text(encoding="utf-8"))
    }
    elsewhere = {one for one in found if one[0] != HOME}
    assert elsewhere == WRITE_ELSEWHERE.keys(), (
        f"Let {HOME} write what follows from a consent, or give the reason here."
    )


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("comment.quote_consented_at = now", "quote_consented_at"),
        ("Comment.objects.filter(pk=1).update(quote_consent_wording='')", "quote_consent_wording"),
        ("Comment.objects.update(**{'quote_consent_version': 2})", "quote_consent_version"),
        ("comment.save(update_fields=['quote_consent_since'])", "quote_consent_since"),
        ("setattr(comment, 'quote_consented_at', now)", "quote_consented_at"),
        ("comment.revisions.update(may_quote=True)", "may_quote"),
        ("CommentRevision(comment=comment, may_quote=True)", "may_quote"),
        ("featured.agreed_at, featured.placed_at = now, now", "agreed_at"),
        ("FeaturedComment.objects.get_or_create(page=page, defaults={'agreed_at': now})", "agreed_at"),
        ("FeaturedComment.objects.filter(page=page).update(withdrawn_at=now)", "withdrawn_at"),
    ],
)
def test_whoever_else_writes_it_is_found(line, column):
    assert column in written_columns(line)


@pytest.mark.parametrize(
    "line",
    [
        "comments.filter(quote_consented_at__isnull=False, quote_consent_version=2)",
        "Submission(text=text, may_quote=data['may_quote'])",
        "if comment.quote_consented_at is None: pass",
        "FIELDS = ('quote_consented_at', 'withdrawn_at')",
    ],
)
def test_whoever_reads_it_is_not(line):
    assert not list(written_columns(line))
