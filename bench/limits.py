"""What Django itself costs: a constant, one SELECT, a form with its token and one INSERT.

Nothing cheaper is possible. Served by gunicorn like the portal, from the database that DATABASE_URL names.
"""

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application

from portal.settings.env import read_database

settings.configure(
    DEBUG=False,
    SECRET_KEY="a-secret-of-the-bench",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    DATABASES={"default": read_database("DATABASE_URL", "")},
    MIDDLEWARE=["django.middleware.csrf.CsrfViewMiddleware"],
)
django.setup()

from django.db import connection, models  # noqa: E402 - the settings stand above
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse  # noqa: E402
from django.middleware.csrf import get_token  # noqa: E402
from django.urls import path  # noqa: E402
from django.views.decorators.csrf import ensure_csrf_cookie  # noqa: E402


class Note(models.Model):
    """One text, and nothing else."""

    text = models.TextField()

    class Meta:
        app_label = "limits"

    def __str__(self) -> str:
        return self.text


def constant(request: HttpRequest, size: int) -> HttpResponse:
    return HttpResponse(b"x" * size)


def select(request: HttpRequest, size: int) -> HttpResponse:
    note = Note.objects.get(pk=1)
    return HttpResponse(note.text.encode() + b"x" * (size - len(note.text)))


@ensure_csrf_cookie
def token(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"csrf": get_token(request)})


def insert(request: HttpRequest) -> HttpResponse:
    note = Note.objects.create(text=request.POST["text"])
    response = HttpResponseRedirect(f"/select/#{note.pk}")
    response.status_code = 303
    return response


urlpatterns = [
    path("constant/<int:size>/", constant),
    path("select/<int:size>/", select),
    path("token/", token),
    path("insert/", insert),
]
application = get_wsgi_application()


def fill() -> None:
    """Make the table, with the one row that is read."""
    with connection.schema_editor() as editor:
        editor.create_model(Note)
    Note.objects.create(text="A note")
