"""Sign-in through the organisation's identity provider; without an issuer or a SAML entity there is none.

It speaks OpenID Connect, or SAML where the extra of that name is installed, and never both.
"""

from importlib.util import find_spec

from portal.settings.env import (
    read_certificates,
    read_group_names,
    read_list,
    read_number,
    read_origins,
    read_secure_url,
    read_switch,
    read_text,
    refusal,
)

# Within this time whoever is disabled at the provider is out: nobody goes on while the answer is awaited.
LONGEST_RECHECK = 60  # seconds
# A provider that speaks SAML cannot be asked again: its word is good for this long, and no longer.
LONGEST_SAML_SESSION = 60  # minutes

SAML_ENTITY = read_text("PARLEY_SAML_ENTITY", "")
SAML_ADDRESS = read_secure_url("PARLEY_SAML_ADDRESS")
SAML_CERTIFICATES = read_certificates("PARLEY_SAML_CERTIFICATES")
SAML_MINUTES = read_number("PARLEY_SAML_MINUTES", 30, at_least=5, at_most=LONGEST_SAML_SESSION)

OPENID_ISSUER = read_secure_url("PARLEY_PROVIDER_ISSUER")
# By this name identities are kept. A provider may be called the same in both languages, and its people not.
PROVIDER_ISSUER = f"saml:{SAML_ENTITY}" if SAML_ENTITY else OPENID_ISSUER
PROVIDER_CLIENT_ID = read_text("PARLEY_PROVIDER_CLIENT_ID", "")
PROVIDER_CLIENT_SECRET = read_text("PARLEY_PROVIDER_CLIENT_SECRET", "")
PROVIDER_LABEL = read_text("PARLEY_PROVIDER_LABEL", "")
PROVIDER_SCOPES = read_list("PARLEY_PROVIDER_SCOPES", "openid profile email")
PROVIDER_ORIGINS = read_origins("PARLEY_PROVIDER_ORIGINS")
PROVIDER_GROUPS_CLAIM = read_text("PARLEY_PROVIDER_GROUPS_CLAIM", "groups")
PROVIDER_GROUPS = read_group_names("PARLEY_PROVIDER_GROUPS")
PROVIDER_RECHECK_SECONDS = read_number(
    "PARLEY_PROVIDER_RECHECK_SECONDS", 45, at_least=5, at_most=LONGEST_RECHECK
)
# Values of the claims `amr` and `acr` that stand for a second step taken at the provider; "always" is all.
PROVIDER_SECOND_STEP = read_list("PARLEY_PROVIDER_SECOND_STEP", "")
# Whether people sign in with an account of this site as well, so that somebody gets in without the provider.
LOCAL_SIGN_IN = read_switch("PARLEY_LOCAL_SIGN_IN", True)

if SAML_ENTITY and OPENID_ISSUER:
    raise refusal(
        "PARLEY_SAML_ENTITY", "Write this or PARLEY_PROVIDER_ISSUER: people sign in with one provider."
    )
if OPENID_ISSUER and not PROVIDER_CLIENT_ID:
    raise refusal("PARLEY_PROVIDER_CLIENT_ID", "Write the name under which the provider knows this site.")
if OPENID_ISSUER and not PROVIDER_CLIENT_SECRET:
    raise refusal("PARLEY_PROVIDER_CLIENT_SECRET", "Write the secret that the provider gave with that name.")
if PROVIDER_ISSUER and not PROVIDER_LABEL:
    raise refusal("PARLEY_PROVIDER_LABEL", "Write what people call the provider, for the button: Nordet ID.")
if "openid" not in PROVIDER_SCOPES:
    raise refusal("PARLEY_PROVIDER_SCOPES", "Write words with spaces between them, “openid” among them.")
if not PROVIDER_ISSUER and not LOCAL_SIGN_IN:
    raise refusal("PARLEY_LOCAL_SIGN_IN", "Write true: without PARLEY_PROVIDER_ISSUER nobody else signs in.")
if SAML_ENTITY and not SAML_ADDRESS:
    raise refusal(
        "PARLEY_SAML_ADDRESS", "Write where the provider signs people in: https://id.example.org/saml."
    )
if SAML_ENTITY and not SAML_CERTIFICATES:
    raise refusal(
        "PARLEY_SAML_CERTIFICATES", "Write the path of a file with the provider's certificates (PEM)."
    )
if SAML_ENTITY and not find_spec("signxml"):
    raise refusal(
        "PARLEY_SAML_ENTITY", "Write nothing, or install requirements/saml.txt in place of base.txt."
    )
