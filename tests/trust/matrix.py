"""The table of who is answered what: every pattern of the resolver × method × the nine who ask.

`matrix.toml` holds it as rules: the answers of the nine to each method, and the addresses that give them. A
pattern that no rule names fails, and says what to write.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.urls import reverse

from tests.caches import clear_caches
from tests.trust.actors import ACTORS, Actor
from tests.trust.addresses import Address
from tests.trust.requests import Answer, Asked, leads_to_sign_in, send

TABLE = Path(__file__).with_name("matrix.toml")
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
SIGN_IN, REFUSED = "in", "no"
Answers = dict[str, tuple[str, ...]]  # by method, in the order of ACTORS

PARTIES = {
    ACTORS: "Everybody",
    (): "Nobody",
    ("administrator",): "Administrators",
    ("employee", "administrator"): "The crews and administrators",
    ("editor", "administrator"): "Editors and administrators",
    ("moderator", "administrator"): "Moderators and administrators",
    ("editor", "moderator", "administrator"): "Editors, moderators and administrators",
    ("employee", "employee_outside", "editor", "moderator", "administrator"): "Employees",
    ("anonymous", "visitor", "other_visitor", "former_employee"): "Whoever has no account",
}

HEADING = """\
# Who is answered what, at every address that the resolver knows. Read docs/reference/trust.md before you add
# to it: the answers are promises, and `make trust` holds the portal to them.
#
# Nine answers to a line, to these nine in this order:
#   {actors}
# A number is a status; `in` leads to the sign-in, `no` is Wagtail's refusal: back to the front of the admin.
# What stands behind “@” is what was asked for: its state, or among whom it is read.
"""


@dataclass
class Rule:
    """Answers that hold at several addresses."""

    about: str
    answers: Answers
    addresses: list[str]


@dataclass
class Result:
    """What the matrix found."""

    patterns: int = 0
    requests: int = 0
    undeclared: list[str] = field(default_factory=list)
    deviations: list[str] = field(default_factory=list)

    @property
    def line(self) -> str:
        return (
            f"matrix: {self.patterns} patterns, {len(self.undeclared)} undeclared, "
            f"{len(self.deviations)} deviations"
        )


def read_rules() -> list[Rule]:
    rules = []
    for entry in tomllib.loads(TABLE.read_text())["rule"]:
        about, names = entry.pop("about"), entry.pop("addresses")
        answers = {
            method: tuple(line.split()) for methods, line in entry.items() for method in methods.split(", ")
        }
        rules.append(Rule(about, answers, names))
    return rules


def declared(rules: Iterable[Rule]) -> dict[str, Answers]:
    """Return the answers by the name of each address; a name that stands twice is a mistake."""
    table: dict[str, Answers] = {}
    for rule in rules:
        for name in rule.addresses:
            if name in table:
                raise ValueError(f"{TABLE.name} names “{name}” twice.")
            table[name] = rule.answers
    return table


def check(
    actors: dict[str, Actor],
    found: Iterable[Address],
    methods: Iterable[str] = METHODS,
    wants: Callable[[Address, str], bool] = lambda address, actor: True,
    at: str = "",
) -> Result:
    """Ask at each address, or where its name has the pattern `at`, as each of the actors, and compare."""
    rules = read_rules()
    found = [address for address in found if re.search(at, address.name)]
    table = {name: answers for name, answers in declared(rules).items() if re.search(at, name)}
    result = Result(patterns=len({address.route for address in found}))
    for address in found:
        if address.name not in table:
            result.undeclared.append(what_to_write(address, actors, rules))
            continue
        for method in methods:
            expected = dict(zip(ACTORS, table[address.name][method], strict=True))
            for name, actor in actors.items():
                if not wants(address, name):
                    continue
                result.requests += 1
                answer = ask(actor, address, method)
                if answer != expected[name]:
                    result.deviations.append(
                        f"{method} {address.name}: {name} is answered {answer}, declared {expected[name]}"
                    )
    names = {address.name for address in found}
    result.deviations += [f"{name}: declared, and no longer there" for name in table if name not in names]
    return result


def in_brief(address: Address, actor: str) -> bool:
    """Whether a short look asks this: our own addresses, and the crews' and the desk's in the admin."""
    if not address.is_admin:
        return actor in {"anonymous", "employee_outside", "former_employee"}
    is_telling = address.subject == "crews" or "moderation" in address.route or address.route == "admin/"
    return is_telling and actor in {"employee", "editor", "moderator"}


def ask(actor: Actor, address: Address, method: str) -> str:
    """Return the answer in the words of the table, whatever was asked before."""
    clear_caches()
    return in_words(actor, send(actor, Asked(address.path, method)))


def in_words(actor: Actor, answer: Answer) -> str:
    # What is sent without a session is answered by a page that says so, with its words.
    if answer.status == 401 or (answer.status == 302 and leads_to_sign_in(answer)):
        return SIGN_IN
    if answer.status == 302 and answer.place == reverse("wagtailadmin_home"):
        return REFUSED
    return str(answer.status)


def measure(actors: dict[str, Actor], address: Address) -> Answers:
    """Return what is answered at an address now."""
    return {
        method: tuple(ask(actors[name], address, method) for name in ACTORS if name in actors)
        for method in METHODS
    }


def what_to_write(address: Address, actors: dict[str, Actor], rules: list[Rule]) -> str:
    """Say, for an address without a row, what it answers now and where that would be written."""
    answers = measure(actors, address)
    same = next((rule for rule in rules if rule.answers == answers), None)
    if same:
        advice = f"add the line below to the addresses of the rule “{same.about}”:\n  '{address.name}',"
    else:
        advice = "add this rule:\n" + write_rule(Rule(in_short(answers), answers, [address.name]))
    here = f"{address.name} is not declared in tests/trust/{TABLE.name}."
    return f"{here} If what it answers now is right, {advice}"


# --- Writing the table ---------------------------------------------------------------------------


def write_table(actors: dict[str, Actor], found: Iterable[Address]) -> None:
    """Write the table as the portal answers now; rules whose answers are the same keep their words.

    For a change that touches many addresses at once. Read the difference line by line before you keep it.
    """
    known = {freeze(rule.answers): rule.about for rule in read_rules()} if TABLE.exists() else {}
    by_answers: dict[tuple, list[str]] = defaultdict(list)
    for address in found:
        by_answers[freeze(measure(actors, address))].append(address.name)
    rules = [
        Rule(known.get(answers) or in_short(dict(answers)), dict(answers), sorted(names))
        for answers, names in by_answers.items()
    ]
    rules.sort(key=lambda rule: rule.addresses[0])
    heading = HEADING.format(actors=", ".join(ACTORS))
    TABLE.write_text(heading + "\n" + "\n".join(write_rule(rule) for rule in rules))


def in_short(answers: Answers) -> str:
    """Say in words whom the answers serve, for a rule that nobody has described yet."""
    looks, sends = served(answers["GET"]), served(answers["POST"])
    words = f"{PARTIES.get(looks, ', '.join(looks))} may look"
    if sends != looks:
        words += f"; {PARTIES.get(sends, ', '.join(sends)).lower()} may send"
    if "500" in answers["POST"] + answers["GET"]:
        words += " (Wagtail stumbles over an empty form)"
    return words


def served(line: tuple[str, ...]) -> tuple[str, ...]:
    """Return those who are answered with more than a refusal."""
    return tuple(
        name
        for name, answer in zip(ACTORS, line, strict=True)
        if answer not in {SIGN_IN, REFUSED, "403", "404", "405"}
    )


def freeze(answers: Answers) -> tuple:
    return tuple((method, answers[method]) for method in METHODS)


def write_rule(rule: Rule) -> str:
    methods: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for method in METHODS:
        methods[rule.answers[method]].append(method)
    lines = ["[[rule]]", f'about = "{rule.about}"']
    for answers, names in methods.items():
        columns = " ".join(f"{answer:>3}" for answer in answers)
        lines.append(f'"{", ".join(names)}" = "{columns}"')
    lines += ["addresses = [", *(f"  '{name}'," for name in rule.addresses), "]", ""]
    return "\n".join(lines)
