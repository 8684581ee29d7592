"""Engine contract, for both real engines: the same records, queries and results."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from uuid import uuid4

import pytest
from engine_records import made

from extraction.errors import RogatioError
from indexing.access import AccessFilter
from indexing.engines.embedded.engine import EmbeddedEngine
from indexing.engines.plan import Everything, Plan
from indexing.engines.protocol import Engine
from indexing.records.record import Record
from indexing.records.validity import Validity, exactly
from indexing.search.request import FACETS, SearchRequest, SearchResult
from indexing.search.search import retrieve
from nlp.annotations import Span, Unit

FILLER = "Consta en autos la documental aportada por las partes en el acto del juicio oral. "


@pytest.fixture
def partition() -> str:
    return f"public-{uuid4().hex[:8]}"


def seen(partition: str, *collections: str) -> AccessFilter:
    return AccessFilter("tester", ((partition, frozenset(collections or ("law",))),))


def write(engine: Engine, partition: str, *documents: list[Record]) -> None:
    engine.write(partition, [record for records in documents for record in records])
    engine.refresh(partition)


def ask(engine: Engine, partition: str, query: str, *collections: str, **request: object) -> SearchResult:
    """Search by words alone; ``test_concept_expansion`` and ``test_semantic_search`` test the rest."""
    asked = {"mode": "words", **request}
    return retrieve(SearchRequest(query, **asked), seen(partition, *collections), engine)  # type: ignore[arg-type]


def ids(result: SearchResult) -> list[str]:
    return [hit.document_id for hit in result.hits]


def article(number: int, text: str, start: int) -> Unit:
    return Unit(start, start + len(text), f"art. {number}", "article", ("Libro II",), "", 1.0, "test")


@pytest.fixture
def installation(engine: Engine, partition: str) -> str:
    """A few texts of five countries in a partition of the test's own."""
    return filled(engine, partition)


@pytest.fixture(scope="module")
def shelf(engine: Engine) -> str:
    """The same texts in a partition that tests only read."""
    return filled(engine, f"shelf-{uuid4().hex[:8]}")


def filled(engine: Engine, partition: str) -> str:
    write(
        engine,
        partition,
        made("es", "El blanqueo de capitales se castiga con prisión. El año 2010 hubo reforma.", date="2010-06-22"),
        made("pt", "A lavagem de dinheiro e as exportações no ano passado.", language="pt", jurisdiction="BR"),
        made(
            "fr", "L'article 324-1 du code pénal punit le blanchiment.", language="fr", jurisdiction="FR", date="2019"
        ),
        made("en", "Money laundering proceeds of crime in Spain.", language="en", jurisdiction="GB", date="2002-07-24"),
        made("mx", "Artículo 400 bis. Se impondrá prisión al que adquiera recursos.", jurisdiction="MX", date="1996"),
    )
    return partition


QUERIES = [
    ("blanqueo", {"es"}),
    ("BLANQUEO", {"es"}),
    ("exportacao", {"pt"}),
    ("exportação", {"pt"}),
    ("launder", {"en"}),
    ("blanqueo OR lavagem", {"es", "pt"}),
    ("blanqueo O lavagem", {"es", "pt"}),
    ("prisión AND blanqueo", {"es"}),
    ("prisión Y NO blanqueo", {"mx"}),
    ("prisión -blanqueo", {"mx"}),
    ("prisión AND (blanqueo OR recursos)", {"es", "mx"}),
    ("NOT prisión", {"pt", "fr", "en"}),
    ('"blanqueo de capitales"', {"es"}),
    ('"capitales de blanqueo"', set()),
    ('"code pénal"', {"fr"}),
    ('"CODE PENAL"', {"fr"}),
    ('"castigado blanqueo"~5', {"es"}),
    ('"castigado blanqueo"~2', set()),
    ('"blanquear castigar"~1', set()),
    ("blanq*", {"es"}),
    ("bl?nqueo", {"es"}),
    ("*chiment", {"fr"}),
    ('"blanq* de capital*"', {"es"}),
    ("400 bis", {"mx"}),
    ("400", set()),
    ("324-1", {"fr"}),
    ("324", set()),
    ("=pénal", {"fr"}),
    ("=penal", set()),
    ("=año", {"es"}),
    ("país:españa", {"es"}),
    ("pays:(FR BR)", {"fr", "pt"}),
    ("idioma:inglés", {"en"}),
    ("año:2000..2010", {"es", "en"}),
    ("year:2019", {"fr"}),
    ("prisión país:MX", {"mx"}),
    ("país:ES OR país:FR", {"es", "fr"}),
    ("", {"es", "pt", "fr", "en", "mx"}),
]


