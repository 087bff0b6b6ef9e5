"""Internal, for the ship crews alone, open: the winter rotations."""

from demo.cast import SHIP_CREWS
from demo.content.shapes import Dialogue, paragraph, table

FRENCH = Dialogue(
    key="winter-rotations",
    language="fr",
    is_internal=True,
    title="Les rotations de la saison des glaces",
    slug="rotations-saison-des-glaces",
    question="Sept jours à bord et sept à terre, ou dix et dix : que préférez-vous, et qu’est-ce qui vous ferait changer d’avis?",
    introduction="La nouvelle règle de repos nous oblige à refaire les feuilles de quart. Autant les refaire avec ceux qui les vivent.",
    body=(
        paragraph(
            "Les deux modèles respectent la règle. Les deux coûtent à peu près la même chose. Ce qui les distingue, c’est votre vie : la garde des enfants, la route, le sommeil du troisième jour.",
        ),
        table(
            "Les deux modèles",
            ("", "Sept et sept", "Dix et dix"),
            ("Relèves par mois", "4", "3"),
            ("Plus longue journée", "11 h 30", "11 h"),
            ("Relèves de fin de semaine", "La moitié", "Une sur trois"),
        ),
        paragraph(
            "Rien n’est signé avec le syndicat avant la fin de ce dialogue, et la section locale en a approuvé le texte."
        ),
    ),
    host_name="Isaac Vollant",
    host_role="Capitaine de l’Éider",
    opens_in=-6,
    closes_in=9,
    group=SHIP_CREWS,
)

ENGLISH = Dialogue(
    key="winter-rotations",
    language="en",
    is_internal=True,
    title="Rotations for the ice season",
    slug="ice-season-rotations",
    question="Seven days aboard and seven ashore, or ten and ten: which do you prefer, and what would change your mind?",
    introduction="The new rest rule means redoing the watch sheets. We may as well redo them with the people who live by them.",
    body=(
        paragraph(
            "Both models comply with the rule. Both cost about the same. What sets them apart is your life: who minds the children, the drive, how you sleep on the third day.",
        ),
        table(
            "The two models",
            ("", "Seven and seven", "Ten and ten"),
            ("Crew changes a month", "4", "3"),
            ("Longest day", "11 h 30", "11 h"),
            ("Weekend crew changes", "Half", "One in three"),
        ),
        paragraph(
            "Nothing will be signed with the union before this dialogue ends, and the local has approved this text."
        ),
    ),
    host_name="Isaac Vollant",
    host_role="Captain of the Éider",
    opens_in=-6,
    closes_in=9,
    group=SHIP_CREWS,
)
