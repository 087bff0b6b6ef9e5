"""Portraits of the authors: faces made of a few geometric shapes."""

from demo.pictures.canvas import BRICK, CREAM, DEEP, FOAM, INK, OCHRE, PLUM, SEA, Canvas, mix, with_alpha

SIDE = 1000


def maude(canvas: Canvas) -> None:
    """Auburn hair to the shoulders, round glasses, a mustard scarf."""
    skin, hair = "#f0c3a0", "#8f3f26"
    canvas.disc(500, 470, 372, "#f4d9a8")
    canvas.box(270, 250, 460, 520, hair, round_by=220)
    _shoulders(canvas, DEEP)
    _neck(canvas, skin)
    _face(canvas, skin)
    canvas.sector(500, 420, 214, (178, 362), hair)
    canvas.polygon([(290, 420), (400, 260), (560, 250), (640, 340), (500, 372), (352, 470)], hair)
    _eyes(canvas, INK, brow=mix(hair, INK, 0.3))
    for x in (418, 582):
        canvas.ring(x, 470, 62, 9, INK)
    canvas.box(478, 462, 44, 9, INK)
    _nose(canvas, skin)
    _mouth(canvas, BRICK, smile=36)
    canvas.box(346, 700, 308, 84, OCHRE, round_by=42)
    canvas.box(560, 740, 92, 250, mix(OCHRE, INK, 0.1), round_by=24)


def isaac(canvas: Canvas) -> None:
    """A captain's cap, grey at the temples, a navy collar."""
    skin, hair = "#b97f58", "#2b2b30"
    canvas.disc(500, 480, 372, "#8fc0c0")
    _shoulders(canvas, "#15293d")
    _neck(canvas, skin)
    _ears(canvas, skin)
    canvas.box(296, 360, 408, 150, hair, round_by=40)
    _face(canvas, skin)
    for x in (296, 668):
        canvas.box(x, 392, 36, 116, "#8d9096", round_by=16)
    _eyes(canvas, INK, brow=hair)
    _nose(canvas, skin)
    _mouth(canvas, "#7a4030", smile=22)
    canvas.polygon([(272, 338), (250, 236), (330, 176), (500, 156), (670, 176), (750, 236), (728, 338)], FOAM)
    canvas.box(280, 316, 440, 62, INK, round_by=10)
    canvas.polygon([(292, 372), (708, 372), (660, 424), (500, 438), (340, 424)], "#0b1622")
    canvas.disc(500, 330, 38, OCHRE)
    canvas.disc(500, 330, 20, "#15293d")
    canvas.polygon([(380, 760), (500, 900), (620, 760), (580, 736), (500, 800), (420, 736)], CREAM)
    for y in (890, 950):
        for x in (430, 570):
            canvas.disc(x, y, 13, OCHRE)
    for x in (180, 700):
        for stripe in range(3):
            canvas.box(x, 868 + 26 * stripe, 120, 12, OCHRE, round_by=5)


def ngoc_lan(canvas: Canvas) -> None:
    """Black bob with a fringe, a coral collar, a pencil behind the ear."""
    skin, hair = "#eec49a", "#1c1a20"
    canvas.disc(500, 470, 372, "#f2b8a2")
    canvas.box(268, 230, 464, 450, hair, round_by=200)
    canvas.box(268, 430, 464, 250, hair, round_by=40)
    _shoulders(canvas, "#e9e2d2")
    _neck(canvas, skin)
    _face(canvas, skin)
    canvas.sector(500, 424, 212, (180, 360), hair)
    canvas.box(302, 360, 396, 62, hair, round_by=14)
    for x in (268, 640):
        canvas.box(x, 400, 92, 284, hair, round_by=36)
    canvas.polygon([(656, 348), (672, 338), (790, 500), (774, 512)], OCHRE)
    canvas.polygon([(774, 512), (790, 500), (804, 532)], CREAM)
    _eyes(canvas, INK, brow=hair, brow_lift=-4)
    _nose(canvas, skin)
    _mouth(canvas, "#c8473c", smile=30)
    for x in (418, 582):
        canvas.disc(x, 548, 34, with_alpha("#e2603c", 0.22))
    canvas.polygon([(330, 790), (500, 740), (500, 860), (380, 880)], "#e2603c")
    canvas.polygon([(670, 790), (500, 740), (500, 860), (620, 880)], "#cf5233")


def rejean(canvas: Canvas) -> None:
    """Bald, a white beard, an orange work jacket with reflective bands."""
    skin = "#eab592"
    canvas.disc(500, 480, 372, "#a9c5b1")
    _shoulders(canvas, "#e06a2b")
    _neck(canvas, skin)
    _ears(canvas, skin)
    _face(canvas, skin, top=230)
    canvas.polygon(
        [
            (304, 500),
            (330, 560),
            (400, 590),
            (500, 576),
            (600, 590),
            (670, 560),
            (696, 500),
            (690, 640),
            (610, 752),
            (500, 786),
            (390, 752),
            (310, 640),
        ],
        FOAM,
    )
    _eyes(canvas, INK, brow="#e6e2d8")
    _nose(canvas, skin)
    canvas.polygon([(396, 606), (500, 576), (604, 606), (560, 640), (500, 622), (440, 640)], "#dcd8cc")
    canvas.sector(500, 636, 46, (0, 180), "#a24d3e")
    canvas.sector(430, 320, 62, (190, 300), with_alpha(FOAM, 0.4))
    for x in (236, 664):
        canvas.box(x, 800, 100, 240, "#f3f0dd")
        canvas.box(x + 32, 800, 36, 240, "#c9c6b2")
    canvas.polygon([(400, 770), (500, 850), (600, 770), (600, 740), (500, 800), (400, 740)], INK)


