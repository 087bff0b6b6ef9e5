"""Addresses of the conversation, below the language."""

from django.urls import path

from dialogue import views

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
    path("conversation/follows/", views.account_follows, name="account_follows"),
    path("conversation/follows/<int:pk>/stop/", views.stop_follow, name="stop_follow"),
    path("conversation/status/<slug:token>/", views.comment_status, name="comment_status"),
    path(
        "conversation/status/<slug:token>/send-again/",
        views.send_confirmation_again,
        name="send_confirmation_again",
    ),
    path("conversation/confirm/<slug:token>/", views.confirm_comments, name="confirm_comments"),
    path("conversation/participant/", views.personal_page, name="personal_page"),
    path("conversation/participant/ask/", views.ask_for_personal_page, name="ask_for_personal_page"),
    path("conversation/participant/link/<slug:token>/", views.open_personal_page, name="open_personal_page"),
    path("conversation/participant/leave/", views.leave_personal_page, name="leave_personal_page"),
    path("conversation/participant/mail/", views.choose_own_mail, name="choose_own_mail"),
    path("conversation/mine/", views.account_comments, name="account_comments"),
    path("conversation/mine/<slug:public_id>/edit/", views.edit_account_comment, name="edit_account_comment"),
    path(
        "conversation/mine/<slug:public_id>/withdraw/",
        views.withdraw_account_comment,
        name="withdraw_account_comment",
    ),
    path("conversation/consents/", views.account_consents, name="account_consents"),
    path(
        "conversation/consents/<slug:public_id>/take-back/",
        views.take_back_account_quotation,
        name="take_back_account_quotation",
    ),
    path("conversation/participant/consents/", views.own_consents, name="own_consents"),
    path(
        "conversation/participant/<slug:public_id>/take-back/",
        views.take_back_own_quotation,
        name="take_back_own_quotation",
    ),
    path("conversation/participant/data/", views.download_own_page_data, name="download_own_page_data"),
    path("conversation/participant/erase/", views.erase_own_data, name="erase_own_data"),
    path(
        "conversation/participant/devices/<int:pk>/revoke/", views.revoke_own_device, name="revoke_own_device"
    ),
    path(
        "conversation/participant/<slug:public_id>/confirm/",
        views.confirm_own_comment,
        name="confirm_own_comment",
    ),
    path("conversation/participant/<slug:public_id>/edit/", views.edit_own_comment, name="edit_own_comment"),
    path(
        "conversation/participant/<slug:public_id>/withdraw/",
        views.withdraw_own_comment,
        name="withdraw_own_comment",
    ),
    path("conversation/<slug:public_id>/reply/", views.reply_to_comment, name="reply_to_comment"),
    path("conversation/<slug:public_id>/thread/", views.show_thread, name="show_thread"),
]
