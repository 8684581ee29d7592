"""Labels of concepts attested in the codes of six countries: ``python -m benchmarks.concept_labels [--write]``.

A label is attested in a country if its words occur consecutively in one of its laws under ``shared/data/statutes``,
singular or plural, ignoring accents; in a heading (marked ``*``) if in the heading of an article or of a unit above it.
``--write`` stores the result as ``nlp/resources/label_attestations.yaml``, which orders the labels by country.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import yaml

from benchmarks.comparative import LANGUAGES, Article, articles
from nlp.concepts.layer import Label, concepts
from nlp.folding import words_of

SEEN = Path(__file__).parent.parent / "nlp" / "resources" / "label_attestations.yaml"
HEAD = """\
# Countries in whose codes a label of a concept is attested, * in a heading. Written by benchmarks/concept_labels.py
# from the laws of BR, FR, IE, MX, PE and UY; absence of a label there is no evidence for other laws.
"""

Key = tuple[str, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write {SEEN.name}")
    write = parser.parse_args().write
    seen = seen_labels(articles())
    if write:
        SEEN.write_text(HEAD + yaml.safe_dump(_as_data(seen), allow_unicode=True, width=1000), encoding="utf-8")
    for country in LANGUAGES:
        _report(country.upper(), seen)


def seen_labels(laws: Iterable[Article]) -> dict[str, dict[Key, dict[str, bool]]]:
    """Return by language and label the countries in which it is attested; true if in a heading."""
    names = _names()
    seen: dict[str, dict[Key, dict[str, bool]]] = {language: defaultdict(dict) for language in names}
    headings: set[tuple[str, str]] = set()
    for law in laws:
        language, country = LANGUAGES[law.country], law.country.upper()
        heading = f"{law.above}\n{law.text.partition(chr(10))[0][:200]}"
        if (country, heading) not in headings:
            headings.add((country, heading))
            for key in _occurring(heading, names[language]):
                seen[language][key][country] = True
        for key in _occurring(law.text, names[language]):
            seen[language][key].setdefault(country, False)
    return seen


def key_of(text: str) -> Key:
    return tuple(form.removesuffix("s") for form in words_of(text).forms)


def _names() -> dict[str, dict[str, list[Key]]]:
    """Return the labels by language and first word."""
    names: dict[str, dict[str, set[Key]]] = defaultdict(lambda: defaultdict(set))
    for label in _labels():
        key = key_of(label.text)
        names[label.language][key[0]].add(key)
    return {language: {first: sorted(keys) for first, keys in by_first.items()} for language, by_first in names.items()}


def _labels() -> Iterator[Label]:
    return (label for concept in concepts().values() for label in concept.labels)


def _occurring(text: str, names: Mapping[str, list[Key]]) -> set[Key]:
    words = key_of(text)
    return {
        key
        for place, word in enumerate(words)
        if word in names
        for key in names[word]
        if words[place : place + len(key)] == key
    }


def _as_data(seen: Mapping[str, Mapping[Key, Mapping[str, bool]]]) -> dict[str, dict[str, str]]:
    data: dict[str, dict[str, str]] = defaultdict(dict)
    for label in _labels():
        if places := seen[label.language].get(key_of(label.text)):
            data[label.language][label.text] = " ".join(
                country + "*" * headed for country, headed in sorted(places.items())
            )
    return dict(data)


def _report(country: str, seen: Mapping[str, Mapping[Key, Mapping[str, bool]]]) -> None:
    """Print how many of the labels listed for a country are attested in its codes, and those that are not."""
    own = [label for label in _labels() if country in label.jurisdictions]
    attested = [label for label in own if country in seen[label.language].get(key_of(label.text), {})]
    of_any = sum(country in places for by_key in seen.values() for places in by_key.values())
    missing = sorted({label.text for label in own} - {label.text for label in attested})
    print(f"{country}: {len(attested)} of {len(own)} own names seen, {of_any} names in all; not: {'; '.join(missing)}")


if __name__ == "__main__":
    main()
