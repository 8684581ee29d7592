"""Readings of one citation: jurisdiction, type, number, year and canonical id, each with a score."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Reading
from nlp.citations import canonical
from nlp.citations.neutral import court_country, first_neutral, series_countries
from nlp.entities.checksums import check
from nlp.entities.dates import month_number
from nlp.pattern_bank import INTERNATIONAL, Rule, Setting, states_of
from nlp.state_languages import language_of

# Forms of law reports of which the series tells the State; the others are series of one State.
_SERIES_OF_STATES = frozenset({"en_any_report", "law_report", "in_scc"})
_MEMBERS = frozenset("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split())


def readings_of(rule: Rule, match: regex.Match[str], setting: Setting) -> Iterator[Reading]:
    """Yield a reading for each jurisdiction in which the written form is used."""
    groups = {key: value or "" for key, value in match.groupdict().items()}
    number, year = groups.get("number", ""), _year_of_number(match)
    if groups.get("letter"):
        number = f"{number}-{groups['letter']}"
    valid = check(rule.check, number) if rule.check else "unchecked"
    for country in _countries(rule, setting, groups):
        identity, kind = _identify(rule, country, number, year, groups)
        full = canonical.full_year(year) if year else ""
        score = _score(rule, country, setting, valid)
        yield Reading(identity, country, kind, number, full, "", valid, score, rule.id)


def _year_of_number(match: regex.Match[str]) -> str:
    """Return the year in a number, else in the date: that of 2004 in ``loi n° 2004-053 du 28 janvier 2005``."""
    years = match.captures("year") if "year" in match.re.groupindex else ()
    return str(years[0]) if years else ""


def _countries(rule: Rule, setting: Setting, groups: Mapping[str, str]) -> tuple[str, ...]:
    if rule.id == "neutral_cit":
        country = court_country(groups["court"])
        return (country,) if country else ()
    if rule.id == "en_any_report" and first_neutral(groups["number"]):
        return ()
    if rule.id in _SERIES_OF_STATES and not setting.any_country:
        return _of_series(rule, setting, groups["number"])
    return states_of(rule, setting)


def _of_series(rule: Rule, setting: Setting, number: str) -> tuple[str, ...]:
    """Return the State of a series of law reports: its only one, else that of the text or an unknown one."""
    countries = series_countries(number)
    if len(countries) == 1 or (setting.home and setting.home in countries):
        return countries if len(countries) == 1 else (setting.home,)
    return ("",) if countries or rule.id == "en_any_report" else states_of(rule, setting)


def _identify(rule: Rule, country: str, number: str, year: str, groups: Mapping[str, str]) -> tuple[str, str]:
    """Return canonical id and type of a reading."""
    if rule.kind in ("title", "abbreviation", "treaty"):
        return rule.type, rule.type.split(":")[2] if rule.type.startswith("ref:") else rule.kind
    if rule.kind in ("code", "titled"):
        return _titled(rule, country, groups.get("title", ""), year), rule.type
    if rule.type in _BY_TYPE:
        return _BY_TYPE[rule.type](groups), rule.type
    is_case = rule.id in _case_rules()
    kind = rule.type or canonical.printed_type("cases" if is_case else "citations", groups["type"])
    if is_case:
        return _case(rule, country, kind, number, year, groups), kind
    if "day" in groups and not number:
        number, year = _date(groups), ""
    return canonical.law_id(country, kind, number, year), kind


def _titled(rule: Rule, country: str, title: str, year: str) -> str:
    if not title:
        return f"ref:{country.lower() or 'xx'}:{rule.type}"
    return canonical.titled_id(country, rule.type, title, year)


def _case(rule: Rule, country: str, kind: str, number: str, year: str, groups: Mapping[str, str]) -> str:
    if rule.id == "neutral_cit":
        kind = canonical.slug(groups["court"])
    if groups.get("day") and not number:
        number, year = _date(groups), ""
        kind = canonical.slug(groups["court"]) if groups.get("court") else kind
    if rule.id in ("br_cnj", "br_appeal_cnj"):
        number = _cnj(number)
    if rule.id == "br_sumula":
        kind = f"sumula-{canonical.court_key(groups['court'])}" if groups["court"] else kind
    if rule.type == "report":
        number = regex.sub(r"[.\-](?!\d\d[\])])", "", number)
    if rule.id in ("co_cc", "iacthr"):
        number = f"{groups['court']}-{number}"
    return canonical.case_id(country, kind, number, year)


def _date(groups: Mapping[str, str]) -> str:
    """Return the ISO date by which a law or judgment without number is known."""
    return f"{groups['year']}-{month_number(groups['month']):02d}-{int(regex.sub(r'[^0-9]', '', groups['day'])):02d}"


def _cnj(number: str) -> str:
    figures = regex.sub(r"\D", "", number).zfill(20)
    return f"{figures[:7]}-{figures[7:9]}.{figures[9:13]}.{figures[13]}.{figures[14:16]}.{figures[16:]}"


def _score(rule: Rule, country: str, setting: Setting, valid: str) -> float:
    """Return the score of a reading by its written form, the document's country and language, and its check digit.

    A neutral citation has the prior of its rule, since it names its court.
    """
    if rule.id == "neutral_cit":
        return rule.prior
    score = rule.prior + {"true": 0.15, "false": -0.2}.get(valid, 0.0)
    if setting.jurisdiction and country not in INTERNATIONAL:
        score += 0.25 if country == setting.jurisdiction else -0.25
    if country == "EU" and setting.jurisdiction in _MEMBERS:
        score += 0.15
    if setting.language and country not in INTERNATIONAL and country != setting.jurisdiction:
        score += 0.1 if language_of(country) == setting.language else -0.15
    return round(min(1.0, max(0.05, score)), 3)


_BY_TYPE: dict[str, Callable[[Mapping[str, str]], str]] = {
    "celex": lambda groups: canonical.celex(groups["number"]),
    "eu": lambda groups: canonical.eu_act(groups["act"], groups["first"], groups["second"]),
    "eli": lambda groups: canonical.eli(groups["number"]),
    "urn": lambda groups: canonical.urn(groups["number"]),
    "ecli": lambda groups: groups["number"],
    "cjeu": lambda groups: canonical.cjeu_case(groups["court"], groups["number"], groups["year"]),
    "boe": lambda groups: canonical.same_law(groups["number"].upper()),
    "legi": lambda groups: canonical.same_law(groups["number"]),
}


@cache
def _case_rules() -> frozenset[str]:
    return frozenset(row["id"] for row in load("nlp.cases")["cases"])
