"""Names of laws that their ids have without accents and particles: ``ref:fr:code:procedure-penale``.

The id of a law that is known by its name, not by a number, is made of folded words. The name itself is in
``resources/law_titles.yaml``; of a code that is not listed there the words are written as in the names that are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from extraction.resource import load
from nlp.citations.canonical import same_law
from nlp.folding import fold

_NUMBERED = re.compile(r"ref:[a-z]+:[^:]+:\d")
_KINDS = {"code": "Code", "codigo": "Código"}


def printed_name(identity: str) -> str:
    """Return the name in its own language of the law of an id without ``#``, else ``""``.

    Empty for a law that is known by its number (``ref:co:ley:599:2000``), and for a kind of law without listed names.
    """
    kind, _, words = identity.partition(":")[2].partition(":")[2].partition(":")
    if name := _listed().get(same_law(identity), ""):
        return name
    if kind not in _KINDS or not words or any(map(str.isdigit, words)):
        return ""
    return " ".join((_KINDS[kind], *(_spelled(kind).get(word, word) for word in words.replace(":", "-").split("-"))))


@cache
def _listed() -> Mapping[str, str]:
    """Return the first name of each law whose id has no number."""
    return {identity: name[:1].upper() + name[1:] for identity, name in reversed([*_rows()])}


@cache
def _spelled(kind: str) -> Mapping[str, str]:
    """Return the words of listed names of a kind of code by their folded form, where all names agree."""
    known: dict[str, set[str]] = defaultdict(set)
    for identity, name in _rows():
        if f":{kind}:" in identity and _is_romance(name):
            for word in name.lower().split():
                known[fold(word)].add(word)
    return {folded: next(iter(forms)) for folded, forms in known.items() if len(forms) == 1}


def _is_romance(name: str) -> bool:
    """Return whether the name of a code is not English ("Code of Criminal Procedure", "Penal Code")."""
    return name.lower().startswith(("code", "código")) and " of " not in name


def _rows() -> Iterator[tuple[str, str]]:
    for row in load("nlp.law_titles")["laws"]:
        identity, names = row["id"], (*row.get("names", ()), *row.get("titles", ()))
        if names and not _NUMBERED.match(identity):
            yield identity, names[0]
