"""Everybody who appears in the demonstration and in the tests.

Nordet is invented: a public company of eleven municipalities that runs ferries and buses along the
Côte-aux-Brumes, a stretch of the North Shore that no map shows. All addresses are reserved example domains.
The stranger has no account and no name: whoever opens the site signed out. Every test asks what they see.
"""

from demo.cast.authors import AUTHORS
from demo.cast.groups import ANSWERERS, EDITORS, EMPLOYEES, MODERATORS, SHIP_CREWS, SHIP_CREWS_EN
from demo.cast.guests import GUESTS, find_guest
from demo.cast.organisation import NORDET
from demo.cast.shapes import DEMO_PASSWORD, AuthorProfile, Guest, Organisation, SignIn
from demo.cast.sign_ins import SIGN_INS, find_sign_in

__all__ = [
    "ANSWERERS",
    "AUTHORS",
    "DEMO_PASSWORD",
    "EDITORS",
    "EMPLOYEES",
    "GUESTS",
    "MODERATORS",
    "NORDET",
    "SHIP_CREWS",
    "SHIP_CREWS_EN",
    "SIGN_INS",
    "AuthorProfile",
    "Guest",
    "Organisation",
    "SignIn",
    "find_guest",
    "find_sign_in",
]
