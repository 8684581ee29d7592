"""Letters that say in a few words what they do with a request: withdraw, ask about, return or transmit it."""

from __future__ import annotations

import pytest

from nlp.annotations import Hints
from nlp.pipeline import annotate
from nlp.requests.proposal import RequestReading
from nlp.requests.reading import letter_type, read_request

ADDRESS = {
    "es": "FISCALÍA GENERAL\nQuito, 12 de octubre de 2026\n\nA la Autoridad Central de la República de Chile\n\n",
    "pt": "PROCURADORIA-GERAL DA REPÚBLICA\nLisboa, 15 de outubro de 2026\n\nÀ Autoridade Central da Espanha\n\n",
    "en": "CROWN OFFICE\nEdinburgh, 5 October 2026\n\nThe Central Authority of the Netherlands\n\nDear Colleague,\n\n",
    "fr": "PARQUET DE NANCY\nNancy, le 7 septembre 2026\n\nÀ l'autorité centrale de la Belgique\n\n",
}
LEAVE = {"es": "Atentamente,", "pt": "Com os melhores cumprimentos,", "en": "Yours faithfully,", "fr": "Salutations,"}


def read(text: str) -> RequestReading:
    return read_request(text, annotate(text))


def letter(language: str, words: str) -> RequestReading:
    return read(f"{ADDRESS[language]}{words}\n\n{LEAVE[language]}\n")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "es",
            "Asunto: Desistimiento de la solicitud de asistencia FGE-2026-114\n\nSobreseída la causa, no se requiere "
            "ya la entrega de los movimientos de la cuenta 00-221-77.",
        ),
        ("es", "Dejamos sin efecto la solicitud de extradición de Ítalo Bermeo Cadena de 3 de febrero de 2026."),
        (
            "pt",
            "Reportamo-nos ao nosso pedido de auxílio de 20 de janeiro de 2026. Arquivado o inquérito, o nosso pedido "
            "perdeu a sua utilidade e deve ser dado por findo.",
        ),
        (
            "pt",
            "Assunto: Retirada do pedido de extradição de Rui Manuel Tavares Brito\n\nExtinta a pena por prescrição.",
        ),
        (
            "en",
            "We refer to our letter of request dated 14 May 2025 for telephone records. The accused pled guilty. We "
            "therefore withdraw the request and ask you to confirm that no action will be taken.",
        ),
        (
            "en",
            "WITHDRAWAL OF EUROPEAN INVESTIGATION ORDER 2026/77\n\nThe suspect has died. Please return the annexes.",
        ),
        (
            "fr",
            "Objet : Retrait de la demande d'entraide du 2 juin 2026\n\nL'intéressé a été entendu en France. Je vous "
            "prie de bien vouloir me retourner les pièces.",
        ),
        ("fr", "J'ai l'honneur de vous informer que nous renonçons à notre commission rogatoire du 2 juin 2026."),
    ],
)
def test_a_withdrawal_asks_for_nothing(language: str, words: str) -> None:
    found = letter(language, words)
    assert found.document_type.value == "withdrawal"
    assert "measures" not in found.fields
    assert found.checks == ()


@pytest.mark.parametrize(
    ("language", "words", "document_type"),
    [
        (
            "es",
            "Asunto: Ampliación de la solicitud MPF-2026-88\n\nEn alcance a nuestra solicitud de 5 de mayo, se "
            "solicita además que se reciba declaración a la señora Luz Ocampo Tirado. Retiramos la solicitud en lo "
            "relativo al registro del depósito.",
            "supplement",
        ),
        (
            "en",
            "SUPPLEMENTARY REQUEST FOR ASSISTANCE\n\nFurther to our request of 11 August we also require the bank "
            "records of Ivo Hartog. Our request of 11 August for the search of the offices is withdrawn.",
            "supplement",
        ),
        (
            "pt",
            "Assunto: Pedido de auxílio judiciário mútuo em matéria penal\n\nSolicita-se a inquirição de Rui Tavares "
            "Brito como testemunha. O queixoso não retira a queixa nem o pedido de indemnização.",
            "mla_request",
        ),
    ],
)
def test_a_request_that_is_withdrawn_in_part_is_no_withdrawal(language: str, words: str, document_type: str) -> None:
    assert letter(language, words).document_type.value == document_type


