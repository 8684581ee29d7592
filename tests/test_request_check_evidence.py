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
from nlp.requests.checks.facts_told import facts_sentences
from nlp.requests.checks.foot import ends_with_office
from nlp.requests.checks.told import facts_evidence
from nlp.requests.checks.vagueness import vagueness_evidence
from nlp.requests.checks.words import Fields, open_clause
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
    "left_open": (
        [
            "y se lleven lo que sea útil",
            "declare sobre cuanto sepa",
            "apreender o que tiver interesse",
            "sobre tudo quanto souber",
            "search of any premises that may come to light",
            "anything of use about his relatives",
            "tout élément utile",
            "que toute autre chose utile soit entreprise",
        ],
        ["lo que haya en la cuenta 44-1", "o que consta do anexo", "the blocking of it", "tout le compte 44-1"],
    ),
    "heard": (
        ["tomar declaración", "a inquirição", "to be heard", "l’audition", "interview of the manager"],
        ["la cuenta", "a conta", "the heart of the matter", "la maison"],
    ),
    "of_post": (
        ["a los empleados", "dos vizinhos", "the parents", "les voisins", "whoever signed"],
        ["al señor Ruiz", "ao senhor Ruiz", "Mr Ruiz", "à M. Ruiz"],
    ),
    "account_word": (
        ["los extractos bancarios", "todas as contas", "all bank accounts", "les comptes", "full banking information"],
        ["el banco", "o banco", "the bank", "la banque"],
    ),
    "formula": (
        [
            "Reciba un cordial saludo.",
            "apresenta os protestos da sua consideração",
            "we would be grateful for an early answer",
            "Veuillez agréer, Monsieur, l’expression de ma considération",
            "Coimbra, 11 de abril de 2025",
            "une traduction anglaise figure au verso",
        ],
        ["El 3 de mayo pagó 400 euros.", "Recebeu o dinheiro em 2023.", "He paid in May 2023.", "Il a payé en mai."],
    ),
    "nickname": (
        ["un tal Chino", "um tal Chico", "a man called Reto", "known only as Fab", "un nommé Yeison", "apodo “Bolo”"],
        ["Ana Ruiz Vega", "a senhora Ruiz", "Mrs Ruiz", "Mme Ruiz"],
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
    ("Assinatura: Data: 3/3/2025", "missing"),
    ("La jueza, Rosa Vélez [firma no visible]", "missing"),
]


@pytest.mark.parametrize(("signature", "expected"), ENDINGS)
def test_an_end_that_does_not_tell_who_signs(signature: str, expected: str | None) -> None:
    assert finding("signature", "Se solicita remitir copia del contrato.", signature) == expected


def test_an_office_alone_does_not_tell_who_signs() -> None:
    body = "Se solicita remitir copia del contrato."
    ends = ("El Comisario del Gobierno", "La Fiscal General del Estado", "Rosa Vélez Andrade\nFiscal General")
    assert [ends_with_office(read(body, end)[0]) for end in ends] == [True, True, False]


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


TOLD = "El investigado fue visto varias veces en el puerto, donde recibía a las víctimas y les pedía dinero. " * 2
MEASURES = [
    ("Se solicita tomar declaración a los empleados de la bodega.", "unnamed"),
    ("Se solicita tomar declaración a la empleada Ana Ruiz Vega.", None),
    (f"{TOLD} Se solicita remitir los extractos bancarios de Hugo Páez Lema. {TOLD}", "anywhere"),
    ("Se solicitan los extractos de la cuenta 44-11235 de Hugo Páez Lema en el Banco Sur.", None),
    ("Se solicita registrar su bodega en la calle Sol 4 y llevarse lo que sea útil.", "open_ended"),
]


@pytest.mark.parametrize(("body", "expected"), MEASURES)
def test_a_measure_tells_on_whom_or_what_it_acts(body: str, expected: str | None) -> None:
    assert finding("measure_precision", body) == expected


def test_an_interception_names_the_line() -> None:
    vague = "Se solicita intervenir los teléfonos que usa el investigado durante treinta días."
    precise = "Se solicita intervenir la línea +507 6000 1122 que usa el investigado durante treinta días."
    assert [finding("measure_precision", body) for body in (vague, precise)] == ["no_line", None]


def test_greetings_and_penalties_are_no_facts() -> None:
    body = "La estafa tiene pena de prisión de tres años (artículo 186 del Código Penal). Reciba un cordial saludo."
    text = FRAME.replace("Hechos: entre", "Entre").format(f"Se solicita copia del contrato.\n\n{body}", SIGNED)
    context, fields = read_fields(request_context(text, annotate(text)))
    told = list(facts_sentences(context, fields))
    assert any("terrenos" in words for words in told)
    assert not any("saludo" in words or "pena" in words for words in told)


def test_particulars_behind_another_name_identify_nobody_else() -> None:
    body = "Los imputados son Luis Vega Soto y Rita Mora Sanz, nacida el 4 de mayo de 1980. Se pide copia del contrato."
    assert finding("identity", body) == "some_name_only"


OFFENCES = [
    ("Estafa (artículo 186 del Código Penal, prisión de cinco a siete años) y lavado de activos.", "some_no_penalty"),
    ("Estafa (artículo 186, prisión de cinco a siete años) y lavado de activos (artículo 317, diez años).", None),
    ("Estafa y lavado de activos (artículos 186 y 317: prisión de cinco y diez años, respectivamente).", None),
    (
        "Hugo Páez, de cuarenta años. Estafa (artículo 186, prisión de cinco años) y lavado de activos.",
        "some_no_penalty",
    ),
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


OPEN = [
    ("es", "Se solicita oír a quienes puedan saber algo y remitir lo que resulte.", True),
    ("es", "Interesa conocer sus llamadas recientes.", True),
    ("pt", "Pede-se ouvir as pessoas, todas as pessoas que possam saber do sucedido.", True),
    ("pt", "Solicitam-se as chamadas recentes da linha e o que vier a apurar-se.", True),
    ("en", "Please speak to anybody who may know something and send us whatever turns up.", True),
    ("en", "We should like his recent calls.", True),
    (
        "fr",
        "Prière d'entendre toute personne susceptible de savoir où il est et d'envoyer tout ce que vous trouverez.",
        True,
    ),
    ("fr", "Prière de transmettre ses appels récents.", True),
    ("es", "Se adjunta lo que resultó de la pericia.", False),
    ("pt", "Junta-se o que se apurou no inquérito.", False),
    ("en", "Mr Lee, who may know the buyer, is to be heard.", False),
    ("fr", "M. Leroy, qui pourrait connaître l'acheteur, est à entendre.", False),
]


@pytest.mark.parametrize(("language", "words", "expected"), OPEN)
def test_what_is_left_to_the_addressee_is_open(language: str, words: str, expected: bool) -> None:
    assert (open_clause(fold(words)) is not None) == expected, language