def amina(canvas: Canvas) -> None:
    """A head wrap in two colours, large earrings."""
    skin = "#7d4e36"
    canvas.disc(500, 480, 372, "#f0c86f")
    _shoulders(canvas, SEA)
    _neck(canvas, skin)
    _ears(canvas, skin)
    _face(canvas, skin)
    canvas.polygon(
        [(286, 424), (268, 300), (360, 170), (540, 110), (700, 170), (742, 300), (714, 424), (500, 330)], PLUM
    )
    canvas.polygon([(286, 424), (278, 350), (500, 236), (724, 350), (714, 424), (500, 320)], "#d9573a")
    canvas.polygon([(280, 374), (500, 262), (720, 374), (716, 396), (500, 288), (284, 396)], OCHRE)
    canvas.disc(660, 168, 92, PLUM)
    canvas.disc(728, 216, 62, "#d9573a")
    canvas.arc(660, 168, 60, (180, 330), 10, with_alpha(FOAM, 0.25))
    _eyes(canvas, INK, brow="#2c1a14", white=True)
    _nose(canvas, skin)
    _mouth(canvas, "#b23b3b", smile=40)
    for x in (296, 704):
        canvas.ring(x, 590, 40, 12, OCHRE)
    canvas.polygon([(340, 790), (500, 910), (660, 790), (610, 748), (500, 836), (390, 748)], FOAM)


def graham(canvas: Canvas) -> None:
    """Red beard, a knitted cap, a green sweater."""
    skin, hair = "#f2c6a8", "#b5562c"
    canvas.disc(500, 480, 372, "#9cb7d1")
    _shoulders(canvas, "#2d6350")
    _neck(canvas, skin)
    _ears(canvas, skin)
    _face(canvas, skin)
    canvas.polygon(
        [
            (302, 470),
            (322, 540),
            (404, 574),
            (500, 560),
            (596, 574),
            (678, 540),
            (698, 470),
            (694, 620),
            (628, 724),
            (500, 764),
            (372, 724),
            (306, 620),
        ],
        hair,
    )
    _eyes(canvas, "#2c4b5e", brow=hair)
    _nose(canvas, skin)
    canvas.polygon(
        [(384, 604), (500, 572), (616, 604), (568, 634), (500, 612), (432, 634)], mix(hair, INK, 0.16)
    )
    canvas.sector(500, 626, 40, (0, 180), "#8a3b30")
    canvas.sector(500, 380, 226, (180, 360), "#27475c")
    canvas.box(266, 330, 468, 92, "#1c3547", round_by=30)
    for number in range(15):
        canvas.box(282 + 30 * number, 338, 9, 76, with_alpha(FOAM, 0.14), round_by=4)
    canvas.disc(500, 150, 52, CREAM)
    for x, y in ((478, 134), (516, 160), (500, 176)):
        canvas.disc(x, y, 9, with_alpha(INK, 0.12))
    for row in range(3):
        top = 850 + 54 * row
        points = [(180 + 40 * n, top + (26 if n % 2 else 0)) for n in range(17)]
        canvas.line(points, 9, with_alpha(FOAM, 0.55))
    canvas.box(380, 736, 240, 66, "#244f40", round_by=30)


def _shoulders(canvas: Canvas, cloth: str) -> None:
    canvas.box(140, 770, 720, 420, cloth, round_by=190)
    canvas.box(140, 960, 720, 60, cloth)


def _neck(canvas: Canvas, skin: str) -> None:
    canvas.box(412, 620, 176, 200, mix(skin, INK, 0.14), round_by=70)


def _ears(canvas: Canvas, skin: str) -> None:
    for x in (298, 702):
        canvas.disc(x, 500, 42, mix(skin, INK, 0.08), squash=1.25)


def _face(canvas: Canvas, skin: str, *, top: float = 250) -> None:
    canvas.box(306, top, 388, 710 - top, skin, round_by=190)
    # The far side of the face lies in a light shadow.
    canvas.sector(500, 516, 194, (-64, 64), with_alpha(INK, 0.05))


def _eyes(canvas: Canvas, iris: str, *, brow: str, brow_lift: float = 0, white: bool = False) -> None:
    for side, x in ((-1, 418), (1, 582)):
        if white:
            canvas.disc(x, 472, 30, FOAM, squash=0.72)
        canvas.disc(x, 472, 18, iris)
        canvas.disc(x + 6, 466, 5, FOAM)
        arch = [
            (x - 48, 412 - brow_lift - 4 * side),
            (x, 396 - brow_lift),
            (x + 48, 412 - brow_lift + 4 * side),
        ]
        canvas.line(arch, 13, brow)


def _nose(canvas: Canvas, skin: str) -> None:
    canvas.polygon([(500, 470), (534, 566), (478, 572)], mix(skin, INK, 0.12))


def _mouth(canvas: Canvas, colour: str, *, smile: float) -> None:
    canvas.arc(500, 612 - smile, 66, (32, 148), 13, colour)
