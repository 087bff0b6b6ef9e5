"""What is done to the portal as a whole, one module for each noun."""

from home.actions.setup import Account, Organisation, publish, setup_site

__all__ = ["Account", "Organisation", "publish", "setup_site"]
