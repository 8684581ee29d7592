"""What a comparison page is asked, as its address says it: every state is a URL, every link another state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from flask import url_for
from werkzeug.datastructures import MultiDict

from app.interface_language import interface_language
from indexing.comparison.table import ComparisonRequest

MOST = (1, 3, 5)
USUAL_MOST = 3


@dataclass(frozen=True, slots=True)
class CompareState:
    """``citations`` are lines of one field; ``provisions`` and ``left_out`` are ids of provisions."""

    concept: str = ""
    treaty: str = ""
    query: str = ""
    citations: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    jurisdictions: tuple[str, ...] = ()
    date: str = ""
    most: int = USUAL_MOST

    @property
    def is_empty(self) -> bool:
        return not (self.concept or self.treaty or self.query or self.citations or self.provisions)

    def request(self) -> ComparisonRequest:
        return ComparisonRequest(
            concept=self.concept,
            treaty=self.treaty,
            query=self.query,
            citations=self.citations,
            provisions=self.provisions,
            left_out=self.left_out,
            jurisdictions=self.jurisdictions,
            date=self.date,
            language=interface_language(),
            most=self.most,
        )

    def arguments(self) -> dict[str, str | int | list[str]]:
        """Return the arguments of the address, without what is as usual."""
        given: dict[str, str | int | list[str]] = {
            "concept": self.concept,
            "treaty": self.treaty,
            "q": self.query,
            "cite": "\n".join(self.citations),
            "p": list(self.provisions),
            "without": list(self.left_out),
            "country": list(self.jurisdictions),
            "date": self.date,
            "most": self.most if self.most != USUAL_MOST else 0,
        }
        return {name: value for name, value in given.items() if value}

    def url(self, endpoint: str = "compare.compare_page") -> str:
        return url_for(endpoint, **self.arguments())  # type: ignore[arg-type]

    def without(self, provision: str) -> CompareState:
        """Return the state in which a provision is not compared, whether it was named or found."""
        return replace(
            self,
            provisions=tuple(one for one in self.provisions if one != provision),
            left_out=tuple(dict.fromkeys((*self.left_out, provision))),
        )

    def with_these(self, shown: tuple[str, ...], added: str) -> CompareState:
        """Return the state that compares what is ``shown`` of a country and ``added`` beside it."""
        return replace(
            self,
            provisions=tuple(dict.fromkeys((*self.provisions, *shown, added))),
            left_out=tuple(one for one in self.left_out if one != added),
        )


def compare_state(arguments: MultiDict[str, str]) -> CompareState:
    """Read an address; what it cannot mean is left out."""
    most = arguments.get("most", USUAL_MOST, type=int)
    return CompareState(
        concept=arguments.get("concept", ""),
        treaty=arguments.get("treaty", "").strip(),
        query=arguments.get("q", "").strip(),
        citations=_several(line for line in arguments.get("cite", "").splitlines()),
        provisions=_several(arguments.getlist("p")),
        left_out=_several(arguments.getlist("without")),
        jurisdictions=_several(arguments.getlist("country")),
        date=arguments.get("date", "").strip(),
        most=min(max(most, MOST[0]), MOST[-1]),
    )


def _several(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.strip() for value in values if value.strip()))
