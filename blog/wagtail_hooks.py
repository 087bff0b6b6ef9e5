"""What the blog adds to Wagtail's admin, and to the acts of lower apps."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from blog.actions import start_article
from blog.models import Author

hooks.register("start_article", start_article)


class AuthorViewSet(SnippetViewSet):
    """Authors, to be looked up and edited."""

    model = Author
    icon = "user"
    list_display = ["listed_name", "role", "locale"]
    add_to_admin_menu = False


register_snippet(Author, viewset=AuthorViewSet)


@hooks.register("insert_editor_js")
def focus_introduction() -> SafeString:
    """Put the cursor into the introduction where the address asks for it (`?focus=introduction`)."""
    return format_html('<script type="module" src="{}"></script>', static("js/admin/focus-introduction.js"))
