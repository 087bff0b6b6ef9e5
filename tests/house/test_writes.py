"""The demonstration and the bench do what people and importers do, and write past no action (decision 33)."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from wagtail.contrib.settings.models import BaseGenericSetting, BaseSiteSetting
from wagtail.models import Page

from tests.house.each import each
from tests.house.write_rules import writes_past_actions

ROOT = Path(settings.BASE_DIR)
FILES = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("demo", "bench")
    for path in (ROOT / folder).rglob("*.py")
)
# Pages are made as editors make them, and settings as administrators do.
MADE_BY_HAND = (Page, BaseSiteSetting, BaseGenericSetting)
MODELS = {
    model.__name__
    for app in ("dialogue", "moderation")
    for model in apps.get_app_config(app).get_models()
    if not issubclass(model, MADE_BY_HAND)
}


@each(FILES)
def test_it_writes_past_no_action(name):
    found = list(writes_past_actions((ROOT / name).read_text(encoding="utf-8"), MODELS))
    assert not found, (
        f"{name}: {found}. Use a verb of `dialogue.actions` or of `moderation.actions`: `import_comments` "
        "brings in what was said at another time."
    )


def test_it_is_about_what_is_said_and_decided():
    assert {"Comment", "CommentRevision", "CommentEvent", "Conversation", "FeaturedComment"} <= MODELS
    assert {"Decision", "Flag", "WaitingNotice"} <= MODELS
    assert "DialoguePage" not in MODELS


IMPORTS = "from dialogue.models import Comment, CommentEvent\nfrom moderation.models import Decision as D\n"


@pytest.mark.parametrize(
    "line",
    [
        "Comment.objects.create(text='')",
        "Comment.objects.filter(pk=1).update(hidden_at=now)",
        "CommentEvent._base_manager.filter(pk=1).delete()",
        "D.objects.bulk_create(rows)",
        "comment = Comment()\ncomment.save()",
        "rows = Comment.objects.all()\nfor row in rows:\n    row.save()",
        "for model in (CommentEvent, D):\n    model._base_manager.update(happened_at=now)",
        "def act(comment: Comment):\n    comment.events.all().delete()",
        "def act(comments: list[Comment]):\n    [one.save() for one in comments]",
        "if found := Comment.objects.first():\n    found.delete()",
        "cursor.execute('UPDATE dialogue_comment SET status = 1')",
        "cursor.execute('DELETE FROM \"moderation_decision\"')",
        "import time_machine",
        "from time_machine import travel",
    ],
)
def test_a_write_past_the_actions_is_found(line):
    assert list(writes_past_actions(IMPORTS + line, MODELS))


@pytest.mark.parametrize(
    "line",
    [
        "comments = Comment.objects.filter(pk=1)",
        "user.save()",
        "Participant.objects.bulk_create(people)",
        "comment = Comment(page=page)\nseen = rule_for(comment)\nuser.save()",
        "cursor.execute('SELECT * FROM dialogue_comment')",
    ],
)
def test_whatever_else_is_written_passes(line):
    assert not list(writes_past_actions(IMPORTS + line, MODELS))
