"""The ways in which a number may be written in a request, some of which Django reads as the number."""

from collections.abc import Callable

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")

# By name: what is sent for a number, given another that is open to whoever asks; a repeated parameter is two.
SPELLINGS: dict[str, Callable[[int, int], list[str]]] = {
    "as it is": lambda number, other: [str(number)],
    "space before": lambda number, other: [f" {number}"],
    "space behind": lambda number, other: [f"{number} "],
    "line break": lambda number, other: [f"\n{number}\t"],
    "sign": lambda number, other: [f"+{number}"],
    "zero": lambda number, other: [f"0{number}"],
    "underscore": lambda number, other: [f"0_{number}"],
    "full width": lambda number, other: [str(number).translate(FULL_WIDTH)],
    "arabic": lambda number, other: [str(number).translate(ARABIC)],
    "decimal point": lambda number, other: [f"{number}.0"],
    "hexadecimal": lambda number, other: [hex(number)],
    "list": lambda number, other: [f"{number},{other}"],
    "closed last": lambda number, other: [str(other), str(number)],
    "closed first": lambda number, other: [str(number), str(other)],
    "closed last, with a space": lambda number, other: [str(other), f" {number}"],
    "all": lambda number, other: ["all"],
}
