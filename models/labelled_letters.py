"""The labelled letters of ``tests/gold``, from which the weights of requests are trained."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from nlp.pipeline import annotate
from nlp.requests.context import RequestContext
from nlp.requests.reading import request_context

# The sets labelled by the present conventions (plain letters, labels of the seventh set and later).
_PRESENT = (
    "seventh eighth ninth tenth eleventh twelfth thirteenth fifteenth seventeenth nineteenth twentieth twentyfirst "
    "twentysecond"
)
PRESENT = frozenset(f"requests_{name}" for name in _PRESENT.split())
# Sets whose errors nobody has seen, so that they still measure the next change: no weights are fitted to them.
BLIND = frozenset({"requests_fourteenth", "requests_sixteenth", "requests_eighteenth"})
GOLD = Path(__file__).resolve().parents[1] / "tests" / "gold"


@dataclass(frozen=True, slots=True)
class LabelledLetter:
    """A letter with the set that it belongs to, its labelled type and fields, and the items that a reviewer raised."""

    letters: str
    id: str
    text: str
    document_type: str
    fields: Mapping[str, Sequence[Mapping[str, Any]]]
    raised: frozenset[str]

    def read(self) -> RequestContext:
        """Return the letter as the field readers get it."""
        return request_context(self.text, annotate(self.text))


class OfSet(Protocol):
    """An example of the training with the name of the set that it belongs to."""

    @property
    def letters(self) -> str: ...


Example = TypeVar("Example", bound=OfSet)


def with_each_set_left_out(examples: Sequence[Example]) -> Iterator[tuple[str, list[Example], list[Example]]]:
    """Yield the name of each set, the examples of all other sets, and its own."""
    for name in dict.fromkeys(example.letters for example in examples):
        others = [example for example in examples if example.letters != name]
        yield name, others, [example for example in examples if example.letters == name]


def labelled_letters() -> Iterator[LabelledLetter]:
    """Yield the letters of all open sets, one set after the other."""
    for path in (path for path in sorted(GOLD.glob("requests*.jsonl")) if path.stem not in BLIND):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            gold = row["gold"]
            raised = frozenset(item["key"] for item in gold["preflight"] if item["state"] != "present")
            yield LabelledLetter(path.stem, row["id"], row["text"], gold["document_type"], gold["fields"], raised)
