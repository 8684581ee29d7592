"""Recognition of the concepts of questions, by words and, with the shipped encoder, by words and meaning.

``python -m benchmarks.concepts``. ``concept_questions.tsv`` contains cases in everyday language, without the words that
name the concept, in four languages. They are held out: no word of them was added to a resource.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from indexing.engines.protocol import VectorQuery
from indexing.search.concept_expansion import LOOKED_AT, classify_concepts, query_stems
from indexing.settings import Settings
from indexing.vectors.encoder import Encoder, open_encoder
from nlp.concepts.layer import LANGUAGES
from nlp.concepts.query import ConceptMatch, concepts_of_query

QUESTIONS = Path(__file__).parent / "concept_questions.tsv"
DEPTHS = (1, 3, 5)
Find = Callable[[str, str], Sequence[ConceptMatch]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--missed", action="store_true", help="print the questions whose concept is not among the first"
    )
    missed = parser.parse_args().missed
    measure("words", lambda text, language: concepts_of_query(text, language, max(DEPTHS)), missed=missed)
    encoder = open_encoder(Settings(home=Path()))
    if encoder is None:
        print("models/encoder holds no model: by words alone")
    else:
        measure("words and meaning", with_meaning(encoder), missed=missed)


def with_meaning(encoder: Encoder) -> Find:
    def find(text: str, language: str) -> Sequence[ConceptMatch]:
        matches = concepts_of_query(text, language, LOOKED_AT)
        question = VectorQuery(encoder.version, encoder.query(text))
        classified = classify_concepts(matches, question, query_stems(text, language), max(DEPTHS))
        return classified or matches[: max(DEPTHS)]

    return find


def measure(name: str, find: Find, *, missed: bool) -> None:
    recognised, totals = Counter[tuple[str, int]](), Counter[str]()
    for language, expected, text in questions():
        found = [match.concept for match in find(text, language)]
        totals[language] += 1
        recognised.update((language, depth) for depth in DEPTHS if expected & set(found[:depth]))
        if missed and not expected & set(found):
            print(name, language, ",".join(sorted(expected)), text, *found, sep="\t")
    print(name)
    for language in LANGUAGES:
        print(
            f"{language}  "
            + "  ".join(f"@{depth} {recognised[language, depth]}/{totals[language]}" for depth in DEPTHS)
        )


def questions() -> Iterator[tuple[str, set[str], str]]:
    """Yield the language of each question, its correct concepts, and its text."""
    with QUESTIONS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            for language in LANGUAGES:
                yield language, set(row["concepts"].split(",")), row[language]


if __name__ == "__main__":
    main()
