"""Comments under the first article of the founding case; two of them become articles."""

from demo.content.shapes import Comment, conversation

FRENCH = conversation(
    "slow-to-converse",
    "fr",
    Comment(
        "sc-01",
        "odile",
        4.0,
        "J’ai travaillé dix-huit ans pour une grosse organisation, que je ne nommerai pas. On avait une page « Écrivez-nous ». Elle envoyait le courriel dans une boîte que personne n’ouvrait, sauf au moment de la vider parce qu’elle était pleine.",
    ),
    Comment(
        "sc-02",
        "bertrand",
        6.5,
        "La nôtre s’appelait « Votre opinion compte ». Elle comptait, en effet : on comptait les messages.",
        parent="sc-01",
    ),
    Comment(
        "founding-fr",
        "hubert",
        29.0,
        "Vous demandez pourquoi tant d’organisations attendent encore. J’en ai conseillé une bonne vingtaine, et j’en vois deux raisons, qui n’ont rien à voir avec la technique.\n\n"
        "La première est la prudence des gens échaudés. En vingt-cinq ans, on leur a vendu le portail, puis l’intranet, puis le blogue du patron, puis l’application, puis la page sur tel ou tel réseau. Chaque fois, c’était indispensable; chaque fois, il fallait payer, former, migrer; chaque fois, trois ans plus tard, on fermait sans bruit. Quand la conversation arrive à son tour, on l’entend comme la prochaine facture. On ne peut pas leur en vouloir de tâter l’eau du bout du pied.\n\n"
        "La seconde est plus profonde. Leur métier, en communication, c’est de convaincre. On y rédige des messages, on choisit des cibles, on mesure l’adhésion. Or converser, c’est accepter que l’autre puisse nous faire bouger. Les chercheurs ont un nom pour cela, [le modèle symétrique](https://en.wikipedia.org/wiki/Excellence_theory) (en anglais), et ils le décrivent depuis 1984; je ne l’ai presque jamais rencontré dans un plan de communication. On n’y prévoit pas de case pour « nous avions tort ».\n\n"
        "Alors on installe l’outil et l’on garde l’habitude : on diffuse, dans un lieu fait pour répondre. C’est comme poser un téléphone et ne jamais décrocher. Le jour où une direction dira « voici une question dont nous n’avons pas la réponse », le reste viendra tout seul, et presque n’importe quel outil fera l’affaire.",
        may_quote=True,
    ),
    Comment(
        "sc-03",
        "maude",
        46.0,
        "Monsieur Lavoie-Niquay, votre dernière phrase est affichée au-dessus de mon bureau depuis ce matin. Je ne suis pas d’accord avec tout, la prudence a parfois bon dos, mais j’aimerais que plus de gens vous lisent. Vous avez coché que nous pouvions vous citer : je vais m’en prévaloir.",
        parent="founding-fr",
        for_organisation=True,
    ),
    Comment(
        "sc-04",
        "hubert",
        49.5,
        "Avec plaisir. Et si la prudence a bon dos, dites-le : ce serait une conversation.",
        parent="sc-03",
    ),
    Comment(
        "sc-05",
        "thalia",
        31.0,
        "Il manque la raison la plus bête : **personne n’a le droit de répondre sans faire approuver**. Là où je travaille, une réponse de deux lignes passe par quatre bureaux. Au bout de six jours, la personne est partie.",
        may_quote=True,
    ),
    Comment(
        "sc-06",
        "karim",
        55.0,
        "Chez nous, ça en prenait trois. Depuis qu’on peut signer « en mon nom », ça en prend zéro, et personne n’est mort.",
        parent="sc-05",
    ),
    Comment(
        "sc-07",
        "sami",
        80.0,
        "Sur trente-huit organismes, cinq et deux… Est-ce que l’étudiante accepterait que sa liste soit publiée? Ça ferait bouger les trente-six autres.",
    ),
    Comment("sc-08", "lucie", 82.5, "Ou ça les ferait fermer les cinq.", parent="sc-07"),
    Comment(
        "sc-09",
        "gilles",
        200.0,
        "Beau texte, mais y a-tu moyen d’avoir quelqu’un au téléphone le samedi? C’est ça, pour moi, la conversation.",
        may_quote=True,
    ),
    Comment(
        "sc-10",
        "hubert",
        365.0,
        "Une précision, puisque me voilà au-dessus d’un article : je ne prête à personne de mauvaise foi. Ces organisations écoutent; c’est répondre sans savoir d’avance qui leur manque. Et cela s’apprend, à tout âge.",
        parent="founding-fr",
    ),
)

