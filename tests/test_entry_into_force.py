"""The first day in force that a law states in its own text."""

from __future__ import annotations

from pathlib import Path

import pytest
from web_site import site

from indexing.access import LOCAL_USER
from indexing.ingest.ingest import ingest
from indexing.installation import Installation
from indexing.records.entry_into_force import stated_first_day
from indexing.search.request import SearchRequest
from indexing.search.search import search
from indexing.settings import Settings

LAW = """LEY N° 4522 DE LA REPÚBLICA DEL PARAGUAY
QUE SANCIONA EL LAVADO DE ACTIVOS

Artículo 1°.- Objeto. La presente ley sanciona el lavado de activos, así como la ocultación de bienes.

Artículo 2°.- Lavado de activos. El que convierta o transfiera bienes, a sabiendas de que proceden de un delito, será
castigado con pena privativa de libertad de tres a diez años y multa.

Artículo 3°.- Vigencia. Esta ley entrará en vigencia el 1 de marzo de 2024.
Dada en Asunción, el 10 de enero de 2024.
"""


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
        (LAW + "\n(Redacción dada por la Ley N° 7000, de 20 de diciembre de 2025)\n", ""),
    ],
)
def test_the_day_that_a_law_states(text: str, day: str) -> None:
    assert stated_first_day(text) == day


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
