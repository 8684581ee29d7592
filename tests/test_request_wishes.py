"""What letters leave open, in which manner measures are wished, what is enclosed and who signs: classes of words."""

from __future__ import annotations

import pytest
from test_request_enclosures import HEADS

from nlp.pipeline import annotate
from nlp.requests.checks.purpose import states_purpose
from nlp.requests.checks.words import open_clause, pattern
from nlp.requests.proposal import PRESENT, RequestReading
from nlp.requests.reading import read_fields, read_request, request_context

ASKED = {
    "es": "Se solicita que se reciba declaración al testigo Julio Arce Mena, con domicilio en calle Luna 4, Madrid. ",
    "pt": "Solicita-se a inquirição da testemunha Júlio Arce Mena, residente na rua da Lua 4, Madrid. ",
    "en": "It is requested that a statement be taken from the witness Julio Arce Mena, of 4 Luna Street, Madrid. ",
    "fr": "Il est demandé d'entendre le témoin Julio Arce Mena, domicilié 4 rue de la Lune, Madrid. ",
}


def reading(language: str, words: str) -> RequestReading:
    text = f"{HEADS[language]}{ASKED[language]}{words}\n"
    return read_request(text, annotate(text))


def found(read: RequestReading, field: str, key: str) -> list[str]:
    return [str(one.value[key]) for one in read.fields.get(field, ()) if isinstance(one.value, dict)]


OPEN = [
    ("practicar las demas diligencias que ese juzgado considere oportunas", True),
    ("cuanto mas estime usted del caso", True),
    ("realizar las restantes averiguaciones del caso", True),
    ("praticar quaisquer outras diligencias que o tribunal julgue convenientes", True),
    ("outras medidas que se revelem uteis", True),
    ("such further enquiries as you may think fit", True),
    ("take whatever steps your officers consider appropriate", True),
    ("any inquiries that appear useful", True),
    ("proceder a tous actes utiles", True),
    ("effectuer toute verification que le magistrat requis estimera opportune", True),
    ("todas las cuentas que resulten a nombre del investigado", False),
    ("todos os extratos que o banco possua da conta 44-1", False),
    ("any account that the suspect may hold at the bank", False),
    ("all steps necessary to preserve the data", False),
    ("tous les comptes que le suspect detient a la banque", False),
    ("toutes mesures utiles pour conserver les donnees", False),
]


@pytest.mark.parametrize(("words", "is_open"), OPEN)
def test_a_request_is_open_where_it_leaves_to_the_other_what_is_done(words: str, is_open: bool) -> None:
    assert (open_clause(words) is not None and pattern("offer").search(words) is None) is is_open


MANNERS = [
    ("es", "Los documentos deberán venir legalizados por la entidad que los expida.", ["legalizados"]),
    ("es", "Se ruega guardar reserva y que el acta recoja la hora de la entrega.", ["acta recoja"]),
    ("es", "El acta será devuelta con fecha y firma del notificado.", ["con fecha y firma"]),
    ("pt", "As cópias virão autenticadas pelo responsável do banco.", ["autenticadas"]),
    ("pt", "A audição será conduzida pelo juiz do processo.", ["conduzida pelo juiz"]),
    ("en", "The records are to be supplied with a certificate of the custodian.", ["certificate of the custodian"]),
    ("en", "Please treat this as confidential and that the witness be heard last.", ["heard last"]),
    ("en", "The examination should be conducted by the trial judge.", ["trial judge"]),
    ("fr", "Il conviendrait que les relevés soient certifiés par la banque.", ["certifiés"]),
    ("fr", "La remise est à faire en mains propres.", ["mains propres"]),
    ("es", "No se les pide interrogar a otras personas.", []),
    ("pt", "Pede-se que a diligência não seja dada a conhecer ao titular.", []),
    ("en", "Your answer should reach us before 3 June 2025, if possible by e-mail.", []),
    ("fr", "Nous vous demandons de ne pas divulguer la présente.", []),
]


@pytest.mark.parametrize(("language", "words", "expected"), MANNERS)
def test_a_manner_of_execution_is_wished_by_itself(language: str, words: str, expected: list[str]) -> None:
    texts = found(reading(language, words), "special_procedure", "text")
    assert len(texts) == len(expected)
    assert all(part in text for part, text in zip(expected, texts, strict=True))


ENCLOSED = [
    (
        "en",
        "There are sent herewith:\n\n(a) the warrant of 3 March 2025;\n(b) the sworn evidence of Sergeant Moe, with "
        "his notes;\n(c) a photograph of the suspect;\n(d) a memorandum on nationality.\n",
        4,
    ),
    ("es", "Véase el anexo 1.\n\nAnexos:\n1. Copia del auto de 2 de mayo de 2024\n2. Cuestionario\n", 2),
    ("pt", "O guião consta do anexo B.\n\nAnexos: A - cópia da acusação; B - guião de perguntas.\n", 2),
    ("fr", "On trouvera sous ce pli une copie du jugement.\n", 1),
    ("fr", "Infraction de l'annexe D : ☒ escroquerie\n", 0),
    ("en", "A certified translator is at hand; the translation is being made.\n", 0),
]


