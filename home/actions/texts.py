"""The first words of a new portal, in both languages; editors make them their own.

The rules and the privacy notice say what the software does as it is installed. They are a start, not advice:
whoever runs the portal adds who they are and where to write. How long what is kept has a page of its own,
made from the rules.
"""

from dataclasses import dataclass

from portal.blocks.text import HeadingLevel

Texts = dict[str, dict[str, object]]


@dataclass(frozen=True)
class Section:
    """A page that every portal begins with: the values of its fields in each language."""

    kind: str
    texts: Texts


def body(*parts: str) -> list[tuple[str, object]]:
    """Return the blocks of a body: a part that begins with “# ” is a heading, any other is simple html."""
    return [
        ("heading", {"text": part.removeprefix("# "), "level": HeadingLevel.SECTION})
        if part.startswith("# ")
        else ("paragraph", part)
        for part in parts
    ]


def find(kind: str) -> Section:
    """Return the section of this kind; StopIteration if there is none."""
    return next(section for section in SECTIONS if section.kind == kind)


HOME: Texts = {
    "fr": {"title": "Accueil", "slug": "accueil"},
    "en": {"title": "Home", "slug": "home-en"},
}

ARTICLES = Section(
    "articles",
    {
        "fr": {
            "title": "Articles",
            "slug": "articles",
            "introduction": "Ce que nous avons à raconter, et ce que vous en dites.",
        },
        "en": {
            "title": "Articles",
            "slug": "articles",
            "introduction": "What we have to tell, and what you make of it.",
        },
    },
)

DIALOGUES = Section(
    "dialogues",
    {
        "fr": {
            "title": "Dialogues",
            "slug": "dialogues",
            "introduction": "Nous posons une question, vous répondez, et nous disons ce que nous en ferons.",
        },
        "en": {
            "title": "Dialogues",
            "slug": "dialogues",
            "introduction": "We ask, you answer, and we say what we will do with it.",
        },
    },
)

INTERNAL = Section(
    "internal",
    {
        "fr": {
            "title": "Dialogues internes",
            "slug": "interne",
            "introduction": "Entre nous : ce qui est dit ici n’est lu que par le personnel.",
        },
        "en": {
            "title": "Internal dialogues",
            "slug": "internal",
            "introduction": "Among ourselves: what is said here is read by employees only.",
        },
    },
)

VOICES = Section(
    "voices",
    {
        "fr": {
            "title": "Vos voix",
            "slug": "voix",
            "introduction": "Ce que vous nous avez écrit et que nous citons, avec votre accord.",
        },
        "en": {
            "title": "Your voices",
            "slug": "voices",
            "introduction": "What you wrote to us and we quote, with your consent.",
        },
    },
)

RULES = Section(
    "rules",
    {
        "fr": {
            "title": "Règles de la conversation",
            "slug": "regles",
            "introduction": (
                "<p>Ce que vous pouvez attendre de nous quand vous commentez, et ce que nous attendons de "
                "vous.</p>"
            ),
            "body": body(
                "# Dites ce que vous pensez",
                "<p>L’accord, le désaccord, la question, la correction, l’expérience vécue : tout cela a "
                "sa place ici. Une critique de notre travail n’est jamais une raison de refuser un "
                "commentaire.</p>",
                "# Ce que nous ne publions pas",
                "<ul><li>Les attaques contre des personnes, les menaces et les propos "
                "haineux.</li><li>Les renseignements privés d’autrui.</li><li>La publicité et les "
                "messages copiés de page en page.</li><li>Ce qui n’a pas de rapport avec la "
                "page.</li><li>Ce que la loi interdit.</li></ul>",
                "# Ce qui arrive à votre commentaire",
                "<p>Vous confirmez d’abord votre adresse, par un lien que nous y envoyons. Une personne de "
                "notre équipe lit ensuite votre commentaire avant sa publication; si nous vous connaissons "
                "déjà, il peut paraître aussitôt. La page que vous recevez après l’envoi montre où il en "
                "est. Nous publions un commentaire tel quel ou nous le "
                "refusons : nous n’en changeons pas les mots, et un refus est motivé.</p><p>Un "
                "commentaire retiré après sa publication laisse sa place visible, avec une phrase qui dit "
                "pourquoi elle est vide.</p>",
                "# Qui parle",
                "<p>À côté de chaque nom, nous indiquons si la personne parle au nom de l’organisation, "
                "si elle y travaille, ou si elle est des vôtres. Commentez sous le nom que vous voulez, "
                "mais pas sous celui de quelqu’un d’autre.</p>",
                "# Quand nous vous citons",
                "<p>Un commentaire peut devenir le cœur d’un article. Nous ne le citons que si vous avez "
                "coché la case qui le permet, toujours avec un lien vers l’original. Le mettre en vedette "
                "ne veut pas dire que nous l’approuvons.</p>",
            ),
        },
        "en": {
            "title": "Rules of the conversation",
            "slug": "rules",
            "introduction": "<p>What you may expect of us when you comment, and what we ask of you.</p>",
            "body": body(
                "# Say what you think",
                "<p>Agreement, disagreement, a question, a correction, something you have lived through: "
                "all of it belongs here. Criticism of our work is never a reason to refuse a comment.</p>",
                "# What we do not publish",
                "<ul><li>Attacks on people, threats and hatred.</li><li>Other people’s private "
                "details.</li><li>Advertising, and messages copied from page to page.</li><li>What has "
                "nothing to do with the page.</li><li>What the law forbids.</li></ul>",
                "# What happens to your comment",
                "<p>First you confirm your address, by a link that we send there. Then somebody on our team "
                "reads your comment before it is published; once we know you, it may appear at once. The "
                "page that you get after sending it shows where it stands. We publish a comment as it is or "
                "we refuse it: we do not change its words, and a refusal comes with a reason.</p>"
                "<p>A comment removed after publication leaves its place, with a sentence that says "
                "why it is empty.</p>",
                "# Who is speaking",
                "<p>Beside each name we say whether the person speaks for the organisation, works here, "
                "or is a guest. Comment under the name you like, but not under somebody else’s.</p>",
                "# When we quote you",
                "<p>A comment may become the heart of an article. We quote it only if you ticked the box "
                "that allows it, and always with a link to the original. Featuring it does not mean that "
                "we endorse it.</p>",
            ),
        },
    },
)

