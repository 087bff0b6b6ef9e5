"""Internal, for all employees, open: what wastes your time?"""

from demo.content.shapes import Dialogue, callout, html, paragraph

FRENCH = Dialogue(
    key="wasted-time",
    language="fr",
    is_internal=True,
    title="Ce qui nous fait perdre du temps",
    slug="ce-qui-fait-perdre-du-temps",
    question="Quelle tâche vous prend du temps sans servir à personne, et que faudrait-il pour l’abandonner?",
    introduction="Pas de boîte à suggestions, pas de comité. Une tâche, une raison, une proposition, et quelqu’un pour répondre.",
    body=(
        paragraph(
            "L’an dernier, nous avons ajouté quatorze formulaires et nous n’en avons supprimé aucun. Je le sais, je les ai comptés. Certains servent; d’autres rassurent quelqu’un qui a pris sa retraite.",
            "Racontez-en un. Je m’engage à répondre à chaque proposition sous dix jours ouvrables, par oui, par non avec une raison, ou par « je ne sais pas encore, voici qui le sait ».",
        ),
        callout(
            "note",
            "Entre nous",
            html(
                "Ce dialogue n’est visible que des employées et employés connectés. Vos propos ne seront repris ailleurs qu’avec votre accord."
            ),
        ),
    ),
    host_name="Maude Thériault",
    host_role="Directrice des communications",
    opens_in=-11,
    closes_in=17,
)

ENGLISH = Dialogue(
    key="wasted-time",
    language="en",
    is_internal=True,
    title="What wastes our time",
    slug="what-wastes-our-time",
    question="Which task takes up your time without being of use to anyone, and what would it take to drop it?",
    introduction="No suggestion box, no committee. One task, one reason, one proposal, and somebody to answer.",
    body=(
        paragraph(
            "Last year we added fourteen forms and removed none. I know; I counted. Some are useful. Others reassure somebody who has since retired.",
            "Tell us about one. I undertake to answer every proposal within ten working days: with a yes, with a no and a reason, or with “I do not know yet, here is who does”.",
        ),
        callout(
            "note",
            "Between ourselves",
            html(
                "Only employees who are signed in can see this dialogue. Your words will be used elsewhere only if you agree."
            ),
        ),
    ),
    host_name="Maude Thériault",
    host_role="Director of Communications",
    opens_in=-11,
    closes_in=17,
)
