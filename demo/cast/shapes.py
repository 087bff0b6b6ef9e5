"""What is known of each who appears."""

from dataclasses import dataclass

DEMO_PASSWORD = "parley-demo-lantern"


@dataclass(frozen=True)
class Organisation:
    """The company whose portal this is."""

    name: str
    tagline_fr: str
    tagline_en: str
    colour_accent: str
    footer_fr: str
    footer_en: str
    email: str


@dataclass(frozen=True)
class AuthorProfile:
    """Somebody who signs articles; ``sign_in`` is the key of their account, where they have one."""

    key: str
    name: str
    role_fr: str
    role_en: str
    bio_fr: str
    bio_en: str
    portrait: str
    sign_in: str = ""


@dataclass(frozen=True)
class SignIn:
    """A person with an account. ``is_active`` is false for those who have left."""

    key: str
    username: str
    email: str
    first_name: str
    last_name: str
    groups: tuple[str, ...]
    role_label_fr: str
    role_label_en: str
    language: str
    description: str
    is_superuser: bool = False
    is_active: bool = True
    password: str = DEMO_PASSWORD

    @property
    def name(self) -> str:
        """The name shown beside this person's words."""
        return f"{self.first_name} {self.last_name}"


@dataclass(frozen=True)
class Guest:
    """A visitor who comments with a name and an address and has no account."""

    key: str
    name: str
    email: str
    language: str
