"""The house's rules about text, as functions: source in, sentences out. None means that all is well.

They are apart from the tests that apply them, so that each can be seen to fail on a sample.
"""

import ast
import re
from collections.abc import Iterator

from tools.translations import MISSPACED

FORBIDDEN_MODULES = {"utils", "helpers", "common", "misc", "services", "tools", "lib"}
DATA_SCRIPTS = {"application/ld+json", "application/json"}
UNSAFE_NAMES = {"mark_safe", "SafeText"}
ADDRESSES_OF_REQUESTS = {"build_absolute_uri", "get_full_url"}
MODULE_LENGTH = 300  # lines
FUNCTION_LENGTH = 8  # lines of the function in the middle, its docstring included
FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX)\b")


def template_faults(text: str, *, is_mail: bool = False) -> Iterator[str]:
    """What a template may not hold under the content policy, or where visitors' words pass through it.

    A message is read in a mail program, which takes its style sheet from the message or from nowhere.
    """
    text = without_comments(text)
    for line, found in find(r"\sstyle\s*=", text):
        yield f"line {line}: a style attribute ({found}): the content policy blocks it. Write a class."
    if "<style" in text and not is_mail:
        yield "a <style> element: the content policy blocks it. Write a style sheet."
    for line, found in find(r"\son[a-z]+\s*=\s*[\"']", text):
        yield f"line {line}: an event attribute ({found}): the content policy blocks it. Write a module."
    for line, found in find(r"javascript:", text):
        yield f"line {line}: {found} in an address: the content policy blocks it."
    for match in re.finditer(r"<script\b([^>]*)>", text):
        kind = re.search(r"type=\"([^\"]*)\"", match[1])
        if "src=" not in match[1] and not (kind and kind[1] in DATA_SCRIPTS):
            line = text.count("\n", 0, match.start()) + 1
            yield f"line {line}: an inline script: the content policy blocks it. Write a module in js/."
    for line, found in find(r"\|\s*safe(seq)?\b|autoescape\s+off", text):
        yield f"line {line}: “{found}” switches escaping off. Make the value safe where it is made."
    for line, found in find(r"tabindex=[\"']?[1-9]", text):
        yield f"line {line}: {found} breaks the order of the keyboard. Write 0 or -1, or nothing."
    for line, found in find(r"(src|href)=[\"'](https?:)?//", text):
        yield f"line {line}: {found}… fetches or names another machine. Serve it ourselves, or pass it in."


def component_faults(text: str) -> Iterator[str]:
    """What every component has, so that it can be included without reading it."""
    if not re.match(r"\{% comment %\}.*?Inputs:.*?\{% endcomment %\}", text, re.DOTALL):
        yield "it must open with a comment that ends in “Inputs: …” (or “Inputs: none.”)."


def include_faults(text: str) -> Iterator[str]:
    """Components see what they are given, and nothing else."""
    for line, found in find(r"\{% include \"components/[^%]*%\}", without_comments(text)):
        if not found.removesuffix("%}").rstrip().endswith(" only"):
            yield f"line {line}: {found}: pass its inputs by name and end in “only”."


def unworn_classes(styles: str, sources: str) -> Iterator[str]:
    """Classes that a style sheet names and no template, script or module wears.

    What a template puts together is worn: `note--{{ kind }}` wears each `note--…`, `{{ block }}__credit` each
    `…__credit`.
    """
    styles = re.sub(r"/\*.*?\*/|url\([^)]*\)|\"[^\"]*\"", "", styles, flags=re.DOTALL)
    for name in sorted(set(re.findall(r"\.([a-z][\w-]*)", styles))):
        stem, _, _ = name.partition("--")
        ways = (
            rf"(?<![\w-]){name}(?![\w-])",
            rf"(?<![\w-]){stem}--\{{",
            rf"\}}__{name.partition('__')[2]}(?![\w-])",
        )
        if not any(re.search(way, sources) for way in ways):
            yield f".{name} is worn by nothing: delete its rule, or mend its name."


