"""The machine form of treaty paths, and names of instruments and their conditions in a language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.i18n import written_date
from app.treaty_citations import treaty_place
from app.wording import worded_in
from extraction.characters import one_line
from extraction.resource import load
from nlp.state_languages import accepted_languages
from nlp.treaties.authorities import (
    CentralAuthority,
    Declaration,
    addressed_authorities,
    declarations,
    languages_verification,
)
from nlp.treaties.bilateral import treaty_of
from nlp.treaties.offences import offence_of
from nlp.treaties.participation import Participation, Source, Standing
from nlp.treaties.path import Path, TreatyRequest, treaty_paths

Row = dict[str, Any]


def path_answer(request: TreatyRequest, language: str) -> Row:
    """Return the machine form of the instruments for a request: with the concept as which its offence was understood.

    ``offence`` is None without one, and where it is not recognised, which ``notices`` then states.
    """
    return {
        "instruments": [path_row(path, request, language) for path in treaty_paths(request)],
        "offence": offence_of(request.offence) or None,
        "notices": offence_notices(request, language),
    }


def offence_notices(request: TreatyRequest, language: str) -> list[str]:
    """Return the sentence that an offence is not recognised, as a list with at most this one."""
    if not request.offence or offence_of(request.offence):
        return []
    words = worded_in(load("app.treaty_path")["offence_unknown"], language)
    return [words.format(offence=one_line(request.offence)[:80])]


def path_row(path: Path, request: TreatyRequest, language: str) -> Row:
    """Return one instrument with its articles, certainty, parties, channel, authorities and state of verification."""
    states = (request.requesting, request.requested)
    named = {
        role: addressed_authorities(state, path.instrument, request.measure, partner[:2], path.channel)
        for role, state, partner in zip(("requesting", "requested"), states, reversed(states), strict=True)
    }
    return {
        "instrument": path.instrument,
        "name": short_name(path.instrument, language),
        "act": path.act or None,
        "articles": list(path.articles),
        "certainty": path.certainty.value,
        "recorded": path.is_recorded,
        "conditions": [{"key": key, "text": condition_text(path, key, language)} for key in path.conditions],
        "notes": list(_notes(path, language)),
        "displaced_by": path.displaced_by or None,
        "dual_criminality": list(path.dual_criminality),
        "parties": [_party(party) for party in path.parties],
        "declarations": [_declaration(declaration, language) for declaration in path_declarations(path, request)],
        "languages": {
            "article": path.languages or None,
            "accepted": list(accepted_languages(request.requested, (path.instrument,))),
            "verification": languages_verification().value,
        },
        "channel": {"key": path.channel, "text": treaty_wording("channels", path.channel, language)},
        "central_authorities": {role: [one.name for one in authorities] for role, authorities in named.items()},
        "central_authority_sources": {
            role: [_authority(one, language) for one in authorities] for role, authorities in named.items()
        },
        "verification": path.verification.value,
        "sources": [_source(source, language) for source in path.sources],
    }


def authority_text(authority: CentralAuthority, language: str) -> str:
    """Return the name of an authority and, in brackets, each source that names it with its date."""
    read = "; ".join(
        f"{source_title(source, language)}, {written_date(source.as_of.isoformat(), language)}"
        for source in authority.sources
    )
    return f"{authority.name} ({read})" if read else authority.name


def path_declarations(path: Path, request: TreatyRequest) -> tuple[Declaration, ...]:
    """Return the declarations of the two States that concern a path."""
    return declarations(path.instrument, (request.requesting[:2], request.requested[:2]))


def treaty_wording(kind: str, key: str, language: str) -> str:
    """Return the wording of a key of ``resources/treaty_path.yaml``."""
    return worded_in(load("app.treaty_path")[kind][key], language)


def short_name(instrument: str, language: str) -> str:
    """Return the short name of an instrument, of a bilateral treaty its kind and date of signature.

    An identifier without a name is returned unchanged.
    """
    if treaty := treaty_of(instrument):
        kind, signed = treaty_wording("kinds", treaty.kind, language), written_date(treaty.signed.isoformat(), language)
        return worded_in(load("app.treaty_path")["signed"], language).format(kind=kind, date=signed)
    own = load("app.treaty_path")["names"].get(instrument)
    known = own or load("app.instrument_names")["treaties"].get(instrument)
    return worded_in(known, language) if known else instrument


def condition_text(path: Path, key: str, language: str) -> str:
    """Return a condition of a path in words."""
    return treaty_wording("conditions", key, language).format(instrument=short_name(path.displaced_by, language))


def points_to_check(path: Path, language: str) -> list[str]:
    """Return in words the conditions of a path, its notes, and where dual criminality may be required."""
    dual = worded_in(load("app.treaty_path")["dual_criminality"], language)
    required = [dual.format(articles=cited_articles(path.dual_criminality, language))] * bool(path.dual_criminality)
    conditions = [condition_text(path, key, language) for key in path.conditions]
    notes = [note["text"] for note in _notes(path, language)]
    own = len(path.notes)
    return [*conditions, *notes[:own], *required, *notes[own:]]


def _notes(path: Path, language: str) -> Iterator[Row]:
    """Yield the notes on a path, last the one on the offences for which dual criminality cannot be required."""
    for key in path.notes:
        yield {"key": key, "text": treaty_wording("notes", key, language)}
    if path.dual_exempt:
        words = treaty_wording("dual_exempt", "annex" if path.dual_annex else "listed", language)
        articles = cited_articles(path.dual_exempt, language)
        yield {"key": "dual_exempt", "text": words.format(annex=path.dual_annex, articles=articles)}


def cited_articles(articles: tuple[str, ...], language: str) -> str:
    """Return articles as citations; those of another instrument (``UNTOC 18(3)``) with its name."""
    return ", ".join(_cited(place, language) for place in articles)


def _cited(place: str, language: str) -> str:
    instrument, _, number = place.rpartition(" ")
    shown = treaty_place(f"UNTOC {number}", language) or number
    return f"{short_name(instrument, language)}, {shown}" if instrument else shown


def party_text(party: Participation, language: str) -> str:
    """Return a State's position in words, with the date on which it is based."""
    bound = party.standing is Standing.BOUND
    if bound and party.since:
        key, day = "bound", party.since
    elif bound and party.latest:
        key, day = "latest", party.latest
    elif bound and party.source:
        key, day = "listed", party.source.as_of
    elif party.since:
        key, day = "recorded", party.since
    elif party.listed or party.source is None:
        key, day = "unknown", None
    else:
        key, day = "unlisted", party.source.as_of
    return treaty_wording("standing", key, language).format(date=written_date(day.isoformat(), language) if day else "")


