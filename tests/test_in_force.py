"""Point-in-time search: expressions in force, not in force and unknown, alike in both engines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from web_site import site

from app.comparison.comparing import compare
from app.comparison.table import ComparisonRequest
from app.comparison.visibility import visible_part
from app.search.notices import out_of_force_row, out_of_force_sentence
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, Principal
from indexing.engines.plan import Everything, Plan
from indexing.engines.protocol import Engine, EngineResult
from indexing.ingest.corrections import delete
from indexing.ingest.ingest import ingest
from indexing.ingest.reindexing import reindex
from indexing.installation import Installation
from indexing.records.validity import InForce, Validity, claim_of_file, exactly, read_day, today
from indexing.search.clauses import period_of, surely_not_in_force
from indexing.search.request import OutOfForceCitation, SearchRequest, SearchResult
from indexing.search.search import search
from indexing.settings import Settings
from nlp.annotations import Annotations, DocumentType, Reading

LAW = """---
title: "Ley Nº 19574 - Ley integral contra el lavado de activos"
country: "uy"
official_type: "Ley"
official_number: "19574"
year: "2010"
publication_date: "2010-01-01"
{days}
---
# Ley Nº 19574

## Artículo 1

El que convierta dinero será castigado con {years} años de prisión.

## Artículo 2

