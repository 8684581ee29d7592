"""From a query to cited, marked hits, with the embedded engine."""

from __future__ import annotations

from pathlib import Path

import pytest
from engine_records import made

from extraction.errors import RogatioError
from indexing.access import AccessFilter
from indexing.engines.embedded.engine import EmbeddedEngine
from indexing.search.request import SearchRequest
from indexing.search.search import retrieve
from nlp.annotations import Reading, Span, Unit

EVERYONE = AccessFilter("tester", (("public", frozenset({"law"})),))


@pytest.fixture
def engine(tmp_path: Path) -> EmbeddedEngine:
    made_engine = EmbeddedEngine(tmp_path)
    made_engine.write("public", made("es", "El blanqueo de capitales se castiga. El año 2010 hubo reforma."))
    made_engine.write("public", made("fr", "L'article 324-1 du code pénal punit le blanchiment.", language="fr"))
    made_engine.write("public", made("pt", "As exportações de armas no ano passado.", language="pt"))
    return made_engine


@pytest.mark.parametrize(
    ("query", "document_ids", "marked"),
    [
        ("blanqueo", ["es"], ["blanqueo"]),
        ("exportação", ["pt"], ["exportações"]),
        ("324-1 code pénal", ["fr"], ["324-1", "code", "pénal"]),
        ('"code pénal"', ["fr"], ["code pénal"]),
        ("año", ["es", "pt"], ["año"]),
        ("ano", ["pt", "es"], ["ano"]),
        ("=año", ["es"], ["año"]),
        ("blanq*", ["es"], ["blanqueo"]),
        ("pena impuesta por el blanqueo de capitales cometido en otro país", ["es"], ["blanqueo", "capitales"]),
    ],
)
def test_hits_and_marks(engine: EmbeddedEngine, query: str, document_ids: list[str], marked: list[str]) -> None:
    result = retrieve(SearchRequest(query, mode="words"), EVERYONE, engine)
    assert [hit.document_id for hit in result.hits] == document_ids
    hit = result.hits[0]
    at = hit.snippet_start
    assert [hit.snippet[start - at : end - at] for start, end in hit.marks] == marked


FRENCH_CODE = ("Article 324-1. Le blanchiment est le fait de faciliter.\n", "Article 324-2. Il est puni de dix ans.\n")


@pytest.fixture
def cited(engine: EmbeddedEngine) -> EmbeddedEngine:
    """Add a code, a law, two decisions with one number in two countries, and texts that mention them."""
    first, second = FRENCH_CODE
    units = (
        Unit(0, len(first), "art. 324-1", "article", (), "", 1.0, "test"),
        Unit(len(first), len(first + second), "art. 324-2", "article", (), "", 1.0, "test"),
    )
    code = made(
        "code", first + second, language="fr", document_type="code", units=units, identity=("ref:fr:code:penal",)
    )
    reading = Reading("ref:br:lei:9613", "BR", "lei", "9613", "1998")
    mention = "Nos termos da Lei nº 9.613, de 3 de março de 1998, condena-se. Lei 9.613/1998."
    span = Span(15, 49, "LAW", reading.canonical, 1.0, "test", (reading,))
    engine.write("public", code)
    engine.write("public", made("lei", "Dispõe sobre os crimes.", language="pt", identity=(reading.canonical,)))
    engine.write("public", made("acordao", mention * 3, language="pt", spans=(span,)))
    engine.write("public", made("eu", "Arrêt du Tribunal.", language="fr", identity=("celex:62019TJ0123",)))
    engine.write("public", made("co", "Sentencia de tutela. T-123/19.", identity=("ref:co:cc:t-123:2019",)))
    return engine


