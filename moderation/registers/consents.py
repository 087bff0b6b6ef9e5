"""What people agreed to, and took back."""

from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from dialogue.models import Comment
from mail.models import ChoicePlace
from moderation.permissions import ModerationPermissionTester
from moderation.registers.base import ReadOnlyPermissionHelper, Register, RegisterInspectView
from moderation.registers.filters import ChoiceListFilter, SinceListFilter
from portal.permissions import restrictions_against
from privacy.consents import consent_kinds
from privacy.models import Consent


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


class ConsentRegister(Register):
    """Every consent, with its date, wording and place; of a comment, for those who may read it."""

    model = Consent
    base_url_path = "moderation/consents"
    menu_label = _("Consents")
    menu_icon = "check"
    permission_helper_class = ConsentPermissionHelper
    inspect_view_class = ConsentInspectView
    list_display = ("participant", "kind_word", "given_word", "place_word", "recorded_at")
    list_export = (
        "recorded_at",
        "participant",
        "kind_word",
        "given_word",
        "wording",
        "language",
        "place_word",
        "comment_id_word",
        "version",
    )
    list_filter = (KindFilter, GivenFilter, PlaceFilter, RecordedFilter)
    list_select_related = ("participant",)
    search_fields = ("participant__name", "wording")
    ordering = ("-recorded_at", "-pk")
    export_filename = "consents"
    inspect_view_fields = [
        "participant",
        "kind_word",
        "given_word",
        "recorded_at",
        "wording",
        "language",
        "place_word",
        "comment_id_word",
        "version",
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """Return what the viewer may know: of comments they may read, and of those who made such comments."""
        rows = super().get_queryset(request)
        unconfirmed = Comment.objects.unverified()
        sections = ModerationPermissionTester(request.user).consent_sections()
        readable = Comment.objects.on_pages_visible_to(request.user).filter(sections.below("page__path"))
        public_ids = Comment.objects.filter(pk=models.OuterRef("cause_id")).values("public_id")
        rows = rows.annotate(comment_public_id=models.Subquery(public_ids))
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

    def comment_id_word(self, consent: Consent) -> str:
        public_id = getattr(consent, "comment_public_id", None)  # there in the list, at no query a row
        if public_id is None:
            comment = self.comment_of(consent)
            public_id = comment.public_id if comment else ""
        return public_id

    comment_id_word.short_description = _("identifier of the comment")