Esta ley entra en vigor el día de su publicación.
"""


def law(folder: Path, name: str, days: str, years: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.md"
    path.write_text(LAW.format(days=days, years=years), encoding="utf-8")
    return path


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    opened = Installation(Settings(tmp_path / "home"))
    yield opened
    opened.close()


def ask(installation: Installation, query: str, **asked: object) -> SearchResult:
    return search(installation, SearchRequest(query, **asked))  # type: ignore[arg-type]


def sources(result: SearchResult) -> list[str]:
    return sorted({hit.source for hit in result.hits})


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2015-03-01", "2015-03-01"),
        ("2015-03-01T00:00:00Z", "2015-03-01"),
        ("1/3/2015", "2015-03-01"),
        ("31.12.1999", "1999-12-31"),
        ("2015-02-30", ""),
        ("2015", ""),
        ("soon", ""),
        ("", ""),
    ],
)
def test_days_as_they_are_written(written: str, day: str) -> None:
    assert read_day(written) == day


@pytest.mark.parametrize(
    ("validity", "day", "answer"),
    [
        (exactly("2010-01-01", "2015-01-01"), "2009-12-31", InForce.NO),
        (exactly("2010-01-01", "2015-01-01"), "2010-01-01", InForce.YES),
        (exactly("2010-01-01", "2015-01-01"), "2014-12-31", InForce.YES),
        (exactly("2010-01-01", "2015-01-01"), "2015-01-01", InForce.NO),
        (exactly("2010-01-01"), "2999-01-01", InForce.YES),
        (Validity(), "2020-01-01", InForce.UNKNOWN),
        (Validity("2020-01-01", "", "2010-01-01"), "2009-01-01", InForce.NO),
        (Validity("2020-01-01", "", "2010-01-01"), "2015-01-01", InForce.UNKNOWN),
        (Validity(latest="2015-01-01"), "2014-01-01", InForce.UNKNOWN),
        (Validity(latest="2015-01-01"), "2016-01-01", InForce.NO),
        # The text of a day: it may have been amended since, unless the day is known on which it ended.
        (Validity("2015-01-01", "", "2010-01-01", text_of="2015-01-01"), "2009-12-31", InForce.NO),
        (Validity("2015-01-01", "", "2010-01-01", text_of="2015-01-01"), "2014-12-31", InForce.UNKNOWN),
        (Validity("2015-01-01", "", "2010-01-01", text_of="2015-01-01"), "2015-01-01", InForce.YES),
        (Validity("2015-01-01", "", "2010-01-01", text_of="2015-01-01"), "2015-01-02", InForce.UNKNOWN),
        (Validity("2015-01-01", "2020-01-01", "2010-01-01", "2020-01-01", "2015-01-01"), "2019-12-31", InForce.YES),
        (Validity("2015-01-01", "2020-01-01", "2010-01-01", "2020-01-01", "2015-01-01"), "2020-01-01", InForce.NO),
        # A wording with a period of its own in such a text.
        (Validity("2012-01-01", "", "2012-01-01", text_of="2015-01-01"), "2013-01-01", InForce.YES),
        (Validity("2012-01-01", "", "2012-01-01", text_of="2015-01-01"), "2016-01-01", InForce.UNKNOWN),
        (Validity("2017-01-01", "", "2017-01-01", text_of="2015-01-01"), "2017-01-01", InForce.YES),
        (Validity("2017-01-01", "", "2017-01-01", text_of="2015-01-01"), "2017-01-02", InForce.UNKNOWN),
    ],
)
def test_yes_no_and_nobody_knows(validity: Validity, day: str, answer: InForce) -> None:
    assert validity.on(day) is answer


def text_of_day(day: str, published: str) -> Validity:
    return Validity(day, "", published, text_of=day)


SAID: list[tuple[Mapping[str, str], Validity]] = [
    ({}, Validity()),
    ({"status": "in_force"}, Validity()),
    ({"publication_date": "2010-01-01"}, Validity(earliest="2010-01-01")),
    ({"publication_date": "2010-01-01", "last_updated": "2015-03-01"}, text_of_day("2015-03-01", "2010-01-01")),
    ({"in_force_from": "2015-03-01", "publication_date": "2015-01-01"}, exactly("2015-03-01")),
    ({"in_force_from": "2015-03-01", "in_force_to": "2016-12-31"}, exactly("2015-03-01", "2017-01-01")),
    ({"in_force_from": "2015-03-01", "repeal_date": "2017-01-01"}, exactly("2015-03-01", "2017-01-01")),
    ({"status": "derogada", "last_updated": "2015-03-01"}, Validity(latest="2015-03-01")),
    ({"status": "REPEALED", "publication_date": "2010-01-01"}, Validity(earliest="2010-01-01")),
    ({"version_date": "not a day"}, Validity()),
    ({"publication_date": "1997-01-16", "last_updated": "1900-01-01"}, Validity(earliest="1997-01-16")),
    (
        {"entry_in_force": "2000-09-22", "publication_date": "2000-08-08", "last_updated": "2021-08-09"},
        text_of_day("2021-08-09", "2000-09-22"),
    ),
]


@pytest.mark.parametrize(
    ("metadata", "validity"),
    [
        ({}, Validity(earliest="2016-01-01")),
        ({"publication_date": "1989-12-21"}, Validity(earliest="2016-01-01")),
        ({"publication_date": "2016-03-17"}, Validity(earliest="2016-03-17")),
        ({"in_force_from": "2017-01-01"}, exactly("2017-01-01")),
    ],
)
def test_no_law_applies_before_its_own_year(metadata: Mapping[str, str], validity: Validity) -> None:
    assert claim_of_file(metadata, _law_of("2016")).validity == validity


def test_a_year_to_come_is_not_used() -> None:
    assert claim_of_file({}, _law_of("9999")).validity == Validity()


def _law_of(year: str) -> Annotations:
    identity = (Reading("ref:br:lei:13260", "BR", "lei", year=year),)
    return Annotations(DocumentType("statute", 1.0, "test"), (), (), (), "", "BR", "", identity, "test")


@pytest.mark.parametrize(("metadata", "validity"), SAID)
def test_what_a_file_says_of_itself_and_no_more(metadata: Mapping[str, str], validity: Validity) -> None:
    identity = (Reading("ref:uy:ley:19574", "UY", "ley"),)
    annotations = Annotations(DocumentType("statute", 1.0, "test"), (), (), (), "", "UY", "", identity, "test")
    claim = claim_of_file(metadata, annotations)
    assert claim.validity == validity
    assert claim.identity == ("ref:uy:ley:19574",)
    assert claim.ended == (metadata.get("status") == "REPEALED")


def test_today_shows_what_is_in_force_and_says_what_it_leaves_out(installation: Installation, tmp_path: Path) -> None:
    law(tmp_path / "in", "old", "in_force_from: 2010-02-01", "cinco")
    law(tmp_path / "in", "new", "in_force_from: 2015-03-01", "ocho")
    ingest(installation, [tmp_path / "in"])
    result = ask(installation, "dinero castigado")
    assert sources(result) == ["new.md"]
    assert result.not_in_force == 1
    version = result.hits[0].version
    assert version is not None
    assert (version.valid_from, version.valid_to, version.in_force) == ("2015-03-01", "", "yes")
    assert (version.older, version.later, version.others) == (1, 0, 1)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("dinero in_force:2012-06-01", ["old.md"]),
        ("dinero vigente:1/6/2012", ["old.md"]),
        ("dinero em_vigor:2015-02-28", ["old.md"]),
        ("dinero en_vigueur:2015-03-01", ["new.md"]),
        ("dinero vigente:hoy", ["new.md"]),
        ("dinero in_force:2001-01-01", []),
        ("dinero in_force:all", ["new.md", "old.md"]),
        ("dinero vigente:desconocida", []),
        ("dinero NOT in_force:2012-06-01", ["new.md"]),
        ("dinero in_force:(2012-06-01 today)", ["new.md", "old.md"]),
    ],
)
def test_in_force_at_a_day(installation: Installation, tmp_path: Path, query: str, expected: list[str]) -> None:
    law(tmp_path / "in", "old", "in_force_from: 2010-02-01", "cinco")
    law(tmp_path / "in", "new", "in_force_from: 2015-03-01", "ocho")
    ingest(installation, [tmp_path / "in"])
    assert sources(ask(installation, query)) == expected


def test_a_later_version_ends_the_one_that_is_stored(installation: Installation, tmp_path: Path) -> None:
    ingest(installation, [law(tmp_path, "old", "in_force_from: 2010-02-01", "cinco")])
    assert sources(ask(installation, "dinero")) == ["old.md"]
    ingest(installation, [law(tmp_path, "new", "in_force_from: 2015-03-01", "ocho")])
    assert sources(ask(installation, "dinero")) == ["new.md"]
    reindex(installation)
    assert sources(ask(installation, "dinero")) == ["new.md"]
    newest = ask(installation, "dinero").hits[0].document_id
    delete(installation, newest)
    assert sources(ask(installation, "dinero")) == ["old.md"]


def test_unknown_is_shown_and_reported_and_never_claimed(installation: Installation, tmp_path: Path) -> None:
    law(tmp_path / "in", "undated", "status: in_force", "cinco")
    ingest(installation, [tmp_path / "in"])
    usual = ask(installation, "dinero")
    assert sources(usual) == ["undated.md"]
    assert usual.hits[0].version is not None
    assert usual.hits[0].version.in_force == "unknown"
    at_a_day = ask(installation, "dinero in_force:2015-01-01")
    assert sources(at_a_day) == []
    assert at_a_day.perhaps_in_force == 1
    client = site(installation.settings, LOCAL_USER).test_client()
    nothing = client.get("/?q=dinero&in_force=2015-01-01&ui=en").text.partition('<div class="nothing">')[2]
    assert "1 is left out: its date of entry into force is unknown." in nothing.partition("</div>")[0]
    assert "in_force=any" in nothing.partition("</div>")[0]
    assert sources(ask(installation, "dinero in_force:unknown")) == ["undated.md"]
    assert ask(installation, "dinero in_force:2005-01-01").perhaps_in_force == 0  # before it was published


def test_what_is_found_by_the_term_of_its_law_is_reported_too(installation: Installation, tmp_path: Path) -> None:
    path = tmp_path / "in" / "undated.md"
    path.parent.mkdir()
    path.write_text(
        "---\ncountry: uy\nstatus: in_force\n---\n# Ley\n\nArtículo 1. El lavado de activos será castigado.\n"
    )
    ingest(installation, [path.parent])
    assert ask(installation, "money laundering").by_names == 1
    assert ask(installation, "money laundering in_force:2015-01-01").perhaps_in_force == 1
    assert ask(installation, "kidnapping in_force:2015-01-01").perhaps_in_force == 0
    client = site(installation.settings, LOCAL_USER).test_client()
    page = client.get("/?q=money+laundering&in_force=2015-01-01&ui=en").text
    assert "1 is left out: its date of entry into force is unknown." in page


def test_what_is_no_law_is_in_every_usual_search(installation: Installation, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("The Central Authority requests the service of the attached summons on the witness.\n")
    ingest(installation, [letter])
    result = ask(installation, "summons")
    assert sources(result) == ["letter.txt"]
    assert result.hits[0].version is None
    assert sources(ask(installation, "summons in_force:today")) == []


def test_what_is_not_a_date_is_reported(installation: Installation) -> None:
    with pytest.raises(RogatioError, match="no_such_time_in_force"):
        ask(installation, "dinero in_force:2015-13")


def test_as_a_filter_with_the_query(installation: Installation, tmp_path: Path) -> None:
    law(tmp_path / "in", "old", "in_force_from: 2010-02-01", "cinco")
    law(tmp_path / "in", "new", "in_force_from: 2015-03-01", "ocho")
    ingest(installation, [tmp_path / "in"])
    assert sources(ask(installation, "dinero", filters={"in_force": ("2012-01-01",)})) == ["old.md"]
    assert sources(ask(installation, "dinero", filters={"in_force": (today(),)})) == ["new.md"]


def test_the_dates_of_a_manifest_are_compared_with_the_file_s(installation: Installation, tmp_path: Path) -> None:
    law(tmp_path / "in", "old", "in_force_from: 2009-09-09", "cinco")
    law(tmp_path / "in", "new", "", "ocho")
    manifest = tmp_path / "in" / "manifest.csv"
    manifest.write_text("file;in_force_from;in_force_to\nold.md;2010-02-01;\nnew.md;1/3/2015;2019-12-31\n")
    for _ in range(2):
        ingest(installation, [tmp_path / "in"])
        assert sources(ask(installation, "dinero in_force:2009-12-31")) == []
        assert sources(ask(installation, "dinero in_force:2015-02-28")) == ["old.md"]
        assert sources(ask(installation, "dinero in_force:2019-12-31")) == ["new.md"]
        assert sources(ask(installation, "dinero in_force:2020-01-01")) == []
    manifest.write_text("file;in_force_from;in_force_to\nold.md;2010-02-01;\nnew.md;1/3/2015;\n")
    ingest(installation, [tmp_path / "in"])
    assert sources(ask(installation, "dinero in_force:2020-01-01")) == ["new.md"]


def test_an_invalid_date_of_a_manifest_is_reported_before_anything_is_done(
    installation: Installation, tmp_path: Path
) -> None:
    law(tmp_path / "in", "old", "", "cinco")
    (tmp_path / "in" / "manifest.csv").write_text("file,in_force_from\nold.md,2010\n")
    with pytest.raises(RogatioError, match="manifest_value"):
        ingest(installation, [tmp_path / "in"])
    (tmp_path / "in" / "manifest.csv").write_text("file,in_force_from,in_force_to\nold.md,2016-02-01,2010-01-01\n")
    with pytest.raises(RogatioError, match="manifest_days"):
        ingest(installation, [tmp_path / "in"])


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2009-01-01", [("old.md", "2010-02-01", "2015-03-01", "no")]),  # not the one of 2015
        ("2012-01-01", []),
        ("2018-01-01", []),
    ],
)
def test_a_cited_provision_of_other_days_is_reported(
    installation: Installation, tmp_path: Path, day: str, told: list[tuple[str, str, str, str]]
) -> None:
    law(tmp_path / "in", "old", "in_force_from: 2010-02-01", "cinco")
    law(tmp_path / "in", "new", "in_force_from: 2015-03-01", "ocho")
    ingest(installation, [tmp_path / "in"])
    named = {one.id: one.source for one in installation.store.documents(installation.store.access(LOCAL_USER))}
    result = ask(installation, "art. 1 ley 19574", filters={"in_force": (day,)})
    found = [(named[one.document_id], one.since, one.until, one.in_force) for one in result.out_of_force_citations]
    assert found == told
    assert all(one.day == day and one.unit == "art. 1" for one in result.out_of_force_citations)
    assert [hit.unit for hit in result.hits][:1] == ([] if told else ["art. 1"])


def test_a_cited_provision_that_is_no_longer_in_force_is_reported_as_of_today(
    installation: Installation, tmp_path: Path
) -> None:
    ingest(installation, [law(tmp_path, "old", "in_force_from: 2010-02-01\nrepeal_date: 2019-05-01", "cinco")])
    (cited,) = ask(installation, "art. 1 ley 19574").out_of_force_citations
    assert (cited.day, cited.since, cited.until, cited.in_force) == (
        today(),
        "2010-02-01",
        "2019-05-01",
        "no",
    )
    assert ask(installation, "art. 1 ley 19574 in_force:2015-01-01").out_of_force_citations == ()
    assert ask(installation, "art. 1 ley 19574 in_force:all").out_of_force_citations == ()


def test_a_provision_that_is_not_stored_is_of_no_other_day(installation: Installation, tmp_path: Path) -> None:
    ingest(installation, [law(tmp_path, "old", "in_force_from: 2010-02-01", "cinco")])
    result = ask(installation, "art. 99 ley 19574 in_force:2009-01-01")
    assert [citation.held for citation in result.citations] == [("ref:uy:ley:19574",)]
    assert result.out_of_force_citations == ()
    (cited,) = ask(installation, "ley 19574 in_force:2009-01-01").out_of_force_citations
    assert cited.since == "2010-02-01"
    with pytest.raises(RogatioError, match="no_such_provision"):
        compare(installation, ComparisonRequest(citations=("art. 99 ley 19574",), date="2009-01-01"))


def test_nobody_knows_whether_a_cited_provision_was_in_force(installation: Installation, tmp_path: Path) -> None:
    ingest(installation, [law(tmp_path, "undated", "status: in_force", "cinco")])
    (cited,) = ask(installation, "art. 1 ley 19574 in_force:2015-01-01").out_of_force_citations
    assert (cited.in_force, cited.since) == ("unknown", "2010-01-01")


def test_what_may_not_be_seen_is_not_told_of_other_days(installation: Installation, tmp_path: Path) -> None:
    ingest(installation, [law(tmp_path, "old", "in_force_from: 2010-02-01", "cinco")])
    nobody = Principal("nobody")
    request = SearchRequest("art. 1 ley 19574", {"in_force": ("2009-01-01",)})
    assert search(installation, request, nobody).out_of_force_citations == ()


def test_a_comparison_reports_what_day_a_cited_provision_is(installation: Installation, tmp_path: Path) -> None:
    ingest(installation, [law(tmp_path, "old", "in_force_from: 2010-02-01", "cinco")])
    with pytest.raises(RogatioError, match="not_of_the_day") as raised:
        compare(installation, ComparisonRequest(citations=("art. 1 ley 19574",), date="2009-01-01"))
    assert raised.value.facts["since"] == "2010-02-01"


@pytest.mark.parametrize(
    ("language", "since", "until", "in_force", "words"),
    [
        (
            "es",
            "2018-01-10",
            "",
            "no",
            "vigente solo desde el 10 de enero de 2018: no lo estaba el 1 de enero de 2016.",
        ),
        ("pt", "2001-02-03", "2010-01-01", "no", "em vigor só até 31 de dezembro de 2009: não estava mais"),
        ("en", "", "", "unknown", "it is unknown whether it was in force on 1 January 2016."),
        ("fr", "2015-03-01", "", "unknown", "version du 1er mars 2015\u202f; on ignore si elle était en vigueur"),
    ],
)
def test_what_is_said_of_it(language: str, since: str, until: str, in_force: str, words: str) -> None:
    cited = OutOfForceCitation("art. 1", "d", "Ley 1", "UY", "es", "art. 1", 1, 0, "2016-01-01", since, until, in_force)
    assert words in out_of_force_sentence(cited, language)
    assert out_of_force_row(cited, language)["message"] == out_of_force_sentence(cited, language)


THEFT = """---
title: "Código Penal"
country: "uy"
identifier: "Ley 9155"
{day}
---
# Ley 9155

