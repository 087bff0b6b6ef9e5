"""The privacy notice, true to what the portal does."""

from demo.content.shapes import PlainPage, heading, html, paragraph, questions, table

FRENCH = PlainPage(
    key="privacy",
    language="fr",
    title="Vos renseignements personnels",
    slug="renseignements-personnels",
    introduction="Lire ce site ne laisse aucun témoin dans votre navigateur. Commenter demande un nom et une adresse électronique. Voici tout ce que nous en faisons.",
    body=(
        heading("Si vous ne faites que lire"),
        paragraph(
            "Aucun témoin (« cookie »), aucun outil de mesure, aucune image, police ou vidéo chargée d’ailleurs. Les vidéos ne sont demandées à leur hébergeur que si vous appuyez sur lecture, et la page le dit avant. Les boutons de partage sont de simples liens : rien ne part tant que vous n’y touchez pas.",
        ),
        heading("Si vous commentez"),
        table(
            "Ce que nous demandons et pourquoi",
            ("Renseignement", "À quoi il sert", "Qui le voit"),
            ("Votre nom, tel que vous l’écrivez", "Signer votre commentaire", "Tout le monde"),
            (
                "Votre adresse électronique",
                "Vous joindre au sujet de ce commentaire",
                "L’équipe de modération, jamais le public",
            ),
            ("Votre texte", "La conversation", "Tout le monde, une fois publié"),
            (
                "« Vous pouvez me citer »",
                "Reprendre vos mots dans un article, sous votre nom",
                "L’équipe des communications",
            ),
        ),
        paragraph(
            "Un témoin technique est posé au moment où vous écrivez, pour protéger l’envoi du formulaire contre la fraude. Il ne sert à rien d’autre et ne vous suit nulle part. Quand vous confirmez votre adresse par le lien que nous vous envoyons, un second témoin s’en souvient pendant 30 jours, pour que vous n’ayez pas à la confirmer de nouveau dans ce navigateur. Nous notons aussi ce que vous avez envoyé de là, pour que la page « Vos commentaires et vos choix » vous le montre sans nouveau message; elle vous permet d’y renoncer avant. Tout le reste s’y ouvre par un lien que nous vous envoyons. Avec votre commentaire, nous gardons une empreinte de l’adresse réseau de votre appareil, calculée avec une clé secrète; l’adresse elle-même n’est pas rangée avec lui. L’empreinte sert à limiter le nombre d’envois. Pour vous montrer ce qui est nouveau à votre retour, votre navigateur retient, pour lui seul, l’heure du dernier commentaire affiché sur chaque page; elle ne nous est jamais envoyée.",
        ),
        heading("Si vous travaillez ici"),
        paragraph(
            "La connexion pose un témoin de session, effacé quand vous vous déconnectez. Ce que vous écrivez dans un dialogue interne n’est visible que des personnes qui peuvent le lire, et n’en sort qu’avec votre accord.",
        ),
        heading("Vos droits"),
        questions(
            (
                "Savoir ce que vous avez sur moi",
                html(
                    'Ouvrez <a href="/fr/conversation/participant/">votre page</a>: un bouton vous remet tout, dans un format lisible, avec ou sans compte. Ou écrivez-nous depuis l’adresse que vous aviez donnée.'
                ),
            ),
            (
                "Faire corriger ou effacer",
                html(
                    "Même chemin: la même page efface tout, après une dernière question. Un commentaire effacé l’est partout, y compris dans les articles qui le citaient; il n’en reste que l’emplacement, sans nom ni date."
                ),
            ),
            (
                "Savoir combien de temps vous gardez tout cela",
                html(
                    'La <a href="/fr/data/retention/">page des durées de conservation</a> le dit pour chaque chose. Le site la compose à partir des règles qu’il applique.'
                ),
            ),
            (
                "Vous plaindre",
                html(
                    "À notre responsable de la protection des renseignements personnels, par lettre au siège social, puis à la Commission d’accès à l’information du Québec."
                ),
            ),
        ),
        paragraph(
            "Nous ne vendons, n’échangeons ni ne prêtons aucun renseignement. Personne ne nous l’a jamais demandé poliment, et la réponse serait la même."
        ),
    ),
)

ENGLISH = PlainPage(
    key="privacy",
    language="en",
    title="Your personal information",
    slug="personal-information",
    introduction="Reading this site leaves no cookie in your browser. Commenting asks for a name and an email address. Here is everything we do with them.",
    body=(
        heading("If you only read"),
        paragraph(
            "No cookies, no measuring tools, no images, fonts or videos loaded from anywhere else. A video is requested from its host only if you press play, and the page says so first. The share buttons are plain links: nothing is sent until you use one.",
        ),
        heading("If you comment"),
        table(
            "What we ask for, and why",
            ("Information", "What it is for", "Who sees it"),
            ("Your name, as you write it", "Signing your comment", "Everybody"),
            (
                "Your email address",
                "Reaching you about this comment",
                "The moderation team, never the public",
            ),
            ("Your words", "The conversation", "Everybody, once published"),
            (
                "“You may quote me”",
                "Using your words in an article, under your name",
                "The communications team",
            ),
        ),
        paragraph(
            "A technical cookie is set when you write, to protect the form against fraud. It serves no other purpose and does not follow you anywhere. When you confirm your address through the link that we send, a second cookie remembers it for 30 days, so that you need not confirm it again in this browser. We also note what you sent from there, so that the page “Your comments and your choices” shows it to you without a new message; it lets you end that sooner. Everything else opens there by a link that we send you. With your comment we keep a fingerprint of your device’s network address, made with a secret key; the address itself is not kept with it. The fingerprint serves to limit the number of submissions. To show you what is new when you come back, your browser remembers, for itself alone, the time of the newest comment that each page has shown; it is never sent to us.",
        ),
        heading("If you work here"),
        paragraph(
            "Signing in sets a session cookie, which is removed when you sign out. What you write in an internal dialogue is visible only to those who may read it, and leaves it only if you agree.",
        ),
        heading("Your rights"),
        questions(
            (
                "Knowing what we hold about you",
                html(
                    'Open <a href="/en/conversation/participant/">your page</a>: a button hands you everything, in a readable format, with or without an account. Or write to us from the address you gave.'
                ),
            ),
            (
                "Having it corrected or erased",
                html(
                    "The same way: the same page erases everything, after one last question. An erased comment is erased everywhere, including in articles that quoted it; only its place remains, with no name and no date."
                ),
            ),
            (
                "Knowing how long you keep all this",
                html(
                    'The page on <a href="/en/data/retention/">how long we keep what</a> says so for each thing. The site makes it from the rules that it applies.'
                ),
            ),
            (
                "Complaining",
                html(
                    "To our privacy officer, by letter to the head office, and then to the Commission d’accès à l’information du Québec."
                ),
            ),
        ),
        paragraph(
            "We do not sell, trade or lend any information. Nobody has ever asked us politely, and the answer would be the same."
        ),
    ),
)
