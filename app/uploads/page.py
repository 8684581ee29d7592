"""The upload page."""

from __future__ import annotations

import uuid

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileRequired, MultipleFileField
from werkzeug.wrappers import Response
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from app.audit.recording import note
from app.collection_names import COLLECTION, collection_called
from app.documents.corrections_form import DescriptionForm
from app.jobs import jobs
from app.labels import collection
from app.principal import current_access, current_principal, installation
from app.uploads.uploading import accept_upload
from extraction.errors import RogatioError
from indexing.ingest.ingest import new_collection

upload_pages = Blueprint("upload", __name__)

PUBLIC = "public"


class FileOrUpload(FileRequired):  # type: ignore[misc]
    """Requires files unless some were uploaded in parts before."""

    def __call__(self, form: DescriptionForm, field: MultipleFileField) -> None:
        if not request.form.getlist("uploads"):
            super().__call__(form, field)


class UploadForm(DescriptionForm):
    files = MultipleFileField(_("uploads.files"), validators=[FileOrUpload(_("uploads.choose_file_more"))])
    collection = StringField(
        _("common.collection"),
        filters=[collection_called],
        validators=[
            InputRequired(_("uploads.say_which_collection")),
            Regexp(f"^{COLLECTION}$", message=_("uploads.name_of_collection")),
        ],
    )
    case_file = StringField(_("common.case_file"), validators=[Optional(), Length(max=200)])
    password = PasswordField(_("uploads.password_of_the_files"), validators=[Optional(), Length(max=200)])
    key = HiddenField(default=lambda: uuid.uuid4().hex, validators=[Optional(), Length(max=64)])


@upload_pages.route("/upload", methods=["GET", "POST"])
def upload() -> str | Response | tuple[str, int]:
    form = UploadForm()
    if form.validate_on_submit():
        job_id = _accepted(form)
        note(job_id=job_id)
        return redirect(url_for("jobs.job_page", job_id=job_id))
    offered = _offered()
    if request.method == "GET" and len(offered) == 1 and offered[0] != PUBLIC:
        form.collection.data = collection(offered[0])
    page = render_template(
        "upload.html",
        form=form,
        collections=offered,
        largest=current_app.config["MAX_CONTENT_LENGTH"] // 2**20,
    )
    return (page, 422) if form.errors else page


def _offered() -> list[str]:
    """Return the collections that the form offers: those that may be read, and published law for who may add to it."""
    named = [one.id for one in installation().store.collections(current_access()) if not one.is_public]
    return [*([PUBLIC] if current_principal().may_write(new_collection(PUBLIC)) else []), *named]


def _accepted(form: UploadForm) -> str:
    """Return the job of the form: sent twice, it is the first one, unless other files were chosen meanwhile."""
    options = {name: form[name].data for name in ("case_file", "document_type", "jurisdiction", "title", "date")}
    files, uploads = form.files.data or (), request.form.getlist("uploads")
    given = (jobs(), current_principal(), files, form.collection.data, options, form.password.data or "", uploads)
    try:
        return accept_upload(*given, key=form.key.data or "")
    except RogatioError as error:
        if error.code != "app.key_used_otherwise":
            raise
        return accept_upload(*given, key=uuid.uuid4().hex)
