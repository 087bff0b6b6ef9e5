"""Versions say which renderer rendered them, and passages stand where the plain text has them now.

The second renderer leaves marks in the plain text that the first took out, so what stood behind them has moved.
"""

import re
from html import unescape

from django.db import migrations, models

from dialogue import markup
from dialogue.passages import find_words

_EMPHASIS_OR_LINK = re.compile(r"</?(?:em|strong|a)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_PERHAPS_MARKS = r"\s+(?:(?:[-*>]|\d{1,3}\.)\s+)*+"
_BLANK_LINES = re.compile(r"\n{2,}")


def plain_of_first_renderer(html):
    """Return the plain text that belonged to what the first renderer wrote."""
    html = _EMPHASIS_OR_LINK.sub("", html.replace("\n", ""))
    html = html.replace("<br>", "\n").replace("</p>", "\n\n")
    html = re.sub(r"([^>\n])(?=<(?:ul|ol|blockquote)\b|</li>)", "\\1\n", html)
    html = re.sub(r"</[uo]l>", "\n", html)
    return _BLANK_LINES.sub("\n\n", unescape(_TAG.sub("", html))).strip("\n")


def find_moved(text, words):
    """Return where words of the first plain text stand now: marks may have come between them."""
    if not words.strip():
        return None
    pattern = _PERHAPS_MARKS.join(map(re.escape, words.split()))
    place = re.search(pattern, markup.plain(text))
    return find_words(markup.Words.of(text), words) or (place.span() if place else None)


def move_passages(apps, schema_editor):
    comments = apps.get_model("dialogue", "Comment").objects
    versions = apps.get_model("dialogue", "CommentRevision").objects
    fields = ("parent_id", "passage_version", "passage_start", "passage_end")
    for reply in list(comments.filter(passage_start__isnull=False).only(*fields)):
        version = versions.filter(comment_id=reply.parent_id, version=reply.passage_version).first()
        if version is None or not version.text:  # nothing is shown of it, whatever the range
            continue
        words = plain_of_first_renderer(version.html)[reply.passage_start : reply.passage_end]
        start, end = find_moved(version.text, words) or (None, None)  # how it begins, should the words have no place
        comments.filter(pk=reply.pk).update(passage_start=start, passage_end=end)


class Migration(migrations.Migration):

    dependencies = [
        ('dialogue', '0008_follows'),
    ]

    operations = [
        migrations.AddField(
            model_name='commentrevision',
            name='renderer_version',
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.RunPython(move_passages, migrations.RunPython.noop),
    ]
