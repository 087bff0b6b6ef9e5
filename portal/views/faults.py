"""What is said when something goes wrong: in the reader's language, without database or session.

What is not here, or not open, is said within the site (`portal.page_store.fault_frames`).

Whatever was typed into a comment comes back with the page, so that nobody loses their words.
"""

import sqlite3
import sys
from collections.abc import Mapping
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import patch_vary_headers

from portal.page_store.fault_frames import find_fault_frame

DATABASE_FAULTS = (OperationalError, InterfaceError)
PRIMARY_CODE = 0xFF  # of a number of SQLite's
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
SCHEME = "Cookie"  # a 401 names a scheme of authentication; at this one no browser asks anything
RETRY_AFTER = 30  # seconds: longer than a writer holds SQLite, shorter than a reader's patience
WAIT_AFTER_TOO_MANY = 300  # seconds: the window in which what failed at sign-in is counted
LONGEST_TEXT_GIVEN_BACK = 100_000  # characters; a comment may hold 5,000
MOST_FIELDS_GIVEN_BACK = 40  # the form of a comment has ten
# Answers in which nothing is at fault but the address or the asking: they stand within the site.
WITHIN_THE_SITE = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
LAST_WORDS = (
    "<!doctype html><html lang='fr'><meta charset='utf-8'><title>Parley</title>"
    "<p>Une erreur est survenue de notre côté. Réessayez dans un moment.</p>"
    "<p lang='en'>Something went wrong on our side. Please try again in a moment.</p>"
)


def render_fault(
    request: HttpRequest,
    status: int,
    *,
    retry_after: int | None = None,
    context: Mapping[str, object] | None = None,
) -> HttpResponse:
    """Return the page for `status`, of which there is a template, in the reader's language."""
    language = language_of(request)
    frame = find_fault_frame(request, language) if status in WITHIN_THE_SITE else None
    with translation.override(language):
        body = render_to_string(
            f"{status}.html",
            {
                "outside": "errors/_framed.html" if frame else "errors/_alone.html",
                "frame": frame,
                "language": language,
                # Missing and hidden pages answer alike to the letter; the number is in the header anyway.
                "request_id": getattr(request, "request_id", "") if status != 404 else "",
                "retry_after": retry_after,
                **typed_words(request),
                **(context or {}),
            },
        )
    response = HttpResponse(body, status=status)
    response["Content-Language"] = language
    response["Cache-Control"] = "no-store" if status != 404 else "no-cache"
    # "Cookie" always: whether we asked who the reader is would tell what is hidden from what is missing.
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    if retry_after is not None:
        response["Retry-After"] = str(retry_after)
    return response


def language_of(request: HttpRequest) -> str:
    """Return the reader's language: the one in the address, or else the one their browser asks for."""
    prefix = request.path_info.split("/")[1] if "/" in request.path_info else ""
    if prefix in dict(settings.LANGUAGES):
        return prefix
    return translation.get_language_from_request(request)


def typed_words(request: HttpRequest) -> dict[str, str]:
    """Return what somebody had typed, so that it can be given back; empty when it cannot be read any more."""
    if request.method != "POST":
        return {}
    try:
        text, name = request.POST.get("text", ""), request.POST.get("name", "")
    except (*TOO_MUCH, MultiPartParserError, OSError, UnicodeError, ValueError):
        return {}
    return {"typed_text": text[:LONGEST_TEXT_GIVEN_BACK], "typed_name": name[:200]}


def every_word(request: HttpRequest) -> dict[str, str]:
    """Return whatever was typed into any form, below one another, so that it can be given back.

    Words are what has a space in it, and a comment however short; a password is not given back.
    """
    if not (typed := typed_words(request)):
        return {}
    words = [
        value.strip()
        for name, values in request.POST.lists()
        for value in values
        if name == "text" or (len(value.split()) > 1 and "password" not in name)
    ]
    return {**typed, "typed_text": "\n\n".join(words[:MOST_FIELDS_GIVEN_BACK])[:LONGEST_TEXT_GIVEN_BACK]}


def answer_signed_out(request: HttpRequest, **context: object) -> HttpResponse:
    """Return the page that says that nothing was saved, since nobody is known now, and gives words back."""
    # Nothing is at fault, so there is no number to ask about.
    context = {**every_word(request), "request_id": "", **context}
    response = render_fault(request, HTTPStatus.UNAUTHORIZED, context=context)
    response["WWW-Authenticate"] = SCHEME
    return response


def form_to_resend(request: HttpRequest) -> dict[str, object]:
    """Return what sends the same comment again, key and all, so that it can never count twice."""
    if not typed_words(request).get("typed_text"):
        return {}
    others = [(name, value) for name, value in request.POST.items() if name != "text"]
    return {"resend_to": request.path, "resend_fields": others[:MOST_FIELDS_GIVEN_BACK]}


def answer_fault(request: HttpRequest, fault: BaseException | None) -> HttpResponse | None:
    """Return the page for a fault that has one of its own, or None."""
    if isinstance(fault, TOO_MUCH):
        return render_fault(request, 413)
    if isinstance(fault, DATABASE_FAULTS) and not _is_our_own(fault):
        return render_fault(request, 503, retry_after=RETRY_AFTER, context=form_to_resend(request))
    return None


def _is_our_own(fault: BaseException) -> bool:
    """Whether the database says that we asked it something wrong; then waiting helps nobody.

    Elsewhere that is a class of faults of its own. SQLite tells it from load and absence by a number
    (https://sqlite.org/rescode.html).
    """
    number = getattr(fault.__cause__, "sqlite_errorcode", None)
    return number is not None and number & PRIMARY_CODE == sqlite3.SQLITE_ERROR


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that makes no sense."""
    return answer_fault(request, exception) or render_fault(request, 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer somebody who may not; the page says nothing of what was asked."""
    return render_fault(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer alike for what does not exist and for what the reader may not know of."""
    return render_fault(request, 404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Answer whoever tries to sign in, or to have a link sent, too often."""
    return render_fault(request, 429, retry_after=WAIT_AFTER_TOO_MANY)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when the fault is ours; a busy or absent database is told apart, for waiting helps."""
    try:
        return answer_fault(request, sys.exc_info()[1]) or render_fault(request, 500)
    except Exception:  # the page that says sorry must never fail itself
        return HttpResponse(LAST_WORDS, status=500, headers={"Cache-Control": "no-store"})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that came too late or from elsewhere, with its words."""
    return render_fault(request, 403, context={"is_expired_form": True, **every_word(request)})
