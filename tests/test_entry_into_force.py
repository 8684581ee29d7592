"""The first day in force that a law states in its own text."""

from __future__ import annotations

from pathlib import Path

import pytest
from web_site import site

from indexing.access import LOCAL_USER
from indexing.ingest.ingest import ingest
from indexing.installation import Installation
from indexing.records.entry_into_force import FirstDay, Issue, stated_first_day
from indexing.records.validity import Validity, claim_of_file
from indexing.search.request import SearchRequest
from indexing.search.search import search
from indexing.settings import Settings
from nlp.annotations import Annotations, DocumentType

LAW = """LEY N° 4522 DE LA REPÚBLICA DEL PARAGUAY
QUE SANCIONA EL LAVADO DE ACTIVOS

Artículo 1°.- Objeto. La presente ley sanciona el lavado de activos, así como la ocultación de bienes.

Artículo 2°.- Lavado de activos. El que convierta o transfiera bienes, a sabiendas de que proceden de un delito, será
castigado con pena privativa de libertad de tres a diez años y multa.

Artículo 3°.- Vigencia. Esta ley entrará en vigencia el 1 de marzo de 2024.
Dada en Asunción, el 10 de enero de 2024.
"""


PERIOD, NEXT = ("2001-07-20", "2001-07-21"), ("2000-07-25", "2000-07-25")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (LAW, "2024-03-01"),
        ("Disposición final. La presente Ley Orgánica entrará en vigor el día 24 de mayo de 1996.", "1996-05-24"),
        ("El presente Código entrará en vigor a partir del 1 de julio de 2015.", "2015-07-01"),
        ("Art. 9º Esta Lei entra em vigor em 1º de janeiro de 2021.", "2021-01-01"),
        ("Artigo 5.º A presente lei entra em vigor no dia 1 de setembro de 2007.", "2007-09-01"),
        ("2. This Act shall come into operation on 1 January 2020.", "2020-01-01"),
        ("This Act comes into force on the 3rd day of May 2011.", "2011-05-03"),
        ("Article 12. La présente loi entre en vigueur le 1er janvier 2018.", "2018-01-01"),
        # No day of its own, not of the whole law, not of this law, or of another wording.
        ("Esta ley entrará en vigor a los veinte días de su publicación.", ""),
        ("Esta lei entra em vigor na data de sua publicação.", ""),
        ("Esta ley entrará en vigor el 1 de marzo de 2024, salvo el artículo 3.", ""),
        ("Esta ley entrará en vigor el 1 de marzo de 2024. Esta ley entrará en vigor el 2 de mayo de 2025.", ""),
        # A consolidated law, with the decrees of its reforms at the end.
        (
            "Esta ley entrará en vigor al día siguiente de su publicación.\n\nTRANSITORIOS DE DECRETOS DE REFORMA\n"
            "Primero. El presente decreto entrará en vigor el primero de febrero de mil novecientos noventa y cuatro.",
            "",
        ),
        ("El contrato entrará en vigor el 1 de marzo de 2024.", ""),
        ("El Reglamento (UE) 2016/679 entrará en vigor el 25 de mayo de 2018.", ""),
        # Counted from a publication that is not known.
        ("Este Código entrará a regir un (1) año después de su promulgación.", ""),
    ],
)
def test_the_day_that_a_law_states(text: str, day: str) -> None:
    assert stated_first_day(text) == (FirstDay(day, day) if day else None)