@pytest.mark.parametrize(
    ("text", "states"),
    [
        (
            "De: central@mec.example.uy\nPara: central@minjus.example.ar\nFecha: 25 de noviembre de 2026\nAsunto: "
            "consulta\n\nBuenas tardes. ¿En qué estado está nuestro exhorto por OLIVERA SOSA, Washington?\n"
            "Saludos,\nMariela",
            ("UY", "AR"),
        ),
        (
            "De: cooperacao@mj.example.br\nPara: central@fiscalia.example.pe\nEnviado: 4 de novembro de 2026\nAssunto: "
            "andamento\n\nPoderiam informar em que pé está o nosso pedido sobre SILVEIRA, Milton?\nAbraço,\nRenata",
            ("BR", "PE"),
        ),
        (
            "From: assistance@moj.example.bb\nTo: bepi@justice.example.fr\nDate: 3 November 2026\nSubject: our "
            "letter\n\nDear colleagues,\nIs there any news of our request concerning Marlon Clarke? The bail hearing "
            "is near.\nBest wishes,\nShanice",
            ("BB", "FR"),
        ),
        (
            "De : entraide@justice.example.sn\nÀ : central@mj.example.pt\nDate : 9 octobre 2026\nObjet : question\n\n"
            "Bonjour,\nOù en est notre commission rogatoire relative à DIOP, Florence ?\nMerci d'avance,\nAminata",
            ("SN", "PT"),
        ),
    ],
)
def test_a_question_about_an_own_request_is_a_reminder(text: str, states: tuple[str, str]) -> None:
    found = read(text)
    assert found.document_type.value == "reminder"
    assert (found.fields["requesting_state"][0].value, found.fields["requested_state"][0].value) == states
    assert all("@" not in str(one.value) for one in found.fields.get("issuing_authority", ()))


NOTES = {
    "es": (
        "EMBAJADA DE LA REPÚBLICA DE COSTA RICA\nN.V. 55-2026\n\nLa Embajada de la República de Costa Rica saluda "
        "atentamente al Ministerio de Asuntos Exteriores del Reino de España y tiene a bien {act}\n\nLa Embajada hace "
        "propicia la ocasión para reiterar al Ministerio las seguridades de su más alta y distinguida "
        "consideración.\n\nMadrid, 14 de septiembre de 2026\n"
    ),
    "pt": (
        "NOTA VERBAL N.º 88/2026\n\nA Embaixada da República Portuguesa apresenta os seus cumprimentos ao Ministério "
        "das Relações Exteriores do Uruguai e tem a honra de {act}\n\nA Embaixada aproveita a oportunidade para "
        "reiterar ao Ministério os protestos da sua mais elevada consideração.\n\nMontevideu, 3 de novembro de 2026\n"
    ),
    "en": (
        "No. 214/2026\n\nThe Embassy of the Kingdom of Denmark presents its compliments to the Ministry of Foreign "
        "Affairs of the Republic of Panama and has the honour to {act}\n\nThe Embassy avails itself of this "
        "opportunity to reiterate to the Ministry the assurances of its highest consideration.\n\nPanama City, 18 "
        "September 2026\n"
    ),
    "fr": (
        "AMBASSADE DU ROYAUME DE BELGIQUE\nN° 77/2026\n\nL'Ambassade du Royaume de Belgique présente ses compliments "
        "au Ministère des Affaires étrangères du Pérou et a l'honneur de {act}\n\nL'Ambassade saisit cette occasion "
        "pour réitérer au Ministère les assurances de sa très haute considération.\n\nLima, le 2 octobre 2026\n"
    ),
}


