"""Numbers of documents, accounts and cases with valid check digits, from ranges assigned to nobody."""

from __future__ import annotations

from random import Random

import phonenumbers
import schwifty
from stdnum.br import cpf
from stdnum.iso7064 import mod_97_10
from stdnum.mx import curp
from stdnum.pt import nif

DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
IBAN_COUNTRIES = {"ES": 20, "PT": 21, "FR": 23, "IE": 18, "BR": 25}


def digits(rng: Random, count: int) -> str:
    """Return ``count`` random digits, the first of which is not 0."""
    return str(rng.randint(1, 9)) + "".join(str(rng.randint(0, 9)) for _ in range(count - 1))


def account(rng: Random, state: str) -> str:
    """Return an IBAN if the State uses them, else a number of the usual length of its banks."""
    if state in IBAN_COUNTRIES:
        return str(schwifty.IBAN.random(country_code=state, random=rng).formatted)
    return digits(rng, {"MX": 18, "PE": 20, "AR": 22}.get(state, 11))


def phone(rng: Random) -> str:
    """Return a number of an existing numbering plan, in international form."""
    while True:
        number = phonenumbers.PhoneNumber(rng.choice([34, 57, 55, 351, 33, 353]), int(digits(rng, 9)))
        if phonenumbers.is_valid_number(number):
            return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def personal_document(rng: Random, kind: str, surname: str) -> tuple[str, str]:
    """Return the words that introduce a personal document of ``kind``, and its number."""
    number = digits(rng, 8)
    grouped = f"{number[:2]}.{number[2:5]}.{number[5:]}"
    if kind == "es_dni":
        return "DNI", f"{number}{DNI_LETTERS[int(number) % 23]}"
    if kind == "br_cpf":
        base = digits(rng, 9)
        right = next(base + f"{check:02d}" for check in range(100) if cpf.is_valid(f"{base}{check:02d}"))
        return "CPF n.º", str(cpf.format(right))
    if kind == "pt_nif":
        base = "2" + digits(rng, 7)
        return "NIF", base + str(nif.calc_check_digit(base))
    if kind == "mx_curp":
        base = f"{surname[:1]}AXX{rng.randint(50, 99)}0{rng.randint(1, 9)}{rng.randint(10, 28)}HDFRRL0".upper()
        return "CURP", base + str(curp.calc_check_digit(base))
    if kind == "jm_trn":
        return "TRN", f"{digits(rng, 3)}-{digits(rng, 3)}-{digits(rng, 3)}"
    if kind == "ht_nif":
        return "NIF n°", f"00{rng.randint(1, 9)}-{digits(rng, 3)}-{digits(rng, 3)}-{rng.randint(0, 9)}"
    cues = {"co_cc": "cédula de ciudadanía No.", "pe_dni": "DNI N.°", "ar_dni": "DNI Nro."}
    return (cues[kind], grouped if kind == "co_cc" else number) if kind in cues else ("", passport(rng))


def passport(rng: Random) -> str:
    """Return a passport number of two letters and seven digits, which no register has issued."""
    return f"{rng.choice('ABCDFGHKLP')}{rng.choice('ABCDFGHKLP')}{digits(rng, 7)}"


def cnj(rng: Random, year: int) -> str:
    """Return a Brazilian case number with its check digits (Resolução CNJ 65/2008, ISO 7064 mod 97-10)."""
    sequence, origin = digits(rng, 7), digits(rng, 4)
    check = mod_97_10.calc_check_digits(f"{sequence}{year}404{origin}")
    return f"{sequence}-{check}.{year}.4.04.{origin}"


def wrong_digit(rng: Random, number: str) -> str:
    """Return ``number`` with one digit changed, like a typing error."""
    places = [place for place, character in enumerate(number) if character.isdigit()]
    place = rng.choice(places)
    return number[:place] + str((int(number[place]) + rng.randint(1, 8)) % 10) + number[place + 1 :]