@pytest.mark.parametrize(
    ("query", "first", "held"),
    [
        ("324-1 code pénal", [("code", "art. 324-1")], ("ref:fr:code:penal#art-324-1", "ref:fr:code:penal")),
        ("art. 324-2 du code pénal", [("code", "art. 324-2")], ("ref:fr:code:penal#art-324-2", "ref:fr:code:penal")),
        ("article 324-9 du code pénal", [("code", "art. 324-1")], ("ref:fr:code:penal",)),
        ("Lei 9.613/1998", [("lei", ""), ("acordao", "")], ("ref:br:lei:9613",)),
        ("lei n.º 9613 de 1998", [("lei", ""), ("acordao", "")], ("ref:br:lei:9613",)),
        ("T-123/19", [("eu", ""), ("co", "")], ("celex:62019TJ0123", "ref:co:cc:t-123:2019")),
    ],
)
def test_what_is_cited_comes_first(
    cited: EmbeddedEngine, query: str, first: list[tuple[str, str]], held: tuple[str, ...]
) -> None:
    result = retrieve(SearchRequest(query), EVERYONE, cited)
    assert [(hit.document_id, hit.unit) for hit in result.hits][: len(first)] == first
    assert [request.held for request in result.citations] == [held]
    assert result.hits[0].why[0] == f"citation:{held[0]}"


def test_a_law_without_the_cited_provision_is_named_among_the_readings(cited: EmbeddedEngine) -> None:
    (asked,) = retrieve(SearchRequest("article 324-9 du code pénal"), EVERYONE, cited).citations
    assert asked.is_only_its_law
    assert [reading.canonical for reading in asked.of_held_laws] == ["ref:fr:code:penal#art-324-9"]
    assert len(asked.readings) > 1


def test_what_is_cited_and_not_stored_is_reported_with_all_its_readings(cited: EmbeddedEngine) -> None:
    result = retrieve(SearchRequest("T-999/18"), EVERYONE, cited)
    (request,) = result.citations
    assert request.text == "T-999/18"
    assert request.held == ()
    assert len(request.readings) > 1


def test_the_figures_of_a_citation_that_is_not_stored_are_no_words_to_fill_a_page_by(cited: EmbeddedEngine) -> None:
    cited.write("public", made("noise", "Section 1 of the year 2019 was amended.", language="en"))
    result = retrieve(SearchRequest("[2019] UKSC 1"), EVERYONE, cited)
    assert [request.held for request in result.citations] == [()]
    assert result.hits == ()


@pytest.mark.parametrize("query", ["artículo 269 A", "art. 269A Código Penal Colombia"])
def test_an_article_quoted_by_an_amending_act_is_found_by_its_number(cited: EmbeddedEngine, query: str) -> None:
    text = "Artículo 269A. El que acceda sin autorización a un sistema incurrirá en prisión.\n"
    units = (Unit(0, len(text), "art. 269A", "article", (), "", 1.0, "test"),)
    cited.write("public", made("ley", text, document_type="statute", jurisdiction="CO", units=units))
    cited.write("public", made("otra", "El artículo 269 del Código Penal de Colombia.", jurisdiction="CO"))
    hits = retrieve(SearchRequest(query, mode="words"), EVERYONE, cited).hits
    assert (hits[0].document_id, hits[0].unit) == ("ley", "art. 269A")


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("artículo 312 CP", ["pe#art. 312", "br#art. 312"]),
        ("artigo 312 do Código Penal", ["br#art. 312", "pe#art. 312"]),
        ("artículo 451 CP", ["pe#art. 451"]),
        ("código penal artículo 312 Perú", ["pe#art. 312"]),
    ],
)
def test_a_number_in_codes_of_several_states_finds_the_article_not_the_codes(
    engine: EmbeddedEngine, query: str, first: list[str]
) -> None:
    for country, numbers in (("br", (1, 312)), ("pe", (1, 312, 451))):
        parts, text = list[Unit](), ""
        for number in numbers:
            start, text = len(text), f"{text}Artículo {number}. El que lo haga.\n"
            parts.append(Unit(start, len(text), f"art. {number}", "article", (), "", 1.0, "test"))
        identity, state = (f"ref:{country}:codigo:penal",), country.upper()
        law = made(country, text, units=tuple(parts), identity=identity, document_type="code", jurisdiction=state)
        engine.write("public", law)
    result = retrieve(SearchRequest(query), EVERYONE, engine)
    assert [f"{hit.document_id}#{hit.unit}" for hit in result.hits][: len(first)] == first
    (citation,) = result.citations
    assert {"PE", "BR"}.isdisjoint(citation.absent_states)
    if "Perú" not in query:
        assert ("PT" if "artigo" in query else "UY") in citation.absent_states


