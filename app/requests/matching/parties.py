"""Parties of a request: its persons, companies and identifiers, with their blocking keys."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import regex

from app.requests.search.values import compact, words
from extraction.resource import load
from nlp.matching.blocking import blocking_keys
from nlp.matching.document_numbers import document_number
from nlp.matching.person_readings import read_person
from nlp.requests.identifiers.forms import CASE

PERSON, COMPANY = "person", "company"
ACCOUNT, PHONE, IP = "account", "phone", "ip"
KINDS = (
    PERSON,
    COMPANY,
    ACCOUNT,
    PHONE,
    "plate",
    "wallet",
    IP,
    "email",
    "passport",
    "national_id",
    "imei",
    "company_number",
)
"""Kinds of parties, in the order in which people look for them; IBANs and other numbers of accounts are one kind."""
_MIN_LENGTH = 5
_LAST_DIGITS = 9
_COUNTRY_AND_CHECK = regex.compile(r"[A-Z]{2}\d\d")
_EXACT_WALLET = regex.compile(r"0[xX]|bc1|BC1|ltc1|tb1")
"""Addresses without case; in others a capital is another letter (Base58)."""


@dataclass(frozen=True, slots=True)
class Party:
    """A person, company or identifier in a request; ``compared`` is its normal form.

    ``number`` is the document of a person. ``start`` is its evidence in the request's text.
    """

    kind: str
    name: str
    compared: str
    start: int
    birth_date: str = ""
    number: str = ""
    role: str = ""

    @property
    def is_named(self) -> bool:
        """Return whether it is a person or a company, whose names are compared."""
        return self.kind in (PERSON, COMPANY)

    def blocks(self) -> frozenset[str]:
        """Return blocking keys: parties that may be the same share at least one."""
        if self.is_named:
            return frozenset(key[:120] for key in blocking_keys(self.name, self.birth_date, self.number))
        keys = {self.compared}
        if self.kind == ACCOUNT and _COUNTRY_AND_CHECK.match(self.compared):
            keys.add(self.compared[4:])
        if self.kind == PHONE:
            keys.add(self.compared[-_LAST_DIGITS:])
        return frozenset(f"{self.kind}:{key}"[:120] for key in keys)


def parties_of(fields: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[Party]:
    """Return the parties of a request without duplicates; ``fields`` are its decided values with their places."""
    persons = [party for found in fields.get("persons", ()) for party in _person(found)]
    documents = {document_number(party.number) for party in persons if party.number}
    identifiers = [party for found in fields.get("identifiers", ()) for party in _identifier(found, documents)]
    return list({(party.kind, party.compared): party for party in reversed((*persons, *identifiers))}.values())[::-1]


def _person(found: Mapping[str, Any]) -> Iterator[Party]:
    value = found["value"]
    kind = COMPANY if value.get("kind") == "legal" else PERSON
    documents = [item if isinstance(item, str) else str(item.get("text", "")) for item in value.get("documents") or ()]
    number = documents[0] if documents else ""
    birth, role = str(value.get("birth_date") or ""), str(value.get("role") or "")
    for name, shown in ((value["name"], number), *((alias, "") for alias in value.get("aliases") or ())):
        is_identified = kind == COMPANY or shown or read_person(name).readings
        if words(name) and is_identified:
            yield Party(kind, name, " ".join(sorted(words(name))), found["start"], birth, shown, role)


def _identifier(found: Mapping[str, Any], of_persons: set[str]) -> Iterator[Party]:
    value = found["value"]
    kind = ACCOUNT if value["kind"] in ("iban", "account") else value["kind"]
    compared = compared_form(kind, value["text"])
    if value.get("scope", CASE) != CASE or kind not in KINDS or len(compared) < _MIN_LENGTH:
        return
    if kind not in ("passport", "national_id") or document_number(value["text"]) not in of_persons:
        yield Party(kind, value["text"], compared, found["start"])


def compared_form(kind: str, text: str) -> str:
    """Return an identifier in normal form; empty if it identifies nothing."""
    if kind == PHONE:
        return regex.sub(r"\D", "", text).removeprefix("00")
    if kind == "email":
        return "" if _is_of_office(text) else text.strip().lower()
    if kind == "wallet":
        written = "".join(text.split())
        return written.lower() if _EXACT_WALLET.match(written) else written
    if kind == IP:
        return _public_address(text.strip())
    return compact(text)


def _is_of_office(address: str) -> bool:
    """Whether a mailbox is named after an office, so that many files have it as the sender's."""
    named = words(address.partition("@")[0])
    return all(word in load("app.requests.matching.office_mailboxes")["words"] or word.isdigit() for word in named)


def _public_address(text: str) -> str:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return ""
    local = address.is_loopback or address.is_link_local or address.is_unspecified or address.is_multicast
    return "" if local or any(address in net for net in _PRIVATE if net.version == address.version) else str(address)


_PRIVATE = [ipaddress.ip_network(network) for network in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")]