## Artículo 340. Hurto
El que se apoderare de cosa ajena mueble, sustrayéndosela a su tenedor, para aprovecharse de ella, será castigado con
tres meses de prisión a seis años de penitenciaría.
"""


@pytest.fixture(scope="module")
def old_code(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Give an installation with a penal code that only says of which day its text is."""
    folder = tmp_path_factory.mktemp("old_code")
    code = folder / "code.md"
    code.write_text(THEFT.format(day='publication_date: "1967-01-01"\nlast_updated: "2010-06-01"'), encoding="utf-8")
    opened = Installation(Settings(folder / "home"))
    ingest(opened, [code])
    yield opened
    opened.close()


@pytest.mark.parametrize(("day", "in_force"), [("2026-01-01", "unknown"), ("2010-06-01", "yes")])
def test_a_text_of_a_day_is_not_described_as_in_force_since(old_code: Installation, day: str, in_force: str) -> None:
    (column,) = compare(old_code, ComparisonRequest(concept="THEFT", jurisdictions=("UY",), date=day)).columns
    cited = [(one.unit, one.text_of, one.valid_from, one.in_force) for one in column.provisions]
    assert cited == [("art. 340", "2010-06-01", "", in_force)]
    assert column.other_days == ()
    found = search(old_code, SearchRequest("hurto", {"in_force": (day, "unknown")}, mode="words"))
    versions = [hit.version for hit in found.hits if hit.version]
    assert [(one.text_of, one.valid_from, one.in_force) for one in versions] == [("2010-06-01", "", in_force)]


