"""Fog, currents and why an arrival time is a forecast."""

from demo.content.shapes import Article, callout, heading, html, paragraph, picture, video

FRENCH = Article(
    key="fog-forecast",
    language="fr",
    title="L’heure d’arrivée est une prévision, pas une promesse",
    slug="heure-arrivee-prevision",
    introduction="La brume a donné son nom à la Côte. Elle nous a aussi appris à dire « entre 9 h 20 et 9 h 35 » plutôt que « 9 h 27 ».",
    authors=("isaac", "graham"),
    topics=("service", "safety"),
    tags=("brume", "courants", "prévisions"),
    days_ago=238,
    picture="fog-beam",
    picture_alt="Le faisceau d’un phare traverse une brume bleutée au-dessus d’une pointe rocheuse.",
    picture_credit="Illustration : Nordet",
    body=(
        paragraph(
            "Quand on me demande à quelle heure on arrive, je réponds. Quand on me demande si j’en suis sûr, je réponds aussi : non. Les deux réponses sont vraies en même temps, et c’est tout le sujet de cet article.",
        ),
        heading("Trois choses bougent à la fois"),
        heading("L’eau", "h3"),
        paragraph(
            "Entre Port-Salvail et l’île Maubèche, le jusant sort à quatre nœuds et le flot rentre à trois. Un bateau qui file douze nœuds en fait donc huit ou quinze, selon l’heure. L’horaire imprimé prend une moyenne. La mer n’en a jamais vu une.",
        ),
        heading("L’air", "h3"),
        paragraph(
            "La brume se forme quand de l’air doux passe sur l’eau froide. Elle arrive en dix minutes et nous oblige à réduire à sept nœuds. Nous la voyons venir une fois sur deux.",
        ),
        heading("Les autres", "h3"),
        paragraph(
            "Les bélugas ont priorité. Les pêcheurs aussi, à partir de quatre heures. Les plaisanciers croient l’avoir."
        ),
        picture(
            "currents",
            "Des filets de courant dessinent des tourbillons bleus et dorés autour d’îles sombres.",
            "Les courants de surface autour de l’île Maubèche, trois heures après la pleine mer.",
            "Illustration : Nordet",
        ),
        heading("Ce que nous affichons maintenant"),
        paragraph(
            "Graham a repris quatre ans de journaux de bord, soit 9 400 traversées, et les a triés selon la marée, le vent et la visibilité. Les écrans n’affichent plus une heure, mais une fourchette qui contient l’arrivée réelle neuf fois sur dix. Par beau temps, elle fait quatre minutes. Dans la brume, un quart d’heure. Les autobus s’y fient, et ratent trois fois moins de correspondances.",
            "On nous avait prédit que le public n’aimerait pas. Pendant le mois d’essai, les plaintes sur les retards ont diminué de moitié, sans qu’aucun bateau aille plus vite.",
        ),
        video(
            "https://www.youtube.com/watch?v=CCmTY0PKGDs",
            "Les courants de l’océan mondial, visualisation de la NASA (YouTube, musique seule)",
            "currents",
        ),
        callout(
            "note",
            "Pour les curieux",
            html(
                "La méthode, les données et leurs trous sont décrits dans une note de quatre pages, que Graham envoie à qui la demande. Treize personnes l’ont demandée. Deux ont trouvé une erreur."
            ),
        ),
    ),
    related=("departure-board", "ice-season"),
)

ENGLISH = Article(
    key="fog-forecast",
    language="en",
    title="An arrival time is a forecast, not a promise",
    slug="arrival-time-forecast",
    introduction="Fog gave this coast its name. It also taught us to say “between 9:20 and 9:35” rather than “9:27”.",
    authors=("isaac", "graham"),
    topics=("service", "safety"),
    tags=("fog", "currents", "forecasts"),
    days_ago=238,
    picture="fog-beam",
    picture_alt="The beam of a lighthouse cuts through bluish fog above a rocky point.",
    picture_credit="Illustration: Nordet",
    body=(
        paragraph(
            "When people ask me what time we get in, I tell them. When they ask whether I am sure, I tell them that too: no. Both answers are true at once, and that is what this article is about.",
        ),
        heading("Three things move at the same time"),
        heading("The water", "h3"),
        paragraph(
            "Between Port-Salvail and Île Maubèche the ebb runs out at four knots and the flood comes in at three. A ship doing twelve knots is therefore doing eight or fifteen, depending on the hour. The printed timetable takes an average. The sea has never met one.",
        ),
        heading("The air", "h3"),
        paragraph(
            "Fog forms when mild air passes over cold water. It arrives within ten minutes and brings us down to seven knots. One time in two, we see it coming.",
        ),
        heading("Everybody else", "h3"),
        paragraph(
            "Belugas have the right of way. So do the fishermen, from four o’clock on. Pleasure boaters believe they have."
        ),
        picture(
            "currents",
            "Threads of current draw blue and gold eddies around dark islands.",
            "Surface currents around Île Maubèche, three hours after high water.",
            "Illustration: Nordet",
        ),
        heading("What we now display"),
        paragraph(
            "Graham went back through four years of logbooks, 9,400 crossings in all, and sorted them by tide, wind and visibility. The screens no longer show a time but a range, one that contains the actual arrival nine times out of ten. In fine weather it is four minutes wide. In fog, a quarter of an hour. The buses rely on it, and miss a third as many connections as before.",
            "We had been warned that the public would hate it. During the trial month, complaints about lateness fell by half, without a single boat going any faster.",
        ),
        video(
            "https://www.youtube.com/watch?v=CCmTY0PKGDs",
            "The currents of the world’s oceans, a NASA visualisation (YouTube, music only)",
            "currents",
        ),
        callout(
            "note",
            "For the curious",
            html(
                "The method, the data and the holes in it are described in a four-page note that Graham sends to anyone who asks. Thirteen people have asked. Two found a mistake."
            ),
        ),
    ),
    related=("departure-board", "ice-season"),
)
