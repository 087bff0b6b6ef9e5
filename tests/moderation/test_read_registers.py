"""Staff look things up in the registers; what they may not read is not there, whatever they ask."""

import csv
import io

import openpyxl
import pytest
from django.urls import NoReverseMatch, reverse

from dialogue import consents
from dialogue.models import Comment, FeaturedComment
from mail.models import ChoicePlace
from moderation.actions import publish_comment, reject_comment
from moderation.models import Decision
from moderation.permissions import ModerationPermissionTester
from people.models import Participant, Side
from privacy.actions import record_consent
from privacy.models import Consent

pytestmark = pytest.mark.django_db

LEDGER, DECISIONS, FEATURED, CONSENTS = (
    f"/admin/moderation/{name}/" for name in ("ledger", "decisions", "featured", "consents")
)
REGISTERS = [LEDGER, DECISIONS, FEATURED, CONSENTS]
SECRET = "SECRET des quarts"
FORMULAS = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")', "=cmd|' /C calc'!A0"]

# What the registers do not offer: lookups over other columns, values that do not exist, plain nonsense.
UNKNOWN = [
    {"bogus": "1"},
    {"participant__user__password__startswith": "p"},
    {"participant__user__password__startswith": "zzz"},
    {"by__password__startswith": "zzz"},
    {"comment__participant__email__startswith": "zzz"},
    {"id__in": "x"},
    {"status__in": "zzz"},
    {"page__title__regex": "("},
    {"ordering": "99.-99.x"},
    {"p": "x"},
    {"e": "1"},
    {"status": "bogus"},
    {"since": "bogus"},
    {"export": "bogus"},
    {"ordering": "\x00"},
    {"q": "\x00"},
    {"pk": "1\x00"},
]


@pytest.fixture
def featured(held, held_inside, moderator, article, internal_dialogue) -> list[FeaturedComment]:
    """A comment quoted before the public, and one among employees."""
    rows = []
    for comment, page in [(held, article), (held_inside, internal_dialogue)]:
        publish_comment(comment, by=moderator)
        revision = comment.revisions.get()
        rows.append(FeaturedComment.objects.create(comment=comment, revision=revision, page=page))
    return rows


def objects(response) -> list:
    return list(response.context["object_list"])


def read_csv(response) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def read_xlsx(response):
    return openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active


