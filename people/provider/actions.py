"""What follows from what the provider says: an account, its groups, and whether a session goes on."""

import json
import logging
import time
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.log_actions import log
from wagtail.users.models import UserProfile

from people.actions.sessions import end_sessions
from people.addresses import tidy_address
from people.ciphers import decrypt, encrypt
from people.groups import find_groups
from people.models import ProviderIdentity, ProviderSession, User, UserSession
from people.models.accounts import NO_ADDRESS
from people.models.participants import random_mail_key
from people.names import clean_name
from people.provider.id_tokens import read_id_token
from people.provider.issuer import (
    RETRY_AFTER,
    ProviderRefusalError,
    ProviderUnavailableError,
    Tokens,
    ask_who,
    find_endpoints,
    renew_tokens,
)
from people.provider.saml import TOLERANCE, Assertion

EVERYBODY = "*"  # in the setting of groups: whomever the provider authenticates
LEASE = timedelta(seconds=30)  # longer than one request asks, whatever the provider does
POLL = 0.1  # seconds
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class ProviderSignIn:
    """Whom the provider has authenticated, and what lets us ask it again."""

    claims: dict[str, Any] = field(repr=False)
    tokens: Tokens | None = None
    ends_at: datetime | None = None  # where it cannot be asked again

    @property
    def has_second_step(self) -> bool:
        """Whether the provider has asked for more than a password, as far as this site believes it."""
        if settings.PROVIDER_SECOND_STEP == ["always"]:
            return True
        methods = self.claims.get("amr")
        said = [*(methods if isinstance(methods, list) else []), self.claims.get("acr")]
        return any(value in settings.PROVIDER_SECOND_STEP for value in said)

    def seal(self, user: User) -> dict[str, Any]:
        """Return what is kept until `user` is signed in, which may take a second step here."""
        return {
            "user": user.pk,
            "tokens": _seal(self.tokens) if self.tokens else "",
            "ends_at": self.ends_at.isoformat() if self.ends_at else None,
            "has_second_step": self.has_second_step,
            "checked_at": timezone.now().isoformat(),
        }


def authenticate_by_tokens(tokens: Tokens, *, nonce: str, since: datetime) -> ProviderSignIn:
    """Return whom the provider has authenticated, by the tokens of a sign-in attempt.

    Raises `ProviderRefusalError` for tokens that are not believed, and `ProviderUnavailableError`.
    """
    claims = read_id_token(tokens.id, nonce=nonce, issued_since=since, access_token=tokens.access)
    if find_endpoints().userinfo:
        # What is signed stands above what the endpoint adds, here and in `_renew`.
        claims = _ask_about(claims["sub"], tokens) | claims
    elif not tokens.refresh:
        raise ProviderUnavailableError("neither a refresh token nor a userinfo endpoint to ask again by")
    return ProviderSignIn(claims, tokens)


def authenticate_by_assertion(assertion: Assertion, *, since: datetime) -> ProviderSignIn:
    """Return whom a provider that speaks SAML has authenticated, and until when that is good.

    Raises `ProviderRefusalError` for one that was made before it was asked for, or is over.
    """
    if assertion.made_at < since - TOLERANCE:
        raise ProviderRefusalError("IssueInstant is before the request")
    now = timezone.now()
    ours = now + timedelta(minutes=settings.SAML_MINUTES)
    ends_at = min(ours, assertion.ends_at or ours)
    if ends_at <= now:
        raise ProviderRefusalError("SessionNotOnOrAfter has passed")
    return ProviderSignIn(assertion.claims, ends_at=ends_at)


def account_of(claims: dict[str, Any]) -> User:
    """Return the account of whom the provider has authenticated: issuer and subject say whose it is.

    Somebody new gets a new account, even where somebody here has the same address: it links nobody.
    """
    known = ProviderIdentity.objects.filter(issuer=settings.PROVIDER_ISSUER, subject=claims["sub"])
    identity = known.select_related("user").first()
    if identity is not None:
        return identity.user
    try:
        with transaction.atomic():
            return _make_account(claims)
    except IntegrityError:  # the same person, in two windows at once
        return known.select_related("user").get().user


def follow_groups(user: User, claims: dict[str, Any]) -> None:
    """Give and take the groups that the setting names, as the claims say; others are left alone."""
    named = {name for names in settings.PROVIDER_GROUPS.values() for name in names}
    due = {name for word in _groups_said(claims) for name in settings.PROVIDER_GROUPS.get(word, [])}
    groups = find_groups(named)
    wanted = {group for name, group in groups.items() if name in due}
    has = set(user.groups.all())
    given, taken = wanted - has, (set(groups.values()) - wanted) & has
    if given or taken:
        user.groups.add(*given)
        user.groups.remove(*taken)
        log(
            instance=user,
            action="people.follow_groups",
            data={"given": _names_of(given), "taken": _names_of(taken)},
        )
    if missing := due - set(groups):
        logger.error("PARLEY_PROVIDER_GROUPS names groups that do not exist: %s", sorted(missing))


def _names_of(groups: set[Group]) -> list[str]:
    return sorted(group.name for group in groups)


def keep_tokens(session: UserSession, sealed: dict[str, Any] | None) -> None:
    """Bind a new session to the provider that authenticated the person; of others, nothing is kept."""
    # Of another, where a second step was left and somebody else signed in with the same browser.
    if sealed is None or sealed["user"] != session.user_id:
        return
    ProviderSession.objects.create(
        session=session,
        identity=ProviderIdentity.objects.get(user=session.user_id),
        sealed_tokens=sealed["tokens"],
        has_second_step=sealed["has_second_step"],
        checked_at=datetime.fromisoformat(sealed["checked_at"]),
        ends_at=datetime.fromisoformat(sealed["ends_at"]) if sealed["ends_at"] else None,
    )


