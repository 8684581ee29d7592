"""Laws that a text calls by the initials of their titles: ``section 3 of the RLA`` is of the Registered Land Act."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import regex

from extraction.resource import load
from nlp.annotations import Reading
from nlp.citations.laws import Mention

_TITLED = frozenset({"act", "titled", "title", "code"})
# the words of a title up to its number, its date or what stands in brackets; a word in capitals counts whole ("IRS")
_WORD = regex.compile(r"\p{L}[\p{L}’'-]*")
_TITLE_ENDS = regex.compile(r"\d|\(")
_SMALL_COUNTS = frozenset({"code", "código"})  # after them words in small letters count too: "code du travail"
_LINKS = frozenset(
    "of the and for to in on by with de del la las los el y e o a en do da dos das du des le les l’ d’ et".split()
)
_LEAST, _MOST = 3, 8
# the first word of the title of a law, whose initials name it
_KINDS = frozenset(load("nlp.references")["titles_begin"])


def laws_by_initials(text: str, mentions: Iterable[Mention], home: str) -> Mapping[str, Reading]:
    """Return the laws named by title in ``text`` by the initials of their titles, of three letters or more.

    Those of laws with a year also count with it (``ITAA 1997``). Initials of titles of different laws are left out.
    Where a title is printed with another State than ``home`` once
    (``The Registered Land Law (Cayman Islands)``), it is that State's law.
    """
    found: dict[str, dict[str, Reading]] = defaultdict(dict)
    for mention in mentions:
        if mention.kind in _TITLED and mention.label == "LAW" and mention.readings:
            reading = mention.readings[0]
            name = initials(text[mention.start : mention.end])
            for key in (name, f"{name}{reading.year}"):
                found[key].setdefault(reading.canonical, reading)
    sizes = {name: len(name.rstrip("0123456789")) for name in found}
    known = {name: _one(list(laws.values()), home) for name, laws in found.items() if _LEAST <= sizes[name] <= _MOST}
    return {name: law for name, law in known.items() if law}


def initials(title: str) -> str:
    """Return the initials of the words of a title: ``EBF`` for ``Estatuto dos Benefícios Fiscais``."""
    ends = _TITLE_ENDS.search(title)
    words = _WORD.findall(title[: ends.start()] if ends else title)
    small = bool(words) and words[0].lower() in _SMALL_COUNTS
    return "".join(_initial(word) for word in words if word[0].isupper() or (small and word.lower() not in _LINKS))


def is_of_a_body(title: str, name: str) -> bool:
    """Return whether ``name`` stands for the last words before it: ``establishing Rwanda Education Board (REB)``."""
    words = [word for word in _WORD.findall(title) if word[0].isupper()][-len(name) :]
    return len(name) > 2 and name.isupper() and "".join(map(_initial, words)) == name and words[0].lower() not in _KINDS


def _initial(word: str) -> str:
    return word if word.isupper() and len(word) > 1 else word.rpartition("’")[2][:1].upper()


def _one(laws: list[Reading], home: str) -> Reading | None:
    """Return the law of which all ``laws`` are readings, else None: the same title with another State, or alone."""
    if len(laws) == 1:
        return laws[0]
    foreign = [law for law in laws if law.jurisdiction not in ("", home)]
    titles = {law.canonical.split(":", 2)[-1] for law in laws}
    return foreign[0] if len(foreign) == 1 and len(titles) == 1 else None
