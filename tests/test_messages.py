"""Every error message and every wording of app exists in the four languages, with the same facts."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from app.labels import reasons_in
from app.requests.deadlines.deadlines import INTERNAL, Deadline
from app.requests.deadlines.words import deadline_source
from app.wording import VARIETIES, base_language, catalogue, worded_in
from extraction.errors import LANGUAGES, RogatioError
from extraction.resource import load
from nlp.concepts.layer import concepts

APP = Path(__file__).parent.parent / "app"
RESOURCES = APP / "resources"
GUIDE = APP / "help/resources/guide"
MESSAGES = [f"{package}.messages" for package in ("extraction", "nlp", "indexing", "app")]
WORDS = [f"app.{path.stem}" for path in sorted(RESOURCES.glob("*.yaml")) if path.stem != "messages"]


def wordings(content: Any, place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield where something is said by language, and what."""
    if isinstance(content, dict) and set(LANGUAGES) & content.keys():
        yield place, content
    elif isinstance(content, dict | list):
        for key, part in content.items() if isinstance(content, dict) else enumerate(content):
            yield from wordings(part, f"{place}.{key}")


WORDED = [name for name in (*MESSAGES, *WORDS) if next(wordings(load(name), name), None)]  # others are tables


@pytest.mark.parametrize("name", WORDED)
def test_worded_in_each_language_with_the_same_facts(name: str) -> None:
    for place, stated in wordings(load(name), name):
        assert stated.keys() - VARIETIES.keys() == set(LANGUAGES), place
        facts = {language: frozenset(re.findall(r"{(\w+)", str(words))) for language, words in stated.items()}
        assert len(set(facts.values())) == 1, (place, facts)


@pytest.mark.parametrize("name", MESSAGES)
def test_every_code_has_sentences(name: str) -> None:
    assert {place for place, _ in wordings(load(name), name)} == {f"{name}.{code}" for code in load(name)}


ASKED_BY_CODE = (
    "command_line.",
    "export.",
    "law_of.",
    "match_reason.",
    "trait.",
    "out_of_force_citations.",
    "requests.data_of_",
    "waits_for.",
)


