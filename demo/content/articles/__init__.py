"""Articles, newest first; each module holds one story in both languages."""

from demo.content.articles import (
    departure_board,
    eleven_minutes,
    fog_forecast,
    ice_season,
    last_boat,
    lost_property,
    night_crew,
    shore_power,
    slow_to_converse,
    stops_first_answers,
    third_step,
    two_reasons,
    wrong_message,
    year_in_figures,
)
from demo.content.shapes import Article

_STORIES = (
    stops_first_answers,
    last_boat,
    two_reasons,
    slow_to_converse,
    shore_power,
    ice_season,
    third_step,
    wrong_message,
    night_crew,
    eleven_minutes,
    fog_forecast,
    departure_board,
    lost_property,
    year_in_figures,
)

ARTICLES: tuple[Article, ...] = tuple(
    article for story in _STORIES for article in (story.FRENCH, story.ENGLISH)
)
