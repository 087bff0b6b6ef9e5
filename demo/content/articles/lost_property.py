"""A light piece: a year of lost property."""

from demo.content.shapes import Article, call_to_action, paragraph, picture, table

FRENCH = Article(
    key="lost-property",
    language="fr",
    title="Inventaire : 1 406 objets cherchent leur propriétaire",
    slug="inventaire-des-objets-trouves",
    introduction="Chaque année, Ellen Whitaker vide l’armoire des objets trouvés de Cap-au-Sel. Chaque année, elle nous interdit d’en rire. Nous avons obtenu une dérogation.",
    authors=("maude",),
    topics=("people", "service"),
    tags=("objets trouvés",),
    days_ago=303,
    picture="mittens",
    picture_alt="Un motif de mitaines dépareillées, de toutes les couleurs, alignées comme sur une corde.",
    picture_credit="Illustration : Nordet",
    body=(
        paragraph(
            "Il y a des mitaines. Il y a surtout des mitaines. Une seule de chaque, ce qui laisse penser que quelque part, sur la Côte, 611 personnes ont une main froide.",
        ),
        table(
            "Ce que l’armoire contenait",
            ("Objet", "Nombre", "Réclamés"),
            ("Mitaines (à l’unité)", "611", "38"),
            ("Parapluies", "204", "9"),
            ("Téléphones", "97", "95"),
            ("Thermos, dont un encore chaud", "71", "22"),
            ("Dentiers", "3", "2"),
            ("Trombone à coulisse", "1", "0"),
            ("Homard vivant, dans sa glacière", "1", "1"),
            ("Autres", "418", "143"),
        ),
        paragraph(
            "Le trombone attend depuis le Festival de l’île. Karim, qui conduit la ligne 10, assure que l’homme en a joué jusqu’à Anse-Rousse, fort bien, puis qu’il est descendu en saluant. Personne n’a osé le rappeler.",
            "Le homard, lui, a été réclamé dans l’heure. La glacière portait une étiquette : « Anniversaire de maman ». Ellen l’a mise au frais et a téléphoné à toutes les mères de Sainte-Odile.",
        ),
        picture(
            "seabirds",
            "Des oiseaux de mer stylisés volent au-dessus de vagues en bandes.",
            "Non réclamés : dix-sept appelants de chasse. Les vrais canards s’y trompent encore.",
            "Illustration : Nordet",
        ),
        paragraph(
            "Plus sérieusement : les téléphones sont gardés six mois, les pièces d’identité sont remises à la police après dix jours, et tout le reste part à la friperie de la paroisse au bout de trois mois. Pour réclamer, il suffit de décrire l’objet. Pour le trombone, il faudra en jouer.",
        ),
        call_to_action(
            "Vous préféreriez que les guichets, et leurs armoires, ouvrent à d’autres heures?",
            "Dites-le dans le dialogue",
            "stops-and-hours",
        ),
    ),
    related=("night-crew",),
)

ENGLISH = Article(
    key="lost-property",
    language="en",
    title="Inventory: 1,406 objects are looking for their owners",
    slug="lost-property-inventory",
    introduction="Every year Ellen Whitaker empties the lost property cupboard at Cap-au-Sel. Every year she forbids us to laugh. This time we were granted an exemption.",
    authors=("maude",),
    topics=("people", "service"),
    tags=("lost property",),
    days_ago=303,
    picture="mittens",
    picture_alt="A pattern of mismatched mittens in every colour, lined up as if on a clothes line.",
    picture_credit="Illustration: Nordet",
    body=(
        paragraph(
            "There are mittens. Mostly there are mittens. One of each, which suggests that somewhere on this coast 611 people have one cold hand.",
        ),
        table(
            "What was in the cupboard",
            ("Object", "Number", "Claimed"),
            ("Mittens (singles)", "611", "38"),
            ("Umbrellas", "204", "9"),
            ("Telephones", "97", "95"),
            ("Flasks, one of them still warm", "71", "22"),
            ("Sets of dentures", "3", "2"),
            ("Slide trombone", "1", "0"),
            ("Live lobster, in its cooler", "1", "1"),
            ("Everything else", "418", "143"),
        ),
        paragraph(
            "The trombone has been waiting since the island festival. Karim, who drives line 10, swears that the man played it as far as Anse-Rousse, and very well, then got off with a bow. Nobody had the heart to call him back.",
            "The lobster was claimed within the hour. The cooler had a label: “Mum’s birthday”. Ellen put it in the fridge and telephoned every mother in Sainte-Odile.",
        ),
        picture(
            "seabirds",
            "Stylised seabirds fly above waves drawn as bands.",
            "Unclaimed: seventeen hunting decoys. The real ducks are still taken in.",
            "Illustration: Nordet",
        ),
        paragraph(
            "More seriously: telephones are kept for six months, identity papers go to the police after ten days, and everything else goes to the parish thrift shop at the end of three months. To claim something, just describe it. For the trombone, you will have to play.",
        ),
        call_to_action(
            "Would you rather the ticket windows, and their cupboards, opened at other hours?",
            "Say so in the dialogue",
            "stops-and-hours",
        ),
    ),
    related=("night-crew",),
)
