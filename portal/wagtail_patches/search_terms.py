"""The search engine of the database speaks in terms of ours (`portal.search`), whichever database it is.

`modelsearch` chooses the engine, and lets none of the classes be set that read an object for the index and
that ask: they are replaced by ours on top of them. `WAGTAILSEARCH_BACKENDS` names this module.
"""

import sys
from functools import cache
from typing import Any

from modelsearch.backends.database import SearchBackend as choose_backend

from portal.search import InTerms, OfTerms
from portal.wagtail_patches import Patch

PATCH = Patch(
    "modelsearch",
    "1.3.2",
    "modelsearch/backends/database/: that each engine takes `ObjectIndexer` from its module and "
    "`query_compiler_class` and `autocomplete_query_compiler_class` from itself, and at `prepare_value` "
    "and the arguments of a compiler, on which `InTerms` and `OfTerms` build",
)


@cache
def _in_terms(kind: type, way: type) -> type:
    """Return the class with its way changed."""
    return type(kind.__name__, (way, kind), {})


def SearchBackend(params: dict[str, Any]) -> Any:
    """Return the engine of the database in use, speaking in terms."""
    # With `simple`, PostgreSQL leaves our terms as they are: another dictionary would take stems of stems.
    engine = choose_backend({"SEARCH_CONFIG": "simple", **params})
    module = sys.modules[type(engine).__module__]
    # Each search makes an engine; the class in its module is changed by the first alone.
    if not issubclass(module.ObjectIndexer, OfTerms):
        module.ObjectIndexer = _in_terms(module.ObjectIndexer, OfTerms)
    engine.query_compiler_class = _in_terms(engine.query_compiler_class, InTerms)
    engine.autocomplete_query_compiler_class = _in_terms(engine.autocomplete_query_compiler_class, InTerms)
    return engine
