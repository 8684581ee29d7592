"""Pages of accounts: sign-in and sign-out, one's own account, an invitation, the list for administrators."""

from __future__ import annotations

import time
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import HiddenField, IntegerField, PasswordField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.accounts.accounts import Account, accounts
from app.accounts.accounts import account as found_account
from app.accounts.administration_forms import NewAccountForm
from app.accounts.authentication import SESSION_KEY, current_account
from app.accounts.authorities import MAX_MEBIBYTES, authorities, set_authority_state, set_quota
from app.accounts.credentials import INVITATION, SESSION, TOKEN, SignedIn, credentials, end, end_all, issue, signed_in
from app.accounts.emergency import emergency_accesses
from app.accounts.passkeys import RelyingParty, authentication_options, passkeys
from app.accounts.passwords import LONGEST, check_password, forget_failures, set_password
from app.accounts.reauthentication import ASKED_KEY, is_recent, require_reauthentication
from app.accounts.schema import AccountRow
from app.accounts.second_factor import (
    address,
    check_code,
    new_secret,
    remove_second_factor,
    set_up_second_factor,
)
from app.audit.trail import Operation, append
from app.labels import country
from app.mail.preferences import DIGESTS, preferences
from app.mail.settings import mail_settings
from app.principal import installation
from extraction.errors import RogatioError
from indexing.store.quotas import storage_use
from nlp.folding import fold
from nlp.treaties.authorities import known_states

account_pages = Blueprint("accounts", __name__)

HALF_KEY, HALF_SECONDS = "half_signed_in", 300
NEW_KEY, CHALLENGE_KEY = "new_second_factor", "passkey_challenge"

Page = str | Response | tuple[str, int]


class SignInForm(FlaskForm):  # type: ignore[misc]
    name = StringField(_("accounts.account"), validators=[InputRequired(), Length(max=64)])
    password = PasswordField(_("accounts.password"), validators=[InputRequired(), Length(max=LONGEST)])
    next = HiddenField()


class CodeForm(FlaskForm):  # type: ignore[misc]
    code = StringField(_("accounts.code"), validators=[InputRequired(), Length(max=16)])


class CurrentPasswordForm(FlaskForm):  # type: ignore[misc]
    """``current`` is empty for an account without a password, which signs in through OpenID Connect."""

    current = PasswordField(_("accounts.current_password"), validators=[Length(max=LONGEST)])


class NewSecondFactorForm(CodeForm, CurrentPasswordForm):
    pass


class StateForm(FlaskForm):  # type: ignore[misc]
    """The State of an authority, empty for none."""

    state = StringField(validators=[Length(max=8)])


class QuotaForm(FlaskForm):  # type: ignore[misc]
    """The storage quota of a collection in mebibytes, empty for none."""

    mebibytes = IntegerField(validators=[Optional(), NumberRange(1, MAX_MEBIBYTES)])


class NewPasswordForm(FlaskForm):  # type: ignore[misc]
    password = PasswordField(_("accounts.new_password"), validators=[InputRequired(), Length(max=LONGEST)])


class ChangedPasswordForm(NewPasswordForm, CurrentPasswordForm):
    pass


@account_pages.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Page:
    form = SignInForm(next=request.args.get("next", ""))
    if not form.validate_on_submit():
        return render_template("sign_in.html", form=form)
    store, name = installation().store, form.name.data.strip()
    if not check_password(store, name, form.password.data):
        record_sign_in(name, "refused")
        form.password.errors = [gettext("accounts.account_password_wrong")]
        return render_template("sign_in.html", form=form), 401
    if found_account(store, name).has_second_factor:
        session.clear()
        session[HALF_KEY] = {"name": name, "until": time.time() + HALF_SECONDS, "next": local_address(form.next.data)}
        return redirect(url_for("accounts.sign_in_code"))
    return enter(name, form.next.data)


@account_pages.route("/sign-in/code", methods=["GET", "POST"])
def sign_in_code() -> Page:
    """Ask for a one-time code after the correct password."""
    half, form = half_signed_in(), CodeForm()
    if half is None:
        return redirect(url_for("accounts.sign_in"))
    if not form.validate_on_submit():
        return sign_in_code_page(half["name"])
    if not check_code(installation().store, installation().settings.home, half["name"], form.code.data):
        record_sign_in(half["name"], "refused")
        return sign_in_code_page(half["name"], wrong_code=True), 401
    return enter(half["name"], half["next"])


