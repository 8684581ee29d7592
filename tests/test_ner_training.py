"""Training data of the entity model: labels of pieces, and augmentation that keeps spans aligned."""

import random
from pathlib import Path

import pytest
from tiny_models import tokenizer

from models.ner.augment import Names, changed, edited, form, settings
from models.ner.corpora import Row, read_parliament
from models.ner.labels import LABELS, example, without_edge

MODELS = Path(__file__).parent.parent / "models"

ALL = frozenset({"PERSON", "ORGANISATION", "LOCATION", "DATE", "LAW", "CASE"})


def row(text: str, *spans: tuple[str, str], marked: frozenset[str] = ALL, unknown: str = "") -> Row:
    places = tuple((text.index(words), text.index(words) + len(words), label) for words, label in spans)
    at = text.find(unknown) if unknown else 0
    return Row("made", "es", text, places, ((at, at + len(unknown)),) if unknown else (), marked, "train")


def allowed(one: Row) -> list[set[str]]:
    """Return which labels each asked piece may have, in the order of the words."""
    rows = example(one, tokenizer(one.text.replace(".", " . ").replace("/", " / ").split())).allowed
    return [{LABELS[i] for i in piece.nonzero()[0]} for piece in rows if piece.any()]


def test_of_a_corpus_that_marks_all_every_word_has_one_label() -> None:
    assert allowed(row("firma Ana Paz hoy", ("Ana Paz", "PERSON"))) == [{"O"}, {"B-PERSON"}, {"I-PERSON"}, {"O"}]


def test_each_sign_of_a_date_is_a_word_and_has_a_label() -> None:
    assert allowed(row("el 11/05/2016", ("11/05/2016", "DATE"))) == [{"O"}, {"B-DATE"}, *[{"I-DATE"}] * 4]


def test_what_a_corpus_never_marks_stays_possible() -> None:
    (first, second) = allowed(row("Lima gana", marked=frozenset({"PERSON"})))
    assert {"O", "B-LOCATION", "I-LAW"} <= first
    assert not {"B-PERSON", "I-PERSON"} & (first | second)


def test_a_party_may_be_a_person_or_an_organisation() -> None:
    assert allowed(row("contra Banco", ("Banco", "PERSON|ORGANISATION")))[1] == {"B-PERSON", "B-ORGANISATION"}


def test_no_label_is_predicted_in_an_unknown_range() -> None:
    assert len(allowed(row("la calle Mayor ardió", unknown="calle Mayor"))) == 2


@pytest.mark.parametrize(
    ("text", "label", "name"),
    [
        ("El 4 de julio", "DATE", "4 de julio"),
        ("le 3 mai 2001", "DATE", "3 mai 2001"),
        ("l'année 2001", "DATE", "année 2001"),
        ("Sr. Juan Pérez", "PERSON", "Juan Pérez"),
        ("la Sra . Paz", "PERSON", "Paz"),
        ("Mr Justice Smith", "PERSON", "Smith"),
        ("M . S. c", "PERSON", "S. c"),
        ("Min. MARCO AURÉLIO", "PERSON", "MARCO AURÉLIO"),
        ("Dra", "PERSON", "Dra"),
        ("Mario Losada", "PERSON", "Mario Losada"),
        ("La Paz", "LOCATION", "La Paz"),
        ("el norte de Chipre", "LOCATION", "norte de Chipre"),
        ("the High Court", "ORGANISATION", "High Court"),
        ("art. 5", "LAW", "art. 5"),
    ],
)
def test_what_precedes_a_name_is_no_part_of_it(text: str, label: str, name: str) -> None:
    assert text[without_edge(text, 0, len(text), label) :] == name


@pytest.mark.parametrize(
    ("edits", "text", "words"),
    [
        ([(0, 3, "L")], "L Ana Paz firma", "Ana Paz"),
        ([(4, 11, "Rosa Cruz Gil")], "don Rosa Cruz Gil firma", "Rosa Cruz Gil"),
        ([(12, 17, "")], "don Ana Paz ", "Ana Paz"),
        ([(6, 7, "ria")], "don Anria Paz firma", "Anria Paz"),
    ],
)
def test_an_edited_row_keeps_its_spans_on_their_words(edits: list[tuple[int, int, str]], text: str, words: str) -> None:
    new = edited(row("don Ana Paz firma", ("Ana Paz", "PERSON")), edits)
    assert (new.text, [new.text[a:b] for a, b, _ in new.spans]) == (text, [words])


NAMES = Names({"es": ["Ana", "Luis"], "pt": ["Rui"]}, {"es": ["Paz", "Gil"], "pt": ["Sá"]})


def test_changed_rows_keep_as_many_spans_with_words_in_them() -> None:
    one = row("Ayer Juan Pérez López viajó a Lima.", ("Juan Pérez López", "PERSON"), ("Lima", "LOCATION"))
    for seed in range(300):
        new = changed(one, None, NAMES, random.Random(seed))
        assert [label for *_, label in new.spans] == ["PERSON", "LOCATION"]
        assert all(new.text[a:b] == new.text[a:b].strip() != "" for a, b, _ in new.spans)
        assert new.text == changed(one, None, NAMES, random.Random(seed)).text


@pytest.mark.parametrize("language", ["es", "pt", "en", "fr"])
def test_a_line_of_a_form_marks_the_person_and_not_the_field(language: str) -> None:
    for seed in range(100):
        line = form(language, NAMES, random.Random(seed))
        assert line.spans, line.text
        for start, end, _ in line.spans:
            assert not {"{", "}", ":"} & set(line.text[start:end])
    assert len(settings()["forms"][language]) > 5


@pytest.mark.parametrize(("as_printed", "text"), [(False, "the Commission’s ideas"), (True, "the Commission ’s ideas")])
def test_sentences_labelled_by_hand_are_for_scoring_alone(as_printed: bool, text: str) -> None:
    rows = list(read_parliament(MODELS.parent / "benchmarks" / "parliament", as_printed=as_printed))
    assert {(one.corpus, one.language) for one in rows} == {
        (corpus, language) for corpus in ("parliament", "parliament-read") for language in ("en", "es")
    }
    assert {one.part for one in rows} == {"dev"}
    (found,) = (one for one in rows if text in one.text)
    assert [(found.text[start:end], label) for start, end, label in found.spans] == [("Commission", "ORGANISATION")]
