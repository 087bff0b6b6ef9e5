"""What the templates and the code of the house hold, and what they do not."""

import subprocess
from functools import cache
from pathlib import Path
from statistics import median

import pytest
from django.conf import settings
from django.template.loader import get_template

from tests.house import rules
from tests.house.each import each
from tests.project import APPS

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted(
    path.relative_to(ROOT / "templates").as_posix() for path in ROOT.glob("templates/**/*.html")
)
COMPONENTS = [name for name in TEMPLATES if name.startswith("components/")]
MODULES = sorted(
    path.relative_to(ROOT).as_posix()
    for app in APPS
    for path in (ROOT / app).rglob("*.py")
    if "migrations" not in path.parts
)
PROGRAMS = sorted(
    path.relative_to(ROOT).as_posix() for place in ("bench", "tools") for path in (ROOT / place).rglob("*.py")
)
# Who may declare text to be safe, and why it is.
SAFE_HERE = {
    "blog/templatetags/blog_tags.py": "JSON for search engines: every sign that could open markup is escaped",
    "dialogue/excerpts.py": "every word is escaped when it is written, and the marks are ours",
    "dialogue/fragments.py": "a template of ours made it, and all that fills it is escaped",
    "dialogue/models/words.py": "comments rendered by dialogue.markup, which escapes everything",
    "portal/page_store/fault_frames.py": "a template of ours made it, and kept it in a file of ours",
    "portal/templatetags/portal_tags.py": "rich text as Wagtail made it: what is added to it is escaped",
}
# Words and pictures rather than code: their length is that of what they tell.
CONTENT = ("demo/content/", "demo/pictures/")
CODE = [name for name in MODULES if not name.startswith(CONTENT)]


@cache  # for each rule that looks at it
def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def report(name: str, faults: object) -> None:
    found = list(faults)
    assert not found, f"{name}\n" + "\n".join(f"  {fault}" for fault in found)


class TestTemplates:
    @each(TEMPLATES)
    def test_it_compiles(self, name):
        get_template(name)

    @each(TEMPLATES)
    def test_it_keeps_the_content_policy_and_the_escaping(self, name):
        text = read(f"templates/{name}")
        report(f"templates/{name}", rules.template_faults(text, is_mail=name == "mail/message.html"))

    @each(TEMPLATES)
    def test_it_passes_inputs_by_name(self, name):
        report(f"templates/{name}", rules.include_faults(read(f"templates/{name}")))

    @each(COMPONENTS)
    def test_a_component_names_its_inputs(self, name):
        report(f"templates/{name}", rules.component_faults(read(f"templates/{name}")))

    def test_none_stands_in_an_app(self):
        strays = [
            str(path.relative_to(ROOT)) for app in APPS for path in (ROOT / app).rglob("templates/**/*.html")
        ]
        assert not strays, f"Templates live in the folder templates/ alone. Move {strays}."


class TestCode:
    @each(MODULES)
    def test_it_imports_at_the_top_and_names_our_own_host(self, name):
        report(name, rules.code_faults(read(name)))

    @each([*CODE, *PROGRAMS])
    def test_it_stays_short(self, name):
        report(name, rules.length_faults(read(name)))

    def test_so_do_the_functions(self):
        lengths = [length for name in CODE for length in rules.function_lengths(read(name))]
        assert median(lengths) <= rules.FUNCTION_LENGTH, (
            f"Half of the functions have {median(lengths)} lines or more: let each do one thing."
        )

    @each(MODULES)
    def test_it_is_named_by_what_it_is_about(self, name):
        vague = rules.FORBIDDEN_MODULES & set(Path(name).with_suffix("").parts)
        assert not vague, f"{name}: “{', '.join(vague)}” says nothing. Name the module by its noun."

    @each(MODULES)
    def test_only_reasoned_places_declare_text_safe(self, name):
        names = rules.unsafe_names(read(name))
        assert not names or name in SAFE_HERE, (
            f"{name} uses {', '.join(names)}: write format_html, or give the reason in SAFE_HERE."
        )

    def test_every_reason_is_still_needed(self):
        idle = [
            name for name in SAFE_HERE if not (ROOT / name).exists() or not rules.unsafe_names(read(name))
        ]
        assert not idle, f"Take these out of SAFE_HERE, they declare nothing safe any more: {idle}"


