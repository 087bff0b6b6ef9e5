"""The field of the page editor that holds a quotation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.telepath import register
from wagtail.admin.widgets.chooser import BaseChooser, BaseChooserAdapter


class CommentChooserWidget(BaseChooser):
    """Chooses a comment by its public id, which cannot be guessed."""

    model = "dialogue.Comment"
    icon = "openquote"
    chooser_modal_url_name = "comment_chooser:choose"
    template_name = "dialogue/comment_chooser_widget.html"
    choose_one_text = _("Choose a comment")
    choose_another_text = _("Choose another comment")
    # Not of the comment: of the quotation, once the draft holds it.
    link_to_chosen_text = _("See where it stands")

    def get_instance(self, value: Any) -> Any:
        if value is None or isinstance(value, self.model_class):
            return value
        return self.model_class.objects.filter(public_id=value).first()

    def get_value_data_from_instance(self, instance: Any) -> dict[str, Any]:
        return {"id": instance.public_id, "edit_url": "", "title": str(instance)}


class CommentChooserAdapter(BaseChooserAdapter):
    """Starts the chooser with the step in which an excerpt is marked."""

    js_constructor = "dialogue.CommentChooser"

    @property
    def media(self) -> forms.Media:
        own = forms.Media(js=["js/admin/mark-excerpt.js"], css={"all": ["css/admin/excerpts.css"]})
        return CommentChooserWidget().media + super().media + own


register(CommentChooserAdapter(), CommentChooserWidget)
