"""Annotation of parliamentary speech with persons, institutions and places, in aligned languages.

Names in ``parliament.yaml`` are annotated by rule in every language. Names recognised only by an English pipeline
(persons without title, unlisted places) are projected to the same name in the aligned sentence. Other capitalised
ranges are unknown, so that gaps in the rules are not learned as the absence of a name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import regex

from models.ner.speech import DOUBTFUL, NAME, NOTHING, Pair, Row, Span, apart, by_rule, speech, whole

MARKED = ["PERSON", "ORGANISATION", "LOCATION"]
NAMES = rf"{NAME}(?:\s{NAME})*"
_LOWER = regex.compile(r"(?<![\p{L}’'-])\p{Ll}[\p{L}’'-]*")


def reliable_names(text: str, entities: Iterable[Span], known: frozenset[str]) -> dict[str, str]:
    """Return the kinds of the names recognised in ``text`` by an English pipeline, as far as they are reliable.

    Reliable are full names of persons and surnames that occur elsewhere with a title (``known``). Its organisations
    beyond our lists are too often laws or funds. A people ("NORP") is not a name.
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
    """Return ``ruled`` with the remaining capitalised ranges: of their kind in ``names``, otherwise doubtful.

    ``usual`` are words that also occur in lower case; at the start of a sentence they are not names.
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
    """Return whether a sentence, clause or quotation begins at ``place``."""
    before = text[:place].rstrip()
    return not before or before[-1] in ".?!:;)(\"'«“¿¡-–—"


def label_pairs(pairs: Sequence[Pair], entities: Mapping[str, Iterable[Span]]) -> Iterator[Row]:
    """Yield a row for each distinct sentence; ``entities`` are those of the pipeline by English sentence."""
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
            names |= reliable_names(pair["en"], entities.get(pair["en"], ()), known)
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
