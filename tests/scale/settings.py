"""Production's settings, for processes that share the database of a test.

Static files keep their plain names: no test asks for one, and compressing them takes longer than the tests.
"""

from datetime import timedelta

from portal.settings.production import *
from portal.settings.production import STORAGES

TICKET_MIN_AGE = timedelta(0)
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
