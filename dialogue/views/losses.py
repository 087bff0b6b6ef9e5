"""On the admin's home page: which quotations readers do not see, on pages that somebody looks after."""

from wagtail.admin.ui.components import Component

from dialogue.models import FeaturedComment
from dialogue.quotation_mail import losses_of
from people.sessions import SignedInRequest

SHOWN_ON_HOME_PAGE = 5


class LostQuotationsPanel(Component):
    """The pages whose quotations readers no longer see, until these are shown again or taken out."""

    name = "lost_quotations"
    template_name = "dialogue/lost_quotations_panel.html"
    order = 130

    def __init__(self, request: SignedInRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: object) -> dict[str, object]:
        losses = losses_of(self.request.user, FeaturedComment.objects.all())
        return {"losses": losses[:SHOWN_ON_HOME_PAGE], "more": max(0, len(losses) - SHOWN_ON_HOME_PAGE)}
