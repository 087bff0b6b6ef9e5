"""The form in which an editor writes an article."""

from portal.forms import BasePageForm
from portal.models import Topic


class BlogPageForm(BasePageForm):
    """Offers the topics of the article's language, and lets a draft lack what readers need."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if "topics" in self.fields and self.instance.locale_id:
            self.fields["topics"].queryset = Topic.objects.filter(locale_id=self.instance.locale_id)

    def clean(self) -> dict[str, object]:
        self.instance.must_be_complete = not self.is_deferred_validation
        return super().clean()
