"""Internal, for all employees, closed: radios or telephones?"""

from demo.content.shapes import Dialogue, paragraph

FRENCH = Dialogue(
    key="radios-on-deck",
    language="fr",
    is_internal=True,
    title="Radios ou téléphones sur les ponts et les quais",
    slug="radios-ou-telephones",
    question="Si nous ne pouvions payer qu’un seul outil pour nous parler entre le quai, le pont et l’autobus, lequel choisiriez-vous?",
    introduction="Le contrat des radios arrive à échéance. Le fournisseur propose des téléphones. Vos mitaines ont sûrement un avis.",
    body=(
        paragraph(
            "Une radio coûte 890 $, dure neuf ans et ne sait faire qu’une chose. Un téléphone durci coûte 640 $, dure trois ans, prend des photos et s’éteint à moins vingt-cinq.",
            "Dites-nous ce qui vous sert vraiment, un soir de poudrerie, avec une file de voitures qui klaxonnent.",
        ),
    ),
    host_name="Réjean Couillard",
    host_role="Responsable de la sécurité",
    opens_in=-130,
    closes_in=-102,
    closing_word="Les radios restent, et les chauffeurs en auront aussi : c’est la demande que personne n’avait prévue. Huit téléphones seront partagés pour les photos d’avaries. Le contrat est signé pour six ans.",
)

ENGLISH = Dialogue(
    key="radios-on-deck",
    language="en",
    is_internal=True,
    title="Radios or telephones on decks and wharves",
    slug="radios-or-telephones",
    question="If we could pay for only one tool to talk between wharf, deck and bus, which would you choose?",
    introduction="The radio contract is ending. The supplier suggests telephones. Your mittens surely have a view.",
    body=(
        paragraph(
            "A radio costs $890, lasts nine years and can do one thing. A rugged telephone costs $640, lasts three years, takes pictures and goes dead at minus twenty-five.",
            "Tell us what really helps on a night of blowing snow, with a line of cars sounding their horns.",
        ),
    ),
    host_name="Réjean Couillard",
    host_role="Safety Manager",
    opens_in=-130,
    closes_in=-102,
    closing_word="The radios stay, and the drivers will get them too: that was the request nobody had foreseen. Eight telephones will be shared for pictures of damage. The contract is signed for six years.",
)