@pytest.mark.parametrize("register", REGISTERS)
class TestEveryRegister:
    def test_a_moderator_reads_it(self, desk, featured, register, employee):
        response = desk.get(register)
        assert response.status_code == 200
        assert (SECRET if register != CONSENTS else employee.display_name) in response.content.decode()

    def test_nobody_reads_what_is_closed_to_them(self, outside_desk, featured, register):
        for parameters in ({}, {"q": "SECRET"}, {"q": "quarts"}, {"status": "published"}, {"ordering": "0"}):
            response = outside_desk.get(register, parameters)
            assert SECRET not in response.content.decode()
        assert outside_desk.get(register).context["all_count"] < len(featured) * 2

    def test_nor_exports_it(self, outside_desk, featured, register):
        assert SECRET not in str(read_csv(outside_desk.get(register, {"export": "csv"})))
        sheet = read_xlsx(outside_desk.get(register, {"export": "xlsx"}))
        assert SECRET not in str(list(sheet.values))

    def test_nor_opens_a_row_of_it(self, desk, outside_desk, featured, register):
        models = {LEDGER: Comment, DECISIONS: Decision, FEATURED: FeaturedComment, CONSENTS: Consent}
        rows = models[register].objects.all()
        visible, total = 0, 0
        for row in rows:
            response = outside_desk.get(f"{register}inspect/{row.pk}/")
            assert response.status_code in {200, 404}
            assert SECRET not in response.content.decode()
            assert desk.get(f"{register}inspect/{row.pk}/").status_code == 200
            visible, total = visible + (response.status_code == 200), total + 1
        assert visible == total / 2

    def test_what_is_missing_is_not_found(self, desk, register):
        for pk in ("999999", "abc", "9" * 40, "-1", "_00"):
            assert desk.get(f"{register}inspect/{pk}/").status_code == 404, pk

    def test_nothing_but_its_own_filters_says_anything(self, desk, featured, register):
        """T08: no lookup in the address tells of a column that is not shown, and none is an error."""
        plain = {row.pk for row in objects(desk.get(register))}
        for parameters in UNKNOWN:
            response = desk.get(register, parameters)
            assert response.status_code == 200, parameters
            assert {row.pk for row in objects(response)} == plain, parameters

    def test_no_number_or_length_is_too_much(self, desk, featured, register):
        for parameters in ({"p": "99"}, {"p": "-1"}, {"p": "9" * 30}, {"q": "mot " * 5_000}):
            assert desk.get(register, parameters).status_code == 200, parameters

    def test_it_is_narrowed_by_date(self, desk, featured, register):
        """Aware datetimes: a naive one is a warning, and warnings are errors here."""
        for since in ("1", "7", "31", "365"):
            assert objects(desk.get(register, {"since": since})), since

    def test_it_is_put_in_order(self, desk, featured, register):
        for order in ("0", "-0", "1", "2", "3", "4", "5"):
            assert desk.get(register, {"ordering": order}).status_code == 200, order

    def test_the_list_alone_holds_the_same_and_no_more(self, desk, outside_desk, featured, register):
        for browser in (desk, outside_desk):
            whole, alone = browser.get(register), browser.get(f"{register}results/")
            assert objects(alone) == objects(whole)
            assert b"<html" not in alone.content
            assert f'href="{register}?export=xlsx"' in alone.content.decode()
        assert SECRET not in outside_desk.get(f"{register}results/").content.decode()

    @pytest.mark.parametrize("who", ["employee", "answerer"])
    def test_colleagues_are_sent_away(self, request, signed_in, featured, register, who):
        client = signed_in(request.getfixturevalue(who))
        for address in (register, f"{register}?export=csv", f"{register}inspect/1/"):
            assert client.get(address).status_code in {302, 403}

    def test_a_stranger_is_sent_to_sign_in(self, client, site, register):
        assert "login" in client.get(register).url

    def test_nothing_is_written_here(self, desk, featured, register):
        for address in ("create/", "edit/1/", "delete/1/", "history/1/"):
            assert desk.get(register + address).status_code == 404
        with pytest.raises(NoReverseMatch):
            reverse("moderation_ledger_modeladmin_edit", args=[1])

    def test_it_says_so_where_it_is_empty(self, desk, site, register):
        assert desk.get(register).status_code == 200

    def test_its_queries_do_not_grow(
        self, desk, featured, receive, article, moderator, count_queries, register
    ):
        desk.get(register)
        few = count_queries(lambda: desk.get(register))
        for _ in range(5):
            comment = receive(article)
            publish_comment(comment, by=moderator)
            FeaturedComment.objects.create(comment=comment, revision=comment.revisions.get(), page=article)
        desk.get(register)  # what is quoted by now moves the edition
        assert count_queries(lambda: desk.get(register)) == few


class TestExport:
    """T27: a spreadsheet runs nothing that a visitor wrote."""

    def test_a_formula_is_written_as_words(self, desk, article, receive, moderator):
        for formula in FORMULAS:
            comment = receive(article, "Texte", name="Ana")
            Comment.objects.filter(pk=comment.pk).update(
                author_name=formula, text=formula, excerpt=formula, role_label_fr=formula
            )
            comment.refresh_from_db()
            reject_comment(comment, by=moderator, reason_code="other", reason_text=formula.strip())
        for register in (LEDGER, DECISIONS):
            rows = read_csv(desk.get(register, {"export": "csv"}))
            assert len(rows) > len(FORMULAS)
            assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row)
            sheet = read_xlsx(desk.get(register, {"export": "xlsx"}))
            assert {cell.data_type for row in sheet for cell in row} <= {"s", "n", "d"}

    def test_control_characters_do_not_stop_it(self, desk, held):
        Comment.objects.filter(pk=held.pk).update(text="a\x0bb")
        assert "ab" in str(list(read_xlsx(desk.get(LEDGER, {"export": "xlsx"})).values))

    def test_it_holds_what_the_filters_leave(self, desk, held, held_inside):
        rows = read_csv(desk.get(LEDGER, {"export": "csv", "side": "external"}))
        assert len(rows) == 2
        assert held.public_id in rows[1]

    def test_its_name_tells_what_and_when(self, desk, held):
        assert "comments-20" in desk.get(LEDGER, {"export": "csv"})["Content-Disposition"]

    def test_it_holds_no_address_of_a_guest(self, desk, receive, article):
        receive(article, email="very-private@example.org")
        assert "very-private" not in str(read_csv(desk.get(LEDGER, {"export": "csv"})))


