"""Semantic search on both engines: what it adds, its limits, and access control.

The encoder is a small deterministic one, close where words look alike (``capitales``, ``capitaux``); the index is real.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest
from engine_records import made
from hashed_encoder import encoded, hashed_encoder

from extraction.errors import LANGUAGES, RogatioError
from indexing.access import AccessFilter
from indexing.engines.plan import Everything, Keyword, Plan
from indexing.engines.protocol import Engine, NearestPassages, VectorQuery
from indexing.records.record import Record
from indexing.records.stored_fields import stored_fields
from indexing.search.hybrid_retriever import (
    Calibration,
    HybridRetriever,
    SemanticThreshold,
    calibration,
    semantic_threshold,
)
from indexing.search.request import FACETS, SearchRequest, SearchResult
from indexing.search.search import retrieve
from indexing.settings import Settings
from indexing.vectors.encoder import open_encoder
from nlp.annotations import Unit

ENCODER = hashed_encoder()
FILLER = "Consta en autos la documental aportada por las partes en el acto del juicio oral. "


@pytest.fixture
def partition() -> str:
    return f"public-{uuid4().hex[:8]}"


def write(engine: Engine, partition: str, *documents: list[Record]) -> None:
    engine.write(partition, [record for records in documents for record in encoded(records)])
    engine.refresh(partition)


def seen(partition: str, *collections: str) -> AccessFilter:
    return AccessFilter("tester", ((partition, frozenset(collections or ("law",))),))


def ask(engine: Engine, partition: str, query: str, *collections: str, **request: object) -> SearchResult:
    return retrieve(SearchRequest(query, **request), seen(partition, *collections), engine, ENCODER)  # type: ignore[arg-type]


def ids(result: SearchResult) -> list[str]:
    return [hit.document_id for hit in result.hits]


def origins(result: SearchResult) -> dict[str, str]:
    return {hit.document_id: hit.origin for hit in result.hits}


@pytest.fixture(scope="module")
def shelf(engine: Engine) -> str:
    """Texts of four languages about confiscation, and one that has nothing to do with it."""
    partition = f"shelf-{uuid4().hex[:8]}"
    write(
        engine,
        partition,
        made("es", "Se acordó el carácter confiscatorio de la medida sobre bienes.", date="2010-01-01"),
        made("pt", "A confiscação de bens no processo penal.", language="pt", jurisdiction="BR", date="2012"),
        made("fr", "La confiscation des biens saisis.", language="fr", jurisdiction="FR", date="2001"),
        made("en", "Confiscation orders against property.", language="en", jurisdiction="GB", date="2020"),
        made("other", "Zzyzx qwerty uiop hjkl.", language="en", jurisdiction="US", date="2021"),
    )
    return partition


def test_meaning_brings_what_no_word_finds_and_says_so(engine: Engine, shelf: str) -> None:
    result = ask(engine, shelf, "confiscatorio")
    assert ids(result)[0] == "es"
    assert origins(result)["es"] == "both"
    assert {"pt", "fr", "en"} <= {name for name, origin in origins(result).items() if origin == "meaning"}
    assert result.total == 1
    assert result.by_meaning == len(result.hits) - 1
    alone = next(hit for hit in result.hits if hit.document_id == "fr")
    assert (alone.marks, alone.why) == ((), ("meaning",))
    assert alone.snippet == "La confiscation des biens saisis."


@pytest.mark.parametrize(("mode", "found"), [("words", {"es"}), ("meaning", {"es", "pt", "fr", "en", "other"})])
def test_a_mode_is_one_road_alone(engine: Engine, shelf: str, mode: str, found: set[str]) -> None:
    result = ask(engine, shelf, "confiscatorio", mode=mode, facets=("jurisdiction",))
    assert set(ids(result)) == found
    assert set(origins(result).values()) == {mode}
    assert result.total == len(found) == sum(one.count for one in result.facets["jurisdiction"])


def test_without_an_encoder_words_answer_and_meaning_is_reported(engine: Engine, shelf: str) -> None:
    assert ids(retrieve(SearchRequest("confiscatorio"), seen(shelf), engine)) == ["es"]
    with pytest.raises(RogatioError, match="no_encoder") as caught:
        retrieve(SearchRequest("confiscatorio", mode="meaning"), seen(shelf), engine)
    assert all("doctor" in caught.value.sentence(language) for language in LANGUAGES)
    with pytest.raises(RogatioError, match="no_such_mode"):
        ask(engine, shelf, "confiscatorio", mode="magic")


@pytest.mark.parametrize(
    "query",
    [
        '"carácter confiscatorio"', "=confiscatorio", "confiscat*", "país:ES", "", "2010", "12345678-9", "art. 5",
        "400 bis", '"bienes confiscatorio"~9', "NOT confiscatorio", "12.345.678/0001-95", "...", "🦊",
        "Bocuse", "Ana Bocuse", "BOCUSE",
    ],
)  # fmt: skip
def test_what_is_no_question_of_meaning_is_answered_by_words_alone(engine: Engine, shelf: str, query: str) -> None:
    both, words = ask(engine, shelf, query), ask(engine, shelf, query, mode="words")
    assert (both.hits, both.total, both.by_meaning) == (words.hits, words.total, 0)


@pytest.mark.parametrize(
    ("query", "allowed"),
    [
        ("confiscatorio país:BR", {"pt"}),
        ("confiscatorio país:(FR GB)", {"fr", "en"}),
        ("confiscatorio año:2010..2015", {"es", "pt"}),
        ("confiscatorio idioma:inglés", {"en", "other"}),
        ("confiscatorio -confiscation", {"es", "pt", "other"}),
        ("confiscatorio NOT bienes NOT property", {"pt", "other"}),
        ("confiscatorio AND medida", {"es"}),
        ("confiscatorio OR biens", {"es", "fr"}),
        ('confiscatorio "processo penal"', {"pt"}),
        ("confiscatorio =confiscation", {"fr", "en"}),
        ("confiscatorio propert*", {"en"}),
        ("confiscation (biens OR property)", {"fr", "en"}),
    ],
)
@pytest.mark.parametrize("mode", ["both", "meaning"])
def test_filters_and_what_is_required_bind_meaning_too(
    engine: Engine, shelf: str, query: str, allowed: set[str], mode: str
) -> None:
    found = set(ids(ask(engine, shelf, query, mode=mode)))
    assert found
    assert found <= allowed
    if mode == "meaning":
        assert found == allowed


def test_a_citation_stays_above_what_is_close(engine: Engine, partition: str) -> None:
    near = [made(f"near{n}", "El blanqueo de capitales y su blanqueo capital, ley.") for n in range(5)]
    law = made(
        "law", "Ley de prevención.", document_type="statute", identity=("ref:es:ley:10:2010",), title="Ley 10/2010"
    )
    write(engine, partition, law, *near)
    for query in ("Ley 10/2010", "blanqueo de capitales Ley 10/2010"):
        result = ask(engine, partition, query, language="es")
        assert ids(result)[0] == "law", query


def test_a_hidden_collection_leaves_no_trace(engine: Engine, partition: str) -> None:
    """A vector is found in one search with others; the filter must hold inside it, in counts and in groups too."""
    secret = [
        made(f"secret{n}", "Medida confiscatoria, confiscatorio total.", collection="secret", jurisdiction="PE")
        for n in range(150)
    ]
    own = [made(f"mine{n}", f"Confiscación número {n} de bienes.", collection="mine") for n in range(3)]
    write(engine, partition, *secret, *own)
    for mode in ("both", "meaning"):
        for group_by in ("", "document", "jurisdiction"):
            result = ask(engine, partition, "confiscatorio", "mine", mode=mode, group_by=group_by, facets=FACETS)
            assert {hit.collection for hit in result.hits} <= {"mine"}
            assert {hit.jurisdiction for hit in result.hits} <= {"ES"}
            assert result.total <= 3
            assert result.by_meaning <= 3
            assert "PE" not in {one.value for one in result.facets["jurisdiction"]}
        assert set(ids(ask(engine, partition, "confiscatorio", "mine", mode=mode))) == {"mine0", "mine1", "mine2"}
        nothing = ask(engine, partition, "confiscatorio", "nobody's", mode=mode, facets=FACETS)
        assert (nothing.hits, nothing.total, nothing.by_meaning, nothing.nearest) == ((), 0, 0, "")
    assert retrieve(SearchRequest("confiscatorio"), AccessFilter("nobody"), engine, ENCODER).hits == ()


@pytest.mark.parametrize("query", ["confiscatorio collection:secret", "confiscatorio OR collection:secret"])
def test_no_query_leads_around_the_access_filter(engine: Engine, partition: str, query: str) -> None:
    write(
        engine,
        partition,
        made("secret", "Muy confiscatorio todo.", collection="secret"),
        made("mine", "Muy confiscado todo.", collection="mine"),
    )
    assert "secret" not in ids(ask(engine, partition, query, "mine", mode="meaning"))
    assert "secret" not in ids(ask(engine, partition, query, "mine"))


def test_partitions_are_asked_together_and_kept_separate(engine: Engine, partition: str) -> None:
    other = f"authority-{partition}"
    write(engine, partition, made("law", "La confiscación de bienes."))
    write(engine, other, made("file", "Una medida confiscatoria.", collection="files"))
    both = AccessFilter("tester", ((other, frozenset({"files"})), (partition, frozenset({"law"}))))
    assert set(ids(retrieve(SearchRequest("confiscatorio"), both, engine, ENCODER))) == {"law", "file"}
    assert set(ids(ask(engine, partition, "confiscatorio"))) == {"law"}
    assert ids(retrieve(SearchRequest("confiscatorio"), seen(other), engine, ENCODER)) == []


def test_each_country_gets_its_best_where_one_dominates(engine: Engine, partition: str) -> None:
    many = [made(f"es{n}", f"Carácter confiscatorio, confiscatorio {n}.") for n in range(150)]
    few = [
        made("br", "Uma confiscação total.", language="pt", jurisdiction="BR"),
        made("fr", "Une confiscation totale.", language="fr", jurisdiction="FR"),
    ]
    write(engine, partition, *many, *few)
    result = ask(engine, partition, "confiscatorio", group_by="jurisdiction", limit=2)
    groups = {hit.group: hit for hit in result.hits}
    assert list(groups) == ["ES", *(one for one in groups if one != "ES")]
    assert set(groups) == {"ES", "BR", "FR"}
    assert (groups["BR"].document_id, groups["FR"].document_id) == ("br", "fr")
    assert len(result.hits) == 4
    assert all(hit.group == hit.jurisdiction for hit in result.hits)


@pytest.mark.parametrize("mode", ["both", "meaning"])
@pytest.mark.parametrize("group_by", ["", "document"])
def test_pages_reach_every_hit_once_in_one_order(engine: Engine, partition: str, mode: str, group_by: str) -> None:
    found = [made(f"w{n}", f"Confiscatorio {n}. {'relleno ' * (n % 9)}") for n in range(130)]
    near = [made(f"m{n}", f"Confiscación número {n}.", language="pt") for n in range(30)]
    write(engine, partition, *found, *near)
    pages: list[str] = []
    after = ""
    for _ in range(40):
        result = ask(engine, partition, "confiscatorio", mode=mode, limit=7, after=after, group_by=group_by)
        pages += ids(result)
        after = result.after
        if not after:
            break
    assert not after
    assert len(pages) == len(set(pages))
    if mode == "both":
        assert {f"w{n}" for n in range(130)} <= set(pages)
        assert result.total == 130
        assert len(pages) == result.total + result.by_meaning
    else:
        assert len(pages) == 100 == result.total
    again = ask(engine, partition, "confiscatorio", mode=mode, limit=100, group_by="")
    assert ids(again)[:90] == pages[:90]


@pytest.mark.parametrize("cursor", [b'{"": "x"}', b'{"": "-1"}', b'{"": "99999999999999"}', b'{"": ""}'])
def test_a_broken_cursor_is_reported(engine: Engine, shelf: str, cursor: bytes) -> None:
    with pytest.raises(RogatioError, match="cursor_unreadable"):
        ask(engine, shelf, "confiscatorio", after=cursor.hex())


def test_an_order_by_date_keeps_working(engine: Engine, shelf: str) -> None:
    assert ids(ask(engine, shelf, "confiscatorio", sort="newest")) == ["es"]
    by_meaning = ask(engine, shelf, "confiscatorio", sort="newest", mode="meaning")
    assert ids(by_meaning) == ["other", "en", "pt", "es", "fr"]
    assert set(origins(by_meaning).values()) == {"meaning"}


def test_the_closest_passage_of_a_long_document_is_shown(engine: Engine, partition: str) -> None:
    text = "\n".join(
        [FILLER * 8] * 12 + ["La confiscation des biens mal acquis fut ordonnée par la cour."] + [FILLER * 8] * 12
    )
    write(engine, partition, made("long", text), made("short", "Nada que ver."))
    (hit,) = [hit for hit in ask(engine, partition, "confiscatorio bienes").hits if hit.document_id == "long"]
    assert hit.origin == "meaning"
    assert hit.start <= text.index("confiscation") < hit.end
    assert text[hit.start : hit.end].startswith(hit.snippet[:40])


def test_a_document_with_all_the_closest_passages_hides_no_other(engine: Engine, partition: str) -> None:
    long_text = "\n".join(f"Confiscatorio {n}. {'confiscatoria medida ' * 80}" for n in range(400))
    write(
        engine, partition, made("long", long_text), *(made(f"d{n}", f"Confiscación de bienes {n}.") for n in range(20))
    )
    found = engine.closest(Plan(partition, ("law",), Everything(), limit=15), question("confiscatorio"))
    assert len(found) == len({one.scope.document_id for one in found}) == 15
    assert found[0].scope.document_id == "long"


def test_both_engines_give_the_cosine_of_the_vectors_and_not_of_their_rounded_copies(
    engine: Engine, partition: str
) -> None:
    """A graph over vectors of eight bits finds them; near ones would be in another order than in the other engine."""
    texts = {f"d{n}": f"Confiscación {'de bienes ' * n} número {n}, {'embargo ' * (n % 3)}" for n in range(12)}
    write(engine, partition, *(made(name, text) for name, text in texts.items()))
    asked = question("confiscación de bienes")
    found = engine.closest(Plan(partition, ("law",), Everything(), limit=12), asked)
    exact = {one.scope.document_id: float(ENCODER.passages([one.passage.text])[0] @ asked.vector) for one in found}
    assert len(exact) == len(texts)
    assert [one.score for one in found] == pytest.approx([exact[one.scope.document_id] for one in found], abs=2e-4)


def question(text: str) -> VectorQuery:
    return VectorQuery(ENCODER.version, ENCODER.query(text))


def test_provisions_are_found_each_for_itself(engine: Engine, partition: str) -> None:
    first, second = "Artículo 1. La confiscación de bienes.", "Artículo 2. Otra cosa distinta."
    units = (
        Unit(0, len(first), "art. 1", "article", (), "", 1.0, "test"),
        Unit(len(first) + 1, len(first + second) + 1, "art. 2", "article", (), "", 1.0, "test"),
    )
    write(engine, partition, made("code", f"{first}\n{second}", document_type="statute", units=units))
    hits = ask(engine, partition, "confiscatorio", mode="meaning").hits
    assert [hit.unit for hit in hits] == ["art. 1", "art. 2"]


def test_writing_again_deleting_and_rebuilding(engine: Engine, partition: str) -> None:
    write(engine, partition, made("a", "Confiscación de bienes."), made("b", "Confiscado el barco."))
    write(engine, partition, made("a", "Nada de eso, señoría."))
    close = {one.scope.document_id: one for one in engine.closest(everything(partition), question("confiscación"))}
    assert close["a"].passage.text == "Nada de eso, señoría."
    assert close["b"].score > close["a"].score
    engine.delete(partition, ["b"])
    engine.refresh(partition)
    assert [one.scope.document_id for one in engine.closest(everything(partition), question("confiscado"))] == ["a"]
    engine.rebuild(partition, [encoded(made("c", "La confiscación entera."))])
    assert [one.scope.document_id for one in engine.closest(everything(partition), question("confiscado"))] == ["c"]


def everything(partition: str) -> Plan:
    return Plan(partition, ("law",), Everything(), limit=10)


def test_vectors_of_another_encoder_are_not_compared(engine: Engine, partition: str) -> None:
    write(engine, partition, made("a", "Confiscación de bienes."))
    other = hashed_encoder("another")
    assert engine.closest(everything(partition), VectorQuery(other.version, other.query("confiscación"))) == ()
    assert retrieve(SearchRequest("confiscación"), seen(partition), engine, other).total == 1


def test_records_without_vectors_are_found_by_words(engine: Engine, partition: str) -> None:
    engine.write(partition, made("plain", "Carácter confiscatorio."))
    engine.refresh(partition)
    write(engine, partition, made("close", "La confiscación de bienes."), made("tiny", "Folio 3."))
    result = ask(engine, partition, "confiscatorio")
    assert origins(result) == {"plain": "words", "close": "meaning"}


def test_a_partition_that_was_never_written_is_empty(engine: Engine, partition: str) -> None:
    assert engine.closest(everything(partition), question("confiscación")) == ()
    assert ask(engine, partition, "confiscación", mode="meaning").hits == ()


@pytest.mark.parametrize(
    "query", ["a*" * 1900, "palabra " * 500, "\ud800 palabra", "pala\x00bra otra", "(" * 2000 + "palabra"]
)
def test_a_hostile_query_is_answered_or_rejected(engine: Engine, shelf: str, query: str) -> None:
    with suppress(RogatioError):
        assert ask(engine, shelf, query, mode="meaning", facets=FACETS).request


@pytest.mark.parametrize(("best", "kept"), [(0.05, []), (0.11, ["near"]), (0.2, ["near", "so-so"])])
def test_hits_by_meaning_are_left_out_below_the_calibrated_distance(best: float, kept: list[str]) -> None:
    """The centre has a cosine of 0.5 with the question; hits are ``best`` and half of it above that."""
    centre = np.array([0.5, 0.0], np.float32)
    known = Calibration("test@1", centre, least=0.09, least_best=0.1, least_best_unknown=0.3)
    question = VectorQuery("test@1", np.array([1.0, 0.0], np.float32))
    found = {"public": [nearest("near", 0.5 + best), nearest("so-so", 0.5 + best / 2)]}
    near = SemanticThreshold(question, "confiscation", known).near(found)
    assert [one.scope.document_id for hits in near.values() for one in hits] == kept


def test_a_question_without_a_known_word_must_be_nearer() -> None:
    known = Calibration("test@1", np.zeros(2, np.float32), 0.09, 0.1, 0.3)
    question = VectorQuery("test@1", np.array([1.0, 0.0], np.float32))
    for text, count in (("zzzxqv", 0), ("confiscation", 1)):
        threshold = SemanticThreshold(question, text, known)
        assert len(threshold.near({"public": [nearest("one", 0.2)]}).get("public", [])) == count
        assert len(threshold.near({"public": [nearest("one", 0.9)]}).get("public", [])) == count, "decided once"


class _Shelf:
    """An engine in which the closest passage of a country is less close than that of all."""

    def closest(self, plan: Plan, _question: VectorQuery) -> list[NearestPassages]:
        in_country = "jurisdiction" in dict(plan.filters)
        return [nearest("peru", 0.1)] if in_country else [nearest("france", 0.2)]


def test_whether_a_query_means_something_is_not_decided_by_a_country_alone() -> None:
    known = Calibration("test@1", np.zeros(2, np.float32), 0.09, 0.15, 0.3)
    question = VectorQuery("test@1", np.array([1.0, 0.0], np.float32))
    plan = Plan("public", ("law",), Everything(), filters=(("jurisdiction", Keyword("jurisdiction", ("PE",))),))
    for plans, found in (([plan], ["peru"]), ([replace(plan, filters=())], ["france"])):
        threshold = SemanticThreshold(question, "confiscation", known)
        retriever = HybridRetriever(_Shelf(), Everything(), question, threshold=threshold)  # type: ignore[arg-type]
        assert [hit.ranked.shown.document_id for hit in retriever.beside(plans)] == found


def nearest(name: str, score: float) -> NearestPassages:
    (record,) = made(name, "El juez ordenará el decomiso.")
    return NearestPassages(stored_fields(record), stored_fields(record), score)


@pytest.mark.parametrize("query", ["zzzxqv", "qwrtpl xkcdq", "vupozi gakeli"])
def test_nonsense_has_no_hits_by_meaning(query: str) -> None:
    encoder, known = open_encoder(Settings(Path("."))), calibration()
    if encoder is None or known is None:
        pytest.skip("the encoder is not there")
    texts = ["El que convierte o transfiere bienes de origen ilícito.", "Le juge ordonne la confiscation des biens."]
    vectors = encoder.passages(texts)
    found = {"public": [nearest("one", float(score)) for score in vectors @ encoder.query(query)]}
    threshold = semantic_threshold(VectorQuery(encoder.version, encoder.query(query)), query)
    assert threshold
    assert threshold.near(found) == {}
    asked = "confiscation of property"
    real = semantic_threshold(VectorQuery(encoder.version, encoder.query(asked)), asked)
    hits = {"public": [nearest("one", float(score)) for score in vectors @ encoder.query(asked)]}
    assert real
    assert real.near(hits)["public"]