@pytest.mark.parametrize(("query", "found"), QUERIES)
def test_query_language(engine: Engine, shelf: str, query: str, found: set[str]) -> None:
    result = ask(engine, shelf, query)
    strictly = result.total if not any(code.startswith("relaxed") for code in result.understood) else 0
    assert (set(ids(result)) if strictly else set()) == found
    assert strictly == len(found)


@pytest.mark.parametrize(("query", "order"), [("año", ["es", "pt"]), ("ano", ["pt", "es"])])
def test_the_tilde_of_n_is_a_letter_and_its_absence_ranks_lower(
    engine: Engine, shelf: str, query: str, order: list[str]
) -> None:
    assert ids(ask(engine, shelf, query)) == order


def test_a_long_question_finds_what_answers_most_of_it(engine: Engine, shelf: str) -> None:
    result = ask(engine, shelf, "¿con qué pena de prisión se castiga el blanqueo de capitales cometido por abogados?")
    assert ids(result)[0] == "es"


@pytest.mark.parametrize(
    "query",
    [
        '"', "((((", "))))", "AND", "NOT", "OR OR", "a AND", '"a"~', '"a b"~999', "país:", "*", "?", "**", "=", '="',
        "\\", "{}[]^$.|+", "a" * 3000, "(" * 2000, "a* " * 200, "NOT " * 200, "\x00", "\ud800", "año:x..y",
        "-", "~5", "año:9999999999", "foo:bar", "[2019] UKSC 1", "🦊", "ñ" * 50, "palabra " * 300,
    ],
)  # fmt: skip
def test_hostile_queries_are_answered(engine: Engine, shelf: str, query: str) -> None:
    assert ask(engine, shelf, query, facets=FACETS).total >= 0


@pytest.mark.parametrize("query", ["🦊", "…", "prisión AND 🦊"])
def test_what_has_no_word_finds_nothing(engine: Engine, shelf: str, query: str) -> None:
    assert ask(engine, shelf, query).total == 0


def test_filters_have_their_names_in_four_languages(engine: Engine, shelf: str) -> None:
    assert set(ids(ask(engine, shelf, "", filters={"pays": ("Espagne", "MX"), "año": ("2000..2010",)}))) == {"es"}
    with pytest.raises(RogatioError, match="no_such_filter"):
        ask(engine, shelf, "", filters={"colour": ("red",)})


def test_a_query_beyond_reason_is_refused_with_a_sentence(engine: Engine, shelf: str) -> None:
    with pytest.raises(RogatioError, match=r"indexing\.query_too_long"):
        ask(engine, shelf, "a " * 5000)


def test_phrases_run_over_pages_and_paragraphs(engine: Engine, partition: str) -> None:
    text = f"{FILLER * 30}\nel tribunal acuerda la entrega\fvigilada de la mercancía\n{FILLER * 30}"
    write(engine, partition, made("judgment", text))
    (hit,) = ask(engine, partition, '"entrega vigilada"').hits
    assert [text.replace("\f", " ")[start:end] for start, end in hit.marks] == ["entrega vigilada"]
    assert hit.snippet == text.replace("\f", " ")[hit.snippet_start : hit.snippet_start + len(hit.snippet)]
    assert "entrega vigilada" in hit.snippet
    assert hit.page == 1
    assert ask(engine, partition, "vigilada").hits[0].page == 2


