"""The founding case, first half: why organisations are slow to converse, as seen from inside one."""

from demo.content.shapes import (
    Article,
    block_quotation,
    callout,
    heading,
    html,
    key_figures,
    paragraph,
    pull_quotation,
)

FRENCH = Article(
    key="slow-to-converse",
    language="fr",
    title="Pourquoi les organisations tardent à converser en ligne",
    slug="pourquoi-les-organisations-tardent-a-converser",
    introduction="Nous publions depuis des années. Nous écoutons en public depuis quatorze mois à peine. Avant de nous en féliciter, demandons-nous ce qui nous a retenus si longtemps.",
    authors=("maude",),
    topics=("conversation",),
    tags=("médias sociaux", "dialogue", "écoute"),
    days_ago=41,
    picture="two-shores",
    picture_alt="Deux rives face à face, reliées par des arcs de couleur qui se croisent au-dessus de l’eau.",
    picture_credit="Illustration : Nordet",
    body=(
        paragraph(
            "Il y a deux ans, une étudiante m’a écrit pour son mémoire. Elle avait dressé la liste des organismes publics de la région, des plus gros aux plus petits, et vérifié pour chacun une seule chose : peut-on leur répondre en public? Sur trente-huit, cinq offraient un endroit où écrire. Deux y répondaient. Nordet ne figurait ni parmi les cinq ni parmi les deux.",
            "Je lui avais expliqué que nous étions « en réflexion ». Elle a eu la politesse de ne pas demander depuis quand.",
        ),
        heading("Les raisons que l’on donne"),
        paragraph(
            "Autour de la table, elles reviennent toujours dans le même ordre. D’abord le temps : qui va répondre? Ensuite le droit : si quelqu’un écrit une énormité chez nous, qui en est responsable? Puis la réputation : ouvrir un espace, c’est tendre le micro à ceux qui sont fâchés. Enfin, plus bas, presque à voix basse : et s’ils avaient raison?",
            "Aucune n’est sotte. J’ai défendu les trois premières moi-même, et la quatrième m’a empêchée de dormir une fois ou deux.",
        ),
        block_quotation(
            "La direction prie le personnel navigant de ne point entrer en discussion avec les voyageurs au sujet des retards. On les renverra à l’avis affiché.",
            "Circulaire interne de Nordet, 1971, conservée aux archives de Port-Salvail",
        ),
        paragraph(
            "J’ai longtemps ri de cette circulaire. Puis je me suis rendu compte que notre page d’accueil faisait exactement la même chose, en couleurs.",
        ),
        heading("Ce qui s’est passé quand nous avons ouvert"),
        key_figures(
            ("1 126", "commentaires reçus en quatorze mois", "dont 31 refusés, chacun avec son motif"),
            ("2,6", "par jour, en moyenne", "nous en attendions cinquante"),
            (
                "7 sur 10",
                "posent une question ou signalent un fait",
                "les autres expriment un accord ou un désaccord",
            ),
        ),
        paragraph(
            "La vague redoutée n’est pas venue. Ce qui est venu, c’est la passagère qui connaît mieux que nous la correspondance de 16 h 05, le retraité qui corrige une marée, l’employé qui signe de son nom. C’est plus exigeant qu’une vague, parce qu’il faut changer quelque chose.",
        ),
        pull_quotation(
            "On ne craint pas tant de se faire insulter que de se faire convaincre.", "Maude Thériault"
        ),
        paragraph(
            "Reste la question. Si la crainte était exagérée, pourquoi tant d’organisations attendent-elles encore? Est-ce une affaire d’outils, de budget, de caractère? Je n’ai pas la réponse. Je sais seulement qu’on ne la trouvera pas entre communicateurs.",
        ),
        callout(
            "note",
            "Vous travaillez dans une organisation qui hésite, ou vous l’avez quittée?",
            html(
                'Racontez-nous ce qui bloquait, sous ce texte. Les <a href="page:rules">règles de la conversation</a> tiennent en une page.'
            ),
        ),
    ),
    related=("two-reasons", "wrong-message"),
)

ENGLISH = Article(
    key="slow-to-converse",
    language="en",
    title="Why organisations take so long to join the conversation",
    slug="why-organisations-take-so-long",
    introduction="We have been publishing for years. We have been listening in public for barely fourteen months. Before congratulating ourselves, we should ask what held us back.",
    authors=("maude",),
    topics=("conversation",),
    tags=("social media", "dialogue", "listening"),
    days_ago=41,
    picture="two-shores",
    picture_alt="Two shores facing each other, joined by coloured arcs that cross above the water.",
    picture_credit="Illustration: Nordet",
    body=(
        paragraph(
            "Two years ago a student wrote to me about her thesis. She had listed the public bodies of the region, from the largest to the smallest, and checked one thing about each: can anybody answer them in public? Of thirty-eight, five had a place to write. Two wrote back. Nordet was not among the five, let alone the two.",
            "I explained that we were “thinking about it”. She was kind enough not to ask since when.",
        ),
        heading("The reasons people give"),
        paragraph(
            "Around a meeting table they always come in the same order. Time first: who is going to reply? Then the law: if somebody posts something outrageous on our site, whose fault is it? Then reputation: opening a space means handing a microphone to whoever is angry. And last, further down, almost in a whisper: what if they turn out to be right?",
            "None of these is foolish. I have argued the first three myself, and the fourth has cost me a night’s sleep once or twice.",
        ),
        block_quotation(
            "The management requests that ship’s personnel refrain from entering into discussion with travellers on the subject of delays. They shall be referred to the posted notice.",
            "Nordet staff circular, 1971, kept in the archives at Port-Salvail (our translation)",
        ),
        paragraph(
            "I laughed at that circular for years. Then it struck me that our home page was doing exactly the same thing, in colour.",
        ),
        heading("What happened when we opened up"),
        key_figures(
            (
                "1,126",
                "comments received in fourteen months",
                "of which 31 were declined, each with a reason",
            ),
            ("2.6", "a day, on average", "we had braced for fifty"),
            ("7 in 10", "ask a question or report a fact", "the rest agree or disagree with us"),
        ),
        paragraph(
            "The dreaded wave never came. What came was the passenger who understands the 4:05 connection better than we do, the retired man who corrects our tides, the employee who signs with her own name. That is harder work than a wave, because it means changing something.",
        ),
        pull_quotation("We are less afraid of being insulted than of being persuaded.", "Maude Thériault"),
        paragraph(
            "Which leaves the question. If the fear was overdone, why are so many organisations still waiting? Is it a matter of tools, of money, of temperament? I do not have the answer. I only know that it will not be found among communications people talking to one another.",
        ),
        callout(
            "note",
            "Do you work for an organisation that hesitates, or did you leave one?",
            html(
                'Tell us below what stood in the way. The <a href="page:rules">rules of the conversation</a> fit on one page.'
            ),
        ),
    ),
    related=("two-reasons", "wrong-message"),
)