@pytest.mark.parametrize(
    ("day", "certain", "with_unknown", "left_out"),
    [
        ("1966-12-31", 0, 0, 0),  # before it was published
        ("2010-05-31", 0, 0, 1),  # of a later day
        ("2010-06-01", 1, 1, 0),
        ("2010-06", 1, 1, 0),
        ("2010-06-02", 0, 1, 1),
        ("today", 0, 1, 1),
        ("2011", 0, 1, 1),
    ],
)
def test_a_search_and_a_comparison_agree_on_the_text_of_a_day(
    old_code: Installation, day: str, certain: int, with_unknown: int, left_out: int
) -> None:
    def of(*days: str) -> SearchResult:
        return search(old_code, SearchRequest("hurto", {"in_force": days}, mode="words"))

    only = of(day)
    assert (len(only.hits), only.perhaps_in_force, len(of(day, "unknown").hits)) == (certain, left_out, with_unknown)
    if len(day) == len("2010-06-01"):
        columns = compare(old_code, ComparisonRequest(concept="THEFT", jurisdictions=("UY",), date=day)).columns
        assert sum(column.found for column in columns) == with_unknown


def test_the_pages_word_the_text_of_a_day_alike(old_code: Installation) -> None:
    client = site(old_code.settings, LOCAL_USER).test_client()
    (document,) = old_code.store.documents(old_code.store.access(LOCAL_USER))
    for address in (f"/documents/{document.id}/versions/", "/?q=hurto", "/compare/?concept=THEFT&country=UY"):
        page = client.get(f"{address}{'&' if '?' in address else '?'}ui=en").text
        assert "text of 1 June 2010" in page, address
        assert "in force from 1 June 2010" not in page, address
    (version,) = client.get(f"/api/v1/documents/{document.id}/versions").json["versions"]
    assert (version["valid_from"], version["text_of"], version["in_force"]) == ("", "2010-06-01", "unknown")


