"""The visitors who comment with a name and an address."""

from demo.cast.shapes import Guest

GUESTS = (
    Guest("odile", "Odile Grandmaison", "odile.grandmaison@example.com", "fr"),
    Guest("bertrand", "Bertrand Savard", "bertrand.savard@example.com", "fr"),
    Guest("yvette", "Yvette M.", "yvette.m@example.net", "fr"),
    Guest("mathis", "Mathis Rochefort", "mathis.rochefort@example.org", "fr"),
    Guest("lucie", "Lucie Anctil", "lucie.anctil@example.com", "fr"),
    Guest("sami", "Sami Haddad", "sami.haddad@example.net", "fr"),
    Guest("gilles", "Gilles de l’Anse-Rousse", "gilles.anse@example.com", "fr"),
    Guest("marie-eve", "Marie-Ève Duguay", "marie-eve.duguay@example.com", "fr"),
    Guest("fernand", "Fernand Otis", "fernand.otis@example.net", "fr"),
    Guest("thalia", "Thalia Jérôme", "thalia.jerome@example.com", "fr"),
    Guest("hubert", "Hubert Lavoie-Niquay", "hubert.ln@example.com", "fr"),
    Guest("harriet", "Harriet Bouchard-Lowe", "harriet.lowe@example.com", "en"),
    Guest("desmond", "Desmond Okafor", "desmond.okafor@example.net", "en"),
    Guest("priya", "Priya Raman", "priya.raman@example.com", "en"),
    Guest("callum", "Callum Street", "callum.street@example.com", "en"),
    Guest("ruth", "Ruth Anderson", "ruth.anderson@example.org", "en"),
    Guest("tomas", "Tomás Ferreira", "tomas.ferreira@example.com", "en"),
    Guest("joan", "Joan P.", "joan.p@example.net", "en"),
    Guest("wilf", "Wilf Gallant", "wilf.gallant@example.com", "en"),
    Guest("bea", "Beatrice Nolan", "bea.nolan@example.com", "en"),
)


def find_guest(key: str) -> Guest:
    """Return the guest with this key; KeyError if there is none."""
    return {guest.key: guest for guest in GUESTS}[key]
