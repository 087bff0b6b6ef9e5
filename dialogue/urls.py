"""Addresses of the conversation, below the language."""

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.urls import include, path, reverse

from dialogue import views
from dialogue.views.answers import View


def moved_to_page(part: str) -> View:
    """Lead, for good, to a part of the page that holds them all."""

    def lead(request: HttpRequest) -> HttpResponsePermanentRedirect:
        return HttpResponsePermanentRedirect(f"{reverse('personal_page')}#{part}")

    return lead


def moved_to(name: str) -> View:
    """Lead, for good, to where an act is done now; a form that is still open is sent there as it is."""

    def lead(request: HttpRequest, public_id: str) -> HttpResponsePermanentRedirect:
        return HttpResponsePermanentRedirect(reverse(name, args=[public_id]), preserve_request=True)

    return lead


own_comment = [
    path("confirm/", views.confirm_own_comment, name="confirm_own_comment"),
    path("edit/", views.edit_own_comment, name="edit_own_comment"),
    path("withdraw/", views.withdraw_own_comment, name="withdraw_own_comment"),
    path("versions/", views.own_history, name="own_history"),
    path("quote/", views.agree_to_own_quotation, name="agree_to_own_quotation"),
    path("take-back/", views.take_back_own_quotation, name="take_back_own_quotation"),
]

urlpatterns = [
    path("c/<slug:public_id>/", views.comment_permalink, name="comment_permalink"),
    path("c/<slug:public_id>/history/", views.comment_history, name="comment_history"),
    path("conversation/<int:page_id>/news/", views.conversation_news, name="conversation_news"),
    path("conversation/<int:page_id>/preview/", views.preview_comment, name="preview_comment"),
    path("conversation/<int:page_id>/create/", views.create_comment, name="create_comment"),
    path("conversation/<int:page_id>/ticket/", views.issue_posting_ticket, name="issue_ticket"),
    path("conversation/<int:page_id>/follow/", views.follow_page, name="follow_conversation"),
    path("conversation/<slug:public_id>/thread/follow/", views.follow_thread, name="follow_thread"),
    path("conversation/follow/<slug:token>/", views.confirm_by_owner, name="confirm_follows"),
    path("conversation/follows/<int:pk>/stop/", views.stop_follow, name="stop_follow"),
    path("conversation/status/<slug:token>/", views.comment_status, name="comment_status"),
    path(
        "conversation/status/<slug:token>/send-again/",
        views.send_confirmation_again,
        name="send_confirmation_again",
    ),
    path("conversation/confirm/<slug:token>/", views.confirm_comments, name="confirm_comments"),
    path("conversation/quotation/<slug:token>/", views.answer_by_link, name="answer_quotation"),
    path("conversation/participant/", views.personal_page, name="personal_page"),
    path("conversation/participant/ask/", views.ask_for_personal_page, name="ask_for_personal_page"),
    path("conversation/participant/link/<slug:token>/", views.open_personal_page, name="open_personal_page"),
    path("conversation/participant/leave/", views.leave_personal_page, name="leave_personal_page"),
    path("conversation/participant/mail/", views.choose_own_mail, name="choose_own_mail"),
    path("conversation/participant/agreed/", views.choose_own_consents, name="choose_own_consents"),
    path("conversation/participant/data/", views.download_own_page_data, name="download_own_page_data"),
    path("conversation/participant/erase/", views.erase_own_data, name="erase_own_data"),
    path(
        "conversation/participant/devices/<int:pk>/revoke/", views.revoke_own_device, name="revoke_own_device"
    ),
    path(
        "conversation/participant/quotations/<int:pk>/",
        views.answer_own_quotation,
        name="answer_own_quotation",
    ),
    path("conversation/participant/<slug:public_id>/", include(own_comment)),
    # Where the parts of the page were before it was one.
    *(
        path(f"conversation/{former}", moved_to_page(part))
        for former, part in {
            "mine/": "comments",
            "follows/": "follows",
            "consents/": "consents",
            "participant/consents/": "consents",
        }.items()
    ),
    path("conversation/mine/<slug:public_id>/edit/", moved_to("edit_own_comment")),
    path("conversation/mine/<slug:public_id>/withdraw/", moved_to("withdraw_own_comment")),
    path("conversation/consents/<slug:public_id>/take-back/", moved_to("take_back_own_quotation")),
    path("conversation/<slug:public_id>/reply/", views.reply_to_comment, name="reply_to_comment"),
    path("conversation/<slug:public_id>/thread/", views.show_thread, name="show_thread"),
]