def test_operators_hold_within_a_provision_of_a_law_and_within_a_whole_judgment(engine: Engine, partition: str) -> None:
    first, second = "Artículo 1. El cohecho se castiga.", "Artículo 2. La malversación se castiga."
    units = (article(1, first, 0), article(2, second, len(first) + 1))
    write(
        engine,
        partition,
        made("law", f"{first}\n{second}", document_type="statute", units=units),
        made("judgment", f"Se le acusa de cohecho.\n{FILLER * 40}\nSe le acusa de malversación."),
    )
    assert ids(ask(engine, partition, "cohecho AND malversación")) == ["judgment"]
    without = ask(engine, partition, "cohecho NOT malversación")
    assert [(hit.document_id, hit.unit) for hit in without.hits] == [("law", "art. 1")]
    assert ask(engine, partition, "castiga").total == 2


def test_facets_leave_out_their_own_filter(engine: Engine, shelf: str) -> None:
    result = ask(engine, shelf, "", filters={"jurisdiction": ("ES", "MX"), "year": ("2010",)}, facets=FACETS)
    counts = {name: {one.value: one.count for one in values} for name, values in result.facets.items()}
    assert set(ids(result)) == {"es"}
    assert counts["jurisdiction"] == {"ES": 1}
    assert counts["year"] == {"2010": 1, "1996": 1}
    assert counts["language"] == {"es": 1}


def test_a_concept_is_found_by_its_name_in_any_language_and_by_a_wider_one(engine: Engine, partition: str) -> None:
    spans = (Span(0, 7, "OFFENCE", "CORR_ACT", 0.9, "t@1"),)
    write(engine, partition, made("one", "Cohecho de particular.", spans=spans))
    for query in ("concepto:CORR_ACT", 'concept:"active bribery"', 'concepto:"cohecho activo"', "conceito:corrupção"):
        assert ids(ask(engine, partition, query)) == ["one"]
    result = ask(engine, partition, "", facets=("concept",))
    assert {one.value: one.count for one in result.facets["concept"]} == {"CORR_ACT": 1, "CORR": 1}
    assert ask(engine, partition, "concept:THEFT").total == 0


def test_facets_count_concepts_once_a_scope(engine: Engine, partition: str) -> None:
    spans = tuple(Span(at, at + 3, "OFFENCE", "ML", 1.0, "test") for at in (0, 5))
    write(engine, partition, made("a", "Cohecho y cohecho.", spans=spans), made("b", "Cohecho.", spans=spans[:1]))
    result = ask(engine, partition, "cohecho", facets=("offence",))
    assert [(one.value, one.count) for one in result.facets["offence"]] == [("ML", 2)]
    assert set(ids(ask(engine, partition, 'crime:"lavado de activos"'))) == {"a", "b"}


def test_nothing_leaves_without_the_access_filter(engine: Engine, partition: str) -> None:
    write(
        engine,
        partition,
        made("one", f"Carta sobre blanqueo. {FILLER * 40}", collection="first", jurisdiction="ES"),
        made("two", f"Carta sobre blanqueo. {FILLER * 40}", collection="second", jurisdiction="PE"),
    )
    for collections, found in [(("first",), {"one"}), (("second",), {"two"}), (("first", "second"), {"one", "two"})]:
        result = ask(engine, partition, "blanqueo", *collections, facets=FACETS)
        assert set(ids(result)) == found
        assert result.total == len(found)
        assert sum(one.count for one in result.facets["jurisdiction"]) == len(found)
    assert ask(engine, partition, "blanqueo", "third", facets=FACETS).total == 0
    assert retrieve(SearchRequest("blanqueo"), AccessFilter("nobody"), engine).total == 0
    for query in ("collection:second blanqueo", "collection:second OR blanqueo", "NOT collection:first"):
        assert "two" not in ids(ask(engine, partition, query, "first"))


def test_partitions_are_searched_together_and_kept_separate(engine: Engine, partition: str) -> None:
    other = f"authority-{partition}"
    write(engine, partition, made("law", "El blanqueo de capitales.", title="Ley"))
    write(engine, other, made("file", "Solicitud por blanqueo.", collection="files", title="Carta"))
    both = AccessFilter("tester", ((other, frozenset({"files"})), (partition, frozenset({"law"}))))
    assert set(ids(retrieve(SearchRequest("blanqueo"), both, engine))) == {"law", "file"}
    assert ids(retrieve(SearchRequest("blanqueo", sort="title"), both, engine)) == ["file", "law"]
    assert ids(retrieve(SearchRequest("blanqueo"), seen(partition), engine)) == ["law"]
    assert {partition, other} <= set(engine.partitions())


