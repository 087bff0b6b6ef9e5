"""What links in the mail of the conversation open: one that shows more lives shorter."""

from datetime import timedelta

from mail.models import LinkPurpose

CONFIRM = LinkPurpose("confirm", timedelta(hours=24))  # comments that wait for their guest
PERSONAL = LinkPurpose("personal", timedelta(minutes=10))  # one's own page
FOLLOW = LinkPurpose("follow", timedelta(hours=24))  # conversations that wait to be followed
# One quotation, to answer while there is time, and to take it back at any time: so it is never used up.
QUOTATION = LinkPurpose("quotation", timedelta(days=5 * 365))
