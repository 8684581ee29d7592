"""Variant spellings of an authority are normalised to one filter value."""

import pytest

from nlp.entities.authority_names import authority_name

CONGRESS = "Congreso de la República"


@pytest.mark.parametrize(
    ("written", "jurisdiction", "name"),
    [
        ("CONGRESO DE LA REPÚBLICA DEL PERÚ", "PE", CONGRESS),
        ("CONGRESO DE LA REPÚBLICA DEL", "PE", CONGRESS),
        ("CONGRESO DE LA REPÚBLICA", "PE", CONGRESS),
        ("Congreso de la República  del\nPerú", "PE", CONGRESS),
        ("Congreso de la República del Perú", "CO", "Congreso de la República del Perú"),
        ("tribunal judiciaire de Cayenne", "FR", "Tribunal Judiciaire de Cayenne"),
        ("COUR D'APPEL DE CAYENNE", "FR", "Cour d'Appel de Cayenne"),
        ("cour d’appel de Cayenne", "FR", "Cour d’Appel de Cayenne"),
        ("Juzgado Federal n.º 8 de Mendoza", "AR", "Juzgado Federal n.º 8 de Mendoza"),
        ("JUZGADO FEDERAL Nº 8 DE MENDOZA", "AR", "Juzgado Federal n.º 8 de Mendoza"),
        ("6ª Vara Federal Criminal de Recife", "BR", "6ª Vara Federal Criminal de Recife"),
        ("THE HIGH COURT OF IRELAND", "IE", "The High Court"),
        ("ES:SGCJI", "ES", "Subdirección General de Cooperación Jurídica Internacional"),
        ("DAJIN", "AR", "Dirección de Asistencia Jurídica Internacional"),
        ("Unidad de Cooperación Judicial Internacional y Extradiciones de la Fiscalfa de la Nación", "PE",
         "Unidad de Cooperación Judicial Internacional y de Extradiciones de la Fiscalía de la Nación"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_an_authority_has_one_name(written: str, jurisdiction: str, name: str) -> None:
    assert authority_name(written, jurisdiction) == name
    assert authority_name(name, jurisdiction) == name