def test_what_may_not_be_seen_is_as_if_not_stored(cited: EmbeddedEngine) -> None:
    cited.write("public", made("secret", "Lei secreta.", collection="closed", identity=("ref:br:lei:9999",)))
    (request,) = retrieve(SearchRequest("Lei 9.999/2000"), EVERYONE, cited).citations
    assert request.held == ()


def test_a_citation_obeys_filters(cited: EmbeddedEngine) -> None:
    result = retrieve(SearchRequest("Lei 9.613/1998", filters={"jurisdiction": ("FR",)}), EVERYONE, cited)
    assert result.hits == ()


def test_the_name_of_a_code_in_a_question_is_only_words(cited: EmbeddedEngine) -> None:
    question = retrieve(SearchRequest("blanchiment selon le code pénal"), EVERYONE, cited)
    assert not question.hits[0].why[0].startswith("citation")
    named = retrieve(SearchRequest("le code pénal"), EVERYONE, cited)
    assert named.hits[0].document_id == "code"


@pytest.mark.parametrize(
    ("query", "nearest"),
    [
        ("blnqueo AND capitales", "blanqueo AND capitales"),
        ('"exportasões de armas"', '"exportações de armas"'),
        ("blanqueo AND país:FR", "blanqueo"),
        ("blanqueo AND exportações", "blanqueo exportações"),
        ("zzzzzz", ""),
        ("=blanquèo", "blanquèo"),
        ("lavagem de dinhairo", "lavagem de dinheiro"),
        ("stupefiannts", ""),
    ],
)
def test_the_nearest_query_that_finds_something(engine: EmbeddedEngine, query: str, nearest: str) -> None:
    result = retrieve(SearchRequest(query), EVERYONE, engine)
    assert (result.total, result.nearest) == (0, nearest)
    if nearest:
        found = retrieve(SearchRequest(nearest), EVERYONE, engine)
        assert found.total or found.by_names, "by its words or by what other countries call it"


@pytest.mark.parametrize(
    ("query", "nearest"),
    [
        ("blanqueo de capitalles", "blanqueo de capitales"),
        ("money laundreing capitales", "money laundering capitales"),
        ("blanqueo de capitales", ""),
        ("blanqueo de mercurio", ""),
    ],
)
def test_a_misspelt_word_is_corrected_if_no_hit_has_all_words(engine: EmbeddedEngine, query: str, nearest: str) -> None:
    result = retrieve(SearchRequest(query), EVERYONE, engine)
    assert result.total
    assert result.nearest == nearest


def test_words_are_corrected_in_the_language_of_the_query(engine: EmbeddedEngine) -> None:
    engine.write("public", made("otro", "El perjurio y la conspiración para defraudar."))
    for right in ("mercurio", "conspiracy to defraud"):
        assert retrieve(SearchRequest(right), EVERYONE, engine).nearest == "", "words of a dictionary"
    assert retrieve(SearchRequest("agreement AND defraudr"), EVERYONE, engine).nearest == ""
    assert retrieve(SearchRequest("conspiración AND perjurro"), EVERYONE, engine).nearest == "conspiración AND perjurio"


def test_nothing_is_offered_from_what_may_not_be_seen(engine: EmbeddedEngine) -> None:
    engine.write("public", made("secret", "La palabra confidencial.", collection="closed"))
    assert retrieve(SearchRequest("confidencjal"), EVERYONE, engine).nearest == ""
    both = AccessFilter("tester", (("public", frozenset({"law", "closed"})),))
    assert retrieve(SearchRequest("confidencjal"), both, engine).nearest == "confidencial"


