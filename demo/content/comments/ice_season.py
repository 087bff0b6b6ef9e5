"""Comments on the plan for the ice season."""

from demo.content.shapes import Comment, conversation

FRENCH = conversation(
    "ice-season",
    "fr",
    Comment(
        "is-01",
        "fernand",
        6.0,
        "Publier les seuils, j’ai vu ça refuser par trois patrons de suite. « Ils vont nous obstiner au vent près. » Eh ben, qu’ils obstinent. Bravo, Isaac.",
    ),
    Comment(
        "is-02",
        "isaac",
        18.0,
        "Merci, Fernand. Ça a déjà commencé : ma belle-mère a acheté un anémomètre.",
        parent="is-01",
    ),
    Comment(
        "is-03",
        "marie-eve",
        30.0,
        "Vent mesuré **où**? Au quai, en mer, en rafale, en moyenne? Sans ça, les seuils ne veulent pas dire grand-chose.",
        may_quote=True,
    ),
    Comment(
        "is-04",
        "isaac",
        44.0,
        "Moyenne sur dix minutes, au mât du bout du quai, à dix mètres. Les rafales comptent pour accoster, pas pour traverser. Le tableau va le dire.",
        parent="is-03",
    ),
    Comment(
        "is-05",
        "gilles",
        110.0,
        "L’autobus 31 fait le tour en 1 h 50 *quand la côte de la Vieille-Forge est déneigée*. Sinon, prévoyez un lunch.",
    ),
    Comment(
        "is-06",
        "yvette",
        300.0,
        "Le numéro 211, ça répond en combien de temps? J’ai attendu vingt minutes.",
        status="hidden",
        reason_code="personal_information",
        reason="Masqué à la demande de l’autrice : le message contenait son numéro de téléphone.",
    ),
    Comment(
        "is-07",
        "ngoc-lan",
        312.0,
        "Vingt minutes, c’est trop, et nous avons de quoi le mesurer maintenant : 6 minutes en moyenne la semaine dernière, 24 le soir de la tempête. Une deuxième ligne ouvre lundi. Votre message donnait un numéro de téléphone, nous l’avons masqué comme vous nous l’avez demandé.",
        parent="is-06",
        for_organisation=True,
    ),
)

ENGLISH = conversation(
    "ice-season",
    "en",
    Comment(
        "ise-01",
        "priya",
        9.0,
        "As a newcomer: this is the first transport notice I have ever read that told me what would happen *before* it happened. I stuck it on the fridge.",
    ),
    Comment(
        "ise-02",
        "joan",
        26.0,
        "5:15 is no use to those of us who have to leave home at 4:50 to catch the bus that catches the boat. Could the decision for the first boat be made the evening before, even provisionally?",
    ),
    Comment(
        "ise-03",
        "ngoc-lan",
        50.0,
        "A provisional word at 9 p.m. is possible; it would have been right 54 times out of 61 last winter. We will send it, clearly marked “likely” or “unlikely”, to anyone who ticks the box.",
        parent="ise-02",
        for_organisation=True,
    ),
    Comment("ise-04", "joan", 53.0, "Ticked. Thank you.", parent="ise-03"),
)