class TestStyles:
    def test_each_class_is_worn(self):
        css = ROOT / "portal/static/css"  # the admin's sheet names classes of Wagtail
        styles = "\n".join(path.read_text() for path in (*css.glob("*.css"), *css.glob("components/*.css")))
        sources = [
            path.read_text() for path in (*ROOT.glob("templates/**/*.*"), *ROOT.glob("*/static/js/**/*.js"))
        ]
        sources += [read(name) for name in MODULES]
        report("Style sheets:", rules.unworn_classes(styles, "\n".join(sources)))


def tracked_files() -> list[str]:
    git = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607 - the reader's own git
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    binary = {".woff2", ".png", ".jpg", ".ico", ".mo", ".zip", ".pdf"}
    names = (name for name in git.stdout.splitlines() if Path(name).suffix not in binary)
    return sorted(name for name in names if (ROOT / name).is_file())


def test_nothing_is_left_for_later():
    faults = [
        f"{name} {fault}"
        for name in tracked_files()
        if not name.startswith("requirements/")
        for fault in rules.unfinished_words(read(name))
    ]
    report("The words that put things off:", faults)


class TestTheRulesThemselves:
    """Each rule is seen to fail."""

    def test_a_class_that_nothing_wears_is_faulted(self):
        worn = '<p class="a b--{{ kind }} {{ block }}__part">'
        assert list(rules.unworn_classes(".a, .c { margin: .5rem }", worn)) == [
            ".c is worn by nothing: delete its rule, or mend its name."
        ]
        assert not list(rules.unworn_classes(".a {} .b--x {} .c__part {} /* .d */", worn))

    @pytest.mark.parametrize(
        "sample",
        [
            '<p style="color: red">',
            "<style>p { color: red }</style>",
            "<button onclick='go()'>",
            '<a href="javascript:go()">',
            "<script>go()</script>",
            '<script type="module">go()</script>',
            "{{ comment.text|safe }}",
            "{% autoescape off %}",
            '<p tabindex="3">',
            '<img src="https://cdn.example.com/x.png">',
            '<link href="//cdn.example.com/x.css">',
        ],
    )
    def test_a_template_is_faulted(self, sample):
        assert list(rules.template_faults(sample))

    @pytest.mark.parametrize(
        "sample",
        [
            '<p class="style">{{ comment.body }}</p>',
            '<script type="module" src="/x.js"></script>',
            '<script type="application/ld+json">{}</script>',
            '{# <p style="x"> #}<div tabindex="-1">',
            '<a href="{{ url }}">',
        ],
    )
    def test_a_template_is_not_faulted(self, sample):
        assert not list(rules.template_faults(sample))

    def test_a_component_without_inputs_is_faulted(self):
        assert list(rules.component_faults("<p>{{ title }}</p>"))
        assert not list(rules.component_faults("{% comment %}\nA card. Inputs: title.\n{% endcomment %}"))

    def test_an_open_include_is_faulted(self):
        assert list(rules.include_faults('{% include "components/card.html" with title=page.title %}'))
        assert not list(
            rules.include_faults('{% include "components/card.html" with title=page.title only %}')
        )

    def test_an_import_inside_a_function_is_faulted(self):
        assert list(rules.code_faults("def act():\n    import os\n"))
        assert not list(rules.code_faults("class A:\n    def ready(self):\n        import os\n"))

    def test_r24_an_address_of_the_request_is_faulted(self):
        assert list(rules.code_faults("url = request.build_absolute_uri('/')\n"))
        assert list(rules.code_faults("url = page.get_full_url(request)\n"))
        assert not list(rules.code_faults("url = page.full_url\n"))

    def test_a_long_module_is_faulted(self):
        assert list(rules.length_faults("x = 1\n" * 301))
        assert not list(rules.length_faults("x = 1\n" * 300))

    def test_functions_are_measured(self):
        source = '@cache\ndef one():\n    """Say."""\n    return 1\n\n\nclass A:\n    def two(self): ...\n'
        assert rules.function_lengths(source) == [3, 1]

    def test_a_declaration_of_safety_is_seen(self):
        assert rules.unsafe_names("from x import mark_safe\nmark_safe(text)") == {"mark_safe"}

    def test_a_variable_of_the_environment_is_seen(self):
        source = (
            'NAME = "E"\nread_text("A", "")\nenv.read_switch("B")\n'
            'os.environ["C"]\nos.getenv("D")\nos.environ.get(NAME)'
        )
        assert rules.environment_variables(source) == {"A", "B", "C", "D", "E"}

    def test_a_word_that_puts_things_off_is_seen(self):
        assert list(rules.unfinished_words("x = 1  # TO" + "DO: later"))
        assert not list(rules.unfinished_words("Mastodon"))
