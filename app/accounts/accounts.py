"""Accounts and their grants, managed from the command line and by administrators."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, select
from sqlalchemy.orm import Session

from app.accounts.permissions import PUBLIC_WRITE, may_hold, reads_public, roles, writes_authority
from app.accounts.schema import AccountRow, CredentialRow, GrantRow, PasskeyRow
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, NOBODY, Principal
from indexing.store.database import utc
from indexing.store.passage_grants import grant_passage, passage_grants, revoke_passage
from indexing.store.reading import Store
from indexing.store.schema import PassageGrantRow
from indexing.store.writing import now, writing

AUTHORITY, CASE_FILE, DOCUMENT = "authority", "case_file", "document"
PASSAGE, PERMISSION = "passage", "permission"
GRANTS = (AUTHORITY, CASE_FILE, DOCUMENT, PASSAGE, PERMISSION)

NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}", re.IGNORECASE)
RESERVED = frozenset({LOCAL_USER.id, NOBODY.id})
PLACE = re.compile(r"(?P<document>\w+):(?P<start>\d{1,9})-(?P<end>\d{1,9})")
"""The form of a passage: the id of its document, and its range in the document's text in code points."""


@dataclass(frozen=True, slots=True)
class Grant:
    """``collection`` is empty for a permission; ``value`` is what is granted of it, or empty for all.

    A passage is written as ``PLACE`` says.
    """

    kind: str
    collection: str = ""
    value: str = ""
    until: datetime | None = None
    reason: str = ""

    @property
    def is_emergency(self) -> bool:
        """Return whether the holder took this access in an emergency: it reads, and changes nothing."""
        return self.kind in (AUTHORITY, CASE_FILE) and bool(self.reason) and self.until is not None


@dataclass(frozen=True, slots=True)
class Account:
    """An account without its secrets; ``grants`` give access in addition to its role."""

    id: str
    role: str
    disabled: bool
    has_password: bool
    has_one_time_codes: bool
    grants: tuple[Grant, ...] = ()
    has_passkeys: bool = False

    @property
    def has_second_factor(self) -> bool:
        return self.has_one_time_codes or self.has_passkeys

    def principal(self) -> Principal:
        """Return the principal of this account for the access filter; expired grants are ignored."""
        active = [grant for grant in self.grants if grant.until is None or grant.until > now()]
        lasting = [grant for grant in active if not grant.is_emergency]
        return Principal(
            id=self.id,
            collections=_authorities(active),
            case_files=_case_files(active),
            documents=frozenset((grant.collection, grant.value) for grant in active if grant.kind == DOCUMENT),
            reads_public=reads_public(self.role),
            writes_public=self.writes_public,
            writable=_authorities(lasting) if writes_authority(self.role) else frozenset(),
            writable_case_files=_case_files(lasting),
        )

    @property
    def lasting_authorities(self) -> tuple[Grant, ...]:
        """The authorities to which the account belongs, without those of temporary grants."""
        return tuple(grant for grant in self.grants if grant.kind == AUTHORITY and grant.until is None)

    @property
    def writes_public(self) -> bool:
        """Return whether a grant permits the account to write public law, in addition to its role."""
        return writes_public(self.grants)


def writes_public(grants: Iterable[Grant]) -> bool:
    """Return whether one of the grants permits to write public law."""
    return any((grant.kind, grant.value) == (PERMISSION, PUBLIC_WRITE) for grant in grants)


def _authorities(grants: Iterable[Grant]) -> frozenset[str]:
    return frozenset(grant.collection for grant in grants if grant.kind == AUTHORITY)


def _case_files(grants: Iterable[Grant]) -> frozenset[tuple[str, str]]:
    return frozenset((grant.collection, grant.value) for grant in grants if grant.kind == CASE_FILE)


def accounts_exist(store: Store) -> bool:
    """Return whether the installation has accounts; without any it is in single-user mode."""
    with Session(store.database) as session:
        return session.scalar(select(AccountRow.id).limit(1)) is not None


def add_account(store: Store, name: str, role: str, grants: Iterable[Grant] = (), *, author: str) -> Account:
    """Add an account without a password.

    Raises ``app.bad_account_name``, ``app.no_such_role`` and ``app.account_exists``.
    """
    if not NAME.fullmatch(name) or name.lower() in RESERVED:
        raise RogatioError("app.bad_account_name")
    if role not in roles():
        raise RogatioError("app.no_such_role", roles=", ".join(roles()))
    given = tuple(grants)
    passages = [grant for grant in given if grant.kind == PASSAGE]
    others = [grant for grant in given if grant.kind != PASSAGE]
    with writing(store) as session:
        if session.scalar(select(AccountRow.id).where(func.lower(AccountRow.id) == name.lower())):
            raise RogatioError("app.account_exists", account=name)
        session.add(AccountRow(id=name, role=role, made=now()))
        session.flush()
        for grant in others:
            _add_grant(session, name, grant, author)
    for passage in passages:
        _give_passage(store, name, passage, author)
    return account(store, name)


def account(store: Store, name: str) -> Account:
    """Return an account; raises ``app.no_such_account``."""
    found = accounts(store, AccountRow.id == name)
    if not found:
        raise RogatioError("app.no_such_account", account=name[:64])
    return found[0]


