"""What people may ask of us about themselves, how staff answer, and what everybody may know about it."""

from privacy.views.accounts import download_own_data, erase_own_account, show_erased
from privacy.views.retention import show_retention

__all__ = ["download_own_data", "erase_own_account", "show_erased", "show_retention"]