def source_title(source: Source, language: str) -> str:
    """Return the title of a source in the reader's language; the title of a publication unchanged."""
    own = load("app.treaty_path")["sources"].get(source.id)
    return worded_in(own, language) if own else source.title


def _party(party: Participation) -> Row:
    return {
        "state": party.state,
        "standing": party.standing.value,
        "deposited": party.deposited.isoformat() if party.deposited else None,
        "in_force": party.since.isoformat() if party.since else None,
        "in_force_by": party.latest.isoformat() if party.latest else None,
        "ended": party.until.isoformat() if party.until else None,
        "source": party.source.id if party.source else None,
        "confirmed_by": party.confirmed_by.id if party.confirmed_by else None,
        "verification": party.verification.value,
    }


def _authority(authority: CentralAuthority, language: str) -> Row:
    return {
        "name": authority.name,
        "verification": authority.verification.value,
        "sources": [_source(source, language) for source in authority.sources],
    }


def _declaration(declaration: Declaration, language: str) -> Row:
    return {
        "state": declaration.state,
        "kind": declaration.kind,
        "articles": list(declaration.articles),
        "text": treaty_wording("declarations", declaration.key, language),
        "source": declaration.source.id,
        "verification": "verified" if declaration.source.verified else "unverified",
    }


def _source(source: Source, language: str) -> Row:
    return {
        "id": source.id,
        "title": source_title(source, language),
        "as_of": source.as_of.isoformat(),
        "checked_on": source.checked_on.isoformat() if source.checked_on else None,
        "verification": "verified" if source.verified else "unverified",
    }


def rule_words(instrument: str, provision: str, language: str) -> str:
    """Return the rule behind a point of the completeness check as a citation; ``provision`` may be empty."""
    name = short_name(instrument, language)
    return f"{name}, {treaty_place(f'UNTOC {provision}', language) or f'art. {provision}'}" if provision else name
