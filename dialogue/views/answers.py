"""What the views of the conversation share: where they lead, and whom they refuse."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from people.devices import read_device

View = Callable[..., HttpResponse]
CREATED = 201
SEE_OTHER = 303
UNPROCESSABLE = 422
TOO_MANY = 429


class SeeOther(HttpResponseRedirect):
    """After a POST that changed something, the browser goes and gets."""

    status_code = SEE_OTHER


def refuse_cross_site(request: HttpRequest) -> None:
    """Raise `PermissionDenied` where the browser says that another site sent the form."""
    # A browser too old to say so is judged by `Origin` alone.
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin")
    if site not in {"same-origin", "none"} or (
        origin and origin != f"{request.scheme}://{request.get_host()}"
    ):
        raise PermissionDenied


def with_token_of_known(view: View) -> View:
    """Check the token of whoever is known here, and of anybody else that no other site sends the form.

    A stranger's form carries no token, so that whoever only looks gets no cookie.
    """
    protected = csrf_protect(view)

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated or read_device(request):
            return protected(request, *args, **kwargs)
        if request.method == "POST":
            refuse_cross_site(request)
        return view(request, *args, **kwargs)

    # Exempt from the middleware, which asks before a view can choose; `protected` asks the same.
    return csrf_exempt(answer)


def unlisted(response: HttpResponse) -> HttpResponse:
    """Keep search engines from listing what stands behind a secret address."""
    response["X-Robots-Tag"] = "noindex"
    return response
