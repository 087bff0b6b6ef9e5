"""The rule about who writes the tables of the conversation: its actions, and those of moderation, alone.

It is apart from the test that applies it, so that it can be seen to fail on a sample.
"""

import ast
import re
from collections.abc import Collection, Iterator

WRITING = {"save", "delete", "update", "create", "get_or_create", "update_or_create"}
WRITING |= {"bulk_create", "bulk_update", "asave", "adelete", "aupdate", "acreate"}
RAW = re.compile(r"\b(INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+\W?(dialogue|moderation)_", re.IGNORECASE)
CLOCKS = {"time_machine", "freezegun"}


def writes_past_actions(source: str, models: Collection[str]) -> Iterator[str]:
    """Yield each write to the tables of `models` that is no action, and each clock that is turned back.

    What a name holds is followed from the models that a module imports: through assignments, loops and
    annotations.
    """
    tree = ast.parse(source)
    theirs = _names_of_rows(tree, _imported(tree, models))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in WRITING and _names(node.func.value) & theirs:
                yield f"line {node.lineno}: {ast.unparse(node.func)}"
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and RAW.search(node.value):
            yield f"line {node.lineno}: SQL"
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names = {getattr(node, "module", None), *(one.name for one in node.names)}
            yield from (f"line {node.lineno}: {name}" for name in sorted(CLOCKS & names))


def _imported(tree: ast.Module, models: Collection[str]) -> set[str]:
    """Return what the models are called in this module."""
    return {
        one.asname or one.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").split(".")[0] in {"dialogue", "moderation"}
        for one in node.names
        if one.name in models
    }


def _names_of_rows(tree: ast.Module, known: set[str]) -> set[str]:
    """Return `known` with every name that is given something of theirs."""
    while True:
        found = known | {
            name
            for node in ast.walk(tree)
            for target, value in _givings(node)
            if _names(value) & known
            for name in _names(target)
        }
        if found == known:
            return known
        known = found


def _givings(node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Yield what a statement gives to what."""
    if isinstance(node, ast.Assign):
        yield from ((target, node.value) for target in node.targets)
    elif isinstance(node, ast.AnnAssign):
        yield from ((node.target, value) for value in (node.annotation, node.value) if value is not None)
    elif isinstance(node, ast.NamedExpr):
        yield node.target, node.value
    elif isinstance(node, ast.For | ast.comprehension):
        yield node.target, node.iter
    elif isinstance(node, ast.arg) and node.annotation is not None:
        yield ast.Name(node.arg), node.annotation


def _names(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
