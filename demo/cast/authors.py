"""Those who sign articles."""

from demo.cast.shapes import AuthorProfile

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
