"""Pages of requests: the register, and the review of one request beside its original."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import AnyOf, DataRequired, Length

from app.i18n import interface_variety
from app.labels import codes, country_in
from app.principal import current_access, current_principal, installation
from app.requests.additions import add_value, addable_fields
from app.requests.case_file import documents_beside
from app.requests.corrections import closed_values, names_of
from app.requests.deadlines.deadlines import COMPUTED, Deadline
from app.requests.deadlines.words import deadline_name, deadline_source
from app.requests.decisions import CONFIRMED, CORRECTED, REJECTED, VERDICTS
from app.requests.direction import is_outgoing
from app.requests.evidence import check_id, evidence_of, raised_places
from app.requests.file_translations import file_translations
from app.requests.letters.supplied import points_of
from app.requests.life.course import Course, course_among
from app.requests.readings import unread_requests
from app.requests.register import SOON, headline_deadlines
from app.requests.review import MAX_VALUE_LENGTH, Review, ReviewedValue, decide, review
from app.requests.search.search import PAGE_SIZE, search_requests
from app.requests.search.terms import example, facet_links, query_of
from app.requests.treaty_rows import rule_words, short_name
from app.requests.waiting import waiting
from app.requests.wording import FIELDS, value_details, value_words
from app.requests.written_identifiers import with_kind
from app.requests.written_values import has_data
from extraction.errors import RogatioError
from indexing.access import AccessFilter, Collection
from indexing.store.reading import Selection, Store
from indexing.store.schema import Status
from nlp.document_type import UNKNOWN
from nlp.treaties.bilateral import treaty_of

_ANSWER = "answer_by"
SUMMARY = ("measures", "offences", "legal_basis")
"""Fields whose values stand at the head of the page: measures, offences and legal basis."""

request_pages = Blueprint("requests", __name__, url_prefix="/requests")


class DecisionForm(FlaskForm):  # type: ignore[misc]
    """A decision on one proposal; ``text`` is the corrected value."""

    proposal = StringField(validators=[DataRequired(), Length(max=16)])
    verdict = StringField(validators=[AnyOf(VERDICTS)])
    text = StringField(validators=[Length(max=MAX_VALUE_LENGTH)])


class AdditionForm(FlaskForm):  # type: ignore[misc]
    """A value that a person adds to a field; a statement has no text.

    The field of an identifier has its kind behind it: ``identifiers:phone``.
    """

    field = StringField(validators=[DataRequired(), Length(max=40)])
    text = StringField(validators=[Length(max=MAX_VALUE_LENGTH)])


@request_pages.get("/")
def request_list() -> ResponseReturnValue:
    """Show the requests that match the query ``q``, with facets; ``page`` is that of the list.

    ``requesting``, ``requested``, ``measure`` and ``document_type`` restrict it further.
    """
    access, store = current_access(), installation().store
    query, page = query_of(request.args), max(1, request.args.get("page", 1, type=int))
    language, error = interface_variety(), ""
    try:
        found = search_requests(installation(), access, query, start=PAGE_SIZE * (page - 1))
    except RogatioError as refused:
        error, found = refused.sentence(interface_variety()), search_requests(installation(), access)
    shown = render_template(
        "requests.html",
        found=found,
        waiting=None if query else waiting(store, access, date.today()),
        deadline_name=lambda deadline: deadline_name(deadline, interface_variety()),
        deadline_source=lambda deadline: deadline_source(deadline, interface_variety()),
        instrument_name=_instrument_name,
        query=query,
        error=error,
        facets=facet_links(found, "" if error else query, language),
        page=page,
        pages=-(-found.total // PAGE_SIZE),
        unread=len(unread_requests(store, access)),
        unrecognised=_unrecognised(store, access),
        example=example(language),
        soon=SOON,
    )
    return shown, 422 if error else 200


def _instrument_name(instrument: str) -> str:
    """Return the name of an instrument by which requests are narrowed down; of a bilateral treaty with its States."""
    name = short_name(instrument, interface_variety())
    if treaty := treaty_of(instrument):
        return f"{name} ({'–'.join(country_in(interface_variety(), state) for state in treaty.states)})"
    return name


def _unrecognised(store: Store, access: AccessFilter) -> list[tuple[Collection, int]]:
    """Return the authorities with files of unknown type, which may be requests, and their number."""
    own = (held for held in store.collections(access) if held.authority)
    selections = ((held, Selection(held.id, status=Status.INDEXED, document_type=UNKNOWN)) for held in own)
    return [(held, number) for held, selection in selections if (number := store.count(access, selection))]


@request_pages.get("/<document_id>")
def request_page(document_id: str) -> str:
    """Show the fields of a request with decisions and controls, beside the evidence of ``show``.

    That is a proposal or a raised item of the completeness check.
    """
    store, access = installation().store, current_access()
    found = review(store, access, document_id, interface_variety())
    evidence = evidence_of(store, access, found, request.args.get("show", ""))
    course, known = course_among(store, access, document_id)
    today = date.today()
    return render_template(
        "request.html",
        is_own=is_outgoing(store, document_id),
        review=found,
        document=found.reading.document,
        beside=documents_beside(store, access, found.reading.document),
        course=course,
        today=today,
        summary={key: _shown_words(found, key) for key in SUMMARY},
        headline=headline_deadlines(course.deadlines, today),
        running=[one for one in course.deadlines if not one.met],
        deadline_name=lambda deadline: deadline_name(deadline, interface_variety()),
        translations=list(file_translations(store, access, course, known)),
        supplied={one.key: one for one in points_of(store, course, known).supplied},
        order=[key for key in FIELDS if key in found.fields],
        absent=_absent(found),
        words=value_words,
        article=lambda check: rule_words(check["instrument"], check["provision"] or "", interface_variety()),
        details=value_details,
        due=_due_days(course),
        deadline_source=lambda deadline: deadline_source(deadline, interface_variety()),
        verdicts=(CONFIRMED, REJECTED),
        correction=CORRECTED,
        evidence=evidence,
        check_ids={check["key"]: check_id(check["key"]) for check in raised_places(found)},
        neighbours=_neighbours(found, evidence.value.id if evidence else ""),
        addable=addable_fields(found),
        choices={key: names_of(key, interface_variety()) for key in found.fields if closed_values(key)},
        identifier_kinds=codes("request_identifier"),
        with_data=("deadlines", "identifiers", "measures", "persons"),
        form=DecisionForm(formdata=None),
    )


@request_pages.post("/<document_id>/decisions")
def decision(document_id: str) -> Response:
    """Record a decision and go on to the next proposal that nobody decided on, else back to this one."""
    form = DecisionForm()
    if not form.validate_on_submit():
        raise RogatioError("app.form_invalid")
    access, principal = current_access(), current_principal()
    proposal, verdict, text = form.proposal.data, form.verdict.data, form.text.data or ""
    store = installation().store
    decide(store, access, principal, document_id, proposal, verdict, text)
    values = ordered_values(review(store, access, document_id))
    at = next((place for place, value in enumerate(values) if value.id == proposal), 0)
    left = [value.id for value in (*values[at + 1 :], *values[:at]) if value.decision is None]
    flash(gettext("requests.saved") if left else gettext("requests.all_decided"))
    shown = left[0] if left else proposal
    return redirect(url_for(".request_page", document_id=document_id, show=shown, _anchor=f"p-{shown}"))


@request_pages.post("/<document_id>/values")
def addition(document_id: str) -> Response:
    """Add a value to a field, confirmed by the person, and show it."""
    form = AdditionForm()
    if not form.validate_on_submit():
        raise RogatioError("app.form_invalid")
    store, access, principal = installation().store, current_access(), current_principal()
    field, _, kind = form.field.data.partition(":")
    written = (form.text.data or "").strip()
    text = with_kind(written, kind if written and not has_data(written) else "")
    added = add_value(store, access, principal, document_id, field, text)
    flash(gettext("requests.saved"))
    return redirect(url_for(".request_page", document_id=document_id, show=added, _anchor=f"p-{added}"))


def _shown_words(found: Review, field: str) -> list[str]:
    """Return the values of a field that nobody rejected in words, each once; of a known instrument its name alone."""
    values = [value.current for value in found.fields.get(field, ()) if value.state != REJECTED]
    return list(dict.fromkeys(_instrument_of(value) or value_words(field, value) for value in values))


def _instrument_of(value: object) -> str:
    instrument = value.get("instrument") if isinstance(value, Mapping) else None
    return _instrument_name(instrument) if instrument else ""


def _absent(found: Review) -> list[str]:
    """Return the fields that were not found.

    A day by which the answer is expected takes the place of a period; one of preservation belongs to that measure.
    """
    absent = set(FIELDS) - set(found.fields)
    if any(map(_is_answer_day, found.fields.get("deadlines", ()))):
        absent.discard("answer_period")
    if not any(one.value.get("measure") == "data_preservation" for one in found.fields.get("measures", ())):
        absent.discard("preservation_period")
    return [key for key in FIELDS if key in absent]


def _is_answer_day(value: ReviewedValue) -> bool:
    return isinstance(value.value, Mapping) and (value.value.get("reason") or _ANSWER) == _ANSWER


def _due_days(course: Course) -> dict[str, Deadline]:
    """Return the deadlines that were computed from proposals of a request, by id of the proposal.

    A translation has none, its original does.
    """
    computed = (deadline for deadline in course.deadlines if deadline.origin == COMPUTED)
    return {deadline.proposal: deadline for deadline in computed if deadline.proposal}


def ordered_values(found: Review) -> list[ReviewedValue]:
    """Return the proposals of a request in the order of the page."""
    return [value for key in FIELDS for value in found.fields.get(key, ())]


def _neighbours(found: Review, shown: str) -> tuple[str, str]:
    """Return the ids of the raised items and proposals before and after the shown one, empty at the ends."""
    checks = [check_id(check["key"]) for check in raised_places(found)]
    ids = [*checks, *(value.id for value in ordered_values(found))]
    at = ids.index(shown) if shown in ids else -1
    return ids[at - 1] if at > 0 else "", ids[at + 1] if 0 <= at < len(ids) - 1 else ""
