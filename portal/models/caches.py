"""The rows of the cache where it is kept in the database."""

from django.db import models


class CacheEntry(models.Model):
    """One row of Django's cache table, which a migration makes. Looked at only to remove what has expired.

    Django itself does so only when the table is full.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "portal_cache"
        default_permissions = ()

    def __str__(self) -> str:
        return self.cache_key
