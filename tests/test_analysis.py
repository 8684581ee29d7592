"""Tokens by language: legal references are one token, and inflected forms share a lemma."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexing.analysis.folding import fold
from indexing.analysis.lemmas import languages_of_words, lemma
from indexing.analysis.tokens import analyse, other_tilde
from nlp.annotations import Segment


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("artículo 400 bis", ["artículo", "400bis"]),
        ("art. 400 BIS", ["art", "400bis"]),
        ("artículo 318 bis.2", ["artículo", "318bis", "2"]),
        ("art. 570 quáter y 571", ["art", "570quáter", "y", "571"]),
        ("L. 132-1", ["l132-1"]),
        ("L.132-1", ["l132-1"]),
        ("article L132-1", ["article", "l132-1"]),
        ("articles R. 15-33-1 et D. 8-2", ["articles", "r15-33-1", "et", "d8-2"]),
        ("l'article 324-1", ["l", "article", "324-1"]),
        ("L’article 324-1 à 324-9", ["l", "article", "324-1", "à", "324-9"]),
        ("artigo 368.º-A", ["artigo", "368-a"]),
        ("artículo 129-Ñ", ["artículo", "129-ñ"]),
        ("artigo 368-A", ["artigo", "368-a"]),
        ("art. 1.º, § 2º", ["art", "1", "2"]),
        ("article 1er", ["article", "1"]),
        ("n.º 3", ["n", "3"]),
        ("Lei n.º 9.613/1998", ["lei", "n", "9613/1998"]),
        ("Lei 9613/1998", ["lei", "9613/1998"]),
        ("sections 188A and 7(1)(b)", ["sections", "188a", "and", "7", "1", "b"]),
        ("ss. 327–329", ["ss", "327", "329"]),
        ("BOE-A-1995-25444", ["boe-a-1995-25444"]),
        ("T-123/19", ["t-123/19"]),
        ("C-131/12 P", ["c-131/12", "p"]),
        ("STS 507/2020", ["sts", "507/2020"]),
        ("0001234-56.2019.4.03.6181", ["0001234-56.2019.4.03.6181"]),
        ("[2019] UKSC 1", ["2019", "uksc", "1"]),
        ("R$ 1.000,00", ["r", "1000,00"]),
        ("£1,000.50", ["1000.50"]),
        ("John's and the judges' bench", ["john", "and", "the", "judges", "bench"]),
        ("qu'il s'agit", ["qu", "il", "s", "agit"]),
        ("presume-se", ["presume", "se"]),
        ("decreto-lei", ["decreto", "lei"]),
        ("a ten-year term", ["a", "ten", "year", "term"]),
        ("exporta\u00adção", ["exportação"]),
        (unicodedata.normalize("NFD", "año pénal"), ["año", "pénal"]),
        ("AÑO", ["año"]),
        ("", []),
        (" \n\f—…", []),
    ],
)
def test_exact_tokens(text: str, tokens: list[str]) -> None:
    assert list(analyse(text).exact) == tokens


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "exportación exportaciones"),
        ("es", "blanquear blanqueado blanqueando blanqueada"),
        ("es", "condenar condenado condenada condenados"),
        ("es", "delito delitos"),
        ("pt", "exportação exportações"),
        ("pt", "condenar condenado condenada condenaram"),
        ("pt", "crime crimes"),
        ("en", "launder laundering laundered"),
        ("en", "offence offences"),
        ("en", "convict convicted"),
        ("fr", "condamner condamné condamnée condamnés condamne"),
        ("fr", "blanchir blanchi"),
        ("fr", "infraction infractions"),
    ],
)
def test_forms_share_a_lemma(language: str, words: str) -> None:
    forms = words.split()
    assert {lemma(form, language) for form in forms} == {lemma(forms[0], language)}


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("es", "año", "ano"),
        ("es", "estado", "estar"),
        ("pt", "estado", "estar"),
        ("es", "mercado", "mercar"),
        ("es", "tratado", "tratar"),
        ("fr", "traité", "traiter"),
        ("fr", "prévenu", "prévenir"),
        ("es", "juzgado", "juzgar"),
        ("es", "esta", "estar"),
        ("es", "unas", "unir"),
        ("pt", "para", "parar"),
        ("pt", "pelo", "pelar"),
    ],
)
def test_words_that_remain_separate(language: str, one: str, other: str) -> None:
    assert lemma(one, language) != lemma(other, language)


def test_each_word_is_lemmatised_in_the_language_of_its_segment() -> None:
    text = "penas years penas"
    segments = (
        Segment(0, 5, "es", 1.0, "test"),
        Segment(6, 11, "en", 1.0, "test"),
        Segment(12, 17, "und", 1.0, "test"),
    )
    assert analyse(text, "es", segments).lemmas == ("pena", "year", "penas")
    assert analyse(text, "en", segments[:1]).lemmas == ("pena", "year", "penas")


@pytest.mark.parametrize(
    ("word", "folded"),
    [("Exportação", "exportacao"), ("AÑO", "año"), ("cœur", "coeur"), ("Straße", "strasse"), ("l’État", "l’etat")],
)
def test_folding(word: str, folded: str) -> None:
    assert fold(word) == folded


def test_the_other_spelling_of_n() -> None:
    assert other_tilde("espana") == ("españa",)
    assert other_tilde("niño") == ("ñiño", "nino")


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_offsets_hold_whatever_the_text(text: str) -> None:
    tokens = analyse(text, "es")
    assert len(tokens.starts) == len(tokens.ends) == len(tokens.exact) == len(tokens.lemmas)
    ends = (0, *tokens.ends)
    for end, start, following in zip(ends, tokens.starts, tokens.ends, strict=False):
        assert end <= start < following <= len(text)
    assert all(form and not any(letter.isspace() for letter in form) for form in (*tokens.exact, *tokens.lemmas))


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("harcèlement sexuel", {"fr"}),
        ("libertad vigilada", {"es"}),
        ("handling stolen goods", {"en"}),
        ("colaboração premiada", {"pt"}),
        ("corruption d'agent public étranger", {"fr"}),
        ("Quem pode decretar a perda dos bens lavados?", {"pt"}),
        ("tráfico internacional", {"es", "pt"}),
        ("xyzzy", set()),
        ("", set()),
    ],
)
def test_a_few_words_are_of_the_languages_that_have_most_of_them(text: str, languages: set[str]) -> None:
    assert languages_of_words(text) == languages
