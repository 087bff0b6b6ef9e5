"""What the views of the conversation share: where they lead, and whom they refuse."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

CREATED = 201
SEE_OTHER = 303
UNPROCESSABLE = 422
TOO_MANY = 429


class SeeOther(HttpResponseRedirect):
    """After a POST that changed something, the browser goes and gets."""

    status_code = SEE_OTHER


def refuse_cross_site(request: HttpRequest) -> None:
    """Raise `PermissionDenied` where the browser says that another site sent the form."""
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin")
    if site not in {"same-origin", "none"} or (
        origin and origin != f"{request.scheme}://{request.get_host()}"
    ):
        raise PermissionDenied


def unlisted(response: HttpResponse) -> HttpResponse:
    """Keep search engines from listing what stands behind a secret address."""
    response["X-Robots-Tag"] = "noindex"
    return response
