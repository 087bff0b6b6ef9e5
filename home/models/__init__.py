"""Models of the home app, one module for each noun."""

from home.models.navigation import NavigationItem, NavigationMenu
from home.models.pages import HomePage, StandardPage

__all__ = ["HomePage", "NavigationItem", "NavigationMenu", "StandardPage"]
