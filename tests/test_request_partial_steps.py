"""Steps that change a request in part, treaties that do not apply, and periods and days of other acts."""

from __future__ import annotations

import pytest
from test_request_secrecy_end import HEADS

from app.requests.deadlines.deadlines import DatedLetter, deadlines_of
from app.requests.life.summary import reported_outcome
from nlp.pipeline import annotate
from nlp.requests.reading import read_request

_WITHDRAWALS = [
    "FISCALÍA DE LA NACIÓN\nQuito, 4 de junio de 2026\nAl Ministerio de Justicia de España\nAsunto: Elías Tapia "
    "Ronquillo; se comunica desistimiento parcial\n\nSe comunica que el Estado ecuatoriano desiste de la solicitud "
    "de extradición únicamente en lo que respecta al delito de peculado y la mantiene respecto del de concusión.\n",
    "MINISTÉRIO PÚBLICO\nBrasília, 4 de junho de 2026\nÀ Procuradoria-Geral da República de Portugal\nAssunto: Caso "
    "Íris Peixoto - retirada parcial do pedido\n\nInforma-se que o Brasil desiste do pedido de extradição no que "
    "toca ao crime de estelionato e o mantém quanto ao de lavagem de dinheiro.\n",
    "OFFICE OF THE ATTORNEY GENERAL\nBelmopan, 4 June 2026\nTo the Central Authority of Spain\nRe: Marlon Usher - "
    "partial withdrawal\n\nBelize withdraws its request for extradition in respect of the charge of burglary and "
    "maintains it as regards the charge of manslaughter.\n",
    "PARQUET GÉNÉRAL DE CAYENNE\nCayenne, le 4 juin 2026\nAu ministère de la Justice du Brésil\nObjet : Loïc Mirande – "
    "désistement partiel\n\nLa France se désiste de la demande d'extradition en ce qui concerne l'infraction de "
    "recel et la maintient pour les autres faits.\n",
]


@pytest.mark.parametrize("text", _WITHDRAWALS)
def test_a_partial_withdrawal_is_no_request_and_ends_none(text: str) -> None:
    found = read_request(text, annotate(text))
    assert found.document_type.value == "withdrawal"
    assert not [one for one in found.checks if one.state != "present"]
    row = {"document_type": "withdrawal", "segments": [{"kind": "request", "start": 0, "end": len(text)}]}
    assert reported_outcome(row, text) is None


@pytest.mark.parametrize(
    ("language", "words", "invoked"),
    [
        ("es", "No siendo aplicable la Convención de Mérida, se invoca el principio de reciprocidad.", []),
        ("es", "La Convención de Palermo, inaplicable al caso, no se invoca; rige la reciprocidad.", []),
        (
            "es",
            "La Convención de las Naciones Unidas contra la Corrupción no resulta aplicable; se invoca la Convención "
            "Interamericana sobre Asistencia Mutua en Materia Penal.",
            ["NASSAU"],
        ),
        ("pt", "Convenção de Nassau inaplicável; fundamenta-se o pedido na reciprocidade.", []),
        (
            "pt",
            "A Convenção de Palermo não é aplicável; invoca-se a Convenção das Nações Unidas contra a Corrupção.",
            ["UNCAC"],
        ),
        ("en", "The Palermo Convention being inapplicable, reciprocity is offered.", []),
        ("fr", "Convention de Mérida : inapplicable. La demande repose sur la réciprocité.", []),
    ],
)
def test_a_treaty_said_not_to_apply_is_no_basis(language: str, words: str, invoked: list[str]) -> None:
    text = f"{HEADS[language]}{words}\n"
    found = read_request(text, annotate(text)).fields.get("legal_basis", ())
    assert [one.value["instrument"] for one in found] == invoked  # type: ignore[index, call-overload]


