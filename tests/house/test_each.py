"""A rule that is asked about many files in one test names each that breaks it."""

import pytest

from tests.house.each import each


def rule(name):
    assert name != "wrong.py", f"{name}: mend it."
    assert len(name) < 10 / (name != "odd.py")


def test_all_that_is_wrong_is_told_at_once():
    with pytest.raises(AssertionError) as failure:
        each(["right.py", "wrong.py", "odd.py", "wrong.py"])(rule)()
    told = str(failure.value)
    assert told.count("wrong.py: mend it.") == 2
    assert "odd.py: ZeroDivisionError" in told
    assert "right.py" not in told


def test_what_is_right_passes():
    each(["right.py"])(rule)()


def test_a_list_without_names_is_a_fault():
    with pytest.raises(AssertionError, match="mend the list"):
        each([])(rule)()
