"""What people agreed to, and took back."""

from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from dialogue.models import Comment
from dialogue.querysets import CommentQuerySet
from mail.models import ChoicePlace
from moderation.permissions import ModerationPermissionTester
from moderation.registers.base import ReadOnlyPermissionHelper, Register, RegisterInspectView
from moderation.registers.filters import ChoiceListFilter, SinceListFilter
from moderation.views.access import NEVER_READ
from portal.permissions import Viewer, restrictions_against
from privacy.consents import consent_kinds
from privacy.models import Consent


def comments_shown_to(viewer: Viewer) -> CommentQuerySet:
    """Return the comments whose words `viewer` may read here: what readers see, and to moderators more."""
    visible = Comment.objects.visible_to(viewer)
    return visible | Comment.objects.moderated_by(viewer).exclude(status__in=NEVER_READ)


class ConsentPermissionHelper(ReadOnlyPermissionHelper):
    can_open = ModerationPermissionTester.can_read_consents


class KindFilter(ChoiceListFilter):
    title = _("consent")
    parameter_name = "kind"

    @property
    def choice_list(self) -> list[tuple[str, str | Promise]]:
        return [(kind.name, kind.label) for kind in consent_kinds().values()]


class PlaceFilter(ChoiceListFilter):
    title = _("where")
    parameter_name = "place"
    choice_list = ChoicePlace.choices


class GivenFilter(ChoiceListFilter):
    """Given or taken back."""

    title = _("given or taken back")
    parameter_name = "is_given"
    choice_list = (("True", _("given")), ("False", _("taken back")))


class RecordedFilter(SinceListFilter):
    date_field = "recorded_at"


class ConsentInspectView(RegisterInspectView):
    """One consent, and the way to the comment with which it was given."""

    def get_page_subtitle(self) -> str:
        return self.instance.participant.name

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        # With what the list knows of its comment.
        self.instance = self.model_admin.get_queryset(self.request).get(pk=self.instance.pk)
        return super().get_context_data(**kwargs)


class ConsentRegister(Register):
    """Every consent, with its date, wording and place; of a comment, for those who may read it."""

    model = Consent
    base_url_path = "moderation/consents"
    menu_label = _("Consents")
    menu_icon = "check"
    permission_helper_class = ConsentPermissionHelper
    inspect_view_class = ConsentInspectView
    list_display = (
        "participant",
        "kind_word",
        "given_word",
        "comment_words",
        "page_title",
        "place_word",
        "recorded_at",
    )
    list_export = (
        "recorded_at",
        "participant",
        "kind_word",
        "given_word",
        "wording",
        "language",
        "place_word",
        "comment_words",
        "page_title",
        "comment_id_word",
        "version",
    )
    list_filter = (KindFilter, GivenFilter, PlaceFilter, RecordedFilter)
    list_select_related = ("participant",)
    search_fields = ("participant__name", "wording")
    ordering = ("-recorded_at", "-pk")
    status_columns = ("given_word",)
    export_filename = "consents"
    inspect_view_fields = [
        "participant",
        "kind_word",
        "given_word",
        "recorded_at",
        "wording",
        "language",
        "place_word",
        "comment_words",
        "page_title",
        "comment_id_word",
        "version",
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """Return what the viewer may know: of comments they may read, and of those who made such comments."""
        rows = super().get_queryset(request)
        unconfirmed = Comment.objects.unverified()
        sections = ModerationPermissionTester(request.user).consent_sections()
        readable = Comment.objects.on_pages_visible_to(request.user).filter(sections.below("page__path"))
        cause = Comment.objects.filter(pk=models.OuterRef("cause_id"))
        shown = cause.filter(pk__in=comments_shown_to(request.user).values("pk"))
        rows = rows.annotate(
            comment_public_id=models.Subquery(cause.values("public_id")),
            comment_excerpt=models.Subquery(shown.values("excerpt")),
            comment_page=models.Subquery(shown.values("page__title")),
        )
        rows = rows.exclude(cause_id__in=unconfirmed.values("pk"))
        if sections.paths is None and not restrictions_against(request.user):
            return rows
        given_alone = Q(cause_id=None, participant__in=readable.values("participant"))
        return rows.filter(Q(cause_id__in=readable.values("pk")) | given_alone)

    def comment_of(self, row: Consent) -> Comment | None:
        return Comment.objects.filter(pk=row.cause_id).select_related("page").first()

    def kind_word(self, consent: Consent) -> str:
        return capfirst(consent.kind_label)

    kind_word.short_description = _("consent")
    kind_word.admin_order_field = "kind"

    def given_word(self, consent: Consent) -> str:
        return str(_("given") if consent.is_given else _("taken back"))

    given_word.short_description = _("given or taken back")
    given_word.admin_order_field = "is_given"

    def place_word(self, consent: Consent) -> str:
        return capfirst(consent.get_place_display())

    place_word.short_description = _("where")
    place_word.admin_order_field = "place"

    def comment_words(self, consent: Consent) -> str:
        """The first words of the comment with which it was given, as far as the viewer may read it."""
        if consent.cause_id is None:
            return ""
        return consent.comment_excerpt or str(_("a comment that is not published"))

    comment_words.short_description = _("comment")

    def page_title(self, consent: Consent) -> str:
        return consent.comment_page or ""

    page_title.short_description = _("page")

    def comment_id_word(self, consent: Consent) -> str:
        return consent.comment_public_id or ""

    comment_id_word.short_description = _("identifier of the comment")