@pytest.mark.parametrize(
    ("language", "words", "number", "unit", "since"),
    [
        ("en", "You are asked to provide this within twenty-eight (28) days of the date of this letter.", 28, "day",
         "letter"),
        ("en", "Please reply within fourteen days.", 14, "day", "receipt"),
        ("pt", "Solicita-se o cumprimento da presente no prazo de 75 dias, e que nos seja comunicado, com a "
         "antecedência de 8 dias, o dia da diligência.", 75, "day", "receipt"),
        ("es", "Se ruega la remisión de lo actuado en el plazo de veintiún días, y que se nos avise, con 5 días de "
         "antelación, de la fecha.", 21, "day", "receipt"),
        ("fr", "Les points restants pourront être exécutés dans un délai de deux mois à compter de la présente. "
         "Passé ce délai, le dossier sera classé.", 2, "month", "letter"),
        ("es", "Los puntos restantes podrán cumplirse en el plazo de dos meses desde la presente. Transcurrido dicho "
         "plazo, se archivará el expediente.", 2, "month", "letter"),
    ],
)  # fmt: skip
def test_periods_for_the_answer(language: str, words: str, number: int, unit: str, since: str) -> None:
    text = f"{HEADS[language]}{words}\n"
    [found] = read_request(text, annotate(text)).fields["answer_period"]
    assert {"number": number, "unit": unit, "from": since}.items() <= dict(found.value).items()  # type: ignore[arg-type, call-overload]


@pytest.mark.parametrize(
    ("language", "words", "reason"),
    [
        ("es", "El sumario fue declarado secreto por auto de 2 de noviembre de 2026, prorrogado hasta el 9 de "
         "febrero de 2027.", "secrecy_end"),
        ("pt", "O processo encontra-se em segredo de justiça, prorrogado até 9 de fevereiro de 2027.", "secrecy_end"),
        ("en", "The proceedings were placed under seal, which was extended until 9 February 2027.", "secrecy_end"),
        ("en", "The case comes up for mention on 9 February 2027.", "event"),
        ("en", "The matter is listed for mention on 9 February 2027 before the magistrate.", "event"),
    ],
)  # fmt: skip
def test_days_of_the_requesting_state_s_own_proceedings(language: str, words: str, reason: str) -> None:
    text = f"{HEADS[language]}{words}\n"
    found = [one.value for one in read_request(text, annotate(text)).fields["deadlines"]]
    assert found == [{"date": "2027-02-09", "reason": reason}]


def test_a_period_before_the_hearing_is_counted_from_the_hearing_named_before_it() -> None:
    def proposal(start: int, value: dict[str, object]) -> dict[str, object]:
        return {"id": str(start), "value": value, "start": start, "end": start + 9, "state": "proposed"}

    days = [(100, "2027-03-10"), (300, "2027-01-05")]
    fields = {
        "deadlines": [proposal(at, {"date": day, "reason": "hearing"}) for at, day in days],
        "answer_period": [
            proposal(200, {"number": 30, "unit": "day", "working": False, "from": "hearing", "text": ""})
        ],
    }
    found = deadlines_of(DatedLetter("a", "mla_request", "2026-11-02", fields), (), ())
    assert [one.day for one in found if one.key == "answer_period"] == ["2027-02-08"]


@pytest.mark.parametrize(
    "words",
    [
        "Se les solicita aportar los datos siguientes: la fecha exacta del hecho y el domicilio del testigo.",
        "Solicita-se que forneçam a certidão do despacho que autoriza a busca.",
        "You are invited to supply the text of the provision and the date of the order.",
        "Il vous est demandé de fournir la copie de l'ordonnance et l'adresse du témoin.",
    ],
)
def test_an_answer_that_wants_particulars(words: str) -> None:
    text = f"Acusamos recibo de su solicitud. {words}"
    row = {"document_type": "response", "segments": [{"kind": "answer", "start": 0, "end": len(text)}]}
    outcome = reported_outcome(row, text)
    assert outcome is not None
    assert outcome["status"] == "info_requested"