@pytest.mark.parametrize(
    ("language", "act", "types"),
    [
        (
            "es",
            "remitir adjunto el exhorto librado por el Juzgado Penal de Heredia, en el cual solicita se reciba "
            "declaración a la señora Ana Ferreira Prates.",
            {"rogatory_letter", "mla_request"},
        ),
        (
            "pt",
            "remeter a carta rogatória expedida pelo Juízo Central Criminal de Braga para inquirição da testemunha "
            "Walter Etcheverry Suárez.",
            {"rogatory_letter", "mla_request"},
        ),
        (
            "en",
            "transmit the enclosed request for mutual legal assistance issued by the Public Prosecutor of Aarhus, by "
            "which bank statements are sought.",
            {"mla_request"},
        ),
        (
            "fr",
            "lui faire parvenir la commission rogatoire internationale décernée par le juge d'instruction de Mons aux "
            "fins d'audition de M. Hernán Lazo Pinto comme témoin.",
            {"rogatory_letter", "mla_request"},
        ),
        (
            "es",
            "reiterar la solicitud de asistencia penal remitida con nota verbal 12-2026, sobre la cual no se ha "
            "recibido respuesta a la fecha.",
            {"reminder"},
        ),
        (
            "es",
            "remitir debidamente diligenciado el exhorto librado por el Tribunal de Bari, en el que se recibió la "
            "declaración del señor Óscar Chutá.",
            {"response"},
        ),
    ],
)
def test_the_closing_formula_of_a_note_is_no_reminder(language: str, act: str, types: set[str]) -> None:
    assert read(NOTES[language].format(act=act)).document_type.value in types


def test_a_short_note_that_returns_a_request_is_stored_as_an_answer() -> None:
    text = (
        "DEPARTMENT OF JUSTICE\nCentral Authority - Dublin\n\nRETURN OF REQUEST\n\nYour ref: FGJ/0998/2026\nDate: "
        "26/11/2026\n\nWe return herewith the request received on 2 October 2026, because:\n[ ] it is not signed\n"
        "[x] no translation is attached\nPlease resubmit within 60 days.\n"
    )
    annotations = annotate(text)
    assert letter_type(text, annotations).document_type.label == "mla_response"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "es",
            "Acusamos recibo de la solicitud de asistencia de la Fiscalía de Valdivia, recibida el 2 de septiembre. No "
            "nos es posible dar curso a la solicitud, porque no indica cuándo ocurrieron los hechos ni la pena "
            "prevista. Se ruega completarla antes del 30 de noviembre de 2026.",
        ),
        (
            "pt",
            "Assunto: Cumprimento parcial. Pedido de auxílio da Fiscalía de Huelva\n\nRefiro-me ao pedido acima, em "
            "que se pedia a busca num armazém de Faro. Junto envio o resultado da diligência. Solicita-se que seja "
            "indicada a morada atual da testemunha.",
        ),
        (
            "en",
            "We acknowledge receipt of the request of the Public Prosecutor of Zwolle dated 3 June 2026. We are not in "
            "a position to execute the request as it does not identify the account. Please provide the account number "
            "and the text of the offence provisions.",
        ),
        (
            "fr",
            "Suite à : demande d'entraide du parquet de Namur du 3 mars 2026\n\nLe parquet vous communique l'état des "
            "diligences accomplies.\n\nExécuté. Le témoin a été entendu le 12 mai 2026.\n\nNon exécuté. La "
            "perquisition est remise à plus tard. Nous vous prions de bien vouloir nous adresser la copie du mandat.",
        ),
    ],
)
def test_an_answer_that_asks_for_more_is_an_answer(language: str, words: str) -> None:
    found = letter(language, words)
    assert found.document_type.value == "response"
    assert "measures" not in found.fields


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "es",
            "Me refiero a nuestra solicitud de asistencia de 27 de febrero, respecto de la cual se obtuvieron ya las "
            "facturas. De ellas se desprenden hechos nuevos. Se pide que se reciba declaración al contador.",
        ),
        (
            "pt",
            "Reportamo-nos ao nosso pedido de 27 de fevereiro, já cumprido. Surgiram novos elementos: o suspeito usou "
            "uma segunda conta. Solicita-se ainda a remessa dos extratos dessa conta.",
        ),
        (
            "en",
            "We refer to our request of 27 February, for whose execution we are grateful. New evidence shows a second "
            "account. We now also require the statements of that account.",
        ),
        (
            "fr",
            "Je me réfère à notre demande du 27 février, dont l'exécution nous est parvenue. Des faits nouveaux sont "
            "apparus : un second compte. Nous sollicitons en outre les relevés de ce compte.",
        ),
    ],
)
def test_a_further_request_is_a_supplement(language: str, words: str) -> None:
    assert letter(language, words).document_type.value == "supplement"


