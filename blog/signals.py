"""What an article begins with, and what follows when it is copied into another language."""

from django.dispatch import receiver
from wagtail.models import Locale, Page
from wagtail.signals import copy_for_translation_done, init_new_page

from blog.models import Author, BlogPage, BlogPageAuthor
from blog.models.links import sign
from portal.permissions import current_viewer


@receiver(copy_for_translation_done)
def translate_byline_and_topics(source_obj: object, target_obj: object, **kwargs: object) -> None:
    """Give the twin the authors and topics of its own language.

    An author without a row in that language gets one, with the role and biography left to translate;
    a topic without one is left out, for its name would stand in the wrong language.
    """
    if not isinstance(target_obj, BlogPage):
        return
    locale = target_obj.locale
    target_obj.author_links = [
        BlogPageAuthor(author=_author_in(locale, link.author), sort_order=order)
        for order, link in enumerate(target_obj.author_links.all())
    ]
    twins = (topic.get_translation_or_none(locale) for topic in target_obj.topics.all())
    target_obj.topics = [topic for topic in twins if topic]
    # They lead to articles in the other language.
    target_obj.related_links = []
    # Without `clean`: what readers need is still to be translated.
    target_obj.save_revision(changed=False)
    target_obj.save(clean=False)


def _author_in(locale: Locale, author: Author) -> Author:
    if author.locale_id == locale.pk:
        return author
    twin = author.get_translation_or_none(locale)
    if twin is None:
        twin = author.copy_for_translation(locale, exclude_fields=["role", "biography"])
        twin.save()
    return twin


@receiver(init_new_page)
def sign_new_article(page: object, parent: Page, **kwargs: object) -> None:
    """Put whoever begins an article into its byline, if they are among the authors of its language."""
    viewer = current_viewer()
    if isinstance(page, BlogPage) and viewer is not None:
        sign(page, viewer, parent.locale_id)