def messages() -> set[object]:
    methods = [("**/templates/**.html", "jinja2"), ("**.py", "python")]
    options = {"**/templates/**.html": {"trimmed": "true", "newstyle_gettext": "true"}}
    words = {"_": None, "gettext": None, "ngettext": (1, 2), "lazy_gettext": None, "wording": None}
    return {found[2] for found in extract_from_dir(APP, methods, options, words)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_in_the_catalogue(language: str) -> None:
    with (APP / "translations" / f"{language}.po").open("rb") as file:
        catalog = read_po(file, locale=language)
    request = messages()
    assert len(request) > 100
    completed = {
        message.id
        for message in catalog
        if message.id and all(message.string if message.pluralizable else [message.string])
    }
    assert request - completed == set()
    unused = {str(key[0] if isinstance(key, tuple) else key) for key in completed - request}
    assert {key for key in unused if not key.startswith(ASKED_BY_CODE)} == set(), "no longer used"
    for message in catalog:
        if message.id:
            assert not list(message.check(catalog)), message.id
    keys = [key[0] if isinstance(key, tuple) else key for key in completed]
    assert [key for key in keys if not re.fullmatch(r"[a-z_]+(\.[a-z0-9_-]+)+", key)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_has_each_key_with_the_same_facts(language: str) -> None:
    english, other = (dict(catalogue(code)._catalog) for code in ("en", language))
    assert english.keys() == other.keys()
    for key, words in other.items():
        if key:
            assert words, key
            assert facts(words) == facts(english[key]), key


def test_templates_fill_in_the_facts_of_messages_in_braces() -> None:
    """gettext fills in ``%(name)s``; ``{name}``, as in texts of the command line, is left for ``format``."""
    with (APP / "translations" / "en.po").open("rb") as file:
        texts = {message.id: message.string for message in read_po(file) if isinstance(message.string, str)}
    left = [
        (path.name, key)
        for path in sorted(APP.rglob("templates/*.html"))
        for key in re.findall(r"\b_\('([\w.]+)'(?!\)\.format\()", path.read_text("utf8"))
        if re.search(r"\{\w+\}", texts.get(key, ""))
    ]
    assert left == []


@pytest.mark.parametrize("variety", VARIETIES)
def test_a_variety_has_only_what_differs_from_its_language(variety: str) -> None:
    with (APP / "translations" / f"{variety}.po").open("rb") as file:
        own = {key: words for key, words in ((one.id, one.string) for one in read_po(file)) if key}
    base = dict(catalogue(base_language(variety))._catalog)
    for key, words in own.items():
        whole = (
            {(key[0], number): text for number, text in enumerate(words)} if isinstance(key, tuple) else {key: words}
        )
        assert whole.keys() <= base.keys(), key
        assert whole.items() - base.items(), key
        assert all(facts(text) == facts(base[place]) for place, text in whole.items()), key


def facts(words: str) -> set[str]:
    return set(re.findall(r"{(\w+)}|%\((\w+)\)s", words))


# Second words for what has one already: a cell is «celda», «cellule»; a file «archivo»; an assessment «appréciation».
# pt is the Portuguese of Brazil, pt-PT that of Portugal.
SECOND_WORDS = {
    "es": r"\b(casillas?|ficheros?|lenguas?|subir|suba|cuadro comparativo|significado|veredictos?|salas?|gentilicio"
    r"|derecho público|segunda lectura)\b",
    "pt": r"\b(ficheiros?|utilizador\w*|registos?|carregamentos?|vereditos?|salas?|direito público|ecrã|palavra-passe"
    r"|quadro comparativo|significado|segunda leitura|factos?|branqueamento|pessoas? coletivas?|interceç\w+|gralhas"
    r"|por omissão|noutr[oa]s?|numa?|equipas?|monoutilizador|económic\w+)\b|[«»]",
    "pt-PT": r"\b(arquivos?|(mono)?usuári\w+|senhas?|telas?|baixar|registr\w+|salv(ar|as?|os)|exclu[iís]\w*|fatos?"
    r"|equipes?|contatos?|controle|planilhas?|aplicativos?|links?|você|óptic\w+|interceptaç\w+|recebimento|está sendo"
    r"|pessoas? jurídicas?|econômic\w+|trechos?|eletrônic\w+|patrimôni\w+|confiscos?|entorpecentes?|convênios?|oitivas?"
    r"|assistência judiciária|em (um|outr[oa]s?))\b|[“”]",
    "en": r"\b(the machine (found|offers|proposes)|gap analysis|working rooms?|verdicts?|public law|held here|set right"
    r"|how to ask)\b",
    "fr": r"\b(cases?|verdicts?|notions?|télévers\w+|salles?|détenue?s?|droit public|seconde lecture)\b",
}


def every_word(language: str) -> Iterator[tuple[str, str]]:
    """Yield all that pages, errors, exports, the guide and the command line say in a language, with its place."""
    for name in (*MESSAGES, *WORDS):
        said = [(place, str(text[language])) for place, text in wordings(load(name), name) if language in text]
        yield from ((place, re.sub(r"{\w+}", "", words)) for place, words in said)
    yield from ((path.name, path.read_text(encoding="utf-8")) for path in sorted((GUIDE / language).glob("*.md")))
    effective = {**catalogue(base_language(language))._catalog, **catalogue(language)._catalog}
    yield from ((str(key), re.sub(r"{\w+}", "", words)) for key, words in effective.items() if key)


def test_what_a_reader_in_portugal_sees_of_laundering_is_named_as_the_law_there_does() -> None:
    asked = [(place, text) for name in SHOWN for place, text in wordings(load(name), name)]
    shown = [(place, text.get("pt-PT") or text.get("pt")) for place, text in asked]
    described = [(place, words.partition(" | ")[0]) for place, words in shown if isinstance(words, str)]
    assert [place for place, words in described if re.search(r"\blavagem\b", words, re.IGNORECASE)] == []


# What pages say in the variety of the reader; a number of a register of Brazil keeps its name.
IN_VARIETY = (
    "app.labels.",
    "app.request_words.",
    "app.treaty_path.",
    "app.treaty_places.",
    "app.instrument_names.",
    "app.help_examples.",
)
SHOWN_IN_VARIETY = ("nlp.request_checks", "nlp.elements", "nlp.concept_kinds", "nlp.false_friends")
OWN_NAMES = ("app.labels.citation.registro-stj",)


def test_what_a_reader_in_portugal_sees_has_no_word_of_brazil_alone() -> None:
    brazilian = re.compile(SECOND_WORDS["pt-PT"], re.IGNORECASE)
    said = [one for name in WORDED for one in wordings(load(name), name) if one[0].startswith((*IN_VARIETY, *MESSAGES))]
    said += [
        one for name in SHOWN_IN_VARIETY for one in wordings(load(name), name) if isinstance(one[1].get("pt"), str)
    ]
    worded = [(place, str(text.get("pt-PT") or text["pt"]).partition(" | ")[0]) for place, text in said]
    shown = [(place, re.sub(r"{\w+}", "", words)) for place, words in worded]
    assert len(shown) > 1200
    assert [one for one in shown if brazilian.search(one[1]) and one[0] not in OWN_NAMES] == []


def test_reasons_and_sources_of_deadlines_are_worded_in_the_variety() -> None:
    assert reasons_in("pt-PT", ["word:coisa"]) == ["a palavra «coisa»"]
    assert reasons_in("pt", ["word:coisa"]) == ["a palavra “coisa”"]
    counted = Deadline("d", "service_level", "2026-02-01", INTERNAL, days=30, since="2026-01-02", since_event="letter")
    assert "registado o facto" in deadline_source(counted, "pt-PT")
    assert "registrado o fato" in deadline_source(counted, "pt")


def test_definitions_of_concepts_have_the_words_of_the_country_of_the_reader() -> None:
    portuguese = re.compile(
        r"\b(factos?|registos?|controlos?|numa?|noutr[oa]s?|ecrã|ficheiros?|desporto)\b", re.IGNORECASE
    )
    brazilian = re.compile(SECOND_WORDS["pt-PT"], re.IGNORECASE)
    defined = {code: concept.definition for code, concept in concepts().items()}
    assert defined["DUALCRIM"]["pt"].startswith("O fato deve ser crime")
    assert worded_in(defined["DUALCRIM"], "pt-PT").startswith("O facto deve ser crime")
    assert [code for code, words in defined.items() if portuguese.search(words["pt"])] == []
    assert [code for code, words in defined.items() if brazilian.search(worded_in(words, "pt-PT"))] == []


# Resources of nlp that are shown as they are written.
SHOWN = ("nlp.concept_definitions", "nlp.elements", "nlp.false_friends", "nlp.request_checks")


def test_signs_of_french_never_begin_a_line() -> None:
    """Spaces before two-part signs and in guillemets do not break, before ; ? ! they are narrow."""
    breakable = re.compile(r" [:;?!»]|« |\u00a0[;?!]|\u202f[:»]")
    asked = [(place, text.get("fr")) for name in SHOWN for place, text in wordings(load(name), name)]
    shown = [(place, words) for place, words in asked if isinstance(words, str)]
    assert len(shown) > 500
    assert [(place, words) for place, words in (*every_word("fr"), *shown) if breakable.search(words)] == []


@pytest.mark.parametrize("language", [*LANGUAGES, *VARIETIES])
def test_one_word_for_one_thing(language: str) -> None:
    second = re.compile(SECOND_WORDS[language], re.IGNORECASE)
    assert [(place, words) for place, words in every_word(language) if second.search(words)] == []


# A summons is a "citação", "citation": a law or a decision is cited by a reference; "textual" are words quoted.
SUMMONS = {
    "pt": r"\bcitaç(ão|ões)\b(?! textual)",
    "pt-PT": r"\bcitaç(ão|ões)\b(?! textual)",
    "es": r"\bcitaci(ón|ones)\b",
    "fr": r"\bcitations?\b(?! textuelle)",
}
OF_SERVICE = ("app.treaty_path.names.HAGUE-SERVICE",)


@pytest.mark.parametrize("language", SUMMONS)
def test_a_reference_is_not_named_as_a_summons(language: str) -> None:
    summons = re.compile(SUMMONS[language], re.IGNORECASE)
    found = [(place, words) for place, words in every_word(language) if summons.search(words)]
    assert [one for one in found if one[0] not in OF_SERVICE] == []


@pytest.mark.parametrize(
    ("code", "language", "words"),
    [
        ("extraction.empty", "pt", "O arquivo está vazio"),
        ("extraction.empty", "pt-PT", "O ficheiro está vazio"),
        ("app.not_found", "pt-PT", "Não há nada aqui"),
    ],
)
def test_an_error_is_worded_in_a_variety_or_else_in_its_language(code: str, language: str, words: str) -> None:
    assert RogatioError(code).sentence(language).startswith(words)


def test_every_doubt_about_a_reading_has_its_label() -> None:
    warnings = {key.removeprefix("warning_") for key in load("extraction.messages") if key.startswith("warning_")}
    labels = load("app.labels")["reading_doubt"]
    assert len(warnings) > 25
    assert warnings - labels.keys() == set()
    assert [code for code, words in labels.items() if not {"es", "pt", "en", "fr"} <= words.keys()] == []
