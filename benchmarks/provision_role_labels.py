"""Labels of ``provision_roles.yaml`` on the articles of six countries' laws, with the candidates of each cell.

A cell is a concept in a country. Its candidates are those of a comparison: provisions tagged with the concept or a
narrower one, otherwise those most similar to its conduct or one of its names, and every labelled article.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import regex
import yaml

from benchmarks.comparative import LANGUAGES, Article, articles
from nlp.concepts.layer import concept
from nlp.provision_roles.classifier import BASIC, CONNECTED, NONE, SPECIAL, Candidate
from nlp.provision_roles.evidence import likeness
from nlp.provision_roles.reading import ProvisionReading, read_provision

FILE = Path(__file__).with_name("provision_roles.yaml")
COPIES = frozenset({"br/json/cp.json", "br/json/cpp.json"})  # of codes that are present as HTML
LIMIT = 15  # candidates of a cell without a tag
_ROLES = {"b": BASIC, "s": SPECIAL, "c": CONNECTED}
_SUFFIX = regex.compile(r"(?:bis|ter|qu[aá]ter|quinquies|septies|octies|nonies|decies|[A-C])")


@dataclass(frozen=True, slots=True)
class Cell:
    """A concept in a country; ``articles`` are numbers of articles, with their ``roles`` and ``candidates``.

    ``expected`` is ``basic`` if a basic offence is labelled, ``special`` if only special forms are, else ``none``.
    """

    concept: str
    country: str
    expected: str
    articles: tuple[int, ...]
    roles: tuple[str, ...]
    candidates: tuple[Candidate, ...]


def labels() -> Mapping[str, Any]:
    content: Mapping[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return content


def cells(*, kept: bool = False) -> list[Cell]:
    """Return the cells of the concepts used for training, or with ``kept`` of those held out for measurement."""
    held_out = frozenset(labels()["kept"])
    labelled = _offences()
    names = sorted({name for name, _ in labelled if (name in held_out) == kept})
    return [cell for name in names for cell in _cells(name, labelled)]


def _cells(name: str, labelled: Mapping[tuple[str, str], Mapping[int, str] | None]) -> Iterator[Cell]:
    for country in LANGUAGES:
        roles = labelled.get((name, country))
        if roles is None:
            continue
        numbers = sorted(set(_likely(name, country)) | roles.keys())
        expected = next((role for role in (BASIC, SPECIAL) if role in roles.values()), NONE)
        candidates = tuple(_candidate(number) for number in numbers)
        all_roles = tuple(roles.get(number, NONE) for number in numbers)
        yield Cell(name, country, expected, tuple(numbers), all_roles, candidates)


def _candidate(number: int) -> Candidate:
    article = _articles()[number]
    return Candidate(article.file, number, tuple(article.above.split(" · ")), _readings()[number])


@cache
def _articles() -> Sequence[Article]:
    return articles()


@cache
def _readings() -> Mapping[int, ProvisionReading]:
    return {
        number: read_provision(
            article.text,
            article.label,
            tuple(article.above.split(" · ")),
            LANGUAGES[article.country],
            article.country.upper(),
        )
        for number, article in enumerate(_articles())
        if article.file not in COPIES and article.country in LANGUAGES and "treaties" not in article.file
    }


def _likely(name: str, country: str) -> Iterator[int]:
    """Yield the articles tagged with a concept or a narrower one, then the most similar others, ``LIMIT`` in all."""
    family = {name, *concept(name).narrower}
    tagged, rest = [], []
    for number, reading in _readings().items():
        if _articles()[number].country != country:
            continue
        if family & reading.tags.keys():
            tagged.append(number)
        else:
            rest.append((likeness(name, reading) if reading.punishes or not concept(name).penal else 0.0, number))
    yield from tagged
    yield from (number for likely, number in sorted(rest, reverse=True)[: max(0, LIMIT - len(tagged))] if likely)


def _offences() -> dict[tuple[str, str], Mapping[int, str] | None]:
    content = labels()
    by_cell: dict[tuple[str, str], Mapping[int, str] | None] = {}
    for name, countries in content["offences"].items():
        for country, entry in countries.items():
            roles = {
                number: _ROLES[role]
                for role in ("c", "s", "b")
                for printed in (label_numbers(entry.get(role, "")) if entry != "skip" else ())
                for number in _numbered(country, printed, content["laws"][country])
            }
            by_cell[name, country] = None if entry == "skip" else roles
    return by_cell


def label_numbers(listed: str) -> list[str]:
    """Return the numbers of a list; ``2 bis 1`` is one number."""
    numbers: list[str] = []
    for token in listed.split():
        goes_on = _SUFFIX.fullmatch(token) or (len(token) == 1 and numbers and numbers[-1].endswith("bis"))
        if numbers and goes_on:
            numbers[-1] += f" {token}"
        else:
            numbers.append(token)
    return numbers


def _numbered(country: str, printed: str, laws: Mapping[str, str]) -> list[int]:
    law, _, number = printed.rpartition(":")
    return _by_number().get((f"{country}/{laws[law]}", plain_label(number)), [])


@cache
def _by_number() -> Mapping[tuple[str, str], list[int]]:
    by_number: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, article in enumerate(_articles()):
        by_number[article.file, plain_label(article.label)].append(number)
    return by_number


def plain_label(label: str) -> str:
    return regex.sub(r"[\s.°º]+", "", regex.sub(r"^(?:art\.|s\.)", "", label.lower())).replace("á", "a")
