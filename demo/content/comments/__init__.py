"""Comments, by page; those of one language answer those of the same language only."""

from demo.content.comments import (
    among_employees,
    foghorn,
    ice_season,
    last_boat_english,
    last_boat_french,
    quiet_articles,
    shore_power,
    slow_to_converse,
    stops_and_hours,
    stops_first_answers,
    third_step,
    two_reasons,
    wrong_message,
)
from demo.content.shapes import Comment

_IN_BOTH_LANGUAGES = (
    slow_to_converse,
    two_reasons,
    stops_first_answers,
    shore_power,
    ice_season,
    third_step,
    wrong_message,
    quiet_articles,
    stops_and_hours,
    foghorn,
    among_employees,
)

# A comment always stands after the one that it answers.
COMMENTS: tuple[Comment, ...] = (
    *last_boat_french.FRENCH,
    *last_boat_english.ENGLISH,
    *(comment for module in _IN_BOTH_LANGUAGES for comment in (*module.FRENCH, *module.ENGLISH)),
)
