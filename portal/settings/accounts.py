"""How people sign in with an account of this site, and how long they stay signed in.

Through the organisation's identity provider they sign in by `portal.settings.provider`.
"""

from portal.settings.env import read_number, read_switch

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["portal.wagtail_patches.password_check.OneHashBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "people.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "people.forms.SignInForm",
    "reset_password": "mail.forms.AskForLinkForm",
    "user_token": "people.forms.ActiveUserTokenForm",
}
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by administrators, never by visitors
# Whoever has just chosen a password by a link is not asked for it at once; for a second step they are.
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # an address that nobody here has gets no mail
# How long somebody stays signed in, counted from signing in: a working day. With rights in the admin, also
# how long without doing anything. `people.sessions` holds everybody to it.
SESSION_HOURS = read_number("PARLEY_SESSION_HOURS", 12, at_least=1, at_most=24)
IDLE_MINUTES = read_number("PARLEY_IDLE_MINUTES", 30, at_least=5, at_most=24 * 60)
# Whether those who may enter the admin need a second factor. Passkeys carry their own check of the person.
REQUIRE_MFA = read_switch("PARLEY_REQUIRE_MFA", False)
MFA_ADAPTER = "people.factors.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an administrator has typed it
MFA_TOTP_TOLERANCE = 1  # half minutes by which a clock may be wrong; `people.factors` refuses a code twice
MFA_FORMS = {
    "activate_totp": "people.forms.AppForm",
    "add_webauthn": "people.forms.PasskeyForm",
    "authenticate": "people.forms.CodeForm",
    "authenticate_webauthn": "people.forms.PasskeyStepForm",
    "login_webauthn": "people.forms.PasskeySignInForm",
    "reauthenticate": "people.forms.CodeAgainForm",
    "reauthenticate_webauthn": "people.forms.PasskeyAgainForm",
}
SESSION_ENGINE = "portal.wagtail_patches.session_store"
SESSION_COOKIE_AGE = SESSION_HOURS * 60 * 60
