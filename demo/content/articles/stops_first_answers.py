"""Halfway through the dialogue on stops and opening hours: what has been said so far."""

from demo.content.shapes import (
    Article,
    call_to_action,
    comment_from_elsewhere,
    featured_comment,
    heading,
    key_figures,
    paragraph,
)

FRENCH = Article(
    key="stops-first-answers",
    language="fr",
    title="Arrêts et guichets : ce que vous nous avez appris jusqu’ici",
    slug="arrets-et-guichets-mi-parcours",
    introduction="Le dialogue sur les arrêts d’autobus et les heures des guichets est à mi-parcours. Trois choses nous ont déjà fait changer nos plans.",
    authors=("ngoc-lan",),
    topics=("service", "conversation"),
    tags=("consultation", "arrêts", "guichets"),
    days_ago=4,
    picture="bus-stop",
    picture_alt="Un abribus éclairé sous la neige, au bord d’une route bordée d’épinettes.",
    picture_credit="Illustration : Nordet",
    body=(
        paragraph(
            'Il y a deux semaines, nous avons posé une <a href="page:stops-and-hours">question simple</a> : s’il fallait déplacer un arrêt ou changer les heures d’un guichet, lesquels, et pourquoi? Nous avions une carte toute prête. Elle ne l’est plus.',
        ),
        key_figures(
            ("163", "réponses à ce jour", "en ligne, au guichet et par la poste"),
            ("41", "arrêts nommés", "sur les 118 du réseau"),
            ("1", "arrêt dont personne ne veut se passer", "celui du dispensaire, à Anse-Rousse"),
        ),
        heading("Un arrêt n’est pas un point sur une carte"),
        paragraph(
            "Nos données disaient que l’arrêt de la Vieille-Forge servait trois personnes par jour. C’est vrai. Une lectrice nous a expliqué lesquelles, et à quelle heure :",
        ),
        featured_comment(
            "forge-fr",
            "Ces quelques lignes ont retiré la Vieille-Forge de la liste des arrêts à regrouper.",
            cut=("Et il y a moi le mercredi, quand je visite mon mari au cimetière d’en face.",),
            removed=(("Maëlle,", "name"),),
        ),
        heading("Les guichets : l’heure compte moins que la certitude"),
        paragraph(
            "Nous pensions que vous demanderiez des guichets ouverts plus longtemps. Vous demandez surtout qu’ils soient ouverts <b>quand c’est écrit</b>. Le guichet de Baie-Perdue a été fermé sans avis onze fois en trois mois. Nous ne le savions pas : la personne qui tient le registre est celle qui manquait.",
        ),
        comment_from_elsewhere(
            "Rose-Aimée Cormier",
            "Lettre reçue au guichet de Baie-Perdue",
            "Je ne vous demande pas d’ouvrir à six heures. Je vous demande de ne pas me laisser dehors à neuf heures avec une pancarte qui dit neuf heures.",
            "Accord donné de vive voix au guichet, puis confirmé par écrit sur la copie de la lettre.",
            days_ago=9,
        ),
        paragraph("Un élève, lui, ne demandait pas une minute de plus :"),
        featured_comment(
            "sh-04",
            "Il est mineur : ses initiales suffisent, et l’idée se défend sans son nom.",
            name_form="initials",
        ),
        paragraph(
            "À partir de cette semaine, une fermeture imprévue est affichée à la porte <i>et</i> annoncée sur les écrans de bord avant le départ du bateau. C’est peu. C’est fait.",
        ),
        call_to_action(
            "Il reste un peu plus d’une semaine pour répondre, et l’est de la Côte s’est peu exprimé.",
            "Répondre à la question",
            "stops-and-hours",
        ),
    ),
    related=("last-boat", "third-step"),
    asked_for="sh-13",
)

ENGLISH = Article(
    key="stops-first-answers",
    language="en",
    title="Stops and ticket windows: what you have taught us so far",
    slug="stops-and-ticket-windows-halfway",
    introduction="The dialogue on bus stops and ticket office hours is halfway through. Three things have already changed our plans.",
    authors=("ngoc-lan",),
    topics=("service", "conversation"),
    tags=("consultation", "stops", "ticket offices"),
    days_ago=4,
    picture="bus-stop",
    picture_alt="A lit bus shelter in falling snow, beside a road lined with spruce.",
    picture_credit="Illustration: Nordet",
    body=(
        paragraph(
            'Two weeks ago we asked a <a href="page:stops-and-hours">simple question</a>: if one stop had to move, or one ticket window had to change its hours, which should it be, and why? We had a map all ready. We no longer do.',
        ),
        key_figures(
            ("163", "replies to date", "online, at the window and by post"),
            ("41", "stops mentioned by name", "of the 118 on the network"),
            ("1", "stop nobody will give up", "the clinic at Anse-Rousse"),
        ),
        heading("A stop is not a dot on a map"),
        paragraph(
            "Our data said that the stop at Pointe-aux-Oies served three people a day. That is true. A reader told us which three, and at what time:",
        ),
        featured_comment(
            "oies-en",
            "These few lines took Pointe-aux-Oies off the list of stops to be merged.",
            cut=("who finishes at ten past six and has no licence;",),
            removed=(("Mr. Lachance,", "name"),),
        ),
        heading("Ticket windows: certainty matters more than hours"),
        paragraph(
            "We expected you to ask for longer opening hours. What you ask for, above all, is windows that are open <b>when the sign says so</b>. The one at Baie-Perdue closed without notice eleven times in three months. We did not know: the person who keeps the register was the person who was missing.",
        ),
        comment_from_elsewhere(
            "Rose-Aimée Cormier",
            "Letter handed in at the Baie-Perdue ticket window (our translation)",
            "I am not asking you to open at six. I am asking you not to leave me outside at nine in front of a sign that says nine.",
            "Agreed in person at the window, then confirmed in writing on the copy of the letter.",
            days_ago=9,
        ),
        paragraph("Somebody who sits behind one of those windows put the other side of it to us:"),
        featured_comment(
            "she-05",
            "She spoke for herself, and asked us to say where she works rather than who she is.",
            name_form="role",
            name_detail="ticket offices",
        ),
        paragraph(
            "As of this week, an unplanned closure is posted on the door <i>and</i> announced on the screens aboard before the boat leaves. It is not much. It is done.",
        ),
        call_to_action(
            "There is a little over a week left to reply, and we have heard little from the eastern end of the coast.",
            "Answer the question",
            "stops-and-hours",
        ),
    ),
    related=("last-boat", "third-step"),
    asked_for="she-06",
)
