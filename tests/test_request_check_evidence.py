"""Words and places that tell the completeness check what a letter leaves open."""

from __future__ import annotations

import pytest
from test_request_completeness import FRAME, SIGNED

from extraction.resource import load
from nlp.folding import fold
from nlp.pipeline import annotate
from nlp.requests.checks.alarm_evidence import EVIDENCE
from nlp.requests.checks.checks import explain, needs_a_look, state_of, weighed_findings
from nlp.requests.checks.evidence_words import weighed
from nlp.requests.checks.told import facts_evidence
from nlp.requests.checks.vagueness import vagueness_evidence
from nlp.requests.checks.words import Fields
from nlp.requests.context import RequestContext
from nlp.requests.reading import read_fields, request_context

# Words in which a pattern is found, and words in which it is not.
WORDS = {
    "seal": (
        ["(sello de la Fiscalía)", "[selo branco]", "(seal of the court)", "[cachet]", "L.S."],
        ["la firma del juez", "sealing wax", "selon la loi"],
    ),
    "open_quantity": (
        ["cualquier otra cuenta", "quaisquer contas", "any account", "tout renseignement", "los demás bienes"],
        ["la cuenta 44-1", "a conta indicada", "account 44-1", "le compte 44-1"],
    ),
    "unnamed": (
        ["quien represente a la sociedad", "a pessoa que retirou o dinheiro", "anybody who may know", "les témoins"],
        ["la señora Ana Ruiz", "a senhora Ana Ruiz", "Mrs Ruiz", "Mme Ruiz"],
    ),
    "conditional": (
        ["en su caso, su detención", "se for possível", "if any", "le cas échéant"],
        ["la causa 12", "se pide", "a case of fraud", "le dossier"],
    ),
    "treaty_word": (
        ["la Convención de Palermo", "o Tratado", "our treaty", "l’accord bilatéral", "the UNTOC"],
        ["lo acordado", "o contrato", "treated as such", "le contrat"],
    ),
    "no_treaty": (
        ["no existe tratado", "na falta de tratado, não há convenção", "no treaty binds us", "en l’absence de traité"],
        ["según el tratado", "o tratado vigente", "under the treaty", "la convention"],
    ),
    "records": (
        ["los extractos", "os registos de chamadas", "call records", "les relevés"],
        ["la finca", "a casa", "the house", "la maison"],
    ),
    "respectively": (
        ["penas de dos y tres años, respectivamente", "cada um punido", "respectively", "chacun"],
        ["pena de dos años", "punido", "punished", "puni"],
    ),
    "account_records": (
        ["extractos de la cuenta", "movimentos da conta", "statements of the account", "relevés du compte"],
        ["el saldo de la cuenta", "o saldo da conta", "the balance", "le solde du compte"],
    ),
    "secured": (
        ["congelar el saldo", "bloqueio da conta", "the balance frozen", "le solde saisi"],
        ["ver la cuenta", "ver a conta", "see the account", "voir le compte"],
    ),
}  # fmt: skip


def read(body: str, signature: str = SIGNED) -> tuple[RequestContext, Fields]:
    text = FRAME.format(body, signature)
    return read_fields(request_context(text, annotate(text)))


def finding(key: str, body: str, signature: str = SIGNED) -> str | None:
    return weighed_findings(*read(body, signature))[0].get(key)


def test_each_pattern_has_examples() -> None:
    assert WORDS.keys() == load("nlp.request_check_evidence").keys()


@pytest.mark.parametrize("name", WORDS)
def test_words_are_found(name: str) -> None:
    right, wrong = ([words for words in group if weighed(name).search(fold(words))] for group in WORDS[name])
    assert (right, wrong) == (WORDS[name][0], [])


ENDINGS = [
    ("Rosa Vélez Andrade", "name_alone"),
    ("R. Vélez", "name_alone"),
    ("El Juez,\n(ilegible)", "illegible"),
    ("El Juez,\n(ilegible) [sello redondo]", None),
    ("La Agente Fiscal, Rosa Vélez Andrade. Quito, 3 de marzo de 2025.", None),
    ("Assinatura:                Data: 3/3/2025", "missing"),
    ("La jueza, Rosa Vélez [firma]", None),
    ("Quito, 3 de marzo de 2025 (firmado)", None),
    ("Rosa Vélez Andrade\nAbogada, Unidad de Cooperación", None),
]


@pytest.mark.parametrize(("signature", "expected"), ENDINGS)
def test_an_end_that_does_not_tell_who_signs(signature: str, expected: str | None) -> None:
    assert finding("signature", "Se solicita remitir copia del contrato.", signature) == expected


PERIODS = [
    ("Se piden los extractos de la cuenta 44-1 del Banco Sur.", "missing"),
    ("Se piden los extractos de la cuenta 44-1 del Banco Sur, de enero a mayo de 2023.", None),
    (
        "Se piden los extractos de la cuenta 44-1 del Banco Sur, de enero a mayo de 2023. Se piden las declaraciones "
        "tributarias de Hugo Páez Lema.",
        "some_missing",
    ),
    ("Se pide bloquear el saldo de la cuenta 44-1 del Banco Sur.", None),
]


@pytest.mark.parametrize(("body", "expected"), PERIODS)
def test_records_need_a_period_and_a_balance_none(body: str, expected: str | None) -> None:
    assert finding("period_of_records", body) == expected


OFFENCES = [
    ("Estafa (artículo 186 del Código Penal, prisión de cinco a siete años) y lavado de activos.", "some_no_penalty"),
    ("Estafa (artículo 186, prisión de cinco a siete años) y lavado de activos (artículo 317, diez años).", None),
    ("Estafa y lavado de activos (artículos 186 y 317: prisión de cinco y diez años, respectivamente).", None),
]


@pytest.mark.parametrize(("body", "expected"), OFFENCES)
def test_each_offence_has_its_penalty(body: str, expected: str | None) -> None:
    assert finding("offence_text_and_penalty", f"{body} Se solicita copia del contrato.") == expected


def test_a_treaty_that_is_only_named_is_to_be_looked_at() -> None:
    context, fields = read("Ya se escribió al amparo del tratado. Se solicita copia del contrato.")
    assert weighed_findings(context, {**fields, "legal_basis": ()})[1]["legal_basis"] == "named"
    for found in ("named", "one_not_known"):
        assert (state_of(found), needs_a_look(f"legal_basis.{found}")) == ("present", True)


def test_vague_measures_weigh_more_than_precise_ones() -> None:
    vague = vagueness_evidence(*read("Se solicita oír a quien sepa algo y enviar cualquier otra cuenta que tenga."))
    precise = vagueness_evidence(*read("Se solicitan los extractos de la cuenta 44-1123 del Banco Sur."))
    assert vague["measures.open_quantity"] > precise["measures.open_quantity"] == 0
    assert precise["measures.figures"] > vague["measures.figures"]


def test_facts_weigh_by_what_they_tell() -> None:
    told = facts_evidence(*read("En mayo de 2023 cobró 4.000 dólares a Ana Ruiz. Se solicita copia del contrato."))
    assert (told["facts.section"], told["facts.offence"]) == (1.0, 0.0)


def test_a_doubt_is_explained() -> None:
    doubted = load("nlp.request_checks")["doubted"]
    assert EVIDENCE.keys() <= doubted.keys()
    for key in doubted:
        assert state_of("unclear") == "doubtful"
        assert len({explain(f"{key}.unclear", language) for language in ("es", "pt", "en", "fr")}) == 4
