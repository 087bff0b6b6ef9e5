"""Addresses of the feeds."""

from django.urls import path

from blog.feeds import ArticlesFeed, CommentsFeed, TopicFeed

urlpatterns = [
    path("feeds/articles.atom", ArticlesFeed(), name="articles_feed"),
    path("feeds/topics/<str:slug>.atom", TopicFeed(), name="topic_feed"),
    path("feeds/comments/<int:page_id>.atom", CommentsFeed(), name="comments_feed"),
]
