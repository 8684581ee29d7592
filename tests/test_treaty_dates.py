"""Dates of participation in treaties: the rules of entry into force, and what no date can contradict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest

from extraction.resource import load
from nlp.treaties.instruments import Instrument, instruments
from nlp.treaties.participation import Participation, Source, participation, sources

LAST = date(2100, 1, 1)

# Day on which the instrument was opened for signature or concluded: no consent was deposited before it.
OPENED = {
    "UNTOC": "2000-12-12", "UNTOC-TIP": "2000-12-12", "UNTOC-SOM": "2000-12-12", "UNTOC-ARMS": "2001-07-02",
    "UNCAC": "2003-12-09", "VIENNA88": "1988-12-20", "SC1961": "1961-03-30", "PSY1971": "1971-02-21",
    "ICSFT": "2000-01-10", "BUD": "2001-11-23", "ECMA59": "1959-04-20", "ECMA59-AP1": "1978-03-17",
    "ECMA59-AP2": "2001-11-08", "ECE57": "1957-12-13", "CETS141": "1990-11-08", "CETS198": "2005-05-16",
    "EU-MLA2000": "2000-05-29", "NASSAU": "1992-05-23", "NASSAU-P": "1993-06-11", "CICC": "1996-03-29",
    "CIAT": "2002-06-03", "CIFTA": "1997-11-14", "OECD1997": "1997-12-17", "SANLUIS": "1996-06-25",
    "CPLP-AJ": "2005-11-23", "MEDELLIN": "2019-07-24", "CARI-MLA": "2005-07-06", "PAN75": "1975-01-30",
    "PAN75-P": "1979-05-08",
}  # fmt: skip

# First day of states that came into being after 1957 and under which no earlier consent counts as theirs.
FOUNDED = {
    "AG": "1981-11-01", "BB": "1966-11-30", "BS": "1973-07-10", "BZ": "1981-09-21", "DM": "1978-11-03",
    "GD": "1974-02-07", "GY": "1966-05-26", "JM": "1962-08-06", "KN": "1983-09-19", "LC": "1979-02-22",
    "SR": "1975-11-25", "TT": "1962-08-31", "VC": "1979-10-27", "CY": "1960-08-16", "MT": "1964-09-21",
    "CZ": "1993-01-01", "SK": "1993-01-01", "HR": "1991-06-25", "SI": "1991-06-25", "MK": "1991-09-08",
    "BA": "1992-03-01", "ME": "2006-06-03", "EE": "1991-08-20", "LV": "1990-05-04", "LT": "1990-03-11",
    "AM": "1991-08-23", "AZ": "1991-08-30", "GE": "1991-04-09", "MD": "1991-08-27", "KZ": "1991-12-16",
    "KG": "1991-08-31", "TJ": "1991-09-09", "TM": "1991-10-27", "UZ": "1991-08-31", "AO": "1975-11-11",
    "CV": "1975-07-05", "GW": "1973-09-24", "MZ": "1975-06-25", "ST": "1975-07-12", "TL": "2002-05-20",
    "NA": "1990-03-21", "ER": "1993-05-24", "ZW": "1980-04-18", "PW": "1994-10-01", "MH": "1986-10-21",
    "FM": "1986-11-03", "VU": "1980-07-30", "SB": "1978-07-07", "KI": "1979-07-12", "PG": "1975-09-16",
    "FJ": "1970-10-10", "BD": "1971-03-26", "BN": "1984-01-01", "DJ": "1977-06-27", "SC": "1976-06-29",
}  # fmt: skip

ACCESSION = {
    **dict.fromkeys(("AT", "FI", "SE"), "1995-01-01"),
    **dict.fromkeys(("CY", "CZ", "EE", "HU", "LT", "LV", "MT", "PL", "SI", "SK"), "2004-05-01"),
    **dict.fromkeys(("BG", "RO"), "2007-01-01"),
    "HR": "2013-07-01",
}
"""First day of membership of the European Union, of states that joined after its acts of cooperation began."""

FIXED_OTHERWISE = {
    # the depositary states 1 January 1977, one day after the ninetieth day
    ("ECMA59", "DE"),
    # the Council fixed the day under the Act of Accession of 2005
    ("EU-MLA2000", "BG"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the lists; ``known`` is the participation as the program reads it."""

    instrument: Instrument
    state: str
    source: Source
    deposited: date | None
    in_force: date | None
    known: Participation

    @property
    def name(self) -> tuple[str, str]:
        return self.instrument.id, self.state


