"""Topics and authors, each a pair of translations."""

from blog.models import Author
from demo.cast import AUTHORS
from demo.content import TOPICS
from demo.factories.demonstration import Demonstration
from portal.models import Topic


def name_topics(demo: Demonstration) -> None:
    """Make every topic in both languages."""
    for content in TOPICS:
        key = None
        for language, name, slug, introduction in (
            ("fr", content.name_fr, content.slug_fr, content.introduction_fr),
            ("en", content.name_en, content.slug_en, content.introduction_en),
        ):
            topic, is_new = Topic.objects.get_or_create(
                locale=demo.locales[language],
                slug=slug,
                defaults={
                    "name": name,
                    "introduction": introduction,
                    **({"translation_key": key} if key else {}),
                },
            )
            key = topic.translation_key
            demo.topics[content.key, language] = topic
            demo.made["topics"] += is_new


def introduce_authors(demo: Demonstration) -> None:
    """Make every author in both languages, with a portrait and, where they have one, their account."""
    for profile in AUTHORS:
        key = None
        for language, role, biography in (
            ("fr", profile.role_fr, profile.bio_fr),
            ("en", profile.role_en, profile.bio_en),
        ):
            author, is_new = Author.objects.get_or_create(
                locale=demo.locales[language],
                name=profile.name,
                defaults={
                    "role": role,
                    "biography": biography,
                    "portrait": demo.pictures[profile.portrait],
                    "user": demo.users.get(profile.sign_in),
                    **({"translation_key": key} if key else {}),
                },
            )
            key = author.translation_key
            demo.authors[profile.key, language] = author
            demo.made["authors"] += is_new
