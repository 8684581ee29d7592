"""Sign-in through an OpenID Connect provider: which account a person of the provider has.

The provider only says who somebody is. Accounts, roles and grants are made here; who has no account is refused.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.schema import AccountRow
from extraction.errors import RogatioError
from indexing.store.reading import Store
from indexing.store.writing import writing

DISCOVERY = "/.well-known/openid-configuration"
"""Path below the issuer (OpenID Connect Discovery 1.0, section 4)."""


@dataclass(frozen=True, slots=True)
class OidcProvider:
    """``claim`` is the claim of the ID token that has the name of the account."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    claim: str = "preferred_username"


def provider_from(environment: Mapping[str, str] = os.environ) -> OidcProvider | None:
    """Return the provider of the variables ``ROGATIO_OIDC_...``; None where no issuer and client are named."""
    issuer, client = environment.get("ROGATIO_OIDC_ISSUER", ""), environment.get("ROGATIO_OIDC_CLIENT_ID", "")
    if not issuer or not client:
        return None
    secret = environment.get("ROGATIO_OIDC_CLIENT_SECRET", "")
    return OidcProvider(issuer, client, secret, environment.get("ROGATIO_OIDC_CLAIM") or "preferred_username")


def account_of(store: Store, provider: OidcProvider, claims: Mapping[str, Any]) -> str:
    """Return the name of the account of a person; ``claims`` are those of a validated ID token.

    The account is the one linked to the subject. The first time it is the one named by the claim, if it has no
    password and is linked to nobody: names can change hands at a provider, subjects cannot (OpenID Connect Core 1.0,
    section 5.7). Raises ``app.oidc_no_account``.
    """
    subject = subject_of(provider.issuer, str(claims.get("sub", "")))
    with Session(store.database) as session:
        linked = session.scalar(select(AccountRow).where(AccountRow.oidc_subject == subject))
        if linked is not None and not linked.disabled:
            return linked.id
        named = session.get(AccountRow, str(claims.get(provider.claim, ""))[:64])
        if linked is not None or named is None or named.disabled or named.password or named.oidc_subject:
            raise RogatioError("app.oidc_no_account")
        name = named.id
    link_account(store, name, subject)
    return name


def link_account(store: Store, name: str, subject: str) -> None:
    """Link an account to a subject of a provider, given by ``subject_of``; an empty one unlinks it.

    Raises ``app.no_such_account``, and ``app.oidc_linked`` where another account has the subject.
    """
    with writing(store) as session:
        other = session.scalar(select(AccountRow.id).where(AccountRow.oidc_subject == subject, AccountRow.id != name))
        if subject and other is not None:
            raise RogatioError("app.oidc_linked", account=other)
        row = session.get(AccountRow, name)
        if row is None:
            raise RogatioError("app.no_such_account", account=name[:64])
        row.oidc_subject = subject


def subject_of(issuer: str, subject: str) -> str:
    """Return issuer and subject as one value; raises ``app.oidc_failed`` for a token without a subject."""
    if not subject:
        raise RogatioError("app.oidc_failed")
    return f"{issuer} {subject}"
