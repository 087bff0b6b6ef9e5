"""Comments on shore power: questions for an engineer."""

from demo.content.shapes import Comment, conversation

FRENCH = conversation(
    "shore-power",
    "fr",
    Comment(
        "sp-01",
        "mathis",
        3.0,
        "Merci pour les vrais chiffres. 226 $ pour 2 900 kWh, ça donne environ 7,8 ¢ le kWh. C’est quel tarif? Le quai a un compteur à part?",
    ),
    Comment(
        "sp-02",
        "graham",
        22.0,
        "C’est ça : 7,8 ¢ en moyenne, compteur à part, et nous payons en plus une prime de puissance que je n’ai pas comptée dans le tableau, parce qu’elle est la même que le bateau soit branché ou non. Si on l’inclut, la nuit revient à 291 $. (Mon français est relu par une collègue, les chiffres non.)",
        parent="sp-01",
        for_organisation=True,
    ),
    Comment(
        "sp-03",
        "mathis",
        23.5,
        "291 $, alors. Toujours quatre fois moins cher. Mais mettez-le dans le tableau!",
        parent="sp-02",
    ),
    Comment(
        "sp-04",
        "graham",
        31.0,
        "D’accord. Vous avez raison, un coût est un coût.",
        parent="sp-03",
        for_organisation=True,
    ),
    Comment(
        "sp-05",
        "lucie",
        12.0,
        "J’habite rue du Quai. La dame du silence, ce n’est pas moi, mais ça pourrait. Le chien aussi a mis une semaine à s’habituer.",
        may_quote=True,
    ),
    Comment("sp-06", "bertrand", 40.0, "On se félicite beaucoup pour un bateau sur cinq."),
    Comment(
        "sp-07",
        "hubert",
        58.0,
        "Un ingénieur qui écrit « c’est moi qui ai fait ce calcul » : gardez-le.",
        may_quote=True,
    ),
)

ENGLISH = conversation(
    "shore-power",
    "en",
    Comment(
        "spe-01",
        "callum",
        4.0,
        "Why does it take eleven minutes when it is frozen? Is it the arm or the plug?",
    ),
    Comment(
        "spe-02",
        "graham",
        20.0,
        "The plug. The arm has heat tape; the plug has a rubber skirt that goes as hard as a hockey puck. We warm it with a hair dryer. I am not joking, there is a hook for it.",
        parent="spe-01",
        for_organisation=True,
    ),
    Comment("spe-03", "callum", 21.2, "What make of hair dryer? Asking for a marina.", parent="spe-02"),
    Comment(
        "spe-04",
        "graham",
        28.0,
        "The cheapest one they had. It has outlasted two of the “marine grade” ones.",
        parent="spe-03",
        for_organisation=True,
    ),
    Comment(
        "spe-05",
        "desmond",
        33.0,
        "You count the grid as nearly carbon-free, which is true of Québec on average. Is it true at the hour you plug in, in January, when power may be imported? A sentence on the marginal figure would make this bulletproof.",
    ),
    Comment(
        "spe-06",
        "graham",
        70.0,
        "Good point, and I can’t bulletproof it. On the coldest nights imports do happen, and the marginal figure could be a hundred times mine. Those nights are perhaps ten in a year. I will add a range to the note, not a better-looking average.",
        parent="spe-05",
        for_organisation=True,
    ),
    Comment("spe-07", "desmond", 74.0, "A range is all I could ask.", parent="spe-06"),
    Comment(
        "spe-08",
        "wilf",
        100.0,
        "In my day we called it “cold iron” and it meant the captain had gone home. Glad it is back in fashion.",
        may_quote=True,
    ),
)
