"""``rogatio account`` and ``rogatio case-file``: accounts, their grants and tokens, and restricted case files."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Callable, Sequence
from typing import Any

import click

from app.accounts import accounts as book
from app.accounts import granting
from app.accounts.accounts import Grant
from app.accounts.credentials import INVITATION, SESSION, TOKEN, end_all, issue, issue_by_operator, require_usable
from app.accounts.json_form import account_json
from app.accounts.oidc import link_account, provider_from, subject_of
from app.accounts.passkeys import remove_passkeys
from app.accounts.passwords import set_password
from app.accounts.permissions import PUBLIC_WRITE, roles, scopes
from app.accounts.second_factor import remove_second_factor
from app.audit.command_recording import operator
from app.cli_usage import WrongUsage
from app.cli_wording import say
from app.documents.holds import hold
from app.mail.settings import public_url
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER
from indexing.installation import open_installation
from indexing.settings import settings_from
from indexing.store.reading import Store

_PERMISSION = click.Choice((PUBLIC_WRITE,))
_JSON = click.option("--json", "as_json", is_flag=True, help=say("option.json"))


def _grants(command: Callable[..., Any]) -> Callable[..., Any]:
    options = (
        click.option("--authority", "authorities", multiple=True, metavar="COLLECTION", help=say("account.authority")),
        click.option("--case-file", "case_files", multiple=True, metavar="REF", help=say("account.case_file")),
        click.option("--document", "documents", multiple=True, metavar="ID", help=say("account.document")),
        click.option("--passage", "passages", multiple=True, metavar="ID:START-END", help=say("account.passage")),
        click.option("--permission", "permissions", multiple=True, type=_PERMISSION, help=say("account.permission")),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _store() -> Store:
    return open_installation(settings_from()).store


def _grants_from_options(
    store: Store,
    authorities: Sequence[str],
    case_files: Sequence[str],
    documents: Sequence[str],
    passages: Sequence[str],
    permissions: Sequence[str],
    *,
    must_exist: bool = True,
) -> list[Grant]:
    return [
        *(granting.authority_grant(store, authority, must_exist=must_exist) for authority in authorities),
        *(granting.case_file_grant(store, case_file, authorities, must_exist=must_exist) for case_file in case_files),
        *(granting.document_grant(store, document) for document in documents),
        *(granting.passage_grant(store, passage) for passage in passages),
        *(Grant(book.PERMISSION, "", permission) for permission in permissions),
    ]


@click.group("account", help=say("account.help"))
def account_command() -> None:
    pass


@account_command.command("add", help=say("account.add"))
@click.argument("name")
@click.option("--role", type=click.Choice(roles()), required=True, help=say("account.role"))
@_grants
@click.option("--token", "with_token", is_flag=True, help=say("account.with_token"))
@click.option("--scope", "allowed", multiple=True, type=click.Choice(scopes()), help=say("account.scope"))
@_JSON
def add(name: str, role: str, with_token: bool, allowed: tuple[str, ...], as_json: bool, **options: Any) -> None:
    store = _store()
    grants = _grants_from_options(store, **options)
    require_usable(role, allowed, public_write=book.writes_public(grants))
    book.require_holdable(role, grants)
    made = book.add_account(store, name, role, grants, author=operator())
    token = issue_by_operator(store, made.id, label=say("account.first_token"), allowed=allowed) if with_token else None
    _print_token(made.id, token, as_json)


@account_command.command("list", help=say("account.list"))
@_JSON
def list_accounts(as_json: bool) -> None:
    found = book.accounts(_store())
    if as_json:
        click.echo(json.dumps([account_json(account) for account in found], ensure_ascii=False))
        return
    for account in found:
        grants = ", ".join("/".join(filter(None, (held.collection, held.value))) for held in account.grants)
        state = say("account.disabled") if account.disabled else ""
        click.echo(f"{account.id:<24} {account.role:<14} {state:<12} {grants}".rstrip())


@account_command.command("disable", help=say("account.disable"))
@click.argument("name")
def disable(name: str) -> None:
    book.disable_account(_store(), name)
    click.echo(say("account.was_disabled", account=name))


@account_command.command("token", help=say("account.token"))
@click.argument("name")
@click.option("--scope", "allowed", multiple=True, type=click.Choice(scopes()), help=say("account.scope"))
@click.option("--label", default="", help=say("account.label"))
@_JSON
def token(name: str, allowed: tuple[str, ...], label: str, as_json: bool) -> None:
    _print_token(name, issue_by_operator(_store(), name, label=label, allowed=allowed), as_json)


@account_command.command("invite", help=say("account.invite"))
@click.argument("name")
def invite(name: str) -> None:
    click.echo(f"{public_url()}/invitation/{issue(_store(), name, INVITATION)}")
    if not public_url():
        click.echo(say("account.server_address"), err=True)


@account_command.command("password", help=say("account.password"))
@click.argument("name")
def password(name: str) -> None:
    """Read a password from the terminal, or from the standard input of a program."""
    store = _store()
    book.account(store, name)
    given = getpass.getpass(f"{say('account.new_password')}: ") if sys.stdin.isatty() else sys.stdin.readline()
    set_password(store, name, given.rstrip("\r\n"))
    end_all(store, name, SESSION, INVITATION)
    click.echo(say("account.password_set", account=name))


@account_command.command("forget-second-factor", help=say("account.forget_second_factor"))
@click.argument("name")
def forget_second_factor(name: str) -> None:
    store = _store()
    remove_second_factor(store, name)
    remove_passkeys(store, name)
    end_all(store, name, SESSION)
    click.echo(say("account.second_factor_forgotten", account=name))


@account_command.command("oidc", help=say("account.oidc"))
@click.argument("name")
@click.argument("subject", default="")
def oidc(name: str, subject: str) -> None:
    """Link an account to the subject of the provider of the settings; without one, unlink it."""
    provider = provider_from()
    if subject and provider is None:
        raise RogatioError("app.no_oidc")
    link_account(_store(), name, subject_of(provider.issuer, subject) if provider and subject else "")
    click.echo(say("account.oidc_linked" if subject else "account.oidc_unlinked", account=name))


@account_command.command("grant", help=say("account.grant"))
@click.argument("name")
@_grants
def grant(name: str, **options: Any) -> None:
    store = _store()
    grants = _named(_grants_from_options(store, **options))
    book.require_holdable(book.account(store, name).role, grants)
    for grant in grants:
        book.grant(store, name, grant, author=operator())
    click.echo(say("account.granted", account=name))


@account_command.command("revoke", help=say("account.revoke"))
@click.argument("name")
@_grants
@click.option("--sessions", is_flag=True, help=say("account.sessions"))
def revoke(name: str, sessions: bool, **options: Any) -> None:
    store = _store()
    grants = _grants_from_options(store, **options, must_exist=False)
    for grant in grants if sessions else _named(grants):
        book.revoke(store, name, grant)
    if sessions:
        end_all(store, book.account(store, name).id, SESSION, TOKEN, INVITATION)
    click.echo(say("account.revoked", account=name))


@click.command("case-file", help=say("case-file.help"))
@click.argument("case_file", metavar="REF")
@click.option("--restricted/--open", "restricted", default=None, help=say("case-file.restricted"))
@click.option("--hold/--release", "held", default=None, help=say("case-file.hold"))
@click.option("--authority", "authorities", multiple=True, metavar="COLLECTION", help=say("account.authority"))
def case_file_command(case_file: str, restricted: bool | None, held: bool | None, authorities: tuple[str, ...]) -> None:
    """Restrict or hold a case file in every collection that has it, or in the given ones.

    A rule for a file that no collection has yet is set in every authority's, so that it covers the first document.
    """
    if restricted is None and held is None:
        raise WrongUsage("app.argument_missing", name="--restricted, --hold")
    store = _store()
    case_file = granting.known_case_file(store, case_file)
    if not case_file:
        raise WrongUsage("app.argument_missing", name="REF")
    found = authorities or granting.collections_with(store, case_file)
    if not found and (restricted or held):
        found = granting.authority_collections(store)
        click.echo(say("case-file.is_new", case_file=case_file), err=True)
    if not found:
        raise RogatioError("app.no_such_case_file", case_file=case_file[:200])
    for collection in found:
        place = {"case_file": case_file, "collection": collection}
        if restricted is not None:
            granting.restrict_case_file(store, **place, restricted=restricted)
            click.echo(say("case-file.is_restricted" if restricted else "case-file.is_open", **place))
        if held is not None:
            granting.hold_case_file(store, **place, held=held)
            click.echo(say("case-file.is_held" if held else "case-file.is_released", **place))


@click.command("hold", help=say("hold.help"))
@click.argument("documents", nargs=-1, required=True)
@click.option("--release", is_flag=True, help=say("hold.release"))
def hold_command(documents: tuple[str, ...], release: bool) -> None:
    store = _store()
    for document in documents:
        hold(store, document, LOCAL_USER, author=operator(), held=not release)
        click.echo(say("hold.released" if release else "hold.held", document=document))


def _named(grants: list[Grant]) -> list[Grant]:
    if not grants:
        raise WrongUsage("app.argument_missing", name="--authority, --case-file, --document, --passage, --permission")
    return grants


def _print_token(name: str, token: str | None, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"account": name, "token": token}, ensure_ascii=False))
    elif token:
        click.echo(token)
    else:
        click.echo(say("account.added", account=name))
