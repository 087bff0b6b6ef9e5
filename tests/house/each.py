"""One test for many files: pytest would take longer to count thousands of them than to run them."""

from collections.abc import Callable, Iterable
from functools import wraps


def each(names: Iterable[str]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Let a test be asked about each of `names`, its last argument, and fail with all that it says.

    What it says must tell which of them is meant; of whatever else is raised, this here says it.
    """
    names = list(names)

    def of_each(test: Callable[..., None]) -> Callable[..., None]:
        @wraps(test)
        def ask(*arguments: object) -> None:
            assert names, "There is nothing to ask about: mend the list of names."
            faults = [fault for name in names if (fault := _fault(test, *arguments, name))]
            assert not faults, "\n".join(faults)

        del ask.__wrapped__  # type: ignore[attr-defined] - pytest would ask for a fixture of its last argument
        return ask

    return of_each


def _fault(test: Callable[..., None], *arguments: object) -> str:
    try:
        test(*arguments)
    except AssertionError as fault:
        return str(fault)
    except Exception as error:
        return f"{arguments[-1]}: {error!r}"
    return ""
