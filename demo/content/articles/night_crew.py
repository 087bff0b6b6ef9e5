"""Meet a team: the four people who keep the ramps clear at night."""

from demo.content.shapes import Article, gallery, heading, paragraph, pull_quotation, video

FRENCH = Article(
    key="night-crew",
    language="fr",
    title="Quatre personnes, deux pelles et une rampe : la nuit à Cap-au-Sel",
    slug="la-nuit-a-cap-au-sel",
    introduction="Quand le Guillemot accoste à 6 h 10, la rampe est sèche. Nous sommes allés voir qui la rend sèche.",
    authors=("maude",),
    topics=("people",),
    tags=("équipe de nuit", "Cap-au-Sel", "portrait"),
    days_ago=178,
    picture="northern-lights",
    picture_alt="Des aurores vertes et violettes ondulent au-dessus d’une baie calme et d’une rive boisée.",
    picture_credit="Illustration : Nordet",
    body=(
        paragraph(
            "Il y a Monique, qui commande. Il y a Ti-Paul, qui mesure un mètre quatre-vingt-dix et que personne n’appelle autrement. Il y a Sarah-Maude, arrivée d’une boulangerie : « La nuit, le froid, lever des choses lourdes. J’étais formée. » Et il y a Abdou, qui voit sa première vraie glace et la photographie tous les soirs pour sa mère, à Thiès.",
            "Leur quart va de 22 h à 6 h 30. La rampe de Cap-au-Sel est en pente de huit degrés, battue par la vague à marée haute. L’eau gèle en montant. À quatre heures du matin, elle peut épaissir de deux centimètres à l’heure.",
        ),
        heading("Ce que fait le sel, et ce qu’il ne fait pas"),
        paragraph(
            "On croit qu’il suffit de saler. En dessous de moins quinze, le sel ne fait plus rien, et il ronge les câbles. Il y a huit ans, Monique a demandé que l’on fasse passer dans la dalle l’eau chaude du chauffage de la gare. On lui a dit que c’était compliqué. Elle a apporté un dessin. La dalle chauffe depuis quatre hivers, et l’on a divisé par six la quantité de sel.",
        ),
        pull_quotation(
            "On m’a dit que c’était compliqué. J’ai apporté un dessin.",
            "Monique Desbiens, cheffe de l’équipe de nuit",
        ),
        gallery(
            (
                "northern-lights",
                "Des aurores vertes et violettes au-dessus d’une baie.",
                "Deux heures du matin, vu de la rampe.",
            ),
            (
                "wharf-night",
                "Un quai éclairé la nuit, avec ses reflets.",
                "Les lampes basses, demandées par l’équipe pour ne pas éblouir la passerelle.",
            ),
            (
                "ice-floes",
                "Des plaques de glace pâles sous un ciel rose.",
                "La glace de cinq heures, avant le premier bateau.",
            ),
            title="Une nuit, en trois images",
        ),
        heading("La pause de trois heures"),
        paragraph(
            "À trois heures, ils mangent ensemble dans la cabane du treuil. Le règlement prévoit vingt minutes chacun son tour. Ils prennent quarante minutes tous ensemble, deux par deux à la fenêtre, et la rampe n’en a jamais souffert. Leur gestionnaire le sait. Maintenant, vous aussi.",
            "Le ciel leur tient compagnie. Abdou nous a montré cette vidéo, tournée bien plus au nord par quelqu’un d’autre : « C’est presque ça. Il manque le bruit du treuil. »",
        ),
        video(
            "https://vimeo.com/21294655",
            "Aurores boréales, en accéléré (Vimeo, sans paroles)",
            "northern-lights",
        ),
        paragraph(
            "À 6 h 10, le <i>Guillemot</i> abaisse sa porte. Dix-sept voitures montent. Personne ne regarde la rampe : c’est le plus beau compliment qui soit."
        ),
    ),
    related=("eleven-minutes",),
)

ENGLISH = Article(
    key="night-crew",
    language="en",
    title="Four people, two shovels and a ramp: a night at Cap-au-Sel",
    slug="a-night-at-cap-au-sel",
    introduction="When the Guillemot docks at 6:10 a.m., the ramp is dry. We went to see who makes it dry.",
    authors=("maude",),
    topics=("people",),
    tags=("night crew", "Cap-au-Sel", "portrait"),
    days_ago=178,
    picture="northern-lights",
    picture_alt="Green and violet northern lights ripple above a calm bay and a wooded shore.",
    picture_credit="Illustration: Nordet",
    body=(
        paragraph(
            "There is Monique, who is in charge. There is Ti-Paul, “Little Paul”, who stands six foot three and has no other name here. There is Sarah-Maude, who came from a bakery: “Nights, cold, lifting heavy things. I was fully trained.” And there is Abdou, who is seeing his first real ice and photographs it every night for his mother in Thiès.",
            "Their shift runs from 10 p.m. to 6:30 a.m. The ramp at Cap-au-Sel slopes at eight degrees and takes the swell at high tide. The water freezes as it climbs. By four in the morning it can thicken by two centimetres an hour.",
        ),
        heading("What salt does, and what it does not"),
        paragraph(
            "People think you just throw salt on it. Below minus fifteen, salt does nothing but eat the cables. Eight years ago Monique asked whether hot water from the terminal’s heating could be run through the slab. She was told it was complicated. She brought a drawing. The slab has been warm for four winters, and we use one sixth of the salt.",
        ),
        pull_quotation(
            "They told me it was complicated. I brought a drawing.",
            "Monique Desbiens, head of the night crew",
        ),
        gallery(
            (
                "northern-lights",
                "Green and violet northern lights above a bay.",
                "Two in the morning, from the ramp.",
            ),
            (
                "wharf-night",
                "A lit wharf at night, with its reflections.",
                "The low lamps the crew asked for, so as not to dazzle the bridge.",
            ),
            ("ice-floes", "Pale slabs of ice under a pink sky.", "Five o’clock ice, before the first boat."),
            title="One night in three pictures",
        ),
        heading("The three o’clock break"),
        paragraph(
            "At three they eat together in the winch shed. The rules provide for twenty minutes each, in turn. They take forty minutes all together, two at a time by the window, and the ramp has never been the worse for it. Their manager knows. Now you do too.",
            "The sky keeps them company. Abdou showed us this film, shot much farther north by somebody else: “It’s nearly like that. The winch is missing.”",
        ),
        video(
            "https://vimeo.com/21294655", "Northern lights in time lapse (Vimeo, no words)", "northern-lights"
        ),
        paragraph(
            "At 6:10 the <i>Guillemot</i> lowers her door. Seventeen cars drive on. Nobody looks at the ramp, which is the finest compliment there is."
        ),
    ),
    related=("eleven-minutes",),
)
