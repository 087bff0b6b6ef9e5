"""Comments on the articles that drew only a few."""

from demo.content.shapes import Comment, conversation

FRENCH = (
    *conversation(
        "night-crew",
        "fr",
        Comment(
            "nc-01",
            "odile",
            12.0,
            "« Elle a apporté un dessin. » Je vais la garder, celle-là, pour mes réunions.",
            may_quote=True,
        ),
        Comment(
            "nc-02",
            "josee",
            20.0,
            "Pour l’avoir vue à l’œuvre : elle a aussi apporté la pelle.",
            parent="nc-01",
        ),
        Comment(
            "nc-03",
            "mathis",
            90.0,
            "Est-ce que l’eau de la dalle retourne chauffer la gare après? Et avec quel écart de température? Je fais mon DEP en mécanique du bâtiment, c’est pour un travail.",
        ),
        Comment(
            "nc-04",
            "graham",
            116.0,
            "Oui, boucle fermée : 38 °C à l’entrée, 31 à la sortie, et la gare reprend le reste. Écrivez-moi au bureau, je vous envoie le schéma de Monique avec ses taches de café.",
            parent="nc-03",
            for_organisation=True,
        ),
    ),
    *conversation(
        "eleven-minutes",
        "fr",
        Comment(
            "em-01",
            "fernand",
            8.0,
            "Dix-neuf ans que je passais par cette porte-là. Je l’ai toujours tirée sans y penser. J’en ai eu froid dans le dos.",
            may_quote=True,
        ),
        Comment("em-02", "yvette", 15.0, "Et le chat?"),
        Comment(
            "em-03",
            "maude",
            22.0,
            "Évacué en 6 min 40 s, dans les bras d’un enfant de sept ans, qui avait suivi le gilet jaune.",
            parent="em-02",
            for_organisation=True,
        ),
    ),
    *conversation(
        "fog-forecast",
        "fr",
        Comment(
            "ff-01",
            "gilles",
            10.0,
            "Les pêcheurs confirment : ils ont la priorité. Les plaisanciers confirment aussi.",
        ),
        Comment(
            "ff-02",
            "lucie",
            34.0,
            "La fourchette, c’est drôle, ça calme. Avant, à 9 h 28, j’étais déjà fâchée.",
        ),
        Comment(
            "ff-03", "bertrand", 41.0, "Ou bien on nous a habitués à moins attendre de vous.", parent="ff-02"
        ),
    ),
    *conversation(
        "departure-board",
        "fr",
        Comment(
            "db-01",
            "ellen",
            9.0,
            "C’était mon carton. Pour mémoire, le feutre résiste à moins trente.",
            may_quote=True,
        ),
        Comment(
            "db-02",
            "ngoc-lan",
            11.0,
            "Le carton est encadré dans mon bureau, et il n’a pas été signé. Passe quand tu veux.",
            parent="db-01",
        ),
    ),
    *conversation(
        "lost-property",
        "fr",
        Comment(
            "lp-01",
            "sami",
            30.0,
            "Le trombone est à mon oncle Raoul. Il dit qu’il l’a laissé exprès, « pour la musique publique ». Il passera en jouer, mais il ne le reprend pas.",
        ),
    ),
)

ENGLISH = (
    *conversation(
        "night-crew",
        "en",
        Comment(
            "nce-01",
            "harriet",
            16.0,
            "Please tell Monique that I am stealing the drawing line for every committee I will ever sit on.",
        ),
        Comment("nce-02", "priya", 44.0, "My daughter wants to know whether Abdou’s mother likes the ice."),
    ),
    *conversation(
        "eleven-minutes",
        "en",
        Comment(
            "eme-01",
            "wade",
            7.0,
            "We hung the new doors on the Guillemot in one night. They weigh less and swing the right way, and every single person who walks through says “oh”.",
            may_quote=True,
        ),
        Comment(
            "eme-02",
            "joan",
            20.0,
            "I was one of the hundred and sixty. I went back for my bag. I had read the safety card on that ship perhaps two hundred times.",
            may_quote=True,
        ),
        Comment(
            "eme-03",
            "ruth",
            25.0,
            "Thank you for saying so, Joan. I would have too, and I would have denied it.",
            parent="eme-02",
        ),
    ),
    *conversation(
        "fog-forecast",
        "en",
        Comment(
            "ffe-01",
            "desmond",
            14.0,
            "Nine times out of ten is an 80s-weather-forecast sort of honesty and I am very much in favour. Do you check afterwards that it *was* nine in ten?",
        ),
        Comment(
            "ffe-02",
            "graham",
            38.0,
            "Every month. Last month it was 91 in a hundred, the month before 86, which is too low: we had learned our fog from the wrong years. The two people who found mistakes found that one.",
            parent="ffe-01",
            for_organisation=True,
        ),
    ),
    *conversation(
        "departure-board",
        "en",
        Comment(
            "dbe-01",
            "tomas",
            6.0,
            "$182,000 over budget, and the lesson is “we were in a hurry because we were late”. I appreciate the candour. I would appreciate the $182,000 more.",
        ),
        Comment(
            "dbe-02",
            "maude",
            29.0,
            "So would we. The board has changed one rule since: no outdoor equipment is accepted before it has been through a winter on our own wharf.",
            parent="dbe-01",
            for_organisation=True,
        ),
        Comment(
            "dbe-03",
            "callum",
            33.0,
            "“Position unknown for 8 minutes” is my favourite sentence on any public screen in this province.",
            may_quote=True,
        ),
        Comment("dbe-04", "bea", 35.0, "It is also what I say when my mother telephones.", parent="dbe-03"),
    ),
    *conversation(
        "lost-property",
        "en",
        Comment(
            "lpe-01",
            "wilf",
            12.0,
            "One left mitten, grey, leather palm. I have been wearing a sock since the thaw.",
        ),
        Comment(
            "lpe-02",
            "ellen",
            25.0,
            "Wilf, describe the stitching and it’s yours. Rules are rules.",
            parent="lpe-01",
        ),
    ),
)
