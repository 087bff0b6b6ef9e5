"""Accessibility: the third step of the bus, seen with the people who climb it."""

from demo.content.shapes import (
    Article,
    comment_from_elsewhere,
    gallery,
    heading,
    html,
    paragraph,
    pull_quotation,
    questions,
)

FRENCH = Article(
    key="third-step",
    language="fr",
    title="La troisième marche",
    slug="la-troisieme-marche",
    introduction="Nos autobus étaient conformes. Onze personnes nous ont montré, en deux jours de voyage, tout ce que « conforme » laisse de côté.",
    authors=("amina",),
    topics=("accessibility", "service"),
    tags=("autobus", "marches", "essais"),
    days_ago=113,
    picture="ramp",
    picture_alt="Une personne en fauteuil roulant monte une rampe claire vers une porte ronde pleine de lumière.",
    picture_credit="Illustration : Nordet",
    body=(
        paragraph(
            "Tout le monde parle de la première marche, celle que l’on abaisse. Pour la voir, j’ai passé deux journées sur la ligne 10 avec onze personnes qui la prennent : en fauteuil, avec une canne, avec une poussette double, avec un chien, avec une mémoire qui flanche.",
            "La première marche va bien. C’est la troisième qui fait tomber : celle qui mène à l’allée, haute de 21 cm, sans contraste, juste au moment où l’autobus repart.",
        ),
        heading("Ce que nous avons appris dans l’allée"),
        paragraph(
            "<ul><li>Le bouton d’arrêt est à la bonne hauteur, et du mauvais côté pour qui tient sa canne à droite.</li><li>L’annonce sonore dit le nom de l’arrêt, mais jamais <b>de quel côté</b> s’ouvre la porte.</li><li>« Prenez votre temps », dit par le chauffeur, vaut plus que la bande antidérapante.</li></ul>",
        ),
        gallery(
            (
                "ramp",
                "Une rampe claire monte vers une porte ronde.",
                "La rampe d’essai au garage de Port-Salvail.",
            ),
            ("bus-stop", "Un abribus éclairé sous la neige.", "L’arrêt du dispensaire, à Anse-Rousse."),
            (
                "string-lines",
                "Un graphique horaire fait de lignes obliques qui se croisent.",
                "Chaque trait est un autobus; les trente secondes ajoutées s’y voient à peine.",
            ),
            title="Deux jours sur la ligne 10",
        ),
        comment_from_elsewhere(
            "Léonard Vigneau",
            "Message laissé sur la boîte vocale du service",
            "Je suis aveugle depuis vingt ans et je ne suis jamais tombé dans votre autobus. Vous savez pourquoi? Parce que je n’y monte plus. Rappelez-moi, je vais vous montrer.",
            "Accord donné au téléphone, puis par courriel. M. Vigneau a fait partie des onze.",
            days_ago=139,
        ),
        heading("Ce que nous faisons"),
        paragraph(
            "La troisième marche de chaque autobus reçoit un nez jaune et une lumière rasante : 23 véhicules sur 31 sont faits. Les chauffeurs attendent que la dernière personne soit assise; l’horaire de la ligne 10 a été allongé de quatre minutes pour que ce ne soit pas du courage, mais la règle. L’annonce du côté de la porte est enregistrée, dans les deux langues, et entre en service le mois prochain.",
        ),
        pull_quotation("Quatre minutes de plus à l’horaire, pour que la patience ne soit pas une faveur."),
        questions(
            (
                "Pourquoi ne pas acheter des autobus à plancher bas?",
                html(
                    "Nous le ferons : les six prochains le seront tous. Mais un autobus dure seize ans sur la Côte, et nous ne voulions pas demander à quiconque d’attendre jusque-là."
                ),
            ),
            (
                "Puis-je participer aux prochains essais?",
                html(
                    "Oui, et vous serez payé : 35 $ l’heure, transport compris. Les deux prochaines journées porteront sur les gares fluviales."
                ),
            ),
        ),
    ),
    related=("stops-first-answers",),
)

ENGLISH = Article(
    key="third-step",
    language="en",
    title="The third step",
    slug="the-third-step",
    introduction="Our buses complied with every rule. In two days of travelling, eleven people showed us everything that compliance leaves out.",
    authors=("amina",),
    topics=("accessibility", "service"),
    tags=("buses", "steps", "trials"),
    days_ago=113,
    picture="ramp",
    picture_alt="A person in a wheelchair goes up a pale ramp towards a round doorway full of light.",
    picture_credit="Illustration: Nordet",
    body=(
        paragraph(
            "Everybody talks about the first step, the one that kneels. To see it at work, I spent two days on line 10 with eleven people who use it: in a wheelchair, with a cane, with a double stroller, with a dog, with a memory that slips.",
            "The first step is fine. The third is the one that makes people fall: the one up to the aisle, 21 cm high, with no contrast, at the very moment when the bus pulls away.",
        ),
        heading("What we learned in the aisle"),
        paragraph(
            "<ul><li>The stop button is at the right height, and on the wrong side for anyone who holds a cane in the right hand.</li><li>The announcement gives the name of the stop, but never <b>which side</b> the door will open on.</li><li>“Take your time”, from the driver, is worth more than any anti-slip strip.</li></ul>",
        ),
        gallery(
            (
                "ramp",
                "A pale ramp rises towards a round doorway.",
                "The trial ramp at the Port-Salvail garage.",
            ),
            ("bus-stop", "A lit bus shelter in falling snow.", "The clinic stop at Anse-Rousse."),
            (
                "string-lines",
                "A timetable graph made of slanting lines that cross.",
                "Every line is a bus; the thirty seconds we added hardly show.",
            ),
            title="Two days on line 10",
        ),
        comment_from_elsewhere(
            "Léonard Vigneau",
            "Message left on the service voicemail (our translation)",
            "I have been blind for twenty years and I have never once fallen on your bus. Do you know why? I stopped taking it. Call me back and I will show you.",
            "Agreed by telephone, then by email. Mr. Vigneau was one of the eleven.",
            days_ago=139,
        ),
        heading("What we are doing"),
        paragraph(
            "The third step of every bus is getting a yellow edge and a low light: 23 vehicles out of 31 are done. Drivers wait until the last person is seated; four minutes have been added to the line 10 timetable so that this is not courage but the rule. The door-side announcement has been recorded, in both languages, and starts next month.",
        ),
        pull_quotation("Four more minutes in the timetable, so that patience is not a favour."),
        questions(
            (
                "Why not buy low-floor buses?",
                html(
                    "We will: the next six will all be low-floor. But a bus lasts sixteen years on this coast, and we were not going to ask anybody to wait that long."
                ),
            ),
            (
                "Can I take part in the next trials?",
                html(
                    "Yes, and you will be paid: $35 an hour, travel included. The next two days will be about the ferry terminals."
                ),
            ),
        ),
    ),
    related=("stops-first-answers",),
)
