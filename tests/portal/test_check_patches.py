"""What of a library is changed here is looked at when its version changes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.checks import Tags, run_checks
from django.core.management import CommandError, call_command

from portal.wagtail_patches import load_patches

NEXT = "8.0.99"


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Let Python find another version of a distribution than is installed."""

    def install(distribution: str, version: str) -> None:
        folder = tmp_path / f"{distribution.replace('-', '_')}-{version}.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: {version}\n")
        monkeypatch.syspath_prepend(tmp_path)

    return install


def test_all_were_written_for_what_is_installed():
    assert run_checks(tags=[Tags.compatibility]) == []


def test_with_another_version_each_is_named_with_what_to_look_at(install):
    install("wagtail", NEXT)
    told = {fault.msg: fault for fault in run_checks(tags=[Tags.compatibility]) if fault.id == "portal.E005"}
    declared = {name: module.PATCH for name, module in load_patches()}
    patches = {name: patch for name, patch in declared.items() if patch.distribution == "wagtail"}
    assert len(told) == len(patches) > 1
    for name, patch in patches.items():
        said = f"The patch “{name}” was written for wagtail {patch.version}, and {NEXT} is installed."
        assert patch.look_at in told[said].hint


def test_those_of_other_libraries_are_not_complained_of(install):
    install("django-taggit", "99.0")
    [fault] = run_checks(tags=[Tags.compatibility])
    assert fault.msg.startswith("The patch “tag_slugs” was written for django-taggit ")


def test_nothing_starts_before_somebody_has_looked(install):
    install("django-allauth", "99.0")
    with pytest.raises(CommandError, match="was written for django-allauth"):
        call_command("check", tags=[Tags.compatibility])
