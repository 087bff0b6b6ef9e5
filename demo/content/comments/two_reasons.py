"""Comments under the second article of the founding case: the next round."""

from demo.content.shapes import Comment, conversation

FRENCH = conversation(
    "two-reasons",
    "fr",
    Comment(
        "tr-01",
        "marie-eve",
        20.0,
        "Je reconnais tout ce que Monsieur Lavoie-Niquay décrit, sauf une chose. Il parle des organisations comme si c’étaient *elles* qui avaient peur. Dans mon hôpital, l’organisation n’a peur de rien. Ce sont des personnes qui ont peur, une à la fois : la cheffe de service qui ne veut pas avoir l’air de critiquer, le préposé qui a déjà payé pour avoir parlé.\n\nOn peut offrir le plus bel espace de conversation du monde : si ces deux-là n’y sont pas en sécurité, on n’y entendra que ceux qui n’ont rien à perdre.",
        may_quote=True,
    ),
    Comment(
        "tr-02",
        "hubert",
        27.0,
        "Vous me corrigez, et vous avez raison. J’ai écrit « les organisations » par habitude de consultant; c’est commode, une organisation, ça ne vous regarde pas dans les yeux.\n\nJ’ajouterais donc une troisième raison, qui est la vôtre : on n’ose pas converser au dehors quand on ne l’ose pas au dedans.",
        parent="tr-01",
        may_quote=True,
    ),
    Comment(
        "tr-03",
        "thalia",
        44.0,
        "« On n’ose pas converser au dehors quand on ne l’ose pas au dedans. » Voilà, c’est cette phrase-là qu’il fallait mettre en titre.",
        parent="tr-02",
    ),
    Comment(
        "tr-04",
        "sami",
        60.0,
        "Et le titre, justement, « bavardes ensuite » : à ce que je sache, personne ici n’a encore prouvé que bavarder soit mieux. Ma boîte répond à tout, tout de suite, avec des binettes. Elle n’a jamais rien changé.",
    ),
    Comment(
        "tr-05",
        "odile",
        66.5,
        "C’est toute la différence entre répondre et se laisser répondre.",
        parent="tr-04",
        may_quote=True,
    ),
    Comment(
        "tr-06",
        "fernand",
        240.0,
        "Je l’ai imprimé pour ma fille, qui est « stratège de contenu ». Elle m’a rappelé. On s’est parlé une heure. Ça marche donc, votre affaire.",
    ),
)

ENGLISH = conversation(
    "two-reasons",
    "en",
    Comment(
        "tre-01",
        "priya",
        18.0,
        "I would push back on the first reason. Everyone was burned by those fads, including the newspapers, the universities and my own family’s shop, and some of us went on talking to people anyway. Being burned explains caution for a year. After ten it has become an excuse with a good story attached.\n\nThe second reason I find hard to argue with, which is annoying.",
        may_quote=True,
    ),
    Comment(
        "tre-02",
        "desmond",
        25.5,
        "“An excuse with a good story attached” is better than anything I wrote, and I accept it. I would only plead that large bodies forget slowly: the person who signed the cheque for the mascot is usually still in the room.\n\nAs for the second reason being annoying, I have found it so for thirty years.",
        parent="tre-01",
        may_quote=True,
    ),
    Comment(
        "tre-03",
        "priya",
        29.0,
        "Then perhaps the test is simple. When that person retires, does anything change?",
        parent="tre-02",
    ),
    Comment(
        "tre-04",
        "ellen",
        50.0,
        "I sell tickets at Cap-au-Sel. What changed for us was smaller than any of this: someone asked the windows what people complain about, and wrote it down in our words instead of theirs. I am speaking for myself here, but I was asked, and it was the first time in nine years.",
        parent="tre-03",
        may_quote=True,
    ),
    Comment(
        "tre-05",
        "ruth",
        90.0,
        "Lovely to see a comment treated as an article. Less lovely that “featured does not mean endorsed” needs saying, but I suppose it does.",
    ),
)
