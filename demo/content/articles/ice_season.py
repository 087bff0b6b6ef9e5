"""Planning for the ice season: timetable, thresholds and a document to take away."""

from demo.content.shapes import (
    Article,
    callout,
    document,
    heading,
    html,
    paragraph,
    picture,
    questions,
    table,
)

FRENCH = Article(
    key="ice-season",
    language="fr",
    title="Saison des glaces : le plan, et à quel moment nous annulerons",
    slug="saison-des-glaces-le-plan",
    introduction="Nous ne pouvons pas promettre la traversée. Nous pouvons vous dire d’avance, noir sur blanc, à partir de quel vent et de quelle glace elle n’aura pas lieu.",
    authors=("isaac", "ngoc-lan"),
    topics=("service", "safety"),
    tags=("glaces", "annulations", "horaires"),
    days_ago=88,
    picture="ice-floes",
    picture_alt="Des plaques de glace pâles serrées sur une mer sombre, sous une bande de ciel rose.",
    picture_credit="Illustration : Nordet",
    body=(
        paragraph(
            "L’hiver dernier, 61 traversées sur 2 214 ont été annulées. La moitié d’entre vous l’ont appris sur le quai. Ce n’est pas la glace qui vous a fâchés : c’est de ne pas comprendre la décision, ni quand elle serait prise.",
            "Cette fois, voici les seuils que nous appliquons à bord. Ils ne sont pas neufs; ce qui l’est, c’est de les publier.",
        ),
        heading("Les seuils"),
        table(
            "Ce qui retarde et ce qui annule, par traverse",
            ("Traverse", "Retard possible", "Annulation"),
            (
                "Port-Salvail – Île Maubèche",
                "Vent de 35 nœuds, glace à 7/10",
                "Vent de 45 nœuds, glace à 9/10",
            ),
            (
                "Cap-au-Sel – Sainte-Odile-du-Large",
                "Vent de 30 nœuds, glace à 5/10",
                "Vent de 40 nœuds, glace à 8/10",
            ),
            (
                "Baie-Perdue – Les Échoueries",
                "Aucun service en saison des glaces",
                "Autobus 31 en remplacement",
            ),
        ),
        paragraph(
            "La glace se mesure en dixièmes de surface couverte. À neuf dixièmes, l’<i>Éider</i> passe encore; c’est l’accostage qui ne va plus, parce que la glace s’empile entre la coque et le quai.",
        ),
        picture(
            "bus-coast",
            "Un autobus rouge sur une route côtière, entre la falaise et la mer.",
            "Quand la traverse de l’est s’arrête, l’autobus 31 fait le tour : 1 h 50 au lieu de 40 minutes.",
            "Illustration : Nordet",
        ),
        heading("L’heure de la décision"),
        paragraph(
            "Nous décidons à <b>5 h 15</b> pour la matinée, à <b>11 h 30</b> pour l’après-midi et à <b>16 h 30</b> pour la soirée. Entre ces heures, nous pouvons retarder, mais pas annuler, sauf danger. Si vous n’avez rien reçu à 5 h 30, le premier bateau part.",
        ),
        callout(
            "important",
            "Ne traversez pas la baie en motoneige à cause d’une annulation",
            html(
                "La trace balisée n’est ouverte que lorsque la municipalité l’annonce. Deux personnes ont été secourues l’an dernier à moins d’un kilomètre de notre quai."
            ),
        ),
        questions(
            (
                "Comment serai-je prévenu?",
                html(
                    "Par message texte si vous vous inscrivez, sur les écrans des gares fluviales, et au 211 de la Côte. Les autobus attendent le bateau retardé jusqu’à 25 minutes."
                ),
            ),
            (
                "Et mon rendez-vous à l’hôpital?",
                html(
                    "Appelez-nous la veille : nous gardons quatre places sur le bateau d’avant, et nous appelons l’hôpital avec vous si tout est annulé."
                ),
            ),
        ),
        document("ice-plan-fr", "Le plan de la saison des glaces en une page"),
    ),
    related=("wrong-message", "last-boat"),
)

ENGLISH = Article(
    key="ice-season",
    language="en",
    title="The ice season: our plan, and the point at which we will cancel",
    slug="ice-season-plan",
    introduction="We cannot promise you the crossing. We can tell you in advance, in black and white, what wind and what ice will stop it.",
    authors=("isaac", "ngoc-lan"),
    topics=("service", "safety"),
    tags=("ice", "cancellations", "timetables"),
    days_ago=88,
    picture="ice-floes",
    picture_alt="Pale slabs of ice packed on a dark sea, under a band of pink sky.",
    picture_credit="Illustration: Nordet",
    body=(
        paragraph(
            "Last winter 61 crossings out of 2,214 were cancelled. Half of you found out on the wharf. It was not the ice that made you angry: it was not understanding the decision, or knowing when it would be made.",
            "This time, here are the thresholds we use on board. They are not new. Publishing them is.",
        ),
        heading("The thresholds"),
        table(
            "What delays and what cancels, by crossing",
            ("Crossing", "Possible delay", "Cancellation"),
            ("Port-Salvail – Île Maubèche", "35-knot wind, 7/10 ice", "45-knot wind, 9/10 ice"),
            ("Cap-au-Sel – Sainte-Odile-du-Large", "30-knot wind, 5/10 ice", "40-knot wind, 8/10 ice"),
            ("Baie-Perdue – Les Échoueries", "No service in the ice season", "Bus 31 instead"),
        ),
        paragraph(
            "Ice is measured in tenths of the surface covered. At nine tenths the <i>Éider</i> still gets through; what fails is docking, because the ice piles up between the hull and the wharf.",
        ),
        picture(
            "bus-coast",
            "A red bus on a coastal road, between the cliff and the sea.",
            "When the eastern crossing stops, bus 31 takes the long way round: 1 h 50 instead of 40 minutes.",
            "Illustration: Nordet",
        ),
        heading("When we decide"),
        paragraph(
            "We decide at <b>5:15 a.m.</b> for the morning, at <b>11:30 a.m.</b> for the afternoon and at <b>4:30 p.m.</b> for the evening. Between those times we may delay a boat but not cancel it, unless there is danger. If you have heard nothing by 5:30, the first boat is leaving.",
        ),
        callout(
            "important",
            "Do not cross the bay by snowmobile because of a cancellation",
            html(
                "The marked trail is open only when the municipality says it is. Two people were rescued last year less than a kilometre from our wharf."
            ),
        ),
        questions(
            (
                "How will I be told?",
                html(
                    "By text message if you sign up, on the screens in the terminals, and by dialling 211. Buses wait up to 25 minutes for a late boat."
                ),
            ),
            (
                "What about my hospital appointment?",
                html(
                    "Call us the day before: we hold four places on the earlier boat, and if everything is cancelled we ring the hospital with you."
                ),
            ),
        ),
        document("ice-plan-en", "The ice season plan on one page"),
    ),
    related=("wrong-message", "last-boat"),
)
