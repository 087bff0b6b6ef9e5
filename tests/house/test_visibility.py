"""Who sees what is written past the models in known places only, and each of them tells (decision 32)."""

import pytest

from tests.house.each import each
from tests.house.test_text import MODULES, read
from tests.house.visibility_rules import writes_past_models

# By module and function: what makes it right. `tests.visibility` watches that these tell.
KNOWN = {
    "dialogue/actions/counts.py": {
        "add_to_counts": "figures: `recount` and whoever moves a comment tell",
        "_move_thread": "figures, the same",
        "recount": "figures, told for the page",
    },
    "dialogue/actions/erasures.py": {
        "blank_versions": "versions that readers never had, or of what is erased",
    },
    "dialogue/actions/fragments.py": {
        "renew_fragments": "tells of each batch",
        "renew_versions": "tells of each batch",
    },
    "dialogue/actions/consents.py": {"forget_consents": "the lock of its caller tells"},
    "dialogue/actions/statuses.py": {"_write_status": "its lock tells"},
    "dialogue/actions/quotations.py": {"date_quotations": "tells of the page"},
    "dialogue/models/bindings.py": {"place_quotations": "whoever calls it tells of the page"},
    "dialogue/models/pages.py": {"save": "tells of the page"},
    "dialogue/signals.py": {"close_internal_section": "tells of everything"},
    "mail/actions/choices.py": {"_follow_preference": "the status of messages"},
    "mail/actions/delivery.py": {"_settle": "the status of messages"},
    "mail/actions/outbox.py": {"resend_mail": "the status of messages"},
    "moderation/personal_data.py": {"erase": "the words of flags"},
    "moderation/querysets.py": {"forget_person": "the words of flags", "forget_words": "those of appeals"},
    "people/actions/devices.py": {"trust_device": "devices"},
    "people/models/accounts.py": {"update": "passes on what it is given, for accounts"},
    "privacy/actions/erasures.py": {"scrub_database": "the file of the index"},
}


@each(name for name in MODULES if not name.startswith("demo/"))
def test_what_others_may_see_is_written_where_it_is_known(name):
    known = KNOWN.get(name, {})
    unknown = {found for found in writes_past_models(read(name)) if found[0] not in known}
    assert not unknown, (
        f"{name} writes past the models what may decide who sees what: {sorted(unknown)}. Use a verb of "
        "`dialogue.actions`, or call `portal.visibility.visibility_changed` in the same transaction and "
        "name the place in KNOWN."
    )


def test_every_place_is_still_needed():
    written = {name: {function for function, _what in writes_past_models(read(name))} for name in KNOWN}
    idle = [(name, function) for name in KNOWN for function in KNOWN[name] if function not in written[name]]
    assert not idle, f"Take these out of KNOWN: {idle}"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Comment.objects.filter(pk=1).update(status='hidden')", "status"),
        ("rows.update(**values)", "**"),
        ("Page.objects.bulk_update(pages, ['title', 'live'])", "live"),
        ("Page.objects.bulk_update(pages, FIELDS)", "**"),
        ("cursor.execute('UPDATE wagtailcore_page SET live = false')", "SQL"),
        ("cursor.execute(f'DELETE FROM {table}')", "SQL"),
        ("rows.update(title='Autre')", None),
        ("cursor.execute('SELECT 1')", None),
        ("found.update(dict(status=1))", None),
    ],
)
def test_the_rule_itself(line, found):
    expected = {("act", found)} if found else set()
    assert set(writes_past_models(f"def act():\n    {line}\n")) == expected
