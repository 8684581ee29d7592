"""Treaty path: the instruments on which a state can request a measure from another on a date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from nlp.treaties.bilateral import RANKS, BilateralTreaty, treaties_between
from nlp.treaties.instruments import Instrument, instruments
from nlp.treaties.offences import Coverage, offence_of, scope_of
from nlp.treaties.participation import Participation, Source, Standing, Verification, participation

_FISCAL = frozenset(("TAX", "CUST"))
_DRUGS = frozenset(("DRUG", "PREC"))
_BILATERAL_NOTES = {"extradition": ("penalty_threshold",), "confiscation": ("proceeds_of_crime",)}


class Certainty(StrEnum):
    """Certainty of a path, by participation and scope."""

    APPLIES = "applies"
    CONDITIONAL = "conditional"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class TreatyRequest:
    """The question: two states (ISO 3166-1 alpha-2, or a part such as ``GB-SCT``), date, measure and offence.

    ``measure`` is a concept id; ``offence`` is a concept id or words, empty if unknown.
    """

    requesting: str
    requested: str
    day: date
    measure: str
    offence: str = ""


@dataclass(frozen=True, slots=True)
class Path:
    """An instrument for the request.

    ``conditions`` are the keys of the conditions of its application, ``notes`` of further information; ``displaced_by``
    is the instrument that replaced it between the two states, ``dual_criminality`` the provisions that allow a refusal
    if the conduct is not an offence in the requested state, ``dual_exempt`` those on the listed offences (of the annex
    ``dual_annex``, if any) that are exempt from them. ``parties`` are the participations of both states; a
    bilateral treaty has one for both.
    """

    instrument: str
    rank: int
    certainty: Certainty
    articles: tuple[str, ...]
    conditions: tuple[str, ...]
    parties: tuple[Participation, ...]
    channel: str
    languages: str
    notes: tuple[str, ...] = ()
    dual_criminality: tuple[str, ...] = ()
    dual_exempt: tuple[str, ...] = ()
    dual_annex: str = ""
    displaced_by: str = ""
    act: str = ""

    @property
    def is_recorded(self) -> bool:
        """Return whether a source names both states as parties at any time, so that only the date may be in doubt."""
        return all(party.listed for party in self.parties)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Return the sources of the participations."""
        both = [source for party in self.parties for source in (party.source, party.confirmed_by)]
        return tuple(dict.fromkeys(source for source in both if source))

    @property
    def verification(self) -> Verification:
        """Return the least verification of the participations of both states."""
        return max((party.verification for party in self.parties), key=list(Verification).index)


def treaty_paths(request: TreatyRequest) -> tuple[Path, ...]:
    """Return the instruments for a request in the order of citation in practice, unverified ones last.

    Last of all are those of which no participation of one of the states is recorded.
    """
    first, second = request.requesting[:2], request.requested[:2]
    offence = offence_of(request.offence)
    paths = [
        *_bilateral_paths(request, first, second, offence),
        *filter(None, (_path(item, request, first, second, offence) for item in instruments().values())),
    ]
    return tuple(sorted(_displaced(paths), key=_order))


def _order(path: Path) -> tuple[bool, bool, bool, int, str]:
    is_unverified = path.certainty is Certainty.UNVERIFIED
    return is_unverified, not path.is_recorded, bool(path.displaced_by), path.rank, path.instrument


def _path(instrument: Instrument, request: TreatyRequest, first: str, second: str, offence: str) -> Path | None:
    articles = instrument.articles_for(request.measure)
    scope = scope_of(instrument, offence, request.measure)
    if articles is None or scope.coverage is Coverage.OUTSIDE or not instrument.admits(first, second):
        return None
    parties = tuple(_party(instrument, state, request.day) for state in (first, second))
    standing = joint_standing(party.standing for party in parties)
    if standing is Standing.NOT_BOUND or not any(party.listed for party in parties):
        return None
    dual_criminality = instrument.dual_criminality.get(request.measure, ())
    own = (*instrument.conditions, *instrument.when.get(request.measure, ()))
    conditions = (*own, *scope.conditions, *_fiscal(instrument, offence))
    return Path(
        instrument=instrument.id,
        rank=instrument.rank,
        certainty=_certainty(standing, conditions),
        articles=articles,
        conditions=conditions,
        parties=parties,
        channel=instrument.channel,
        languages=instrument.languages,
        notes=instrument.notes,
        dual_criminality=dual_criminality,
        dual_exempt=instrument.dual_exempt if dual_criminality else (),
        dual_annex=instrument.dual_annex,
        act=instrument.act,
    )


def _party(instrument: Instrument, state: str, day: date) -> Participation:
    """Return a state's participation; it is not bound if it is not bound by a required other instrument."""
    own = participation(instrument, state, day)
    if instrument.needs and own.standing is not Standing.NOT_BOUND:
        parent = participation(instruments()[instrument.needs], state, day)
        if parent.standing is Standing.NOT_BOUND:
            return replace(own, standing=Standing.NOT_BOUND)
    return own


def joint_standing(standings: Iterable[Standing]) -> Standing:
    """Return the joint standing of several states: the worst of ``NOT_BOUND``, ``UNKNOWN`` and ``BOUND``."""
    distinct = set(standings)
    for worst in (Standing.NOT_BOUND, Standing.UNKNOWN):
        if worst in distinct:
            return worst
    return Standing.BOUND


def _certainty(standing: Standing, conditions: tuple[str, ...]) -> Certainty:
    if standing is not Standing.BOUND:
        return Certainty.UNVERIFIED
    return Certainty.CONDITIONAL if conditions else Certainty.APPLIES


def _fiscal(instrument: Instrument, offence: str) -> tuple[str, ...]:
    return ("fiscal_offence",) if instrument.fiscal and offence in _FISCAL else ()


def _bilateral_paths(request: TreatyRequest, first: str, second: str, offence: str) -> Iterator[Path]:
    for treaty in treaties_between(first, second):
        standing = treaty.standing(request.day)
        conditions = _bilateral_conditions(treaty, offence)
        if not treaty.serves(request.measure) or standing is Standing.NOT_BOUND or conditions is None:
            continue
        yield Path(
            instrument=treaty.id,
            rank=RANKS[treaty.kind],
            certainty=_certainty(standing, conditions),
            articles=treaty.articles.get(request.measure, ()),
            conditions=conditions,
            parties=(treaty.participation(request.day),),
            channel="diplomatic" if treaty.kind == "extradition" else "central_authority",
            languages="",
            notes=_BILATERAL_NOTES.get(treaty.kind, ()),
        )


def _bilateral_conditions(treaty: BilateralTreaty, offence: str) -> tuple[str, ...] | None:
    """Return the conditions of a bilateral treaty, None if it does not cover the offence."""
    if treaty.kind != "drugs" or offence in _DRUGS:
        return ()
    return ("drug_offence",) if offence in ("", "ML") else None


def _displaced(paths: list[Path]) -> Iterator[Path]:
    """Yield the paths; one replaced by another instrument in force between the two states becomes conditional."""
    in_force = {path.instrument for path in paths if path.certainty is not Certainty.UNVERIFIED}
    for path in paths:
        replacing = next((code for code in in_force if path.instrument in _displaced_by(code)), "")
        if replacing and path.certainty is Certainty.APPLIES:
            path = replace(path, certainty=Certainty.CONDITIONAL, conditions=(*path.conditions, "displaced"))
        yield replace(path, displaced_by=replacing)


def _displaced_by(code: str) -> frozenset[str]:
    return frozenset(instruments()[code].displaces) if code in instruments() else frozenset()
