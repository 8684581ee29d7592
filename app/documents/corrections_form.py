"""Form for corrections: type, date, jurisdiction and title of a document, text of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pycountry
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional, ValidationError

from app.i18n import interface_variety
from app.jobs import Jobs
from app.labels import codes, country, label
from app.principal import current_access, current_principal, installation
from extraction.errors import RogatioError
from indexing.analysis.folding import fold
from indexing.ingest.corrections import enter_corrections, newest_page_text
from indexing.search.query_fields import known_value
from indexing.store.rows import CORRECTABLE, PAGE_TEXT, StoredDocument

if TYPE_CHECKING:
    from app.documents.view import DocumentView


def document_types() -> list[tuple[str, str]]:
    """Return the document types for a form, sorted by name in the reader's language, none first.

    A type that is stored under another code is not offered.
    """
    stored = [code for code in codes("document_type") if known_value("document_type", code) == code]
    known = [(code, label("document_type", code)) for code in stored]
    return [("", ""), *sorted(known, key=lambda item: fold(item[1]))]


def jurisdictions() -> list[tuple[str, str]]:
    """Return the choices of a form: none, then the European Union and all States, by name in the reader's language."""
    known = [(code, country(code)) for code in ("EU", *(item.alpha_2 for item in pycountry.countries))]
    return [("", ""), *sorted(known, key=lambda item: fold(item[1]))]


def _is_date(form: FlaskForm, field: StringField) -> None:
    """Refuse a date that does not exist or is yet to come, unless the document has it already."""
    if field.data == field.object_data:
        return
    try:
        known_value("date", field.data)
    except RogatioError as error:
        raise ValidationError(error.sentence(interface_variety())) from error


class DescriptionForm(FlaskForm):  # type: ignore[misc]
    """Document metadata that may be given before the document is read."""

    document_type = SelectField(_("documents.type"), validators=[Optional()])
    jurisdiction = SelectField(_("documents.country"), validators=[Optional()])
    title = StringField(_("documents.title"), validators=[Optional(), Length(max=500)])
    date = StringField(
        _("documents.date"), validators=[Optional(), _is_date], description=_("documents.2024_05_31_2024")
    )

    def __init__(self, **fields: object) -> None:
        super().__init__(**fields)
        self.document_type.choices = document_types()
        self.jurisdiction.choices = jurisdictions()


class CorrectionsForm(DescriptionForm):
    """``revision`` is that of the document when the form was shown."""

    revision = IntegerField(validators=[Optional()])
    page = IntegerField(validators=[Optional()])
    page_text = TextAreaField(_("documents.text_of_this_page"), validators=[Optional(), Length(max=100_000)])

    @classmethod
    def of(cls, view: DocumentView) -> CorrectionsForm:
        """Return the form filled with the present values of the document."""
        stored, sheet = view.stored, view.sheet
        form = cls(
            formdata=None,
            document_type=stored.document_type,
            jurisdiction=stored.jurisdiction,
            title=stored.title,
            date=stored.date,
            revision=stored.revision,
            page=sheet.page.number,
        )
        if view.read_by_ocr:
            store = installation().store
            form.page_text.data = newest_page_text(store, current_access(), stored.id, sheet.page.number)
        else:
            del form.page_text
        return form


def correct(jobs: Jobs, stored: StoredDocument, form: CorrectionsForm) -> bool:
    """Record the fields that differ from the stored ones and process the document; return whether any differs."""
    given = {name: form[name].data or "" for name in CORRECTABLE}
    changed = {name: value for name, value in given.items() if value != getattr(stored, name)}
    text, page = _lines(form.page_text.data or ""), form.page.data or 0
    if text and page and text != newest_page_text(jobs.installation.store, current_access(), stored.id, page):
        changed[PAGE_TEXT] = text
    if changed:
        revision = form.revision.data
        enter_corrections(jobs.installation, stored.id, changed, current_principal(), page=page, revision=revision)
        jobs.submit_pending()
    return bool(changed)


def _lines(text: str) -> str:
    """Normalise line ends: browsers send CR LF."""
    return text.replace("\r\n", "\n")
