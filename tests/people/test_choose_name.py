"""A visitor's name passes for nobody and nothing of ours, and no more is told of it than that (R35)."""

import re

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from people.models import User
from people.names import clean_name, could_be_taken_for, mixes_scripts
from people.permissions import can_be_called
from portal.models import PortalSettings

PEOPLE = ["Camille Roy", "Jane Doe", "Éloïse D’Aragon"]
ORGANISATION = ["Nordet", "Ville de Québec"]
ROLES = ["Matelot, Sterne", "Baker", "Répartiteur", "Comment moderators", "Personnel"]

TAKEN = [
    # The organisation, as it is, in other letters, and among other words
    *("Nordet", "NORDET", "nordet", "Nôrdët", "N o r d e t", "N.O.R.D.E.T.", "Nor det", "N0rdet", "Nordet!"),
    *("Nоrdеt", "ΝΟRDΕΤ", "ɴᴏʀᴅᴇᴛ", "ᴺᵒʳᵈᵉᵗ", "𝐍𝐨𝐫𝐝𝐞𝐭", "Ⓝⓞⓡⓓⓔⓣ", "🅽🅾🆁🅳🅴🆃", "🇳🇴🇷🇩🇪🇹", "ꓠꓳꓣꓓꓰꓔ"),
    *("Équipe Nordet", "Nordet Communications", "NordetOfficiel", "Nordet2026", "Camille, chez Nordet"),
    *(
        "Camille Tremblay — Nordet",
        "Jean Côté (NORDET)",
        "L’équipe Nordet",
        "Nor-det infos",
        "Ville de Quebec",
    ),
    *("La ville de Québec", "VilleDeQuébec", "Ｎｏｒｄｅｔ", "Nordet_info", "N\u200bo\u200brdet"),
    # Offices, roles and groups
    *("Administrateur", "Jean, modérateur", "M0derat0r", "Aᴅᴍɪɴ", "Support technique", "Modératrice·eur"),
    *(
        "Matelot, Sterne",
        "Jean Matelot Sterne",
        "Sterne Matelot",
        "Baker",
        "BAKER",
        "répartiteur",
        "Comment Moderators",
    ),
    *("Personnel", "Le compte officiel", "staff", "Admin 2", "the-comment-moderators", "Répartiteur — Jean"),
    # People, in other letters
    *("Jane Doe", "jane doe 2", "Ꭻane Ꭰoe", "ᴊᴀɴᴇ ᴅᴏᴇ", "Doe, Jane", "Eloise d'Aragon", "🅹🅰🅽🅴 🅳🅾🅴"),
    # Disguises, whatever they hide
    *("=?utf-8?q?Nordet?=", "=?UTF-8?B?Tm9yZGV0?=", "x =?iso-8859-1?Q?Zo=E9?= y", "Zоé Martin", "Маria"),
]
FREE = [
    *(
        "Zoé Martin",
        "Marie-Ève Côté",
        "O'Neil",
        "O’Neill Sean",
        "Jean-François D’Amours",
        "Anne-Marie St-Onge",
    ),
    *("U Thant", "Ö", "E", "Li O", "José Núñez y Peña", "Søren Kierkegård", "Łukasz Żółć", "Nguyễn Thị Ánh"),
    *("ᐃᓄᒃ ᐊᓄᕌᒃ", "ᐱᑕ ᐊᑕᒍᑦᑕᓗᒃ", "Jobie Tukkiapik", "Siasi Smiler Irqumia", "Kōkom Saganash"),
    *("Мария Иванова", "Наталiя Шевченко", "Владимир", "Сара", "Γεώργιος Παππάς", "Αθηνά", "Արամ"),
    *("محمد علي", "شیرین عبادی", "李小龙", "山田 太郎", "김민수", "רות כהן", "नरेन्द्र", "สมชาย"),
    *("Jane Baker", "Jean Répartiteur", "Nordine Detroit", "Eleanor Detroit", "Québec Tremblay", "Nordeta"),
    *(
        "Camille Royer",
        "Janet Doe",
        "Marie de la Ville",
        "McDonald",
        "DeShawn Carter",
        "Zoé 🇨🇦",
        "Jean-Paul II",
    ),
    *("Mod", "Offiah", "Staffan", "ʔaʔamin", "Étienne (Matane)", "Luc — Hydro-Fleuve"),
    *("Marie-Мария", "Kさん", "2Pac", "Zoé = ?", "A. B. C. Dupont"),
]


def is_taken(name: str) -> bool:
    return could_be_taken_for(name, people=PEOPLE, organisation=ORGANISATION, roles=ROLES)


