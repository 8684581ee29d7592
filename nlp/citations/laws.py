"""Mentions of laws, treaties and cases in a text, with all readings of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Reading
from nlp.citations import canonical
from nlp.citations.foreign import adjacent_state, beginning_people, ending_state, named_state, owner
from nlp.citations.law_names import named_laws
from nlp.citations.law_readings import readings_of
from nlp.compiled_patterns import compiled
from nlp.pattern_bank import INTERNATIONAL, WORD, Bank, Rule, Setting, load_bank, make_bank
from nlp.patterns import compile_pattern
from nlp.ranges import overlap, overlapping
from nlp.state_languages import legislators, share_a_language

_RIVAL_SHARE = 0.6
_SURE_CASE = 0.85  # prior of forms of cases that are distinct in any language
_NATIONAL = frozenset({"statute", "code", "titled", "title"})
_SHORT_TITLE = 200  # maximum number of characters
_LINK = 20
_PROVISION_OF = compiled(r"\d[\w()]*,? OF THE (?=[\p{Lu} ,’()-]+\Z)")
_ACRONYM = compiled(r"(?:U\.?K\.?|U\.?S\.?(?:A\.?)?)\s(?=\p{Lu})")


@dataclass(frozen=True, slots=True)
class Mention:
    """A law, treaty or case in the text; ``kind`` is that of its best rule.

    The kind ``definition`` is the place where a text defines a short name, which is no citation.
    """

    start: int
    end: int
    kind: str
    readings: tuple[Reading, ...]

    @property
    def label(self) -> str:
        """The label of its span: LAW, CASE, TREATY, IDENTIFIER, or ``""`` for a definition."""
        if self.kind == "definition":
            return ""
        if self.kind in ("case", "case_no", "case_id"):
            return "CASE"
        if self.readings and self.readings[0].canonical.startswith("ref:int:treaty:"):
            return "TREATY"
        return {"investigation": "IDENTIFIER", "gazette": "IDENTIFIER", "treaty": "TREATY"}.get(self.kind, "LAW")


def find_mentions(text: str, setting: Setting) -> list[Mention]:
    """Return the mentions in plain text, in order, without overlaps."""
    hits = [
        (match.start(), match.start() + len(match[0].rstrip(" ,\n")), rule, match) for rule, match in _bank().scan(text)
    ]
    found = {rule.id: rule for _, _, rule, _ in hits}
    absent = {name for name, rule in found.items() if not _has_context(rule, text, setting)}
    mentions = [
        Mention(start, end, rule.kind, tuple(readings_of(rule, match, _own_setting(text, match, end, rule, setting))))
        for start, end, rule, match in hits
        if rule.id not in absent and _holds_here(rule, setting)
    ]
    merged = merge_mentions([*(mention for mention in mentions if mention.readings), *_acts(text, setting)])
    listed = [item for mention in merged for item in (mention, *_siblings(text, mention))]
    return listed if setting.any_country else [_at_home(mention, setting.home) for mention in listed]


def _at_home(mention: Mention, home: str) -> Mention:
    """Return the mention with only readings of the text's own state, if any, else only those of known states."""
    own = tuple(each for each in mention.readings if each.jurisdiction in (home, *INTERNATIONAL) and each.jurisdiction)
    known = tuple(each for each in mention.readings if each.jurisdiction)
    has_home = home and any(each.jurisdiction == home for each in own)
    return replace(mention, readings=(own if has_home else known) or mention.readings)


def _has_context(rule: Rule, text: str, setting: Setting) -> bool:
    """Return whether a text has a word that a rule needs outside its own States."""
    at_home = setting.any_country or setting.jurisdiction in rule.jurisdictions
    return not rule.context or at_home or any(word in text for word in rule.context)


def _holds_here(rule: Rule, setting: Setting) -> bool:
    """Return whether a rule applies in a text; short forms of cases do not in one of a State with other languages."""
    if rule.kind == "case" and rule.prior < _SURE_CASE and _is_of_other_language(rule, setting):
        return False
    return (
        not rule.home
        or setting.jurisdiction in rule.jurisdictions
        or (setting.any_country and not setting.jurisdiction)
    )


