"""Language of each segment of a text."""

from __future__ import annotations

import json
import runpy
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest

from extraction.document import Block, BlockKind
from nlp.language import find_segments

SHARED = Path(__file__).parent.parent.parent / "shared" / "data"

WHOLE = [
    ("El juez ordenó la detención del investigado por un delito de lavado de activos.", "es"),
    ("O juiz determinou a prisão do investigado pela prática do crime de lavagem de dinheiro.", "pt"),
    ("O tribunal decretou a detenção do arguido por branqueamento de capitais.", "pt"),
    ("The judge ordered the arrest of the suspect for an offence of money laundering.", "en"),
    ("Le juge a ordonné l’arrestation du mis en cause pour des faits de blanchiment.", "fr"),
    ("FUNDAMENTO LEGAL", "es"),
    ("EXPOSÉ DES FAITS", "fr"),
    ("STATEMENT OF FACTS", "en"),
    ("DESCRIÇÃO DOS FATOS", "pt"),
    ("De rechter heeft de inbeslagneming van de goederen bevolen wegens witwassen.", "und"),
    ("Der Richter ordnete die Festnahme des Beschuldigten wegen Geldwäsche an.", "und"),
    ("Il giudice ha disposto l'arresto dell'indagato per il reato di riciclaggio di denaro.", "und"),
    ("El jutge va ordenar la detenció de l'acusat per un delicte de blanqueig de capitals.", "und"),
    ("Jij la te bay lòd pou yo arete moun nan paske li te lave lajan dwòg.", "und"),
    ("O xuíz ordenou a detención da persoa investigada por un delito de branqueo de capitais.", "und"),
    ("Судья постановил арестовать подозреваемого за отмывание денег.", "und"),
    ("أمر القاضي بالقبض على المشتبه به بتهمة غسل الأموال.", "und"),
    ("法官下令逮捕涉嫌洗钱的嫌疑人。", "und"),
    ("12.345,67 — 2024", "und"),
    ("Ⅳ", "und"),
]


@pytest.mark.parametrize(("text", "expected"), WHOLE)
def test_one_language(text: str, expected: str) -> None:
    assert {segment.label for segment in find_segments(text)} == {expected}


def parts(text: str) -> list[tuple[str, str]]:
    return [(segment.label, text[segment.start : segment.end].strip()) for segment in find_segments(text)]


def test_change_within_a_paragraph() -> None:
    text = (
        "El tribunal citó la decisión: “the appeal must be dismissed because the evidence was properly obtained”, "
        "y por ello confirmó la condena impuesta en primera instancia."
    )
    assert [label for label, _ in parts(text)] == ["es", "en", "es"]
    assert "the appeal must be dismissed" in parts(text)[1][1]


def test_short_lines_take_the_language_around_them() -> None:
    text = (
        "A autoridade requerente solicita a oitiva da testemunha por videoconferência.\n\nArt. 5\n\n"
        "O pedido deverá ser cumprido no prazo de trinta dias.\n\n"
        "L'autorité requérante sollicite l'audition du témoin par visioconférence.\n\nArt. 5\n\n"
        "La demande devra être exécutée dans un délai de trente jours."
    )
    assert [label for label, _ in parts(text)] == ["pt", "fr"]
    assert parts(text)[0][1].count("Art. 5") == 1


def test_bilingual_letter_with_a_third_language() -> None:
    text = (
        "CARTA ROGATORIA\nSe solicita la declaración del testigo.\n"
        "LETTER OF REQUEST\nThe statement of the witness is requested.\n"
        "Verzoek om rechtshulp\nDe verklaring van de getuige wordt verzocht."
    )
    assert [label for label, _ in parts(text)] == ["es", "en", "und"]


SENTENCES = "Se solicita la declaración del testigo.\n\nThe statement of the witness is requested.\n\nx ¿?\n"


@pytest.mark.parametrize(
    "text",
    ["a", "\n", " \n\n x", "¿?", "\ufffd" * 5, "Ley\nLei\nLaw\nLoi\n" * 50, "ñ" * 10_000, SENTENCES, SENTENCES * 3],
)
def test_segments_cover_the_text(text: str) -> None:
    segments = find_segments(text)
    assert segments[0].start == 0
    assert segments[-1].end == len(text)
    assert all(one.end == other.start for one, other in pairwise(segments))
    assert all(0 <= segment.confidence <= 1 for segment in segments)


def test_empty() -> None:
    assert find_segments("") == ()


def test_blocks_are_boundaries() -> None:
    text = "Los hechos ocurrieron en Lima The facts took place in Lima and were reported"
    cut = text.index("The")
    blocks = (Block(0, cut, BlockKind.PARAGRAPH), Block(cut, len(text), BlockKind.PARAGRAPH))
    assert [(s.start, s.label) for s in find_segments(text, blocks)] == [(0, "es"), (cut, "en")]


def test_repeatable_in_threads() -> None:
    texts = [text for text, _ in WHOLE] * 5
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(find_segments, texts)) == [find_segments(text) for text in texts]


@pytest.mark.shared
def test_real_articles_in_five_texts_by_turns() -> None:
    """The hardest order there is: the language changes at every paragraph, Spanish and Portuguese side by side."""
    if not SHARED.is_dir():
        pytest.skip("the reference data folder is not beside the repository")
    articles = json.loads((SHARED / "udhr" / "udhr_articles.json").read_text(encoding="utf-8"))
    names = {"eng": "en", "spa": "es", "por_BR": "pt", "por_PT": "pt", "fra": "fr"}
    text, truth = "", []
    for article in articles:
        for name, language in names.items():
            truth.append((len(text), len(text) + len(article[name]), language))
            text += article[name] + "\n\n"
    labels = [segment.label for segment in find_segments(text) for _ in range(segment.end - segment.start)]
    right = Counter(Counter(labels[a:b]).most_common(1)[0][0] == language for a, b, language in truth)
    assert right[True] >= 0.95 * len(truth)
    assert len(truth) == 150


def test_recipe_counts_the_letters_of_a_declaration(tmp_path: Path) -> None:
    recipe = runpy.run_path(str(Path(__file__).parent.parent / "models" / "language_profiles" / "recipe.py"))
    page = tmp_path / "declaration.html"
    page.write_text("<html><body><p>Gizon-emakume</p> <p>gizon 1</p></body></html>", encoding="utf-8")
    profile = recipe["profile"](page)
    assert profile["n_words"] == [17, 20, 17]
    assert {gram: profile["freq"].get(gram) for gram in ("g", "giz", " gi", "on ", "e", "k")} == {
        "g": 2, "giz": 2, " gi": 2, "on ": 2, "e": 2, "k": None,
    }  # fmt: skip
