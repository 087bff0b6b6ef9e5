"""Dialogues: three with the public, three among employees; each module holds one in both languages."""

from demo.content.dialogues import (
    bicycles_aboard,
    foghorn,
    radios_on_deck,
    stops_and_hours,
    wasted_time,
    winter_rotations,
)
from demo.content.shapes import Dialogue

_DIALOGUES = (stops_and_hours, bicycles_aboard, foghorn, wasted_time, winter_rotations, radios_on_deck)

DIALOGUES: tuple[Dialogue, ...] = tuple(
    dialogue for module in _DIALOGUES for dialogue in (module.FRENCH, module.ENGLISH)
)
