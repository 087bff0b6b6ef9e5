"""The rule about writes that go past the models: where who sees what is written so, it is known and told.

It is apart from the test that applies it, so that it can be seen to fail on a sample.
"""

import ast
import re
from collections.abc import Iterator

# Fields that decide who sees what, or what they see of it (`tests.visibility` watches their columns).
DECIDE = {
    *("status", "published_version", "text", "html", "fragment", "author_name", "accepted_at"),
    *("quote_consented_at", "quote_consent_version", "quote_consent_since"),
    *(
        "placed_at",
        "agreed_at",
        "declined_at",
        "withdrawn_at",
        "crossed_at",
        "ranges",
        "removals",
        "name_form",
        "name_detail",
        "agreed_for_public",
        "agreed_form",
        "agreed_name",
        "revision",
    ),
    *(
        "live",
        "path",
        "slug",
        "url_path",
        "expire_at",
        "go_live_at",
        "restriction_type",
        "collection",
        "body",
    ),
}
RAW = re.compile(r"\s*(UPDATE|DELETE|INSERT|REPLACE|TRUNCATE)\b", re.IGNORECASE)


def writes_past_models(source: str) -> Iterator[tuple[str, str]]:
    """Yield the function and what it writes there, of each write that no model and no signal hears of.

    What cannot be read from the source (`**values`, a name for a list of fields) counts as well.
    """
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                    yield from ((function.name, what) for what in _written(node, node.func.attr))


def _written(call: ast.Call, name: str) -> Iterator[str]:
    if name == "update":
        for keyword in call.keywords:
            if keyword.arg is None or keyword.arg in DECIDE:
                yield keyword.arg or "**"
    elif name in {"bulk_update", "abulk_update"} and len(call.args) > 1:
        fields = call.args[1]
        listed = fields.elts if isinstance(fields, ast.List | ast.Tuple) else [fields]
        names = {node.value if isinstance(node, ast.Constant) else "**" for node in listed}
        yield from sorted(names & {*DECIDE, "**"})
    elif name in {"execute", "executemany"} and call.args:
        texts = [node.value for node in ast.walk(call.args[0]) if isinstance(node, ast.Constant)]
        if any(isinstance(text, str) and RAW.match(text) for text in texts):
            yield "SQL"
