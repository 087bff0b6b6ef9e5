"""For how long personal data is kept."""

from portal.settings.env import read_number

# How many days personal data is kept, by the names of `privacy.retention`. What is not confirmed outlives the
# link that confirms it, and what the limits count is there for as long as they count.
LONGEST = 3_660  # days
KEEP_DAYS = {
    "unconfirmed": read_number("PARLEY_KEEP_UNCONFIRMED_DAYS", 7, at_least=2, at_most=LONGEST),
    "networks": read_number("PARLEY_KEEP_NETWORKS_DAYS", 30, at_least=2, at_most=LONGEST),
    "traces": read_number("PARLEY_KEEP_TRACES_DAYS", 30, at_least=1, at_most=LONGEST),
    "rejected": read_number("PARLEY_KEEP_REJECTED_DAYS", 365, at_least=1, at_most=LONGEST),
    "hidden": read_number("PARLEY_KEEP_HIDDEN_DAYS", 365, at_least=1, at_most=LONGEST),
    "withdrawn": read_number("PARLEY_KEEP_WITHDRAWN_DAYS", 30, at_least=1, at_most=LONGEST),
    "reasons": read_number("PARLEY_KEEP_REASONS_DAYS", 365, at_least=1, at_most=LONGEST),
    "measures": read_number("PARLEY_KEEP_MEASURES_DAYS", 365, at_least=1, at_most=LONGEST),
    "flags": read_number("PARLEY_KEEP_FLAGS_DAYS", 180, at_least=2, at_most=LONGEST),
    "guests": read_number("PARLEY_KEEP_GUESTS_DAYS", 365, at_least=30, at_most=LONGEST),
    "mail": read_number("PARLEY_KEEP_MAIL_DAYS", 90, at_least=2, at_most=LONGEST),
    "dead_mail": read_number("PARLEY_KEEP_DEAD_MAIL_DAYS", 30, at_least=2, at_most=LONGEST),
    "mail_requests": read_number("PARLEY_KEEP_MAIL_REQUESTS_DAYS", 1, at_least=1, at_most=LONGEST),
    "links": read_number("PARLEY_KEEP_LINKS_DAYS", 7, at_least=1, at_most=LONGEST),
    "devices": read_number("PARLEY_KEEP_DEVICES_DAYS", 30, at_least=1, at_most=LONGEST),
    "sessions": read_number("PARLEY_KEEP_SESSIONS_DAYS", 7, at_least=1, at_most=LONGEST),
    "attempts": read_number("PARLEY_KEEP_ATTEMPTS_DAYS", 1, at_least=1, at_most=LONGEST),
    "unsaved": read_number("PARLEY_KEEP_UNSAVED_DAYS", 7, at_least=1, at_most=LONGEST),
    "tasks": read_number("PARLEY_KEEP_TASKS_DAYS", 7, at_least=1, at_most=LONGEST),
    "acts": read_number("PARLEY_KEEP_ACTS_DAYS", 1_095, at_least=30, at_most=LONGEST),
}