ENGLISH = conversation(
    "slow-to-converse",
    "en",
    Comment(
        "sce-01", "joan", 5.0, "Thirty-six of thirty-eight do not answer. I would like to say I am surprised."
    ),
    Comment(
        "sce-02", "tomas", 7.2, "I would like to know who the two were. Credit where due.", parent="sce-01"
    ),
    Comment(
        "founding-en",
        "desmond",
        26.0,
        "I spent half my working life inside organisations like these and the other half being sold to by people who wanted to change them, so let me offer two reasons. Neither has anything to do with the tools.\n\n"
        "The first is that they have been burned. Think of the corporate television channel, the magazine, the extranet, the chief executive’s blog, the app with the mascot. Each arrived as the thing nobody could do without; each had its consultants, its launch breakfast and its five-year licence; each was switched off on a Friday with no announcement. After enough of those, when somebody says “conversation”, what the finance director hears is “invoice”. I used to call that timidity. These days I call it memory.\n\n"
        "The second goes deeper, and no budget will mend it. The people in charge of talking to the public were hired to win arguments. Their whole craft is to bring others round. A conversation is the one setting in which *they* might be brought round, and nothing in their training, their targets or their year-end review rewards it. Scholars described the alternative forty years ago under a rather dry name, [two-way symmetrical communication](https://en.wikipedia.org/wiki/Excellence_theory). I have seen it on plenty of slides and in very few offices.\n\n"
        "Put the two together and you get what we have: new instruments played in the old way. You can tell an organisation that means it by one small sign. It publishes a question to which it does not already have the answer, and then it waits.",
        may_quote=True,
    ),
    Comment(
        "sce-03",
        "maude",
        44.0,
        "Mr. Okafor, I read your third paragraph aloud at our Monday meeting. There was a silence, and then somebody asked what *our* targets reward. We are working on that. With your permission, which you ticked, we would like to put this in front of more readers.",
        parent="founding-en",
        for_organisation=True,
    ),
    Comment(
        "sce-04",
        "desmond",
        47.0,
        "Permission gladly given. Do let us know what the targets reward.",
        parent="sce-03",
    ),
    Comment(
        "sce-05",
        "callum",
        30.0,
        "I moderated a company forum for six years. The real reason nobody tells you: if you answer one, you have to answer the next one. Silence is scalable.",
    ),
    Comment(
        "sce-06",
        "fanny",
        52.0,
        "I moderate here, and I can confirm. But so far the next one has usually been somebody saying thank you, and those are quick.",
        parent="sce-05",
    ),
    Comment(
        "sce-07",
        "bea",
        75.0,
        "“Less afraid of being insulted than of being persuaded.” I have been thinking about that sentence on the bus for a week.",
        may_quote=True,
    ),
    Comment("sce-08", "joan", 300.0, "Did the student get a good mark?"),
    Comment(
        "sce-09",
        "maude",
        318.0,
        "She did, and we hired her. She runs the departure screens.",
        parent="sce-08",
        for_organisation=True,
    ),
    Comment(
        "sce-10",
        "desmond",
        362.0,
        "One correction, now that I find myself above the fold: I do not accuse anybody of bad faith. They do listen. What they lack is practice at answering before they know the answer, and practice can be had.",
        parent="founding-en",
    ),
)