@pytest.mark.parametrize(("language", "words", "expected"), ENCLOSED)
def test_an_enclosure_is_named_once_and_with_its_list(language: str, words: str, expected: int) -> None:
    assert len(found(reading(language, words), "annexes", "label")) == expected


PURPOSES = [
    ("es", "La finalidad de la prueba es hallar al organizador del viaje.", True),
    ("pt", "O objetivo é encontrar quem pagou a viagem.", True),
    ("en", "The purpose is to find and charge the organiser of the flight.", True),
    ("fr", "Le but est de retrouver l'organisateur du vol.", True),
    ("pt", "Com estes dados procuramos saber quem contratou o transporte.", True),
    ("fr", "L'identification de l'auteur est impossible autrement.", True),
    ("en", "The translation will follow under separate cover.", False),
    ("es", "El objetivo de la presente es solicitar su auxilio.", False),
    ("fr", "Le but de la présente est de demander votre concours.", False),
]


@pytest.mark.parametrize(("language", "words", "is_stated"), PURPOSES)
def test_a_purpose_is_none_of_the_letter_itself(language: str, words: str, is_stated: bool) -> None:
    asked = {
        "es": "Se piden los extractos de la cuenta 44-1 de 2023. ",
        "pt": "Pedem-se os extratos da conta 44-1 de 2023. ",
        "en": "Please send the statements of account 44-1 for 2023. ",
        "fr": "Veuillez communiquer les relevés du compte 44-1 de 2023. ",
    }
    text = f"{HEADS[language]}{asked[language]}{words}\n"
    context, fields = read_fields(request_context(text, annotate(text)))
    assert states_purpose(context, fields) is is_stated


SIGNATURES = [
    ("en", "Yours faithfully,\n\nHead of Section\n020 7946 0001", False),
    ("pt", "O Juiz de Direito,\n\n\nElaborado por: Rita Pires Nobre, Escrivã", False),
    ("en", "Contact: Ms. Ruth Baird, State Counsel, tel. 225 5501", False),
    ("fr", "Signature :\nNom : R. Baird      Fonction : juge d'instruction\nCachet :", False),
    ("fr", "Bruxelles, le 3 mars 2025\n[cachet] [paraphe]", True),
    ("pt", "Att.\nDPF Rita Pires Nobre\nPlantão", True),
    ("es", "Atentamente,\n\nRita Pires Nobre\nFiscal Provincial", True),
]


@pytest.mark.parametrize(("language", "ending", "is_signed"), SIGNATURES)
def test_a_signature_needs_a_name_or_a_mark(language: str, ending: str, is_signed: bool) -> None:
    read = reading(language, f"\n\n{ending}")
    assert next(check.state == PRESENT for check in read.checks if check.key == "signature") is is_signed


@pytest.mark.parametrize(
    ("language", "words", "is_located"),
    [
        ("es", "Se solicita oír a la testigo Ana Ruiz Sola, vecina de la calle Mayor 3.", True),
        ("es", "Se solicita oír a la testigo Ana Ruiz Sola, vecina de la calle Mayor.", False),
        ("fr", "Il est demandé d'entendre le témoin Anne Roche, médecin, quelque part à Lyon.", False),
        ("pt", "Solicita-se a inquirição da testemunha Ana Reis Mota, funcionária; demais dados desconhecidos.", False),
        ("en", "Please take a statement from the witness Ann Rowe, of 4 Luna Street.", True),
    ],
)
def test_a_person_is_not_found_at_a_vague_address(language: str, words: str, is_located: bool) -> None:
    text = f"{HEADS[language]}{words}\n"
    read = read_request(text, annotate(text))
    assert (f"identity.{'heard_unlocated'}" not in [check.reason for check in read.checks]) is is_located


def test_a_summary_translated_below_a_letter_makes_it_no_cover_note() -> None:
    text = (
        f"{HEADS['pt']}{ASKED['pt']}Transmite-se o pedido do juiz de instrução. Os factos ocorreram em maio de 2024, "
        "quando o suspeito vendeu a terceiros um barco que não lhe pertencia e recebeu por ele 12.000 euros.\n\n"
        "Com os melhores cumprimentos,\nRita Pires Nobre\nProcuradora da República\n\n- - - - -\n"
        "COURTESY TRANSLATION (extract)\nThe Public Prosecutor requests a statement of the witness Julio Arce Mena, of "
        "4 Luna Street, Madrid. In May 2024 the suspect sold a boat that did not belong to him and received 12,000 "
        "euros. The time limit of the inquiry ends in June.\n"
    )
    assert [part.kind for part in read_request(text, annotate(text)).parts] == ["request", "translation"]


def test_articles_alone_invoke_no_treaty_that_the_letter_sets_aside() -> None:
    read = reading(
        "en",
        "The Inter-American Convention on Mutual Assistance in Criminal Matters does not govern extradition and is not "
        "relied on. He is charged contrary to section 117 of the Criminal Code.",
    )
    assert not read.fields.get("legal_basis")
