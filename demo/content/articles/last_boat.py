"""The last boat leaves earlier: the change of service that drew the longest conversation."""

from demo.content.shapes import (
    Article,
    call_to_action,
    callout,
    heading,
    html,
    paragraph,
    questions,
    related_pages,
    table,
)

FRENCH = Article(
    key="last-boat",
    language="fr",
    title="Le dernier bateau partira à 21 h 50 du dimanche au jeudi",
    slug="dernier-bateau-21-h-50",
    introduction="À partir du premier lundi du mois prochain, la dernière traversée de Port-Salvail vers l’île Maubèche est avancée de cinquante minutes, cinq soirs sur sept. Voici pourquoi, et ce que nous n’avons pas su éviter.",
    authors=("ngoc-lan", "isaac"),
    topics=("service", "safety"),
    tags=("horaires", "île Maubèche", "repos des équipages"),
    days_ago=15,
    hour=7,
    picture="wharf-night",
    picture_alt="Un quai éclairé la nuit; les lampes se reflètent en longues bandes dans l’eau noire.",
    picture_credit="Illustration : Nordet",
    update_note="Après lecture des commentaires, nous mettons à l’essai une navette sans véhicules à 22 h 25, du lundi au jeudi, pendant douze semaines. Le tableau ci-dessous en tient compte.",
    body=(
        paragraph(
            "Le dernier départ de Port-Salvail se fait aujourd’hui à 22 h 40. Le temps d’accoster à l’île Maubèche, d’attacher l’<i>Éider</i>, de faire la ronde et de remplir le journal, l’équipage quitte le bord à 23 h 40. Il reprend à 8 h 50. Neuf heures et dix minutes, trajet compris : personne ne dort assez là-dedans.",
            "Les règles fédérales en permettent moins que nous le pensions. Nous avons fait vérifier nos feuilles de quart par une personne de l’extérieur et la réponse tient en une ligne : il manque cinquante minutes. Nous les prenons au dernier bateau du soir plutôt qu’au premier du matin, celui des écoliers.",
        ),
        heading("Ce qui change"),
        table(
            "Derniers départs de Port-Salvail vers l’île Maubèche",
            ("Soir", "Aujourd’hui", "Le mois prochain"),
            ("Dimanche", "22 h 40", "21 h 50"),
            ("Lundi au jeudi", "22 h 40", "21 h 50, puis navette sans véhicules à 22 h 25"),
            ("Vendredi et samedi", "22 h 40", "22 h 40 (deuxième équipage)"),
        ),
        paragraph(
            "Les vendredis et samedis, un deuxième équipage prend le relais à 18 h; l’horaire n’y change pas. Nous avons regardé s’il pouvait le faire toute la semaine. Il faudrait onze matelots brevetés de plus. Nous en avons embauché trois en deux ans.",
        ),
        heading("Ce que nous savons que cela défait"),
        paragraph(
            "Une réunion du soir à Port-Salvail finit rarement avant 21 h 30. Le cinéma du mardi se termine à 21 h 45. Et l’hôpital change de quart à 22 h. Nous avons compté, à l’embarquement, les passagères et passagers du 22 h 40 pendant quatre semaines : dix-neuf personnes en moyenne, soixante et une au plus fort, trois un soir de tempête.",
            "Dix-neuf, ce n’est pas « peu de monde ». Ce sont dix-neuf personnes qui organisent leur soirée autour de nous.",
        ),
        callout(
            "important",
            "Urgences médicales",
            html(
                "Rien ne change pour les transports d’urgence : un équipage de garde peut appareiller en vingt minutes, à toute heure, sur appel du 911."
            ),
        ),
        questions(
            (
                "Pourquoi ne pas commencer plus tard le matin?",
                html(
                    "Le bateau de 7 h 20 amène 84 élèves à la polyvalente et celui de 8 h 50, la plupart des gens qui travaillent à Port-Salvail. Retarder l’un ou l’autre touchait six fois plus de monde."
                ),
            ),
            (
                "Mon billet mensuel sera-t-il ajusté?",
                html(
                    "Oui. Si le changement vous fait renoncer à votre laissez-passer, nous remboursons le mois entamé au complet, sans formulaire : un mot au guichet suffit."
                ),
            ),
            (
                "Est-ce définitif?",
                html(
                    "Non. Nous publierons les chiffres d’achalandage et de repos après trois mois, et nous déciderons à ce moment-là, avec vous."
                ),
            ),
        ),
        call_to_action(
            "Les arrêts et les heures des guichets sont aussi en discussion, et rien n’est encore décidé.",
            "Prendre part au dialogue",
            "stops-and-hours",
        ),
        related_pages("ice-season", "eleven-minutes"),
    ),
    related=("stops-first-answers", "ice-season"),
)

