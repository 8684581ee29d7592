"""Requested measures: at whom or what each is aimed, its period, and how often it is asked for."""

from __future__ import annotations

from typing import Any

import pytest

from nlp.pipeline import annotate
from nlp.requests.measures.measures import read_measures
from nlp.requests.reading import request_context

SERVICE = """PROCURADORIA-GERAL DA REPÚBLICA

Lisboa, 4 de março de 2026

Pedido de auxílio judiciário – notificação de arguido

Ao abrigo da Convenção de Auxílio Judiciário em Matéria Penal assinada na Praia em 23 de novembro de 2005, solicita-se
a notificação do arguido Tiago Manuel FERRAZ BRITO, titular do CPF n.º 529.982.247-25, para comparecer no dia
9 de junho de 2026 no Juízo Central Criminal de Lisboa.
"""
TELEPHONE = """FISCALÍA GENERAL DEL ESTADO

Quito, 3 de marzo de 2026

Al Ministerio Público del Perú

En la causa seguida contra Marco Antonio Salas Quiroz, DNI 41239871, nacido el 9 de febrero de 1981, por el delito de
estafa, se solicita que se identifique a los titulares del teléfono +51 987 612 345. También se pide el detalle de los
movimientos de la cuenta N° 001-5567812 del Banco Andino entre el 1 de enero y el 30 de junio de 2025.
"""
PURPOSE = """PODER JUDICIÁRIO
CARTA ROGATÓRIA Nº 4410023

A Juíza Federal Marta LINS faz saber à autoridade judiciária competente da República Portuguesa que foi determinada a
expedição da presente.

FINALIDADE: quebra do sigilo bancário da conta IBAN PT50 0002 0123 1234 5678 9015 4, entre 1º de março de 2021 e 30 de
abril de 2024, e inquirição da testemunha Rui Pedro CALADO.

DOS FATOS: Segundo a denúncia, o réu recebeu valores indevidos.
"""
IN_LINE = """FISCALÍA GENERAL DE LA REPÚBLICA

Ciudad de México, a 2 de febrero de 2026

Se solicita: I. Copia certificada de la inscripción registral de Northgate Trading LLC, de Houston; II. Entrevista del
señor Alan B. Whitcomb; III. Datos del suscriptor de la cuenta de correo puerto.norte@mail.example.
"""
REMINDER = """Parquet du procureur du Roi de Namur

Namur, le 9 novembre 2026

Objet : rappel – commission rogatoire internationale du 3 juin 2026

Par commission rogatoire du 3 juin 2026, le juge d'instruction a sollicité l'audition de Rosa María TELLO IBÁÑEZ.
Aucune réponse ne nous est parvenue. Je vous saurais gré de nous répondre avant le 15 décembre 2026.
"""
SAME_PERIOD = """OFFICE OF THE DIRECTOR OF PUBLIC PROSECUTIONS

Bridgetown, 3 March 2026

REQUEST FOR MUTUAL LEGAL ASSISTANCE

We ask that:

1. Banco Ribera S.A. supply the statements of account ES79 2100 0813 6101 2345 6789 from 1 July to 31 October 2025;
2. the call records of the number +34 612 345 678 for the same period be obtained;
3. the witness Alan Brathwaite be interviewed;
4. the witness Marcia Holder be interviewed;
5. the tax returns of Ribera Spices Ltd be produced, from January 2024 to date.
"""


