"""Speech of a parliament with its people, institutions and places marked, in two languages side by side.

What ``parliament.yaml`` names is marked by rule in every language. What only a pipeline of English knows (people
without a title, places nobody listed) is carried over where the same name stands in the aligned sentence. Every other
capitalised stretch is unknown, so that a gap of the rules is never learnt as the absence of a name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import regex
import yaml
from babel import Locale

Span = tuple[int, int, str]
Pair = Mapping[str, str]  # language -> the same sentence in it
Row = dict[str, object]

RESOURCE = Path(__file__).with_name("parliament.yaml")
MARKED = ["PERSON", "ORGANISATION", "LOCATION"]
NAME = r"(?:\p{Lu}(?:(?!['’]s\b)[\p{L}\p{M}’'-])*[\p{L}\p{M}]|\p{Lu})"
NAMES = rf"{NAME}(?:\s{NAME})*"
_NOTHING, _DOUBTFUL = "nothing", "doubtful"
_FIRST_OF_EQUALS = ("PERSON", "ORGANISATION", _NOTHING, "LOCATION", _DOUBTFUL)
_NOT_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "ZZ"})
_LOWER = regex.compile(r"(?<![\p{L}’'-])\p{Ll}[\p{L}’'-]*")


@dataclass(frozen=True, slots=True)
class Speech:
    """The compiled names of one language; the head of ``parliament.yaml`` says what each list is."""

    listed: tuple[tuple[str, regex.Pattern[str]], ...]
    person: regex.Pattern[str]
    treaty: regex.Pattern[str]
    after_place: regex.Pattern[str]
    nothing: frozenset[str]


@cache
def speech(language: str) -> Speech:
    """Return the compiled names of ``language``; its countries are those of CLDR."""
    lists: dict[str, list[str]] = yaml.safe_load(RESOURCE.read_text(encoding="utf-8"))[language]
    places = set(lists["places"]) | countries(language)
    stops = {word for key in ("roles", "titles", "nothing", "alone", "heads") for word in lists[key]} | places
    name = rf"(?!{_whole(_any(stops))}){NAME}"
    patterns = (
        ("ORGANISATION", _any(lists["alone"])),
        ("ORGANISATION", _headed(lists, name, qualifiers_first=language == "en")),
        ("LOCATION", _any(places)),
        (_DOUBTFUL, _any([*lists["doubtful"], *lists["heads"]])),
        (_NOTHING, _any(lists["nothing"])),
    )
    return Speech(
        tuple((kind, regex.compile(_whole(pattern))) for kind, pattern in patterns),
        regex.compile(_person(lists, name)),
        regex.compile(rf"{_any(lists['treaty'])}\s$"),
        regex.compile(rf"\s{_any(lists['after_place'])}"),
        frozenset(word for key in ("nothing", "roles", "titles") for word in lists[key]),
    )


def _any(words: Iterable[str]) -> str:
    """Match one of ``words``, the longest first; nothing at all where there are none."""
    longest_first = sorted(words, key=len, reverse=True)
    return f"(?:{'|'.join(map(regex.escape, longest_first))})" if longest_first else "(?!)"


def _whole(pattern: str) -> str:
    return rf"(?<![\p{{L}}\p{{N}}/&-])(?:{pattern})(?![\p{{L}}\p{{N}}/&]|-\p{{L}})"


def countries(language: str) -> set[str]:
    """Return the names of the countries in CLDR."""
    names = Locale.parse(language).territories
    return {name for code, name in names.items() if code.isalpha() and code not in _NOT_COUNTRIES}


def _headed(lists: dict[str, list[str]], name: str, *, qualifiers_first: bool) -> str:
    """Match "Committee on Fisheries" and, where qualifiers stand first, "Fisheries Committee"."""
    more = rf"(?:(?:,\s|\s{_any(lists['joins'])}\s|\s){name})*"
    head, of = _any(lists["heads"]), rf"\s{_any(lists['first'])}\s{name}{more}"
    if qualifiers_first:
        before = rf"(?!{_any(lists['openers'])}\s)(?:{name}\s)"
        return rf"{before}*{head}{of}|{before}+{head}"
    return rf"{head}(?:{of}|\s{name}{more})"


def _person(lists: dict[str, list[str]], name: str) -> str:
    """Match the name after a title ("Mr de la Cruz") or an office ("Commissioner Patten")."""
    particle, title = rf"(?:{_any(lists['particles'])}\s)?", _any(lists["titles"])
    rest = rf"(?:\s{particle}{name})*"
    offices = rf"(?:{title}\s)?(?:{_any(lists['roles'])}\s)+"
    return rf"(?<![\p{{L}}\p{{N}}-])(?:{title}\s(?P<name>{particle}{name}{rest})|{offices}(?P<name>{name}{rest}))"


def by_rule(text: str, language: str) -> list[Span]:
    """Return what the lists say of ``text``, its ``nothing`` and ``doubtful`` included, without overlaps."""
    rules = speech(language)
    found = [(*match.span("name"), _kind_of_person(match["name"])) for match in rules.person.finditer(text)]
    for kind, pattern in rules.listed:
        for match in pattern.finditer(text):
            found.append((*match.span(), _DOUBTFUL if kind == "LOCATION" and _is_treaty(text, match, rules) else kind))
    return _apart(found)


def _kind_of_person(name: str) -> str:
    return "PERSON" if len(name) > 2 else _DOUBTFUL


def _is_treaty(text: str, place: regex.Match[str], rules: Speech) -> bool:
    """Say whether a place names a treaty, a summit or a strategy, which is not that place to every corpus."""
    return bool(rules.treaty.search(text, 0, place.start()) or rules.after_place.match(text, place.end()))


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Keep the spans that begin first and, of those that begin together, the longest."""
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda s: (s[0], -s[1], _FIRST_OF_EQUALS.index(s[2]))):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


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
            kinds[name] = _NOTHING
    return kinds


def complete(
    text: str, language: str, ruled: Sequence[Span], names: Mapping[str, str], usual: frozenset[str]
) -> list[Span]:
    """Add to ``ruled`` the capitalised stretches left: of a kind where ``names`` knows it, doubtful otherwise.

    ``usual`` are words that occur in lower case as well: one of them at the head of a sentence is no name.
    """
    taken = {place for start, end, _ in ruled for place in range(start, end)}
    runs = _runs(text, language, taken, usual)
    return _apart([*ruled, *((start, end, names.get(text[start:end], _DOUBTFUL)) for start, end in runs)])


def _runs(text: str, language: str, taken: set[int], usual: frozenset[str]) -> Iterator[tuple[int, int]]:
    nothing = speech(language).nothing
    for match in regex.finditer(_whole(NAMES), text):
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
        "unknown": [list(span[:2]) for span in kept if span[2] == _DOUBTFUL],
        "marked": MARKED,
    }
