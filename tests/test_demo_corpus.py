"""Demonstration corpus: its ground truth matches its files, it is reproducible, and all letters differ."""

import csv
import json
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path
from random import Random

import docx
import pypdfium2 as pdfium
import pytest
from stdnum.br import cpf
from stdnum.iso7064 import mod_97_10

from app.demonstration import identifiers
from app.demonstration.case_mentions import mentions
from app.demonstration.cases import draw_case
from app.demonstration.corpus import (
    FORMATS,
    KINDS,
    MANIFEST,
    OTHER_AUTHORITY,
    PASSWORD,
    REQUESTS,
    write_corpus,
    write_legislation,
)
from app.demonstration.letters import letter
from app.demonstration.register import letter_draft, write_register
from app.demonstration.statutes import planned_laws, statute
from app.demonstration.typing_errors import with_typing_errors
from app.demonstration.words import LANGUAGES, words
from app.demonstration.writing import Mention, Writer, joined
from extraction.resource import load
from indexing.ingest.arrivals import TRUTH, IngestOptions, incoming

pytestmark = pytest.mark.workers


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    assert len(list(write_corpus(folder, documents=60, seed=7))) == 60
    return folder


def test_register_has_letters_and_laws_dated_around_today(tmp_path: Path) -> None:
    list(write_corpus(tmp_path, documents=1, seed=7))
    today = date(2031, 5, 20)
    written = write_register(tmp_path, today)
    with (tmp_path / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["file"]: row for row in csv.DictReader(file)}
    assert {path.relative_to(tmp_path).as_posix() for path in written} <= rows.keys()
    assert all(path.stat().st_size for path in written)
    letters = load("app.demonstration.register")["letters"]
    assert {rows[f"requests/{one['file']}"]["case_file"] for one in letters} == {one["case_file"] for one in letters}
    text = "".join(paragraph.text for one in letters for paragraph in letter_draft(one, today).paragraphs)
    assert "1 de junio de 2031" in text
    assert "{d" not in text


def test_every_law_of_the_plan_is_written_once(tmp_path: Path) -> None:
    documents = 20
    corpus = list(write_corpus(tmp_path, documents=documents, seed=7))
    corpus += write_legislation(tmp_path, documents=documents, seed=7)
    written = Counter((one.draft.jurisdiction, one.draft.title) for one in corpus if one.kind == "statute")
    laws = words("legislation")["laws"]
    assert Counter(state for state, _ in written) == {state: len(themes) for state, themes in laws.items()}
    assert sorted(planned_laws()) == sorted((state, theme) for state, themes in laws.items() for theme in themes)


@pytest.mark.parametrize(("state", "theme"), planned_laws())
def test_a_law_has_the_offences_of_its_theme_and_no_others(state: str, theme: str) -> None:
    law = words("legislation")
    draft = statute(Random(f"{state}-{theme}"), state, theme)
    text = "\n".join(paragraph.text for paragraph in draft.paragraphs)
    language = "br" if state == "BR" else draft.language
    conduct = {key: one.get(language, one[draft.language]) for key, one in law["offences"].items()}
    assert [key for key, words in conduct.items() if words.rstrip(",") in text] == law["themes"][theme]["offences"]
    assert "{" not in text


def truths(folder: Path) -> list[dict]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob(f"*{TRUTH}"))]


