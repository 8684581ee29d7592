"""Forms of administrators: a new account, an invitation, a grant. A refused form keeps what was typed into it."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from app.accounts.accounts import CASE_FILE, GRANTS
from app.accounts.permissions import roles
from app.i18n import OWN_NAMES, interface_variety
from app.labels import label
from app.mail.settings import mail_settings
from extraction.errors import RogatioError

_TYPED = {"autocomplete": "off"}
_ABOUT_INVITED = {"app.bad_mail_address": "address"}
_ABOUT_ACCOUNT = {
    "app.bad_account_name": "name",
    "app.account_exists": "name",
    "app.no_such_role": "role",
    "app.role_without_grant": "authority",
    "app.no_such_authority": "authority",
    "app.public_is_no_authority": "authority",
}
_ABOUT_GRANT = {
    "app.role_without_grant": "kind",
    "app.no_such_authority": "value",
    "app.public_is_no_authority": "value",
    "app.no_such_case_file": "value",
    "app.ambiguous_case_file": "collection",
    "indexing.no_such_document": "value",
    "indexing.no_such_place": "value",
}


class InvitedForm(FlaskForm):  # type: ignore[misc]
    """Where the message of an invitation goes and its language, if the installation sends e-mail."""

    address = EmailField(
        _("mail.address"), description=_("mail.invitation_hint"), validators=[Length(max=254)], render_kw=_TYPED
    )
    language = SelectField(
        _("mail.language"), choices=list(OWN_NAMES.items()), default=interface_variety, validate_choice=False
    )

    def about(self) -> Mapping[str, str]:
        """Return the field that each error is about, by the code of the error."""
        return _ABOUT_INVITED if mail_settings() is not None else {}


class NewAccountForm(InvitedForm):
    name = StringField(_("accounts.account"), validators=[InputRequired(), Length(max=64)], render_kw=_TYPED)
    role = SelectField(
        _("accounts.role"),
        choices=lambda: [(one, label("account_role", one)) for one in roles()],
        validate_choice=False,
    )
    authority = StringField(_("accounts.authority_collection"), validators=[Length(max=64)], render_kw=_TYPED)

    def about(self) -> Mapping[str, str]:
        return {**super().about(), **_ABOUT_ACCOUNT}


class GrantForm(FlaskForm):  # type: ignore[misc]
    kind = SelectField(
        _("documents.kind"), choices=lambda: [(one, label("grant_kind", one)) for one in GRANTS], validate_choice=False
    )
    value = StringField(
        _("accounts.what_is_granted"),
        description=_("accounts.what_is_granted_hint"),
        validators=[InputRequired(), Length(max=200)],
        render_kw=_TYPED,
    )
    collection = StringField(_("accounts.collection_of_case_file"), validators=[Length(max=64)], render_kw=_TYPED)

    def about(self) -> Mapping[str, str]:
        of_case_file = {"app.no_such_authority": "collection"} if self.kind.data == CASE_FILE else {}
        return {**_ABOUT_GRANT, **of_case_file}


def explain(form: InvitedForm | GrantForm, error: RogatioError) -> None:
    """State an error at the field that it is about, where the page begins; raise an error that is about none."""
    name = form.about().get(error.code)
    if name is None:
        raise error
    field = form[name]
    field.errors = [error.sentence(interface_variety())]
    field.render_kw = {**(field.render_kw or {}), "autofocus": True}