def test_a_text_that_names_later_laws_is_not_of_its_day() -> None:
    said = {"publication_date": "2000-01-01", "last_updated": "2010-06-01"}
    later = "Artículo 5. (Redacción dada por la Ley N.º 19.172, de 20 de diciembre de 2013)"
    assert claim_of_file(said, _law_of("2000"), later).validity == Validity(earliest="2000-01-01")
    assert claim_of_file(said, _law_of("2000"), "Ley N.º 17.172, de 20 de diciembre de 2009").validity.start


def test_a_comparison_shows_which_code_its_day_leaves_out(old_code: Installation) -> None:
    for request, day in ((("UY",), "1950-01-01"), ((), "1990-01-01")):
        made = compare(old_code, ComparisonRequest(concept="THEFT", jurisdictions=request, date=day))
        (column,) = (*made.columns, *made.without)
        assert not column.found
        assert [(one.title, one.day) for one in column.other_days] == [("Código Penal", "2010-06-01")]
        seen = visible_part(made, old_code.store.access(Principal("nobody")))
        assert all(not each.other_days for each in (*seen.columns, *seen.without))


@pytest.mark.parametrize("has_old", [False, True])
def test_words_are_looked_for_among_laws_of_other_dates_only_where_there_are_any(
    installation: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_old: bool
) -> None:
    law(tmp_path / "in", "new", "in_force_from: 2015-03-01", "ocho")
    if has_old:
        law(tmp_path / "in", "old", "in_force_from: 2010-02-01", "cinco")
    ingest(installation, [tmp_path / "in"])
    engine, excluded, plans = installation.engine, surely_not_in_force(period_of("today")), list[Plan]()
    searching = type(engine).search

    def recorded(self: Engine, plan: Plan) -> EngineResult:
        plans.append(plan)
        return searching(self, plan)

    monkeypatch.setattr(type(engine), "search", recorded)
    assert ask(installation, "dinero castigado").not_in_force == int(has_old)
    counting = [plan.match for plan in plans if dict(plan.filters).get("in_force") == excluded]
    assert any(match == Everything() for match in counting)
    assert any(match != Everything() for match in counting) == has_old
