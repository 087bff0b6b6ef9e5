"""Comments under the summary of the dialogue on stops."""

from demo.content.shapes import Comment, conversation

FRENCH = conversation(
    "stops-first-answers",
    "fr",
    Comment(
        "sf-01",
        "fernand",
        5.0,
        "Rose-Aimée est ma cousine. Elle est très fière, elle a fait laminer la page.",
    ),
    Comment(
        "sf-02",
        "yvette",
        11.0,
        "Onze fermetures sans avis en trois mois, et c’est *nous* qui vous l’apprenons. Je trouve que vous le prenez avec pas mal de légèreté.",
    ),
    Comment(
        "sf-03",
        "ngoc-lan",
        24.0,
        "Ce n’était pas léger quand nous l’avons lu. La personne était seule et malade, et personne ne la remplaçait. Depuis cette semaine, une deuxième personne est formée pour Baie-Perdue. Le registre est tenu ailleurs que derrière la vitre fermée.",
        parent="sf-02",
        for_organisation=True,
    ),
    Comment(
        "sf-04",
        "yvette",
        27.3,
        "Bien. Souhaitez-lui un bon rétablissement de ma part, elle est gentille.",
        parent="sf-03",
    ),
    Comment(
        "sf-05",
        "gilles",
        70.0,
        "L’est s’est peu exprimé parce que l’est n’a pas de réseau cellulaire. Venez avec du papier.",
        status="held",
        may_quote=True,
    ),
)

ENGLISH = conversation(
    "stops-first-answers",
    "en",
    Comment("sfe-01", "bea", 8.0, "“We had a map all ready. We no longer do.” More of this, please."),
    Comment(
        "sfe-02",
        "tomas",
        20.0,
        "How do you weigh a letter against an online reply against a chat at the window? The loudest channel usually wins.",
    ),
    Comment(
        "sfe-03",
        "ngoc-lan",
        30.0,
        "We write every reply on a card, whatever way it came, and sort the cards by stop. Nobody counts them until the end. Yours is in the box, under “method”.",
        parent="sfe-02",
        for_organisation=True,
    ),
)