def test_every_file_has_its_truth_and_its_row(corpus: Path) -> None:
    files = {str(p.relative_to(corpus)) for p in corpus.rglob("*") if p.is_file()}
    with (corpus / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == MANIFEST
    assert {row["file"] for row in rows} | {row["file"] + TRUTH for row in rows} | {"manifest.csv"} == files


def test_it_holds_every_kind_and_nearly_every_form(corpus: Path) -> None:
    forms = Counter(truth["form"] for truth in truths(corpus))
    assert {form for kind in FORMATS.values() for form, _, _ in kind} - set(forms) <= {"odt"}
    assert {truth["file"].split("/")[1].split("-")[0] for truth in truths(corpus)} == set(KINDS)


def test_the_truth_is_no_document(corpus: Path) -> None:
    files = list(incoming([corpus], IngestOptions()))
    assert len(files) == 60
    assert {file.options.collection for file in files} == {"public", REQUESTS, OTHER_AUTHORITY}


def test_spans_segments_and_units_lie_where_they_say(corpus: Path) -> None:
    checked = 0
    for truth in truths(corpus):
        text = truth["text"]
        for span in truth["spans"]:
            surface = text[span["start"] : span["end"]]
            assert surface.strip() == surface != ""
            checked += span["label"] != "DATE" and span["value"] in surface
        assert {segment["label"] for segment in truth["segments"]} <= set(LANGUAGES)
        assert all(a["end"] < b["start"] for a, b in pairwise(truth["segments"]))
    assert checked > 200


def test_equal_seeds_give_equal_words(corpus: Path, tmp_path: Path) -> None:
    list(write_corpus(tmp_path, documents=12, seed=7))
    written = list(tmp_path.rglob(f"*{TRUTH}"))
    assert len(written) == 12
    for path in written:
        assert path.read_text() == (corpus / path.relative_to(tmp_path)).read_text()


def test_a_pdf_holds_the_words_of_its_truth_and_a_scan_holds_none(corpus: Path) -> None:
    by_form: dict[str, list[dict]] = {}
    for truth in truths(corpus):
        by_form.setdefault(truth["form"], []).append(truth)
    assert by_form["pdf"]
    assert by_form["scan"]
    for truth in by_form["pdf"]:
        read = set(pdf_words(corpus / truth["file"]))
        missing = [word for word in truth["text"].split() if word not in read]
        assert len(missing) <= 0.02 * len(truth["text"].split()), missing[:5]
    for truth in by_form["scan"]:
        assert pdf_words(corpus / truth["file"]) == []
    for truth in by_form["encrypted"]:
        assert pdf_words(corpus / truth["file"], PASSWORD)
        with pytest.raises(pdfium.PdfiumError):
            pdf_words(corpus / truth["file"])


def pdf_words(path: Path, password: str | None = None) -> list[str]:
    with pdfium.PdfDocument(path, password=password) as document:
        return [word for page in document for word in page.get_textpage().get_text_bounded().split()]


def test_a_docx_holds_the_paragraphs_of_its_truth(corpus: Path) -> None:
    found = [truth for truth in truths(corpus) if truth["form"] == "docx"]
    assert found
    for truth in found:
        paragraphs = [p.text for p in docx.Document(str(corpus / truth["file"])).paragraphs]
        assert "\n\n".join(paragraphs) == truth["text"]


def test_letters_vary_in_order_headings_and_forms() -> None:
    letters = [letter(draw_case(Random(seed), "CO"), Random(seed)) for seed in range(40)]
    assert len({tuple(draft.fields["sections"]) for draft in letters}) > 25
    assert len({joined(draft.paragraphs)[0] for draft in letters}) == 40
    assert any("persons" not in draft.fields["sections"] for draft in letters)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_template_of_a_language_can_be_filled(language: str) -> None:
    for state in words("states"):
        fields = mentions(draw_case(Random(state), state), language, Random(state))
        for section in words(language)["letter"]["sections"].values():
            for text in section["texts"]:
                expanded_fields = {
                    **fields,
                    "born": Mention(""),
                    "measures": Mention(""),
                    "treaty_article": Mention(""),
                }
                assert Writer(language).fill(text, expanded_fields).text


@pytest.mark.parametrize(
    ("language", "before", "article", "text"),
    [
        ("es", "remitida por medio de ", "el", "remitida por medio del Juzgado"),
        ("es", "dirigida a ", "el", "dirigida al Juzgado"),
        ("pt", "com base em ", "o", "com base no Juzgado"),
        ("fr", "adressée à ", "le", "adressée au Juzgado"),
        ("fr", "au vu de ", "l'", "au vu de l'Juzgado"),
        ("en", "sent by ", "the", "sent by the Juzgado"),
        ("es", "", "el", "El Juzgado"),
    ],
)
def test_articles_melt_with_the_word_before(language: str, before: str, article: str, text: str) -> None:
    writer = Writer(language)
    writer.text = before
    writer.mention(Mention("Juzgado", "COURT", "Juzgado", article))
    assert writer.text == text
    assert writer.text[writer.spans[0].start : writer.spans[0].end] == "Juzgado"


def test_typing_errors_keep_lengths_and_marked_words() -> None:
    draft = letter(draw_case(Random(5), "FR"), Random(5))
    typed = with_typing_errors(draft, Random(5), 3)
    text, spans, _ = joined(draft.paragraphs)
    wrong, same, _ = joined(typed.paragraphs)
    assert spans == same
    assert len(text) == len(wrong)
    assert 2 <= sum(a != b for a, b in zip(text, wrong, strict=True)) <= 6


def test_numbers_have_right_check_digits_until_a_digit_is_changed() -> None:
    rng = Random(1)
    _, number = identifiers.personal_document(rng, "br_cpf", "Falcão")
    assert cpf.is_valid(number)
    assert not cpf.is_valid(identifiers.wrong_digit(rng, number))
    sequence, rest = identifiers.cnj(rng, 2021).split("-")
    check, year, *tail = rest.split(".")
    assert mod_97_10.is_valid(sequence + year + "".join(tail) + check)
