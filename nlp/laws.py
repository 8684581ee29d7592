"""Mentions of laws, treaties and cases: where they stand in a text and all ways to read each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

import regex

from nlp import canonical
from nlp.annotations import Reading
from nlp.checksums import check
from nlp.dates import month_number
from nlp.pattern_bank import WORD, Bank, Rule, compile_pattern, load_bank, make_bank, resource

LANGUAGE_OF = {"BR": "pt", "PT": "pt", "FR": "fr", "BE": "fr", "HT": "fr", "LU": "fr"} | dict.fromkeys(
    ("GB", "IE", "JM", "TT", "IN", "BB", "GY", "BZ", "BS"), "en"
)
INTERNATIONAL = frozenset({"EU", "CoE", "OAS", "INT", "any", ""})
_MEMBERS = frozenset("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split())
_RIVAL_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of the text: ISO 3166 alpha-2 and ISO 639-1 codes, empty where unknown."""

    jurisdiction: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A law, treaty or case as it stands in the text; ``kind`` is that of its best rule."""

    start: int
    end: int
    kind: str
    readings: tuple[Reading, ...]

    @property
    def label(self) -> str:
        if self.kind in ("case", "case_no", "case_id"):
            return "CASE"
        return {"investigation": "IDENTIFIER", "gazette": "IDENTIFIER", "treaty": "TREATY"}.get(self.kind, "LAW")


def find_mentions(text: str, setting: Setting) -> list[Mention]:
    """Return the mentions in plain text, in order, none overlapping another."""
    hits = [
        (found.start(), found.start() + len(found[0].rstrip(" ,")), rule, found) for rule, found in _bank().scan(text)
    ]
    found = [
        Mention(start, end, rule.kind, tuple(readings_of(rule, match, setting)))
        for start, end, rule, match in hits
        if not rule.home or setting.jurisdiction in ("", *rule.jurisdictions)
    ]
    merged = merge_mentions([*found, *find_acts(text, setting)])
    return [item for mention in merged for item in (mention, *_siblings(text, mention))]


def _siblings(text: str, mention: Mention) -> Iterator[Mention]:
    """Yield the laws that a plural goes on with: ``Leyes N° 17.016, …, N° 18.494, … y N° 19.149``."""
    reading = mention.readings[0]
    if mention.kind != "statute" or not _PLURAL.match(text, mention.start):
        return
    end = mention.end
    while found := _SIBLING.match(text, end):
        end = found.start("number") + len(text[found.start("number") : found.end()].rstrip(" ,"))
        identity = canonical.law_id(reading.jurisdiction, reading.type, found["number"], found["year"] or "")
        again = replace(reading, canonical=identity, number=found["number"], year=found["year"] or "")
        yield Mention(found.start("start"), end, "statute", (again,))


def merge_mentions(found: Iterable[Mention]) -> list[Mention]:
    """Keep the longest of overlapping mentions, with the readings of those that cover most of it."""
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda item: (item.start - item.end, -_best(item))):
        rival = next((item for item in kept if item.start < mention.end and mention.start < item.end), None)
        if rival is None:
            kept.append(mention)
        elif mention.end - mention.start >= _RIVAL_SHARE * (rival.end - rival.start):
            kept[kept.index(rival)] = replace(rival, readings=rank((*rival.readings, *mention.readings)))
    return sorted((replace(item, readings=rank(item.readings)) for item in kept), key=lambda item: item.start)


def rank(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """Return readings with distinct ids, the likeliest first."""
    best: dict[str, Reading] = {}
    for reading in sorted(readings, key=lambda item: -item.score):
        best.setdefault(reading.canonical, reading)
    return tuple(best.values())


def readings_of(rule: Rule, found: regex.Match[str], setting: Setting) -> Iterator[Reading]:
    """Yield a reading for each jurisdiction that the written form allows."""
    groups = {key: value or "" for key, value in found.groupdict().items()}
    number, year = groups.get("number", ""), groups.get("year", "")
    if groups.get("letter"):
        number = f"{number}-{groups['letter']}"
    valid = check(rule.check, number) if rule.check else "unchecked"
    for country in _countries(rule, setting, groups):
        identity, kind = _identify(rule, country, number, year, groups)
        full = canonical.full_year(year) if year else ""
        score = _score(rule, country, setting, valid)
        yield Reading(identity, country, kind, number, full, "", valid, score, rule.id)


def find_acts(text: str, setting: Setting) -> Iterator[Mention]:
    """Yield Acts, Rules and Orders by their English short titles, which are read backwards from their last word."""
    for word in WORD.finditer(text):
        if word[0] not in _ACT_WORDS:
            continue
        tail = _ACT_TAIL.match(text, word.end())
        year = tail["year"] if tail else ""
        if not year and word[0] not in ("Act", "Acts"):
            continue
        title = _ACT_TITLE.search(text[max(0, word.start() - 200) : word.start()])
        name = title and regex.sub(
            r"^(?:.*\b(?:Schedule|Section|Part|Chapter|Article|Rule|Clause)s?\s(?:to|of)\s(?:the\s)?|(?:The|the|of|and|for|Under|In|By|Of|And|For|Section|Schedule|Part|Principal|Said|This|That|An)\s)+",
            "",
            title[0],
        )
        if (
            not name
            or not name.strip()
            or name[0] == "("
            or name.strip() in _NOT_TITLES
            or (name.islower() and not year)
        ):
            continue
        start, end = word.start() - len(name), tail.end() if tail else word.end()
        yield Mention(start, end, "act", tuple(_act_readings(name, word[0].rstrip("s"), year, setting)))


def _act_readings(title: str, word: str, year: str, setting: Setting) -> Iterator[Reading]:
    countries = (setting.jurisdiction,) if setting.jurisdiction else ("GB", "IE", "IN", "JM", "TT")
    for country in countries:
        identity = canonical.titled_id(country, word.lower(), title, year)
        yield Reading(identity, country, "act", title.strip(), year, "", "unchecked", 0.7, "en_act")


_PLURAL = regex.compile(r"(?:Leyes|Leis|Lois|Decretos)\b", regex.I)
_SIBLING = regex.compile(
    r"(?:\s?,\s|\s[ye]\s|,\s[ye]\s|\set\s)(?P<start>)(?:n\s?[.º°]*\s?)?(?P<number>\d{1,3}\.\d{3}|\d{1,5})(?:/(?P<year>\d{2,4}))?"
    r"(?:,?\sde\s\d{1,2}\sde\s\p{L}+\sde\s(?P<year>\d{4}))?(?![\d.])",
    regex.I,
)
_ACT_WORDS = frozenset({"Act", "Acts", "Rules", "Order", "Regulations", "Ordinance", "Code"})
_NOT_TITLES = frozenset({"Principal", "Said", "This", "Amendment", "Central", "State", "New", "Old", "Amending"})
_ACT_TAIL = compile_pattern(
    r"\s?,?\s(?:of\s)?(?P<year>(?:18|19|20)\d{2})(?!\d)(?:\s?(?:to|and|-|–)\s?(?:18|19|20)\d{2}(?!\d))?"
    r"|\s?\((?:Act\s)?(?:No\.?\s)?\d{1,3}\sof\s(?P<year>(?:18|19|20)\d{2})\)",
    {},
)
_ACT_TITLE = compile_pattern(
    r"(?<![\p{Lu}\d])(?:[A-Z][\p{L}’'&.\-]*|\([A-Z][\p{L}\s,’'\-&]+\))"
    r"(?:,?\s(?:and|of|the|for|to|in|on|from|with|by|etc\.?|[A-Z][\p{L}’'&.\-]*|\([A-Z][\p{L}\s,’'\-&]+\)))*,?\s$"
    r"|(?<=\bthe\s)\p{Ll}{4,}\s$",
    {},
    case_sensitive=True,
)


def _countries(rule: Rule, setting: Setting, groups: Mapping[str, str]) -> tuple[str, ...]:
    if rule.id == "neutral_cit":
        return (_COURT_COUNTRIES.get(groups["court"][:2], "GB"),)
    if rule.jurisdictions == ("any",):
        return (setting.jurisdiction,)
    return rule.jurisdictions


def _identify(rule: Rule, country: str, number: str, year: str, groups: Mapping[str, str]) -> tuple[str, str]:
    """Return canonical id and type of one reading."""
    if rule.kind in ("title", "abbreviation", "treaty"):
        return rule.type, rule.type.split(":")[2]
    if rule.kind in ("code", "titled"):
        return _titled(rule, country, groups.get("title", "")), rule.type
    if rule.type in _BY_TYPE:
        return _BY_TYPE[rule.type](groups), rule.type
    is_case = rule.id in _case_rules()
    kind = rule.type or canonical.printed_type("cases" if is_case else "citations", groups["type"])
    if is_case:
        return _case(rule, country, kind, number, year, groups), kind
    if "day" in groups and not number:
        number, year = (
            f"{groups['year']}-{month_number(groups['month']):02d}-{int(regex.sub(r'[^0-9]', '', groups['day'])):02d}",
            "",
        )
    return canonical.law_id(country, kind, number, year), kind


def _titled(rule: Rule, country: str, title: str) -> str:
    if not title:
        return f"ref:{country.lower() or 'xx'}:{rule.type}"
    return canonical.titled_id(country, rule.type, title)


def _case(rule: Rule, country: str, kind: str, number: str, year: str, groups: Mapping[str, str]) -> str:
    if rule.id == "neutral_cit":
        kind = canonical.slug(groups["court"])
    if rule.id == "es_decision_by_date":
        number, year = f"{year}-{month_number(groups['month']):02d}-{int(groups['day']):02d}", ""
    if rule.id in ("br_cnj", "br_appeal_cnj"):
        number = _cnj(number)
    if rule.id == "br_sumula":
        kind = f"sumula-{canonical.court_key(groups['court'])}" if groups["court"] else kind
    if rule.id in ("co_cc", "iacthr"):
        number = f"{groups['court']}-{number}"
    return canonical.case_id(country, kind, number, year)


def _cnj(number: str) -> str:
    figures = regex.sub(r"\D", "", number).zfill(20)
    return f"{figures[:7]}-{figures[7:9]}.{figures[9:13]}.{figures[13]}.{figures[14:16]}.{figures[16:]}"


def _score(rule: Rule, country: str, setting: Setting, valid: str) -> float:
    """Weigh a reading: its written form, the document's country and language, its check digit (brief 2.4)."""
    score = rule.prior + {"true": 0.15, "false": -0.2}.get(valid, 0.0)
    if setting.jurisdiction and country not in INTERNATIONAL:
        score += 0.25 if country == setting.jurisdiction else -0.25
    if country == "EU" and setting.jurisdiction in _MEMBERS:
        score += 0.15
    if setting.language and country not in INTERNATIONAL and country != setting.jurisdiction:
        score += 0.1 if LANGUAGE_OF.get(country, "es") == setting.language else -0.15
    return round(min(1.0, max(0.05, score)), 3)