def test_groups_by_country_have_their_best_hits(engine: EmbeddedEngine) -> None:
    for country in ("ES", "PE", "CO"):
        for number in range(4):
            text = "cohecho " * (number + 1) + "y otras palabras del mismo texto"
            engine.write("public", made(f"{country}{number}", text, jurisdiction=country))
    result = retrieve(SearchRequest("cohecho", limit=2, group_by="jurisdiction"), EVERYONE, engine)
    assert [hit.group for hit in result.hits].count("PE") == 2
    assert sorted({hit.group for hit in result.hits}) == ["CO", "ES", "PE"]
    assert all(hit.jurisdiction == hit.group for hit in result.hits)
    narrowed = SearchRequest("cohecho", {"jurisdiction": ("PE",)}, limit=2, group_by="jurisdiction")
    assert {hit.group for hit in retrieve(narrowed, EVERYONE, engine).hits} == {"PE"}


def test_a_group_with_few_hits_is_filled_although_another_group_is_full(engine: EmbeddedEngine) -> None:
    for number in range(12):
        engine.write("public", made(f"pe{number}", "Cohecho pasivo del funcionario.", jurisdiction="PE"))
    engine.write("public", made("co1", "Comete cohecho quien reciba dinero.", jurisdiction="CO"))
    result = retrieve(SearchRequest("cohecho pasivo", limit=2, group_by="jurisdiction"), EVERYONE, engine)
    assert [hit.group for hit in result.hits] == ["PE", "PE", "CO"]
    assert result.understood[-1] == "filled:12"


def test_groups_by_document_are_paged_without_repeating_a_document(engine: EmbeddedEngine) -> None:
    for law in range(25):
        lines = [f"Artículo {n}. {'cohecho ' * ((law + n) % 6 + 1)}\n" for n in range(1, 5)]
        starts = [sum(map(len, lines[:n])) for n in range(4)]
        units = tuple(
            Unit(at, at + len(line), f"art. {n}", "article", (), "", 1.0, "test")
            for n, (at, line) in enumerate(zip(starts, lines, strict=True), 1)
        )
        engine.write("public", made(f"law{law}", "".join(lines), document_type="statute", units=units))
    groups: list[str] = []
    after = ""
    for _ in range(10):
        page = retrieve(SearchRequest("cohecho", limit=2, group_by="document", after=after), EVERYONE, engine)
        on_page = list(dict.fromkeys(hit.group for hit in page.hits))
        assert all([hit.group for hit in page.hits].count(group) == 2 for group in on_page)
        groups += on_page
        after = page.after
        if not after:
            break
    assert len(groups) == len(set(groups)) == 25


def test_a_group_that_does_not_exist_is_refused(engine: EmbeddedEngine) -> None:
    with pytest.raises(RogatioError, match="no_such_group"):
        retrieve(SearchRequest("blanqueo", group_by="colour"), EVERYONE, engine)


@pytest.mark.parametrize(("sort", "limit"), [("colour", 10), ("relevance", 100_000), ("relevance", -1)])
def test_a_request_out_of_bounds_is_refused(engine: EmbeddedEngine, sort: str, limit: int) -> None:
    with pytest.raises(RogatioError, match="request_out_of_bounds"):
        retrieve(SearchRequest("blanqueo", sort=sort, limit=limit), EVERYONE, engine)


