"""The company whose portal this is."""

from demo.cast.shapes import Organisation

NORDET = Organisation(
    name="Nordet",
    tagline_fr="Traversiers et autobus de la Côte-aux-Brumes",
    tagline_en="Ferries and buses of the Côte-aux-Brumes",
    colour_accent="#0b5563",
    footer_fr=(
        "<p>Nordet appartient aux onze municipalités de la Côte-aux-Brumes. Siège social : 4, rue du Quai, "
        "Port-Salvail (Québec).</p>"
    ),
    footer_en=(
        "<p>Nordet belongs to the eleven municipalities of the Côte-aux-Brumes. Head office: 4 rue du Quai, "
        "Port-Salvail, Québec.</p>"
    ),
    email="conversation@example.org",
)
