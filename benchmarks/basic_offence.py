"""Rank of the basic offence among the provisions of its law, for queries of an offence's name and a country.

``python -m benchmarks.basic_offence [--part fitted|kept] [--unseen FOLDER] [--fit] [--errors]`` indexes the codes of
``basic_offence.yaml`` in a temporary folder without vectors and asks for each name with its country, in the order by
words and labels alone and with the basic offence of a law first. Printed is how often a basic offence is first and
among the first five. ``--fit`` prints, for the pairs of the part ``fitted``, the weights of
``indexing/resources/basic_offence.yaml`` and how often the first is right in each law by weights without it.

``--unseen`` is the folder of the laws of the part ``kept`` that are not in the reference data, from the public
repositories Ansvar-Systems/Costa-Rican-law-mcp and zimbabwe-law-mcp: the title and the provisions of the penal code's
file of ``data/seed`` as Markdown, in order of their numbers (``cr_cp.md``: title and content of each; ``zw_cp.md``: the
chapter as a heading, number and title in bold, then the content without them).
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import yaml
from numpy.typing import NDArray

from benchmarks.new_countries import SHARED, read_file
from benchmarks.provision_role_labels import plain_label
from indexing.access import AccessFilter
from indexing.engines.embedded.engine import EmbeddedEngine
from indexing.records.passages import document_records
from indexing.records.record import DocumentFacts
from indexing.search import basic_offence
from indexing.search.request import SearchRequest
from indexing.search.search import retrieve
from nlp.annotations import Annotations, DocumentType, Segment
from nlp.provision_roles.classifier import Candidate
from nlp.structure.structure import find_structure

FILE = Path(__file__).with_name("basic_offence.yaml")
PARTITION = "public"
EVERYTHING = AccessFilter("benchmark", ((PARTITION, frozenset({"law"})),))
LIMIT = 10
PENALTY, STEPS, RATE = 10.0, 400, 0.02  # of the fit
Examples = list[tuple[NDArray[np.float64], NDArray[np.float64]]]  # features of candidates, and which are right


@dataclass(frozen=True, slots=True)
class Pair:
    """A query and the articles that are the basic offence in the code of ``country``."""

    country: str
    language: str
    query: str
    articles: frozenset[str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=("fitted", "kept"), default="fitted")
    parser.add_argument("--unseen", type=Path)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    laws = yaml.safe_load(FILE.read_text(encoding="utf-8"))[options.part]
    folders = {"unseen": options.unseen} if options.unseen else {}
    with tempfile.TemporaryDirectory() as scratch:
        engine = EmbeddedEngine(Path(scratch))
        pairs = list(_indexed(engine, laws, {"more-countries": SHARED, "statutes": SHARED, **folders}))
        if options.fit:
            fit(engine, pairs)
        else:
            report("words and labels", engine, pairs, options.errors, patch.object(basic_offence, "_basic", _unmoved))
            report("basic offence first", engine, pairs, options.errors, nullcontext())
        engine.close()


def _unmoved(*_: object) -> int:
    return 0


def _indexed(engine: EmbeddedEngine, laws: Mapping[str, Any], folders: Mapping[str, Path]) -> Iterator[Pair]:
    """Index the laws that are there and yield their pairs."""
    for code, law in laws.items():
        top, _, name = law["file"].partition("/")
        if top not in folders:
            continue
        path = folders[top] / (name if top == "unseen" else law["file"])
        document, language, country = read_file(path).document, law["language"], code.upper()
        kind = DocumentType("statute", 1.0, "benchmark")
        units = tuple(
            find_structure(
                document.text, document.blocks, document_type="statute", jurisdiction=country, language=language
            )
        )
        segments = (Segment(0, len(document.text), language, 1.0, "benchmark"),)
        annotations = Annotations(kind, segments, units, (), path.stem, country, "", (), "benchmark")
        facts = DocumentFacts(path.stem, "law", PARTITION, path.name, path.stem, kind.label, country, "", language)
        engine.write(PARTITION, document_records(document, annotations, facts))
        for offence, articles in law["articles"].items():
            yield Pair(country, language, f"{offence} {law['country']}", frozenset(map(plain_label, articles)))
    engine.refresh(PARTITION)


def report(
    name: str, engine: EmbeddedEngine, pairs: Sequence[Pair], show: bool, context: AbstractContextManager[Any]
) -> None:
    counts: Counter[str] = Counter()
    with context:
        for pair in pairs:
            found = _found(engine, pair)
            counts.update(pairs=1, first=found[:1] != [] and found[0] in pair.articles)
            counts.update(five=not pair.articles.isdisjoint(found[:5]))
            if show and not pair.articles.issuperset(found[:1]):
                print(pair.query, *pair.articles, "found", *found[:5])
    print(f"{name}: first {counts['first']}/{counts['pairs']}, among five {counts['five']}/{counts['pairs']}")


def _found(engine: EmbeddedEngine, pair: Pair) -> list[str]:
    request = SearchRequest(pair.query, language=pair.language, limit=LIMIT)
    hits = retrieve(request, EVERYTHING, engine).hits
    return [plain_label(hit.unit) for hit in hits if hit.jurisdiction == pair.country and hit.unit]


def fit(engine: EmbeddedEngine, pairs: Sequence[Pair]) -> None:
    """Print the weights fitted on all laws, and the pairs whose first is right by weights without their law."""
    names: list[str] = []
    by_country: dict[str, Examples] = {}
    for pair in pairs:
        for features, articles in _read_places(engine, pair):
            names = list(features[0])
            values = np.array([list(own.values()) for own in features])
            right = np.array([float(article in pair.articles) for article in articles])
            by_country.setdefault(pair.country, []).append((values, right))
    for country, own in by_country.items():
        weights = _fitted([one for other, each in by_country.items() if other != country for one in each])
        first = sum(right[np.argmax(values @ weights)] for values, right in own)
        print(f"{country} without it: first {first:.0f}/{len(own)}, before {sum(r[0] for _, r in own):.0f}")
    weights = _fitted([one for own in by_country.values() for one in own])
    print(dict(zip(names, np.round(weights, 2).tolist(), strict=True)))


def _read_places(engine: EmbeddedEngine, pair: Pair) -> Iterator[tuple[list[dict[str, float]], list[str]]]:
    """Yield the features and the articles of the provisions of the law that are compared for a pair."""
    read: list[tuple[list[dict[str, float]], list[Candidate]]] = []
    place_features = basic_offence.place_features

    def recorded(candidates: Sequence[Candidate], offence: str) -> list[dict[str, float]]:
        features = place_features(candidates, offence)
        read.append((features, list(candidates)))
        return features

    labels: dict[int, str] = {}
    candidate_of = basic_offence._candidate

    def labelled(scope: Any, text: str) -> Candidate:
        candidate = candidate_of(scope, text)
        labels[candidate.place] = plain_label(scope.unit)
        return candidate

    with patch.object(basic_offence, "place_features", recorded), patch.object(basic_offence, "_candidate", labelled):
        _found(engine, pair)
    for features, candidates in read:
        yield features, [labels[candidate.place] for candidate in candidates]


def _fitted(examples: Examples) -> NDArray[np.float64]:
    """Return the weights of a choice between candidates (conditional logit) with a ridge penalty."""
    every = np.vstack([values for values, _ in examples])
    spread = every.std(axis=0) + 1e-6
    weights = np.zeros(every.shape[1])
    for _ in range(STEPS):
        step = -PENALTY * weights
        for values, right in examples:
            if right.any():
                chances = np.exp(values / spread @ weights)
                chances /= chances.sum()
                wanted = chances * right / (chances @ right)
                step += (values / spread).T @ (wanted - chances)
        weights += RATE * step
    return np.asarray(weights / spread, np.float64)


if __name__ == "__main__":
    main()
