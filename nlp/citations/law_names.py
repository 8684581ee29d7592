"""Rules for laws and treaties known by name or abbreviation."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import regex

from extraction.build_cache import code_digest, kept
from extraction.resource import digest, load
from nlp.entities.gazetteers import countries_fingerprint, find_countries
from nlp.folding import unaccented, words_of
from nlp.pattern_bank import FOLLOWING, INTERNATIONAL, WORD, LatePattern, Rule, start_key

_NAME_ENDS = r"(?![\p{L}\d])(?![./\-]?\d)(?!\sBench(?!\w))"
_ABBREVIATION_ENDS = r"(?![\p{L}\d])(?!\s?[/\-]\s?\d)(?!\.?\d)"


class _Form(NamedTuple):
    """A rule as it is kept: identity, country, kind, expression, whether case counts, and the rest of its fields."""

    identity: str
    country: str
    kind: str
    expression: str
    exact: bool
    prior: float
    first: str
    then: str
    own: bool


@cache
def named_laws() -> tuple[Rule, ...]:
    """Return a rule for every name and abbreviation in ``law_titles.yaml`` and the gazetteer of treaties."""
    source = digest("nlp.law_titles") + digest("nlp.treaties") + countries_fingerprint() + code_digest(__file__)
    return tuple(map(_rule, kept("nlp.named_laws", source, list[_Form], _forms)))


def _rule(form: _Form) -> Rule:
    pattern = LatePattern(form.expression, case_sensitive=form.exact)
    starts, then = (form.first,), form.then
    return Rule(
        form.identity, (form.country,), form.kind, form.identity, pattern, form.prior,
        starts=starts, then=then, own=form.own,
    )  # fmt: skip


def _forms() -> list[_Form]:
    content = load("nlp.law_titles")
    rules = [rule for row in content["laws"] for rule in _rules(row["id"], row["cc"], "title", row)]
    rules += [rule for row in content["laws"] for rule in _with_points(row["id"], row["cc"], row)]
    treaties = [(row["id"], row) for row in content["treaties"]]
    treaties += [
        (key, {"names": row.get("names"), "abbr": row.get("acronyms")}) for key, row in load("nlp.treaties").items()
    ]
    rules += [rule for key, row in treaties for rule in _rules(f"ref:int:treaty:{key}", "INT", "treaty", row)]
    return rules


def _is_own(country: str, name: str) -> bool:
    """Return whether a name includes that of its state, so that no other state's law has it."""
    return country in INTERNATIONAL or any(span.value == country for span in find_countries(name, words_of(name)))


def _rules(identity: str, country: str, kind: str, row: dict[str, list[str] | None]) -> Iterator[_Form]:
    for name in row.get("names") or ():
        only = bool(row.get("only")) and name not in (row.get("common") or ())
        yield _form(identity, country, name, kind, 0.7, printed=bool(row.get("printed")), only=only)
    for abbreviation in row.get("abbr") or ():
        yield _form(identity, country, abbreviation, "abbreviation", 0.6)


def _with_points(identity: str, country: str, row: dict[str, list[str] | None]) -> Iterator[_Form]:
    """Yield the rules of abbreviations of capitals printed with points: ``C.P.P.``; two letters may be initials."""
    for abbreviation in row.get("abbr") or ():
        if regex.fullmatch(r"[A-Z]{3,6}", abbreviation):
            yield _form(identity, country, ".".join(abbreviation) + ".", "abbreviation", 0.6)


def _form(
    identity: str, country: str, form: str, kind: str, prior: float, *, printed: bool = False, only: bool = False
) -> _Form:
    """Return a rule that finds ``form`` regardless of case and accents (``CODE PENAL``).

    Single words, abbreviations and ``printed`` names match exactly; ``only``: no other state has a law of this name.
    """
    exact = printed or kind == "abbreviation" or " " not in form
    letters = regex.escape if exact else _with_or_without_accents
    words = (letters(word).replace("/", r"\s?/\s?") for word in form.split(" "))
    ends = _ABBREVIATION_ENDS if kind == "abbreviation" else _NAME_ENDS + load("nlp.law_titles")["before"].get(form, "")
    expression = (r"\s" if exact else r",?\s").join(words) + ends
    first = WORD.findall(form)[0]
    following = FOLLOWING.findall(form.partition(first)[2])
    then = start_key(following[0]) if following else ""
    own = kind != "abbreviation" and (only or _is_own(country, form))
    return _Form(identity, country, kind, rf"(?<![\p{{L}}\d]){expression}", exact, prior, first, then, own)


def _with_or_without_accents(word: str) -> str:
    return "".join(map(_letter, word.lower()))


@cache
def _letter(letter: str) -> str:
    bare = unaccented(letter)
    return regex.escape(letter) if letter == bare else f"(?:{letter}|{bare})"
