"""Training of the network that chooses requested measures: ``python -m models.request_measures.train``.

It needs ``pip install '.[training]'``. Examples are the labelled letters of ``tests/gold``, sentences written for the
purpose (``sentences_*.yaml``), and generated ones: phrases (``phrases_*.yaml``) and combinations of a verb and an
object (``composed_*.yaml``) in sentences (``frames.yaml``), one or two to a sentence, some with errors of character
recognition.
``NETWORKS`` networks are fitted; their weights are the arrays of ``weights.npz``. Before that, a part of the letters is
left out, and what the rules and the networks find in it is printed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import yaml

from models.labelled_letters import labelled_letters
from models.request_measures.network import Example, Network, example, train
from nlp.requests.measures.evidence import Evidence
from nlp.requests.measures.mentions import REQUEST_NOTHING, read_evidence, rule_mentions
from nlp.requests.measures.network import WEIGHTS
from nlp.requests.statements import NEUTRAL, Statement
from nlp.transformer import MODELS, card

LANGUAGES = ("es", "pt", "en", "fr")
NOTHING = ("none", "facts")  # kinds of phrases that request no measure
SINGLES, PAIRS = 4, 900  # sentences for each phrase; sentences of two phrases for each language
COMPOSED = {"production_documents": 160, "bank_information": 90, "none": 130}  # combinations used; of others 45
COMPOSED_REST = 45
NOISY = 0.1  # share of sentences with errors of character recognition
CONFUSED = {"l": "1", "o": "0", "e": "c", "m": "rn", "i": "í", "s": "5", "á": "a", "é": "e", "ã": "a"}
GENERATED, TOGETHER, GENERATED_WEIGHT, WRITTEN_WEIGHT = 9_000, 12, 0.3, 0.5
NETWORKS, LEFT_OUT = 3, 8  # one letter in so many is left out for the check

Row = tuple[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Letter:
    """A labelled letter: its type, statements, the measures of each and of the whole, and those that rules find."""

    kind: str
    evidence: Sequence[Evidence]
    labels: Sequence[frozenset[str]]
    asked: frozenset[str]
    by_rule: frozenset[str]


def main() -> None:
    torch.set_num_threads(1)
    phrases = {language: _load(f"phrases_{language}") for language in LANGUAGES}
    measures = [name for name in phrases["es"] if name not in NOTHING]
    rng = random.Random(20)
    generated = rng.sample(list(_sentences(phrases, _load("frames"), rng)), GENERATED)
    written = rng.sample(rows := list(_written()), len(rows))
    sentences = [
        *_examples(generated, measures, GENERATED_WEIGHT),
        *_examples(written, measures, WRITTEN_WEIGHT),
    ]
    letters = list(_letters())
    examples = [example(one.evidence, one.kind, one.labels, one.asked, measures) for one in letters if one.evidence]
    _check([one for one in letters if one.evidence], examples, sentences, measures)
    _save([train([*sentences, *examples], seed) for seed in range(NETWORKS)], measures)
    print(f"{len(letters)} letters, {len(generated)} generated sentences, {len(written)} written ones")


def _save(networks: Sequence[Network], measures: Sequence[str]) -> None:
    arrays = {
        f"{number}/{name}": parameter.detach().numpy().astype(np.float16)
        for number, network in enumerate(networks)
        for name, parameter in network.named_parameters()
    }
    encoder = card(MODELS / "encoder")
    version = f"{encoder.name}@{encoder.version}"
    np.savez_compressed(WEIGHTS, networks=len(networks), measures=measures, encoder=version, **arrays)


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


def _written() -> Iterator[Row]:
    """Yield the sentences written for training, with the measures that they ask for."""
    for language in LANGUAGES:
        for names, listed in _load(f"sentences_{language}").items():
            measures = frozenset() if names == "none" else frozenset(names.split("+"))
            yield from ((sentence, measures) for sentence in listed)


def _examples(rows: Sequence[Row], measures: Sequence[str], weight: float) -> Iterator[Example]:
    """Yield the sentences as letters of some sentences each, of which nothing else is known."""
    for first in range(0, len(rows), TOGETHER):
        part = rows[first : first + TOGETHER]
        evidence = [Evidence(Statement(0, 1, "", ((0, NEUTRAL),)), text, (), boxed=False) for text, _ in part]
        labels = [asked for _, asked in part]
        whole = frozenset(name for asked in labels for name in asked)
        yield example(evidence, "", labels, whole, measures, weight, blank=True)


def _letters() -> Iterator[Letter]:
    """Yield the labelled letters."""
    for letter in labelled_letters():
        context = letter.read()
        labelled = letter.fields.get("measures", ())
        places = [(context.flow.at(one["start"]), one["value"]["measure"]) for one in labelled]
        evidence = read_evidence(context)
        labels = [
            frozenset(measure for place, measure in places if one.statement.start <= place < one.statement.end)
            for one in evidence
        ]
        asked = frozenset(measure for _, measure in places)
        by_rule = frozenset(mention.measure for mention in rule_mentions(context))
        yield Letter(str(context.document_type.value), evidence, labels, asked, by_rule)


def _check(
    letters: Sequence[Letter], examples: Sequence[Example], sentences: Sequence[Example], measures: Sequence[str]
) -> None:
    """Print what the rules, and the rules with the networks, find in letters that these have not seen."""
    order = random.Random(3).sample(range(len(letters)), len(letters))
    left_out, seen = order[::LEFT_OUT], [number for place, number in enumerate(order) if place % LEFT_OUT]
    networks = [train([*sentences, *(examples[number] for number in seen)], seed) for seed in range(NETWORKS)]
    print("rules:", _scored([(letters[number], letters[number].by_rule) for number in left_out]))
    for likely in (0.2, 0.3, 0.4, 0.5, 0.6):
        found = [(letters[number], _found(networks, examples[number], measures, likely)) for number in left_out]
        print(f"networks at {likely}:", _scored(found))
        print(f"both at {likely}:", _scored([(letter, names | letter.by_rule) for letter, names in found]))


@torch.no_grad()
def _found(networks: Sequence[Network], letter: Example, measures: Sequence[str], likely: float) -> frozenset[str]:
    scores = torch.stack([torch.sigmoid(network(letter)[0]) for network in networks]).mean(0).max(0).values
    return frozenset(name for name, score in zip(measures, scores.tolist(), strict=True) if score >= likely)


def _scored(found: Sequence[tuple[Letter, frozenset[str]]]) -> str:
    """Return precision, recall and F1; the answer to a request asks for nothing."""
    kept = [(letter, frozenset() if letter.kind in REQUEST_NOTHING else names) for letter, names in found]
    right = sum(len(names & letter.asked) for letter, names in kept)
    proposed = sum(len(names) for _, names in kept)
    labelled = sum(len(letter.asked) for letter, _ in kept)
    f1 = 2 * right / max(1, proposed + labelled)
    return f"precision {right / max(1, proposed):.3f}, recall {right / max(1, labelled):.3f}, F1 {f1:.3f}"


if __name__ == "__main__":
    main()
