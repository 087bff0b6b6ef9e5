"""Safety: an evacuation drill that took too long, told with its numbers."""

from demo.content.shapes import (
    Article,
    block_quotation,
    document,
    heading,
    key_figures,
    paragraph,
    picture,
    related_pages,
)

FRENCH = Article(
    key="eleven-minutes",
    language="fr",
    title="Onze minutes : un exercice d’évacuation raté, et c’est une bonne nouvelle",
    slug="onze-minutes",
    introduction="Il fallait vider la Sterne en huit minutes. Nous en avons mis onze. Depuis, nous en mettons sept, et voici où se cachaient les quatre autres.",
    authors=("rejean",),
    topics=("safety",),
    tags=("exercice", "évacuation", "Sterne"),
    days_ago=207,
    picture="life-rings",
    picture_alt="Un motif de bouées de sauvetage orange et blanches sur fond bleu, dont une seule est jaune.",
    picture_credit="Illustration : Nordet",
    body=(
        paragraph(
            "Un exercice d’évacuation réussi, c’est un exercice où tout le monde savait qu’il y en aurait un. Les figurants sont jeunes, bien chaussés, réveillés. Alors, cette année, nous avons fait autrement : cent soixante vraies personnes, invitées pour « un essai de la cafétéria », un mercredi à 6 h 40.",
            "Elles avaient toutes accepté qu’il se passe quelque chose. Aucune ne savait quoi ni quand. Il y avait onze enfants, deux fauteuils roulants, un chat.",
        ),
        key_figures(
            ("11 min 04 s", "au premier exercice", "objectif : 8 minutes"),
            ("3 min 10 s", "perdues à l’escalier arrière", "une seule porte s’ouvrait vers l’intérieur"),
            ("6 min 52 s", "au troisième exercice", "avec d’autres invités, non prévenus eux aussi"),
        ),
        heading("Les quatre minutes perdues"),
        paragraph(
            "<b>La porte.</b> Celle de l’escalier arrière s’ouvrait vers l’intérieur, depuis toujours. Avec six personnes pressées contre elle, elle ne s’ouvre plus. Aucune inspection ne l’avait vu, parce qu’une inspection se fait à deux.",
            "<b>La phrase.</b> L’annonce disait « veuillez vous diriger vers votre poste de rassemblement ». Trente personnes se sont dirigées vers la cafétéria, puisqu’elles y étaient rassemblées. Elle dit maintenant : « Levez-vous. Suivez la personne en gilet jaune. »",
            "<b>Les sacs.</b> Une personne sur trois est retournée chercher quelque chose. On ne l’empêche pas avec une consigne; on l’empêche en ayant, à chaque porte, quelqu’un qui regarde dans les yeux.",
        ),
        picture(
            "ferry-crossing",
            "Un traversier blanc sur une mer bleue, devant des montagnes étagées.",
            "La Sterne, 49 mètres, 240 places.",
            "Illustration : Nordet",
        ),
        block_quotation(
            "Je n’ai pas eu peur. J’ai eu l’air fou avec mon plateau, et j’ai compris après que c’était ça, le danger.",
            "Un invité, à la rencontre qui a suivi l’exercice",
        ),
        paragraph(
            "Les quatre autres navires ont été vérifiés : deux portes de plus s’ouvraient du mauvais côté. Elles sont retournées. Le rapport complet est ci-dessous, y compris la page où nous expliquons pourquoi personne ne s’en était aperçu en dix-neuf ans.",
        ),
        document("drill-report-fr", "Rapport d’exercice, Sterne"),
        related_pages("night-crew", "ice-season"),
    ),
    related=("last-boat", "night-crew"),
)

ENGLISH = Article(
    key="eleven-minutes",
    language="en",
    title="Eleven minutes: a failed evacuation drill, which is good news",
    slug="eleven-minutes",
    introduction="The Sterne was supposed to be empty in eight minutes. It took us eleven. Since then it takes seven, and here is where the other four were hiding.",
    authors=("rejean",),
    topics=("safety",),
    tags=("drill", "evacuation", "Sterne"),
    days_ago=207,
    picture="life-rings",
    picture_alt="A pattern of orange and white life rings on blue, a single one of them yellow.",
    picture_credit="Illustration: Nordet",
    body=(
        paragraph(
            "A successful evacuation drill is one that everybody knew about. The volunteers are young, well shod and awake. So this year we did it differently: a hundred and sixty real people, invited to “try out the cafeteria”, on a Wednesday at 6:40 in the morning.",
            "All of them had agreed that something would happen. None of them knew what, or when. There were eleven children, two wheelchairs and a cat.",
        ),
        key_figures(
            ("11 min 04 s", "in the first drill", "target: 8 minutes"),
            ("3 min 10 s", "lost at the aft staircase", "a single door opened inwards"),
            ("6 min 52 s", "in the third drill", "with other guests, equally unwarned"),
        ),
        heading("The four lost minutes"),
        paragraph(
            "<b>The door.</b> The one to the aft staircase opened inwards and always had. With six people pressed against it, it does not open at all. No inspection had ever noticed, because inspections are done in pairs.",
            "<b>The sentence.</b> The announcement said “please proceed to your assembly station”. Thirty people proceeded to the cafeteria, since that is where they were assembled. It now says: “Stand up. Follow the person in the yellow vest.”",
            "<b>The bags.</b> One person in three went back for something. An instruction does not prevent that; somebody at every door who looks you in the eye does.",
        ),
        picture(
            "ferry-crossing",
            "A white ferry on a blue sea in front of layered mountains.",
            "The Sterne: 49 metres, 240 seats.",
            "Illustration: Nordet",
        ),
        block_quotation(
            "I wasn’t frightened. I looked silly with my tray, and only afterwards did I see that looking silly was the danger.",
            "A guest, at the meeting after the drill (our translation)",
        ),
        paragraph(
            "The other four ships have been checked: two more doors opened the wrong way. They have been rehung. The full report is below, including the page on which we explain why nobody noticed in nineteen years.",
        ),
        document("drill-report-en", "Drill report, Sterne"),
        related_pages("night-crew", "ice-season"),
    ),
    related=("last-boat", "night-crew"),
)
