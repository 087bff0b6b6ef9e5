"""Forms of the conversation."""

from dialogue.forms.answers import AnswerForm, RejoinderForm
from dialogue.forms.choices import Quoting, find_former_choices
from dialogue.forms.comments import CommentForm, EditForm, SendingForm
from dialogue.forms.confirmations import ConfirmationForm, FollowActForm, FollowConfirmationForm
from dialogue.forms.finding import CommentFilterForm, Leave, leave_of
from dialogue.forms.marking import MarkingForm
from dialogue.forms.own_comments import ConsentForm, OwnCommentsForm
from dialogue.forms.parts import TicketForm, WordsForm, language_field

__all__ = [
    "AnswerForm",
    "CommentFilterForm",
    "CommentForm",
    "ConfirmationForm",
    "ConsentForm",
    "EditForm",
    "FollowActForm",
    "FollowConfirmationForm",
    "Leave",
    "MarkingForm",
    "OwnCommentsForm",
    "Quoting",
    "RejoinderForm",
    "SendingForm",
    "TicketForm",
    "WordsForm",
    "find_former_choices",
    "language_field",
    "leave_of",
]