def code_faults(source: str) -> Iterator[str]:
    """What Python code of the house does not do."""
    tree = ast.parse(source)
    for function in ast.walk(tree):
        if not isinstance(function, FUNCTIONS) or function.name == "ready":
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield (
                    f"line {node.lineno}: an import inside {function.name}(): if it seems needed, the layer "
                    "is wrong. Move the import up, or the function."
                )
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in ADDRESSES_OF_REQUESTS:
            yield (
                f"line {node.lineno}: {node.attr} takes the host of whoever asks. Write `page.full_url`, or "
                "`whole_address` of `portal.sites`."
            )


def length_faults(source: str) -> Iterator[str]:
    """What is too long to be read at one go."""
    if (length := source.count("\n")) > MODULE_LENGTH:
        yield (
            f"{length} lines: make it a package of the same name, split by noun, or give "
            "a noun of it to a module beside it."
        )


def function_lengths(source: str) -> list[int]:
    """Return how many lines each function has, from its name to its end."""
    functions = (node for node in ast.walk(ast.parse(source)) if isinstance(node, FUNCTIONS))
    return [(node.end_lineno or node.lineno) - node.lineno + 1 for node in functions]


def unsafe_names(source: str) -> set[str]:
    """Return the names by which code declares text to be safe."""
    names = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    return names & UNSAFE_NAMES


def environment_variables(source: str) -> set[str]:
    """Return the variables of the environment that code reads, whether by our readers or by itself."""
    found: set[str] = set()
    constants = module_constants(source)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args and reads_environment(node.func):
            found |= names_in(node.args[0], constants)
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
            found |= names_in(node.slice, constants)
    return found


def reads_environment(function: ast.expr) -> bool:
    name = ast.unparse(function)
    return name in {"os.environ.get", "os.getenv", "os.environ.setdefault"} or name.rpartition(".")[
        2
    ].startswith("read_")


def names_in(node: ast.expr, constants: dict[str, str]) -> set[str]:
    if isinstance(node, ast.Name):
        return {constants[node.id]} if node.id in constants else set()
    is_name = isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isupper()
    return {node.value} if is_name else set()


def module_constants(source: str) -> dict[str, str]:
    return {
        target.id: node.value.value
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name) and isinstance(node.value.value, str)
    }


def names_of(source: str) -> set[str]:
    """Return what a module names or is given by name, and the strings in it that could be names."""
    found = names_bound(source)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.keyword) and node.arg:
            found.add(node.arg)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
            found.add(node.value)
    return found


def names_bound(source: str) -> set[str]:
    """Return the names that a module gives: to classes, functions, their parameters, and what is assigned."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
    return found


def typing_faults(source: str) -> Iterator[str]:
    """Words for readers that are typed rather than set: spaces about marks, straight apostrophes."""
    tree = ast.parse(source)
    remarks = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in remarks:
            words = re.sub(r"<[^>]*>", "", node.value)
            if found := MISSPACED.search(words) or re.search(r"\w'\w", words):
                yield f"line {node.lineno}: “{words[max(0, found.start() - 25) : found.end() + 9]}”"


def unfinished_words(text: str) -> Iterator[str]:
    """What says that something was left for later."""
    for line, found in find(UNFINISHED.pattern, text):
        yield f"line {line}: “{found}”. Do it, or open an issue and leave the code whole."


def without_comments(text: str) -> str:
    """Return a template without its comments, line for line."""
    text = re.sub(
        r"\{% comment.*?endcomment %\}", lambda match: "\n" * match[0].count("\n"), text, flags=re.DOTALL
    )
    return re.sub(r"\{#.*?#\}", "", text)


def find(pattern: str, text: str) -> Iterator[tuple[int, str]]:
    """Return each match of a pattern with the number of its line."""
    for match in re.finditer(pattern, text):
        yield text.count("\n", 0, match.start()) + 1, match[0].strip()
