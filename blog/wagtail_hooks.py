"""What the blog adds to Wagtail's admin, and to the acts of lower apps."""

from django.contrib import messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from blog.actions import start_article
from blog.models import Author, BlogPage
from blog.viewsets import ArticleViewSet, article_viewset
from people.models import GroupKey

hooks.register("start_article", start_article)
hooks.register(
    "group_permissions",
    lambda: {GroupKey.EDITORS: ("blog.add_author", "blog.change_author", "blog.delete_author")},
)


class AuthorViewSet(SnippetViewSet):
    """Authors, to be looked up and edited."""

    model = Author
    icon = "user"
    list_display = ["listed_name", "role", "locale"]
    add_to_admin_menu = False


register_snippet(Author, viewset=AuthorViewSet)


@hooks.register("register_admin_viewset")
def register_articles() -> ArticleViewSet:
    return article_viewset


@hooks.register("before_edit_page")
def ask_for_title(request: HttpRequest, page: Page) -> None:
    """Say above a draft that began without a title that one is to be written."""
    if request.method == "GET" and isinstance(page, BlogPage) and page.is_untitled:
        messages.info(
            request, _("The title only holds the place. Write one: no reader sees this draft before.")
        )


@hooks.register("insert_editor_js")
def focus_introduction() -> SafeString:
    """Put the cursor into the introduction where the address asks for it (`?focus=introduction`)."""
    return format_html('<script type="module" src="{}"></script>', static("js/admin/focus-introduction.js"))
