"""What production writes down: one JSON object a line, and nothing of what visitors wrote.

Django's own messages name the path of every refused request, and some paths are keys to a comment; a
database repeats the values that it refused. So a request is told by its view and its status, an error by its
kind and its place, and anything that looks like a mail address is left out.
"""

import json
import re
import traceback
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

MAIL_ADDRESS = re.compile(r"[^\s<>\"']{1,64}@[^\s<>\"']{1,255}")
FRAMES_KEPT = 12
# JSON escapes the first 32 controls; these terminals and readers of lines obey as well.
CONTROLS = {sign: f"\\u{sign:04x}" for sign in (*range(0x7F, 0xA0), 0x2028, 0x2029)}


def describe_request(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Replace the path of a request by the name of its view."""
    record = event["_record"]
    request = getattr(record, "request", None)
    if request is None or not hasattr(request, "method"):
        return event
    match = getattr(request, "resolver_match", None)
    status = getattr(record, "status_code", None)
    return {
        **event,
        "event": "request failed" if status is None or status >= 500 else "request refused",
        "view": match.view_name or match._func_path if match else "",
        "method": request.method,
        "request_id": getattr(request, "request_id", ""),  # the number that an error page shows
        "status": status,
    }


def describe_error(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Replace an exception by its kind and its place."""
    exc_info = event.pop("exc_info", None)
    if isinstance(exc_info, tuple) and exc_info[0] is not None:
        frames = traceback.extract_tb(exc_info[2])[-FRAMES_KEPT:]
        event["error"] = exc_info[0].__qualname__
        event["where"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return event


def leave_out_addresses(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Replace whatever looks like a mail address in the message."""
    event["event"] = MAIL_ADDRESS.sub("[address]", str(event["event"]))
    return event


def write_object(event: EventDict, **options: Any) -> str:
    """Return one line of JSON in which no sign ends the line or moves the cursor of who reads it."""
    return json.dumps(event, ensure_ascii=False, **options).translate(CONTROLS)


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": [
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
            ],
            "processors": [
                describe_request,
                describe_error,
                leave_out_addresses,
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(serializer=write_object),
            ],
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    # Wagtail tells each change of a page by its title, which belongs to the page's own history.
    # Django's own handlers (the console, mail to administrators with the whole request) are switched off.
    "loggers": {
        "wagtail": {"level": "WARNING"},
        "signxml": {"level": "WARNING"},  # below that it writes down what it reads, people's names among it
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
    },
}
