"""Which concept a question is about: ``python benchmarks/concepts.py``.

``concept_questions.tsv`` holds cases as people tell them, without the words that name the concept, in four languages.
They are kept from all that finds concepts: no word of theirs was taken into a resource.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from pathlib import Path

from nlp.concept_layer import LANGUAGES
from nlp.concept_query import concepts_of_query

QUESTIONS = Path(__file__).parent / "concept_questions.tsv"
DEPTHS = (1, 3, 5)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--missed", action="store_true", help="print the questions whose concept is not among the first"
    )
    missed = parser.parse_args().missed
    met, asked = Counter[tuple[str, int]](), Counter[str]()
    with QUESTIONS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            for language in LANGUAGES:
                wanted = set(row["concepts"].split(","))
                found = [match.concept for match in concepts_of_query(row[language], language, max(DEPTHS))]
                asked[language] += 1
                met.update((language, depth) for depth in DEPTHS if wanted & set(found[:depth]))
                if missed and not wanted & set(found):
                    print(language, row["concepts"], row[language], *found, sep="\t")
    for language in LANGUAGES:
        hits = "  ".join(f"@{depth} {met[language, depth]}/{asked[language]}" for depth in DEPTHS)
        print(f"{language}  {hits}")


if __name__ == "__main__":
    main()
