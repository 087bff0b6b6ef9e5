"""A new tool and why it was slow: the departure screens."""

from demo.content.shapes import Article, heading, html, paragraph, picture, pull_quotation, questions

FRENCH = Article(
    key="departure-board",
    language="fr",
    title="Les écrans de départ sont là, avec dix-neuf mois de retard",
    slug="ecrans-de-depart-dix-neuf-mois",
    introduction="Quatorze gares fluviales ont enfin un écran qui dit vrai. Le projet devait durer cinq mois. Vous avez payé les vingt-quatre : voici à quoi ils ont servi.",
    authors=("ngoc-lan", "maude"),
    topics=("service",),
    tags=("écrans", "projet", "retard"),
    days_ago=271,
    picture="string-lines",
    picture_alt="Un graphique horaire fait de lignes obliques colorées qui se croisent sur fond sombre.",
    picture_credit="Illustration : Nordet",
    body=(
        paragraph(
            "Sur le papier, rien de plus simple : les bateaux connaissent leur position, les écrans ont une prise, on relie les deux. C’est ce que nous avons écrit au conseil d’administration. Nous le pensions.",
        ),
        heading("Mois 1 à 5 : l’écran qui mentait bien"),
        paragraph(
            "Le premier prototype était superbe. Il affichait l’horaire prévu, en grosses lettres, et le changeait quand le bateau partait. Autrement dit, il avait raison après tout le monde. Les agentes du guichet de Cap-au-Sel l’ont recouvert d’un carton et y ont écrit l’heure au feutre. Elles ont été notre meilleur cahier des charges.",
        ),
        heading("Mois 6 à 14 : qui sait quoi?"),
        paragraph(
            "Nous avons découvert que cinq personnes tenaient chacune un horaire, et que les cinq différaient. Personne n’avait tort : la capitainerie compte à l’appareillage, le guichet à la fermeture de la barrière, l’autobus à l’ouverture de la rampe, l’école à la cloche, et le site web comptait au petit bonheur. Il a fallu neuf mois pour s’entendre sur ce que veut dire « 7 h 20 ».",
            "Cela veut dire : la barrière ferme. C’est désormais écrit partout.",
        ),
        pull_quotation("Neuf mois pour s’entendre sur ce que veut dire « 7 h 20 »."),
        picture(
            "flap-board",
            "Un tableau à palettes dont quelques cases orange ressortent.",
            "L’ancien tableau de Port-Salvail, retiré en 1998. On nous le réclame encore.",
            "Illustration : Nordet",
        ),
        heading("Mois 15 à 24 : le froid"),
        paragraph(
            "Un écran « extérieur » est prévu pour moins vingt. Le 14e jour du premier hiver, dix écrans sur quatorze étaient noirs. Le fournisseur les a remplacés; nous avons perdu la saison. Nous aurions pu attendre le printemps avant de signer. Nous étions pressés, parce que nous étions en retard, et nous l’avons été davantage.",
        ),
        questions(
            (
                "Combien cela a-t-il coûté?",
                html(
                    "612 000 $, au lieu des 430 000 $ prévus. L’écart vient du temps de nos équipes (118 000 $) et des abris chauffés (64 000 $)."
                ),
            ),
            (
                "Que se passe-t-il quand l’écran ne sait pas?",
                html(
                    "Il l’écrit : « Position inconnue depuis 8 minutes ». Les essais ont montré que l’on pardonne à un écran qui doute, jamais à un écran qui invente."
                ),
            ),
            (
                "Et pour qui ne voit pas l’écran?",
                html(
                    "Un bouton, au pied de chaque poteau, lit l’affichage à voix haute, en français puis en anglais."
                ),
            ),
        ),
    ),
    related=("fog-forecast", "wrong-message"),
)

ENGLISH = Article(
    key="departure-board",
    language="en",
    title="The departure screens are here, nineteen months late",
    slug="departure-screens-nineteen-months",
    introduction="Fourteen ferry landings finally have a screen that tells the truth. The project was to last five months. You paid for twenty-four: here is what they were used for.",
    authors=("ngoc-lan", "maude"),
    topics=("service",),
    tags=("screens", "project", "delay"),
    days_ago=271,
    picture="string-lines",
    picture_alt="A timetable graph of coloured slanting lines crossing on a dark ground.",
    picture_credit="Illustration: Nordet",
    body=(
        paragraph(
            "On paper, nothing could be simpler: the boats know where they are, the screens have a socket, you join the two. That is what we wrote to the board. We believed it.",
        ),
        heading("Months 1 to 5: the screen that lied well"),
        paragraph(
            "The first prototype was gorgeous. It showed the scheduled time in large letters and changed it when the boat left. In other words, it was right after everybody else was. The agents at the Cap-au-Sel window covered it with cardboard and wrote the time on that in felt pen. They were the best specification we ever had.",
        ),
        heading("Months 6 to 14: who knows what?"),
        paragraph(
            "We discovered that five people each kept a timetable, and that all five differed. Nobody was wrong: the harbour office counts from casting off, the ticket window from the closing of the gate, the bus from the lowering of the ramp, the school from its bell, and the website counted from goodness knows what. It took nine months to agree on what “7:20” means.",
            "It means: the gate closes. It now says so everywhere.",
        ),
        pull_quotation("Nine months to agree on what “7:20” means."),
        picture(
            "flap-board",
            "A split-flap board with a few orange tiles standing out.",
            "The old board at Port-Salvail, taken down in 1998. People still ask for it back.",
            "Illustration: Nordet",
        ),
        heading("Months 15 to 24: the cold"),
        paragraph(
            "An “outdoor” screen is built for minus twenty. On the fourteenth day of the first winter, ten screens out of fourteen were black. The supplier replaced them; we lost the season. We could have waited for spring before signing. We were in a hurry because we were late, and so we became later.",
        ),
        questions(
            (
                "What did it cost?",
                html(
                    "$612,000, instead of the $430,000 planned. The difference is our own teams’ time ($118,000) and heated shelters ($64,000)."
                ),
            ),
            (
                "What happens when the screen does not know?",
                html(
                    "It says so: “Position unknown for 8 minutes”. Trials showed that people forgive a screen that doubts, and never one that makes things up."
                ),
            ),
            (
                "And for those who cannot see the screen?",
                html(
                    "A button at the foot of every post reads the display aloud, in French and then in English."
                ),
            ),
        ),
    ),
    related=("fog-forecast", "wrong-message"),
)
