"""Training of the network that reads letters: ``python -m models.request_network.train [--left-out SET] [--further]``.

It needs ``pip install '.[training]'``. Examples are the labelled letters of ``tests/gold`` and sentences with the
measures that they ask for (``sentences.py``). The upper layers begin as those of the encoder. ``model.onnx`` are the
upper layers with weights of eight bits, ``weights.npz`` the heads. With ``--left-out`` a set is not learned from,
nothing is written, and the measures that the network finds in it are printed. ``--further SET ...`` begins from the
stored weights and fits them once more to the letters of the present conventions, those of the named sets three times as
often as others, without changing the lowest two of the upper layers.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from torch import nn

from models.checkpoint import rate
from models.encoder.train import SHARED_LAYERS
from models.export import quantise
from models.labelled_letters import PRESENT, LabelledLetter, labelled_letters
from models.request_network.network import CONTENTS, Example, Mention, Network, loss_of, take_stored
from models.request_network.sentences import generated_sentences, measures_of_phrases, written_sentences
from models.request_roles.train import labelled_classes
from nlp.requests.context import RequestContext
from nlp.requests.measures.evidence import Evidence, measure_rows, statement_rows, type_row
from nlp.requests.measures.rule_mentions import read_evidence
from nlp.requests.network.heads import DECLARATIONS, WEIGHTS
from nlp.requests.network.tokens import UPPER, Owners, Places, letter_pieces, lower_states
from nlp.requests.persons.persons import find_candidates
from nlp.requests.persons.role_classifier import CLASSES, places_of
from nlp.requests.statements import NEUTRAL, Statement
from nlp.requests.weights import ENCODER
from nlp.transformer import card

GENERATED, TOGETHER, GENERATED_WEIGHT, WRITTEN_WEIGHT = 9_000, 12, 0.3, 0.5
EPOCHS, AT_ONCE, WARM_UP = 3, 4, 0.06
# How unsure it is that a statement without words for a measure asks for it, which is labelled elsewhere in the letter.
UNNAMED = 0.3
# Rate of the heads, of the last layer, and its decrease from layer to layer downwards.
HEAD_RATE, LAYER_RATE, DOWNWARDS, HEAD_DECAY, LAYER_DECAY = 2e-3, 6e-5, 0.9, 0.02, 0.01

# The same for stored weights that are fitted further, how often the named sets are read, and layers that stay.
FURTHER_HEAD_RATE, FURTHER_LAYER_RATE, OFTEN, KEPT = 8e-4, 5e-5, 3, 2


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--left-out", help="a set of letters that is read afterwards and not learned from")
    parser.add_argument(
        "--further", nargs="+", metavar="SET", help="sets to which the stored weights are fitted further"
    )
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    measures = measures_of_phrases()
    letters = [(letter, example) for letter in labelled_letters() if (example := _letter(letter, measures)) is not None]
    taught = [(letter.letters, example) for letter, example in letters if letter.letters != options.left_out]
    if options.further:
        network = further(taught, options.further)
    else:
        network = train([example for _, example in taught] + list(_sentences(measures, random.Random(20))))
    if options.left_out:
        _print_figures(network, [example for letter, example in letters if letter.letters == options.left_out])
    else:
        save(network, measures)


def train(examples: Sequence[Example]) -> Network:
    """Return a network fitted to ``examples``."""
    network = Network(ENCODER, SHARED_LAYERS, examples[0])
    return _fitted(network, examples, EPOCHS, HEAD_RATE, LAYER_RATE)


def further(examples: Sequence[tuple[str, Example]], sets: Collection[str]) -> Network:
    """Return the stored network fitted further to ``examples``, each with its set; those of ``sets`` count more."""
    network = Network(ENCODER, SHARED_LAYERS, examples[0][1])
    take_stored(network, UPPER, np.load(WEIGHTS))
    for layer in list(network.upper.layers)[:KEPT]:
        layer.requires_grad_(False)
    own = [example for name, example in examples if name in PRESENT for _ in range(OFTEN if name in sets else 1)]
    return _fitted(network, own, 1, FURTHER_HEAD_RATE, FURTHER_LAYER_RATE)


def _fitted(network: Network, examples: Sequence[Example], epochs: int, heads: float, last_layer: float) -> Network:
    layers = list(network.upper.layers)
    rates = [
        {
            "params": layer.parameters(),
            "lr": last_layer * DOWNWARDS ** (len(layers) - 1 - n),
            "weight_decay": LAYER_DECAY,
        }
        for n, layer in enumerate(layers)
    ]
    optimiser = torch.optim.AdamW([{"params": network.heads(), "lr": heads, "weight_decay": HEAD_DECAY}, *rates])
    batches = list(_batches(examples, epochs, random.Random(0)))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda done: rate(done / len(batches), WARM_UP))
    network.train()
    for batch in batches:
        optimiser.zero_grad(set_to_none=True)
        losses = [loss_of(answer, letter) for answer, letter in zip(network(batch), batch, strict=True)]
        (torch.stack(losses).sum() / (10 * AT_ONCE)).backward()
        nn.utils.clip_grad_norm_(network.heads(), 1.0)
        nn.utils.clip_grad_norm_(network.upper.parameters(), 1.0)
        optimiser.step()
        schedule.step()
    network.eval()
    return network


def _batches(examples: Sequence[Example], epochs: int, rng: random.Random) -> Iterator[list[Example]]:
    for _ in range(epochs):
        order = rng.sample(range(len(examples)), len(examples))
        for first in range(0, len(order), AT_ONCE):
            yield [examples[number] for number in order[first : first + AT_ONCE]]


def _sentences(measures: Sequence[str], rng: random.Random) -> Iterator[Example]:
    """Yield the sentences as letters of some sentences each, of which nothing else is known."""
    written = rng.sample(rows := list(written_sentences()), len(rows))
    for listed, weight in ((generated_sentences(GENERATED, rng), GENERATED_WEIGHT), (written, WRITTEN_WEIGHT)):
        for first in range(0, len(listed), TOGETHER):
            yield _of_sentences(listed[first : first + TOGETHER], measures, weight)


def _of_sentences(rows: Sequence[tuple[str, frozenset[str]]], measures: Sequence[str], weight: float) -> Example:
    evidence = [Evidence(Statement(0, 1, "", ((0, NEUTRAL),)), text, (), boxed=False) for text, _ in rows]
    pieces, owners, _ = letter_pieces([text for text, _ in rows])
    labels = _marks([asked for _, asked in rows], measures)
    statements, kind = torch.zeros(statement_rows(evidence).shape), torch.zeros(type_row("").shape)
    named = torch.zeros(measure_rows(evidence, measures).shape)
    known, asked = torch.ones_like(labels), labels.max(0).values
    return Example(_windows(pieces), torch.tensor(owners), statements, named, kind, labels, known, asked, weight=weight)


def _letter(letter: LabelledLetter, measures: Sequence[str]) -> Example | None:
    """Return the example of a letter, None for one without statements."""
    context = letter.read()
    evidence = read_evidence(context)
    if not evidence:
        return None
    pieces, owners, places = letter_pieces([one.words for one in evidence])
    labels = _marks(_labels(context, evidence, letter.fields.get("measures", ())), measures)
    asked = _marks([{one["value"]["measure"] for one in letter.fields.get("measures", ())}], measures)[0]
    contents = [{name for name in CONTENTS if _holds(context, one, letter.fields.get(name, ()))} for one in evidence]
    candidates = find_candidates(context)
    roles = labelled_classes(candidates, letter.fields.get("persons", ()))[0]
    mentions = [(number, *place) for number, one in enumerate(candidates) for place in places_of(context, one.party)]
    named = torch.tensor(measure_rows(evidence, measures))
    unsure = torch.where(named.abs().sum(-1) > 0, 1.0, UNNAMED) * asked
    return Example(
        _windows(pieces),
        torch.tensor(owners),
        torch.tensor(statement_rows(evidence)),
        named,
        torch.tensor(type_row(context.labelled_type)),
        labels,
        torch.where(labels > 0, 1.0, 1.0 - unsure),
        asked,
        _marks(contents, CONTENTS),
        torch.tensor([CLASSES.index(name) for name in roles]),
        list(_in_tokens(mentions, owners, places)),
    )


def _windows(pieces: Sequence[list[int]]) -> list[tuple[torch.Tensor, slice]]:
    return [(torch.tensor(states).to(torch.bfloat16), own) for states, own in lower_states(pieces)]


def _marks(rows: Sequence[set[str] | frozenset[str]], names: Sequence[str]) -> torch.Tensor:
    return torch.tensor([[float(name in row) for name in names] for row in rows])


def _labels(
    context: RequestContext, evidence: Sequence[Evidence], labelled: Sequence[Mapping[str, Any]]
) -> list[set[str]]:
    """Return the measures that each statement asks for by the labels."""
    places = [(context.flow.at(one["start"]), one["value"]["measure"]) for one in labelled]
    return [
        {measure for place, measure in places if one.statement.start <= place < one.statement.end} for one in evidence
    ]


def _holds(context: RequestContext, one: Evidence, labelled: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether a statement holds the beginning of a labelled value."""
    return any(one.statement.start <= context.flow.at(value["start"]) < one.statement.end for value in labelled)


