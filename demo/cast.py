"""Everybody who appears in the demonstration and in the tests.

Nordet is invented: a public company of eleven municipalities that runs ferries and buses along the
Côte-aux-Brumes, a stretch of the North Shore that no map shows. All addresses are reserved example domains.
"""

from dataclasses import dataclass

# The keys of the portal's groups (`people.groups`); pure text, so that no model is imported here.
EDITORS = "editors"
MODERATORS = "moderators"
ANSWERERS = "answerers"
EMPLOYEES = "employees"
# The narrower group of the demonstration: members see one internal dialogue more than other employees.
SHIP_CREWS = "Équipages"
SHIP_CREWS_EN = "Ship crews"

DEMO_PASSWORD = "parley-demo-lantern"


@dataclass(frozen=True)
class Organisation:
    """The company whose portal this is."""

    name: str
    tagline_fr: str
    tagline_en: str
    colour_accent: str
    footer_fr: str
    footer_en: str
    email: str


@dataclass(frozen=True)
class AuthorProfile:
    """Somebody who signs articles; ``sign_in`` is the key of their account, where they have one."""

    key: str
    name: str
    role_fr: str
    role_en: str
    bio_fr: str
    bio_en: str
    portrait: str
    sign_in: str = ""


@dataclass(frozen=True)
class SignIn:
    """A person with an account. ``is_active`` is false for those who have left."""

    key: str
    username: str
    email: str
    first_name: str
    last_name: str
    groups: tuple[str, ...]
    role_label_fr: str
    role_label_en: str
    language: str
    description: str
    is_superuser: bool = False
    is_active: bool = True
    password: str = DEMO_PASSWORD

    @property
    def name(self) -> str:
        """The name shown beside this person's words."""
        return f"{self.first_name} {self.last_name}"


@dataclass(frozen=True)
class Guest:
    """A visitor who comments with a name and an address and has no account."""

    key: str
    name: str
    email: str
    language: str


NORDET = Organisation(
    name="Nordet",
    tagline_fr="Traversiers et autobus de la Côte-aux-Brumes",
    tagline_en="Ferries and buses of the Côte-aux-Brumes",
    colour_accent="#0b5563",
    footer_fr=(
        "<p>Nordet appartient aux onze municipalités de la Côte-aux-Brumes. Siège social : 4, rue du Quai, "
        "Port-Salvail (Québec).</p>"
    ),
    footer_en=(
        "<p>Nordet belongs to the eleven municipalities of the Côte-aux-Brumes. Head office: 4 rue du Quai, "
        "Port-Salvail, Québec.</p>"
    ),
    email="conversation@example.org",
)

AUTHORS = (
    AuthorProfile(
        key="maude",
        name="Maude Thériault",
        role_fr="Directrice des communications",
        role_en="Director of Communications",
        bio_fr=(
            "A tenu un guichet de traversier pendant ses études et en garde l’idée que la bonne réponse "
            "commence par la bonne question. Dirige les communications de Nordet depuis six ans."
        ),
        bio_en=(
            "Worked a ferry ticket window as a student and came away convinced that a good answer starts "
            "with the right question. Has led communications at Nordet for six years."
        ),
        portrait="portrait-maude",
        sign_in="maude",
    ),
    AuthorProfile(
        key="isaac",
        name="Isaac Vollant",
        role_fr="Capitaine de l’Éider",
        role_en="Captain of the Éider",
        bio_fr=(
            "Navigue sur la Côte depuis vingt-sept ans, dont onze aux commandes. Écrit comme il parle à la "
            "radio : peu de mots, les bons."
        ),
        bio_en=(
            "Has sailed this coast for twenty-seven years, eleven of them in command. Writes as he talks "
            "on the radio: few words, the right ones."
        ),
        portrait="portrait-isaac",
        sign_in="isaac",
    ),
    AuthorProfile(
        key="ngoc-lan",
        name="Ngoc-Lan Tremblay",
        role_fr="Cheffe de la planification du service",
        role_en="Head of Service Planning",
        bio_fr=(
            "Dessine les horaires au crayon avant de les confier à l’ordinateur. Prend l’autobus 22 chaque "
            "matin, et note tout."
        ),
        bio_en=(
            "Draws timetables in pencil before the computer gets to see them. Takes bus 22 every morning and "
            "writes everything down."
        ),
        portrait="portrait-ngoc-lan",
        sign_in="ngoc-lan",
    ),
    AuthorProfile(
        key="rejean",
        name="Réjean Couillard",
        role_fr="Responsable de la sécurité",
        role_en="Safety Manager",
        bio_fr=("Ancien chef mécanicien. Croit aux exercices ratés : eux seuls apprennent quelque chose."),
        bio_en=(
            "A former chief engineer. Believes in drills that go wrong: no others teach anybody anything."
        ),
        portrait="portrait-rejean",
    ),
    AuthorProfile(
        key="amina",
        name="Amina Diallo",
        role_fr="Conseillère en accessibilité",
        role_en="Accessibility Adviser",
        bio_fr=(
            "Ergothérapeute de formation. Parcourt le réseau deux fois l’an avec des voyageuses et des "
            "voyageurs qui lui montrent ce que les plans ne disent pas."
        ),
        bio_en=(
            "An occupational therapist by training. Travels the network twice a year with people who show "
            "her what the drawings leave out."
        ),
        portrait="portrait-amina",
        sign_in="amina",
    ),
    AuthorProfile(
        key="graham",
        name="Graham Fisk",
        role_fr="Ingénieur, flotte et énergie",
        role_en="Fleet and Energy Engineer",
        bio_fr=(
            "Arrivé de Terre-Neuve pour un hiver, il y a quatorze ans. Répond lui-même aux questions "
            "techniques, avec les chiffres et leurs limites."
        ),
        bio_en=(
            "Came over from Newfoundland for one winter, fourteen years ago. Answers technical questions "
            "himself, with the numbers and what is wrong with them."
        ),
        portrait="portrait-graham",
        sign_in="graham",
    ),
)

