"""Everything that Nordet published: articles, dialogues, standing pages and what people wrote under them.

French and English are equals: every page has a twin with the same key. Comments have none, since each belongs
to the page of its language.
"""

from demo.content.articles import ARTICLES
from demo.content.comments import COMMENTS
from demo.content.dialogues import DIALOGUES
from demo.content.plain_pages import PLAIN_PAGES
from demo.content.topics import TOPICS

__all__ = ["ARTICLES", "COMMENTS", "DIALOGUES", "PLAIN_PAGES", "TOPICS"]