def test_writing_twice_changes_nothing_and_a_shorter_text_leaves_nothing_behind(engine: Engine, partition: str) -> None:
    long_text = made("a", "\n".join([FILLER * 3] * 20) + " Blanqueo.")
    write(engine, partition, long_text)
    write(engine, partition, long_text)
    assert engine.count(partition) == len(long_text) == engine.count(partition, ["a"])
    assert ask(engine, partition, "blanqueo").total == 1
    write(engine, partition, made("a", "Un texto corto."))
    assert engine.count(partition) == 1
    assert ask(engine, partition, "blanqueo").total == 0


def test_delete(engine: Engine, installation: str) -> None:
    engine.delete(installation, ["es", "unknown"])
    engine.refresh(installation)
    assert ask(engine, installation, "blanqueo").total == 0
    assert engine.count(installation, ["es"]) == 0
    assert engine.count(installation) == 4


def test_sorting(engine: Engine, shelf: str) -> None:
    assert ids(ask(engine, shelf, "", sort="newest")) == ["fr", "es", "en", "mx", "pt"]
    assert ids(ask(engine, shelf, "", sort="oldest")) == ["mx", "en", "es", "fr", "pt"]


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest", "title"])
def test_paging_reaches_every_hit_once(engine: Engine, partition: str, sort: str) -> None:
    other = f"authority-{partition}"
    for each in (partition, other):
        documents = [
            made(f"{each}-{n}", "blanqueo " * (n % 7 + 1) + FILLER, date=f"{2000 + n % 5}", title=f"T{n % 9}")
            for n in range(60)
        ]
        write(engine, each, *documents)
    access = AccessFilter("tester", ((partition, frozenset({"law"})), (other, frozenset({"law"}))))
    whole = ids(retrieve(SearchRequest("blanqueo", limit=200, sort=sort), access, engine))
    paged: list[str] = []
    after = ""
    for _ in range(30):
        page = retrieve(SearchRequest("blanqueo", limit=7, sort=sort, after=after), access, engine)
        paged += ids(page)
        after = page.after
        if not after:
            break
    assert len(set(paged)) == len(paged) == 120
    assert paged == whole


def test_only_the_count_can_be_requested(engine: Engine, shelf: str) -> None:
    result = ask(engine, shelf, "prisión", limit=0, facets=("jurisdiction",))
    assert (result.hits, result.total, result.after) == ((), 2, "")
    assert len(result.facets["jurisdiction"]) == 2


@pytest.mark.parametrize("cursor", ["x", "00", "7b7d7b", b'{"a": 1}'.hex()])
def test_a_broken_cursor_is_reported(engine: Engine, shelf: str, cursor: str) -> None:
    with pytest.raises(RogatioError, match="cursor_unreadable"):
        ask(engine, shelf, "blanqueo", after=cursor)


@pytest.mark.parametrize("sort", ["relevance", "newest", "title"])
def test_a_forged_cursor_takes_no_memory(engine: Engine, shelf: str, sort: str) -> None:
    cursor = json.dumps({shelf: "999999999"}).encode().hex()
    if isinstance(engine, EmbeddedEngine):
        assert ask(engine, shelf, "prisión", after=cursor, sort=sort).hits == ()
    else:
        with pytest.raises(RogatioError, match="cursor_unreadable"):
            ask(engine, shelf, "prisión", after=cursor, sort=sort)


QUERIES = ["a*" * 1900, '"' + "a* " * 900 + '"~5', "*" * 3000, "\ud800", "a\x00b", '"a b"~99999999999999999999', "("]
VALUES = ["\ud800", "\x00", "*", "9" * 400, "1..2", "x" * 40_000]


