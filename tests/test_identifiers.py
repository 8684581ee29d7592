"""Identifiers: recognition, check digits, and numbers that are none."""

from __future__ import annotations

import pytest

from nlp.entities.checksums import check
from nlp.entities.identifiers import find_identifiers

FOUND = [
    ("BR", "CPF 529.982.247-25", "529.982.247-25", "id:cpf:52998224725", "true"),
    ("BR", "CPF 529.982.247-26", "529.982.247-26", "id:cpf:52998224726", "false"),
    ("BR", "CNPJ 12.ABC.345/01DE-35", "12.ABC.345/01DE-35", "id:cnpj:12ABC34501DE35", "true"),
    ("ES", "con DNI 12345678Z", "12345678Z", "id:es_dni_nie:12345678Z", "true"),
    ("CL", "RUT 12.345.678-5", "12.345.678-5", "id:cl_rut:123456785", "true"),
    ("AR", "CUIT 20-05536168-2", "20-05536168-2", "id:ar_cuit:20055361682", "true"),
    ("MX", "CURP BOXW310820HNERXN09", "BOXW310820HNERXN09", "id:mx_curp:BOXW310820HNERXN09", "true"),
    ("MX", "CLABE 032180000118359719", "032180000118359719", "id:clabe:032180000118359719", "true"),
    ("PE", "RUC 20100047218", "20100047218", "id:pe_ruc:20100047218", "true"),
    ("CO", "cédula de ciudadanía No. 79.123.456", "79.123.456", "", "unchecked"),
    ("FR", "SIREN 552 008 443", "552 008 443", "id:fr_siren:552008443", "true"),
    (
        "",
        "IBAN ES91 2100 0418 4502 0005 1332",
        "ES91 2100 0418 4502 0005 1332",
        "id:iban:ES9121000418450200051332",
        "true",
    ),
    (
        "",
        "IBAN ES91 2100 0418 4502 0005 1333",
        "ES91 2100 0418 4502 0005 1333",
        "id:iban:ES9121000418450200051333",
        "false",
    ),
    ("", "SWIFT: BCOLCOBM", "BCOLCOBM", "id:bic:BCOLCOBM", "true"),
    ("", "IMEI 35-686800-004141-8", "35-686800-004141-8", "id:imei:356868000041418", "true"),
    ("", "contenedor CSQU3054383", "CSQU3054383", "id:container:CSQU3054383", "true"),
    ("", "wallet bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", "", "true"),
    ("", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "", "true"),
    ("", "desde la IP 203.0.113.7 el día", "203.0.113.7", "id:ipv4:203.0.113.7", "true"),
    ("", "desde 2001:db8:85a3::8a2e:370:7334 el", "2001:db8:85a3::8a2e:370:7334", "", "true"),
    ("", "escriba a fiscalia@fge.gob.mx.", "fiscalia@fge.gob.mx", "id:email:fiscalia@fge.gob.mx", "unchecked"),
    ("CO", "tel. 601 555 1234", "601 555 1234", "id:phone:+576015551234", "true"),
    ("", "pasaporte n.º AAB123456", "AAB123456", "id:passport:AAB123456", "unchecked"),
    ("", "L898902C36UTO7408122F1204159ZE184226B<<<<<10", "L898902C36UTO7408122F1204159ZE184226B<<<<<10", "", "true"),
    ("", "CPF\u00a0529.982.247\u201325", "529.982.247\u201325", "id:cpf:52998224725", "true"),
]


@pytest.mark.parametrize(("country", "text", "quote", "value", "valid"), FOUND)
def test_found(country: str, text: str, quote: str, value: str, valid: str) -> None:
    span = next(item for item in find_identifiers(text, jurisdiction=country) if text[item.start : item.end] == quote)
    assert span.attributes["valid"] == valid
    assert value in ("", span.value)


@pytest.mark.parametrize(
    "text",
    [
        "el monto de 52998224725",
        "artículo 12.345.678",
        "Expediente 1234567",
        "el 12345678901234567890",
        "versión 1.2.3",
        "Ley 23.737 y Ley 19.574",
        "300.1.1.1",
    ],
)
def test_mere_numbers(text: str) -> None:
    assert find_identifiers(text) == []


def test_rival_readings_are_kept() -> None:
    (span,) = find_identifiers("C.I. 1.234.567-2", jurisdiction="UY")
    assert len(span.readings) > 1


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("cnj", "5046512-94.2016.4.04.7000", "5046512-95.2016.4.04.7000"),
        ("cnj", "0000002-65.2005.4.05.8100", "0000002-64.2005.4.05.8100"),
        ("uy.ci", "1.234.567-2", "1.234.567-3"),
        ("clabe", "032180000118359719", "032180000118359718"),
        ("bitcoin", "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", "bc1qar0srrr7xfkvy5l643iydnw9re59gtzzwf5mdq"),
        (
            "bitcoin",
            "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
            "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj9",
        ),
        ("bitcoin", "1NEDqZPvTWRaoho48qXuLLsrYomMXPABfD", "1NEDqZPvTWRaoho48qXuLIsrYomMXPABfD"),
        ("stdnum.imo", "9319466", "9319467"),
    ],
)
def test_check_digits(name: str, good: str, bad: str) -> None:
    assert (check(name, good), check(name, bad)) == ("true", "false")


def test_without_a_rule_nothing_is_checked() -> None:
    assert check("", "1") == "unchecked"