@pytest.mark.parametrize("name", TAKEN)
def test_r35_what_passes_for_something_of_ours_is_taken(name):
    assert is_taken(name)


@pytest.mark.parametrize("name", FREE)
def test_r35_other_people_have_their_names(name):
    assert not is_taken(name)
    assert clean_name(name)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("ᴊᴀɴᴇ ᴅᴏᴇ", "JANE DOE"),
        ("ꜰʀᴇꜱʜ", "FRESH"),
        ("=?utf-8?q?Nordet?=", "?utf-8?q?Nordet?="),
        ("==??utf-8", "??utf-8"),
        ("ʔaʔamin", "ʔaʔamin"),
        ("ᐃᓄᒃ", "ᐃᓄᒃ"),
    ],
)
def test_r35_a_name_is_shown_as_what_it_is(typed, shown):
    assert clean_name(typed) == shown


LOOK_ALIKES = {"n": "nɴηꓠ🅽ₙ", "o": "oоο0ꓳ🅾ø", "r": "rʀꓣᖇ🆁", "d": "dԁᴅꓓᗪ🅳", "e": "eеε3ᴇꓰ🅴", "t": "tтᴛꓔ🆃"}
around = st.sampled_from(["", "L’équipe ", "Zoé, de ", "- "])
behind = st.sampled_from(["", " officiel", " — Zoé", "2026", "!", " 🙂"])


@settings(max_examples=200)
@given(around, st.lists(st.integers(0, 6), min_size=6, max_size=6), behind)
def test_r35_the_organisation_is_seen_through_any_disguise(before, choices, after):
    signs = [LOOK_ALIKES[letter] for letter in "nordet"]
    disguised = "".join(sign[choice % len(sign)] for sign, choice in zip(signs, choices, strict=True))
    assert is_taken(before + disguised + after)


@settings(max_examples=200)
@given(st.text(max_size=60))
def test_r35_what_is_shown_holds_no_encoded_word(typed):
    name = clean_name(f"{typed}=?utf-8?q?{typed}?=")
    assert "=?" not in name
    assert clean_name(name) == name


@settings(max_examples=100)
@given(
    st.text("аеорсхАВЕКМНОРСТХ", min_size=1, max_size=20),
    st.text("aeopcxABEKMHOPCTX", min_size=1, max_size=20),
)
def test_r35_two_scripts_in_a_word_are_a_disguise_and_beside_each_other_are_none(cyrillic, latin):
    assert mixes_scripts(f"{cyrillic}{latin}")
    assert not mixes_scripts(f"{cyrillic} {latin}")
    assert not mixes_scripts(f"{cyrillic}-{latin}")


@pytest.mark.django_db
class TestForm:
    """Whoever asks in vain learns nothing: not who works here, and not why."""

    @pytest.fixture(autouse=True)
    def named(self, site, employee):
        PortalSettings.objects.update_or_create(
            site=site, defaults={"name_fr": "Nordet", "name_en": "Northeast"}
        )
        Group.objects.create(name="Équipage de nuit")
        User.objects.filter(pk=employee.pk).update(role_label_fr="Capitaine de l’Éider")

    def errors(self, client, article, name: str) -> str:
        fields = {"text": "Un mot.", "name": name, "email": "zoe@example.org"}
        answer = client.post(reverse("preview_comment", args=[article.pk]), fields)
        assert answer.status_code == 422
        return " ".join(re.findall(r'class="field__error"[^>]*>([^<]*)<', answer.content.decode()))

    def test_r35_the_answer_is_the_same_for_all_of_them(self, client, article, employee):
        names = [
            "Nordet",
            "Northeast",
            "Équipage de nuit",
            "Capitaine de l'Eider",
            "Modératrice",
            "Employees",
        ]
        names += [employee.display_name, "=?utf-8?q?x?=", "Mаrie", "Answerers", "Personnel"]
        told = {self.errors(client, article, name) for name in names}
        assert len(told) == 1
        assert employee.display_name not in told.pop()

    def test_r35_what_was_taken_is_free_when_nobody_has_it(self, employee):
        assert not can_be_called("Capitaine de l’Éider")
        User.objects.filter(pk=employee.pk).update(role_label_fr="", is_active=False)
        assert can_be_called("Capitaine de l’Éider")
        assert can_be_called(employee.display_name)

    def test_r35_a_new_name_of_the_organisation_holds_at_once(self, site):
        assert can_be_called("Sud-Ouest")
        settings = PortalSettings.for_site(site)
        settings.name_fr = "Sud-Ouest"
        settings.save()
        assert not can_be_called("Sud-Ouest")
