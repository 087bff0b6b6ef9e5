"""Energy: the Éider is plugged in at night, and what that did and did not save."""

from demo.content.shapes import (
    Article,
    block_quotation,
    callout,
    heading,
    html,
    key_figures,
    paragraph,
    picture,
    related_pages,
    table,
)

FRENCH = Article(
    key="shore-power",
    language="fr",
    title="L’Éider dort branché : six mois de courant de quai, chiffres à l’appui",
    slug="eider-branche-six-mois",
    introduction="Depuis six mois, notre plus gros traversier coupe ses génératrices la nuit et se branche au réseau. Le gain est réel. Il est aussi plus petit que celui que nous avions annoncé.",
    authors=("graham",),
    topics=("energy",),
    tags=("Éider", "courant de quai", "carburant"),
    days_ago=62,
    picture="shore-power",
    picture_alt="La proue d’un navire reliée au quai par un gros câble lumineux en forme d’arc.",
    picture_credit="Illustration : Nordet",
    body=(
        paragraph(
            "Un traversier à quai n’est pas éteint. Il chauffe, il éclaire, il pompe, il garde ses moteurs tièdes. Jusqu’à l’installation de la borne, tout cela se faisait au diesel, sous les fenêtres de la rue du Quai, de 23 h 40 à 6 h 30.",
            "L’<i>Éider</i> se branche maintenant à une borne de 400 kW. Le câble pèse 190 kg; un bras l’amène à bord en quatre minutes, sauf par grand gel, où nous en sommes encore à onze.",
        ),
        key_figures(
            ("148 000 L", "de diesel non brûlés en six mois", "nous avions annoncé 190 000 L"),
            ("61 dB", "mesurés la nuit, rue du Quai", "contre 74 dB auparavant"),
            ("171", "nuits branchées sur 183", "les douze autres : gel, une panne, une fête nationale"),
        ),
        heading("Pourquoi 42 000 litres de moins que prévu"),
        paragraph(
            "Deux raisons, et aucune n’est la faute du fournisseur. Nous avions calculé la consommation de nuit d’après la fiche technique; or le chauffage des ponts, ajouté en 2019, n’y figure pas. Et nous avions supposé 183 nuits parfaites, ce que personne de sérieux ne devrait supposer à Port-Salvail. C’est moi qui ai fait ce calcul.",
        ),
        table(
            "Une nuit à quai, avant et après",
            ("Poste", "Au diesel", "Branché"),
            ("Énergie", "870 L de diesel", "2 900 kWh"),
            ("Coût", "1 218 $", "226 $"),
            ("Gaz à effet de serre", "2,3 t", "moins de 0,01 t"),
            ("Bruit à 30 m", "74 dB", "61 dB"),
        ),
        picture(
            "wheelhouse",
            "La passerelle d’un traversier vue de l’intérieur, avec la mer au-delà des vitres.",
            "La passerelle de l’Éider : le voyant vert, à gauche, confirme le branchement.",
            "Illustration : Nordet",
        ),
        block_quotation(
            "La première nuit, je me suis réveillée à trois heures. Il m’a fallu un moment pour comprendre que c’était le silence.",
            "Une résidente de la rue du Quai, à la rencontre publique de quartier",
        ),
        heading("Et la suite?"),
        paragraph(
            "La <i>Sterne</i> suivra si la borne de l’île Maubèche obtient sa ligne; la demande est déposée. Le <i>Guillemot</i>, lui, restera au diesel : sa coque a trente-quatre ans, et poser une prise neuve sur un bateau que l’on remplacera serait un geste pour la photo.",
        ),
        callout(
            "note",
            "Les données",
            html(
                "Nos relevés nuit par nuit sont publics. Si vous trouvez une erreur, écrivez-la ci-dessous : c’est moi qui répondrai."
            ),
        ),
        related_pages("year-in-figures", "fog-forecast"),
    ),
    related=("year-in-figures",),
)

ENGLISH = Article(
    key="shore-power",
    language="en",
    title="The Éider sleeps plugged in: six months of shore power, with the figures",
    slug="eider-plugged-in-six-months",
    introduction="For six months our largest ferry has shut down her generators at night and drawn from the grid. The saving is real. It is also smaller than the one we announced.",
    authors=("graham",),
    topics=("energy",),
    tags=("Éider", "shore power", "fuel"),
    days_ago=62,
    picture="shore-power",
    picture_alt="The bow of a ship joined to the wharf by a thick, glowing cable in the shape of an arc.",
    picture_credit="Illustration: Nordet",
    body=(
        paragraph(
            "A ferry at her berth is not switched off. She is heating, lighting, pumping and keeping her engines warm. Until the supply was installed, all of that ran on diesel, under the windows of Rue du Quai, from 11:40 at night until 6:30 in the morning.",
            "The <i>Éider</i> now plugs into a 400 kW supply. The cable weighs 190 kg; an arm swings it aboard in four minutes, except when everything is frozen, in which case we are still at eleven.",
        ),
        key_figures(
            ("148,000 L", "of diesel not burned in six months", "we had announced 190,000 L"),
            ("61 dB", "measured at night on Rue du Quai", "down from 74 dB"),
            (
                "171",
                "nights plugged in, out of 183",
                "the other twelve: ice, one fault, one national holiday",
            ),
        ),
        heading("Why 42,000 litres less than planned"),
        paragraph(
            "Two reasons, neither of them the supplier’s fault. We worked out the night load from the builder’s data sheet, and the deck heating added in 2019 is not on it. And we assumed 183 perfect nights, which nobody serious should ever assume in Port-Salvail. I did that calculation myself.",
        ),
        table(
            "One night alongside, before and after",
            ("Item", "On diesel", "Plugged in"),
            ("Energy", "870 L of diesel", "2,900 kWh"),
            ("Cost", "$1,218", "$226"),
            ("Greenhouse gases", "2.3 t", "less than 0.01 t"),
            ("Noise at 30 m", "74 dB", "61 dB"),
        ),
        picture(
            "wheelhouse",
            "The bridge of a ferry seen from inside, with the sea beyond the windows.",
            "The bridge of the Éider: the green light on the left confirms the connection.",
            "Illustration: Nordet",
        ),
        block_quotation(
            "The first night, I woke up at three. It took me a while to realise that what I was hearing was nothing.",
            "A resident of Rue du Quai, at the neighbourhood meeting (our translation)",
        ),
        heading("What comes next?"),
        paragraph(
            "The <i>Sterne</i> will follow if the Île Maubèche berth gets its power line; the application is in. The <i>Guillemot</i> will stay on diesel: her hull is thirty-four years old, and fitting a new socket to a ship we are about to replace would be a gesture for the cameras.",
        ),
        callout(
            "note",
            "The data",
            html(
                "Our readings, night by night, are public. If you find a mistake, write it below: I will be the one to answer."
            ),
        ),
        related_pages("year-in-figures", "fog-forecast"),
    ),
    related=("year-in-figures",),
)
