"""The corpora of named entities beside the repository in one format: a text with its annotated spans.

Corpora differ in labels and edges; entities of a kind that a corpus does not annotate are unknown, not absent. A label
without counterpart is an unknown range: neither an entity nor its absence. Offsets are code points, half open. The
scored parts are defined here for training and measurement: the dev parts of the corpora or, without one, a tenth chosen
by hash. Bosque has a share-alike licence: it is scored but not used in training, so only its dev part is read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from models.ner.detokenise import contract, detokenise, joined

Part = Literal["train", "dev"]
Marked = tuple[int, int, str]
Tagged = list[tuple[str, str]]

LONGEST = 800  # characters of a row cut out of a long text
PERSON_OR_ORGANISATION = "PERSON|ORGANISATION"
_NAMES = frozenset({"PERSON", "ORGANISATION", "LOCATION"})
_ALL = _NAMES | {"DATE", "LAW", "CASE"}


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence or part of a judgment.

    ``spans`` have a label of PERSON ORGANISATION LOCATION DATE LAW CASE, or ``PERSON|ORGANISATION`` for a party of
    unspecified kind. ``unknown`` ranges have a label of the corpus without counterpart. ``marked`` are the labels that
    the corpus annotates exhaustively: only for these is an unmarked word informative.
    """

    corpus: str
    language: str
    text: str
    spans: tuple[Marked, ...]
    unknown: tuple[tuple[int, int], ...]
    marked: frozenset[str]
    part: Part


@dataclass(frozen=True, slots=True)
class _Source:
    """A corpus of tokens: its files, the column of the token, our labels by its own, and exhaustively marked labels."""

    corpus: str
    language: str
    train: str
    dev: str
    labels: dict[str, str]
    marked: frozenset[str]
    column: int = 0


_LENER = {
    "PESSOA": "PERSON", "ORGANIZACAO": "ORGANISATION", "LOCAL": "LOCATION", "TEMPO": "DATE", "LEGISLACAO": "LAW",
    "JURISPRUDENCIA": "CASE",
}  # fmt: skip
# ORG is annotated too rarely for training; the projected annotations lack most places.
_ECHR_MANUAL = {"PER": "PERSON", "LEGAL_PROFESSIONAL": "PERSON", "LOC": "LOCATION", "DATE": "DATE", "DATETIME": "DATE"}
_ECHR_PROJECTED = {"PER": "PERSON", "LOC": "LOCATION", "DATETIME": "DATE"}
_CONLL = {"PER": "PERSON", "ORG": "ORGANISATION", "LOC": "LOCATION"}
_INLEGALNER = {
    "JUDGE": "PERSON", "LAWYER": "PERSON", "OTHER_PERSON": "PERSON", "WITNESS": "PERSON", "GPE": "LOCATION",
    "DATE": "DATE", "COURT": "ORGANISATION", "ORG": "ORGANISATION", "STATUTE": "LAW", "PROVISION": "LAW",
    "PRECEDENT": "CASE", "CASE_NUMBER": "CASE", "PETITIONER": PERSON_OR_ORGANISATION,
    "RESPONDENT": PERSON_OR_ORGANISATION,
}  # fmt: skip
_MANUAL, _PROJECTED, _MORE = "echr-es-fr/manual", "echr-es-fr/projected-127", "ner-more"
_TOKENS = (
    _Source("lener-br", "pt", "lener-br/train.conll", "lener-br/dev.conll", _LENER, _ALL),
    *(
        source
        for code in ("es", "fr")
        for source in (
            _Source(
                "echr-manual", code, f"{_MANUAL}/{code.upper()}-manual-train.tsv",
                f"{_MANUAL}/{code.upper()}-manual-dev.tsv", _ECHR_MANUAL, frozenset({"PERSON", "LOCATION", "DATE"}),
            ),
            _Source(
                "echr-projected", code, f"{_PROJECTED}/{code.upper()}-all-train.tsv",
                f"{_PROJECTED}/{code.upper()}-all-dev.tsv", _ECHR_PROJECTED, frozenset({"PERSON", "DATE"}),
            ),
        )
    ),
    _Source(
        "sec-filings", "en", f"{_MORE}/sec-filings.en.train.conll", f"{_MORE}/sec-filings.en.dev.conll", _CONLL, _NAMES
    ),
    _Source("wikigold", "en", f"{_MORE}/wikigold.en.train.conll", "", _CONLL, _NAMES),
    _Source("bosque", "pt", "", f"{_MORE}/bosque.pt.dev.iob2", _CONLL, _NAMES, column=1),
)  # fmt: skip
_INLEGALNER_FILE = f"{_MORE}/inlegalner.en.train.jsonl"
# Text between a provision and its statute that are one law in our annotation.
_OF_THE_LAW = re.compile(r"\s*(?:,|,?\s*(?:of|under)(?:\s+the)?)?\s*", re.IGNORECASE)
# Roles of parties to a loan, annotated as names in one corpus: not entities in ours.
_ROLES = frozenset({"borrower", "lender", "bank"})
_SENTENCE_END = re.compile(r"\n+|(?<=[.;:?!])\s+")


def read_corpora(shared: Path, *, as_printed: bool = False, longest: int = LONGEST) -> Iterator[Row]:
    """Yield the rows of all corpora under ``shared`` (which contains ``data``), in the order of their texts.

    With ``as_printed``, tokens are separated by spaces; otherwise they are detokenised. Texts longer than ``longest``
    characters are divided at ends of lines or sentences outside spans; 0 disables this. Raises ``OSError`` if a file is
    missing.
    """
    data = shared / "data"
    for source in _TOKENS:
        for path, part in ((source.train, "train"), (source.dev, "dev")):
            if path:
                yield from _token_rows(data / path, source, part, as_printed)
    yield from _inlegalner_rows(data / _INLEGALNER_FILE, longest)