def _best(mention: Mention) -> float:
    return max((reading.score for reading in mention.readings), default=0.0)


_COURT_COUNTRIES = {"IE": "IE", "JM": "JM", "TT": "TT", "CC": "CCJ", "BB": "BB", "GY": "GY", "BZ": "BZ", "EC": "ECSC"}

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
    return frozenset(row["id"] for row in resource("cases")["cases"])


@cache
def _bank() -> Bank:
    laws = load_bank("citations", "laws", "gazettes").rules
    titles = [rule for rule in load_bank("law_titles", "titles").rules if rule.id != "en_act"]
    return make_bank((*laws, *load_bank("cases", "cases").rules, *titles, *_named_laws()))


@cache
def _named_laws() -> tuple[Rule, ...]:
    content = resource("law_titles")
    rows = [(row["id"], row["cc"], row, "title") for row in content["laws"]]
    rows += [(f"ref:int:treaty:{row['id']}", "INT", row, "treaty") for row in content["treaties"]]
    return tuple(
        _named_rule(identity, country, form, kind if key == "names" else "abbreviation")
        for identity, country, row, kind in rows
        for key in ("names", "abbr")
        for form in row.get(key, ())
    )


def _named_rule(identity: str, country: str, form: str, kind: str) -> Rule:
    words = r"\s".join(regex.escape(word).replace("/", r"\s?/\s?") for word in form.replace("'", "’").split(" "))
    exact = kind == "abbreviation" or " " not in form
    end = r"(?![\p{L}\d])(?![./\-]?\d)" if kind != "abbreviation" else r"(?![\p{L}\d])(?!\s?[/\-]\s?\d)(?!\.?\d)"
    pattern = compile_pattern(r"(?<![\p{L}\d])" + words + end, {}, case_sensitive=exact)
    start = regex.findall(r"\w+", form)[0]
    prior = 0.6 if kind == "abbreviation" else 0.7
    return Rule(identity, (country,), kind, identity, pattern, prior, "", (start,))