PRIVACY = Section(
    "privacy",
    {
        "fr": {
            "title": "Vie privée",
            "slug": "vie-privee",
            "introduction": "<p>Ce que ce site sait de vous, pourquoi, et ce que vous pouvez demander.</p>",
            "body": body(
                "# Quand vous lisez",
                "<p>Lire ce site ne dépose aucun témoin dans votre navigateur et n’appelle aucun autre "
                "site. Une vidéo hébergée ailleurs ne se charge que si vous la lancez; les liens de "
                "partage sont de simples liens.</p>",
                "# Quand vous commentez",
                "<p>Nous gardons le nom que vous donnez, votre adresse de courriel, votre texte, et le "
                "moment où vous l’avez envoyé. Le nom et le texte sont publiés; l’adresse ne l’est "
                "jamais. De votre connexion, nous ne gardons qu’une empreinte, qui sert à freiner les "
                "envois abusifs.</p><p>Si vous cochez « vous pouvez me citer sous ce nom », nous gardons "
                "cet accord avec sa date et le texte qu’il concerne. Sans cet accord, votre commentaire "
                "reste dans sa conversation.</p><p>L’envoi d’un commentaire dépose un témoin technique, "
                "nécessaire à la sécurité du formulaire. Quand vous confirmez votre adresse, un second "
                "témoin s’en souvient pendant 30 jours, pour que vous n’ayez pas à la confirmer de "
                "nouveau.</p><p>Pour vous montrer ce qui est nouveau à votre retour, votre navigateur "
                "retient, pour lui seul, l’heure du dernier commentaire affiché sur chaque page. "
                "Elle ne nous est jamais envoyée.</p>",
                "# Quand vous ouvrez une session",
                "<p>Un témoin de session vous reconnaît jusqu’à ce que vous fermiez la session. Votre nom "
                "et votre fonction accompagnent ce que vous écrivez.</p>",
                "# Ce que vous pouvez demander",
                "<p>Vous pouvez demander à voir ce que nous gardons de vous, à le faire corriger, à "
                'retirer vos mots ou à les faire effacer. <a href="/fr/conversation/participant/">Votre '
                "page</a>, ou votre compte si vous en avez un, le permet sans passer par nous. Quand un "
                "commentaire est retiré ou effacé, il disparaît aussi des pages qui le citent.</p>",
                "# Combien de temps nous gardons tout cela",
                '<p>La <a href="/fr/data/retention/">page des durées de conservation</a> le dit pour '
                "chaque chose. Elle est faite à partir des règles que le site applique chaque jour.</p>",
            ),
        },
        "en": {
            "title": "Privacy",
            "slug": "privacy",
            "introduction": "<p>What this site knows about you, why, and what you may ask for.</p>",
            "body": body(
                "# When you read",
                "<p>Reading this site sets no cookie in your browser and calls no other site. A video "
                "kept elsewhere loads only when you play it; the share links are plain links.</p>",
                "# When you comment",
                "<p>We keep the name you give, your email address, your text, and when you sent it. The "
                "name and the text are published; the address never is. Of your connection we keep a "
                "fingerprint only, which serves to slow down abuse.</p><p>If you tick “you may quote me "
                "under this name”, we keep that consent with its date and the text it was given for. "
                "Without it, your comment stays in its conversation.</p><p>Sending a comment sets one "
                "technical cookie, needed to keep the form safe. When you confirm your address, a second "
                "one remembers it for 30 days, so that you need not confirm it again.</p><p>To show you "
                "what is new when you come back, your browser remembers, for itself alone, the time of "
                "the newest comment that each page has shown. It is never sent to us.</p>",
                "# When you sign in",
                "<p>A session cookie recognises you until you sign out. Your name and role accompany what "
                "you write.</p>",
                "# What you may ask for",
                "<p>You may ask to see what we keep about you, to have it corrected, to withdraw your "
                'words or to have them erased. <a href="/en/conversation/participant/">Your page</a>, or '
                "your account if you have one, lets you do so without asking us. When a comment is "
                "withdrawn or erased, it also leaves the pages that quote it.</p>",
                "# How long we keep all this",
                '<p>The page on <a href="/en/data/retention/">how long we keep what</a> says so for each '
                "thing. It is made from the rules that the site applies every day.</p>",
            ),
        },
    },
)

SECTIONS = (ARTICLES, DIALOGUES, INTERNAL, VOICES, RULES, PRIVACY)
