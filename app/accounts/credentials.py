"""Secrets of an account: browser sessions, API tokens, invitations, challenges of passkeys.

A secret is shown once, when it is created; the database stores its SHA-256. With 256 random bits a fast hash is
sufficient, and one indexed look-up finds it.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.accounts.accounts import Account, account, account_from
from app.accounts.limits import TOKENS, limit
from app.accounts.permissions import READ, permissions_of, scopes, usable_scopes
from app.accounts.schema import AccountRow, CredentialRow, GrantRow
from extraction.errors import RogatioError
from indexing.store.database import serialise, utc
from indexing.store.reading import Store
from indexing.store.writing import now, writing

SESSION, TOKEN, INVITATION, CHALLENGE = "session", "token", "invitation", "challenge"
LIFETIMES = {
    SESSION: timedelta(hours=10),
    INVITATION: timedelta(days=3),
    TOKEN: timedelta(days=365),
    CHALLENGE: timedelta(minutes=5),
}
IDLE = timedelta(minutes=30)
"""A session ends when nothing was asked with it for so long (OWASP ASVS 4.0.3, 3.3.2)."""

MOST_SESSIONS = 20
"""Simultaneous sessions of one account (OWASP ASVS 5.0.0, 7.1.2)."""

WithCredential = Callable[[Session, str, str], None]
"""Called in the transaction of a new credential with its secret and its number."""

_NOTED_EVERY = timedelta(minutes=1)
_PREFIX = "rgt_"


@dataclass(frozen=True, slots=True)
class Credential:
    """A session, token or invitation without its secret; ``number`` identifies it for revocation."""

    number: str
    account: str
    kind: str
    label: str
    scopes: tuple[str, ...]
    made: datetime
    used: datetime
    expires: datetime | None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The account of a secret and its permissions."""

    account: Account
    credential: Credential

    @property
    def permissions(self) -> frozenset[str]:
        """Return the permissions of the account, for a token only those within its scopes."""
        limited_to = self.credential.scopes if self.credential.kind == TOKEN else None
        return permissions_of(self.account.role, public_write=self.account.writes_public, limited_to=limited_to)


def issue(
    store: Store,
    name: str,
    kind: str,
    *,
    label: str = "",
    allowed: Sequence[str] = (),
    latest: datetime | None = None,
    also: WithCredential | None = None,
) -> str:
    """Create a credential of an account and return its secret.

    ``allowed`` are the scopes of a token, all that its role can use if none is given; it ends at ``latest`` at the
    latest. ``also`` writes what belongs into the same transaction. Raises ``app.no_such_account``,
    ``app.account_disabled``, ``app.no_such_scope`` and, for a token beyond the limit of an account,
    ``app.too_many_tokens``. A session beyond ``MOST_SESSIONS`` ends the one that was not used for longest.
    """
    holder = account(store, name)
    if holder.disabled:
        raise RogatioError("app.account_disabled", account=name)
    if set(allowed) - set(scopes()):
        raise RogatioError("app.no_such_scope", scopes=", ".join(scopes()))
    secret, moment = _PREFIX + secrets.token_urlsafe(32), now()
    row = CredentialRow(
        digest=_digest(secret),
        number=secrets.token_hex(8),
        account=name,
        kind=kind,
        label=label[:200],
        scopes=list(allowed or usable_scopes(holder.role, public_write=holder.writes_public)) if kind == TOKEN else [],
        made=moment,
        used=moment,
        expires=min(moment + LIFETIMES[kind], latest) if latest else moment + LIFETIMES[kind],
    )
    with writing(store) as session:
        if kind == TOKEN:
            _require_room_for_token(session, name)
        if kind == SESSION:
            _end_oldest_sessions(session, name)
        session.add(row)
        if also:
            also(session, secret, row.number)
    return secret


def issue_by_operator(store: Store, name: str, *, label: str, allowed: Sequence[str] = ()) -> str:
    """Create a token of an account with the scopes ``allowed``, to read alone if none is given; return its secret.

    Raises ``app.scope_not_usable`` for scopes that the role of the account cannot use, and what ``issue`` does.
    """
    holder = account(store, name)
    require_usable(holder.role, allowed, public_write=holder.writes_public)
    return issue(store, name, TOKEN, label=label, allowed=allowed or (READ,))


def require_usable(role: str, allowed: Sequence[str], *, public_write: bool) -> None:
    """Raise ``app.scope_not_usable`` for scopes that an account of ``role`` cannot use.

    ``public_write``: it has the permission to write published law.
    """
    usable = usable_scopes(role, public_write=public_write)
    if unusable := [scope for scope in allowed if scope not in usable]:
        raise RogatioError("app.scope_not_usable", given=", ".join(unusable), scopes=", ".join(usable))


