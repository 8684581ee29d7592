"""States told by addresses without a scheme, forms of their laws, and more evidence than that of names."""

from __future__ import annotations

import pytest

from nlp.annotations import Hints
from nlp.entities.gazetteers import find_gazetteer
from nlp.folding import words_of
from nlp.jurisdiction import find_jurisdiction


def state(language: str, text: str) -> str:
    return find_jurisdiction(text, Hints(), {}, find_gazetteer(text, words_of(text)), language).code


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("es", "Esta resolución se publicará en el sitio web del Servicio, www.hacienda.gob.mx, y regirá.", "MX"),
        ("es", "comprendidos en el artículo 25º del Decreto Nº 149/007 y en la Ley Nº 18.083/006.", "UY"),
        ("es", "la Consejería de Educación de la Comunidad Foral, a propuesta de la Diputación Foral", "ES"),
        ("es", "infringió el artículo 688 en el recurso de casación en la forma, Rol N° 12.345-2020", "CL"),
        ("fr", "Vu le code monétaire et financier ; Vu le règlement général de l’AMF", "FR"),
        ("fr", "le précompte professionnel dû à l’ONSS et le Code judiciaire", "BE"),
        ("en", "an appeal under the Planning (Jersey) Law 2002 against a notice of the Comptroller of Revenue", "JE"),
        ("en", "the Value Added Tax Act 1998, (Act 546) and the Internal Revenue Act 2000, (Act 592)", "GH"),
        ("en", "Sunday Trading Law (2003 Revision)\n1. This Law may be cited as the Sunday Trading Law", "KY"),
        ("en", "Be it enacted by the people of Guam, 5 GCA § 5707", "GU"),
        (
            "pt",
            "A Portaria 298/2016, de 29 de novembro, e o artigo 31.º do Decreto Lei 298/2009, de 14 de outubro",
            "PT",
        ),
        ("pt", "Portaria 64/2026/1\nde 10 de fevereiro", "PT"),
        ("pt", "Lei n.º 24/2023 - Diário da República n.º 103/2023, Série I de 2023-05-29", "PT"),
        ("fr", "selon l’article 39 de la Loi n° 17-95, une amende de 12 000 à 120 000 dirhams", "MA"),
        ("en", "S.I. No. 12/2026 - Social Welfare Regulations", "IE"),
        ("es", "la Sentencia T-524 de 2025 y la sentencia C-355 de 2006", "CO"),
        ("es", "RENTA. ORD. N° 1234 DE 05.02.2026. Servicio de Impuestos Internos", "CL"),
        ("es", "CORTE SUPREMA DE JUSTICIA: San Salvador, a las once horas", "SV"),
        ("es", "CAF 18617/2024/CA1, Poder Judicial de la Nación", "AR"),
        ("fr", "Conseil d’État, section du contentieux administratif. Arrêt", "BE"),
        ("fr", "la Commission d'accès aux documents administratifs a été saisie", "FR"),
        (
            "en",
            "IN THE SUPREME COURT OF THE ACTION NO. CL 17/23\nTURKS AND CAICOS ISLANDS\nBETWEEN:\n"
            "RBC ROYAL BANK (BAHAMAS) LIMITED\nPlaintiff",
            "TC",
        ),
        ("fr", "Le Conseil territorial de Saint-Barthélemy. Fait à Gustavia, Saint-Barthélemy, Saint-Barthélemy", "BL"),
    ],
)
def test_states(language: str, text: str, expected: str) -> None:
    assert state(language, text) == expected