def half_signed_in() -> dict[str, Any] | None:
    """Return who gave the correct password some minutes ago and owes a second factor (``name``, ``next``)."""
    half: dict[str, Any] | None = session.get(HALF_KEY)
    return half if half and half["until"] >= time.time() else None


def sign_in_code_page(name: str, *, wrong_code: bool = False, refused: bool = False) -> str:
    """Return the page that asks for a second factor: a one-time code, or a passkey with a new challenge."""
    form, store = CodeForm(), installation().store
    form.code.errors = [gettext("accounts.code_is_wrong")] if wrong_code else []
    own, site, options = found_account(store, name), RelyingParty.of_host(request.host), ""
    if own.has_passkeys and site is not None:
        options, session[CHALLENGE_KEY] = authentication_options(store, name, site)
    return render_template(
        "sign_in_code.html",
        form=form,
        options=options,
        refused=refused,
        has_codes=own.has_one_time_codes,
        passkey_elsewhere=own.has_passkeys,
    )


@account_pages.post("/sign-out")
def sign_out() -> Response:
    found: SignedIn | None = g.get("signed_in")
    if found:
        end(installation().store, found.account.id, found.credential.number)
    session.clear()
    return redirect(url_for("accounts.sign_in"))


@account_pages.get("/account")
def account() -> str:
    own = own_account()
    return render_template(
        "account.html",
        own=own,
        credentials=credentials(installation().store, own.id, SESSION, TOKEN),
        this=g.signed_in.credential.number,
        form=ChangedPasswordForm(),
        code=CodeForm(),
        passkeys=passkeys(installation().store, own.id),
        must_sign_in_again=not own.has_password and not is_recent(),
        has_passkey_site=RelyingParty.of_host(request.host) is not None,
        mail=preferences(installation().store, own.id),
        mail_kinds=DIGESTS,
        sends_mail=mail_settings() is not None,
        emergencies=emergency_accesses(installation().store, [grant.collection for grant in own.lasting_authorities]),
    )


@account_pages.route("/account/credentials/<number>/end", methods=["GET", "POST"])
def end_session(number: str) -> Page:
    """End one of one's own sessions or tokens, after the password was given again (OWASP ASVS 5.0.0, 7.5.2)."""
    own, store, form = own_account(), installation().store, CurrentPasswordForm()
    one = next((held for held in credentials(store, own.id, SESSION, TOKEN) if held.number == number), None)
    if one is None:  # it has ended
        return redirect(url_for("accounts.account"))
    if not form.validate_on_submit():
        return render_template("end_session.html", own=own, form=form, one=one)
    require_reauthentication(own, form.current.data or "")
    end(store, own.id, number)
    flash(gettext("accounts.ended"))
    return redirect(url_for("accounts.account"))


@account_pages.post("/account/password")
def new_password() -> Response:
    """Set a new password in place of the current one; all other sessions of the account end."""
    own, form = own_account(), ChangedPasswordForm()
    if not form.validate_on_submit():
        raise RogatioError("app.form_invalid")
    require_reauthentication(own, form.current.data or "")
    set_password(installation().store, own.id, form.password.data)
    begin_only_session(own.id)
    flash(gettext("accounts.password_changed_other_sessions"))
    return redirect(url_for("accounts.account"))


@account_pages.route("/invitation/<secret>", methods=["GET", "POST"])
def invitation(secret: str) -> Page:
    """Let the invited person choose a password; the invitation is valid once."""
    store, form = installation().store, NewPasswordForm()
    found = signed_in(store, secret, INVITATION)
    if found is None:
        raise RogatioError("app.invitation_over")
    if not form.validate_on_submit():
        return render_template("invitation.html", form=form, name=found.account.id)
    set_password(store, found.account.id, form.password.data)
    end_all(store, found.account.id, INVITATION, SESSION)
    flash(gettext("accounts.password_set_can_sign"))
    return redirect(url_for("accounts.sign_in"))


@account_pages.route("/account/second-factor", methods=["GET", "POST"])
def second_factor() -> Page:
    """Set up one-time codes: the key is shown until a code of it is entered with the password."""
    own, form = own_account(), NewSecondFactorForm()
    secret = session.setdefault(NEW_KEY, new_secret())
    if form.validate_on_submit():
        store, home = installation().store, installation().settings.home
        require_reauthentication(own, form.current.data or "")
        if set_up_second_factor(store, home, own.id, secret, form.code.data):
            begin_only_session(own.id)
            flash(gettext("accounts.second_factor_is_set"))
            return redirect(url_for("accounts.account"))
        form.code.errors = [gettext("accounts.code_is_wrong")]
    page = render_template("second_factor.html", own=own, form=form, secret=secret, address=address(own.id, secret))
    return (page, 422) if form.errors else page