def _in_tokens(mentions: Sequence[tuple[int, int, int, int]], owners: Owners, places: Places) -> Iterator[Mention]:
    """Yield the mentions, given by characters of statements, by tokens of the letter; none beyond what is read."""
    for number, statement, start, end in mentions:
        own = np.flatnonzero((owners == statement) & (places[:, 0] < end) & (places[:, 1] > start))
        if len(own):
            yield number, statement, int(own[0]), int(own[-1]) + 1


def save(network: Network, measures: Sequence[str]) -> None:
    """Write ``model.onnx`` and ``weights.npz``."""
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "full.onnx"
        torch.onnx.export(
            network.upper.float().eval(), (torch.zeros(1, 8, 384),), full, dynamo=False, opset_version=17,
            input_names=["states"], output_names=["letter_states"],
            dynamic_axes={"states": {1: "tokens"}, "letter_states": {1: "tokens"}},
        )  # fmt: skip
        quantise(full, UPPER)
    onnx.checker.check_model(onnx.load(UPPER))
    arrays = {
        name: weights.detach().numpy()[: len(DECLARATIONS) if name.startswith("declared") else None].astype(np.float16)
        for name, weights in network.named_parameters()
        if not name.startswith("upper.")
    }
    encoder = card(ENCODER)
    np.savez_compressed(WEIGHTS, measures=list(measures), encoder=f"{encoder.name}@{encoder.version}", **arrays)


@torch.no_grad()
def _print_figures(network: Network, letters: Sequence[Example]) -> None:
    """Print precision, recall and F1 of the measures of letters, each once, by threshold."""
    answers = [network([letter])[0] for letter in letters]
    for likely in (0.4, 0.5, 0.6, 0.7):
        found = [torch.sigmoid(answer.measures).max(0).values >= likely for answer in answers]
        right = sum(int((one & (letter.asked > 0)).sum()) for one, letter in zip(found, letters, strict=True))
        proposed, labelled = sum(int(one.sum()) for one in found), sum(int(letter.asked.sum()) for letter in letters)
        f1 = 2 * right / max(1, proposed + labelled)
        print(f"{likely}: {right / max(1, proposed):.3f} {right / max(1, labelled):.3f} {f1:.3f}")


if __name__ == "__main__":
    main()
