"""Public and open: which stop, which ticket window?"""

from demo.content.shapes import Dialogue, callout, heading, html, paragraph, table

FRENCH = Dialogue(
    key="stops-and-hours",
    language="fr",
    is_internal=False,
    title="Les arrêts et les heures des guichets",
    slug="arrets-et-heures-des-guichets",
    question="S’il fallait déplacer un arrêt d’autobus ou changer les heures d’un guichet, lesquels, et pourquoi?",
    introduction="Nous refaisons la carte des arrêts et l’horaire des guichets pour la première fois en onze ans. Avant de tracer quoi que ce soit, nous voulons savoir à quoi sert chacun.",
    body=(
        paragraph(
            "Le réseau compte 118 arrêts et 14 guichets. Certains arrêts sont si rapprochés que l’autobus n’a pas le temps de fermer sa porte; d’autres obligent à marcher sur l’accotement. Les guichets, eux, ouvrent selon un horaire établi pour une usine qui n’existe plus.",
            "Nous ne vous demandons pas de voter. Nous vous demandons de raconter : qui attend là, à quelle heure, pour aller où. Une seule bonne raison peut l’emporter sur cent personnes qui n’y perdent rien.",
        ),
        heading("Ce qui est déjà décidé, et ce qui ne l’est pas"),
        table(
            "Marge de manœuvre",
            ("Sujet", "État"),
            ("Le nombre total d’heures de guichet", "Fixé : 412 heures par semaine, ni plus ni moins"),
            ("La répartition de ces heures", "Ouverte"),
            ("L’arrêt du dispensaire, à Anse-Rousse", "Il reste, vous nous l’avez dit"),
            ("Tous les autres arrêts", "Ouverts"),
        ),
        callout(
            "note",
            "Ce que nous ferons de vos réponses",
            html(
                "Nous publierons une synthèse dans les trois semaines suivant la clôture, avec la liste de ce qui change, de ce qui ne change pas, et pourquoi."
            ),
        ),
    ),
    host_name="Ngoc-Lan Tremblay",
    host_role="Cheffe de la planification du service",
    opens_in=-19,
    closes_in=12,
)

ENGLISH = Dialogue(
    key="stops-and-hours",
    language="en",
    is_internal=False,
    title="Bus stops and ticket office hours",
    slug="stops-and-ticket-office-hours",
    question="If one bus stop had to move, or one ticket window had to change its hours, which should it be, and why?",
    introduction="We are redrawing the map of stops and the hours of our ticket windows for the first time in eleven years. Before drawing anything, we want to know what each of them is for.",
    body=(
        paragraph(
            "The network has 118 stops and 14 ticket windows. Some stops are so close together that the bus has no time to shut its door; others mean walking along the shoulder of the road. The windows, for their part, open at hours set for a mill that no longer exists.",
            "We are not asking you to vote. We are asking you to tell us: who waits there, at what time, to go where. One good reason can outweigh a hundred people who lose nothing by it.",
        ),
        heading("What is already settled, and what is not"),
        table(
            "Room to move",
            ("Subject", "Status"),
            ("Total ticket window hours", "Fixed: 412 hours a week, no more, no less"),
            ("How those hours are shared out", "Open"),
            ("The clinic stop at Anse-Rousse", "It stays; you have made that clear"),
            ("Every other stop", "Open"),
        ),
        callout(
            "note",
            "What we will do with your replies",
            html(
                "We will publish a summary within three weeks of closing, with a list of what changes, what does not, and why."
            ),
        ),
    ),
    host_name="Ngoc-Lan Tremblay",
    host_role="Head of Service Planning",
    opens_in=-19,
    closes_in=12,
)
