"""What the admin suggests to whoever types a tag."""

from django.http import HttpRequest, JsonResponse
from wagtail.admin.views.tags import TAGS_AUTOCOMPLETE_LIMIT

from portal.sorting import letters_of, sort_key_of
from portal.tags import known_tags

LONGEST_TAG = 100


def suggest_tags(request: HttpRequest) -> JsonResponse:
    """Suggest the tags that begin like `term`, of those that stand on something the viewer may reach.

    Accents need not be typed. The databases do not agree on capitals beyond ASCII: none of them is asked.
    """
    term = request.GET.get("term", "").replace("\x00", "")[:LONGEST_TAG]
    letters = letters_of(term)
    names = known_tags(request.user).values_list("name", flat=True) if term else []
    alike = (
        name for name in names if (letters_of(name).startswith(letters) if letters else name.startswith(term))
    )
    return JsonResponse(sorted(alike, key=sort_key_of)[:TAGS_AUTOCOMPLETE_LIMIT], safe=False)
