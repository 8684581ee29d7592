"""Tables of accounts, their grants and their credentials."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from indexing.store.schema import Base


class AccountRow(Base):
    """A person or a program.

    ``password`` is an Argon2id hash, empty until one is chosen. ``one_time_secret`` is the key of the second factor
    (RFC 6238), ``one_time_step`` the last time step used: each code is valid once. ``failures`` is the number of wrong
    passwords and codes since the last sign-in, ``failed`` the time of the last.
    ``oidc_subject`` is the issuer and subject of a person at an OpenID Connect provider.
    """

    __tablename__ = "accounts"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    role: Mapped[str] = mapped_column(String(16))
    password: Mapped[str] = mapped_column(Text, default="")
    one_time_secret: Mapped[str] = mapped_column(Text, default="")
    one_time_step: Mapped[int] = mapped_column(Integer, default=0)
    disabled: Mapped[bool] = mapped_column(default=False)
    failures: Mapped[int] = mapped_column(Integer, default=0)
    failed: Mapped[datetime | None] = mapped_column(default=None)
    made: Mapped[datetime]
    oidc_subject: Mapped[str] = mapped_column(Text, default="", index=True)


class UnknownNameRow(Base):
    """Failed sign-ins with a name that no account has, so that they are paused as those of accounts are.

    ``digest`` is a keyed digest of the name, which may be a password typed into the wrong field.
    """

    __tablename__ = "unknown_names"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int] = mapped_column(Integer, default=0)
    failed: Mapped[datetime | None] = mapped_column(default=None)


class GrantRow(Base):
    """Access of an account beyond its role: ``kind`` is one of ``app.accounts.accounts.GRANTS``.

    ``until`` is the end of a temporary grant, ``reason`` its justification.
    """

    __tablename__ = "grants"
    __table_args__ = (Index("grants_once", "account", "kind", "collection", "value", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    collection: Mapped[str] = mapped_column(String(64), default="")
    value: Mapped[str] = mapped_column(Text, default="")
    until: Mapped[datetime | None] = mapped_column(default=None)
    reason: Mapped[str] = mapped_column(Text, default="")
    author: Mapped[str] = mapped_column(String(64))
    made: Mapped[datetime]


class PasskeyRow(Base):
    """A passkey of an account: its id and public key (COSE) in base64url, and the last counter of its signatures."""

    __tablename__ = "passkeys"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    public_key: Mapped[str] = mapped_column(Text)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    label: Mapped[str] = mapped_column(Text, default="")
    made: Mapped[datetime]
    used: Mapped[datetime | None] = mapped_column(default=None)


class CredentialRow(Base):
    """A session, API token, invitation or challenge of a passkey, identified only by the SHA-256 of its secret.

    ``number`` is its public id. ``scopes`` limit a token; a session has all permissions of the role.
    """

    __tablename__ = "credentials"
    __table_args__ = (Index("credentials_by_number", "number", unique=True),)

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    number: Mapped[str] = mapped_column(String(16))
    account: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    label: Mapped[str] = mapped_column(Text, default="")
    scopes: Mapped[list[Any]] = mapped_column(JSON, default=list)
    made: Mapped[datetime]
    used: Mapped[datetime]
    expires: Mapped[datetime | None] = mapped_column(default=None)