def _rows() -> Iterator[Row]:
    for code, lists in load("nlp.treaty_parties").items():
        for entry in lists:
            for state, value in entry["parties"].items():
                given = value if isinstance(value, dict) else {"deposited": value}
                known = participation(instruments()[code], state, LAST)
                source = sources()[entry["source"]]
                yield Row(instruments()[code], state, source, given.get("deposited"), given.get("in_force"), known)


ROWS = tuple(_rows())


def test_a_state_is_bound_on_the_day_that_the_rule_of_the_instrument_gives() -> None:
    both = [row for row in ROWS if row.deposited and row.in_force]
    wrong = {row.name for row in both if row.instrument.binds_from(row.deposited or LAST) != row.in_force}
    assert wrong == FIXED_OTHERWISE
    assert {"BUD", "ECMA59", "ECMA59-AP2", "EU-MLA2000", "SANLUIS", "CPLP-AJ", "MEDELLIN"} <= {
        row.instrument.id for row in both
    }


@pytest.mark.parametrize(
    ("instrument", "deposited", "bound"),
    [
        ("UNTOC", "2005-03-04", "2005-04-03"),
        ("UNCAC", "2006-10-27", "2006-11-26"),
        ("VIENNA88", "1994-06-10", "1994-09-08"),
        ("BUD", "2011-09-30", "2012-01-01"),
        ("BUD", "2011-10-01", "2012-02-01"),
        ("NASSAU", "2012-03-14", "2012-04-13"),
        ("CPLP-AJ", "2018-08-22", "2018-09-01"),
        ("CPLP-AJ", "2018-12-01", "2019-01-01"),
        ("MEDELLIN", "2021-06-02", "2022-05-09"),
        ("MEDELLIN", "2023-12-12", "2024-02-11"),
    ],
)
def test_the_rule_of_an_instrument(instrument: str, deposited: str, bound: str) -> None:
    assert instruments()[instrument].binds_from(date.fromisoformat(deposited)) == date.fromisoformat(bound)


def test_nobody_was_bound_before_the_instrument_was_in_force() -> None:
    for row in ROWS:
        for day in (row.known.since, row.known.latest):
            assert day is None or day >= row.instrument.earliest, row.name


def test_nothing_was_deposited_before_the_instrument_was_open_or_after_the_list_of_its_source() -> None:
    for row in ROWS:
        if row.deposited:
            assert row.deposited >= date.fromisoformat(OPENED[row.instrument.id]), row.name
            assert row.deposited <= row.source.as_of or not row.source.verified, row.name


def test_no_state_was_bound_before_it_existed() -> None:
    for row in ROWS:
        founded = date.fromisoformat(FOUNDED.get(row.state, "1900-01-01"))
        assert (row.deposited or row.known.since or LAST) >= founded, row.name


def test_no_member_took_part_in_acts_of_the_union_before_its_accession() -> None:
    groups = load("nlp.treaty_instruments")["groups"]
    of_the_union = [row for row in ROWS if row.instrument.members and row.instrument.members <= {*groups["EU"], "GB"}]
    assert of_the_union
    for row in of_the_union:
        accession = date.fromisoformat(ACCESSION.get(row.state, "1958-01-01"))
        assert (row.known.since or LAST) >= accession, row.name


def test_participation_ends_after_it_began() -> None:
    ended = [row for row in ROWS if row.known.until]
    assert ended
    for row in ended:
        assert row.known.since is not None, row.name
        assert row.known.until is not None, row.name
        assert row.known.since < row.known.until, row.name


def test_a_state_is_bound_by_the_convention_no_later_than_by_its_protocol() -> None:
    for row in ROWS:
        if not row.instrument.needs:
            continue
        convention = participation(instruments()[row.instrument.needs], row.state, LAST)
        assert convention.listed, row.name
        if convention.since and row.known.since:
            assert convention.since <= row.known.since, row.name


def test_a_state_is_listed_once() -> None:
    """A second row for the same state would be ignored."""
    assert [name for name, count in Counter(row.name for row in ROWS).items() if count > 1] == []


def test_every_source_is_used_and_every_verification_has_a_day() -> None:
    used = {row.source.id for row in ROWS}
    used |= {entry["source"] for lists in load("nlp.treaty_parties").values() for entry in lists}
    used |= {entry[key] for entry in load("nlp.treaty_bilateral") for key in ("source", "listed_by") if key in entry}
    states = load("nlp.central_authorities")["states"].values()
    used |= {key for state in states for one in state["authorities"] for key in one.get("sources", ())}
    assert used == set(sources())
    for source in sources().values():
        assert source.verified == (source.checked_on is not None), source.id


def test_only_a_party_can_make_a_declaration() -> None:
    listed = {row.name for row in ROWS}
    for entry in load("nlp.treaty_declarations"):
        assert (entry["instrument"], entry["state"]) in listed, entry