SIGN_INS = (
    SignIn(
        key="sylvio",
        username="sylvio",
        email="sylvio.marchand@example.org",
        first_name="Sylvio",
        last_name="Marchand",
        groups=(),
        role_label_fr="Administrateur des systèmes",
        role_label_en="Systems Administrator",
        language="fr",
        description="Administrator: installs, creates and disables accounts, sees everything.",
        is_superuser=True,
    ),
    SignIn(
        key="maude",
        username="maude",
        email="maude.theriault@example.org",
        first_name="Maude",
        last_name="Thériault",
        groups=(EDITORS, ANSWERERS, EMPLOYEES),
        role_label_fr="Directrice des communications",
        role_label_en="Director of Communications",
        language="fr",
        description="Communications editor: writes, publishes, features comments, opens dialogues.",
    ),
    SignIn(
        key="fanny",
        username="fanny",
        email="fanny.poirier@example.org",
        first_name="Fanny",
        last_name="Poirier",
        groups=(MODERATORS, EMPLOYEES),
        role_label_fr="Modératrice",
        role_label_en="Moderator",
        language="fr",
        description="Moderator: publishes, rejects with a reason, hides and restores comments.",
    ),
    SignIn(
        key="graham",
        username="graham",
        email="graham.fisk@example.org",
        first_name="Graham",
        last_name="Fisk",
        groups=(ANSWERERS, EMPLOYEES),
        role_label_fr="Ingénieur, flotte et énergie",
        role_label_en="Fleet and Energy Engineer",
        language="en",
        description="Answerer: a subject expert who replies in the organisation’s name.",
    ),
    SignIn(
        key="ngoc-lan",
        username="ngoclan",
        email="ngoc-lan.tremblay@example.org",
        first_name="Ngoc-Lan",
        last_name="Tremblay",
        groups=(ANSWERERS, EMPLOYEES),
        role_label_fr="Cheffe de la planification du service",
        role_label_en="Head of Service Planning",
        language="fr",
        description="Answerer for timetables and stops.",
    ),
    SignIn(
        key="amina",
        username="amina",
        email="amina.diallo@example.org",
        first_name="Amina",
        last_name="Diallo",
        groups=(ANSWERERS, EMPLOYEES),
        role_label_fr="Conseillère en accessibilité",
        role_label_en="Accessibility Adviser",
        language="fr",
        description="Answerer for accessibility.",
    ),
    SignIn(
        key="isaac",
        username="isaac",
        email="isaac.vollant@example.org",
        first_name="Isaac",
        last_name="Vollant",
        groups=(EMPLOYEES, SHIP_CREWS),
        role_label_fr="Capitaine de l’Éider",
        role_label_en="Captain of the Éider",
        language="fr",
        description="Employee and member of the ship crews: sees the dialogue on winter rotations.",
    ),
    SignIn(
        key="josee",
        username="josee",
        email="josee.lapierre@example.org",
        first_name="Josée",
        last_name="Lapierre",
        groups=(EMPLOYEES, SHIP_CREWS),
        role_label_fr="Matelot, Sterne",
        role_label_en="Deckhand, Sterne",
        language="fr",
        description="Employee and member of the ship crews: sees the dialogue on winter rotations.",
    ),
    SignIn(
        key="wade",
        username="wade",
        email="wade.pike@example.org",
        first_name="Wade",
        last_name="Pike",
        groups=(EMPLOYEES, SHIP_CREWS),
        role_label_fr="Second mécanicien, Guillemot",
        role_label_en="Second Engineer, Guillemot",
        language="en",
        description="Employee and member of the ship crews, writes in English.",
    ),
    SignIn(
        key="karim",
        username="karim",
        email="karim.benali@example.org",
        first_name="Karim",
        last_name="Benali",
        groups=(EMPLOYEES,),
        role_label_fr="Chauffeur, ligne 10",
        role_label_en="Driver, line 10",
        language="fr",
        description="Employee outside the ship crews: reads internal dialogues, but not the crews’ own.",
    ),
    SignIn(
        key="ellen",
        username="ellen",
        email="ellen.whitaker@example.org",
        first_name="Ellen",
        last_name="Whitaker",
        groups=(EMPLOYEES,),
        role_label_fr="Agente au guichet, Cap-au-Sel",
        role_label_en="Ticket Agent, Cap-au-Sel",
        language="en",
        description="Employee outside the ship crews, writes in English.",
    ),
    SignIn(
        key="denis",
        username="denis",
        email="denis.arbour@example.org",
        first_name="Denis",
        last_name="Arbour",
        groups=(),
        role_label_fr="Répartiteur",
        role_label_en="Dispatcher",
        language="fr",
        description="Former employee: the account is disabled, the words written at the time remain.",
        is_active=False,
    ),
)

