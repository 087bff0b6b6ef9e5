"""What is kept about somebody, as a file for their browser to keep."""

from django.http import HttpResponse

from privacy.actions import as_csv, as_json
from privacy.personal_data import Row


def download(tables: dict[str, list[Row]], file_format: str) -> HttpResponse:
    """Return an export as JSON or, for `csv`, as a zip of one file a table."""
    if file_format == "csv":
        response = HttpResponse(as_csv(tables), content_type="application/zip")
        name = "parley.zip"
    else:
        response = HttpResponse(as_json(tables), content_type="application/json")
        name = "parley.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
