"""What articles tell machines."""

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from blog.models import BlogPage
from dialogue.models import Comment, Conversation
from dialogue.models.bindings import quotations_in
from dialogue.permissions import FeaturedCommentPermissionTester
from portal.editions import remember
from portal.models import PortalSettings
from portal.permissions import Audience, Restriction, audience_of, load_restrictions
from portal.sites import whole_address

register = template.Library()

COMMENTS_TOLD = 5  # the newest, by their first words; machines find the others on the page
COMMENT_FIELDS = ("public_id", "excerpt", "language", "words_language", "submitted_at", "author_name")
# What could end the element or begin another: written so that no parser takes it for markup.
JSON_ESCAPES = {
    ord(">"): "\\u003E",
    ord("<"): "\\u003C",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


@register.simple_tag(takes_context=True)
def structured_data(context: dict[str, Any], page: BlogPage) -> str:
    """Describe a public article, its quotations and its newest comments by schema.org; nothing for any other.

    The block is data: no browser runs it, whatever the content policy says.
    """
    restrictions = load_restrictions()
    if not (page.pk and page.live) or audience_of(page, restrictions) != Audience.PUBLIC:
        return ""
    request = context["request"]
    described = remember(
        ("described", page.pk, request.scheme, request.get_host()),
        lambda: describe_article(page, request, restrictions),
    )
    return as_json_ld({**described, **describe_conversation(page, described["url"])})


def as_json_ld(data: dict[str, Any]) -> SafeString:
    """Return `data` as a block that holds no markup, whatever the words in it."""
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False).translate(JSON_ESCAPES)
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(text),  # noqa: S308 - every sign that could open markup is escaped above
    )


def describe_article(page: BlogPage, request: HttpRequest, restrictions: list[Restriction]) -> dict[str, Any]:
    """Return the article as schema.org calls its parts; empty ones are left out."""
    url = page.full_url
    described = {
        "@context": "https://schema.org",
        "@type": "Article",
        "@id": f"{url}#article",
        "url": url,
        "headline": page.title,
        "description": page.excerpt,
        "inLanguage": page.locale.language_code,
        "datePublished": page.first_published_at,
        "dateModified": page.last_published_at,
        "author": [
            {"@type": "Person", "name": author.name, **({"jobTitle": author.role} if author.role else {})}
            for author in page.author_list
        ],
        "publisher": {"@type": "Organization", "name": PortalSettings.for_request(request).name},
        "about": [{"@type": "Thing", "name": name} for name in page.topic_names],
        "keywords": page.tag_names,
        "citation": [describe_quotation(quotation) for quotation in shown_quotations(page, restrictions)],
    }
    return {name: value for name, value in described.items() if value not in (None, "", [])}


def describe_conversation(page: BlogPage, url: str) -> dict[str, Any]:
    """Return how many comments the article has, and the newest of them: one query."""
    count = Conversation.objects.filter(page_id=OuterRef("page_id")).values("comment_count")
    newest = Comment.objects.filter(page_id=page.pk).published().order_by("-submitted_at", "-pk")
    rows = newest.annotate(count=Subquery(count)).only(*COMMENT_FIELDS)[:COMMENTS_TOLD]
    comments = list(rows)
    if not comments:
        return {"commentCount": 0}
    return {
        "commentCount": comments[0].count or 0,
        "comment": [describe_comment(comment, url) for comment in comments],
    }


def describe_comment(comment: Comment, url: str) -> dict[str, Any]:
    return {
        "@type": "Comment",
        "@id": f"{url}#{comment.anchor}",
        "text": comment.excerpt,
        "inLanguage": comment.words_language or comment.language,
        "dateCreated": comment.submitted_at,
        "author": {"@type": "Person", "name": comment.author_name},
    }


def shown_quotations(page: BlogPage, restrictions: list[Restriction]) -> list[Any]:
    """Return the featured comments that readers of the page see."""
    quotations = (value["quotation"] for value in quotations_in(page.body))
    return [
        quotation
        for quotation in quotations
        if FeaturedCommentPermissionTester(quotation, page, restrictions).can_be_shown()
    ]


def describe_quotation(quotation: Any) -> dict[str, Any]:
    return {
        "@type": "Quotation",
        "text": quotation.plain,
        "inLanguage": quotation.revision.words_language or quotation.comment.language,
        "dateCreated": quotation.revision.submitted_at,
        "creator": {"@type": "Person", "name": quotation.attribution},
        "isBasedOn": whole_address(quotation.source_url),
    }
