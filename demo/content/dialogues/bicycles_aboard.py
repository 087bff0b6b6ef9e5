"""Public and upcoming: bicycles on board."""

from demo.content.shapes import Dialogue, paragraph, questions

FRENCH = Dialogue(
    key="bicycles-aboard",
    language="fr",
    is_internal=False,
    title="Des vélos à bord : combien, où, à quel prix?",
    slug="velos-a-bord",
    question="Comment partager le pont entre les vélos, les voitures et les gens, les jours où il n’y a pas de place pour tout le monde?",
    introduction="Les vélos étaient quarante par jour il y a cinq ans; ils sont trois cents les beaux samedis. Le pont, lui, n’a pas grandi.",
    body=(
        paragraph(
            "Un support à vélos prend la place de deux voitures et porte vingt-quatre bicyclettes. Présenté ainsi, le choix paraît simple. Il l’est moins pour la famille de l’île qui revient de l’épicerie et reste à quai.",
            "Lisez, réfléchissez, parlez-en chez vous. Le dialogue ouvre dans quelques jours.",
        ),
        paragraph(
            "<ul><li>Trois scénarios seront présentés à l’ouverture, avec leurs coûts.</li><li>Une séance se tiendra sur le quai de Port-Salvail, pour qui préfère parler.</li></ul>"
        ),
        questions(
            (
                "Pourquoi annoncer un dialogue avant de l’ouvrir?",
                "<p>Parce que le dernier avait pris l’île par surprise, en pleine saison de pêche.</p>",
            )
        ),
    ),
    host_name="Amina Diallo",
    host_role="Conseillère en accessibilité",
    opens_in=6,
    closes_in=40,
)

ENGLISH = Dialogue(
    key="bicycles-aboard",
    language="en",
    is_internal=False,
    title="Bicycles aboard: how many, where, at what price?",
    slug="bicycles-aboard",
    question="How should the deck be shared between bicycles, cars and people on the days when there is not room for everybody?",
    introduction="Five years ago we carried forty bicycles a day; on a fine Saturday we now carry three hundred. The deck has not grown.",
    body=(
        paragraph(
            "A bicycle rack takes the space of two cars and holds twenty-four bikes. Put that way, the choice looks simple. It is less so for the island family coming home with the groceries and left standing on the wharf.",
            "Read, think, talk about it at home. The dialogue opens in a few days.",
        ),
        paragraph(
            "<ul><li>Three scenarios will be presented at the opening, with their costs.</li><li>There will be a session on the wharf at Port-Salvail for those who would rather talk.</li></ul>"
        ),
        questions(
            (
                "Why announce a dialogue before opening it?",
                "<p>Because the last one took the island by surprise, right in the fishing season.</p>",
            )
        ),
    ),
    host_name="Amina Diallo",
    host_role="Accessibility Adviser",
    opens_in=6,
    closes_in=40,
)