def _is_of_other_language(rule: Rule, setting: Setting) -> bool:
    """Return whether no State of a rule writes as the text's does, or in the text's language if that is unknown."""
    named = [state for state in rule.jurisdictions if state not in INTERNATIONAL]
    if not setting.home:
        return bool(setting.language and named) and not legislators(setting.language).intersection(named)
    return bool(named) and not any(share_a_language(setting.home, state) for state in named)


def _own_setting(text: str, match: regex.Match[str], end: int, rule: Rule, setting: Setting) -> Setting:
    """Return the setting of one law: that of the state named in it or next to it, else that of its passage."""
    adjective = match.groupdict().get("adj") or ""
    if rule.kind not in _NATIONAL:
        return setting
    state = named_state(adjective) if adjective else adjacent_state(text, match.start(), end)
    if not state and (match.groupdict().get("title") or rule.kind == "code"):
        state = ending_state(text[match.start() : end].rstrip())
    if not state:
        return setting.at(match.start())
    return replace(setting, jurisdiction=state, any_country=False)


def _siblings(text: str, mention: Mention) -> Iterator[Mention]:
    """Yield the further laws after a plural: ``Leyes N° 17.016, …, N° 18.494, … y N° 19.149``."""
    reading = mention.readings[0]
    if reading.rule == "br_appeal":
        yield from _listed_cases(text, mention)
    if reading.type == "eu":
        yield from _listed_acts(text, mention)
    if mention.kind != "statute" or not _lists("plural").match(text, mention.start):
        return
    end = mention.end
    while match := _lists("next_law").match(text, end):
        end = match.start("number") + len(text[match.start("number") : match.end()].rstrip(" ,"))
        identity = canonical.law_id(reading.jurisdiction, reading.type, match["number"], match["year"] or "")
        again = replace(reading, canonical=identity, number=match["number"], year=match["year"] or "")
        yield Mention(match.start("start"), end, "statute", (again,))


def _listed_cases(text: str, mention: Mention) -> Iterator[Mention]:
    """Yield the further appeals of one class in a list: ``REsp 1.583.083, 1.597.380 e 1.609.067``."""
    reading, end = mention.readings[0], mention.end
    while match := _lists("next_case").match(text, end):
        end = match.end()
        identity = canonical.case_id(reading.jurisdiction, reading.type, match["number"], "")
        again = replace(reading, canonical=identity, number=match["number"])
        yield Mention(match.start("number"), end, "case", (again,))


def _listed_acts(text: str, mention: Mention) -> Iterator[Mention]:
    """Yield the further acts of the European Union in a list: ``Directives 2002/67/CE et 2008/5/CE``."""
    reading, end = mention.readings[0], mention.end
    act = WORD.match(text, mention.start)
    while act and (match := _lists("next_act").match(text, end)):
        end = match.end()
        identity = canonical.eu_act(act[0], match["first"], match["second"])
        again = replace(reading, canonical=identity, number=match["first"])
        yield Mention(match.start("first"), end, "statute", (again,))


def merge_mentions(mentions: Iterable[Mention]) -> list[Mention]:
    """Return the longest of overlapping mentions, with the readings of others that cover most of them."""
    merged = [mention for group in overlapping(mentions) for mention in _longest(group)]
    return sorted((replace(item, readings=rank(item.readings)) for item in merged), key=lambda item: item.start)