def ask_again(kept: ProviderSession) -> bool:
    """Return whether a session goes on; where the provider says no, the person is out in every browser.

    One request asks, for a token to renew is good for one of them. Others of the same session go on at once
    by the last answer; where that is older than a minute they wait, so that none slips through.
    A provider that speaks SAML cannot be asked: when its assertion ends, the session does, in this browser.
    """
    if kept.ends_at is not None:
        return not kept.is_due
    while kept.is_due:
        if _may_ask(kept):
            return _ask(kept)
        found = ProviderSession.objects.select_related("identity__user").filter(pk=kept.pk).first()
        if found is None or found.is_believed:
            return found is not None
        kept = found
        time.sleep(POLL)
    return True


def _may_ask(kept: ProviderSession) -> bool:
    now = timezone.now()
    free = ProviderSession.objects.filter(Q(asking_until__isnull=True) | Q(asking_until__lte=now), pk=kept.pk)
    # Where somebody has asked and got an answer meanwhile, `checked_at` is another, and nobody asks again.
    return bool(free.filter(checked_at=kept.checked_at).update(asking_until=now + LEASE))


def _ask(kept: ProviderSession) -> bool:
    # The moment before the question counts: what changes there while it answers is found the next time.
    asked_at, user = timezone.now(), kept.identity.user
    row = ProviderSession.objects.filter(pk=kept.pk)
    try:
        claims = _renew(kept)
    except ProviderUnavailableError as error:
        logger.warning("OIDC provider unavailable, session of user %s goes on: %s", user.pk, error)
        # No row is left where the session was ended meanwhile: then this request is out as well.
        again_at = timezone.now() + timedelta(seconds=RETRY_AFTER)
        return bool(row.update(asking_until=None, unavailable_until=again_at))
    except ProviderRefusalError as error:
        logger.warning("OIDC provider refused user %s, who is signed out everywhere: %s", user.pk, error)
        end_sessions(user, by=None)
        return False
    with transaction.atomic():
        if claims:
            follow_groups(user, claims)
        return bool(row.update(checked_at=asked_at, asking_until=None, unavailable_until=None))


def _renew(kept: ProviderSession) -> dict[str, Any]:
    """Return what the provider says now about the person of a session, which may be nothing new."""
    if kept.identity.issuer != settings.PROVIDER_ISSUER:
        raise ProviderRefusalError("issuer of the session is not PARLEY_PROVIDER_ISSUER")
    opened = decrypt(kept.sealed_tokens)
    if opened is None:
        raise ProviderRefusalError("stored tokens cannot be decrypted with the key of the site")
    tokens, subject, since = Tokens(**json.loads(opened)), kept.identity.subject, timezone.now()
    claims: dict[str, Any] = {}
    if tokens.refresh:
        renewed = renew_tokens(tokens.refresh)
        tokens = replace(renewed, refresh=renewed.refresh or tokens.refresh)
        # At once: the former one may be good for nothing from now on.
        ProviderSession.objects.filter(pk=kept.pk).update(sealed_tokens=_seal(tokens))
    if tokens.id:
        claims = read_id_token(tokens.id, issued_since=since, access_token=tokens.access)
        _must_be(subject, claims)
    if find_endpoints().userinfo and settings.PROVIDER_GROUPS_CLAIM not in claims:
        claims = _ask_about(subject, tokens) | claims
    return claims


def _seal(tokens: Tokens) -> str:
    """Return what is needed to ask again, and no more, encrypted."""
    access = "" if tokens.refresh else tokens.access
    return encrypt(json.dumps({"access": access, "refresh": tokens.refresh}))


def _ask_about(subject: str, tokens: Tokens) -> dict[str, Any]:
    claims = ask_who(tokens.access)
    _must_be(subject, claims)
    return claims


def _must_be(subject: str, claims: dict[str, Any]) -> None:
    if claims["sub"] != subject:
        raise ProviderRefusalError("sub is not that of the session")


def _groups_said(claims: dict[str, Any]) -> list[str]:
    said = claims.get(settings.PROVIDER_GROUPS_CLAIM)
    words = [said] if isinstance(said, str) else said if isinstance(said, list) else []
    return [EVERYBODY, *(word for word in words if isinstance(word, str))]


def _make_account(claims: dict[str, Any]) -> User:
    """Make the account of somebody who comes for the first time; administrators keep it from then on."""
    first, last = _text(claims, "given_name"), _text(claims, "family_name")
    if not (first or last):
        first, _space, last = _text(claims, "name").partition(" ")
    email = _free_address(claims)
    hints = [_text(claims, "preferred_username"), email.partition("@")[0], "person"]
    user = User(
        username=get_adapter().generate_unique_username(hints),
        email=email,
        first_name=first,
        last_name=last,
        language=get_language(),
    )
    user.set_unusable_password()
    user.save()
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": user.language})
    ProviderIdentity.objects.create(user=user, issuer=settings.PROVIDER_ISSUER, subject=claims["sub"])
    logger.info("User %s created at the first sign-in with the identity provider", user.pk)
    return user


def _text(claims: dict[str, Any], name: str) -> str:
    said = claims.get(name)
    return clean_name(said) if isinstance(said, str) else ""


def _free_address(claims: dict[str, Any]) -> str:
    """Return the address that the provider gives, unless it is unsure, or somebody here has it."""
    said = claims.get("email")
    nobody = f"{random_mail_key()}@{NO_ADDRESS}"
    # Many providers do not say whether it is verified: only a no counts as one.
    if not isinstance(said, str) or claims.get("email_verified", True) is not True:
        return nobody
    try:
        address = tidy_address(said)
    except ValidationError:
        return nobody
    return nobody if User.objects.with_address(address).exists() else address
