"""A comparison shows the wording of its day where an editor prints former wordings below the one in force."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from desk import Desk

from app.comparison.comparing import build_comparison
from app.comparison.table import ComparisonRequest
from indexing.access import LOCAL_USER
from indexing.records.validity import Validity, exactly, today, validity_of_unit
from indexing.search.request import SearchRequest
from indexing.search.search import search
from nlp.structure.former_wording import is_of_day, since_former, without_period

LAW = """LEY 4321 DE 2000

CÓDIGO PENAL DE LA REPÚBLICA DE COLOMBIA

Artículo 323. Lavado de activos. El que adquiera, transforme, custodie u oculte bienes que tengan su origen en
actividades de extorsión incurrirá por esa sola conducta en prisión de diez (10) a treinta (30) años.

LEGISLACIÓN ANTERIOR

Artículo 323. Lavado de activos. El que adquiera, transforme, custodie u oculte bienes que tengan su origen en
actividades de extorsión incurrirá por esa sola conducta en prisión de seis (6) a quince (15) años.

Vigente desde: 24/07/2000 y hasta el: 31/12/2004

Artículo 324. Circunstancias. La pena se aumentará de una tercera parte a la mitad cuando la conducta sea desarrollada
por quien pertenezca a una persona jurídica dedicada al lavado de activos.
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = Desk(tmp_path_factory.mktemp("former"))
    made.bring("co.txt", LAW, "public", document_type="code", jurisdiction="CO")
    yield made
    made.installation.close()


@pytest.mark.parametrize(
    ("day", "shown", "hidden"),
    [
        ("2026-11-29", "diez (10) a treinta (30)", "seis (6) a quince (15)"),
        ("2003-05-01", "seis (6) a quince (15)", "diez (10) a treinta (30)"),
    ],
)
def test_the_wording_of_the_day_is_compared(desk: Desk, day: str, shown: str, hidden: str) -> None:
    request = ComparisonRequest(concept="ML", jurisdictions=("CO",), date=day)
    store, engine = desk.store, desk.installation.engine
    comparison = build_comparison(request, store.access(LOCAL_USER), engine, desk.installation.encoder, store)
    texts = " ".join(provision.text for column in comparison.columns for provision in column.provisions)
    offered = " ".join(provision.text for column in comparison.columns for provision in column.offered)
    assert shown in texts
    assert hidden not in texts + offered


FORMER = "art. 323 [2000-07-24/2004-12-31]"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("extorsión prisión", {"art. 323"}),
        ("extorsión prisión in_force:2003-05-01", {FORMER}),
        ("extorsión prisión in_force:2006-05-01", {"art. 323"}),  # from the day after the former wording ended
        ("art. 323 Código Penal in_force:2003-05-01", {FORMER}),
        ("art. 323 Código Penal in_force:2006-05-01", {"art. 323"}),
        ("extorsión prisión in_force:any", {"art. 323", FORMER}),
    ],
)
def test_a_search_finds_a_former_wording_in_its_period_alone(desk: Desk, query: str, found: set[str]) -> None:
    result = search(desk.installation, SearchRequest(query, mode="words"))
    assert {hit.unit for hit in result.hits} == found
    assert result.not_in_force == (1 if query == "extorsión prisión" else 0)


def test_each_wording_has_its_own_period(desk: Desk) -> None:
    result = search(desk.installation, SearchRequest("extorsión prisión in_force:any", mode="words"))
    periods = {hit.unit: hit.version and (hit.version.valid_from, hit.version.valid_to) for hit in result.hits}
    assert periods == {"art. 323": ("2005-01-01", ""), FORMER: ("2000-07-24", "2005-01-01")}


def test_a_former_wording_is_shown_as_not_in_force(desk: Desk) -> None:
    result = search(desk.installation, SearchRequest("extorsión prisión in_force:any", mode="words"))
    states = {hit.unit: hit.version and str(hit.version.in_force) for hit in result.hits}
    assert states[FORMER] == "no"
    assert states["art. 323"] != "no"


@pytest.mark.parametrize(
    ("label", "day", "expected"),
    [
        ("art. 323", "2026-01-01", True),
        ("art. 323 [2000-07-24/2004-12-31]", "2003-01-01", True),
        ("art. 323 [2000-07-24/2004-12-31]", "2005-01-01", False),
        ("art. 323 [../2004-12-31]", "1999-01-01", True),
        ("art. 323 [texto anterior]", "2003-01-01", False),
    ],
)
def test_a_former_wording_is_of_its_period(label: str, day: str, expected: bool) -> None:
    assert is_of_day(label, day) is expected
    assert without_period(label) == "art. 323"


_LAW = exactly("2000-07-24")


@pytest.mark.parametrize(
    ("law", "unit", "since", "expected"),
    [
        (_LAW, "art. 1", "", _LAW),
        (Validity("2000-07-24", "", "2000-07-24"), "art. 1", "2005-01-01", exactly("2005-01-01")),
        (Validity("2011-07-12", "", "2000-07-24"), "art. 1", "2005-01-01", exactly("2005-01-01")),  # a text of 2011
        (exactly("2011-07-12"), "art. 1", "2005-01-01", exactly("2011-07-12")),  # a later expression of the law
        (exactly("2000-07-24", "2004-01-01"), "art. 1", "2005-01-01", exactly("2000-07-24", "2004-01-01")),
        (_LAW, "art. 1 [2001-01-01/2004-12-31]", "", exactly("2001-01-01", "2005-01-01")),
        (Validity(), "art. 1 [texto anterior]", "", Validity(latest=today())),
    ],
)
def test_validity_of_a_wording(law: Validity, unit: str, since: str, expected: Validity) -> None:
    assert validity_of_unit(law, unit, since) == expected


def test_the_present_wording_begins_after_the_last_former_one() -> None:
    labels = ["art. 1", "art. 1 [2000-07-24/2004-12-31]", "art. 1 [../2011-07-11]", "art. 2", "art. 2 [texto anterior]"]
    assert since_former(labels) == {"art. 1": "2011-07-12"}
