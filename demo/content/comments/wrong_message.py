"""Comments on the cancelled boat that sailed."""

from demo.content.shapes import Comment, conversation

FRENCH = conversation(
    "wrong-message",
    "fr",
    Comment(
        "wm-01",
        "thalia",
        1.2,
        "Ma fille a manqué son examen de maths. L’école a accepté de le reprendre, mais elle a pleuré tout l’avant-midi. Je voulais que vous le sachiez, sans plus.",
    ),
    Comment(
        "wm-02",
        "maude",
        3.0,
        "Nous le savons maintenant, et cela compte plus que les chiffres. J’ai écrit à l’école ce matin pour que l’absence soit effacée du dossier de tous les élèves de l’île. Dites à votre fille que c’est nous qui avons raté notre examen.",
        parent="wm-01",
        for_organisation=True,
    ),
    Comment("wm-03", "thalia", 9.0, "Elle a ri. Merci.", parent="wm-02"),
    Comment(
        "wm-04",
        "denis",
        14.0,
        "J’étais à la répartition ce matin-là, à l’autre poste. Je veux dire que la collègue de quart a fait tout ce qu’il fallait, et plus vite que je ne l’aurais fait. Merci de ne pas l’avoir nommée.",
        may_quote=True,
    ),
    Comment(
        "wm-05",
        "hubert",
        26.0,
        "> Nous avons acheté ce système; nous avons accepté cet écran.\n\nJ’ai lu beaucoup d’excuses d’entreprises dans ma vie. Celle-ci est la première où le sujet de la phrase est aussi le coupable.",
        may_quote=True,
    ),
    Comment(
        "wm-06",
        "bertrand",
        31.0,
        "Belle franchise. Elle aurait été encore plus belle le jour même qu’une semaine après.",
    ),
    Comment(
        "wm-07",
        "maude",
        48.0,
        "C’est juste. Nous attendions de tout comprendre avant d’écrire. La prochaine fois, nous écrirons le jour même ce que nous savons, et ce que nous ne savons pas.",
        parent="wm-06",
        for_organisation=True,
    ),
    Comment("wm-08", "sami", 52.0, "Vous espérez qu’il y ait une prochaine fois?", parent="wm-07"),
    Comment(
        "wm-09",
        "maude",
        54.0,
        "Je préférerais que non. Mais je connais la mer, et les écrans.",
        parent="wm-08",
        for_organisation=True,
    ),
)

ENGLISH = conversation(
    "wrong-message",
    "en",
    Comment("wme-01", "callum", 2.0, "So the *drill* was the emergency."),
    Comment(
        "wme-02",
        "bea",
        5.0,
        "Four hundred people got the correction after seven. Which provider, and are they still the provider?",
    ),
    Comment(
        "wme-03",
        "maude",
        27.0,
        "We would rather not name them while a contract is being renegotiated, but here is what the new one must say: corrections jump the queue, and the delay is reported to us by the minute. We will publish the measured delays every quarter.",
        parent="wme-02",
        for_organisation=True,
    ),
    Comment(
        "wme-04",
        "tomas",
        34.0,
        "I claimed $38 for a taxi and received $38 in nine days, with a note signed by a person. I have had worse experiences with banks.",
        may_quote=True,
    ),
    Comment(
        "wme-05",
        "wilf",
        60.0,
        "Twenty-six people on an almost empty ferry at sunrise. I was one. I am sorry for everybody else, but it was magnificent.",
        may_quote=True,
    ),
)
