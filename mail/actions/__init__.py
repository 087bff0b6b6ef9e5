"""What people are told: written down, chosen, asked for, sent, and stopped."""

from mail.actions.bounces import read_bounce, suppress_address
from mail.actions.choices import choose_mail, find_stop, frequency_of, stop_mail
from mail.actions.delivery import Tally, process_mail
from mail.actions.links import (
    find_link,
    make_link,
    open_links,
    open_page_by_link,
    revoke_links,
    use_link,
)
from mail.actions.outbox import queue_mail, queue_mails, resend_mail
from mail.actions.requests import TooManyRequests, answer_requests, ask_for_mail

__all__ = [
    "Tally",
    "TooManyRequests",
    "answer_requests",
    "ask_for_mail",
    "choose_mail",
    "find_link",
    "find_stop",
    "frequency_of",
    "make_link",
    "open_links",
    "open_page_by_link",
    "process_mail",
    "queue_mail",
    "queue_mails",
    "read_bounce",
    "resend_mail",
    "revoke_links",
    "stop_mail",
    "suppress_address",
    "use_link",
]
