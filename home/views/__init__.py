"""What the home app shows beside its pages: search, sitemap; in the admin, guide and first steps."""

from home.views.first_steps import FirstStepsPanel
from home.views.guide import read_guide
from home.views.results import search, show_sitemap

__all__ = ["FirstStepsPanel", "read_guide", "search", "show_sitemap"]
