"""Validation of identifiers by their check digits, with python-stdnum where its implementation is correct."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from importlib import import_module

from stdnum.bitcoin import bech32_checksum
from stdnum.iso7064 import mod_97_10

_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
# Remainders of valid addresses by BIP 173 (witness version 0) and BIP 350 (later versions).
_BECH32_REST, _BECH32M_REST = 1, 0x2BC830A3
_HUMAN_PART = (3, 3, 0, 2, 3)  # "bc" expanded by BIP 173
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def check(name: str, number: str) -> str:
    """Return ``true``, ``false`` or, without ``name``, ``unchecked``, by the check digits of ``number``.

    ``name`` is a key of this module or a module of python-stdnum.
    """
    if not name:
        return "unchecked"
    own = _OWN.get(name)
    passed = own(number) if own else import_module(name).is_valid(number)
    return "true" if passed else "false"


def digits(text: str) -> str:
    """Return the digits of ``text``."""
    return "".join(character for character in text if character.isdigit())


def cnj(number: str) -> bool:
    """Return whether a Brazilian case number is valid (CNJ Resolution 65/2008).

    The check digits are ISO 7064 mod 97-10 over sequence, year, segment, tribunal and origin.
    """
    figures = digits(number).zfill(20)
    return len(figures) == 20 and bool(mod_97_10.is_valid(figures[:7] + figures[9:] + figures[7:9]))


def uruguayan_cedula(number: str) -> bool:
    """Return whether the check digit of a Uruguayan identity card number is valid."""
    figures = digits(number).zfill(8)
    total = sum(int(figure) * weight for figure, weight in zip(figures, (2, 9, 8, 7, 6, 3, 4), strict=False))
    return len(figures) == 8 and int(figures[7]) == -total % 10


def clabe(number: str) -> bool:
    """Return whether the check digit of a Mexican bank account number (CLABE) is valid."""
    figures = digits(number)
    total = sum(int(figure) * weight % 10 for figure, weight in zip(figures[:17], (3, 7, 1) * 6, strict=False))
    return len(figures) == 18 and int(figures[17]) == -total % 10


def mrz_line(line: str) -> bool:
    """Return whether the second line of a TD3 travel document's machine-readable zone is valid (ICAO Doc 9303).

    The check digits of number, date of birth, date of expiry and of the whole line have the weights 7-3-1.
    """
    parts = [(line[0:9], line[9]), (line[13:19], line[19]), (line[21:27], line[27])]
    whole = line[0:10] + line[13:20] + line[21:43]
    return all(_mrz_digit(part) == digit for part, digit in [*parts, (whole, line[43])])


def _mrz_digit(part: str) -> str:
    values = [0 if character == "<" else int(character, 36) for character in part]
    return str(sum(value * (7, 3, 1)[index % 3] for index, value in enumerate(values)) % 10)


def base58check(address: str) -> bool:
    """Return whether the checksum of a Bitcoin address in Base58Check (P2PKH, P2SH) is valid."""
    if len(address) > 35 or not set(address) <= set(_BASE58):
        return False
    number = 0
    for character in address:
        number = number * 58 + _BASE58.index(character)
    raw = number.to_bytes(25, "big")
    return sha256(sha256(raw[:21]).digest()).digest()[:4] == raw[21:]


def bitcoin(address: str) -> bool:
    """Return whether the checksum of a Bitcoin address is valid: Base58Check, Bech32 (BIP 173) or Bech32m (BIP 350)."""
    if address[:3].lower() != "bc1":
        return base58check(address)
    data = address[3:]
    if data not in (data.lower(), data.upper()) or not set(data.lower()) <= set(_BECH32) or not data:
        return False
    values = [_BECH32.index(character) for character in data.lower()]
    rest = bech32_checksum([*_HUMAN_PART, *values])
    return bool(rest == (_BECH32M_REST if values[0] else _BECH32_REST))


def spanish_person(number: str) -> bool:
    """Return whether the check letter of a Spanish DNI or NIE is valid."""
    compact = "".join(character for character in number.upper() if character.isalnum())
    module = "stdnum.es.nie" if compact[:1] in "XYZ" else "stdnum.es.dni"
    return bool(import_module(module).is_valid(compact))


def french_company(number: str) -> bool:
    """Return whether the check digit of a French SIREN or SIRET is valid."""
    figures = digits(number)
    return bool(import_module("stdnum.fr.siret" if len(figures) == 14 else "stdnum.fr.siren").is_valid(figures))


# schwifty loads its registry of banks on import, which few texts need.
def _iban(number: str) -> bool:
    from schwifty import IBAN

    return IBAN(number, allow_invalid=True).is_valid


def _bic(number: str) -> bool:
    from schwifty import BIC

    return BIC(number, allow_invalid=True).is_valid


_OWN: dict[str, Callable[[str], bool]] = {
    "cnj": cnj,
    "uy.ci": uruguayan_cedula,
    "clabe": clabe,
    "mrz": mrz_line,
    "base58check": base58check,
    "bitcoin": bitcoin,
    "es.person": spanish_person,
    "fr.company": french_company,
    "iban": _iban,
    "bic": _bic,
}