@account_pages.post("/account/second-factor/removal")
def second_factor_removal() -> Response:
    """Remove the second factor after a final code."""
    own, form, held = own_account(), CodeForm(), installation()
    if not form.validate_on_submit() or not check_code(held.store, held.settings.home, own.id, form.code.data):
        raise RogatioError("app.code_is_wrong")
    remove_second_factor(held.store, own.id)
    begin_only_session(own.id)
    flash(gettext("accounts.second_factor_is_removed"))
    return redirect(url_for("accounts.account"))


@account_pages.get("/accounts")
def account_list() -> str:
    """List the accounts, the authorities with the State of each, and the storage that collections use."""
    return account_list_page(NewAccountForm())


def account_list_page(new: NewAccountForm) -> str:
    """Return the list of accounts with the form of a new one."""
    store = installation().store
    return render_template(
        "accounts.html",
        accounts=accounts(store),
        authorities=authorities(store),
        storage=storage_use(store),
        largest_quota=MAX_MEBIBYTES,
        states=_named_states(),
        form=StateForm(),
        invited=new,
        sends_mail=mail_settings() is not None,
    )


@account_pages.post("/accounts/authorities/<collection>/state")
def authority_state(collection: str) -> Response:
    """Set the State of an authority."""
    form = StateForm()
    if not form.validate_on_submit():
        raise RogatioError("app.form_invalid")
    set_authority_state(installation().store, collection, form.state.data or "")
    flash(gettext("accounts.state_saved"))
    return redirect(url_for("accounts.account_list"))


@account_pages.post("/accounts/storage/<collection>")
def storage_quota(collection: str) -> Response:
    """Set the storage quota of a collection in mebibytes; an empty one removes it."""
    form = QuotaForm()
    if not form.validate_on_submit():
        raise RogatioError("app.bad_quota", most=MAX_MEBIBYTES)
    set_quota(installation().store, collection, form.mebibytes.data)
    flash(gettext("accounts.quota_saved"))
    return redirect(url_for("accounts.account_list", _anchor="storage"))


def _named_states() -> list[tuple[str, str]]:
    """Return the States with their names, by name."""
    return sorted(((code, country(code)) for code in known_states()), key=lambda state: fold(state[1]))


def own_account() -> Account:
    own = current_account()
    if own is None:  # the local user of an installation without accounts
        raise RogatioError("app.no_accounts")
    return own


def enter(name: str, target: str) -> Response:
    """Begin the session of an authenticated account and redirect to the requested page."""
    forget_failures(installation().store, name)
    record_sign_in(name, "done")
    _begin_session(name)
    return redirect(local_address(target) or url_for("search.search"))


def begin_only_session(name: str) -> None:
    """End all sessions of an account whose password or second factor was changed, and begin one for this browser."""
    asked = session.get(ASKED_KEY, 0)
    end_all(installation().store, name, SESSION)
    _begin_session(name)
    session[ASKED_KEY] = asked


def _begin_session(name: str) -> None:
    """Begin a session with a new secret, which prevents session fixation; the one before in this browser ends."""
    before: SignedIn | None = g.get("signed_in")
    if before and before.credential.kind == SESSION:
        end(installation().store, before.account.id, before.credential.number)
    session.clear()
    session[SESSION_KEY] = issue(installation().store, name, SESSION, label=_browser(request.user_agent.string))


def _browser(agent: str) -> str:
    """Return the names of the browser and the system in a User-Agent header ("Firefox, Windows"), as far as known."""
    from ua_parser import parse  # its patterns take a second to load

    read = parse(agent)
    return ", ".join(part.family for part in (read.user_agent, read.os) if part)


def record_sign_in(name: str, outcome: str) -> None:
    """Record a sign-in; an unknown account name may be a password, and is omitted."""
    store = installation().store
    known = accounts(store, AccountRow.id == name)
    append(store, Operation(name if known else "nobody", "administration", "sign_in", {}, outcome))


def local_address(address: str) -> str:
    """Return an address of this site, empty for any other."""
    inside = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if inside and address.isprintable() else ""