def read_gathered(folder: Path) -> Iterator[Row]:
    """Yield the rows that ``gather.py`` wrote into ``folder``, all for training; a corpus is e.g. "parliament-pt"."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").split("\n"):
            entry = json.loads(line) if line else {}
            if "corpus" in entry:  # aligned sentences of the parliament in the same folder are not rows
                yield Row(
                    f"{entry['corpus']}-{entry['language']}",
                    entry["language"],
                    entry["text"],
                    tuple((start, end, label) for start, end, label in entry["spans"]),
                    tuple((start, end) for start, end in entry["unknown"]),
                    frozenset(entry["marked"]),
                    "train",
                )


def read_parliament(folder: Path, *, as_printed: bool = False) -> Iterator[Row]:
    """Yield the sentences of the European Parliament in ``folder``, for scoring only.

    Rules were corrected after errors in the corpus "parliament-read"; those in "parliament" are held out.
    """
    for name, part in (("parliament", "unread"), ("parliament-read", "read")):
        for code in ("en", "es"):
            source = _Source(name, code, "", f"{code}.{part}.conll", _CONLL, _NAMES)
            yield from _token_rows(folder / source.dev, source, "dev", as_printed)


def held_out(text: str) -> bool:
    """Return whether a text of a corpus without dev part is scored: one in ten, chosen by hash."""
    return int.from_bytes(sha256(" ".join(text.split()).encode()).digest()[:4]) % 10 == 0


def _token_rows(path: Path, source: _Source, part: str, as_printed: bool) -> Iterator[Row]:
    for sentence in _sentences(path, source.column):
        words = [word for word, _ in sentence]
        tags = [tag for _, tag in sentence]
        ranges = _ranges(tags)
        if source.corpus == "bosque" and not as_printed:
            words, ranges = contract(words, ranges)
        text, offsets = joined(words) if as_printed else detokenise(words, source.language)
        spans = [(offsets[a][0], offsets[b - 1][1], label) for a, b, label in ranges]
        scored = part == "dev" or (not source.dev and held_out(" ".join(words)))
        yield _row(source.corpus, source.language, text, spans, source.labels, source.marked, scored)


def _sentences(path: Path, column: int) -> Iterator[Tagged]:
    sentence: Tagged = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        fields = line.split("\t") if "\t" in line else line.split(" ")
        if len(fields) > 1 and not line.startswith(("# ", "-DOCSTART-")):
            sentence.append((fields[column], fields[column + 1] if column else fields[-1]))
        elif sentence:
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def _ranges(tags: Sequence[str]) -> list[Marked]:
    """Return the ranges of tokens with the same label; ``I-`` after another label begins a range, like ``B-``."""
    ranges: list[Marked] = []
    before = "O"
    for place, tag in enumerate(tags):
        if tag not in ("O", "_"):
            if tag[:2] == "I-" and before[2:] == tag[2:]:
                ranges[-1] = (ranges[-1][0], place + 1, tag[2:])
            else:
                ranges.append((place, place + 1, tag[2:]))
        before = tag
    return ranges


def _inlegalner_rows(path: Path, longest: int) -> Iterator[Row]:
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        text, spans = entry["text"], [tuple(span) for span in entry["spans"]]
        # On the front page of a judgment only the court, the judges, counsel and the parties are annotated.
        marked = frozenset({"PERSON"}) if _is_front_page(text, spans) else _ALL
        for start, end in _pieces(text, spans, longest):
            inside = [(a - start, b - start, label) for a, b, label in spans if start <= a and b <= end]
            yield _row("inlegalner", "en", text[start:end], inside, _INLEGALNER, marked, held_out(text))


def _is_front_page(text: str, spans: Iterable[Marked]) -> bool:
    lines = sum(bool(line.strip()) for line in text.split("\n"))
    return lines > 4 and {label for *_, label in spans} <= {"COURT", "PETITIONER", "RESPONDENT", "JUDGE", "LAWYER"}


def _pieces(text: str, spans: Sequence[Marked], longest: int) -> Iterator[tuple[int, int]]:
    """Yield ranges of at most ``longest`` characters if ends of lines or sentences outside spans permit."""
    start = last = 0
    ends = [
        m.end() for m in _SENTENCE_END.finditer(text) if not any(a < m.end() and m.start() < b for a, b, _ in spans)
    ]
    for end in [*ends, len(text)]:
        if longest and end - start > longest and last > start:
            yield start, last
            start = last
        last = end
    if text[start:].strip():
        yield start, len(text)


def _row(
    corpus: str,
    language: str,
    text: str,
    spans: Sequence[Marked],
    labels: dict[str, str],
    marked: frozenset[str],
    scored: bool,
) -> Row:
    known = [label in labels and text[start:end].lower() not in _ROLES for start, end, label in spans]
    ours = sorted((a, b, labels[label]) for (a, b, label), ours in zip(spans, known, strict=True) if ours)
    unknown = tuple((a, b) for (a, b, _), ours in zip(spans, known, strict=True) if not ours)
    return Row(corpus, language, text, _joined_laws(text, ours), unknown, marked, "dev" if scored else "train")


def _joined_laws(text: str, spans: Sequence[Marked]) -> tuple[Marked, ...]:
    """Return the spans with a provision and the following statute joined to one law."""
    out: list[Marked] = []
    for start, end, label in spans:
        before = out[-1] if out else None
        if before and label == before[2] == "LAW" and _OF_THE_LAW.fullmatch(text[before[1] : start]):
            out[-1] = (before[0], end, label)
        else:
            out.append((start, end, label))
    return tuple(out)
