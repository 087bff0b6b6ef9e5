"""The founding case, second half: a reader's comment becomes an article of its own."""

from demo.content.shapes import Article, featured_comment, paragraph

FRENCH = Article(
    key="two-reasons",
    language="fr",
    title="« Échaudées d’abord, bavardes ensuite » : deux raisons de se taire, selon un lecteur",
    slug="deux-raisons-selon-un-lecteur",
    introduction="Sous notre article sur les organisations qui tardent à converser, Hubert Lavoie-Niquay a laissé une réponse qui mérite mieux qu’un bas de page.",
    authors=("maude",),
    topics=("conversation",),
    tags=("la parole à un lecteur", "dialogue"),
    days_ago=27,
    picture="signal-flags",
    picture_alt="Rangées de pavillons de signalisation maritime aux couleurs franches, tendus sur des cordages.",
    picture_credit="Illustration : Nordet",
    body=(
        paragraph(
            'Le point de départ : <a href="page:slow-to-converse">Pourquoi les organisations tardent à converser en ligne</a>.'
        ),
        featured_comment(
            "founding-fr",
            "Nous ne partageons pas tout ce qu’il avance, et c’est bien pourquoi nous le publions : il répond à la question que nous posions, mieux que nous.",
            reply="here",
            rejoinder="sc-10",
        ),
        paragraph("À vous, maintenant : la suite se passe sous ce texte."),
    ),
    related=("slow-to-converse",),
)

ENGLISH = Article(
    key="two-reasons",
    language="en",
    title="“Burned first, talkative second”: a reader’s two reasons for the silence",
    slug="a-readers-two-reasons",
    introduction="Under our article on organisations that are slow to converse, Desmond Okafor left a reply that deserves better than the foot of a page.",
    authors=("maude",),
    topics=("conversation",),
    tags=("a reader writes", "dialogue"),
    days_ago=27,
    picture="signal-flags",
    picture_alt="Rows of boldly coloured maritime signal flags strung on halyards.",
    picture_credit="Illustration: Nordet",
    body=(
        paragraph(
            'Where it began: <a href="page:slow-to-converse">Why organisations take so long to join the conversation</a>.'
        ),
        featured_comment(
            "founding-en",
            "We do not agree with all of it, which is exactly why we are publishing it: it answers the question we asked better than we did.",
            reply="here",
            rejoinder="sce-10",
        ),
        paragraph("Over to you: the conversation goes on below."),
    ),
    related=("slow-to-converse",),
)