@pytest.mark.parametrize(
    ("language", "words", "types"),
    [
        (
            "es",
            "Asunto: Solicitud de asistencia judicial en materia penal\n\nSe solicita que se reciba declaración a Luz "
            "Ocampo. Nuevos elementos de la investigación indican que vive en Iquique. Si no es posible dar curso a la "
            "solicitud, se ruega devolverla.",
            {"mla_request", "rogatory_letter"},
        ),
        (
            "en",
            "LETTER OF REQUEST\n\nIvo Hartog is charged with fraud contrary to section 2 of the Fraud Act. We request "
            "that the bank statements of his account be obtained. Please acknowledge receipt of this request.",
            {"mla_request", "rogatory_letter"},
        ),
        (
            "pt",
            "Reiteramos o nosso pedido de 3 de março, cuja receção acusaram em abril. Até hoje não recebemos resposta.",
            {"reminder"},
        ),
    ],
)
def test_one_word_of_answers_or_supplements_decides_nothing(language: str, words: str, types: set[str]) -> None:
    assert letter(language, words).document_type.value in types


HONDURAS = (
    "JUZGADO DE LETRAS DE COMAYAGUA, HONDURAS\nExp. 0501-2026-00077\n\nComayagua, 3 de noviembre de 2026\n\nSeñores "
    "Autoridad Central de Colombia:\n\nLes rogamos se sirvan informar si la señora Yolanda Pacheco Ruiz registra "
    "bienes inmuebles en su país. Se agradece.\n\nAbog. Héctor Paz\n"
)
CIRCULAR = (
    "JUZGADO DE LETRAS DE COMAYAGUA\n\nComayagua, 3 de noviembre de 2026\n\nA todo el personal:\n\nSe ruega informar "
    "si van a asistir al acto del viernes. Se agradece.\n\nLa administradora\n"
)


@pytest.mark.parametrize(("text", "label"), [(HONDURAS, "mla_request"), (CIRCULAR, "unknown")])
def test_a_short_letter_from_one_state_to_another_is_stored_as_a_request(text: str, label: str) -> None:
    annotations = annotate(text)
    assert annotations.document_type.label == "unknown"
    assert letter_type(text, annotations).document_type.label == label


@pytest.mark.parametrize(
    "text",
    [
        "From: Ben Zhou <ben@example.org>\nTo: ben@example.org\nDate: Mon, 18 Nov 2024 10:26:24 +0200\nSubject: Test "
        "for TIF files\n\nThis is a test email to try out the converter.\n\nKind regards\n\nBen Zhou\n",
        "De: Ana Prado <ana@mj.example.br>\nPara: Equipe <equipe@mj.example.br>\nEnviado: 12 de novembro de "
        "2026\nAssunto: férias\n\nPrezados,\nSolicito que informem as datas de férias até sexta.\nObrigada,\nAna\n",
        "De : Luc Martin <luc@example.be>\nÀ : Bureau <bureau@example.be>\nDate : 12 novembre 2026\nObjet : "
        "photocopieuse\n\nBonjour,\nPourriez-vous faire venir le technicien ? La machine est en panne.\nMerci,\nLuc\n",
    ],
)
def test_a_mail_without_a_word_of_justice_is_no_request(text: str) -> None:
    annotations = annotate(text)
    assert letter_type(text, annotations).document_type.label == "unknown"
    assert read_request(text, annotations).document_type.value == "unknown"


@pytest.mark.parametrize(
    ("given", "read_as"),
    [("mla_request", "mla_request"), ("execution_return", "response"), ("withdrawal", "withdrawal")],
)
def test_the_type_that_a_person_gave_decides_how_a_letter_is_read(given: str, read_as: str) -> None:
    text = NOTES["es"].format(act="reiterar la solicitud de 3 de mayo, sobre la cual no se ha recibido respuesta.")
    found = read_request(text, annotate(text, hints=Hints(document_type=given)))
    assert found.document_type.value == read_as
    assert bool(found.checks) == (given == "mla_request")


