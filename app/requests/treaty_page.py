"""Treaty path: the form for two States, a day and a measure, and the applicable instruments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from babel import Locale
from flask import Blueprint, render_template, request

from app.error_pages import status_of
from app.i18n import interface_variety
from app.labels import country, offence
from app.requests.treaty_request import read_treaty_request
from app.requests.treaty_rows import (
    authority_text,
    cited_articles,
    offence_notices,
    party_text,
    path_declarations,
    points_to_check,
    short_name,
    source_title,
    treaty_wording,
)
from extraction.errors import RogatioError
from indexing.analysis.folding import fold
from nlp.state_languages import accepted_languages
from nlp.treaties.authorities import addressed_authorities, known_states, sourced_authorities
from nlp.treaties.instruments import measures
from nlp.treaties.path import Certainty, Path, TreatyRequest, treaty_paths

treaty_pages = Blueprint("treaty_paths", __name__, url_prefix="/requests")


@dataclass(frozen=True, slots=True)
class TreatyForm:
    """What the form holds, as it was given."""

    requesting: str
    requested: str
    day: str
    measure: str
    offence: str

    @property
    def is_empty(self) -> bool:
        return not (self.requesting or self.requested or self.measure)


@treaty_pages.get("/treaty-path")
def treaty_path() -> tuple[str, int]:
    """Show the form and, once it is filled in, the instruments; errors are shown above the form."""
    names = ("from", "to", "date", "measure", "offence")
    form = TreatyForm(*(request.args.get(name, "").strip()[:200] for name in names))
    try:
        made = None if form.is_empty else _request(form)
        problem = None
    except RogatioError as error:
        made, problem = None, error
    return _page(form, made, problem), status_of(problem) if problem else 200


def _request(form: TreatyForm) -> TreatyRequest:
    return read_treaty_request(form.requesting, form.requested, form.day, form.measure, form.offence)


def _page(form: TreatyForm, made: TreatyRequest | None, problem: RogatioError | None) -> str:
    paths = treaty_paths(made) if made else ()
    return render_template(
        "treaty_path.html",
        asked=form,
        made=made,
        problem=problem.sentence(interface_variety()) if problem else "",
        paths=paths,
        groups=[(group, list(rows)) for group, rows in groupby(paths, _group)],
        view=PathView(made, interface_variety()) if made else None,
        states=_states(),
        measures=sorted(((code, offence(code)) for code in measures()), key=lambda named: fold(named[1])),
        today=date.today().isoformat(),
    )


def _group(path: Path) -> str:
    """Return the table of a path: in force, to be verified, or without recorded participation, which is folded."""
    if path.certainty is not Certainty.UNVERIFIED:
        return "certain"
    return "to_verify" if path.is_recorded else "not_recorded"


def _states() -> list[tuple[str, str]]:
    """Return the States with a known central authority or participation, by name."""
    listed = known_states()
    return sorted(((code, country(code)) for code in listed if len(code) == 2 and code != "EU"), key=_name)


def _name(state: tuple[str, str]) -> str:
    return fold(state[1])


@dataclass(frozen=True, slots=True)
class PathView:
    """The wording of the paths of one request in one language or variety."""

    request: TreatyRequest
    language: str

    def name(self, path: Path) -> str:
        return short_name(path.instrument, self.language)

    def articles(self, path: Path) -> str:
        return cited_articles(path.articles, self.language)

    def certainty(self, path: Path) -> str:
        return treaty_wording("certainty", path.certainty, self.language)

    def verification(self, path: Path) -> str:
        return treaty_wording("verification", path.verification, self.language)

    def to_check(self, path: Path) -> list[str]:
        return points_to_check(path, self.language)

    def notices(self) -> list[str]:
        return offence_notices(self.request, self.language)

    def declarations(self, path: Path) -> list[tuple[str, str, str]]:
        """Return the state, the articles and the words of each declaration."""
        return [
            (
                country(declaration.state),
                cited_articles(declaration.articles, self.language),
                treaty_wording("declarations", declaration.key, self.language),
            )
            for declaration in path_declarations(path, self.request)
        ]

    def parties(self, path: Path) -> list[tuple[str, str]]:
        """Return each State, or both for a bilateral treaty, with its position."""
        return [
            (" – ".join(country(code) for code in party.state.split("-")), party_text(party, self.language))
            for party in path.parties
        ]

    def channel(self, path: Path) -> str:
        return treaty_wording("channels", path.channel, self.language)

    def languages(self) -> str:
        names = Locale.parse(self.language, sep="-").languages
        return ", ".join(str(names.get(code, code)) for code in accepted_languages(self.request.requested))

    def direct(self, paths: Sequence[Path]) -> str:
        """Return the names of the instruments in force whose requests go directly to a judicial authority."""
        in_force = [path for path in paths if path.certainty is not Certainty.UNVERIFIED and not path.displaced_by]
        return ", ".join(self.name(path) for path in in_force if path.channel == "direct")

    def authorities(self, paths: Sequence[Path]) -> str:
        """Return the usual central authorities of the requested State, with the sources that name them.

        Empty if no instrument has a channel through them.
        """
        if paths and all(path.channel in ("direct", "provider") for path in paths):
            return ""
        usual = sourced_authorities(self.request.requested, "", "", "")
        return "; ".join(authority_text(one, self.language) for one in usual)

    def own_authorities(self, path: Path) -> list[str]:
        """Return the authorities specific to the instrument, the measure or the requesting State."""
        request = self.request
        usual = sourced_authorities(request.requested, "", "", "")
        between = (request.requested, path.instrument, request.measure, request.requesting[:2])
        named = addressed_authorities(*between, path.channel)
        return [authority_text(one, self.language) for one in named if one not in usual]

    def sources(self, path: Path) -> list[tuple[str, date, date | None]]:
        return [(source_title(source, self.language), source.as_of, source.checked_on) for source in path.sources]
