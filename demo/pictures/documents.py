"""The files that articles offer: small pdfs, written by hand."""

from dataclasses import dataclass

PAGE_WIDTH, PAGE_HEIGHT = 595, 842
LEFT, TOP = 64, 760
ENCODING = "cp1252"  # what the pdf calls WinAnsiEncoding


@dataclass(frozen=True)
class Leaflet:
    """One page: a title, an introduction and lines; a line that begins with # is a heading."""

    title: str
    language: str
    lines: tuple[str, ...]


DOCUMENTS = {
    "ice-plan-fr": Leaflet(
        "Saison des glaces : le plan en une page",
        "fr-CA",
        (
            "# Port-Salvail – Île Maubèche",
            "Retard possible : vent de 35 nœuds, glace à 7/10",
            "Annulation : vent de 45 nœuds, glace à 9/10",
            "# Cap-au-Sel – Sainte-Odile-du-Large",
            "Retard possible : vent de 30 nœuds, glace à 5/10",
            "Annulation : vent de 40 nœuds, glace à 8/10",
            "# Baie-Perdue – Les Échoueries",
            "Aucun service en saison des glaces; autobus 31 (1 h 50)",
            "# Les décisions",
            "5 h 15 pour la matinée",
            "11 h 30 pour l’après-midi",
            "16 h 30 pour la soirée",
            "# Être prévenu",
            "Message texte, écrans des gares fluviales, 211 de la Côte",
        ),
    ),
    "ice-plan-en": Leaflet(
        "The ice season: our plan on one page",
        "en-CA",
        (
            "# Port-Salvail – Île Maubèche",
            "Possible delay: 35-knot wind, 7/10 ice",
            "Cancellation: 45-knot wind, 9/10 ice",
            "# Cap-au-Sel – Sainte-Odile-du-Large",
            "Possible delay: 30-knot wind, 5/10 ice",
            "Cancellation: 40-knot wind, 8/10 ice",
            "# Baie-Perdue – Les Échoueries",
            "No service in the ice season; bus 31 (1 h 50)",
            "# Decisions",
            "5:15 a.m. for the morning",
            "11:30 a.m. for the afternoon",
            "4:30 p.m. for the evening",
            "# Being told",
            "Text message, screens in the terminals, 211",
        ),
    ),
    "drill-report-fr": Leaflet(
        "Rapport d’exercice : évacuation de la Sterne",
        "fr-CA",
        (
            "# Résultats",
            "Premier exercice : 11 min 04 s (objectif : 8 min)",
            "Deuxième exercice : 8 min 31 s",
            "Troisième exercice : 6 min 52 s",
            "# Causes",
            "Porte de l’escalier arrière ouvrant vers l’intérieur : 3 min 10 s",
            "Annonce mal comprise : 30 personnes dirigées vers la cafétéria",
            "Retours aux sacs : une personne sur trois",
            "# Pourquoi personne ne l’avait vu",
            "Les inspections se font à deux, portes ouvertes, sans foule.",
            "La liste de contrôle demandait si la porte s’ouvre, non dans quel sens.",
            "# Suites",
            "Trois portes retournées; annonce récrite; une personne à chaque porte",
        ),
    ),
    "drill-report-en": Leaflet(
        "Drill report: evacuation of the Sterne",
        "en-CA",
        (
            "# Results",
            "First drill: 11 min 04 s (target: 8 min)",
            "Second drill: 8 min 31 s",
            "Third drill: 6 min 52 s",
            "# Causes",
            "Aft staircase door opening inwards: 3 min 10 s",
            "Announcement misunderstood: 30 people went to the cafeteria",
            "Going back for bags: one person in three",
            "# Why nobody had noticed",
            "Inspections are done in pairs, with the doors open and no crowd.",
            "The checklist asked whether the door opens, not which way.",
            "# Actions",
            "Three doors rehung; announcement rewritten; one person at every door",
        ),
    ),
    "annual-report-fr": Leaflet(
        "Rapport annuel : l’essentiel",
        "fr-CA",
        (
            "# Service",
            "611 400 passages par traversier; 1 084 000 voyages en autobus",
            "93,8 % des départs à moins de cinq minutes de l’heure",
            "# Sécurité",
            "14 accidents de travail, contre 27 l’année précédente",
            "# Finances",
            "Revenus : 34,7 M$. Dépenses : 36,6 M$. Résultat : –1,9 M$",
            "# Promesse non tenue",
            "Bateau de relève prêt en douze heures : il en faut encore trente.",
            "Responsable : Graham Fisk",
        ),
    ),
    "annual-report-en": Leaflet(
        "Annual report: the essentials",
        "en-CA",
        (
            "# Service",
            "611,400 ferry passages; 1,084,000 bus trips",
            "93.8% of departures within five minutes of the time",
            "# Safety",
            "14 workplace accidents, down from 27 the year before",
            "# Finances",
            "Revenue: $34.7M. Expenses: $36.6M. Result: –$1.9M",
            "# Promise not kept",
            "Relief vessel ready within twelve hours: it still takes thirty.",
            "Answerable: Graham Fisk",
        ),
    ),
}


def document(key: str) -> bytes:
    """Return the pdf with this key; KeyError if there is none."""
    leaflet = DOCUMENTS[key]
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (%b) /ViewerPreferences << /DisplayDocTitle true >> >>"
        % leaflet.language.encode(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 4 0 R "
        b"/Resources << /Font << /R 5 0 R /B 6 0 R >> >> >>" % (PAGE_WIDTH, PAGE_HEIGHT),
        _stream(_draw(leaflet)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        b"<< /Title <FEFF%b> /Author (Nordet) >>" % leaflet.title.encode("utf-16-be").hex().encode(),
    ]
    return _assemble(objects)


def _draw(leaflet: Leaflet) -> bytes:
    parts = [
        b"0.043 0.333 0.388 rg 0 %d %d 28 re f" % (PAGE_HEIGHT - 28, PAGE_WIDTH),
        b"0.878 0.639 0.227 rg 0 %d %d 5 re f" % (PAGE_HEIGHT - 33, PAGE_WIDTH),
        b"0.08 0.13 0.17 rg",
        _write(b"B", 21, LEFT, TOP, leaflet.title),
    ]
    height = TOP - 34
    for line in leaflet.lines:
        if line.startswith("# "):
            height -= 34
            parts.append(_write(b"B", 13, LEFT, height, line[2:]))
        else:
            height -= 20
            parts.append(_write(b"R", 11.5, LEFT, height, line))
    parts.append(_write(b"R", 9, LEFT, 48, "Nordet, 4, rue du Quai, Port-Salvail (Québec)"))
    return b"\n".join(parts)


def _write(font: bytes, size: float, x: float, y: float, text: str) -> bytes:
    return b"BT /%b %.1f Tf %.1f %.1f Td (%b) Tj ET" % (font, size, x, y, _text(text))


def _text(text: str) -> bytes:
    encoded = text.encode(ENCODING)
    return encoded.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content)


def _assemble(objects: list[bytes]) -> bytes:
    file = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(file))
        file += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    trailer = b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>" % (size, len(objects))
    return b"%bxref\n0 %d\n0000000000 65535 f \n%b%b\nstartxref\n%d\n%%%%EOF\n" % (
        file,
        size,
        table,
        trailer,
        len(file),
    )