@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
def test_a_hostile_query_is_answered_or_rejected(engine: Engine, shelf: str, query: str) -> None:
    allow_errors(lambda: ask(engine, shelf, query, facets=FACETS))


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
@pytest.mark.parametrize("field", ["year", "jurisdiction", "case_file", "document_id"])
def test_a_hostile_filter_is_answered_or_rejected(engine: Engine, shelf: str, field: str, value: str) -> None:
    allow_errors(lambda: ask(engine, shelf, "blanqueo", filters={field: (value,)}, facets=FACETS))


@pytest.mark.parametrize("group_by", ["", "document", "year"])
def test_no_hits_requested_and_none_returned(engine: Engine, shelf: str, group_by: str) -> None:
    assert ask(engine, shelf, "prisión", limit=0, group_by=group_by).hits == ()


def allow_errors(asked: Callable[[], SearchResult]) -> None:
    """Ask; only an error that is none of ours fails."""
    with suppress(RogatioError):
        assert asked().request


def test_rebuilding_is_not_seen_until_it_is_whole(engine: Engine, installation: str) -> None:
    totals: set[int] = set()
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            totals.add(ask(engine, installation, "blanqueo").total)

    reader = threading.Thread(target=read)
    reader.start()

    def batches() -> Iterator[list[Record]]:
        for number in range(3):
            assert ask(engine, installation, "blanqueo").total == 1
            yield made(f"new-{number}", "El blanqueo, otra vez.")

    engine.rebuild(installation, batches())
    assert set(ids(ask(engine, installation, "blanqueo"))) == {"new-0", "new-1", "new-2"}
    stop.set()
    reader.join()
    assert totals <= {1, 3}
    assert ask(engine, installation, "exportação").total == 0


def test_what_is_deleted_during_a_rebuild_never_comes_back(engine: Engine, installation: str) -> None:
    """Its batch was read before it was deleted, and is written after that."""
    started, deleting = threading.Event(), threading.Thread(target=engine.delete, args=(installation, ["secret", "es"]))

    def batches() -> Iterator[list[Record]]:
        yield made("kept", "El blanqueo, otra vez.")
        secret = made("secret", "El blanqueo, en secreto.")
        deleting.start()
        deleting.join(2)  # an engine may let the deletion wait until the rebuild is done
        started.set()
        yield secret
        yield made("es", "El blanqueo, de nuevo.")

    engine.rebuild(installation, batches())
    assert started.is_set()
    deleting.join()
    engine.refresh(installation)
    assert ids(ask(engine, installation, "blanqueo")) == ["kept"]
    assert engine.count(installation) == 1


def test_what_is_deleted_and_comes_in_again_during_a_rebuild_is_there(engine: Engine, installation: str) -> None:
    def bring_back() -> None:
        engine.delete(installation, ["es"])
        engine.write(installation, made("es", "El blanqueo, corregido."))

    changing = threading.Thread(target=bring_back)

    def batches() -> Iterator[list[Record]]:
        yield made("kept", "El decomiso.")
        changing.start()
        changing.join(2)

    engine.rebuild(installation, batches())
    changing.join()
    engine.refresh(installation)
    assert ids(ask(engine, installation, "corregido")) == ["es"]
    assert engine.count(installation) == 2


def test_what_was_just_written_can_be_deleted(engine: Engine, partition: str) -> None:
    engine.write(partition, made("a", "Blanqueo."))
    engine.write(partition, made("b", "Blanqueo."))
    engine.delete(partition, ["a"])
    assert engine.count(partition, ["a"]) == 0


def test_a_failed_rebuild_leaves_the_old_index(engine: Engine, installation: str) -> None:
    def broken() -> Iterator[list[Record]]:
        yield made("new", "El blanqueo, otra vez.")
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011
        engine.rebuild(installation, broken())
    assert ids(ask(engine, installation, "blanqueo")) == ["es"]
    engine.rebuild(installation, [made("new", "El blanqueo, otra vez.")])
    assert ids(ask(engine, installation, "blanqueo")) == ["new"]


