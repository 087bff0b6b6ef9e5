"""Pictures and files of the demonstration, drawn by code so that no binary is kept in the repository.

``picture`` gives the same bytes at every run; ``PICTURES`` says what there is, with titles in both languages
and the focal point.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from demo.pictures import charts, flags, mark, patterns, portraits, roadsides, scenes, seascapes
from demo.pictures.canvas import HEIGHT, WIDTH, Canvas
from demo.pictures.documents import DOCUMENTS, document

__all__ = ["DOCUMENTS", "PICTURES", "FocalPoint", "Picture", "document", "picture"]


@dataclass(frozen=True)
class FocalPoint:
    """What a crop must keep: the middle of a rectangle and its size, in pixels."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Picture:
    """An entry of the register. ``ground`` lists the colours of the background, from top to bottom."""

    title_fr: str
    title_en: str
    focal_point: FocalPoint
    draw: Callable[[Canvas], None]
    ground: tuple[str, ...]
    width: int = WIDTH
    height: int = HEIGHT
    extension: str = "jpg"


FACE = FocalPoint(500, 480, 520, 620)


def _portrait(name: str, draw: Callable[[Canvas], None], *ground: str) -> Picture:
    side = portraits.SIDE
    return Picture(f"Portrait : {name}", f"Portrait: {name}", FACE, draw, ground, side, side)


PICTURES = {
    "ridgelines": Picture(
        "Crêtes à l’aube",
        "Ridges at dawn",
        FocalPoint(1130, 420, 360, 300),
        seascapes.ridgelines,
        ("#8fb4bf", "#e8c9ad", "#f3ab7c"),
    ),
    "ferry-crossing": Picture(
        "La Sterne en traversée",
        "The Sterne crossing",
        FocalPoint(800, 600, 760, 380),
        seascapes.ferry_crossing,
        ("#f1dfbf", "#cfe0da"),
    ),
    "northern-lights": Picture(
        "Aurores au-dessus de la baie",
        "Northern lights over the bay",
        FocalPoint(800, 400, 700, 420),
        seascapes.northern_lights,
        ("#0a1530", "#10304a", "#1a4a58"),
    ),
    "ice-floes": Picture(
        "Les glaces",
        "The ice",
        FocalPoint(1120, 420, 460, 300),
        seascapes.ice_floes,
        ("#6c7ba0", "#e7a9a0", "#ffd9b8"),
    ),
    "wharf-night": Picture(
        "Le quai, la nuit",
        "The wharf at night",
        FocalPoint(1120, 530, 560, 380),
        seascapes.wharf_night,
        ("#0a1526", "#14314a", "#2a4f60"),
    ),
    "fog-beam": Picture(
        "Le phare dans la brume",
        "The lighthouse in fog",
        FocalPoint(1170, 480, 420, 560),
        seascapes.fog_beam,
        ("#7f9dab", "#c9d6d6", "#dfe5e0"),
    ),
    "bus-coast": Picture(
        "L’autobus de la côte",
        "The coast bus",
        FocalPoint(810, 680, 460, 260),
        roadsides.bus_coast,
        ("#f3d9b8", "#e9e0cc"),
    ),
    "bus-stop": Picture(
        "L’abribus sous la neige",
        "The shelter in the snow",
        FocalPoint(820, 600, 560, 440),
        roadsides.bus_stop,
        ("#16283f", "#35597a"),
    ),
    "seabirds": Picture(
        "Oiseaux de mer",
        "Seabirds",
        FocalPoint(620, 310, 720, 420),
        seascapes.seabirds,
        ("#f6e3c6", "#f0c9a4", "#e9ae8f"),
    ),
    "foghorn": Picture(
        "Le criard de brume",
        "The foghorn",
        FocalPoint(480, 540, 560, 420),
        seascapes.foghorn,
        ("#0f1f36", "#24506a"),
    ),
    "signal-flags": Picture(
        "Pavillons de signalisation",
        "Signal flags",
        FocalPoint(800, 480, 700, 500),
        flags.signal_flags,
        ("#cfe3dc", "#f3e3c3"),
    ),
    "flap-board": Picture(
        "L’ancien tableau à palettes",
        "The old split-flap board",
        FocalPoint(560, 440, 620, 320),
        patterns.flap_board,
        ("#3a2f2a", "#2a2320"),
    ),
    "string-lines": Picture(
        "Le graphique horaire",
        "The timetable graph",
        FocalPoint(785, 600, 560, 460),
        charts.string_lines,
        ("#0d3240", "#114552"),
    ),
    "life-rings": Picture(
        "Bouées", "Life rings", FocalPoint(926, 500, 420, 360), patterns.life_rings, ("#13677b", "#0b3c49")
    ),
    "mittens": Picture(
        "Mitaines", "Mittens", FocalPoint(800, 480, 640, 420), patterns.mittens, ("#f3e7d2", "#ecd9bb")
    ),
    "currents": Picture(
        "Les courants",
        "The currents",
        FocalPoint(1040, 420, 640, 460),
        charts.currents,
        ("#0d4453", "#0a3140"),
    ),
    "chart-islands": Picture(
        "La carte des îles",
        "The chart of the islands",
        FocalPoint(760, 480, 700, 460),
        charts.chart_islands,
        ("#d9ebe7", "#cfe4e2"),
    ),
    "two-shores": Picture(
        "Deux rives", "Two shores", FocalPoint(800, 480, 900, 560), scenes.two_shores, ("#f7e8cd", "#f3d3ac")
    ),
    "shore-power": Picture(
        "Le courant de quai",
        "Shore power",
        FocalPoint(960, 620, 620, 420),
        scenes.shore_power,
        ("#0b1c30", "#14405a", "#2a6a70"),
    ),
    "ramp": Picture(
        "La rampe", "The ramp", FocalPoint(840, 560, 620, 480), scenes.ramp, ("#8fc7c4", "#f3dfb8")
    ),
    "wheelhouse": Picture(
        "La passerelle",
        "The bridge",
        FocalPoint(800, 620, 900, 560),
        scenes.wheelhouse,
        ("#f0d9b5", "#dfe6d8"),
    ),
    "portrait-maude": _portrait("Maude Thériault", portraits.maude, "#f7ead0", "#ecd3ac"),
    "portrait-isaac": _portrait("Isaac Vollant", portraits.isaac, "#c9e0dc", "#a6cbca"),
    "portrait-ngoc-lan": _portrait("Ngoc-Lan Tremblay", portraits.ngoc_lan, "#f9ddd0", "#f0c3b0"),
    "portrait-rejean": _portrait("Réjean Couillard", portraits.rejean, "#d5e2d3", "#b7cfbd"),
    "portrait-amina": _portrait("Amina Diallo", portraits.amina, "#fae6b4", "#f2d189"),
    "portrait-graham": _portrait("Graham Fisk", portraits.graham, "#d2deea", "#b4c8dc"),
    "logo": Picture(
        "Nordet, la marque",
        "Nordet, the mark",
        FocalPoint(400, 400, 800, 800),
        mark.nordet,
        ("#0b5563",),
        mark.SIDE,
        mark.SIDE,
        "png",
    ),
}


@cache
def picture(key: str) -> bytes:
    """Return the picture with this key, a JPEG or, for the logo, a PNG; KeyError if there is none."""
    entry = PICTURES[key]
    canvas = Canvas(key, *entry.ground, width=entry.width, height=entry.height)
    entry.draw(canvas)
    return mark.cut_out(canvas) if entry.extension == "png" else canvas.finish()
