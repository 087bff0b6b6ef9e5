"""The rules about patches: what belongs to a library is changed in one package, and so is what it hides.

Like those of `rules`: source in, sentences out. What is inherited shows in classes, not in their source.
"""

import ast
from collections.abc import Iterator
from types import FunctionType

from tests.project import APPS

HOME = "portal/wagtail_patches/"
METHODS = FunctionType | classmethod | staticmethod | property
CHANGES = {"setattr", "delattr"}
CHANGING_METHODS = {"add_to_class", "register_converter"}
ANSWER = f"Write a module in {HOME}, which says for which version."


def patch_faults(source: str) -> Iterator[str]:
    """What code does to a library whose names it has imported."""
    tree = ast.parse(source)
    yield from _internal_imports(tree)
    foreign = _foreign_names(tree)
    for node in ast.walk(tree):
        for target in _changed_by(node):
            if _is_within(target) and _root_of(target) in foreign:
                yield f"line {node.lineno}: {ast.unparse(target)} is changed, and not ours. {ANSWER}"
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _changed_classes(node)


def inheritance_faults(kind: type) -> Iterator[str]:
    """What a class of ours, or a mixin of ours among its bases, replaces of a library's private methods."""
    bases = [base for base in kind.__mro__ if base is not object]
    for place, base in enumerate(bases):
        if _is_foreign(base.__module__) or base.__module__.startswith(HOME.strip("/").replace("/", ".")):
            continue
        for name, value in vars(base).items():
            if not (_is_private(name) and isinstance(value, METHODS)) or name.endswith("_"):
                continue
            for other in bases[place + 1 :]:
                if _is_foreign(other.__module__) and isinstance(vars(other).get(name), METHODS):
                    yield (
                        f"{base.__module__}.{base.__qualname__}.{name} replaces that of {other.__module__}, "
                        f"which is internal, and may be gone any day. Replace a public method. Or: {ANSWER}"
                    )


def _internal_imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and not node.level and _is_foreign(node.module or ""):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names if _is_foreign(alias.name)]
        else:
            continue
        for name in names:
            if any(part == "internal" or _is_private(part) for part in name.split(".")):
                yield f"line {node.lineno}: {name} is internal, and may be gone any day. {ANSWER}"


def _foreign_names(tree: ast.AST) -> set[str]:
    """Return the names that stand for something of a library: imported, or given to it here."""
    names = {
        alias.asname or alias.name.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        and not (isinstance(node, ast.ImportFrom) and node.level)
        for alias in node.names
        if _is_foreign((isinstance(node, ast.ImportFrom) and node.module) or alias.name)
    }
    while True:
        known = len(names)
        for node in ast.walk(tree):
            if isinstance(node, ast.For | ast.comprehension):
                names |= _bound(node.target) if _holds(node.iter, names) else set()
            elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                if _is_part_of(node.value, names) or _holds_literally(node.value, names):
                    names |= {name for target in targets for name in _bound(target)}
        if len(names) == known:
            return names


def _changed_by(node: ast.AST) -> Iterator[ast.expr]:
    """Yield what a statement or a call changes."""
    match node:
        case ast.Assign(targets=targets) | ast.Delete(targets=targets):
            for target in targets:
                yield from target.elts if isinstance(target, ast.Tuple | ast.List) else [target]
        case ast.AugAssign(target=target) | ast.AnnAssign(target=target):
            yield target
        case ast.Call(func=ast.Name(id=name), args=[changed, *_]) if name in CHANGES:
            yield ast.Attribute(changed, "…")
        case ast.Call(func=ast.Attribute(attr=name)) if name in CHANGING_METHODS:
            yield node.func


def _changed_classes(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
    """A class or module that is handed to a function and changed there is somebody else's."""
    given = {
        argument.arg
        for argument in [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
        if argument.arg != "cls"
        and argument.annotation is not None
        and ast.unparse(argument.annotation).partition("[")[0] in {"type", "ModuleType"}
    }
    for node in ast.walk(function):
        for target in _changed_by(node):
            if _is_within(target) and _root_of(target) in given:
                yield f"line {node.lineno}: {ast.unparse(target)} is changed, a class that is given. {ANSWER}"


def _is_within(target: ast.expr) -> bool:
    """Whether a target is a part of something; the environment of a process is no library's."""
    return not isinstance(target, ast.Name) and not ast.unparse(target).startswith("os.environ[")


def _is_foreign(module: str) -> bool:
    root = module.partition(".")[0]
    return root not in APPS and root != "tests"


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.endswith("__")


def _root_of(node: ast.expr) -> str | None:
    """Return the name with which a chain of attributes and keys begins."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def _is_part_of(value: ast.expr, names: set[str]) -> bool:
    """Whether a value is one of the names, or is reached through one without a call."""
    return _root_of(value) in names


def _holds_literally(value: ast.expr, names: set[str]) -> bool:
    members = (
        value.elts
        if isinstance(value, ast.Tuple | ast.List | ast.Set)
        else [key for key in value.keys if key is not None]
        if isinstance(value, ast.Dict)
        else []
    )
    return any(_is_part_of(member, names) for member in members)


def _holds(iterable: ast.expr, names: set[str]) -> bool:
    return _is_part_of(iterable, names) or _holds_literally(iterable, names)


def _bound(target: ast.expr) -> set[str]:
    names = (node for node in ast.walk(target) if isinstance(node, ast.Name))
    return {name.id for name in names if isinstance(name.ctx, ast.Store)}
