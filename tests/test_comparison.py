"""Comparisons of provisions across countries: the table as plain data, and its construction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from comparison_desk import fill
from desk import Desk
from engine_kinds import KINDS, elasticsearch_url

from app.comparison.comparing import build_comparison
from app.comparison.penalty_chart import penalty_bars, penalty_charts
from app.comparison.provision_finder import LawHeld, select_provisions
from app.comparison.rows import with_common_traits
from app.comparison.side_by_side import pair_clauses
from app.comparison.table import (
    STRUCTURE,
    Cell,
    Column,
    Common,
    Comparison,
    ComparisonRequest,
    Figure,
    Provision,
    Quotation,
    Row,
    Trait,
    decoded,
    encoded,
)
from app.comparison.visibility import visible_part
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, Principal
from indexing.engines.elasticsearch.engine import ElasticEngine
from indexing.ingest.ingest import new_collection
from indexing.search.provision_lookup import provision_at

SPANISH = Provision(
    id="d1:4",
    document_id="d1",
    collection="public",
    title="Código Penal",
    jurisdiction="ES",
    unit="art. 301",
    path=("LIBRO II",),
    language="es",
    date="1995-11-23",
    page=3,
    start=10,
    end=60,
    text="El que adquiera bienes sabiendo su origen delictivo.",
    valid_from="2015-07-01",
    in_force="yes",
)
QUOTED = Quotation(
    "d1", "d1:4", "art. 301.1", "es", 3, 33, 60, "sabiendo su origen delictivo", "2015-07-01", "", "yes", 0.9,
    ("rule:es_knowledge",), (Trait("knowledge", 33, 41),), (Figure("imprisonment", 6, 72, "month", 40, 50),),
)  # fmt: skip
COMPARISON = Comparison(
    ComparisonRequest(concept="ML", jurisdictions=("ES", "FR"), date="2024-01-01", language="es"),
    "2024-01-01",
    (Column("ES", (SPANISH,)), Column("FR")),
    (Row("mental_element", "structure", (Cell((QUOTED,)), Cell()), (0,), (Common("knowledge", (0,), "one"),)),),
    "provision_elements@7",
)


def test_a_comparison_is_kept_and_read_back_as_it_was() -> None:
    assert decoded(encoded(COMPARISON)) == COMPARISON


@pytest.mark.parametrize("kept", [b"", b"[]", b'{"question": 1}', b"\xff", b"[" * 100_000])
def test_what_is_no_comparison_is_refused(kept: bytes) -> None:
    with pytest.raises(RogatioError, match="comparison_unreadable"):
        decoded(kept)


@pytest.fixture(scope="module", params=KINDS)
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("comparison"))
    if request.param == "elasticsearch":
        desk.installation.__dict__["engine"] = ElasticEngine(elasticsearch_url())
    collection = f"law-{uuid4().hex[:8]}"
    fill(desk, collection)
    yield desk
    desk.installation.engine.drop(new_collection(collection).partition)
    desk.installation.close()


def table(desk: Desk, principal: Principal = LOCAL_USER, **asked: object) -> Comparison:
    access = desk.store.access(principal)
    return build_comparison(ComparisonRequest(**asked), access, desk.installation.engine, None, desk.store)  # type: ignore[arg-type]


def row(made: Comparison, element: str) -> Row:
    return next(row for row in made.rows if row.element == element)


def test_the_same_conduct_of_four_countries_lies_side_by_side(desk: Desk) -> None:
    made = table(desk, concept="ML", jurisdictions=("ES", "BR", "IE", "FR"), date="2032-01-01", language="pt")
    assert [column.jurisdiction for column in made.columns] == ["ES", "BR", "IE", "FR"]
    assert [column.provisions[0].unit for column in made.columns] == ["art. 1", "art. 1º", "s. 1", "art. 1er"]
    stated = [[one.text for one in cell.quotations] for cell in row(made, "mental_element").cells]
    assert stated[0] == ["sabiendo que provienen de un delito"]
    assert stated[1] == []
    assert stated[2] == ["the person knows or is reckless as to that fact"]
    assert stated[3] == ["en connaissance de cause"]


def test_a_conduct_is_quoted_with_what_it_is_done_to(desk: Desk) -> None:
    made = table(desk, concept="ML", jurisdictions=("ES", "IE"), date="2032-01-01")
    conduct, objects = row(made, "conduct"), row(made, "object")
    assert [one.text for one in conduct.cells[0].quotations] == ["adquiera o transmita bienes"]
    assert [one.text for one in objects.cells[0].quotations] == ["bienes"]


def test_what_is_common_and_what_one_alone_has(desk: Desk) -> None:
    made = table(desk, concept="ML", jurisdictions=("ES", "BR", "IE", "FR"), date="2032-01-01")
    mental = row(made, "mental_element")
    assert mental.found == (0, 2, 3)
    assert mental.common == (Common("knowledge", (0, 2, 3), "all"), Common("recklessness", (2,), "one"))
    penalty = row(made, "penalty")
    assert penalty.heaviest == (("imprisonment", (2,)),)
    assert penalty.lightest == (("imprisonment", (3,)),)
    chart = penalty_charts(made)[0]
    assert (chart.kind, chart.unit) == ("imprisonment", "year")
    assert [bar.country for bar in chart.bars] == ["ES", "BR", "IE", "FR"]
    assert max(chart.bars, key=lambda bar: bar.most or 0).country == "IE"
    assert all((bar.most or 0) < chart.top for bar in chart.bars)


def figure(least: float | None, most: float) -> Figure:
    return Figure("imprisonment", least, most, "month", 0, 1)


def test_penalties_of_two_provisions_of_a_country_are_not_merged() -> None:
    """5 to 8 years beside 1 to 5 in another law are not 1 to 8, and heavier than 2 to 8."""

    def quoted(provision: str, least: float, most: float) -> Quotation:
        return Quotation(
            "d", provision, "", "es", 1, 0, 1, "", "", "", "", 1, figures=(figure(least, most),), role="basic"
        )

    peru = Cell((quoted("special", 12, 60), quoted("code", 60, 96)))
    cells = (peru, Cell((quoted("brazil", 24, 96),)), Cell((quoted("mexico", 12, 48),)))
    penalties = with_common_traits(Row("penalty", STRUCTURE, cells))
    columns = (Column("PE"), Column("BR"), Column("MX"))
    bars = penalty_bars(Comparison(ComparisonRequest(), "2032-01-01", columns, (penalties,), ""))
    assert [(bar.country, bar.least, bar.most) for bar in bars["imprisonment", "year"]] == [
        ("PE", 1, 5),
        ("PE", 5, 8),
        ("BR", 2, 8),
        ("MX", 1, 4),
    ]
    assert (penalties.lightest, penalties.heaviest) == ((("imprisonment", (2,)),), (("imprisonment", (0,)),))


def test_every_quotation_is_the_document_s_own_text(desk: Desk) -> None:
    made = table(desk, concept="ML", date="2032-01-01")
    quoted = [one for row in made.rows for cell in row.cells for one in cell.quotations]
    access = desk.store.access(LOCAL_USER)
    assert any(one.traits for one in quoted)
    for one in quoted:
        text = desk.store.reading(access, one.document_id).text
        assert text[one.start : one.end] == one.text
        assert all(one.start <= trait.start < trait.end <= one.end for trait in one.traits)


def test_what_does_not_punish_is_offered_and_not_compared(desk: Desk) -> None:
    (column,) = table(desk, concept="ML", jurisdictions=("ES",), date="2032-01-01").columns
    assert [(one.unit, one.role) for one in column.quoted] == [("art. 1", "basic"), ("art. 2", "connected")]
    assert "art. 3" in [one.unit for one in column.offered]


def test_the_version_of_the_date(desk: Desk) -> None:
    def valid_from(date: str) -> str:
        return table(desk, concept="ML", jurisdictions=("ES",), date=date).columns[0].provisions[0].valid_from

    assert valid_from("2032-01-01") == "2031-01-01"
    assert valid_from("2041-01-01") == "2040-01-01"


def test_a_version_without_a_day_is_compared_and_described_as_unknown(desk: Desk) -> None:
    (column,) = table(desk, concept="ML", jurisdictions=("FR",), date="2032-01-01").columns
    assert {one.in_force for one in column.provisions} == {"unknown"}


def test_a_country_of_which_nothing_is_stored_is_an_empty_column(desk: Desk) -> None:
    made = table(desk, concept="ML", jurisdictions=("ES", "JM"), date="2032-01-01")
    assert made.columns[1] == Column("JM")
    assert all(not row.cells[1].quotations for row in made.rows)


def test_elements_of_the_treaty_s_provision_are_rows_with_our_wording(desk: Desk) -> None:
    made = table(desk, treaty="UNTOC 6", jurisdictions=("ES", "IE"), date="2032-01-01")
    rows = [row for row in made.rows if row.source == "UNTOC_6"]
    assert "concealment" in {row.element for row in rows}
    assert all(dict(row.wording).keys() >= {"es", "pt", "en", "fr"} for row in rows)
    found = row(made, "acquisition").cells[1].quotations
    assert [one.pinpoint for one in found] == ["s. 1(1)(a)"]


def test_provisions_named_one_by_one(desk: Desk) -> None:
    found = table(desk, concept="ML", jurisdictions=("ES", "IE"), date="2032-01-01")
    expected = (found.columns[0].quoted[1].id, found.columns[1].provisions[0].id)
    made = table(desk, provisions=expected, date="2032-01-01")
    assert [[one.id for one in column.provisions] for column in made.columns] == [[expected[0]], [expected[1]]]
    assert all(one.named for column in made.columns for one in column.provisions)


def test_a_provision_that_was_left_out_is_offered_again(desk: Desk) -> None:
    (before,) = table(desk, concept="ML", jurisdictions=("ES",), date="2032-01-01").columns
    removed = before.quoted[1].id
    (after,) = table(desk, concept="ML", jurisdictions=("ES",), date="2032-01-01", left_out=(removed,)).columns
    assert removed not in {one.id for one in after.quoted}
    assert removed in {one.id for one in after.offered}


def test_nobody_sees_more_than_the_access_filter_lets(desk: Desk) -> None:
    stranger = Principal("stranger", frozenset({"another"}))
    made = table(desk, stranger, concept="ML", jurisdictions=("ES",), date="2032-01-01")
    assert made.columns == (Column("ES"),)
    expected = table(desk, concept="ML", jurisdictions=("ES",), date="2032-01-01").columns[0].provisions[0].id
    with pytest.raises(RogatioError, match="no_such_provision"):
        table(desk, stranger, provisions=(expected,))


def test_without_chosen_countries_none_is_an_empty_column(desk: Desk) -> None:
    made = table(desk, concept="ML", date="2031-02-01")
    assert [column.jurisdiction for column in made.columns] == ["ES", "FR"]
    assert [column.jurisdiction for column in made.without] == ["BR", "IE"]  # their laws came in later
    empty = table(desk, concept="ML", jurisdictions=("ES", "BR"), date="2031-02-01").columns[1]
    assert (empty.found, [text.day for text in empty.other_days]) == (False, ["2031-05-02"])  # it says "lavagem"
    stranger = Principal("stranger", frozenset({"elsewhere"}))
    assert table(desk, stranger, concept="ML", date="2031-02-01").without == ()
    assert visible_part(made, desk.store.access(stranger)).without == ()
    named = made.columns[0].provisions[0].id
    assert table(desk, provisions=(named,), date="2031-02-01").without == ()  # nobody asked the others


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({}, "nothing_to_compare"),
        ({"query": "  "}, "nothing_to_compare"),
        ({"concept": "NONE"}, "no_such_concept"),
        ({"treaty": "UNTOC 999"}, "no_such_treaty_provision"),
        ({"provisions": ("nowhere:1",)}, "no_such_provision"),
        ({"citations": ("art. 999 de la Ley 1/1900",)}, "no_such_provision"),
        ({"citations": ("art. 999 de la Ley 5/2031",)}, "no_such_provision"),  # the law is held, the article is not
        ({"citations": ("art. 999 de la Ley 5/2031",), "date": "2032-01-01"}, "no_such_provision"),
        ({"citations": ("art. 1 de la Ley 5/2031",), "date": "2020-01-01"}, "not_of_the_day"),
        ({"concept": "ML", "date": "soon"}, "no_such_day"),
    ],
)
def test_what_can_t_be_compared_is_reported(desk: Desk, asked: dict[str, object], code: str) -> None:
    with pytest.raises(RogatioError, match=code):
        table(desk, **asked)


def test_an_invalid_date_is_reported_as_it_was_written(desk: Desk) -> None:
    with pytest.raises(RogatioError) as reported:
        table(desk, concept="ML", date="today")
    assert reported.value.facts == {"value": "today"}


def test_two_provisions_clause_by_clause(desk: Desk) -> None:
    found = table(desk, concept="ML", jurisdictions=("ES", "FR"), date="2032-01-01")
    left, right = (column.provisions[0].id for column in found.columns)
    access = desk.store.access(LOCAL_USER)
    made = pair_clauses(left, right, "2032-01-01", access, desk.installation.engine, None, desk.store)
    assert (made.left.jurisdiction, made.right.jurisdiction, made.by_meaning) == ("ES", "FR", False)
    pair = next(pair for pair in made.pairs if pair.left and pair.right)
    assert "knowledge" in pair.shared
    text = desk.store.reading(access, made.left.document_id).text
    assert all(text[one.start : one.end] == one.text for pair in made.pairs for one in pair.left)
    with pytest.raises(RogatioError, match="no_such_provision"):
        pair_clauses(left, "nowhere:0", "", access, desk.installation.engine, None, desk.store)


def test_the_provision_at_a_place_of_a_document(desk: Desk) -> None:
    (column,) = table(desk, concept="ML", jurisdictions=("ES",), date="2032-01-01").columns
    expected = column.provisions[0]
    access = desk.store.access(LOCAL_USER)
    place = (expected.document_id, expected.start + 5, expected.unit)
    assert provision_at(*place, access, desk.installation.engine) == expected.id
    stranger = desk.store.access(Principal("stranger", frozenset()))
    with pytest.raises(RogatioError, match="no_such_provision"):
        provision_at(*place, stranger, desk.installation.engine)


def test_one_selection_answers_for_all_countries(desk: Desk) -> None:
    law = LawHeld(desk.store.access(LOCAL_USER), desk.installation.engine, None, desk.store)
    query = ComparisonRequest(concept="ML")
    columns = select_provisions(query, ("IE", "ES", "JM"), "2032-01-01", law)
    roles = [[(one.unit, one.role) for one in column.provisions] for column in columns]
    assert roles == [[("s. 1", "basic")], [("art. 1", "basic")], []]
    assert [column.found for column in columns] == [True, True, False]
    assert columns == table(desk, concept="ML", jurisdictions=("IE", "ES", "JM"), date="2032-01-01").columns
    stranger = LawHeld(desk.store.access(Principal("nobody")), desk.installation.engine, None, desk.store)
    assert select_provisions(query, (), "2032-01-01", stranger) == ()


@pytest.mark.parametrize(
    ("cells", "heaviest"),
    [
        ([("basic", 72, "month")], []),
        ([("basic", 72, "month"), ("special", 240, "month")], [0]),
        ([("basic", None, ""), ("connected", 240, "month")], []),
        ([("basic", 72, "month"), ("connected", 240, "month")], [0]),
    ],
    ids=["alone", "an aggravated form", "named without figures", "a connected rule"],
)
def test_only_basic_offences_with_a_whole_penalty_are_the_heaviest(
    cells: list[tuple[str, float | None, str]], heaviest: list[int]
) -> None:
    cell = Cell(tuple(replace(QUOTED, role=role, figures=(imprisonment(most, unit),)) for role, most, unit in cells))
    other = Cell((replace(QUOTED, role="basic", figures=(imprisonment(60, "month"),)),))
    row = with_common_traits(Row("penalty", "structure", (cell, other if heaviest or len(cells) > 1 else Cell())))
    assert [place for _, places in row.heaviest for place in places] == heaviest


def test_a_penalty_set_in_a_connected_rule_is_that_of_the_offence() -> None:
    connected = replace(QUOTED, role="connected", figures=(imprisonment(240, "month"),))
    offence = replace(QUOTED, role="basic", figures=())
    other = Cell((replace(QUOTED, role="basic", figures=(imprisonment(60, "month"),)),))
    row = with_common_traits(Row("penalty", "structure", (Cell((offence, connected)), other)))
    assert row.heaviest == (("imprisonment", (0,)),)


@pytest.mark.parametrize(
    ("terms", "lightest", "heaviest"),
    [
        ([(60, 96), (12, 96), (60, 180)], [1], [2]),
        ([(12, 96), (12, 96), (60, 180)], [0, 1], [2]),
        ([(60, 96), (12, 120)], [], []),
        ([(None, 96), (12, 120)], [0], [1]),
    ],
    ids=["the higher minimum is not the lowest", "a tie", "minima that say the contrary", "no minimum stated"],
)
def test_a_minimum_that_says_the_contrary_leaves_no_rank(
    terms: list[tuple[int | None, int]], lightest: list[int], heaviest: list[int]
) -> None:
    figures = (Figure("imprisonment", least, most, "month", 40, 50) for least, most in terms)
    cells = tuple(Cell((replace(QUOTED, role="basic", figures=(figure,)),)) for figure in figures)
    row = with_common_traits(Row("penalty", "structure", cells))
    assert [place for _, places in row.lightest for place in places] == lightest
    assert [place for _, places in row.heaviest for place in places] == heaviest


def imprisonment(most: float | None, unit: str) -> Figure:
    return Figure("imprisonment", None, most, unit, 40, 50)


NAMING = "ARTÍCULO {}.- La autoridad informa cada año sobre {} y su prevención."
UNNAMED = [
    (
        "CORR_PASS",
        "el cohecho pasivo",
        "El funcionario público que solicite, reciba o acepte la promesa de dinero u otra dádiva para hacer, retardar "
        "o dejar de hacer un acto de sus funciones será reprimido con prisión de 1 a 6 años.",
    ),
    (
        "THB",
        "la trata de personas",
        "Será reprimido con prisión de 4 a 8 años quien reclute mujeres mediante amenaza con fines de explotación.",
    ),
    (
        "DRUG",
        "el tráfico de drogas",
        "El que venda, distribuya o transporte cocaína u otras sustancias prohibidas será reprimido con prisión de 4 a "
        "15 años.",
    ),
]


@pytest.mark.parametrize(("concept", "name", "offence"), UNNAMED)
def test_an_offence_that_names_the_concept_nowhere_is_found_beside_what_names_it(
    tmp_path: Path, concept: str, name: str, offence: str
) -> None:
    others = [NAMING.format(number, name) for number in range(1, 30)]
    text = "\n\n".join(("LEY 27.429", f"sobre {name}", *others[:14], f"ARTÍCULO 15.- {offence}", *others[15:]))
    desk = Desk(tmp_path)
    desk.bring("unnamed.txt", text, jurisdiction="AR", document_type="statute", date="2030-01-01")
    made = table(desk, concept=concept, jurisdictions=("AR",), date="2032-01-01")
    desk.installation.close()
    assert [(one.unit, one.role) for one in made.columns[0].provisions] == [("art. 15", "basic")]
