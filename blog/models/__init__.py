"""Models of the blog, one module for each noun."""

from blog.models.articles import BlogPage
from blog.models.authors import Author
from blog.models.links import BlogPageAuthor, BlogPageTag, RelatedArticle
from blog.models.sections import BlogIndexPage
from blog.models.voices import VoicesPage

__all__ = [
    "Author",
    "BlogIndexPage",
    "BlogPage",
    "BlogPageAuthor",
    "BlogPageTag",
    "RelatedArticle",
    "VoicesPage",
]