GUESTS = (
    Guest("odile", "Odile Grandmaison", "odile.grandmaison@example.com", "fr"),
    Guest("bertrand", "Bertrand Savard", "bertrand.savard@example.com", "fr"),
    Guest("yvette", "Yvette M.", "yvette.m@example.net", "fr"),
    Guest("mathis", "Mathis Rochefort", "mathis.rochefort@example.org", "fr"),
    Guest("lucie", "Lucie Anctil", "lucie.anctil@example.com", "fr"),
    Guest("sami", "Sami Haddad", "sami.haddad@example.net", "fr"),
    Guest("gilles", "Gilles de l’Anse-Rousse", "gilles.anse@example.com", "fr"),
    Guest("marie-eve", "Marie-Ève Duguay", "marie-eve.duguay@example.com", "fr"),
    Guest("fernand", "Fernand Otis", "fernand.otis@example.net", "fr"),
    Guest("thalia", "Thalia Jérôme", "thalia.jerome@example.com", "fr"),
    Guest("hubert", "Hubert Lavoie-Niquay", "hubert.ln@example.com", "fr"),
    Guest("harriet", "Harriet Bouchard-Lowe", "harriet.lowe@example.com", "en"),
    Guest("desmond", "Desmond Okafor", "desmond.okafor@example.net", "en"),
    Guest("priya", "Priya Raman", "priya.raman@example.com", "en"),
    Guest("callum", "Callum Street", "callum.street@example.com", "en"),
    Guest("ruth", "Ruth Anderson", "ruth.anderson@example.org", "en"),
    Guest("tomas", "Tomás Ferreira", "tomas.ferreira@example.com", "en"),
    Guest("joan", "Joan P.", "joan.p@example.net", "en"),
    Guest("wilf", "Wilf Gallant", "wilf.gallant@example.com", "en"),
    Guest("bea", "Beatrice Nolan", "bea.nolan@example.com", "en"),
)

# The stranger has no account and no name: whoever opens the site signed out. Every test asks what they see.


def find_sign_in(key: str) -> SignIn:
    """Return the account with this key; KeyError if there is none."""
    return {person.key: person for person in SIGN_INS}[key]


def find_guest(key: str) -> Guest:
    """Return the guest with this key; KeyError if there is none."""
    return {guest.key: guest for guest in GUESTS}[key]