class TestLedger:
    def test_it_is_narrowed_by_status_and_side(self, desk, held, held_inside, moderator):
        publish_comment(held, by=moderator)
        assert objects(desk.get(LEDGER, {"status": "published"})) == [held]
        assert objects(desk.get(LEDGER, {"side": "internal"})) == [held_inside]

    def test_an_editor_reads_it_too(self, signed_in, editor, held):
        assert objects(signed_in(editor).get(LEDGER)) == [held]

    def test_a_row_leads_a_moderator_to_the_comment(self, desk, signed_in, editor, held):
        address = reverse("moderation_comments:review_comment", args=[held.public_id])
        assert address in desk.get(f"{LEDGER}inspect/{held.pk}/").content.decode()
        assert address not in signed_in(editor).get(f"{LEDGER}inspect/{held.pk}/").content.decode()

    def test_its_headers_turn_the_order_round(self, desk, held, held_inside):
        name = desk.get(LEDGER).context["table"].columns["author_name"]
        assert objects(desk.get(LEDGER, {"ordering": name.sort_key})) == [held_inside, held]
        assert objects(desk.get(LEDGER, {"ordering": f"-{name.sort_key}"})) == [held, held_inside]

    def test_what_it_is_narrowed_by_is_named_and_can_be_lifted(self, desk, held, held_inside):
        answer = desk.get(LEDGER, {"side": "internal", "q": "quarts"})
        [active] = answer.context["view"].active_filters
        assert active.value == str(Side.INTERNAL.label).capitalize()
        assert objects(desk.get(active.removed_filter_url)) == [held_inside]
        assert objects(desk.get(LEDGER, {"side": "internal", "q": "nothing of the kind"})) == []

    def test_it_leads_to_where_comments_are_decided_on_and_is_reached_from_there(
        self, desk, signed_in, editor, held
    ):
        decided = reverse("moderation_comments:list_comments")
        assert f'href="{decided}"' in desk.get(LEDGER).content.decode()
        assert f'href="{LEDGER}"' in desk.get(decided).content.decode()
        assert f'href="{decided}"' not in signed_in(editor).get(LEDGER).content.decode()

    def test_in_the_menu_there_is_one_list_of_comments_for_each(self, desk, signed_in, editor, site):
        for browser, entries in ((desk, (True, False)), (signed_in(editor), (False, True))):
            menu = browser.get("/admin/").content.decode()
            lists = (reverse("moderation_comments:list_comments"), LEDGER)
            assert tuple(f'"url": "{address}"' in menu for address in lists) == entries


