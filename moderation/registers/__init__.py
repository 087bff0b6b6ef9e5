"""The registers of the "Dialogue" menu: what staff look up, filter, inspect and export, and never edit.

They stand on wagtail-modeladmin, always through `RegisterIndexView`: the stock view applies any lookup that
stands in the address (which spells out what the viewer may not see), and answers 500 to parameters that it
does not know. Each could move to a `ModelViewSet` with an inspect view.
"""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail_modeladmin.options import ModelAdminGroup

from moderation.registers.comments import CommentRegister
from moderation.registers.consents import ConsentRegister
from moderation.registers.decisions import DecisionRegister
from moderation.registers.featured import FeaturedCommentRegister
from moderation.registers.flags import FlagRegister
from moderation.registers.mail import MailRegister
from moderation.registers.measures import MeasureRegister
from moderation.views.waiting import DialogueMenuItem, TermsMenuItem, WaitingMenuItem


class RegisterGroup(ModelAdminGroup):
    """The "Dialogue" menu: what waits first, then the registers."""

    menu_label = _("Dialogue")
    menu_item_name = "dialogue"
    menu_icon = "comment"
    menu_order = 210
    items = (
        CommentRegister,
        FlagRegister,
        DecisionRegister,
        MeasureRegister,
        FeaturedCommentRegister,
        ConsentRegister,
        MailRegister,
    )

    def get_submenu_items(self) -> list[MenuItem]:
        return [WaitingMenuItem(order=0), *super().get_submenu_items(), TermsMenuItem(order=1_000)]

    def get_menu_item(self) -> MenuItem:
        return DialogueMenuItem(super().get_menu_item())
