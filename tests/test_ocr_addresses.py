"""Addresses of e-mail in words read by OCR."""

import pytest

from extraction.layout.ocr_addresses import with_addresses


@pytest.mark.parametrize(
    ("recognised", "corrected"),
    [
        ("e249acadOcps.sp.gov.br,", "e249acad@cps.sp.gov.br,"),
        ("(ana.perez©fiscalia.gob.cl)", "(ana.perez@fiscalia.gob.cl)"),
        ("greffe-penalQcourdappel.fr.", "greffe-penal@courdappel.fr."),
        ("Correo electrónico: juzgadoOcorte.gob.pe", "Correo electrónico: juzgado@corte.gob.pe"),
        ("ana@fiscalia.gob.cl", "ana@fiscalia.gob.cl"),
        ("miOficina.es y www.mi-sedeOficial.es", "miOficina.es y www.mi-sedeOficial.es"),
        ("informe2025Oficial.pdf", "informe2025Oficial.pdf"),
        ("JURIDICOSOLEGISLATURA.GOV.AR", "JURIDICOSOLEGISLATURA.GOV.AR"),
        ("art. 5.O, inc. 2.O", "art. 5.O, inc. 2.O"),
    ],
)
def test_the_sign_of_addresses_is_restored(recognised: str, corrected: str) -> None:
    assert " ".join(with_addresses(recognised.split())) == corrected