def test_a_partition_that_was_never_written_is_empty(engine: Engine, partition: str) -> None:
    found = ask(engine, partition, "blanqueo", facets=FACETS)
    assert (found.total, found.hits) == (0, ())
    assert found.facets == dict.fromkeys(FACETS, ())
    for group in ("jurisdiction", "document"):
        assert ask(engine, partition, "blanqueo", group_by=group, mode="both").hits == ()
    assert engine.count(partition) == 0
    assert engine.passages(Plan(partition, ("law",), Everything()), ("x",)) == {}


def test_names_of_partitions_may_be_anything(engine: Engine) -> None:
    name = f"authority-Fiscalía/{uuid4().hex[:6]} Ñ_ü"
    write(engine, name, made("a", "Blanqueo."))
    assert name in engine.partitions()
    assert ask(engine, name, "blanqueo").total == 1


VERSIONS = {
    "first": exactly("2000-01-01", "2010-07-01"),
    "second": exactly("2010-07-01"),
    "to-come": exactly("2998-01-01"),
    "undated": Validity(),
    "since-2005-or-before": Validity("2005-01-01", "", "1999-01-01"),
    "gone": Validity(latest="2003-01-01"),
    "judgment": None,
}


@pytest.fixture(scope="module")
def versions(engine: Engine) -> str:
    """The same law in versions of which different things are known, and a judgment."""
    partition = f"versions-{uuid4().hex[:8]}"
    for name, validity in VERSIONS.items():
        kind = "judgment" if validity is None else "statute"
        write(engine, partition, made(name, "Del decomiso de bienes.", document_type=kind, validity=validity))
    return partition


@pytest.mark.parametrize(
    ("query", "expected", "not_in_force", "perhaps"),
    [
        ("decomiso", {"second", "undated", "since-2005-or-before", "judgment"}, 3, 0),
        ("decomiso in_force:today", {"second", "since-2005-or-before"}, 0, 1),
        ("decomiso vigente:2010-06-30", {"first", "since-2005-or-before"}, 0, 1),
        ("decomiso vigente:2010-07-01", {"second", "since-2005-or-before"}, 0, 1),
        ("decomiso en_vigueur:2002-01-01", {"first"}, 0, 3),
        ("decomiso em_vigor:1998-01-01", set(), 0, 2),
        ("decomiso in_force:2998-01-01", {"second", "to-come", "since-2005-or-before"}, 0, 1),
        ("decomiso in_force:unknown", {"undated", "gone"}, 0, 0),
        ("decomiso in_force:all", set(VERSIONS), 0, 0),
        ("decomiso AND NOT in_force:all", set(), 0, 0),
        ("in_force:2002-01-01 OR tipo:sentencia", {"first", "judgment"}, 0, 0),
        ("decomiso document_id:first", {"first"}, 0, 0),
    ],
)
def test_versions_in_force_at_a_day(
    engine: Engine, versions: str, query: str, expected: set[str], not_in_force: int, perhaps: int
) -> None:
    result = ask(engine, versions, query)
    assert set(ids(result)) == expected
    assert result.total == len(expected)
    assert (result.not_in_force, result.perhaps_in_force) == (not_in_force, perhaps)


def test_what_may_be_in_force_on_a_day_is_not_what_surely_is_not(engine: Engine, versions: str) -> None:
    """``gone`` has no first day and is over since 2003: it may have been in force before that, and not after."""
    before = ask(engine, versions, "decomiso", filters={"in_force": ("2002-01-01", "unknown")})
    assert set(ids(before)) == {"first", "undated", "gone"}
    after = ask(engine, versions, "decomiso", filters={"in_force": ("2010-07-01", "unknown")})
    assert set(ids(after)) == {"second", "undated", "since-2005-or-before"}


def test_versions_of_other_days_are_counted_where_the_day_has_none(engine: Engine, versions: str) -> None:
    assert ask(engine, versions, "decomiso em_vigor:1998-01-01").not_in_force_then == 4
    assert ask(engine, versions, "decomiso em_vigor:2002-01-01").not_in_force_then == 0
    assert ask(engine, versions, "pesca em_vigor:1998-01-01").not_in_force_then == 0
