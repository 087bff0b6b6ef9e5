"""Replies to the dialogue on the foghorn, now closed."""

from demo.content.shapes import Comment, conversation

FRENCH = conversation(
    "foghorn",
    "fr",
    Comment(
        "fh-01",
        "lucie",
        20.0,
        "Je dors à 140 mètres de la corne depuis vingt-deux ans. Mon fils y voit son enfance, moi, mes cernes.",
    ),
    Comment(
        "fh-02",
        "gilles",
        40.0,
        "On est trois de l’Anse-Rousse à pêcher sans radar. On n’a pas besoin qu’elle sonne toute la nuit, on a besoin qu’elle sonne **quand on la cherche**. Cinq coups de VHF et elle se réveille : c’est ce qu’on propose. Ça existe ailleurs pour les feux de piste.",
        may_quote=True,
    ),
    Comment(
        "fh-03",
        "isaac",
        62.0,
        "Je connais le système des pistes d’atterrissage. Je n’avais jamais pensé le poser sur un quai. Je demande un prix.",
        parent="fh-02",
    ),
    Comment(
        "fh-04",
        "fernand",
        80.0,
        "Contre. Une corne qu’il faut appeler, c’est une corne qu’il faut être en état d’appeler. L’homme à l’eau n’a pas de radio.",
        may_quote=True,
    ),
    Comment(
        "fh-05",
        "gilles",
        86.0,
        "L’homme à l’eau n’entend pas une corne à plus de six cents mètres non plus, Fernand. Mais je te l’accorde, j’y ai pensé toute la nuit.",
        parent="fh-04",
    ),
    Comment("fh-06", "fernand", 88.5, "Toute la nuit? À cause de la corne, je suppose.", parent="fh-05"),
    Comment(
        "fh-07",
        "odile",
        120.0,
        "Est-ce que le village pourrait l’entendre une fois, un samedi midi, quand elle prendra sa retraite? On lui doit bien ça.",
        may_quote=True,
    ),
    Comment(
        "fh-08",
        "isaac",
        900.0,
        "Oui. Le premier samedi après l’automne, à midi. Je tirerai moi-même la chaîne.",
        parent="fh-07",
    ),
)

ENGLISH = conversation(
    "foghorn",
    "en",
    Comment(
        "fhe-01",
        "callum",
        15.0,
        "I run the guesthouse on Rue du Quai. I put earplugs on the pillows with a card that says “this is what safety sounds like”. One in five guests laughs.",
    ),
    Comment(
        "fhe-02",
        "wilf",
        30.0,
        "Keep it. I came home to that sound in 1979 with the engine dead and my brother bailing. I know it is only a sound.",
        may_quote=True,
    ),
    Comment("fhe-03", "ruth", 38.0, "It isn’t only a sound, Wilf.", parent="fhe-02"),
    Comment(
        "fhe-04",
        "desmond",
        66.0,
        "On demand seems the best of the three, provided it *fails noisy*: if the radio receiver dies, the horn should start by itself. Please put that in the order.",
    ),
    Comment(
        "fhe-05",
        "graham",
        88.0,
        "It is in the order now, in those words: “fails noisy”. The supplier asked us to spell it out, so we sent them your comment.",
        parent="fhe-04",
        for_organisation=True,
    ),
)
