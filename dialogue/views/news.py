"""How many comments a page has by now, for whoever has it open."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from dialogue.models.conversations import Conversation
from dialogue.views.conversation import get_conversation_page


@require_safe
def conversation_news(request: HttpRequest, page_id: int) -> HttpResponse:
    """Tell `js/news.js` the count of published comments, and nothing else.

    It is the same for everybody who may read the page, and moves with nothing that is hidden: not the time of
    the last one, which would tell of one that is gone.
    """
    page = get_conversation_page(request, page_id)
    conversations = Conversation.objects.all() if page.live else Conversation.objects.none()
    counted = conversations.filter(page_id=page.pk)
    count = counted.values_list("comment_count", flat=True).first() or 0
    tag = f'"{page.pk}-{count}"'
    is_known = tag in parse_etags(request.headers.get("If-None-Match", ""))
    response = HttpResponseNotModified() if is_known else JsonResponse({"count": count})
    response["ETag"] = tag
    patch_cache_control(response, no_cache=True, private=request.user.is_authenticated)
    return response