class TestConsents:
    """One visibility: what was agreed to with a comment is known to those who may read the comment."""

    def test_an_internal_consent_is_not_there_for_those_outside(
        self, desk, outside_desk, held, held_inside, employee
    ):
        inside = Consent.objects.get(cause_id=held_inside.pk)
        assert inside in objects(desk.get(CONSENTS))
        assert inside not in objects(outside_desk.get(CONSENTS))
        for parameters in ({}, {"q": employee.display_name}, {"export": "csv"}):
            answer = outside_desk.get(CONSENTS, parameters)
            text = str(read_csv(answer)) if "export" in parameters else answer.content.decode()
            assert employee.display_name not in text.replace(f'value="{employee.display_name}"', "")
        assert outside_desk.get(f"{CONSENTS}inspect/{inside.pk}/").status_code == 404

    def test_what_was_given_without_a_comment_is_known_where_the_person_is(
        self, desk, outside_desk, held, held_inside
    ):
        for person in (held.participant, held_inside.participant):
            record_consent(person, consents.ASK, is_given=True, place=ChoicePlace.PAGE)
        theirs = {row.participant for row in objects(outside_desk.get(CONSENTS, {"kind": "ask"}))}
        assert theirs == {held.participant}
        assert len(objects(desk.get(CONSENTS, {"kind": "ask"}))) == 2

    def test_they_are_narrowed_by_kind_place_and_whether_they_hold(self, desk, held):
        person = held.participant
        record_consent(person, consents.ASK, is_given=True, place=ChoicePlace.PAGE)
        record_consent(person, consents.ASK, is_given=False, place=ChoicePlace.MAIL)
        assert len(objects(desk.get(CONSENTS, {"kind": "ask"}))) == 2
        assert len(objects(desk.get(CONSENTS, {"place": "mail"}))) == 1
        assert len(objects(desk.get(CONSENTS, {"is_given": "False"}))) == 1
        assert len(objects(desk.get(CONSENTS, {"is_given": "True"}))) == 2

    def test_t27_a_name_that_is_a_formula_is_written_as_words(self, desk, held):
        for formula in FORMULAS:
            Participant.objects.update(name=formula)
            rows = read_csv(desk.get(CONSENTS, {"export": "csv"}))
            assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row)
            sheet = read_xlsx(desk.get(CONSENTS, {"export": "xlsx"}))
            assert {cell.data_type for row in sheet for cell in row} <= {"s", "n", "d"}

    def test_it_holds_no_address_of_a_guest(self, desk, receive, article):
        receive(article, email="very-private@example.org")
        assert "very-private" not in str(read_csv(desk.get(CONSENTS, {"export": "csv"})))

    def test_a_row_leads_a_moderator_to_the_comment(self, desk, held):
        row = Consent.objects.get(cause_id=held.pk)
        address = reverse("moderation_comments:review_comment", args=[held.public_id])
        assert address in desk.get(f"{CONSENTS}inspect/{row.pk}/").content.decode()

    def test_it_names_the_comment_to_those_who_may_read_it(self, desk, signed_in, editor, held, moderator):
        row = Consent.objects.get(cause_id=held.pk)
        places = (CONSENTS, f"{CONSENTS}inspect/{row.pk}/")
        browser = signed_in(editor)
        for place in places:
            assert held.excerpt in desk.get(place).content.decode()
            assert held.excerpt not in browser.get(place).content.decode()
        publish_comment(held, by=moderator)
        for place in places:
            assert held.excerpt in browser.get(place).content.decode()
            assert held.page.title in browser.get(place).content.decode()

    def test_an_editor_reads_it_too(self, signed_in, editor, held):
        assert objects(signed_in(editor).get(CONSENTS)) == [Consent.objects.get(cause_id=held.pk)]


class TestDecisions:
    def test_they_are_narrowed_by_verb_reason_and_rule(self, desk, held, moderator):
        rejected = reject_comment(held, by=moderator, reason_code="duplicate")
        assert objects(desk.get(DECISIONS, {"verb": "reject"})) == [rejected]
        assert objects(desk.get(DECISIONS, {"reason_code": "duplicate"})) == [rejected]
        assert objects(desk.get(DECISIONS, {"rule": "first_timer"})) == [held.decisions.get(verb="hold")]

    def test_an_editor_is_sent_away(self, signed_in, editor, held):
        client = signed_in(editor)
        decision = held.decisions.get()
        for address in (DECISIONS, f"{DECISIONS}inspect/{decision.pk}/"):
            assert client.get(address).status_code in {302, 403}


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("stranger", ""),
        ("employee", ""),
        ("outsider_employee", ""),
        ("former_employee", ""),
        ("answerer", ""),
        ("editor", "ledger featured consents"),
        ("moderator", "moderate ledger decisions featured consents"),
        ("administrator", "moderate ledger decisions featured consents"),
    ],
)
def test_who_may_open_what(request, site, who, may):
    tester = ModerationPermissionTester(request.getfixturevalue(who))
    granted = {
        "moderate": tester.can_moderate(),
        "ledger": tester.can_read_ledger(),
        "decisions": tester.can_read_decisions(),
        "featured": tester.can_read_featured(),
        "consents": tester.can_read_consents(),
    }
    assert {name for name, is_granted in granted.items() if is_granted} == set(may.split())
