"""What an administrator does to other accounts: add, invite, disable, change the role, grant and revoke.

Nobody does it to his or her own account, so that no administrator extends the own access.
"""

from __future__ import annotations

from app.accounts import accounts as book
from app.accounts import granting
from app.accounts.accounts import Account, Grant
from app.accounts.credentials import INVITATION, SESSION, TOKEN, WithCredential, end_all, issue
from app.accounts.permissions import PUBLIC_WRITE, roles
from extraction.errors import RogatioError
from indexing.store.reading import Store


def add_invited(
    store: Store, name: str, role: str, authority: str, *, author: str, also: WithCredential | None = None
) -> str:
    """Add an account, with an authority if one is named, and return the secret of its invitation.

    ``also`` is called in the transaction of the invitation. Raises what ``add_account`` and ``authority_grant`` do.
    """
    grants = [granting.authority_grant(store, authority)] if authority else []
    if role in roles():
        book.require_holdable(role, grants)
    book.add_account(store, name, role, grants, author=author)
    return issue(store, name, INVITATION, also=also)


def invite(store: Store, name: str, *, author: str, also: WithCredential | None = None) -> str:
    """Return the secret of a new invitation, with which a password is chosen; earlier ones end."""
    _other(store, name, author)
    end_all(store, name, INVITATION)
    return issue(store, name, INVITATION, also=also)


def disable(store: Store, name: str, *, author: str) -> None:
    """Disable an account for good; its sessions and tokens end."""
    _other(store, name, author)
    book.disable_account(store, name)


def change_role(store: Store, name: str, role: str, *, author: str) -> tuple[Grant, ...]:
    """Give an account another role, and return the grants that end with it; its sessions and tokens end too."""
    _other(store, name, author)
    ended = book.set_role(store, name, role)
    end_all(store, name, SESSION, TOKEN)
    return ended


def give(store: Store, name: str, kind: str, value: str, collection: str = "", *, author: str) -> Grant:
    """Give an account a grant by its kind and what it is about, and return it.

    ``collection`` tells apart case files of the same reference. Raises ``app.bad_parameter`` and what the grants of
    ``app.accounts.accounts`` do.
    """
    holder = _other(store, name, author)
    granted = _grant(store, kind, value, collection)
    book.require_holdable(holder.role, [granted])
    book.grant(store, name, granted, author=author)
    return granted


def take(store: Store, name: str, grant: Grant, *, author: str) -> None:
    """Take a grant from an account; raises ``app.no_such_grant``."""
    _other(store, name, author)
    book.revoke(store, name, grant)


def end_everything(store: Store, name: str, *, author: str) -> None:
    """End all sessions, tokens and invitations of an account."""
    _other(store, name, author)
    end_all(store, name, SESSION, TOKEN, INVITATION)


def _grant(store: Store, kind: str, value: str, collection: str) -> Grant:
    if kind == book.AUTHORITY:
        return granting.authority_grant(store, value)
    if kind == book.CASE_FILE:
        return granting.case_file_grant(store, value, [collection] if collection else [])
    if kind == book.DOCUMENT:
        return granting.document_grant(store, value)
    if kind == book.PASSAGE:
        return granting.passage_grant(store, value)
    if (kind, value) == (book.PERMISSION, PUBLIC_WRITE):
        return Grant(book.PERMISSION, "", PUBLIC_WRITE)
    raise RogatioError("app.bad_parameter", name="kind")


def _other(store: Store, name: str, author: str) -> Account:
    if name == author:
        raise RogatioError("app.own_account")
    return book.account(store, name)
