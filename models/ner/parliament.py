"""Speech of a parliament with its people, institutions and places marked, in two languages side by side.

What ``parliament.yaml`` names is marked by rule in every language. What only a pipeline of English knows (people
without a title, places nobody listed) is carried over where the same name stands in the aligned sentence. Every other
capitalised stretch is unknown, so that a gap of the rules is never learnt as the absence of a name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import regex
from speech import DOUBTFUL, NAME, NOTHING, Pair, Row, Span, apart, by_rule, speech, whole

MARKED = ["PERSON", "ORGANISATION", "LOCATION"]
NAMES = rf"{NAME}(?:\s{NAME})*"
_LOWER = regex.compile(r"(?<![\p{L}’'-])\p{Ll}[\p{L}’'-]*")


def taught(text: str, entities: Iterable[Span], known: frozenset[str]) -> dict[str, str]:
    """Return the names that a pipeline of English found in ``text`` and that its habits let us trust.

    It is right about full names of people, and about surnames that someone bears with a title elsewhere (``known``).
    Of what it calls an organisation beyond our lists, too much is a law or a fund. A people ("NORP") is no name.
    """
    kinds: dict[str, str] = {}
    for start, end, label in entities:
        name = regex.sub("['’]s$", "", text[start:end])
        if not regex.fullmatch(NAMES, name):
            continue
        if label == "PERSON" and (" " in name or name in known):
            kinds |= {name: "PERSON", name.split()[-1]: "PERSON"}
        elif label == "GPE" and name not in known and not name.endswith(("ian", "ese", "ish")):
            kinds[name] = "LOCATION"
        elif label == "NORP":
            kinds[name] = NOTHING
    return kinds


def complete(
    text: str, language: str, ruled: Sequence[Span], names: Mapping[str, str], usual: frozenset[str]
) -> list[Span]:
    """Add to ``ruled`` the capitalised stretches left: of a kind where ``names`` knows it, doubtful otherwise.

    ``usual`` are words that occur in lower case as well: one of them at the head of a sentence is no name.
    """
    taken = {place for start, end, _ in ruled for place in range(start, end)}
    runs = _runs(text, language, taken, usual)
    return apart([*ruled, *((start, end, names.get(text[start:end], DOUBTFUL)) for start, end in runs)])


def _runs(text: str, language: str, taken: set[int], usual: frozenset[str]) -> Iterator[tuple[int, int]]:
    nothing = speech(language).nothing
    for match in regex.finditer(whole(NAMES), text):
        run: list[tuple[int, int]] = []
        for word in regex.finditer(r"\S+", text, pos=match.start(), endpos=match.end()):
            plain = word[0] in nothing or (word[0].lower() in usual and _opens(text, word.start()))
            if word.start() not in taken and (run or not plain):
                run.append(word.span())
            elif run:
                break
        if run:
            yield run[0][0], run[-1][1]


def _opens(text: str, place: int) -> bool:
    """Say whether a sentence, a clause or a quotation begins at ``place``."""
    before = text[:place].rstrip()
    return not before or before[-1] in ".?!:;)(\"'«“¿¡-–—"


def label_pairs(pairs: Sequence[Pair], entities: Mapping[str, Iterable[Span]]) -> Iterator[Row]:
    """Yield a row for each sentence of each language, once; ``entities`` is what the pipeline found in the English."""
    texts = sorted({(language, text) for pair in pairs for language, text in pair.items()})
    ruled = {(language, text): by_rule(text, language) for language, text in texts}
    languages = {language for language, _ in texts}
    usual = {code: frozenset(w for c, text in texts if c == code for w in _LOWER.findall(text)) for code in languages}
    titled = Counter(name for (_, text), spans in ruled.items() for name in _people(text, spans))
    known = frozenset(name for name in titled if len(name) > 3 and not any(name.lower() in u for u in usual.values()))
    done: set[tuple[str, str]] = set()
    for pair in pairs:
        names = dict.fromkeys(known, "PERSON")
        for language, text in pair.items():
            names |= dict.fromkeys(_people(text, ruled[language, text]), "PERSON")
        if "en" in pair:
            names |= taught(pair["en"], entities.get(pair["en"], ()), known)
        for language, text in pair.items():
            if (language, text) not in done:
                done.add((language, text))
                yield _row(text, language, complete(text, language, ruled[language, text], names, usual[language]))


def _people(text: str, spans: Iterable[Span]) -> set[str]:
    names = {text[start:end] for start, end, kind in spans if kind == "PERSON"}
    return names | {name.split()[-1] for name in names}


def _row(text: str, language: str, spans: Iterable[Span]) -> Row:
    kept = list(spans)
    return {
        "corpus": "parliament",
        "language": language,
        "text": text,
        "spans": [list(span) for span in kept if span[2] in MARKED],
        "unknown": [list(span[:2]) for span in kept if span[2] == DOUBTFUL],
        "marked": MARKED,
    }
