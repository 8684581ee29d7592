"""Penalties as comparable figures: terms of imprisonment, day-fines, amounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import regex

from extraction.resource import load
from nlp.elements.penalty_degrees import degrees
from nlp.entities.money import find_money, parse_number
from nlp.folding import fold

_DIGITS = r"\d{1,3}(?:[ .]\d{3})+(?!\d)|\d+"
_IN_FIGURES = r"(?:\s?\([^()]{1,40}\))?"
_OF_AMOUNT = r"(?:\s?\(\s?\$[^()]{1,20}\))?"  # "DIEZ MIL PESOS ($ 10.000)"
_IN_BRACKETS = regex.compile(r"\([^\w(]*(?P<number>\d[\d.,]*(?<=\d))\)$")
_ONE_DECIMAL = regex.compile(r"^(\d{1,3}(?:\.\d{3})+)\.(\d\d?)$")  # 2.666.66
_REACH = 70
_MONTHS = {"year": 12, "month": 1}
_DAYS_A_MONTH = 30
_MAX_TERM = 1_200  # months; a longer term is not one of imprisonment
_REACH_BEFORE = 140
_FARTHEST = 400  # maximum number of characters from the name of a penalty to its term
_UNITS_IN_WORDS = "un|dos|tres|cuatro|cinco|seis|siete|ocho|nueve"


@dataclass(frozen=True, slots=True)
class Penalty:
    """A penalty at a range of the text with its lower and upper bound.

    ``kind`` is one of ``kinds`` in ``resources/penalties.yaml`` or ``day_fine``. ``least`` and ``most`` are in
    ``unit``: ``month`` (also for years), ``day``, ``life``, a currency code or a unit that a law defines. A kind named
    without a figure has no bounds and an empty unit. ``by`` is the article whose table gives the months of a degree.
    """

    kind: str
    least: float | None
    most: float | None
    unit: str
    start: int
    end: int
    by: str = ""


def find_penalties(text: str, language: str, jurisdiction: str = "") -> tuple[Penalty, ...]:
    """Return the penalties in ``text``, which must set or change a penalty, in order."""
    if language not in _rules()["numerals"]:
        return ()
    spaced, places = _single_spaced(text)
    found = _penalties(spaced, language, jurisdiction)
    return tuple(replace(penalty, start=places[penalty.start], end=places[penalty.end - 1] + 1) for penalty in found)


def _single_spaced(text: str) -> tuple[str, list[int]]:
    """Return the text with runs of white space reduced to one space, and the original offset of each character."""
    places = [at for at, sign in enumerate(text) if not sign.isspace() or not text[at - 1 : at].isspace()]
    return "".join(" " if text[at].isspace() else text[at] for at in places), places


def _penalties(text: str, language: str, jurisdiction: str) -> tuple[Penalty, ...]:
    folded = fold(text)
    graded = [
        Penalty("imprisonment", one.least, one.most, "month", one.start, one.end, one.source)
        for one in degrees(folded, jurisdiction)
    ]
    found = [
        *graded,
        *_life(folded, language),
        *_classes(folded, jurisdiction),
        *_terms(text, folded, language, jurisdiction),
    ]
    found += _joined(folded, _amounts(text, folded, language, jurisdiction, found))
    named = {penalty.kind for penalty in found}
    named |= {"fine"} if "day_fine" in named else set()
    return tuple(sorted([*found, *_only_named(folded, named, language)], key=lambda penalty: penalty.start))


def names_a_penalty(folded: str, start: int, end: int, language: str) -> bool:
    """Return whether a range of a folded text names a kind of penalty."""
    return any(pattern.search(folded, start, end) for _, pattern in _kinds(language))


def _life(folded: str, language: str) -> Iterator[Penalty]:
    for match in _word(_rules()["life"]).finditer(folded):
        if not _is_no_penalty(folded, match.start(), language):
            yield Penalty("imprisonment", None, None, "life", match.start(), match.end())


def _classes(folded: str, jurisdiction: str) -> Iterator[Penalty]:
    """Yield fines named by class ("class B fine"); the maximum amount of each class is in the resource."""
    known = _rules()["classes"].get(jurisdiction)
    for match in _word(known["name"]).finditer(folded) if known else ():
        amount = known["most"].get(match["class"])
        if amount is not None:
            yield Penalty("fine", None, float(amount), known["unit"], match.start(), match.end())


def _terms(text: str, folded: str, language: str, jurisdiction: str) -> Iterator[Penalty]:
    reached, last = 0, ("", "")
    for match in _term(language).finditer(folded):
        high_unit = match["high_unit"] or match["low_unit"] or match["unit_before"]
        high = _figure(text, match, "high", language)
        if high is None or _is_no_penalty(folded, match.start(), language):
            continue
        low = _figure(text, match, "low", language)
        low, most = _bounds(folded, match, low, high, language)
        unit, factor = _unit(high_unit)
        kind = _kind_of_term(folded, reached, match, unit, language)
        if not kind and unit == last[1] and match.start() - reached < _REACH:
            kind = last[0]  # "de um a dois anos ou, se resulta morte, de dois a quatro anos"
        reached, last = match.end(), (kind, unit)
        low_factor = _factor(match["low_unit"] or high_unit, unit)
        if unit == "day_fine":
            kind, unit = "day_fine", "day"
        elif kind == "fine" and unit in ("day", "month"):  # a fine by time has daily rates: ES, Código Penal, art. 50.4
            days = _DAYS_A_MONTH if unit == "month" else 1
            kind, unit, low_factor, factor = "day_fine", "day", low_factor * days, factor * days
        if unit == "home":
            unit = load("nlp.money")["home"].get(jurisdiction, "XXX")
        if kind and not (unit == "month" and high * factor > _MAX_TERM):
            yield Penalty(kind, _times(low, low_factor), _times(most, factor), unit, match.start(), match.end())


def _figure(text: str, match: regex.Match[str], name: str, language: str) -> float | None:
    """Return the bound ``name`` of a term in its unit; additional months are fractions of a year."""
    if not match[name]:
        return None
    value = _value(text[match.start(name) : match.end(name)], language)
    more = f"{name}_months"
    months = _value(text[match.start(more) : match.end(more)], language) if match[more] else 0
    return None if value is None else value + (months or 0) / _MONTHS["year"]


def _is_no_penalty(folded: str, start: int, language: str) -> bool:
    """Return whether a figure is an age, a value, or the penalty of another offence ("un délit puni de dix ans")."""
    before = folded[max(0, start - _REACH_BEFORE) : start]
    return any(_ending(name, language).search(before) for name in ("age", "of_another", "threshold"))


def _kind_of_term(folded: str, reached: int, match: regex.Match[str], unit: str, language: str) -> str:
    """Return the kind of penalty of a term; a currency or a unit of account always makes it a fine."""
    if unit.isupper() or unit == "home":
        return "fine"
    kind = _kind(folded, reached, match.start(), match.end(), language)
    return kind or _unnamed(folded, match.start(), unit)


def _factor(printed: str, unit: str) -> float:
    """Return the factor from the unit of a lower bound to that of the upper one ("quinze dias a tres meses")."""
    own, factor = _unit(printed)
    return factor / _DAYS_A_MONTH if (own, unit) == ("day", "month") else factor


def _bounds(
    folded: str, match: regex.Match[str], low: float | None, high: float, language: str
) -> tuple[float | None, float | None]:
    """Return lower and upper bound; the words before a single figure decide which bound it is."""
    if low is not None:
        return low, high
    before = folded[max(0, match.start() - 40) : match.start()]
    if regex.search(rf"{_rules()['least']}\s*$", before):
        return high, None
    if regex.search(rf"{_rules()['most']}\s*$", before) or language in _rules()["upper_alone"]:
        return None, high
    return high, high


def _value(printed: str, language: str) -> float | None:
    from text_to_num import text2num  # slow to import: it compiles the numerals of all its languages

    if figures := _IN_BRACKETS.search(printed):
        return float(parse_number(_ONE_DECIMAL.sub(r"\1,\2", figures["number"])))
    plain = regex.sub(r"\s?\(.*", "", printed).strip()
    if thousands := regex.fullmatch(r"(\d[\d .]*|un) mil", plain):
        return 1000.0 * (_value(thousands[1], language) or 0.0)
    if plain[:1].isdigit():
        return float(parse_number(plain.replace(" ", "")))
    before, _, last = plain.rpartition(" ")
    if regex.fullmatch(_rules()["run_together"], fold(last)):
        apart = regex.sub(rf"(?<!vei)nti(?={_UNITS_IN_WORDS})", "nta y ", fold(last)).replace("venta y ", "veinti")
        plain = f"{before} {apart}".strip()
    try:
        return float(text2num({"un": "uno", "una": "uno"}.get(plain, plain) if language == "es" else plain, language))
    except ValueError:
        return 1.0 if plain in ("un", "une", "um", "uma", "uno", "una") else None


def _unit(printed: str) -> tuple[str, int]:
    name = next(name for name, forms in _rules()["units"].items() if regex.fullmatch(forms, printed))
    return ("month", _MONTHS[name]) if name in _MONTHS else (name, 1)


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else round(value * factor, 3)


def _kind(folded: str, floor: int, start: int, end: int, language: str) -> str:
    """Return the kind of penalty named directly after a figure, else the last one named before it; empty if none."""
    behind = regex.split(r"[,;:]| (?:y|e|and|et|o|u|or|ou) ", folded[end : end + _REACH], maxsplit=1)[0]
    after = [(match.start(), kind) for kind, pattern in _kinds(language) for match in pattern.finditer(behind)]
    if after:
        return min(after)[1]
    before = folded[max(floor, start - _FARTHEST) : start]
    ahead = [(match.start(), kind) for kind, pattern in _kinds(language) for match in pattern.finditer(before)]
    return max(ahead)[1] if ahead else ""


def _unnamed(folded: str, start: int, unit: str) -> str:
    """Return ``imprisonment`` for a term of months after a general word for penalty, else an empty text."""
    before = folded[max(0, start - _REACH) : start]
    punishes = unit == "month" and regex.search(rf"(?<!\w){_rules()['penalty']}$", before)
    return "imprisonment" if punishes else ""


def _amounts(text: str, folded: str, language: str, jurisdiction: str, known: Sequence[Penalty]) -> Iterator[Penalty]:
    for span in find_money(text, language, jurisdiction):
        amount, _, unit = span.value.rpartition(" ")
        if unit in ("DIAS_MULTA", "JOURS_AMENDE") or any(p.start < span.end and span.start < p.end for p in known):
            continue
        if _is_no_penalty(folded, span.start, language):
            continue
        before = folded[max(0, span.start - 40) : span.start]
        value = float(amount)
        if bound := _lower_bound().search(before):  # "de 10.000 à 50.000 euros"
            least = float(parse_number(bound["low"].replace(" ", "")))
            yield Penalty("fine", least, value, unit, span.start - len(bound[0]), span.end)
        elif regex.search(rf"{_rules()['least']}\s*$", before):
            yield Penalty("fine", value, None, unit, span.start, span.end)
        else:
            is_most = language in _rules()["upper_alone"] or regex.search(rf"{_rules()['most']}\s*$", before)
            yield Penalty("fine", None if is_most else value, value, unit, span.start, span.end)


def _joined(folded: str, amounts: Iterable[Penalty]) -> list[Penalty]:
    """Merge consecutive amounts that are the bounds of one fine."""
    joined: list[Penalty] = []
    for amount in amounts:
        last = joined[-1] if joined else None
        if last and last.unit == amount.unit and _range().fullmatch(folded, last.end, amount.start):
            least = last.least if last.least is not None else last.most
            joined[-1] = replace(last, least=least, most=amount.most, end=amount.end)
        else:
            joined.append(amount)
    return joined


def _only_named(folded: str, named: set[str], language: str) -> Iterator[Penalty]:
    """Yield the first mention of each kind of penalty without a figure."""
    for kind, pattern in _kinds(language):
        if kind not in named and (match := pattern.search(folded)):
            yield Penalty(kind, None, None, "", match.start(), match.end())


def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = load("nlp.penalties")
    return rules


@cache
def _kinds(language: str) -> tuple[tuple[str, regex.Pattern[str]], ...]:
    return tuple((kind, _word(forms[language])) for kind, forms in _rules()["kinds"].items())


@cache
def _ending(name: str, language: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\w)(?:{_rules()[name][language]})")


@cache
def _range() -> regex.Pattern[str]:
    return regex.compile(rf"\s?{_rules()['range']}\s?")


@cache
def _lower_bound() -> regex.Pattern[str]:
    return regex.compile(rf"(?<![\d.,])(?P<low>{_DIGITS}) {_rules()['range']} $")


@cache
def _word(forms: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\w)(?:{forms})(?!\w)")


@cache
def _term(language: str) -> regex.Pattern[str]:
    """Return the pattern of a term: one figure or a range of two, with units."""
    rules = _rules()
    joining = set(rules["joining"])
    words = [word for word in rules["numerals"][language].split() if word not in joining]
    links = "|".join(sorted(set(rules["numerals"][language].split()) & joining))
    numeral = "|".join([*([rules["run_together"]] if language == "es" else []), *sorted(words, key=len, reverse=True)])
    in_words = rf"(?:{numeral})(?:[\s-](?:(?:{links}|punto) )?(?:{numeral}))*"
    number = rf"(?:(?:\d+|un) mil(?!\w)|{_DIGITS}|{in_words}){_IN_FIGURES}"
    unit = "|".join(f"(?:{forms})" for forms in rules["units"].values())
    of = r"(?: (?:de|of|d.) ?(?:la )?\w+)?"
    low_more, high_more = (
        rf"(?: (?:y|e|et|and) (?P<{name}_months>{number}) (?:{rules['units']['month']})(?!\w)"
        rf"(?! {rules['months_of_another']}))?"
        for name in ("low", "high")
    )
    with_unit = rf"(?: (?P<low_unit>{unit})(?!\w){low_more}{of})?{_IN_FIGURES}"
    low = rf"(?:(?P<low>{number}){with_unit},?\s?(?<!\w){rules['range']}\s)?"
    short = rf"(?P<low>{number}) (?P<low_unit>{unit}) (?:ni|nem) (?:superior|mayor) (?:a|de) (?P<high>{number})(?!\w)"
    whole = rf"{low}(?P<high>{number}) (?P<high_unit>{unit})(?!\w){high_more}{_OF_AMOUNT}"
    home = rules["units"]["home"]
    behind = rf"(?P<unit_before>{home}) (?:(?P<low>{number}),? {rules['range']} (?:{home}) )?(?P<high>{number})(?!\w)"
    return regex.compile(rf"(?<!\w)(?:{short}(?! (?:{unit})(?!\w))|{whole}|{behind})")
