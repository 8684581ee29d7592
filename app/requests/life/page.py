"""Page of the course of a request: state, time line, deadlines, linked letters; and the list of proposed links."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import IntegerField, StringField
from wtforms.validators import AnyOf, DataRequired, Length

from app.i18n import interface_locale, interface_variety
from app.principal import current_access, current_principal, installation
from app.requests.chart import month_name
from app.requests.deadlines.sentences import stated_sentences
from app.requests.deadlines.words import deadline_name, deadline_source
from app.requests.decided_fields import decisions_by_document
from app.requests.direction import is_outgoing
from app.requests.life.course import (
    Course,
    course_among,
    courses,
    letters_to_read,
    linkable_letters,
    proposed_statuses,
    reported_states,
)
from app.requests.life.events import MAX_REASON_LENGTH, NewEvent
from app.requests.life.links import ANSWER, CONFIRMED, KINDS, REJECTED, kind_of_letter, reason_words
from app.requests.life.recording import decide_link, record_event, retract_event
from app.requests.life.references import MAX_REFERENCE, letters_called, letters_with_reference
from app.requests.life.statuses import grounds, milestones_for
from app.requests.life.stored_links import undecided_links
from app.requests.life.timeline import WIDTH, moments, timeline_chart
from extraction.errors import RogatioError
from nlp.requests.letter_types.annexes import ANNEX

course_pages = Blueprint("request_courses", __name__, url_prefix="/requests")

PAGE_SIZE, _MAX_LETTERS = 50, 100

OTHER, THIS = "other", "this"


class EventForm(FlaskForm):  # type: ignore[misc]
    """A state or milestone to record; ``ground`` is that of a refusal, ``source`` a document that shows it."""

    code = StringField(validators=[DataRequired(), Length(max=32)])
    day = StringField(validators=[Length(max=10)])
    reason = StringField(validators=[Length(max=MAX_REASON_LENGTH)])
    ground = StringField(validators=[Length(max=32)])
    source = StringField(validators=[Length(max=32)])


class RetractForm(FlaskForm):  # type: ignore[misc]
    """An event that was recorded by mistake."""

    event = IntegerField(validators=[DataRequired()])
    reason = StringField(validators=[Length(max=MAX_REASON_LENGTH)])


class LinkForm(FlaskForm):  # type: ignore[misc]
    """A decision on a link between a letter and a request."""

    letter = StringField(validators=[DataRequired(), Length(max=32)])
    request = StringField(validators=[DataRequired(), Length(max=32)])
    kind = StringField(validators=[AnyOf(KINDS)])
    verdict = StringField(validators=[AnyOf((CONFIRMED, REJECTED))])


class NewLinkForm(FlaskForm):  # type: ignore[misc]
    """A link with another letter, by its ``reference`` or its id; ``belongs`` names the one that belongs to it."""

    reference = StringField(validators=[Length(max=MAX_REFERENCE)])
    other = StringField(validators=[Length(max=32)])
    belongs = StringField(validators=[AnyOf((OTHER, THIS))])
    kind = StringField(validators=[AnyOf(KINDS)])


@course_pages.get("/<document_id>/course")
def course_page(document_id: str) -> str:
    """Show the course of one request with the forms that record it.

    With a ``reference``, only letters that have it are offered to be linked.
    """
    store, access = installation().store, current_access()
    of, known = course_among(store, access, document_id)
    decisions = decisions_by_document(store, [document_id])
    line, reference = moments(of, known, decisions), request.args.get("reference", "")[:MAX_REFERENCE]
    return render_template(
        "request_course.html",
        is_own=is_outgoing(store, document_id),
        is_annex=of.reading.document.document_type == ANNEX,
        course=of,
        document=of.reading.document,
        known=known,
        to_read=letters_to_read(store, access, (*of.letters, *of.belongs_to), known),
        proposed=proposed_statuses(of, known),
        moments=line,
        sentences=stated_sentences(store, access, of.deadlines),
        chart=timeline_chart(line, date.today()),
        chart_width=WIDTH,
        others=_others(of, reference),
        reference=reference,
        belongs=request.args.get("belongs") or (THIS if kind_of_letter(of.kind) else OTHER),
        linked_as=request.args.get("kind") or kind_of_letter(of.kind) or ANSWER,
        milestones=milestones_for(of.kind, of.measures(decisions), of.status),
        grounds=grounds(),
        kinds=KINDS,
        today=date.today(),
        form=EventForm(formdata=None),
        **_words(),
    )


@course_pages.post("/<document_id>/events")
def record(document_id: str) -> Response:
    """Record a state or milestone."""
    form = EventForm()
    if not form.validate_on_submit():
        raise RogatioError("app.form_invalid")
    new = NewEvent(*(str(form[name].data or "") for name in ("code", "day", "reason", "ground", "source")))
    record_event(installation().store, current_access(), current_principal(), document_id, new)
    return _back(document_id)


@course_pages.post("/<document_id>/events/retract")
def retract(document_id: str) -> Response:
    """Mark an event as recorded by mistake."""
    form = RetractForm()
    if not form.validate_on_submit():
        raise RogatioError("app.form_invalid")
    store, access, principal = installation().store, current_access(), current_principal()
    retract_event(store, access, principal, document_id, form.event.data, form.reason.data or "")
    return _back(document_id)


@course_pages.get("/links")
def link_list() -> str:
    """Show the undecided links between letters, and the undecided states reported in answers."""
    store, access = installation().store, current_access()
    page = max(1, request.args.get("page", 1, type=int))
    waiting, reported = undecided_links(store, access), reported_states(store, access)
    listed = slice(PAGE_SIZE * (page - 1), PAGE_SIZE * page)
    shown, states = waiting[listed], reported[listed]
    ids = {letter for link in shown for letter in (link.letter, link.request)} | {document for document, _ in states}
    known = courses(store, access, ids)
    return render_template(
        "request_links.html",
        to_read=letters_to_read(store, access, shown, known),
        links=[link for link in shown if link.letter in known and link.request in known],
        reported=[(known[document], status) for document, status in states if document in known],
        page=page,
        pages=-(-max(len(waiting), len(reported)) // PAGE_SIZE),
        grounds=grounds(),
        known=known,
        form=LinkForm(formdata=None),
        **_words(),
    )


@course_pages.post("/links")
def link() -> Response:
    """Record a decision on a link; ``back`` is the request, or ``job`` the upload, on whose page it was made."""
    form = LinkForm()
    if not form.validate_on_submit():
        raise RogatioError("app.form_invalid")
    access, principal = current_access(), current_principal()
    letter, asked = str(form.letter.data), str(form.request.data)
    decide_link(installation().store, access, principal, letter, asked, str(form.kind.data), str(form.verdict.data))
    back = request.form.get("back", "")
    if back in (letter, asked):
        return _back(back)
    flash(gettext("requests.saved"))
    if job := request.form.get("job", ""):
        return redirect(url_for("jobs.job_page", job_id=job))
    return redirect(url_for(".link_list"))


@course_pages.post("/<document_id>/links")
def new_link(document_id: str) -> Response:
    """Link another letter, found by its reference or chosen; of several with the reference one is to be chosen."""
    form = NewLinkForm()
    if not form.validate_on_submit():
        raise RogatioError("app.form_invalid")
    store, access, principal = installation().store, current_access(), current_principal()
    other, reference = form.other.data or "", " ".join((form.reference.data or "").split())
    if not other and not reference:
        raise RogatioError("app.no_letter_to_link")
    if reference and not other:
        found = letters_called(store, access, document_id, reference, opens=form.belongs.data == THIS)
        if len(found) > 1:
            flash(gettext("requests.several_with_reference", reference=reference))
            choice = {"reference": reference, "belongs": form.belongs.data, "kind": form.kind.data}
            return redirect(url_for(".course_page", document_id=document_id, **choice, _anchor="link"))
        other = found[0]
    letter, asked = (other, document_id) if form.belongs.data == OTHER else (document_id, other)
    decide_link(store, access, principal, letter, asked, form.kind.data or "", CONFIRMED)
    return _back(document_id)


def _others(of: Course, reference: str) -> list[Course]:
    """Return the letters that may be linked: those with a reference, without one the likely ones."""
    store, access = installation().store, current_access()
    if not reference:
        return linkable_letters(store, access, of, _MAX_LETTERS)
    opens = request.args.get("belongs") == THIS
    found = letters_with_reference(store, access, of.reading.document, reference, opens=opens)
    known = courses(store, access, found[:_MAX_LETTERS])
    return [known[document] for document in found if document in known]


def _back(document_id: str) -> Response:
    flash(gettext("requests.saved"))
    return redirect(url_for(".course_page", document_id=document_id))


def _words() -> dict[str, object]:
    """Return the functions that render reasons, deadlines and months in the reader's language."""
    language, locale = interface_variety(), interface_locale()
    return {
        "reason_words": lambda reason: reason_words(reason, language),
        "deadline_name": lambda deadline: deadline_name(deadline, interface_variety()),
        "deadline_source": lambda deadline: deadline_source(deadline, interface_variety()),
        "month_name": lambda day: month_name(day, locale),
    }