def test_marks_of_a_long_judgment_lie_in_the_passage_shown(engine: EmbeddedEngine) -> None:
    filler = "Consta en autos la documental aportada por las partes. "
    text = f"{filler * 80}\nSe castigó a los condenados por malversación de caudales.\n{filler * 80}"
    engine.write("public", made("long", text))
    hit, *_ = retrieve(SearchRequest("condenar malversación"), EVERYONE, engine).hits
    assert [text[start:end] for start, end in hit.marks] == ["condenados", "malversación"]
    assert hit.start <= hit.snippet_start
    assert hit.snippet_start + len(hit.snippet) <= hit.end
    assert hit.snippet == text[hit.snippet_start : hit.snippet_start + len(hit.snippet)]
    assert hit.why == ("concept:EMB", "name:malversación", "lemma:condenar")


def test_the_name_of_an_institution_is_first_found_where_it_is_written(tmp_path: Path) -> None:
    """A concept that is part of the name is the subject of laws without the name."""
    engine = EmbeddedEngine(tmp_path)
    for number in range(8):
        text = (
            f"La cooperación judicial internacional en materia penal {number} y las extradiciones incumben a la unidad."
        )
        facts = {"document_type": "statute", "title": "Ley de cooperación judicial internacional"}
        engine.write("public", made(f"law{number}", text, **facts))
    name = "Unidad de Cooperación Judicial Internacional y Extradiciones"
    letter = "La señora fiscal comunica que se recibió el oficio y que se ha dado traslado. " * 6
    engine.write("public", made("letter", f"{letter}Firma: {name}."))
    assert retrieve(SearchRequest(name), EVERYONE, engine).hits[0].document_id == "letter"
    assert retrieve(SearchRequest(name.lower()), EVERYONE, engine).hits[0].document_id != "letter"


def test_an_article_is_named_by_its_number_and_the_title_of_its_law(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    title = "Que establece la responsabilidad de las personas jurídicas"
    for name, heading in (("law", title), ("other", "Que establece la responsabilidad de los funcionarios")):
        text = "Artículo 1. Objeto de la ley.\nArtículo 27. El fiscal pedirá el procedimiento abreviado."
        article = Unit(text.index("Artículo 27"), len(text), "art. 27", "article", (), "", 0.9, "test")
        engine.write("public", made(name, text, title=heading, document_type="statute", units=(article,)))
    for query in (f"art. 27 {title}", f"{title}, artículo 27", f"art. 27 {title.removesuffix(' jurídicas')}"):
        first = retrieve(SearchRequest(query), EVERYONE, engine).hits[0]
        assert (first.document_id, first.unit, "unit:art. 27" in first.why) == ("law", "art. 27", True)


LETTER = "Tiene el honor de solicitar el peculado: peculado, entrega del peculado y sentencia por peculado."


@pytest.fixture
def mixed(engine: EmbeddedEngine) -> EmbeddedEngine:
    """Add two letters about an offence, one of them of Brazil, and the law of another country that has it."""
    for name, country in (("letter", "ES"), ("carta", "BR")):
        engine.write("public", made(name, LETTER, jurisdiction=country, document_type="mla_request"))
    text = "Artículo 223. Comete el delito de peculado todo servidor público que distraiga dinero del Estado."
    unit = Unit(0, len(text), "art. 223", "article", (), "", 1.0, "test")
    engine.write("public", made("law", text, units=(unit,), jurisdiction="MX", document_type="statute"))
    return engine


@pytest.mark.parametrize(("query", "first"), [("peculado", "law"), ("solicitar peculado honor", "letter")])
def test_laws_come_before_letters_for_the_bare_name_of_a_concept(mixed: EmbeddedEngine, query: str, first: str) -> None:
    hits = retrieve(SearchRequest(query, language="es"), EVERYONE, mixed).hits
    assert (hits[0].document_id == "law") is (first == "law")


@pytest.mark.parametrize(
    ("query", "states"),
    [("peculato no Brasil", ("BR",)), ("peculado en México", ()), ("peculado en Francia", ("FR",)), ("peculado", ())],
)
def test_a_state_without_law_in_the_collection_is_told(
    mixed: EmbeddedEngine, query: str, states: tuple[str, ...]
) -> None:
    assert retrieve(SearchRequest(query), EVERYONE, mixed).states_without_law == states