def acting_principal(store: Store, name: str, fixed: Principal) -> Principal:
    """Return the principal for whom something is done in the background, with the grants of this moment.

    ``fixed`` is that of an installation without accounts. Raises ``app.no_such_account``, and ``app.not_permitted`` if
    the account has been disabled since.
    """
    if name == fixed.id:
        return fixed
    found = account(store, name)
    if found.disabled:
        raise RogatioError("app.not_permitted")
    return found.principal()


def accounts(store: Store, *conditions: ColumnElement[bool]) -> tuple[Account, ...]:
    """Return all accounts that satisfy ``conditions``, by name."""
    with Session(store.database) as session:
        rows = session.scalars(select(AccountRow).where(*conditions).order_by(AccountRow.id)).all()
        grants = select(GrantRow).where(GrantRow.account.in_([row.id for row in rows])).order_by(GrantRow.id)
        held = session.scalars(grants).all()
        protected = set(session.scalars(select(PasskeyRow.account).distinct()))
        found = [account_from(row, [grant_row for grant_row in held if grant_row.account == row.id]) for row in rows]
    passages = _passages(store, [account.id for account in found])
    return tuple(
        replace(account, grants=account.grants + passages.get(account.id, ()), has_passkeys=account.id in protected)
        for account in found
    )


def _passages(store: Store, names: Sequence[str]) -> dict[str, tuple[Grant, ...]]:
    """Return the grants of passages by account; the collection of the document is not told with them."""
    found: dict[str, tuple[Grant, ...]] = {}
    for grant in passage_grants(store, PassageGrantRow.account.in_(names)):
        place = Grant(PASSAGE, "", f"{grant.document}:{grant.start}-{grant.end}", reason=grant.note)
        found[grant.account] = (*found.get(grant.account, ()), place)
    return found


def account_from(row: AccountRow, grants: Sequence[GrantRow]) -> Account:
    """Return the account of its rows in the store."""
    return Account(
        id=row.id,
        role=row.role,
        disabled=row.disabled,
        has_password=bool(row.password),
        has_one_time_codes=bool(row.one_time_secret),
        grants=tuple(map(_grant, grants)),
    )


def _grant(row: GrantRow) -> Grant:
    return Grant(row.kind, row.collection, row.value, utc(row.until) if row.until else None, row.reason)


def disable_account(store: Store, name: str) -> None:
    """Disable an account permanently and end its sessions, tokens and invitations."""
    account(store, name)
    with writing(store) as session:
        session.get_one(AccountRow, name).disabled = True
        session.execute(delete(CredentialRow).where(CredentialRow.account == name))


def set_role(store: Store, name: str, role: str) -> tuple[Grant, ...]:
    """Give an account another role, and return the grants that the role may not hold, which end with the change.

    Raises ``app.no_such_role``.
    """
    if role not in roles():
        raise RogatioError("app.no_such_role", roles=", ".join(roles()))
    ending = tuple(grant for grant in account(store, name).grants if not may_hold(role, grant.kind))
    for passage in (grant for grant in ending if grant.kind == PASSAGE):
        revoke_passage(store, name, *place_of(passage))
    with writing(store) as session:
        session.get_one(AccountRow, name).role = role
        kinds = {grant.kind for grant in ending}
        session.execute(delete(GrantRow).where(GrantRow.account == name, GrantRow.kind.in_(kinds)))
    return ending


def require_holdable(role: str, grants: Iterable[Grant]) -> None:
    """Raise ``app.role_without_grant`` if accounts of a role may not hold one of the grants."""
    if any(not may_hold(role, grant.kind) for grant in grants):
        raise RogatioError("app.role_without_grant")


def grant(store: Store, name: str, grant: Grant, *, author: str) -> None:
    """Give an account a grant; an existing one is renewed."""
    account(store, name)
    if grant.kind == PASSAGE:
        _give_passage(store, name, grant, author)
        return
    with writing(store) as session:
        _add_grant(session, name, grant, author)


def revoke(store: Store, name: str, grant: Grant) -> None:
    """Revoke a grant of an account; raises ``app.no_such_grant`` if it has none."""
    account(store, name)
    if grant.kind == PASSAGE:
        if not revoke_passage(store, name, *place_of(grant)):
            raise RogatioError("app.no_such_grant", account=name)
        return
    place = (GrantRow.account == name, GrantRow.kind == grant.kind)
    same = (GrantRow.collection == grant.collection, GrantRow.value == grant.value)
    with writing(store) as session:
        if not session.execute(delete(GrantRow).where(*place, *same).returning(GrantRow.id)).all():
            raise RogatioError("app.no_such_grant", account=name)


def place_of(grant: Grant) -> tuple[str, int, int]:
    """Return the document and the range of the grant of a passage; raises ``indexing.no_such_place``."""
    found = PLACE.fullmatch(grant.value)
    if found is None:
        raise RogatioError("indexing.no_such_place")
    return found["document"], int(found["start"]), int(found["end"])


def _give_passage(store: Store, name: str, grant: Grant, author: str) -> None:
    document, start, end = place_of(grant)
    access = store.access(LOCAL_USER)
    grant_passage(store, access, document, start, end, account=name, author=author, note=grant.reason)


def _add_grant(session: Session, name: str, grant: Grant, author: str) -> None:
    same = and_(GrantRow.kind == grant.kind, GrantRow.collection == grant.collection, GrantRow.value == grant.value)
    session.execute(delete(GrantRow).where(GrantRow.account == name, same))
    session.add(
        GrantRow(
            account=name,
            kind=grant.kind,
            collection=grant.collection,
            value=grant.value,
            until=grant.until,
            reason=grant.reason,
            author=author,
            made=now(),
        )
    )
