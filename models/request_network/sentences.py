"""Sentences for the training of measures: generated ones and those written for the purpose.

Generated ones are phrases (``phrases_*.yaml``) and combinations of a verb and an object (``composed_*.yaml``) in
sentences (``frames.yaml``), one or two to a sentence, some with errors of character recognition.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("es", "pt", "en", "fr")
NOTHING = ("none", "facts")  # kinds of phrases that request no measure
SINGLES, PAIRS = 4, 900  # sentences for each phrase; sentences of two phrases for each language
COMPOSED = {"production_documents": 160, "bank_information": 90, "none": 130}  # combinations used; of others 45
COMPOSED_REST = 45
NOISY = 0.1  # share of sentences with errors of character recognition
CONFUSED = {"l": "1", "o": "0", "e": "c", "m": "rn", "i": "í", "s": "5", "á": "a", "é": "e", "ã": "a"}

Row = tuple[str, frozenset[str]]


def measures_of_phrases() -> list[str]:
    """Return the measures that the phrases know, in the order of the network's scores."""
    return [name for name in _load("phrases_es") if name not in NOTHING]


def generated_sentences(number: int, rng: random.Random) -> list[Row]:
    """Return ``number`` generated sentences with the measures that each asks for."""
    phrases = {language: _load(f"phrases_{language}") for language in LANGUAGES}
    return rng.sample(list(_sentences(phrases, _load("frames"), rng)), number)


def _load(name: str) -> Any:
    return yaml.safe_load((Path(__file__).parent / f"{name}.yaml").read_text(encoding="utf-8"))


def _sentences(phrases: Any, frames: Any, rng: random.Random) -> Iterator[Row]:
    for language, by_measure in phrases.items():
        around = frames[language]
        written = [(measure, phrase) for measure, listed in by_measure.items() for phrase in listed]
        every = [*written, *_composed(_load(f"composed_{language}"), rng)]

        def text(words: str, around: Any = around) -> str:
            filled = words.replace("{name}", rng.choice(around["names"])).replace("{org}", rng.choice(around["firms"]))
            return _noisy(rng.choice(around["frames"]).format(filled + rng.choice(around["tails"])), rng)

        for measure, phrase in written:
            yield from ((text(phrase), frozenset({measure})) for _ in range(SINGLES))
        yield from ((text(phrase), frozenset({measure})) for measure, phrase in every[len(written) :])
        for _ in range(PAIRS):
            (first, one), (second, other) = rng.sample(every, 2)
            yield text(one + rng.choice(around["joints"]) + other), frozenset({first, second})


def _composed(content: Any, rng: random.Random) -> Iterator[tuple[str, str]]:
    """Yield measures with a verb and an object."""
    combined: dict[str, list[str]] = {}
    for key, (group, objects) in content["objects"].items():
        pairs = [f"{verb} {thing}" for verb in content["verbs"][group] for thing in objects]
        combined.setdefault(key.rstrip("+"), []).extend(pairs)
    for measure, listed in combined.items():
        number = min(len(listed), COMPOSED.get(measure, COMPOSED_REST))
        yield from ((measure, phrase) for phrase in rng.sample(listed, number))


def _noisy(text: str, rng: random.Random) -> str:
    if rng.random() >= NOISY:
        return text
    return "".join(CONFUSED.get(letter, letter) if rng.random() < 0.08 else letter for letter in text)


def written_sentences() -> Iterator[Row]:
    """Yield the sentences written for training, with the measures that they ask for."""
    for language in LANGUAGES:
        for names, listed in _load(f"sentences_{language}").items():
            measures = frozenset() if names == "none" else frozenset(names.split("+"))
            yield from ((sentence, measures) for sentence in listed)