ENGLISH = Article(
    key="last-boat",
    language="en",
    title="The last boat will leave at 9:50 p.m., Sunday to Thursday",
    slug="last-boat-9-50",
    introduction="From the first Monday of next month, the final crossing from Port-Salvail to Île Maubèche moves forward by fifty minutes, five nights out of seven. Here is why, and what we were not able to prevent.",
    authors=("ngoc-lan", "isaac"),
    topics=("service", "safety"),
    tags=("timetables", "Île Maubèche", "crew rest"),
    days_ago=15,
    hour=7,
    picture="wharf-night",
    picture_alt="A lit wharf at night; the lamps stretch into long bands across black water.",
    picture_credit="Illustration: Nordet",
    update_note="Having read the comments, we are trying out a foot-passenger shuttle at 10:25 p.m., Monday to Thursday, for twelve weeks. The table below includes it.",
    body=(
        paragraph(
            "The last departure from Port-Salvail is now at 10:40 p.m. By the time the <i>Éider</i> has docked at Île Maubèche, been tied up, inspected and written into the log, it is 11:40 before the crew steps ashore. They are back on duty at 8:50 a.m. Nine hours and ten minutes, travel included: nobody sleeps enough in that.",
            "The federal rules allow less than we had assumed. We asked somebody from outside to check our watch sheets, and the answer fits on one line: we are fifty minutes short. We are taking them from the last boat at night rather than the first in the morning, which is the school boat.",
        ),
        heading("What changes"),
        table(
            "Last departures from Port-Salvail to Île Maubèche",
            ("Evening", "Today", "Next month"),
            ("Sunday", "10:40 p.m.", "9:50 p.m."),
            ("Monday to Thursday", "10:40 p.m.", "9:50 p.m., then foot-passenger shuttle at 10:25 p.m."),
            ("Friday and Saturday", "10:40 p.m.", "10:40 p.m. (second crew)"),
        ),
        paragraph(
            "On Fridays and Saturdays a second crew takes over at 6 p.m., so nothing changes then. We looked at running it all week. It would take eleven more certified deckhands. In two years we have managed to hire three.",
        ),
        heading("What we know this undoes"),
        paragraph(
            "An evening meeting in Port-Salvail rarely ends before 9:30. Tuesday’s film finishes at 9:45. And the hospital changes shift at 10. For four weeks we counted the people boarding the 10:40: nineteen on average, sixty-one on the busiest night, three on the night of a storm.",
            "Nineteen is not “hardly anyone”. It is nineteen people who arrange their evenings around us.",
        ),
        callout(
            "important",
            "Medical emergencies",
            html(
                "Nothing changes for emergency transport: a crew on call can cast off within twenty minutes, at any hour, when 911 asks."
            ),
        ),
        questions(
            (
                "Why not start later in the morning?",
                html(
                    "The 7:20 takes 84 students to the high school, and the 8:50 takes most of the people who work in Port-Salvail. Delaying either one affected six times as many people."
                ),
            ),
            (
                "Will my monthly pass be adjusted?",
                html(
                    "Yes. If the change makes you give up your pass, we refund the current month in full, with no form to fill in: a word at the ticket window is enough."
                ),
            ),
            (
                "Is this final?",
                html(
                    "No. We will publish ridership and rest figures after three months, and decide then, with you."
                ),
            ),
        ),
        call_to_action(
            "Bus stops and ticket office hours are also under discussion, and nothing has been decided yet.",
            "Join the dialogue",
            "stops-and-hours",
        ),
        related_pages("ice-season", "eleven-minutes"),
    ),
    related=("stops-first-answers", "ice-season"),
)
