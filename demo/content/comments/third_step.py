"""Comments on the third step."""

from demo.content.shapes import Comment, conversation

FRENCH = conversation(
    "third-step",
    "fr",
    Comment(
        "ts-01",
        "odile",
        7.0,
        "Ma mère a 84 ans et m’a dit hier, sans que je lui parle de rien : « Le jeune homme a attendu que je sois assise. » Je ne savais pas que c’était devenu la règle. Elle pensait que c’était de la galanterie.",
    ),
    Comment(
        "ts-02",
        "karim",
        15.0,
        "Le jeune homme, c’est peut-être moi. J’ai cinquante-deux ans. Dites merci à votre mère.",
        parent="ts-01",
        may_quote=True,
    ),
    Comment(
        "ts-03",
        "thalia",
        33.0,
        "Question : les onze personnes ont-elles été payées, elles aussi, ou seulement les prochaines?",
    ),
    Comment(
        "ts-04",
        "amina",
        47.0,
        "Elles aussi, au même tarif, après coup : nous n’y avions pas pensé avant, et c’est l’une d’elles qui nous l’a fait remarquer. Elle avait raison.",
        parent="ts-03",
        for_organisation=True,
    ),
    Comment(
        "ts-05",
        "bertrand",
        60.0,
        "Et l’arrêt de la polyvalente, avec son trottoir en gravelle? Une rampe au bout d’une gravelle, c’est une décoration.",
        may_quote=True,
    ),
)

ENGLISH = conversation(
    "third-step",
    "en",
    Comment(
        "tse-01",
        "ruth",
        10.0,
        "I use a cane in my right hand, and I have been reaching across myself for that button for seven years, thinking I was the awkward one.",
    ),
    Comment(
        "tse-02",
        "amina",
        25.0,
        "You were never the awkward one. A second button, on the left, goes in with the yellow edges. I am only sorry about the seven years.",
        parent="tse-01",
        for_organisation=True,
    ),
    Comment(
        "tse-03",
        "harriet",
        31.0,
        "Contrast edges wear off in about two winters, in my experience (art-school staircases, same problem). Who checks them?",
    ),
    Comment(
        "tse-04",
        "amina",
        49.0,
        "It is now on the drivers’ monthly sheet, next to the tires. Which is to say: somebody will, and it will be written down.",
        parent="tse-03",
        for_organisation=True,
    ),
)
