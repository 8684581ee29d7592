"""Labels of ``provision_roles.yaml`` on the articles of six countries' laws, with the candidates of each cell.

A cell is a concept in a country. Its candidates are what a comparison would look at: what is tagged with the concept or
a narrower one, else what has most of its conduct or of one of its names, and every labelled article.
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
from comparative import LANGUAGES, Article, articles

from nlp.concepts.layer import concept
from nlp.provision_roles.classifier import BASIC, CONNECTED, NONE, SPECIAL, Candidate
from nlp.provision_roles.evidence import likeness
from nlp.provision_roles.reading import ProvisionReading, read_provision

FILE = Path(__file__).with_name("provision_roles.yaml")
COPIES = frozenset({"br/json/cp.json", "br/json/cpp.json"})  # of codes that are held as HTML
MOST = 15  # candidates of a cell without a tag
_ROLES = {"b": BASIC, "s": SPECIAL, "c": CONNECTED}
_SUFFIX = regex.compile(r"(?:bis|ter|qu[aá]ter|quinquies|septies|octies|nonies|decies|[A-C])")


@dataclass(frozen=True, slots=True)
class Cell:
    """A concept in a country; ``articles`` are numbers of articles, ``roles`` and ``candidates`` belong to them.

    ``expected`` is ``basic`` where a basic offence is labelled, ``special`` where only special forms are, else
    ``none``.
    """

    concept: str
    country: str
    expected: str
    articles: tuple[int, ...]
    roles: tuple[str, ...]
    candidates: tuple[Candidate, ...]


def labels() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found


def cells(*, kept: bool = False) -> list[Cell]:
    """Return the cells of all concepts that are not kept for measuring, or of those that are."""
    held = frozenset(labels()["kept"])
    labelled = _offences()
    asked = sorted({name for name, _ in labelled if (name in held) == kept})
    return [cell for name in asked for cell in _cells(name, labelled)]


def _cells(name: str, labelled: Mapping[tuple[str, str], Mapping[int, str] | None]) -> Iterator[Cell]:
    for country in LANGUAGES:
        roles = labelled.get((name, country))
        if roles is None:
            continue
        numbers = sorted(set(_likely(name, country)) | roles.keys())
        expected = next((role for role in (BASIC, SPECIAL) if role in roles.values()), NONE)
        found = tuple(_candidate(number) for number in numbers)
        yield Cell(name, country, expected, tuple(numbers), tuple(roles.get(one, NONE) for one in numbers), found)


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
            one.text, one.label, tuple(one.above.split(" · ")), LANGUAGES[one.country], one.country.upper()
        )
        for number, one in enumerate(_articles())
        if one.file not in COPIES and one.country in LANGUAGES and "treaties" not in one.file
    }


def _likely(name: str, country: str) -> Iterator[int]:
    """Yield what is tagged with a concept or a narrower one, then the best of the rest, ``MOST`` at least."""
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
    yield from (number for likely, number in sorted(rest, reverse=True)[: max(0, MOST - len(tagged))] if likely)


def _offences() -> dict[tuple[str, str], Mapping[int, str] | None]:
    content = labels()
    found: dict[tuple[str, str], Mapping[int, str] | None] = {}
    for name, countries in content["offences"].items():
        for country, entry in countries.items():
            roles = {
                number: _ROLES[role]
                for role in ("c", "s", "b")
                for printed in (label_numbers(entry.get(role, "")) if entry != "skip" else ())
                for number in _numbered(country, printed, content["laws"][country])
            }
            found[name, country] = None if entry == "skip" else roles
    return found


def label_numbers(listed: str) -> list[str]:
    """Return the numbers of a list; ``2 bis 1`` is one."""
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
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, one in enumerate(_articles()):
        found[one.file, plain_label(one.label)].append(number)
    return found


def plain_label(label: str) -> str:
    return regex.sub(r"[\s.°º]+", "", regex.sub(r"^(?:art\.|s\.)", "", label.lower())).replace("á", "a")
