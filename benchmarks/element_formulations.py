"""Cues of elements on clauses of many countries: share of clauses that meet their element, and share that meet others.

``python -m benchmarks.element_formulations [--part kept|later] [--misses]`` tries the clauses of
``tests/gold/element_formulations.yaml`` without country or search. A clause meets an element if it has a cue of its
first group, and it or the lead that begins such a provision has one of each other group. *Met* is the share of clauses
that meet the element that they state, *alone* that without the lead, and *false* the share of pairs of a clause and an
element of the instrument that it does not state where the clause meets it. The fifth clause of each list is kept from
development, those under ``later`` were written when the cues were. ``--misses`` prints each failure of those not kept.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from nlp.elements.cues import groups_of
from nlp.elements.instruments import Element, instrument
from nlp.folding import fold

GOLD = Path(__file__).parent.parent / "tests" / "gold" / "element_formulations.yaml"
RESULTS = Path(__file__).parent / "results" / "element_formulations.json"
KEPT_PLACE = 4
PARTS = ("developed", "kept", "later")


@dataclass(frozen=True, slots=True)
class Formulation:
    """A clause in ``language`` that states ``elements`` of an instrument, first the one it was written for."""

    instrument: str
    elements: tuple[str, ...]
    language: str
    country: str
    lead: str
    text: str
    part: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether a formulation meets an element, with its lead and alone, and whether it states it."""

    formulation: Formulation
    element: str
    stated: bool
    meets: bool
    alone: bool


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--part", choices=PARTS, default=PARTS[0])
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    tried = list(outcomes(one for one in formulations() if one.part == options.part))
    table = figures(tried)
    for name, row in table.items():
        print(f"{name:<16}" + "".join(f"{kind:>7} {hits:>10} {_share(hits)}" for kind, hits in row.items()))
    if options.misses and options.part != "kept":
        for failure in failures(tried):
            print(failure)
    _record(options.part, table)


def formulations() -> Iterator[Formulation]:
    """Yield the clauses in the order of the file."""
    gold = yaml.safe_load(GOLD.read_text("utf-8"))
    leads: Mapping[str, Mapping[str, str]] = gold["leads"]
    for name, elements in gold["clauses"].items():
        for element, languages in elements.items():
            for language, listed in languages.items():
                for place, written in enumerate(listed):
                    country, _, clause = written.partition(" | ")
                    text, *also = clause.split(" +")
                    part = "kept" if place == KEPT_PLACE else "developed"
                    yield Formulation(name, (element, *also), language, country, leads[name][language], text, part)
    for written in gold["later"]:
        place, _, text = written.partition(" | ")
        name, element, language = place.split()
        yield Formulation(name, (element,), language, "", leads[name][language], text, "later")


def outcomes(tried: Iterable[Formulation]) -> Iterator[Outcome]:
    """Yield what each clause gives for its own element and for those of the instrument that it does not state."""
    for one in tried:
        for element in instrument(one.instrument).elements:
            own = element.id == one.elements[0]
            if own or element.id not in one.elements:
                yield _outcome(one, element, own)


def _outcome(one: Formulation, element: Element, own: bool) -> Outcome:
    text, whole = fold(one.text), fold(f"{one.lead}\n{one.text}")
    core, *others = groups_of(element, one.language)
    met = any(core.spans(text))
    return Outcome(
        one,
        element.id,
        own,
        met and all(any(group.spans(whole)) for group in others),
        met and all(any(group.spans(text)) for group in others),
    )


def figures(tried: Iterable[Outcome]) -> dict[str, dict[str, str]]:
    """Return hits/n of *met*, *alone* and *false* by language, by instrument and together."""
    tables: dict[str, list[Outcome]] = {}
    for one in tried:
        for name in (one.formulation.language, one.formulation.instrument, "all"):
            tables.setdefault(name, []).append(one)
    return {name: _row(tables[name]) for name in sorted(tables)}


def _row(tried: Sequence[Outcome]) -> dict[str, str]:
    own = [one for one in tried if one.stated]
    others = [one for one in tried if not one.stated]
    return {
        "met": f"{sum(one.meets for one in own)}/{len(own)}",
        "alone": f"{sum(one.alone for one in own)}/{len(own)}",
        "false": f"{sum(one.meets for one in others)}/{len(others)}",
    }


def failures(tried: Iterable[Outcome]) -> Iterator[str]:
    for one in tried:
        if one.meets != one.stated:
            clause = one.formulation
            kind = "missed" if one.stated else "false of " + clause.elements[0]
            yield f"{clause.instrument} {one.element} {clause.language} {clause.country} {kind}: {clause.text}"


def _share(hits: str) -> str:
    part, whole = map(int, hits.split("/"))
    return f"{part / whole:.2f}" if whole else "-"


def _record(part: str, table: Mapping[str, Mapping[str, str]]) -> None:
    results = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    results[part] = table
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
