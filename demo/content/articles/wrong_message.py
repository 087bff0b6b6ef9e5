"""A mistake explained: the cancellation that was announced and never happened."""

from demo.content.shapes import (
    Article,
    callout,
    heading,
    html,
    paragraph,
    pull_quotation,
    related_pages,
    table,
)

FRENCH = Article(
    key="wrong-message",
    language="fr",
    title="Nous avons annulé un bateau qui est parti quand même",
    slug="un-bateau-annule-qui-est-parti",
    introduction="Mardi, à 5 h 22, nous avons écrit à 3 140 personnes que le bateau de 7 h 20 n’aurait pas lieu. Il est parti à l’heure, presque vide. Voici ce qui est arrivé, minute par minute.",
    authors=("maude", "isaac"),
    topics=("service", "conversation"),
    tags=("erreur", "messages texte", "excuses"),
    days_ago=146,
    updated_after=24,
    picture="flap-board",
    picture_alt="Un tableau d’affichage à palettes dont quelques cases orange rompent l’alignement.",
    picture_credit="Illustration : Nordet",
    update_note="Le remboursement des taxis et des journées perdues est terminé : 212 demandes, 212 payées. La plus petite était de 4 $, la plus grande de 640 $.",
    body=(
        paragraph(
            "D’abord ceci : <b>nous nous excusons</b>. Des élèves ont manqué un examen, des gens ont perdu une journée de paie, une famille a payé l’avion. Ce n’est pas la météo. C’est nous."
        ),
        heading("Minute par minute"),
        table(
            "Mardi matin",
            ("Heure", "Ce qui s’est passé"),
            ("5 h 10", "Le capitaine mesure 31 nœuds au quai et confirme la traversée à la radio."),
            (
                "5 h 14",
                "À la répartition, l’exercice mensuel d’annulation commence. Le système est en mode d’essai.",
            ),
            (
                "5 h 21",
                "L’écran redémarre tout seul. Au retour, il n’est plus en mode d’essai. Rien ne le montre.",
            ),
            ("5 h 22", "Le message d’exercice part : 3 140 destinataires."),
            ("5 h 31", "Premier appel d’une passagère, qui voit le bateau chauffer par sa fenêtre."),
            (
                "5 h 58",
                "Démenti envoyé. Quatre cents personnes l’ont reçu après 7 h, à cause de la file d’attente du fournisseur.",
            ),
            ("7 h 20", "Départ de l’Éider avec 26 personnes à bord, au lieu de 190."),
        ),
        heading("Ce n’est pas la faute de la personne de quart"),
        paragraph(
            "Elle a fait ce que la procédure demandait. La procédure supposait qu’un écran dit toujours dans quel mode il se trouve. Nous avons acheté ce système; nous avons accepté cet écran. Personne n’a été sanctionné, et la personne de quart a récrit la nouvelle procédure avec nous.",
        ),
        pull_quotation("Trente-six minutes pour nous contredire : voilà notre vraie faute."),
        heading("Ce qui a changé depuis"),
        paragraph(
            "<ul><li>Un exercice ne peut plus viser que dix numéros, tous les nôtres.</li><li>Une annulation exige deux personnes, dont une à bord.</li><li>Le démenti est écrit d’avance, et il a la priorité chez le fournisseur.</li><li>Le capitaine peut l’envoyer lui-même, de la passerelle.</li></ul>",
            "Nous avons refait l’exercice le mois suivant, avec redémarrage en plein milieu. Le démenti est parti en quatre-vingt-dix secondes.",
        ),
        callout(
            "note",
            "Vous avez perdu de l’argent ce matin-là?",
            html(
                "Dites-nous combien et pourquoi, dans vos mots. Un reçu nous aide; son absence ne vous disqualifie pas."
            ),
        ),
        related_pages("ice-season", "slow-to-converse"),
    ),
    related=("ice-season", "departure-board"),
)

ENGLISH = Article(
    key="wrong-message",
    language="en",
    title="We cancelled a boat that sailed anyway",
    slug="a-cancelled-boat-that-sailed",
    introduction="On Tuesday at 5:22 a.m. we told 3,140 people that the 7:20 boat would not run. She left on time, almost empty. Here is what happened, minute by minute.",
    authors=("maude", "isaac"),
    topics=("service", "conversation"),
    tags=("mistake", "text messages", "apology"),
    days_ago=146,
    updated_after=24,
    picture="flap-board",
    picture_alt="A split-flap board on which a few orange tiles break the pattern.",
    picture_credit="Illustration: Nordet",
    update_note="Refunds for taxis and lost days are complete: 212 claims, 212 paid. The smallest was for $4, the largest for $640.",
    body=(
        paragraph(
            "This first: <b>we are sorry</b>. Students missed an exam, people lost a day’s pay, one family paid for a flight. It was not the weather. It was us."
        ),
        heading("Minute by minute"),
        table(
            "Tuesday morning",
            ("Time", "What happened"),
            ("5:10", "The captain measures 31 knots at the wharf and confirms the crossing by radio."),
            ("5:14", "In dispatch, the monthly cancellation drill begins. The system is in test mode."),
            (
                "5:21",
                "The screen restarts by itself. When it comes back it is no longer in test mode. Nothing shows it.",
            ),
            ("5:22", "The drill message goes out: 3,140 recipients."),
            ("5:31", "First call, from a passenger who can see the boat warming up from her window."),
            (
                "5:58",
                "Correction sent. Four hundred people received it after 7:00, held up in the provider’s queue.",
            ),
            ("7:20", "The Éider leaves with 26 people aboard instead of 190."),
        ),
        heading("The person on duty is not to blame"),
        paragraph(
            "She did what the procedure asked. The procedure assumed that a screen always says which mode it is in. We bought that system; we accepted that screen. Nobody was disciplined, and the person on duty rewrote the new procedure with us.",
        ),
        pull_quotation("Thirty-six minutes to contradict ourselves: that was our real failure."),
        heading("What has changed since"),
        paragraph(
            "<ul><li>A drill can now reach only ten numbers, all of them ours.</li><li>A cancellation takes two people, one of them on board.</li><li>The correction is written in advance and has priority with the provider.</li><li>The captain can send it herself or himself, from the bridge.</li></ul>",
            "We ran the drill again the following month, with a restart right in the middle. The correction went out in ninety seconds.",
        ),
        callout(
            "note",
            "Did you lose money that morning?",
            html(
                "Tell us how much and why, in your own words. A receipt helps; not having one does not rule you out."
            ),
        ),
        related_pages("ice-season", "slow-to-converse"),
    ),
    related=("ice-season", "departure-board"),
)
