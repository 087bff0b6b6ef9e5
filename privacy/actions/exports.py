"""Finding somebody, and handing out everything that is kept about them."""

import io
import json
import zipfile

from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from wagtail.log_actions import log

from people.models import Participant, User
from portal.spreadsheets import write_csv
from privacy.permissions import PrivacyPermissions
from privacy.personal_data import Row, personal_data


def find_people(address: str) -> list[Participant]:
    """Return whoever has this address: the account, then the guest who spoke under it without signing in.

    Somebody with an account who has not spoken yet becomes a participant: their account is kept all the same.
    """
    address = address.strip()
    accounts = User.objects.with_address(address)
    guests = Participant.objects.filter(user=None, email__iexact=address)
    return [*map(Participant.of, accounts), *guests]


def export_person(participant: Participant, *, by: User | None = None) -> dict[str, list[Row]]:
    """Return all that the portal keeps about a participant: rows, by the name of their table.

    `by` is whoever answers a request; None is the person, or the command. What staff took is logged, and
    `PermissionDenied` is raised where they may not.
    """
    if by is not None:
        if not PrivacyPermissions(by).can_export(participant):
            raise PermissionDenied
        log(instance=participant, action="privacy.export_person", user=by)
    tables: dict[str, list[Row]] = {}
    for part in personal_data():
        tables |= part.export(participant)
    return tables


def as_json(tables: dict[str, list[Row]]) -> str:
    """Return an export as one JSON object; dates as ISO 8601."""
    return json.dumps(tables, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)


def as_csv(tables: dict[str, list[Row]]) -> bytes:
    """Return an export as a zip file of one CSV file a table; no cell is a formula."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in tables.items():
            archive.writestr(f"{name}.csv", write_csv(rows, list(rows[0]) if rows else []))
    return packed.getvalue()
