"""Multilateral instruments (``resources/treaty_instruments.yaml``): scope, articles and entry into force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from extraction.resource import load

_DUAL_CRIMINALITY = ("search_seizure", "freezing", "confiscation", "interception")
"""Measures for which treaties commonly allow dual criminality to be required."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """A treaty or an act of the European Union.

    ``in_force`` is the date on which the instrument entered into force, None if it has not or the date is unknown; it
    binds no state before ``earliest``. ``articles`` maps a measure to the articles on it, ``other`` to those for all
    measures without entry; measures in ``outside`` are not covered. ``offences`` are concept ids, ``partly`` those
    covered only under a condition, ``evidence`` measures covered for any offence and ``electronic`` those covered for
    evidence in electronic form. ``conditions`` (and ``when``, those of single measures) decide on applicability,
    ``notes`` are further information; both are keys of the wording. ``members`` are the states that can be parties,
    empty if any state can. ``displaces`` maps an instrument that this one replaces between its parties to the article
    that provides so. ``dual_criminality`` maps a measure to the provisions that allow a refusal if the conduct is not
    an offence in the requested state; ``dual_exempt`` are those on the listed offences, punishable in the issuing state
    by at least three years, that are exempt from it, and ``dual_annex`` is the annex that lists them.
    """

    id: str
    rank: int
    act: str
    in_force: date | None
    earliest: date
    entry_days: int
    entry_months: int | None
    members: frozenset[str]
    hub: frozenset[str]
    needs: str
    general: bool
    offences: frozenset[str]
    partly: frozenset[str]
    evidence: frozenset[str]
    electronic: frozenset[str]
    conditions: tuple[str, ...]
    when: Mapping[str, tuple[str, ...]]
    notes: tuple[str, ...]
    articles: Mapping[str, tuple[str, ...]]
    outside: frozenset[str]
    displaces: Mapping[str, str]
    dual_criminality: Mapping[str, tuple[str, ...]]
    dual_exempt: tuple[str, ...]
    dual_annex: str
    fiscal: str
    channel: str
    languages: str

    def articles_for(self, measure: str) -> tuple[str, ...] | None:
        """Return the articles on ``measure``, None if the instrument does not cover it."""
        if measure in self.outside:
            return None
        return self.articles.get(measure, self.articles.get("other"))

    def binds_from(self, deposited: date) -> date | None:
        """Return the date from which a state is bound that deposited its consent on ``deposited``, or None."""
        if self.in_force is None:
            return None
        if self.entry_months is None:
            return max(self.in_force, deposited + timedelta(self.entry_days))
        return max(self.in_force, _month_after(deposited, self.entry_months))

    def admits(self, first: str, second: str) -> bool:
        """Return whether both states can be parties, and one of them is a required party, if any."""
        states = {first, second}
        return (not self.members or states <= self.members) and (not self.hub or bool(self.hub & states))


def _month_after(day: date, months: int) -> date:
    """Return the first day of the month after ``months`` full months, as in treaties of the Council of Europe."""
    years, month = divmod(day.month + months, 12)
    return date(day.year + years, month + 1, 1)


def measures() -> tuple[str, ...]:
    """Return the concept ids of the measures that can be requested."""
    return tuple(load("nlp.treaty_instruments")["measures"])


@cache
def instruments() -> Mapping[str, Instrument]:
    """Return every multilateral instrument by its identifier."""
    entries: Mapping[str, Mapping[str, Any]] = load("nlp.treaty_instruments")["instruments"]
    return {code: _instrument(code, entry, entries) for code, entry in entries.items()}


def _instrument(code: str, entry: Mapping[str, Any], entries: Mapping[str, Mapping[str, Any]]) -> Instrument:
    entry_rule = entry.get("entry", {})
    parent = entries[entry["with"]] if "with" in entry else {}
    return Instrument(
        id=code,
        rank=entry["rank"],
        act=entry.get("act", ""),
        in_force=entry["in_force"],
        earliest=entry["in_force"] or entry["adopted"],
        entry_days=entry_rule.get("days", 0),
        entry_months=entry_rule.get("months"),
        members=frozenset(_members(entry.get("members", ()))),
        hub=frozenset(entry.get("hub", ())),
        needs=entry.get("needs", ""),
        general=entry.get("general", False),
        offences=frozenset(entry.get("offences", ())),
        partly=frozenset(entry.get("partly", ())),
        evidence=frozenset(entry.get("evidence", ())),
        electronic=frozenset(entry.get("electronic", ())),
        conditions=tuple(entry.get("conditions", ())),
        when={measure: tuple(keys) for measure, keys in entry.get("when", {}).items()},
        notes=tuple(entry.get("notes", ())),
        articles=_protocol_articles(entry, parent) if parent else _articles(entry),
        outside=frozenset(entry.get("not", ())),
        displaces=entry.get("displaces", {}),
        dual_criminality=_dual_criminality(entry.get("dual_criminality", parent.get("dual_criminality", ()))),
        dual_exempt=tuple(entry.get("dual_exempt", ())),
        dual_annex=entry.get("dual_annex", ""),
        fiscal=entry.get("fiscal", ""),
        channel=entry["channel"],
        languages=entry["languages"],
    )


def _members(listed: str | list[str]) -> Iterator[str]:
    """Yield the states of a group or of a list of states and groups."""
    groups: Mapping[str, list[str]] = load("nlp.treaty_instruments")["groups"]
    for name in [listed] if isinstance(listed, str) else listed:
        yield from groups.get(name, [name])


def _dual_criminality(listed: list[str] | Mapping[str, list[str]]) -> Mapping[str, tuple[str, ...]]:
    if isinstance(listed, Mapping):
        return {measure: tuple(places) for measure, places in listed.items()}
    return dict.fromkeys(_DUAL_CRIMINALITY, tuple(listed))


def _articles(entry: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    return {measure: tuple(places) for measure, places in entry["articles"].items()}


def _protocol_articles(entry: Mapping[str, Any], parent: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    """Return the articles of a protocol applying its convention ``mutatis mutandis``: its own and the convention's."""
    own = tuple(entry["own"])
    return {
        measure: (*own, *(f"{entry['with']} {place}" for place in places))
        for measure, places in parent["articles"].items()
    }
