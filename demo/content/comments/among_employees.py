"""Replies to the internal dialogues."""

from demo.content.shapes import Comment, conversation

FRENCH = (
    *conversation(
        "wasted-time",
        "fr",
        Comment(
            "wt-01",
            "karim",
            3.0,
            "La feuille verte. Kilométrage au départ, kilométrage à l’arrivée, signature. L’autobus l’envoie déjà tout seul depuis qu’on a les écrans. J’en ai rempli 412 cette année, et je les ai comptées parce que j’attendais le bateau.",
            may_quote=True,
        ),
        Comment(
            "wt-02",
            "maude",
            26.0,
            "Réponse : oui. La feuille verte servait à l’assureur, qui a changé il y a quatre ans et n’en veut pas. Elle est abolie lundi. Gardez-en une pour l’encadrer.",
            parent="wt-01",
            for_organisation=True,
        ),
        Comment(
            "wt-03",
            "josee",
            30.0,
            "Juste comme ça : c’est la première fois qu’un formulaire meurt de mon vivant.",
            parent="wt-02",
        ),
        Comment(
            "wt-04",
            "amina",
            50.0,
            "La demande d’accompagnement pour une personne à mobilité réduite passe par un courriel, que je recopie dans un fichier, que j’imprime pour le quai. Trois fois la même chose, et c’est la personne qui paie si je me trompe.",
        ),
        Comment(
            "wt-05",
            "sylvio",
            75.0,
            "Ça, c’est pour moi. Je peux vous faire un seul formulaire qui sort directement à l’écran du quai. Deux semaines, si on ne me demande rien d’autre, donc quatre.",
            parent="wt-04",
        ),
        Comment(
            "wt-06",
            "isaac",
            100.0,
            "Le rapport de quart en deux exemplaires. Le deuxième va dans un classeur. Le classeur va dans une armoire. J’ai demandé la clé de l’armoire : personne ne l’a.",
            may_quote=True,
        ),
        Comment(
            "wt-07",
            "maude",
            124.0,
            "Réponse : je ne sais pas encore. Transports Canada exige peut-être l’exemplaire papier; Réjean vérifie et me répond d’ici mardi. En attendant, un serrurier s’occupe de l’armoire.",
            parent="wt-06",
            for_organisation=True,
        ),
    ),
    *conversation(
        "winter-rotations",
        "fr",
        Comment(
            "wr-01",
            "josee",
            5.0,
            "Dix et dix. J’ai deux ados et une heure et demie de route. Une relève de moins par mois, c’est trois heures de char en moins et une chicane de moins.",
        ),
        Comment(
            "wr-02",
            "isaac",
            12.0,
            "De mon côté, sept et sept : au huitième jour, je ne suis plus aussi bon, et je le sais. Je ne sais pas si je suis le seul.",
            parent="wr-01",
        ),
        Comment(
            "wr-03",
            "josee",
            14.0,
            "Tu n’es pas le seul. On le voit, on ne le dit pas. Est-ce qu’on pourrait avoir dix et dix *avec* une nuit complète au milieu, à quai?",
            parent="wr-02",
            may_quote=True,
        ),
        Comment(
            "wr-04",
            "isaac",
            40.0,
            "Je l’ai fait chiffrer : une nuit complète au cinquième jour, avec la relève du Macareux, qui dort l’hiver. Ça se tient. Je l’ajoute comme troisième modèle.",
            parent="wr-03",
        ),
        Comment(
            "wr-05",
            "wade",
            55.0,
            "In English, sorry: a full night at the dock on day five would beat both models for the engine room. We get woken for alarms anyway, and a cold ship has fewer.",
            parent="wr-04",
        ),
    ),
    *conversation(
        "radios-on-deck",
        "fr",
        Comment("rd-01", "josee", 10.0, "Une radio se tient dans une mitaine. Fin de mon intervention."),
        Comment(
            "rd-02",
            "karim",
            22.0,
            "Nous, les chauffeurs, on n’a ni l’un ni l’autre. J’apprends que le bateau est en retard en le voyant ne pas arriver. Si on pouvait *écouter* les radios, juste écouter…",
            may_quote=True,
        ),
        Comment(
            "rd-03",
            "denis",
            35.0,
            "Karim a raison, et c’est faisable : il y a deux canaux libres. On n’y a jamais pensé parce que les autobus et les bateaux ne mangent pas à la même cafétéria.",
            parent="rd-02",
        ),
        Comment("rd-04", "josee", 37.0, "On devrait manger à la même cafétéria.", parent="rd-03"),
    ),
)

ENGLISH = (
    *conversation(
        "wasted-time",
        "en",
        Comment(
            "wte-01",
            "ellen",
            4.0,
            "Counting the float twice at closing, once alone and once with a witness, when the witness is the person who takes the next shift and counts it again anyway. Three counts, same forty dollars in quarters.",
            may_quote=True,
        ),
        Comment(
            "wte-02",
            "maude",
            29.0,
            "Answer: yes to two counts, no to one. The insurer wants a witness, but the witness may be the person opening. It starts with the new month.",
            parent="wte-01",
            for_organisation=True,
        ),
        Comment(
            "wte-03",
            "wade",
            48.0,
            "Fuel samples go by courier to the city and come back as a PDF saying what the dipstick said. Nine days. If anything was wrong we would be the first to know, in the bad way.",
        ),
        Comment(
            "wte-04",
            "graham",
            70.0,
            "That one is mine, and the reason used to be good. A bench kit costs $2,300 and pays for itself in five months. I’ll order it, and keep the city lab for one sample a quarter.",
            parent="wte-03",
            for_organisation=True,
        ),
    ),
    *conversation(
        "winter-rotations",
        "en",
        Comment(
            "wre-01",
            "wade",
            8.0,
            "Seven and seven here. My reasons are not noble: my dog gets fat at my sister’s after a week.",
        ),
        Comment(
            "wre-02",
            "isaac",
            20.0,
            "That is as good a reason as any I have read in the consultant’s report.",
            parent="wre-01",
        ),
        Comment(
            "wre-03",
            "josee",
            33.0,
            "Writing in English so the Guillemot reads it too: there is a third model now, on the French page, ten and ten with a full night in the middle. Come and tear it apart.",
        ),
    ),
    *conversation(
        "radios-on-deck",
        "en",
        Comment(
            "rde-01",
            "wade",
            12.0,
            "Phones in an engine room: you can’t hear them, you can’t see them, and if you drop one it goes where only the mice go.",
        ),
        Comment(
            "rde-02",
            "ellen",
            26.0,
            "At the window I would take the phone for one reason, which is pictures. I cannot describe damage on a car in two languages while its owner is describing it to me in one.",
            parent="rde-01",
        ),
        Comment(
            "rde-03", "wade", 29.0, "All right. Radios for us, and one phone for Ellen.", parent="rde-02"
        ),
    ),
)
