"""The terms that screening looks out for: listed, added, imported and exported by moderators alone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.signals import pre_init, pre_save
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from blog.models import BlogIndexPage
from moderation.actions import import_terms
from moderation.models import ScreeningTerm, TermKind, known_already

pytestmark = pytest.mark.django_db

INDEX, IMPORT = reverse("moderation_terms:index"), reverse("moderation_terms:import")


def terms() -> list[tuple[str, str, str]]:
    return list(ScreeningTerm.objects.values_list("term", "kind", "language"))


class TestImport:
    def test_a_term_on_each_line(self):
        result = import_terms("crétin\n\n  fils  de *\ncasino*\n", kind="suspect", language="fr")
        assert (result.added, result.known, result.refused) == (3, 0, [])
        assert terms() == [
            ("casino*", "suspect", "fr"),
            ("crétin", "suspect", "fr"),
            ("fils de *", "suspect", "fr"),
        ]

    def test_columns_as_the_export_has_them_in_both_languages(self):
        english = "term,kind,language,section,note\nviagra,blocked,en,,Pills\nporc,suspect,,,\n"
        assert import_terms(english, kind="noted").added == 2
        assert ("viagra", "blocked", "en") in terms()
        assert ("porc", "suspect", "") in terms()

    def test_headings_and_kinds_in_french(self):
        with translation.override("fr"):
            headings = ["term", "kind", "language", "note"]
            names = [str(ScreeningTerm._meta.get_field(name).verbose_name) for name in headings]
            line = ["loterie", str(TermKind.NOTED.label), "anglais", "Hameçonnage"]
            text = "\ufeff" + ";".join(names).capitalize() + "\n" + ";".join(line)
            assert import_terms(text, kind="suspect").refused == []
        assert terms() == [("loterie", "noted", "en")]

    def test_a_term_of_one_section_is_not_taken_over_for_all(self):
        result = import_terms("term;kind;language;section\nrampe;suspect;;Articles", kind="suspect")
        assert [one.number for one in result.refused] == [2]

    def test_what_reads_the_same_is_there_once(self):
        import_terms("crétin", kind="suspect")
        result = import_terms("CRETIN\ncrétin\ncrétins", kind="blocked")
        assert (result.added, result.known) == (1, 2)

    @pytest.mark.parametrize("line", ["…", "a*b", "*deux mots", "a*", "x" * 101])
    def test_a_line_that_is_wrong_stops_all_and_is_named(self, line):
        result = import_terms(f"crétin\n{line}\n", kind="suspect")
        assert (result.added, [one.number for one in result.refused]) == (0, [2])
        assert not ScreeningTerm.objects.exists()

    def test_an_endless_list_is_refused(self):
        result = import_terms("\n".join(f"mot{number}" for number in range(5_001)), kind="suspect")
        assert [one.number for one in result.refused] == [5_001]


class TestScreens:
    def test_a_moderator_adds_one_and_is_told_that_it_is_there(self, desk):
        form = {"term": "  Crétin ", "kind": "suspect", "language": "", "section": "", "note": ""}
        url = reverse("moderation_terms:add")
        assert desk.post(url, form).status_code == 302
        assert terms() == [("Crétin", "suspect", "")]
        answer = desk.post(url, form | {"term": "CRETIN"})
        assert "Crétin" in answer.context["form"].errors["term"][0]
        assert "Crétin" in desk.get(INDEX).content.decode()

    def test_a_list_is_imported_and_what_is_wrong_comes_back(self, desk):
        sent = {"text": "crétin\n…", "kind": "suspect", "language": "fr"}
        answer = desk.post(IMPORT, sent)
        assert answer.status_code == 422
        assert "crétin\n…" in answer.content.decode()
        assert desk.post(IMPORT, sent | {"text": "crétin"}).status_code == 302
        assert terms() == [("crétin", "suspect", "fr")]

    def test_a_file_is_imported_and_one_that_is_no_text_is_refused(self, desk):
        sent = {"text": "", "kind": "blocked", "language": ""}
        file = SimpleUploadedFile("termes.csv", "viagra\n".encode("utf-8-sig"))
        assert desk.post(IMPORT, sent | {"file": file}).status_code == 302
        answer = desk.post(IMPORT, sent | {"file": SimpleUploadedFile("x", b"\xff\xfe\x00")})
        assert "file" in answer.context["form"].errors
        assert desk.post(IMPORT, sent).context["form"].non_field_errors()

    def test_the_export_can_be_imported(self, desk):
        import_terms("crétin\ncasino*", kind="blocked", language="fr")
        exported = b"".join(desk.get(f"{INDEX}?export=csv").streaming_content).decode()
        ScreeningTerm.objects.all().delete()
        assert import_terms(exported, kind="noted").refused == []
        assert terms() == [("casino*", "blocked", "fr"), ("crétin", "blocked", "fr")]

    def test_terms_of_a_closed_section_are_for_its_readers(self, outside_desk, desk, internal_dialogue):
        section = internal_dialogue.get_parent()
        ScreeningTerm.objects.create(term="SECRET", section=section)
        assert "SECRET" in desk.get(INDEX).content.decode()
        assert "SECRET" not in outside_desk.get(INDEX).content.decode()

    def test_editors_and_employees_are_refused(self, editor, employee, signed_in):
        for user, status in ((editor, 302), (employee, 403)):
            for path in (INDEX, IMPORT, reverse("moderation_terms:add")):
                assert signed_in(user).get(path).status_code == status


class TestAtTheSameTime:
    """Two moderators add the same term: the second is told, as they would be a minute later."""

    @pytest.fixture
    def colleague(self):
        """Adds the term just before it is saved, when the form has been checked."""

        def add(instance: ScreeningTerm, **kwargs: object) -> None:
            twin = ScreeningTerm(term=instance.term, kind="blocked", folded=instance.folded)
            ScreeningTerm.objects.bulk_create([twin], ignore_conflicts=True)

        pre_save.connect(add, sender=ScreeningTerm)
        yield
        pre_save.disconnect(add, sender=ScreeningTerm)

    @pytest.mark.database
    def test_it_is_said_at_the_field_and_the_words_are_still_there(self, desk, site, colleague):
        data = {"term": "casino", "kind": "suspect", "language": "", "section": "", "note": "À voir"}
        answer = desk.post(reverse("moderation_terms:add"), data)
        assert answer.status_code == 200
        form = answer.context["form"]
        assert form.errors["term"] == [known_already("casino")]
        assert form["note"].value() == "À voir"

    @pytest.mark.database
    def test_so_it_is_where_one_is_changed(self, desk, site, colleague):
        ScreeningTerm.objects.bulk_create([ScreeningTerm(term="loterie", folded="loterie")])
        term = ScreeningTerm.objects.get()
        data = {"term": "casino", "kind": "suspect", "language": "", "section": "", "note": ""}
        answer = desk.post(reverse("moderation_terms:edit", args=[term.pk]), data)
        assert answer.context["form"].errors["term"] == [known_already("casino")]

    @pytest.mark.database
    def test_a_list_counts_it_among_those_that_were_there(self):
        def add(kwargs: dict[str, object], **signal: object) -> None:
            # When the list is read, and what was there has been looked up.
            pre_init.disconnect(add, sender=ScreeningTerm)
            twin = ScreeningTerm(term="casino", kind="blocked", folded="casino")
            ScreeningTerm.objects.bulk_create([twin])

        pre_init.connect(add, sender=ScreeningTerm)
        result = import_terms("casino\nloterie", kind="suspect")
        assert (result.added, result.known) == (1, 1)
        assert ("casino", "blocked", "") in terms()


class TestDeletedSection:
    @pytest.fixture
    def section(self, site, home_fr) -> BlogIndexPage:
        section = home_fr.add_child(instance=BlogIndexPage(title="Le coin", slug="coin"))
        ScreeningTerm.objects.create(term="rampe", section=section)
        return section

    def test_the_question_says_how_many_terms_go_with_it_but_not_which(self, signed_in, editor, section):
        address = reverse("wagtailadmin_pages:delete", args=[section.pk])
        body = signed_in(editor).get(address).content.decode()
        sentence = "%(number)s screening term holds only on this page or below it. It is deleted with it."
        assert ngettext(sentence, "", 1) % {"number": 1} in body
        assert "rampe" not in body

    def test_in_bulk_it_stays(self, signed_in, editor, section):
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
        signed_in(editor).post(f"{address}?id={section.pk}&next=/admin/")
        assert BlogIndexPage.objects.filter(pk=section.pk).exists()
        assert ScreeningTerm.objects.exists()