@pytest.mark.parametrize(
    ("text", "earliest", "day"),
    [
        ("Artículo 476. Vigencia. Este código entrará a regir un (1) año después de su promulgación.", *PERIOD),
        ("La presente ley entrará en vigencia a los treinta días de su publicación.", "2000-08-23", "2000-08-24"),
        (
            "El presente Código entrará en vigor a los seis meses de su completa publicación.",
            "2001-01-24",
            "2001-01-25",
        ),
        ("La presente Orden entrará en vigor al día siguiente de su publicación en el «BOE».", *NEXT),
        ("El presente Decreto entrará en vigencia a partir del día siguiente de su publicación.", *NEXT),
        ("Este decreto rige a partir de la fecha de su publicación.", "2000-07-24", "2000-07-24"),
        ("La presente ley rige a partir de su promulgación.", "2000-07-20", "2000-07-20"),
        ("A presente lei entra em vigor no dia seguinte ao da sua publicação.", *NEXT),
        ("Esta Lei entra em vigor na data de sua publicação.", "2000-07-24", "2000-07-24"),
        (
            "Esta Lei entra em vigor decorridos 90 (noventa) dias da sua publicação.",
            "2000-10-22",
            "2000-10-23",
        ),
        ("This Act shall come into operation one month after its passing.", "2000-08-20", "2000-08-21"),
        ("This Act comes into force on the day after its publication.", *NEXT),
        ("La présente loi entre en vigueur le lendemain de sa publication au Journal officiel.", *NEXT),
        ("La présente loi entre en vigueur trois mois après sa publication.", "2000-10-24", "2000-10-25"),
        # Not of the whole law, not a first day, or one that depends on something else.
        (
            "Este Decreto entrará en vigencia al día siguiente de su publicación, salvo el artículo 4.",
            "",
            "",
        ),
        ("El presente Decreto rige a partir de la fecha de su publicación y hasta el 31 de diciembre de 2000.", "", ""),
        ("Esta ley rige las relaciones entre los Estados.", "", ""),
        ("La presente Ley entrará en vigor a los noventa días hábiles de su publicación.", "", ""),
        ("This Act shall come into operation on such day as the Minister by order appoints.", "", ""),
    ],
)
def test_a_day_that_is_counted_from_the_publication(text: str, earliest: str, day: str) -> None:
    issue = Issue(published="2000-07-24", promulgated="2000-07-20")
    assert stated_first_day(text, issue) == (FirstDay(earliest, day, True) if day else None)


REGIR = "Artículo 476. Este código entrará a regir un (1) año después de su promulgación."
LATER = " Artículo 5. (Modificado por la Ley N.º 890, de 7 de julio de 2004)."


@pytest.mark.parametrize(
    ("metadata", "text", "validity"),
    [
        # Colombia's promulgation is the publication: the text as enacted, and the one in force today.
        (
            {"fecha_publicacion": "2000-07-24", "ultima_actualizacion": "2000-07-24"},
            REGIR,
            Validity("2001-07-25", "", "2001-07-24"),
        ),
        (
            {"fecha_publicacion": "2000-07-24", "ultima_actualizacion": "2000-07-24"},
            REGIR + LATER,
            Validity(earliest="2001-07-24"),
        ),
        (
            {"fecha_publicacion": "2000-07-24", "ultima_actualizacion": "2015-01-01"},
            REGIR + LATER,
            Validity("2015-01-01", "", "2001-07-24", text_of="2015-01-01"),
        ),
        # A text without a date may have been amended.
        ({"fecha_publicacion": "2000-07-24"}, REGIR, Validity(earliest="2001-07-24")),
        # The day of a reform printed in the law is not its first day.
        (
            {"fecha_publicacion": "2000-07-24", "ultima_actualizacion": "2015-01-01"},
            "Este decreto entrará en vigor el 1 de enero de 2012.",
            Validity("2015-01-01", "", "2000-07-24", text_of="2015-01-01"),
        ),
        # A repealed law whose file has no other date than that of its publication.
        (
            {"status": "repealed", "publication_date": "2000-07-24", "last_updated": "2000-07-24"},
            "",
            Validity(earliest="2000-07-24"),
        ),
        # Chile's and Argentina's placeholders for a text without a date.
        (
            {"fecha_publicacion": "1874-11-12", "ultima_actualizacion": "2222-02-02"},
            "",
            Validity(earliest="1874-11-12"),
        ),
        (
            {"publication_date": "1997-01-16", "last_updated": "1900-01-01"},
            "La presente ley entrara en vigencia a los treinta días de su publicación.",
            Validity(earliest="1997-02-15"),
        ),
    ],
)
def test_the_first_day_bounds_the_validity(metadata: dict[str, str], text: str, validity: Validity) -> None:
    annotations = Annotations(DocumentType("statute", 1.0, "test"), (), (), (), "", "CO", "", (), "test")
    assert claim_of_file(metadata, annotations, text).validity == validity


def test_the_day_is_the_first_in_force_with_its_basis(tmp_path: Path) -> None:
    (tmp_path / "ley.txt").write_text(LAW, encoding="utf-8")
    installation = Installation(Settings(tmp_path / "home"))
    ingest(installation, [tmp_path / "ley.txt"])
    (hit, *_) = search(installation, SearchRequest("lavado", {"in_force": ("2024-06-01",)}, mode="words")).hits
    assert hit.version
    assert (hit.version.valid_from, hit.version.in_force) == ("2024-03-01", "yes")
    client = site(installation.settings, LOCAL_USER).test_client()
    assert (
        "date that the law itself states in its text"
        in client.get(f"/documents/{hit.document_id}/versions/?ui=en").text
    )
    assert not search(installation, SearchRequest("lavado", {"in_force": ("2024-01-15",)}, mode="words")).hits
    installation.close()
