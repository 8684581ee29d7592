"""Extraction and annotation compared with the ground truth of the demonstration corpus.

Figures are words in order by file form, document types, and spans by label: a span is correct if its label and its
words, ignoring white space, are those of the truth. Run: python -m benchmarks.demonstration [DOCUMENTS] [SEED]
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping
from difflib import SequenceMatcher
from pathlib import Path

from app.demonstration.corpus import PASSWORD, write_corpus
from extraction.document import Document
from extraction.read import read
from nlp.annotations import Annotations
from nlp.pipeline import annotate

RESULTS = Path(__file__).parent / "results" / "demonstration.json"
SCORED = (
    "PERSON",
    "ORGANISATION",
    "DATE",
    "MONEY",
    "IDENTIFIER",
    "LAW",
    "COUNTRY",
    "TREATY",
    "OFFENCE",
    "AUTHORITY",
    "COURT",
)


def words_in_order(truth: str, text: str) -> float:
    """Return the share of the words of ``truth`` that occur in ``text`` in the same order."""
    expected, found = truth.split(), text.split()
    blocks = SequenceMatcher(None, expected, found, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / max(1, len(expected))


def draft_is_table(truth: Mapping[str, object]) -> bool:
    """Return whether the draft is a bank record: an annex of hundreds of amounts whose truth is the table itself."""
    return truth["document_type"] == "bank_record"


def surfaces(text: str, spans: list[tuple[int, int, str]]) -> Counter[tuple[str, str]]:
    return Counter((label, re.sub(r"\s+", " ", text[start:end]).strip(" .,;:").lower()) for start, end, label in spans)


def measure(documents: int, seed: int) -> dict[str, object]:
    order: dict[str, list[float]] = defaultdict(list)
    types: Counter[str] = Counter()
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    true: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        corpus, scratch = Path(folder) / "corpus", Path(folder) / "scratch"
        for written in write_corpus(corpus, documents=documents, seed=seed):
            truth = json.loads((corpus / f"{written.path}.truth.json").read_text(encoding="utf-8"))
            password = PASSWORD if written.form == "encrypted" else ""
            document = read(corpus / written.path, scratch, name=written.path.name, password=password).document
            assert document is not None
            order[written.form].append(words_in_order(truth["text"], document.text))
            annotations = annotate(document.text, document.blocks, metadata=document.metadata)
            types[f"{truth['document_type']} -> {annotations.document_type.label}"] += 1
            if not draft_is_table(truth):
                _count(truth, document, annotations, right, found, true)
    return {
        "words in order": {form: round(sum(shares) / len(shares), 4) for form, shares in sorted(order.items())},
        "document types": dict(types.most_common()),
        "spans": {label: _figures(right[label], found[label], true[label]) for label in SCORED},
    }


def _count(
    truth: Mapping[str, list[Mapping[str, object]]],
    document: Document,
    annotations: Annotations,
    right: Counter[str],
    found: Counter[str],
    true: Counter[str],
) -> None:
    expected = surfaces(
        str(truth["text"]), [(int(str(s["start"])), int(str(s["end"])), str(s["label"])) for s in truth["spans"]]
    )
    recognised = surfaces(document.text, [(s.start, s.end, s.label) for s in annotations.spans])
    for (label, _), count in (expected & recognised).items():
        right[label] += count
    for counter, pairs in ((found, recognised), (true, expected)):
        for (label, _), count in pairs.items():
            counter[label] += count


def _figures(right: int, found: int, true: int) -> dict[str, float | int]:
    return {
        "precision": round(right / found, 3) if found else 0.0,
        "recall": round(right / true, 3) if true else 0.0,
        "true": true,
    }


def main() -> None:
    documents, seed = (int(value) for value in (*sys.argv[1:3], *("120", "11")[len(sys.argv[1:3]) :]))
    result = measure(documents, seed)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for title, rows in result.items():
        print(f"\n{title}")
        for name, figure in dict(rows).items():  # type: ignore[call-overload]
            print(f"  {name:<40} {figure}")


if __name__ == "__main__":
    main()