def _require_room_for_token(session: Session, name: str) -> None:
    """Raise ``app.too_many_tokens`` if the account has as many valid tokens as it may have."""
    serialise(session, "tokens", name)
    own = (CredentialRow.account == name, CredentialRow.kind == TOKEN, CredentialRow.expires > now())
    most = limit(TOKENS)
    if (session.scalar(select(func.count()).select_from(CredentialRow).where(*own)) or 0) >= most:
        raise RogatioError("app.too_many_tokens", most=most)


def _end_oldest_sessions(session: Session, name: str) -> None:
    """End the sessions of an account that leave no room for another one."""
    own = select(CredentialRow.number).where(CredentialRow.account == name, CredentialRow.kind == SESSION)
    oldest = own.order_by(CredentialRow.used.desc(), CredentialRow.number).offset(MOST_SESSIONS - 1)
    session.execute(delete(CredentialRow).where(CredentialRow.number.in_(oldest)))


def issue_own(store: Store, asking: SignedIn, *, label: str, allowed: Sequence[str] = ()) -> str:
    """Create a token for the account that asks and return its secret.

    The token can read alone if no scope is asked for. A token that asks passes on none but its own scopes and no longer
    than it is valid itself. Raises ``app.not_permitted`` for other scopes, and what ``issue`` does.
    """
    held = asking.credential.scopes if asking.credential.kind == TOKEN else scopes()
    if (set(allowed) or {READ}) & set(scopes()) - set(held):
        raise RogatioError("app.not_permitted")
    latest = asking.credential.expires if asking.credential.kind == TOKEN else None
    return issue(store, asking.account.id, TOKEN, label=label, allowed=allowed or (READ,), latest=latest)


def signed_in(store: Store, secret: str, kind: str) -> SignedIn | None:
    """Return the account of a secret, by one query; None if unknown, expired or if the account is disabled."""
    query = (
        select(CredentialRow, AccountRow, GrantRow)
        .join(AccountRow, AccountRow.id == CredentialRow.account)
        .outerjoin(GrantRow, GrantRow.account == AccountRow.id)
        .where(CredentialRow.digest == _digest(secret), CredentialRow.kind == kind, AccountRow.disabled.is_(False))
    )
    with Session(store.database) as session:
        rows = session.execute(query).tuples().all()
        if not rows:
            return None
        found = _credential(rows[0][0])
        holder = account_from(rows[0][1], [grant for _, _, grant in rows if grant is not None])
    if _is_over(found):
        return None
    _note_use(store, found)
    return SignedIn(holder, found)


def consume(store: Store, secret: str, kind: str) -> SignedIn | None:
    """Return the account of a secret and end it, so that it counts once; None as ``signed_in``."""
    found = signed_in(store, secret, kind)
    with writing(store) as session:
        own = delete(CredentialRow).where(CredentialRow.digest == _digest(secret), CredentialRow.kind == kind)
        ended = session.execute(own.returning(CredentialRow.number)).first()
    return found if ended else None


def credentials(store: Store, name: str, *kinds: str) -> tuple[Credential, ...]:
    """Return the valid sessions and tokens of an account, the last used first."""
    query = select(CredentialRow).where(CredentialRow.account == name, CredentialRow.kind.in_(kinds))
    with Session(store.database) as session:
        rows = session.scalars(query.order_by(CredentialRow.used.desc(), CredentialRow.number)).all()
        return tuple(credential for credential in map(_credential, rows) if not _is_over(credential))


def end(store: Store, name: str, number: str) -> None:
    """End one session, token or invitation of an account; nothing if it has ended."""
    with writing(store) as session:
        session.execute(delete(CredentialRow).where(CredentialRow.account == name, CredentialRow.number == number))


def end_held(store: Store, name: str, number: str) -> None:
    """End a valid session or token of an account; raises ``app.no_such_credential`` for any other number."""
    if all(held.number != number for held in credentials(store, name, SESSION, TOKEN)):
        raise RogatioError("app.no_such_credential")
    end(store, name, number)


def end_all(store: Store, name: str, *kinds: str) -> None:
    """End all credentials of an account of the given ``kinds``."""
    with writing(store) as session:
        session.execute(delete(CredentialRow).where(CredentialRow.account == name, CredentialRow.kind.in_(kinds)))


def _is_over(credential: Credential) -> bool:
    moment = now()
    idle = credential.kind == SESSION and moment - credential.used > IDLE
    return idle or (credential.expires is not None and credential.expires <= moment)


def _note_use(store: Store, credential: Credential) -> None:
    """Record the last use of a credential, at most once a minute, to avoid a write for every read."""
    if now() - credential.used > _NOTED_EVERY:
        with writing(store) as session:
            session.execute(update(CredentialRow).where(CredentialRow.number == credential.number).values(used=now()))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _credential(row: CredentialRow) -> Credential:
    expires = utc(row.expires) if row.expires else None
    allowed = tuple(row.scopes)
    return Credential(row.number, row.account, row.kind, row.label, allowed, utc(row.made), utc(row.used), expires)
