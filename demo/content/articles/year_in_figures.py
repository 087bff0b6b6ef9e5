"""The annual figures, good and bad."""

from demo.content.shapes import (
    Article,
    block_quotation,
    document,
    heading,
    key_figures,
    paragraph,
    picture,
    table,
)

FRENCH = Article(
    key="year-in-figures",
    language="fr",
    title="L’année en chiffres, y compris ceux que nous n’aimons pas",
    slug="annee-en-chiffres",
    introduction="Plus de monde à bord, moins d’accidents, un déficit, et une promesse non tenue. Le rapport annuel, résumé par ceux qui l’ont écrit.",
    authors=("maude", "ngoc-lan", "graham"),
    topics=("service", "energy", "safety"),
    tags=("rapport annuel", "achalandage", "budget"),
    days_ago=344,
    picture="ridgelines",
    picture_alt="Des crêtes de montagnes bleues superposées à l’aube, sous un soleil bas et orangé.",
    picture_credit="Illustration : Nordet",
    body=(
        paragraph(
            "Un rapport annuel compte d’ordinaire quatre-vingts pages, dont soixante-dix sont des photos de gens qui sourient sur un quai. Le nôtre en a douze. Voici les quatre qui comptent.",
        ),
        key_figures(
            ("611 400", "passages par traversier", "+4,1 % en un an"),
            ("1 084 000", "voyages en autobus", "+0,3 %, et −6 % dans l’est"),
            ("93,8 %", "départs à moins de cinq minutes de l’heure", "objectif : 95 %"),
            ("−1,9 M$", "résultat de l’exercice", "carburant et réparation de la Sterne"),
        ),
        heading("Ce qui va mieux"),
        paragraph(
            "Les accidents de travail sont passés de 27 à 14, surtout parce que les équipes de quai ont obtenu les crampons qu’elles demandaient. L’achalandage a repris sur la traverse de l’île. La ligne 22, que nous pensions abolir, a gagné un tiers de voyageurs depuis qu’elle attend le bateau.",
        ),
        heading("Ce qui va moins bien"),
        paragraph(
            "L’est de la Côte nous quitte : six pour cent de voyages en moins, pour la troisième année. Nous savons pourquoi. Un autobus qui passe trois fois par jour ne sert qu’à ceux qui n’ont pas le choix.",
            "Et nous avions promis un bateau de relève prêt en douze heures. Il nous en faut encore trente. La promesse reste, avec une nouvelle date et un nom à côté : celui de Graham Fisk.",
        ),
        table(
            "D’où vient l’argent, où il va (M$)",
            ("Poste", "Cette année", "L’an passé"),
            ("Billets et laissez-passer", "11,2", "10,6"),
            ("Contribution des onze municipalités", "9,4", "9,4"),
            ("Subventions", "14,1", "13,8"),
            ("Salaires", "−22,7", "−21,3"),
            ("Carburant et électricité", "−6,9", "−5,8"),
            ("Entretien et tout le reste", "−7,0", "−6,1"),
        ),
        picture(
            "chart-islands",
            "Une carte marine stylisée : îles ocre, courbes de profondeur bleues et une route pointillée.",
            "Onze municipalités, quatorze quais, 212 kilomètres de côte.",
            "Illustration : Nordet",
        ),
        block_quotation(
            "Le conseil prend acte du déficit et refuse de le combler par une hausse des tarifs des laissez-passer scolaires.",
            "Conseil d’administration de Nordet, résolution adoptée à l’unanimité",
        ),
        document("annual-report-fr", "Rapport annuel, douze pages"),
    ),
    related=("shore-power",),
)

ENGLISH = Article(
    key="year-in-figures",
    language="en",
    title="The year in figures, including those we do not like",
    slug="year-in-figures",
    introduction="More people aboard, fewer accidents, a deficit, and a promise not kept. The annual report, summarised by the people who wrote it.",
    authors=("maude", "ngoc-lan", "graham"),
    topics=("service", "energy", "safety"),
    tags=("annual report", "ridership", "budget"),
    days_ago=344,
    picture="ridgelines",
    picture_alt="Blue mountain ridges layered at dawn under a low, orange sun.",
    picture_credit="Illustration: Nordet",
    body=(
        paragraph(
            "An annual report usually has eighty pages, seventy of which show people smiling on a wharf. Ours has twelve. Here are the four that matter.",
        ),
        key_figures(
            ("611,400", "ferry passages", "up 4.1% in a year"),
            ("1,084,000", "bus trips", "up 0.3%, and down 6% in the east"),
            ("93.8%", "departures within five minutes of the time", "target: 95%"),
            ("−$1.9M", "result for the year", "fuel, and the repair of the Sterne"),
        ),
        heading("What is better"),
        paragraph(
            "Workplace accidents fell from 27 to 14, mostly because the wharf crews were given the ice cleats they had been asking for. Ridership is back on the island crossing. Line 22, which we had meant to abolish, has gained a third more passengers since it started waiting for the boat.",
        ),
        heading("What is worse"),
        paragraph(
            "The eastern coast is leaving us: six per cent fewer trips, for the third year. We know why. A bus that comes three times a day is only of use to those who have no choice.",
            "And we had promised a relief vessel ready within twelve hours. It still takes us thirty. The promise stands, with a new date and a name beside it: Graham Fisk’s.",
        ),
        table(
            "Where the money comes from, where it goes ($M)",
            ("Item", "This year", "Last year"),
            ("Tickets and passes", "11.2", "10.6"),
            ("Contribution of the eleven municipalities", "9.4", "9.4"),
            ("Grants", "14.1", "13.8"),
            ("Wages", "−22.7", "−21.3"),
            ("Fuel and electricity", "−6.9", "−5.8"),
            ("Maintenance and everything else", "−7.0", "−6.1"),
        ),
        picture(
            "chart-islands",
            "A stylised sea chart: ochre islands, blue depth lines and a dotted course.",
            "Eleven municipalities, fourteen landings, 212 kilometres of coast.",
            "Illustration: Nordet",
        ),
        block_quotation(
            "The board notes the deficit and declines to make it up by raising the price of school passes.",
            "Board of Nordet, resolution carried unanimously (our translation)",
        ),
        document("annual-report-en", "Annual report, twelve pages"),
    ),
    related=("shore-power",),
)