def _longest(group: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for mention in sorted(group, key=lambda item: (item.start - item.end, -_best(item))):
        rival = next((item for item in kept if overlap(item, mention)), None)
        if rival is None:
            kept.append(mention)
        elif mention.label == rival.label and mention.end - mention.start >= _RIVAL_SHARE * (rival.end - rival.start):
            kept[kept.index(rival)] = replace(rival, readings=rank((*rival.readings, *mention.readings)))
    return kept


def rank(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """Return readings with distinct ids, the most likely first."""
    best: dict[str, Reading] = {}
    for reading in sorted(readings, key=lambda item: -item.score):
        best.setdefault(reading.canonical, reading)
    return tuple(best.values())


@cache
def _bank() -> Bank:
    laws = load_bank("citations", "laws", "gazettes").rules
    titles = load_bank("law_titles", "titles").rules
    return make_bank((*laws, *load_bank("cases", "cases").rules, *titles, *named_laws()))


def _best(mention: Mention) -> float:
    return max((reading.score for reading in mention.readings), default=0.0)


@cache
def _lists(name: str) -> regex.Pattern[str]:
    return compiled("".join(load("nlp.citations")["lists"][name]), regex.I)


def _acts(text: str, setting: Setting) -> Iterator[Mention]:
    """Yield Acts, Rules and Orders by English short title, parsed backwards from the last word.

    Words other than ``Act`` require a following year, revision or State in brackets.
    """
    last_words, reached = frozenset(load("nlp.acts")["last"]), 0
    for word in WORD.finditer(text):
        if word.start() < reached or word[0] not in last_words or _of_body().match(text, word.end()):
            continue
        tail = _act_tail().match(text, word.end())
        year = (tail["year"] or "") if tail else ""
        title = _title_before(text, word.start())
        if not title or (not tail and not _is_sure(text, title, word)):
            continue
        end = reached = tail.end() if tail else word.end()
        start = word.start() - len(title)
        foreign = _ACRONYM.match(title)
        owned, named = owner(title)
        title = title[foreign.end() if foreign else named :]
        people = beginning_people(title)
        if people and " " not in title.strip():  # "the Nigerian Act" has no title
            continue
        state = owned or adjacent_state(text, word.start() - len(title), end) or people
        own = replace(setting, jurisdiction=state, any_country=False) if state else setting.at(start)
        yield Mention(start, end, "act", tuple(_act_readings(title, word[0].lower().rstrip("s"), year, own)))


def _is_sure(text: str, title: str, word: regex.Match[str]) -> bool:
    """Return whether a title without a year is one: of an Act, or with its State (``Land Law (Cayman Islands)``)."""
    if word[0].startswith("Act"):
        return not title.islower()
    if word[0] == "ACT" and _PROVISION_OF.search(text, max(0, word.start() - len(title) - _LINK), word.start()):
        return True
    return text.startswith(" (", word.end()) and adjacent_state(text, word.start() - len(title), word.end()) != ""


def _title_before(text: str, position: int) -> str:
    match = _act_title().search(text[max(0, position - _SHORT_TITLE) : position])
    title = _act_leading().sub("", match[0]) if match and not _unnamed().search(match[0]) else ""
    if match and title.count(")") > title.count("("):  # "Commission (Application to Summary Proceedings) Order"
        title = match[0]
    is_none = title.strip().capitalize() in ("", *load("nlp.acts")["no_titles"]) or title.startswith("(")
    return "" if is_none else title


def _act_readings(title: str, word: str, year: str, setting: Setting) -> Iterator[Reading]:
    known = setting.jurisdiction if setting.any_country else setting.home
    for country in load("nlp.acts")["common_law"] if setting.any_country and not known else (known,):
        identity = canonical.titled_id(country, word, title, year)
        yield Reading(identity, country, "act", title.strip(), year, "", "unchecked", 0.7, "en_act")


@cache
def _act_tail() -> regex.Pattern[str]:
    return compile_pattern("|".join(load("nlp.acts")["tails"]))


@cache
def _unnamed() -> regex.Pattern[str]:
    return compile_pattern(load("nlp.acts")["unnamed"], case_sensitive=True)


@cache
def _of_body() -> regex.Pattern[str]:
    return compile_pattern(load("nlp.acts")["of_bodies"], case_sensitive=True)


@cache
def _act_title() -> regex.Pattern[str]:
    return compile_pattern("|".join(load("nlp.acts")["titles"]), case_sensitive=True)


@cache
def _act_leading() -> regex.Pattern[str]:
    return compiled(rf"(?s)^(?:{'|'.join(load('nlp.acts')['leading'])})+")
