"""Query language in four languages: parsing, and repairs that are reported."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.errors import LANGUAGES, RogatioError
from indexing.search.clauses import ClauseMaker
from indexing.search.parser import MAX_QUERY_LENGTH, parse
from indexing.search.query_tree import (
    And,
    Field,
    Literal,
    Node,
    Not,
    Or,
    Pattern,
    Quoted,
    Run,
    content_words,
    interpret_query,
)

A, B, C = Run("a"), Run("b"), Run("c")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (" ".join(['"a b c"~9'] * 100), "indexing.too_many_expanding"),
        (" OR ".join(f"prefix{place}*" for place in range(21)), "indexing.too_many_expanding"),
        (" ".join(['"pen* del*"'] * 11), "indexing.too_many_expanding"),
        ("NOT (" + " OR ".join(['"a b"~2'] * 21) + ")", "indexing.too_many_expanding"),
        (" OR ".join(["pena"] * 101), "indexing.too_many_clauses"),
        (" ".join(["-pena"] * 101), "indexing.too_many_clauses"),
        (" ".join(["país:ES"] * 101), "indexing.too_many_clauses"),
        ('"' + "pena " * 11 + '"~99', "indexing.too_many_words_apart"),
    ],
    ids=range(8),
)
def test_a_query_that_costs_too_much_is_refused(text: str, code: str) -> None:
    with pytest.raises(RogatioError) as refused:
        parse(text)
    assert refused.value.code == code
    assert len({refused.value.sentence(language) for language in LANGUAGES}) == len(LANGUAGES)


@pytest.mark.parametrize(
    "text",
    [
        " OR ".join(f"prefix{place}*" for place in range(20)),
        " OR ".join(["pena"] * 100),
        "palabra " * 450,
        '"' + "pena de prisión " * 200 + '"',
    ],
    ids=range(4),
)
def test_a_long_query_is_answered(text: str) -> None:
    assert parse(text).tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("lavado de dinero", Run("lavado de dinero")),
        ("art. 400 bis CPF", Run("art. 400 bis CPF")),
        ('"lavado de dinero"', Quoted("lavado de dinero")),
        ("«blanchiment d'argent»", Quoted("blanchiment d'argent")),
        ("“money laundering”", Quoted("money laundering")),
        ('"near words"~5', Quoted("near words", 5)),
        ('"near words"~', Quoted("near words", 5)),
        ("=año", Literal("año")),
        ('="plena prueba"', Literal("plena prueba")),
        ("blanque*", Pattern("blanque*")),
        ("organi?ación", Pattern("organi?ación")),
        ("¿Cuál es la pena?", Run("¿Cuál es la pena?")),
        ("s. 7 Theft (Amendment and Repeal) Act 2010", Run("s. 7 Theft (Amendment and Repeal) Act 2010")),
        ("(a) b", And((A, B))),
        ("a (b OR c)", And((A, Or((B, Run("c")))))),
        ("a AND b", And((A, B))),
        ("a Y b", And((A, B))),
        ("a E b", And((A, B))),
        ("a ET b", And((A, B))),
        ("a OR b", Or((A, B))),
        ("a O b", Or((A, B))),
        ("Ley 1, PREVENCIÓN Y SANCIÓN de la trata", Run("Ley 1, PREVENCIÓN Y SANCIÓN de la trata")),
        ("MONEY LAUNDERING AND CORRUPTION ACT", Run("MONEY LAUNDERING AND CORRUPTION ACT")),
        ("FRAUDE OR COHECHO", Or((Run("FRAUDE"), Run("COHECHO")))),
        ("DNI Y NIE del reo", And((Run("DNI"), Run("NIE del reo")))),
        ("a OU b", Or((A, B))),
        ("a NOT b", And((A, Not(B)))),
        ("a NO b", And((A, Not(B)))),
        ("a NÃO b", And((A, Not(B)))),
        ("a SAUF b", And((A, Not(B)))),
        ("a -b", And((A, Not(B)))),
        ("a AND NOT b", And((A, Not(B)))),
        ("NOT NOT a", A),
        ("a OR b AND c", Or((A, And((B, C))))),
        ("(a OR b) AND c", And((Or((A, B)), C))),
        ("NOT (a OR b)", Not(Or((A, B)))),
        ("a no b", Run("a no b")),
        ("LAVADO DE DINERO O COHECHO NO PUNIBLE", Run("LAVADO DE DINERO O COHECHO NO PUNIBLE")),
        ("LAVADO OR COHECHO", Or((Run("LAVADO"), Run("COHECHO")))),
        ("lei 8.429 anexo E", Run("lei 8.429 anexo E")),
        ("s. 7(1)(b) Criminal Justice Act", Run("s. 7(1)(b) Criminal Justice Act")),
        ("a(b OR c)", And((A, Or((B, C))))),
        ("O réu confessou", Run("O réu confessou")),
        ("ECLI:EU:C:2019:1", Run("ECLI:EU:C:2019:1")),
        ("324-1 code pénal", Run("324-1 code pénal")),
        ("país:ES OR país:FR", Or((Field("jurisdiction", ("ES",)), Field("jurisdiction", ("FR",))))),
    ],
)
def test_tree(text: str, tree: Node) -> None:
    query = parse(text)
    assert query.tree == tree
    assert query.understood == ()


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("país:España", Field("jurisdiction", ("ES",))),
        ("pais:espanha", Field("jurisdiction", ("ES",))),
        ("country:Spain", Field("jurisdiction", ("ES",))),
        ("pays:Espagne", Field("jurisdiction", ("ES",))),
        ("país:es,fr", Field("jurisdiction", ("ES", "FR"))),
        ("país:(es OR fr)", Field("jurisdiction", ("ES", "FR"))),
        ('country:"United Kingdom"', Field("jurisdiction", ("GB",))),
        ("idioma:português", Field("language", ("pt",))),
        ("langue:anglais", Field("language", ("en",))),
        ("tipo:sentencia", Field("document_type", ("judgment",))),
        ("type:loi", Field("document_type", ("statute",))),
        ("año:2010", Field("year", ("2010",))),
        ("ano:2010..2015", Field("year", ("2010..2015",))),
        ("année:..2015", Field("year", ("..2015",))),
        ('tribunal:"Tribunal Supremo"', Field("authority", ("Tribunal Supremo",))),
        ("delito:unknown_one", Field("offence", ("unknown_one",))),
        ("delito:ML", Field("offence", ("ML",))),
        ('crime:"lavagem de dinheiro"', Field("offence", ("ML",))),
        ('infraction:"blanchiment"', Field("offence", ("ML",))),
        ('tratado:"Convención de Palermo"', Field("treaty", ("UNTOC",))),
        ("institution:lynx", Field("institution", ("LYNX",))),
        ("colección:x", Field("collection", ("x",))),
    ],
)
def test_fields_have_names_in_four_languages(text: str, field: Field) -> None:
    query = parse(f"{text} cohecho")
    assert query.fields == (field,)
    assert query.tree == Run("cohecho")


@pytest.mark.parametrize(
    ("text", "tree", "told"),
    [
        ('"sin cerrar', Run("sin cerrar"), ("quote",)),
        ('sin abrir"', Run("sin abrir"), ("quote",)),
        ("“a (b OR c)", And((A, Or((B, Run("c"))))), ("quote",)),
        ('"plena prueba" "a', And((Quoted("plena prueba"), A)), ("quote",)),
        ("=“a", A, ("quote",)),
        ("((a", A, ("parenthesis",)),
        ("a)) b", And((A, B)), ("parenthesis",)),
        ("NOT", None, ("operator",)),
        ("AND AND", None, ("operator",)),
        ("a AND OR b", Or((A, B)), ("operator",)),
        ("()", None, ()),
        ('""', None, ()),
        ("", None, ()),
    ],
)
def test_what_is_forgiven_is_reported(text: str, tree: Node | None, told: tuple[str, ...]) -> None:
    query = parse(text)
    assert (query.tree, query.understood) == (tree, told)


def test_a_query_that_is_too_long_is_refused() -> None:
    with pytest.raises(RogatioError) as caught:
        parse("a" * (MAX_QUERY_LENGTH + 1))
    assert all(str(MAX_QUERY_LENGTH) in caught.value.sentence(language) for language in LANGUAGES)


@settings(deadline=None)
@given(st.text(max_size=300) | st.text(alphabet='ab "()~*?=-:AND OR NOT', max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    try:
        query = parse(text)
    except RogatioError as error:
        if not error.code.startswith("indexing.too_many"):
            raise
        return
    assert all(clause for clause in interpret_query(query))
    if query.tree is not None:
        ClauseMaker().clause(query.tree)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("la pena de la prisión", ["pena", "prisión"]),
        ("no punible", ["no", "punible"]),
        ("qual é a pena do crime", ["pena", "crime"]),
        ("what is the penalty", ["penalty"]),
        ("l'article 324-1 du code", ["article", "324-1", "code"]),
        ("the", ["the"]),
        ("pena pena", ["pena"]),
    ],
)
def test_words_that_are_requested(text: str, words: list[str]) -> None:
    assert content_words(text) == words


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("pena de prisión", ()),
        ("pena de prisión país:ES", ("words:pena prisión", "filter:jurisdiction=ES")),
        ('"plena prueba" =año blanq*', ("phrase:plena prueba", "exact:año", "pattern:blanq*")),
        ('"pena prisión"~5', ("near:pena prisión~5",)),
        ("pena -multa", ("words:pena", "not:multa")),
        ("(a OR b) AND c", ("any:(a OR b)", "words:c")),
        ('"pena', ("quote",)),
        ('"pena país:ES', ("words:pena", "filter:jurisdiction=ES", "quote")),
        ('pena país:"ES', ("words:pena", "filter:jurisdiction=ES", "quote")),
        ("país:Atlántida", ("filter:jurisdiction=Atlántida", "unknown:jurisdiction=Atlántida")),
        ("type:law year:abc", ("filter:document_type=statute", "filter:year=abc", "unknown:year=abc")),
        ("país:INT idioma:catalán", ("filter:jurisdiction=INT", "filter:language=ca")),
    ],
)
def test_what_was_understood(text: str, clauses: tuple[str, ...]) -> None:
    assert interpret_query(parse(text)) == clauses