@pytest.mark.parametrize(
    ("language", "words", "document_type"),
    [
        (
            "es",
            "SUPLICATORIO PENAL 31-2026\n\nLa Corte Suprema de Justicia expone: el requerido, Kevin Lemus Rivas, está "
            "procesado por homicidio. Se pide la extradición del señor Lemus Rivas para que sea juzgado. Se invoca la "
            "Convención Interamericana sobre Extradición.",
            "extradition_request",
        ),
        (
            "en",
            "REQUEST FOR MUTUAL LEGAL ASSISTANCE\n\nIvo Hartog is charged with fraud contrary to section "
            "2 of the Fraud "
            "Act. We request that the records of his bank account be obtained. A request for his "
            "extradition may be sent "
            "later under the Convention on Extradition.",
            "mla_request",
        ),
        (
            "fr",
            "Objet : RE: DEE FD35 - complément\n\nMerci pour l'exécution si rapide de notre décision d'enquête "
            "européenne du 28 août. Je reviens vers vous avec une demande complémentaire : le nom "
            "du titulaire de la voiture 4417 LKR.",
            "supplement",
        ),
    ],
)
def test_several_statements_decide_on_the_type(language: str, words: str, document_type: str) -> None:
    assert letter(language, words).document_type.value == document_type


ANSWERED_OR_REMINDED = [
    (
        "es",
        "Asunto: S/ Comisión rogatoria de 6 de marzo de 2026, D.P. 902/2025; contestación\n\nSolicitó "
        "usted los extractos de la cuenta de enero a junio de 2025. El banco los depositó el 2 de octubre "
        "y van en el sobre número 1.",
        "response",
    ),
    (
        "es",
        "REF.: Exhorto de 14 de abril de 2026, causa 3316/2025\n\nDoy respuesta al exhorto de la "
        "referencia, fundado en el Protocolo de San Luis. La policía entrevistó el 9 de septiembre a la "
        "víctima Génesis Briceño. El registro del local se practicó ese mismo día.",
        "response",
    ),
    (
        "en",
        "Request for mutual legal assistance - Hernán Duarte, under investigation for money "
        "laundering\n\nWe refer to your letter of 30 October 2025. The request has been executed in part. "
        "Enclosed are the statements of the account.",
        "response",
    ),
    (
        "fr",
        "Objet : décision d'enquête européenne du 4 juin 2026\n\nVous demandiez la perquisition d'un "
        "cabinet à Menton et l'audition de son titulaire. Aucune de ces mesures ne peut être exécutée : le "
        "secret professionnel s'y oppose.",
        "response",
    ),
    (
        "fr",
        "Décision d'enquête européenne du 23 mars 2026 - rappel\n\nLa décision d'enquête européenne "
        "susvisée portait sur trois mesures. Nous avons reçu le procès-verbal de la perquisition. Nous "
        "attendons encore les relevés du compte.",
        "reminder",
    ),
    (
        "en",
        "On 13 November 2025 this Office addressed to you a request for legal assistance in the "
        "investigation against Bogusław Cichocki, suspected of drug trafficking. There have not reached us "
        "the statements of Ms Abiola Thom and the call data of the number +592 623 4408.",
        "reminder",
    ),
    (
        "es",
        "Me refiero, por segunda ocasión, a nuestro requerimiento AJI-145-2025 del 3 de noviembre de 2025, "
        "de la fiscalía contra la extorsión. Continúan pendientes los estados de la cuenta y la entrevista "
        "de la testigo Dinora Beltrán.",
        "reminder",
    ),
]


@pytest.mark.parametrize(("language", "words", "document_type"), ANSWERED_OR_REMINDED)
def test_an_answer_and_a_reminder_are_asked_for_no_items_of_a_request(
    language: str, words: str, document_type: str
) -> None:
    reading = letter(language, words)
    assert reading.document_type.value == document_type
    assert {check.key for check in reading.checks} == (
        {"authority", "signature"} if document_type == "reminder" else set()
    )
