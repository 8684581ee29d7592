"""Trained model: words, windows, repair of labels, and its place in the pipeline."""

import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from tiny_models import LABELS, write_tagger

from nlp.annotations import Hints, Segment
from nlp.entities import legal_ner
from nlp.entities.legal_ner import best_path, find_entities
from nlp.entities.ner_windows import (
    MAX_JOINED,
    MAX_SENTENCE_LENGTH,
    PORTION,
    Sentence,
    Window,
    lower_case_words,
    may_name,
    portions,
    windows,
)  # fmt: skip
from nlp.pipeline import annotate, version
from nlp.transformer import Transformer

KNOWN = {
    "Ana": "B-PERSON", "Paz": "I-PERSON", "Paul": "B-PERSON", "11": "B-DATE", "05": "I-DATE", "/": "I-DATE",
    "2016": "I-DATE", "martes": "B-DATE", "Lima": "B-LOCATION",
}  # fmt: skip


@pytest.fixture(scope="module")
def tagger(tmp_path_factory: pytest.TempPathFactory) -> Transformer:
    return Transformer(write_tagger(tmp_path_factory.mktemp("ner"), KNOWN))


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pipeline that finds the tiny model where ours lies."""
    folder = write_tagger(tmp_path / "ner", KNOWN, version="2026.1")
    monkeypatch.setattr(legal_ner, "FOLDER", folder)
    return folder


def found(text: str, tagger: Transformer, **more: object) -> list[tuple[str, str, str]]:
    spans = find_entities(text, tagger, **more)  # type: ignore[arg-type]
    return [(text[span.start : span.end], span.label, span.value) for span in spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\n\t ", []),
        ("Ana Paz.", [("Ana Paz", "PERSON", "Ana Paz")]),
        ("Ana\nPaz", [("Ana\nPaz", "PERSON", "Ana Paz")]),  # a mere line wrap
        ("Ana\n\nPaz", [("Ana", "PERSON", "Ana")]),  # I-PERSON can't begin a paragraph
        ("Ana\tPaz", [("Ana", "PERSON", "Ana")]),
        ("Ana Paul", [("Ana", "PERSON", "Ana"), ("Paul", "PERSON", "Paul")]),
        ("el 11/05/2016,", [("11/05/2016", "DATE", "2016-05-11")]),
        ("el martes", [("martes", "DATE", "")]),
        ("la casa / Paz", []),
        ("(Lima)", [("Lima", "LOCATION", "Lima")]),
        ("a  (Lima\t11/05/2016)", [("Lima", "LOCATION", "Lima"), ("11/05/2016", "DATE", "2016-05-11")]),
        ("Uno. Lima duerme. Ana\u00a0 Paz", [("Lima", "LOCATION", "Lima"), ("Ana\u00a0 Paz", "PERSON", "Ana Paz")]),
        ("\u200bAna\u00ad \U0001f600 Lima", [("Ana", "PERSON", "Ana"), ("Lima", "LOCATION", "Lima")]),
    ],
)
def test_words_and_their_labels(text: str, expected: list[tuple[str, str, str]], tagger: Transformer) -> None:
    assert found(text, tagger) == expected


def test_month_first_where_the_country_writes_it_so(tagger: Transformer) -> None:
    assert found("11/05/2016", tagger, jurisdiction="US") == [("11/05/2016", "DATE", "2016-11-05")]


def test_other_languages_are_left_out_and_bare_names_are_not(tagger: Transformer) -> None:
    text = "Ana Paz. Paul Lima"
    german = Segment(0, 9, "und", 0.9, ""), Segment(9, 18, "es", 0.9, "")
    no_words = Segment(0, 9, "es", 0.9, ""), Segment(9, 18, "und", 0.0, "")
    assert [name for name, *_ in found(text, tagger, segments=german)] == ["Paul", "Lima"]
    assert [name for name, *_ in found(text, tagger, segments=no_words)] == ["Ana Paz", "Paul", "Lima"]


def test_confidence_is_a_mean_of_probabilities_and_what_is_below_the_threshold_is_dropped(tmp_path: Path) -> None:
    strict = Transformer(write_tagger(tmp_path / "strict", KNOWN, threshold=0.999))
    assert found("Ana Paz", strict) == []
    lenient = Transformer(write_tagger(tmp_path / "lenient", KNOWN, threshold=0.99))
    (span,) = find_entities("Ana Paz", lenient)
    assert span.confidence == pytest.approx(np.exp(8) / (np.exp(8) + len(LABELS) - 1), abs=1e-3)
    assert span.origin == "legal_ner@1"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("O O", "O O"),
        ("I-PERSON I-PERSON", "B-PERSON I-PERSON"),
        ("B-DATE I-PERSON", "B-PERSON I-PERSON"),
        ("O I-DATE O", "O B-DATE O"),
        ("B-PERSON B-PERSON I-PERSON", "B-PERSON B-PERSON I-PERSON"),
    ],
)
def test_inside_only_follows_its_own_kind(path: str, expected: str) -> None:
    """Second best is the label that begins a name of the same kind."""
    scores = np.full((len(path.split()), len(LABELS)), -9.0, np.float32)
    for row, label in enumerate(path.split()):
        scores[row, LABELS.index(label)] = -0.1
        if label.startswith("I-"):
            scores[row, LABELS.index("B" + label[1:])] = -2
    if path.startswith("B-DATE"):
        scores[0, LABELS.index("B-PERSON")] = -0.2
    best = best_path(scores, np.zeros(len(scores), np.intp), LABELS)
    assert [LABELS[number] for number in best] == expected.split()


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        ([], []),
        ([(1, 0)], []),
        ([(1, 3), (2, 4), (3, 2)], [(0, 7), (7, 9)]),
        ([(1, 5), (2, 2), (2, 2)], [(0, 5), (5, 9)]),  # a paragraph that fits stays whole
        ([(1, 5), (1, 2), (1, 5)], [(0, 7), (7, 12)]),
        (
            [(1, 1), (2, 15), (3, 1)],
            [(0, 1), (1, 9, 1, 8), (7, 15, 8, 14), (13, 16, 14, 16), (16, 17)],
        ),
    ],
)  # fmt: skip
def test_windows_end_where_sentences_do(sentences: list[tuple[int, int]], expected: list[tuple[int, ...]]) -> None:
    """A window is given as its bounds, and those of what it owns where that is less."""
    assert windows(sentences, 8) == [Window(*(2 * one)[:4]) for one in expected]


def test_paragraphs_are_joined_up_to_fewer_pieces_than_one_of_them_may_have() -> None:
    half = MAX_JOINED // 2
    sentences = [(0, half), (1, half), (2, half), (3, 2 * MAX_JOINED)]
    ends = [2 * half, 3 * half, 3 * half + 2 * MAX_JOINED]
    starts = [0, *ends[:-1]]
    expected = [Window(start, end, start, end) for start, end in zip(starts, ends, strict=True)]
    assert windows(sentences, 2 * MAX_JOINED) == expected


def test_every_piece_belongs_to_one_window() -> None:
    random = np.random.default_rng(3)
    for _ in range(200):
        sentences = [(int(random.integers(1, 6)), int(random.integers(0, 60))) for _ in range(20)]
        sentences.sort(key=lambda one: one[0])
        made = windows(sentences, 16)
        assert all(one.start <= one.owns_from < one.owns_to <= one.end <= one.start + 16 for one in made)
        owned = [piece for one in made for piece in range(one.owns_from, one.owns_to)]
        assert owned == list(range(sum(length for _, length in sentences)))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Uno. Dos dos.\n\nTres\ttres; cuatro.\n \nCinco",
        "x" * (3 * MAX_SENTENCE_LENGTH + 1),
        "palabra larga. " * (PORTION // 5),
        "a\n\n" * PORTION,
    ],
)
def test_portions_hold_all_of_a_text_in_order(text: str) -> None:
    made = list(portions(text, [(0, len(text))]))
    sentences = [sentence for portion in made for sentence in portion]
    assert "".join(text[one.start : one.end] for one in sentences) == text
    assert all(sum(one.end - one.start for one in portion) < 2 * PORTION + MAX_SENTENCE_LENGTH for portion in made)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("El que dañe un bien ajeno será castigado.", False),
        ("Artículo 5.- El que dañe un bien ajeno será castigado.", False),
        ("a) el que dañe bienes ajenos; ", False),
        ("Será castigado con prisión de 2 a 8 años.", False),
        ("El que dañe un bien del Estado será castigado.", True),
        ("Interpol pedirá la detención del acusado.", True),  # its first word is in lower case nowhere
        ("Art. 7. Interpol pedirá la detención del acusado.", True),
        ("El Sr. ", True),  # too short: what follows may be a name
        ("", True),
    ],
)
def test_sentences_that_may_hold_a_name(sentence: str, expected: bool) -> None:
    known = lower_case_words("el artículo que será castigado")
    assert may_name(sentence, Sentence(0, len(sentence), 1), known) is expected


def test_a_law_is_read_where_it_has_capitals(tagger: Transformer) -> None:
    text = "La casa de lima es del dueño. El martes de la casa es largo. La casa es de Ana Paz hasta el martes."
    names = [("Ana Paz", "PERSON", "Ana Paz"), ("martes", "DATE", "")]
    assert found(text, tagger) == [("martes", "DATE", ""), *names]
    # "El", "La" stand in lower case elsewhere, so that only the third sentence may name someone
    assert found(text + " la el", tagger, capitals_only=True) == names


def test_names_are_found_throughout_sentences_longer_than_a_window(tagger: Transformer) -> None:
    text = "uno dos Ana Paz tres cuatro cinco seis siete " * 400
    spans = list(find_entities(text, tagger))
    assert [span.start for span in spans] == [8 + 45 * number for number in range(400)]
    assert {text[span.start : span.end] for span in spans} == {"Ana Paz"}


def test_memory_does_not_grow_with_the_document(tagger: Transformer) -> None:
    page = "El juez Ana Paz citó a Paul en Lima el 11/05/2016. " * 60 + "\n\n"
    peaks = []
    for pages in (40, 160):
        text = page * pages
        tracemalloc.start()
        count = sum(1 for _ in find_entities(text, tagger))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert count == pages * 60 * 4
    assert peaks[1] < 1.5 * peaks[0]


def test_the_pipeline_has_it_where_the_files_are(installed: Path) -> None:
    annotations = annotate("El juez citó a Paul en la audiencia de la tarde.")
    assert [span.origin for span in annotations.spans if span.label == "PERSON"] == ["legal_ner@2026.1"]
    assert "legal_ner@2026.1" in annotations.version.split("+")


def test_the_pipeline_works_without_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legal_ner, "FOLDER", tmp_path)
    assert "legal_ner" not in version()
    assert annotate("El Sr. Juan Pérez compareció.").spans


def test_the_heading_of_an_article_is_no_citation() -> None:
    rubrics = (
        "Ocultamiento",
        "Asistencia",
        "Posesión y tenencia",
        "Agravantes",
        "Decomiso",
        "Prescripción",
        "Registro",
    )
    articles = "\n\n".join(
        f"Artículo {number}\n\n({rubric}).- El que oculte bienes que procedan de las actividades del artículo 34 de la "
        "presente ley será castigado con una pena de doce meses de prisión a seis años de penitenciaría. (*)"
        for number, rubric in enumerate(rubrics, 30)
    )
    text = f"Ley N° 19.574\n\nLey integral contra el lavado de activos\n\n{articles}\n"
    annotations = annotate(text, hints=Hints(document_type="statute", jurisdiction="UY"))
    starts = {unit.start for unit in annotations.structure if unit.kind == "article"}
    assert len(starts) == len(rubrics)
    assert [span for span in annotations.spans if span.label == "LAW" and span.start in starts] == []
    assert [span.value for span in annotations.spans if span.value == "self#art-34"] == ["self#art-34"] * len(rubrics)
