"""About Nordet."""

from demo.content.shapes import (
    PlainPage,
    call_to_action,
    heading,
    key_figures,
    paragraph,
    picture,
    related_pages,
)

FRENCH = PlainPage(
    key="about",
    language="fr",
    title="Qui sommes-nous",
    slug="qui-sommes-nous",
    introduction="Cinq traversiers, trente et un autobus, 412 personnes : Nordet relie les onze municipalités de la Côte-aux-Brumes depuis que l’une d’elles a prêté un doris aux dix autres.",
    body=(
        paragraph(
            "En 1964, la route s’arrêtait à Port-Salvail. Onze villages ont mis en commun une barge, un doris à moteur et la caisse d’une tombola paroissiale. Le nom vient du vent du nord-est, le nordet, qui décidait alors de l’horaire. Il a encore son mot à dire.",
            "Nordet appartient toujours aux onze municipalités. Chacune a une voix au conseil, la plus grande comme la plus petite. Les séances sont publiques et se tiennent, à tour de rôle, dans chaque village.",
        ),
        picture(
            "seabirds",
            "Des oiseaux de mer stylisés volent au-dessus de vagues en bandes.",
            "L’Éider, la Sterne, le Guillemot, le Macareux et le Petit-Pingouin : nos bateaux portent des noms d’oiseaux.",
            "Illustration : Nordet",
        ),
        key_figures(
            ("5", "traversiers", "le plus vieux a trente-quatre ans"),
            ("9", "lignes d’autobus", "118 arrêts"),
            ("412", "employées et employés", "dont 61 les mois de glace seulement"),
        ),
        heading("Pourquoi ce portail"),
        paragraph(
            "Nous avons longtemps informé : un horaire, un avis, un communiqué. Ici, nous essayons de converser. Chaque article est ouvert aux commentaires, chaque dialogue a une date de fin et une personne qui en répond, et quand vous nous faites changer d’avis, nous l’écrivons.",
        ),
        call_to_action("Avant d’écrire, une page suffit.", "Lire les règles de la conversation", "rules"),
        related_pages("year-in-figures", "slow-to-converse"),
    ),
)

ENGLISH = PlainPage(
    key="about",
    language="en",
    title="About us",
    slug="about-us",
    introduction="Five ferries, thirty-one buses, 412 people: Nordet has linked the eleven municipalities of the Côte-aux-Brumes ever since one of them lent the other ten a dory.",
    body=(
        paragraph(
            "In 1964 the road ended at Port-Salvail. Eleven villages pooled a barge, a motor dory and the takings of a parish raffle. The name comes from the north-easterly wind, the nordet, which decided the timetable in those days. It still has a say.",
            "Nordet continues to belong to the eleven municipalities. Each has one vote on the board, the largest and the smallest alike. Meetings are public and held in each village in turn.",
        ),
        picture(
            "seabirds",
            "Stylised seabirds fly above waves drawn as bands.",
            "Éider, Sterne, Guillemot, Macareux and Petit-Pingouin (eider, tern, guillemot, puffin and razorbill): our boats are named after birds.",
            "Illustration: Nordet",
        ),
        key_figures(
            ("5", "ferries", "the oldest is thirty-four"),
            ("9", "bus lines", "118 stops"),
            ("412", "employees", "61 of them in the ice months only"),
        ),
        heading("Why this portal"),
        paragraph(
            "For a long time we informed: a timetable, a notice, a press release. Here we are trying to converse. Every article is open to comments, every dialogue has a closing date and somebody who answers for it, and when you change our minds, we say so in writing.",
        ),
        call_to_action("Before you write, one page will do.", "Read the rules of the conversation", "rules"),
        related_pages("year-in-figures", "slow-to-converse"),
    ),
)