def measures(text: str) -> dict[str, list[tuple[Any, Any]]]:
    """Return target and period of the measures that a letter asks for, by measure."""
    found: dict[str, list[tuple[Any, Any]]] = {}
    for proposal in read_measures(request_context(text, annotate(text))):
        period = proposal.value["period"]
        ends = (period["from"], period["to"]) if period else None
        found.setdefault(proposal.value["measure"], []).append((proposal.value["target"], ends))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            SERVICE,
            {"service_of_documents": [("Tiago Manuel FERRAZ BRITO", None)]},
            id="a person, not the number of the document; no period from a treaty to a hearing",
        ),
        pytest.param(
            TELEPHONE,
            {
                "subscriber_data": [("+51 987 612 345", None)],
                "bank_information": [("001-5567812", ("2025-01-01", "2025-06-30"))],
            },
            id="the number that is asked about, not the nearest of any kind",
        ),
        pytest.param(
            PURPOSE,
            {
                "bank_information": [("PT50 0002 0123 1234 5678 9015 4", ("2021-03-01", "2024-04-30"))],
                "hearing_witness": [("Rui Pedro CALADO", None)],
            },
            id="what a form names as its purpose",
        ),
        pytest.param(
            IN_LINE,
            {
                "production_documents": [("Northgate Trading LLC", None)],
                "hearing_witness": [("Alan B. Whitcomb", None)],
                "subscriber_data": [("puerto.norte@mail.example", None)],
            },
            id="a list within a line",
        ),
        pytest.param(
            REMINDER,
            {"hearing_witness": [("Rosa María TELLO IBÁÑEZ", None)]},
            id="what a reminder reports as asked for before",
        ),
        pytest.param(
            SAME_PERIOD,
            {
                "bank_information": [("ES79 2100 0813 6101 2345 6789", ("2025-07-01", "2025-10-31"))],
                "traffic_data": [("+34 612 345 678", ("2025-07-01", "2025-10-31"))],
                "hearing_witness": [("Alan Brathwaite", None), ("Marcia Holder", None)],
                "tax_information": [("Ribera Spices Ltd", ("2024-01", None))],
            },
            id="the same period, two witnesses, a period without an end",
        ),
    ],
)
def test_target_and_period(text: str, expected: dict[str, list[tuple[Any, Any]]]) -> None:
    assert measures(text) == expected


EACH_IN_ITS_STATEMENT = """JUZGADO DE INSTRUCCIÓN Nº 4 DE VALENCIA

Valencia, 3 de febrero de 2026

A la autoridad judicial competente de la República del Perú

Por la presente se solicita asistencia en las Diligencias Previas 88/2026, seguidas por estafa contra Marco Antonio
Salas Quiroz, al amparo del tratado de 8 de noviembre de 2000.

Entre enero y junio de 2025 el investigado vendió a vecinos de Valencia parcelas que no existían.
Los perjudicados pagaron en efectivo en una oficina de Lima.
Los recibos llevan la firma de una empleada de esa oficina.

{requests}

Los testigos serán informados de sus derechos.
Se ruega remitir lo actuado a este juzgado.
Se agradece de antemano la colaboración.
Le saluda atentamente,
Elena Roca Ferrer, magistrada
"""


@pytest.mark.parametrize(
    "requests",
    [
        "a) Declaración testimonial de doña Inmaculada Rebollo Cano.\n"
        "b) Declaración testimonial de don Eusebio Tomé Gragera.",
        "Se solicita que se reciba declaración como testigo a Inmaculada Rebollo Cano. Asimismo, se solicita que se "
        "reciba declaración como testigo a Eusebio Tomé Gragera.",
    ],
)
def test_statements_that_name_other_persons_request_a_measure_each(requests: str) -> None:
    text = EACH_IN_ITS_STATEMENT.format(requests=requests)
    found = [one.value for one in read_measures(request_context(text, annotate(text)))]
    heard = [one["target"] for one in found if one["measure"] == "hearing_witness"]
    assert heard == ["Inmaculada Rebollo Cano", "Eusebio Tomé Gragera"]


@pytest.mark.parametrize(
    "records", ["le relevé de ses appels", "la liste de tous les appels", "l'historique de leurs communications"]
)
def test_records_of_calls(records: str) -> None:
    text = (
        "PARQUET DE THIÈS\n\nThiès, le 2 mai 2026\n\nAux autorités judiciaires de la France\n\nNous vous prions de "
        f"nous communiquer l'identité du titulaire de la ligne +33 6 12 00 55 21 ainsi que {records}.\n"
    )
    found = read_measures(request_context(text, annotate(text)))
    assert "traffic_data" in {one.value["measure"] for one in found}
