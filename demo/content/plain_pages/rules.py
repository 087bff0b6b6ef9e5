"""The rules of the conversation."""

from demo.content.shapes import PlainPage, callout, heading, html, paragraph, questions

FRENCH = PlainPage(
    key="rules",
    language="fr",
    title="Les règles de la conversation",
    slug="regles-de-la-conversation",
    introduction="Elles tiennent en une page, elles valent pour nous comme pour vous, et chaque refus s’y rapporte.",
    body=(
        heading("Ce que nous publions"),
        paragraph(
            "Les accords, les désaccords, les questions, les corrections, les récits, l’humour. Une critique de Nordet, même vive, même répétée, n’est jamais un motif de refus. Vous pouvez écrire en français ou en anglais, quelle que soit la page.",
        ),
        heading("Ce que nous ne publions pas"),
        paragraph(
            "<ul><li>Les attaques contre une personne plutôt que contre ce qu’elle a dit ou fait.</li><li>Le mépris envers un groupe de gens.</li><li>Les renseignements privés d’autrui : adresse, santé, numéro de téléphone.</li><li>La publicité et les messages copiés d’une page à l’autre.</li><li>Ce qui n’a aucun rapport avec le sujet.</li><li>Ce que la loi interdit.</li></ul>",
        ),
        heading("Ce que nous faisons de votre texte"),
        paragraph(
            "Une personne de notre équipe le lit avant qu’il paraisse. Elle le publie ou le refuse; elle n’en change pas un mot. Si nous le refusons, nous vous en donnons la raison, sur la page où vous suivez votre commentaire. Si nous le masquons plus tard, sa place reste visible, et l’on y lit qu’un commentaire a été retiré.",
            "Quand nous répondons au nom de Nordet, c’est indiqué, avec la fonction de la personne. Quand une ou un collègue écrit en son nom propre, c’est indiqué aussi.",
        ),
        heading("Vous citer"),
        paragraph(
            "Il arrive qu’un commentaire soit si bon que nous voulions bâtir un article autour. Nous ne le faisons que si vous avez coché « vous pouvez me citer sous ce nom ». Être mis en valeur ne veut pas dire que nous sommes d’accord avec vous : cela veut dire que vous avez fait avancer la conversation.",
        ),
        questions(
            (
                "Pourquoi mon commentaire n’est-il pas encore paru?",
                html(
                    "Quelqu’un doit le lire. Nous y sommes de 8 h à 20 h, tous les jours; la plupart attendent moins de deux heures, la nuit exceptée. La page que vous avez reçue après l’envoi montre toujours où il en est."
                ),
            ),
            (
                "Puis-je retirer ce que j’ai écrit?",
                html(
                    'Oui, n’importe quand, sans donner de raison. Écrivez-nous à <a href="mailto:conversation@example.org">conversation@example.org</a> depuis l’adresse que vous aviez donnée.'
                ),
            ),
            (
                "Et si je trouve un refus injuste?",
                html(
                    "Faites appel : le lien se trouve dans le courriel qui vous l’annonce et à côté de votre commentaire, pendant trente jours. Une autre personne que la première relit votre texte et vous répond."
                ),
            ),
        ),
        callout(
            "note",
            "Le ton",
            html(
                "Écrivez comme si la personne à qui vous répondez était assise à côté de vous sur le bateau. Elle l’est peut-être."
            ),
        ),
    ),
)

ENGLISH = PlainPage(
    key="rules",
    language="en",
    title="The rules of the conversation",
    slug="rules-of-the-conversation",
    introduction="They fit on one page, they bind us as they bind you, and every refusal refers to them.",
    body=(
        heading("What we publish"),
        paragraph(
            "Agreement, disagreement, questions, corrections, stories, humour. Criticism of Nordet, however sharp and however often repeated, is never a reason to decline. You may write in English or in French, whatever the language of the page.",
        ),
        heading("What we do not publish"),
        paragraph(
            "<ul><li>Attacks on a person rather than on what they said or did.</li><li>Contempt for a group of people.</li><li>Other people’s private details: address, health, telephone number.</li><li>Advertising, and messages copied from page to page.</li><li>Anything that has nothing to do with the subject.</li><li>Anything the law forbids.</li></ul>",
        ),
        heading("What we do with your words"),
        paragraph(
            "Somebody on our team reads them before they appear. That person publishes them or declines them, and does not change a word. If we decline, we give you the reason, on the page where you follow your comment. If we hide a comment later, its place remains, and readers are told that one was removed.",
            "When we reply in Nordet’s name, it says so, with the person’s role. When a colleague writes as themselves, it says that too.",
        ),
        heading("Quoting you"),
        paragraph(
            "Now and then a comment is so good that we want to build an article around it. We do so only if you ticked “you may quote me under this name”. Being featured does not mean that we agree with you: it means that you moved the conversation on.",
        ),
        questions(
            (
                "Why has my comment not appeared yet?",
                html(
                    "Somebody has to read it. We are there from 8 a.m. to 8 p.m. every day; outside the night, most comments wait less than two hours. The page you were given after sending it always shows where it stands."
                ),
            ),
            (
                "May I take back what I wrote?",
                html(
                    'Yes, at any time, without giving a reason. Write to us at <a href="mailto:conversation@example.org">conversation@example.org</a> from the address you gave.'
                ),
            ),
            (
                "What if I think a refusal was unfair?",
                html(
                    "Appeal: for thirty days, the link is in the message that tells you of it and beside your comment. Somebody other than the first person reads your words again and answers you."
                ),
            ),
        ),
        callout(
            "note",
            "Tone",
            html(
                "Write as though the person you are answering were sitting next to you on the boat. They may well be."
            ),
        ),
    ),
)
