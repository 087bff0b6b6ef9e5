"""What is done to the portal as a whole, one module for each noun."""

from home.actions.setup import Account, publish, setup_site

__all__ = ["Account", "publish", "setup_site"]
