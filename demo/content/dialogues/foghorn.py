"""Public and closed, with a closing word: the foghorn at night."""

from demo.content.shapes import Dialogue, paragraph, picture

FRENCH = Dialogue(
    key="foghorn",
    language="fr",
    is_internal=False,
    title="Le criard de brume, la nuit",
    slug="criard-de-brume-la-nuit",
    question="Faut-il faire taire la corne de brume du quai de Port-Salvail entre 23 h et 5 h?",
    introduction="Elle réveille le village, et elle a ramené des gens. Nous ne voulions pas trancher seuls.",
    body=(
        paragraph(
            "La corne du bout du quai sonne deux fois par minute dès que la visibilité tombe sous mille mètres : 61 nuits l’an dernier. La garde côtière ne l’exige plus depuis que tous nos navires ont deux radars. Les petites embarcations, elles, n’en ont pas.",
            "Trois possibilités : la garder telle quelle, la faire taire la nuit, ou la remplacer par une corne que l’on déclenche de son bateau, sur demande, en appuyant cinq fois sur le bouton de la radio VHF.",
        ),
        picture(
            "foghorn",
            "Une corne de brume au bout d’un quai; des arcs de son s’étendent dans la nuit.",
            "Deux coups par minute.",
            "Illustration : Nordet",
        ),
    ),
    host_name="Isaac Vollant",
    host_role="Capitaine de l’Éider",
    opens_in=-160,
    closes_in=-118,
    closing_word="Nous vous avons lus jusqu’au dernier. La corne devient « sur demande » la nuit, comme l’ont proposé trois pêcheurs de l’Anse-Rousse et à peu près tout le voisinage. Le dispositif est commandé; nous gardons la corne actuelle jusqu’à ce qu’il ait fait ses preuves tout un automne. Deux personnes restent contre, et leurs raisons, que l’on peut lire ci-dessous, nous feront réviser la décision après un an. Merci.",
)

ENGLISH = Dialogue(
    key="foghorn",
    language="en",
    is_internal=False,
    title="The foghorn at night",
    slug="foghorn-at-night",
    question="Should the foghorn on the Port-Salvail wharf fall silent between 11 p.m. and 5 a.m.?",
    introduction="It wakes the village, and it has brought people home. We did not want to decide by ourselves.",
    body=(
        paragraph(
            "The horn at the end of the wharf sounds twice a minute whenever visibility drops below a thousand metres: 61 nights last year. The coast guard has not required it since all our ships were fitted with two radars. Small boats have none.",
            "There are three possibilities: keep it as it is, silence it at night, or replace it with a horn that can be triggered from a boat, on demand, by keying a VHF radio five times.",
        ),
        picture(
            "foghorn",
            "A foghorn at the end of a wharf; arcs of sound spread into the night.",
            "Two blasts a minute.",
            "Illustration: Nordet",
        ),
    ),
    host_name="Isaac Vollant",
    host_role="Captain of the Éider",
    opens_in=-160,
    closes_in=-118,
    closing_word="We read every one of you. At night the horn will sound “on demand”, as suggested by three fishermen of Anse-Rousse and very nearly the whole neighbourhood. The device is on order; we are keeping the present horn until the new one has proved itself through a whole autumn. Two people remain opposed, and their reasons, which you can read below, will have us review the decision after a year. Thank you.",
)
