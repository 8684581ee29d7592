"""Completeness check item by item, and wordings that mislead matching by words alone."""

from __future__ import annotations

import pytest
from test_request_use_limitations import HEADS

from app.requests.rows import message_of
from nlp.pipeline import annotate
from nlp.requests.checks.checks import weighed_findings
from nlp.requests.checks.penalties import cites_law
from nlp.requests.proposal import RequestReading
from nlp.requests.reading import read_fields, read_request, request_context

FRAME = (
    "FISCALÍA GENERAL DEL ESTADO\nQuito, 3 de marzo de 2025\n\nSOLICITUD DE ASISTENCIA PENAL INTERNACIONAL\n\n"
    "A la autoridad competente de la República de Colombia\n\n"
    "Hechos: entre enero y marzo de 2023 el investigado Hugo Páez Lema, ecuatoriano, nacido el 2 de mayo de 1980, "
    "vendió terrenos ajenos a cuarenta personas y cobró por ellos en efectivo.\n\n{}\n\nAtentamente,\n{}\n"
)
SIGNED = "Rosa Vélez Andrade\nAgente Fiscal"


def reading(body: str, signature: str = SIGNED) -> RequestReading:
    text = FRAME.format(body, signature)
    return read_request(text, annotate(text))


def state(read: RequestReading, key: str) -> str | None:
    return next((check.state for check in read.checks if check.key == key), None)


PURPOSES = [
    ("Se solicita remitir los extractos de la cuenta 44-1. Con ellos se probará el destino del dinero.", "present"),
    ("Se solicita remitir los extractos de la cuenta 44-1, a fin de establecer quién la controla.", "present"),
    ("Se solicita remitir los extractos de la cuenta 44-1.\n\nFinalidad: seguir el dinero.", "present"),
    ("Se piden los extractos de la cuenta 44-1, indispensables para la prueba de la estafa.", "present"),
    ("Se piden los extractos de la cuenta 44-1. Falta por saber quién recibió el dinero.", "present"),
    ("Se solicita remitir los extractos de la cuenta 44-1 de 2023, para lo cual se ofrece reciprocidad.", "missing"),
    ("Se piden los extractos de la cuenta 44-1, para el Departamento de Recuperación de Activos.", "missing"),
    ("Necesitamos saber para dónde fue el dinero. Se solicita remitir los extractos de la cuenta 44-1.", "present"),
    ("Requerimos acreditar el pago. Se solicita remitir los extractos de la cuenta 44-1.", "present"),
    ("Se piden los extractos de la cuenta 44-1. Sin ellos no puede saberse quién dispuso del dinero.", "present"),
    ("Se piden los extractos de la cuenta 44-1. Si la cuenta es suya, quedará probado el engaño.", "present"),
    ("Se piden los extractos de la cuenta 44-1. Estos dirán si el dinero volvió al país.", "present"),
    ("Se piden los extractos de la cuenta 44-1. Interesa acreditar los pagos.", "present"),
    ("Para conocer el destino del dinero, se ruega remitir los extractos de la cuenta 44-1.", "present"),
    ("Se piden los extractos de la cuenta 44-1.\n\nCasilla 9 - Para qué: demostrar la estafa cometida", "present"),
    ("Se ruega conservar los registros de la cuenta 44-1 antes de que se borren.", "present"),
    ("Se piden los extractos de la cuenta 44-1 de 2023. De ahí la pertinencia de lo que se pide.", "present"),
    ("Se solicita ejecutar el decomiso de la finca, ordenado por sentencia firme de 2 de mayo de 2024.", "present"),
    ("Se piden los extractos de la cuenta 44-1 y demás diligencias que sirvan para aclarar los hechos.", "missing"),
    ("Pedimos ayuda en un caso que esclarecemos hace un año. Se piden los extractos de la cuenta 44-1.", "missing"),
    ("Se piden los extractos de la cuenta 44-1. El informante no puede ser identificado.", "missing"),
    ("Se solicita recibir declaración a la testigo Ana Ruiz con el pliego de preguntas que se adjunta.", "present"),
    ("Se piden los extractos de la cuenta 44-1. Podemos asegurar a usted quién responde por los gastos.", "missing"),
]


@pytest.mark.parametrize(("body", "expected"), PURPOSES)
def test_a_purpose_is_said_of_what_is_asked_for(body: str, expected: str) -> None:
    assert state(reading(body), "purpose_nexus") == expected


PERIODS = [
    ("Se solicita remitir los extractos de la cuenta 44-1 del 1 de enero al 31 de marzo de 2023.", "present"),
    ("Se solicita remitir los extractos de la cuenta 44-1 desde su apertura.", "present"),
    ("Se solicita remitir los extractos bancarios de los últimos doce meses.", "present"),
    ("Se solicita remitir los extractos de la cuenta\nBR18 0036 0305 del 1 de enero al 31 de mayo de 2023.", "present"),
    ("Conforme a la Convención de 20 de diciembre de 1988, se solicita remitir los extractos bancarios.", "missing"),
    ("Se solicita remitir los extractos bancarios a más tardar el 30 de junio de 2025.", "missing"),
    ("Se solicita recibir declaración a la testigo Ana Ruiz.", None),
]


@pytest.mark.parametrize(("body", "expected"), PERIODS)
def test_the_period_of_records_stands_beside_them(body: str, expected: str | None) -> None:
    assert state(reading(body), "period_of_records") == expected


INVERTED = [
    ("es", "Se solicita remitir los extractos de la cuenta 44-1 del 01/06/2023 al 31/05/2023.", "doubtful"),
    ("es", "Se piden los extractos bancarios desde el 5 de mayo de 2024 hasta el 2 de marzo de 2024.", "doubtful"),
    ("pt", "Pedem-se ainda os extratos da conta 0123456789 de 01/06/2023 a 31/05/2023.", "doubtful"),
    ("en", "Please provide the statements of account 44-1 for the period 1 June 2023 to 31 May 2023.", "doubtful"),
    ("fr", "Nous vous prions de transmettre les relevés du compte 44-1 du 1er juin 2023 au 31 mai 2023.", "doubtful"),
    ("en", "Please provide the statements of account 44-1 from 11/12/2022 to 12/01/2022.", "present"),
    ("es", "Se solicita remitir los extractos de la cuenta 44-1 del 1 de noviembre al 31 de marzo de 2023.", "present"),
    ("fr", "Nous vous prions de transmettre les relevés du compte 44-1 du 1er juin 2022 au 31 mai 2023.", "present"),
]


@pytest.mark.parametrize(("language", "sentence", "expected"), INVERTED)
def test_a_period_of_records_that_ends_before_it_begins(language: str, sentence: str, expected: str) -> None:
    text = f"{HEADS[language]}{sentence}\n\n"
    found = next(one for one in read_request(text, annotate(text)).checks if one.key == "period_of_records")
    assert (found.state, bool(found.periods)) == (expected, expected == "doubtful")
    for first, last in found.periods:
        stated = message_of({"reason": found.reason, "periods": [[first, last]]}, language)
        assert f"{first} – {last}" in stated
        assert found.place is not None
        assert text[slice(*found.place)].startswith(first)
        assert text[slice(*found.place)].endswith(last)


ZONES = [
    ("Se solicita identificar al abonado de la IP 190.11.4.7 el 3 de mayo de 2023 a las 14:05 UTC.", "present"),
    ("Se solicita identificar al abonado de la IP 190.11.4.7 el 3 de mayo de 2023 a las 14:05.", "missing"),
    ("Se solicita la preservación de los datos de la cuenta usada desde la IP 190.11.4.7.", "missing"),
    ("Se solicita copia del contenido del servidor 190.11.4.7, que se encuentra en Bogotá.", None),
]


@pytest.mark.parametrize(("body", "expected"), ZONES)
def test_a_time_zone_is_needed_where_a_time_leads_to_a_subscriber(body: str, expected: str | None) -> None:
    assert state(reading(body), "timezone_of_ip") == expected


OPEN = [
    ("Se solicita remitir copia del contrato y cualquier otra diligencia que resulte útil.", "doubtful"),
    ("Se solicita remitir copia del contrato. No se pide ninguna otra diligencia.", "present"),
    ("Se solicita la interceptación de la línea +57 310 555 2211.", "doubtful"),
    ("Se solicita la interceptación de la línea +57 310 555 2211 durante treinta días.", "present"),
]


@pytest.mark.parametrize(("body", "expected"), OPEN)
def test_a_measure_is_neither_open_nor_without_end(body: str, expected: str) -> None:
    assert state(reading(body), "measure_precision") == expected


SIGNATURES = [
    (SIGNED, "present"),
    ("(firma y sello)", "present"),
    ("(sello y rúbrica)", "present"),
    ("(rúbrica y sello de la Embajada)", "present"),
    ("[timbre humide de l'Ambassade — paraphé]", "present"),
    ("[initialled, seal of the Embassy]", "present"),
    ("[rubrica e selo da Embaixada]", "present"),
    ("(L.S.)", "present"),
    ("Firma y/o sello:", "missing"),
    ("Winston C. Marriott\nMinister of Justice", "present"),
    ("Adjuntos: draft information.\n\nL. M. Outerbridge\nSenior Crown Counsel", "present"),
    ("TC Rosa Vélez Andrade\nPunto de contacto 24/7", "present"),
    ("Firmado electrónicamente", "present"),
    ("Ante mí,\n(firma ilegible) (sello)", "missing"),
    ("Quito, 3 de marzo de 2025", "missing"),
    ("Abg. Wilfredo Escalona", "present"),
    ("Camilo Ernesto Rengifo Vivas\nanalista superior", "present"),
    ("Procuradora Ermelinda Barros Caldas", "present"),
    ("f. ______________________", "missing"),
    ("Agente Fiscal Rosa Vélez Andrade\n(espacio para la firma)", "missing"),
    ("FISCALÍA DEPARTAMENTAL DE BENI   Pag. 3 de 3", "missing"),
    ("....................................\nRosa Vélez Andrade\nAgente Fiscal", "missing"),
    ("....................................\n(Fdo.) Rosa Vélez Andrade\nAgente Fiscal", "present"),
    ("Jueza Federal", "missing"),
    ("Directora General", "missing"),
    ("Jueza Federal Rosa Vélez", "present"),
    ("Procurador da República Gustavo Leme Vidigal", "present"),
    ("Rio de Janeiro, 3 de março de 2025\nProcurador da República", "missing"),
    ("Se ruega devolver la cédula con la firma del destinatario, residente en Vía Esparano 61, Bari.", "missing"),
    ("Please return the proof of service with the signature of the addressee, Mr John Poe.", "missing"),
    ("Queira devolver a certidão com a assinatura do notificando, João Pires Lagos.", "missing"),
    ("Veuillez renvoyer l'acte avec la signature du destinataire, M. Jean Pin.", "missing"),
    ("[sin rúbrica en este ejemplar]\nRosa Vélez Andrade\nAgente Fiscal", "missing"),
]


@pytest.mark.parametrize(("signature", "expected"), SIGNATURES)
def test_a_signature_tells_who_signs(signature: str, expected: str) -> None:
    assert state(reading("Se solicita remitir copia del contrato.", signature), "signature") == expected


TRANSLATIONS = [
    ("Va sin anexos.", "missing"),
    ("Se acompaña traducción al neerlandés.", "present"),
    ("La traducción oficial al neerlandés será enviada por separado.", "doubtful"),
    ("Se acompaña traducción al neerlandés, parcial.", "doubtful"),
    ("Sigue la traducción al neerlandés por correo.", "doubtful"),
    ("Se acompaña la traducción de estos documentos al neerlandés.", "doubtful"),
    ("Se acompaña traducción al inglés.", "doubtful"),
    ("☐ Se acompaña traducción al neerlandés.", "missing"),
]


@pytest.mark.parametrize(("body", "expected"), TRANSLATIONS)
def test_a_translation_that_is_only_announced_or_not_certified_is_doubtful(body: str, expected: str) -> None:
    text = FRAME.replace("la República de Colombia", "Suriname").format(f"Se pide copia del acta. {body}", SIGNED)
    assert state(read_request(text, annotate(text)), "translation") == expected


WORKING_LANGUAGES = [
    ("el Tratado de Medellín relativo a la Transmisión Electrónica de Solicitudes de Cooperación (Iber@)", None),
    ("la Convención de las Naciones Unidas contra la Corrupción", "missing"),
]


@pytest.mark.parametrize(("treaty", "expected"), WORKING_LANGUAGES)
def test_a_treaty_with_working_languages_needs_no_translation_into_another(treaty: str, expected: str | None) -> None:
    text = FRAME.replace("la República de Colombia", "la República Portuguesa").format(
        f"Con base en {treaty}, se pide copia del acta.", SIGNED
    )
    assert state(read_request(text, annotate(text)), "translation") == expected


PRESERVATIONS = [
    ("Se investiga el delito de estafa (artículo 186 del Código Penal).", "present"),
    ("Se investiga lo ocurrido.", "missing"),
]


@pytest.mark.parametrize(("body", "expected"), PRESERVATIONS)
def test_a_request_for_preservation_names_the_offence_without_its_penalty(body: str, expected: str) -> None:
    head = FRAME.replace("ASISTENCIA PENAL INTERNACIONAL", "PRESERVACIÓN URGENTE DE DATOS")
    asked = "Se solicita la preservación de los datos de la cuenta ventas@terrenos.example."
    text = head.format(f"{body} {asked}", SIGNED)
    read = read_request(text, annotate(text))
    assert (state(read, "offence_text_and_penalty"), state(read, "purpose_nexus")) == (expected, "present")


def test_a_supplement_identifies_those_whom_it_names() -> None:
    text = (
        "FISCALÍA GENERAL DEL ESTADO\nQuito, 3 de marzo de 2025\n\nAMPLIACIÓN DE LA SOLICITUD DE ASISTENCIA\n\n"
        "A la autoridad competente de la República de Colombia\n\nEn ampliación de nuestra solicitud de 2 de mayo de "
        "2024, se solicitan los extractos de la cuenta de Iván Páez Lema, también investigado, del 1 de enero al 31 de "
        f"marzo de 2023.\n\n{SIGNED}\n"
    )
    assert state(read_request(text, annotate(text)), "identity") == "doubtful"


def test_a_type_that_the_letter_denies_is_not_its_type() -> None:
    text = (
        "COUR D'APPEL DE CAYENNE\n\nDEMANDE DE REMISE D'ACTE\n\nAutorité requise : procureur général, Paramaribo\n\n"
        "Il s'agit de remettre une citation à comparaître à M. Dennis Amiemba, né le 3 mai 1980. "
        "Ceci n'est ni une demande d'arrestation ni une demande d'extradition.\n"
    )
    assert read_request(text, annotate(text)).document_type.value == "service_request"


NOT_ASKED = [
    "Pede-se que o titular da conta não seja informado antes das buscas em Portugal.",
    "Se solicita mantener en reserva la identidad y el paradero de la víctima.",
    "We withdraw item 4 (examination of the compliance officer).",
    "El bloqueo fue ordenado porque los bienes pueden ser objeto de comiso.",
]


@pytest.mark.parametrize("text", NOT_ASKED)
def test_discretion_withdrawal_and_reasons_request_no_measure(text: str) -> None:
    whole = f"SOLICITUD DE ASISTENCIA\n\n{text}\n"
    assert not read_request(whole, annotate(whole)).fields.get("measures")


def test_numbered_lines_are_the_list_of_annexes() -> None:
    body = "Se solicita remitir copia del contrato, conforme al anexo 2.\n\nAnexo 1: Normas\nAnexo 2: Auto de apertura"
    annexes = reading(body).fields["annexes"]
    labels = [one.value["label"] for one in annexes if isinstance(one.value, dict)]
    assert labels == ["Anexo 1: Normas", "Anexo 2: Auto de apertura"]


def test_particulars_behind_the_accused_are_those_of_the_person_named_before() -> None:
    text = (
        "SOLICITUD DE ASISTENCIA\n\nSe solicita el embargo de los bienes de Nelson Ayala Riquelme.\n\n"
        "El investigado, paraguayo, C.I. n.º 2.884.137, nacido el 1 de junio de 1977, compró un avión.\n"
    )
    (person,) = read_request(text, annotate(text)).fields["persons"]
    assert isinstance(person.value, dict)
    assert (person.value["role"], person.value["birth_date"]) == ("suspect", "1977-06-01")


def test_the_letters_of_a_form_may_go_on_in_their_line() -> None:
    text = (
        "DÉCISION D'ENQUÊTE EUROPÉENNE – ANNEXE A\n\n"
        "Section A. État d'émission : France. État d'exécution : Espagne.\n\n"
        "Section B. Urgence : ☐ oui\n\nSection C. Mesures : ☒ audition d'une personne suspecte ou poursuivie  "
        "☐ perquisition et saisie  ☐ informations sur des opérations bancaires  ☐ interception\n"
    )
    measures = read_request(text, annotate(text)).fields["measures"]
    assert [one.value["measure"] for one in measures if isinstance(one.value, dict)] == ["hearing_suspect"]


SIGNATURES = [
    ("Rosa Vélez Andrade", "doubtful"),
    ("Consultas: Rosa Vélez Andrade, agente fiscal, tel. 02 555 010", "missing"),
    (
        "Los recibos de las copias se devolverán con fecha y firmados por el notario Luis Mora Paz en todas y cada una "
        "de las hojas que los componen.\n\nQuito\n[sello de la Fiscalía]",
        "missing",
    ),
    ("(firma) Rosa Vélez Andrade", "present"),
]


@pytest.mark.parametrize(("signature", "expected"), SIGNATURES)
def test_a_signature_is_of_a_person_with_an_office_or_a_mark(signature: str, expected: str) -> None:
    assert state(reading("Se piden los extractos de la cuenta 44-1 de 2023.", signature), "signature") == expected


def test_a_letter_may_end_with_the_office_of_who_writes_it() -> None:
    text = FRAME.replace("Hechos:", "Yo, Rosa Vélez Andrade, agente fiscal, expongo:\n\nHechos:")
    text = text.format("Se piden los extractos de la cuenta 44-1 de 2023.", "La Agente Fiscal")
    assert state(read_request(text, annotate(text)), "signature") == "present"


PROCEDURES = [
    ("Se ruega que el interrogatorio se practique en presencia de la teniente Mora.", 1),
    ("No se pide la asistencia de fiscales al acto de la entrega.", 0),
    ("El acta deberá expresar la hora y el lugar de la notificación.", 1),
    ("Se acompaña traducción al inglés firmada por el intérprete judicial.", 0),
]


@pytest.mark.parametrize(("body", "expected"), PROCEDURES)
def test_a_special_procedure_is_the_manner_of_execution_that_is_asked_for(body: str, expected: int) -> None:
    body = f"ASISTENCIA SOLICITADA\n\n{body}"
    assert len(reading(body).fields.get("special_procedure", ())) == expected


ENUMERATIONS = [
    ("La presente consta de las siguientes copias: A) auto de procesamiento; B) cédula de citación.", 2),
    ("Se solicita la remisión de los siguientes documentos: a) contrato de venta; b) ficha de firmas.", 0),
]


@pytest.mark.parametrize(("body", "expected"), ENUMERATIONS)
def test_enclosures_may_be_enumerated_behind_a_noun_but_not_where_documents_are_asked_for(
    body: str, expected: int
) -> None:
    body = f"ASISTENCIA SOLICITADA\n\n{body}" if expected == 0 else body
    assert len(reading(body).fields.get("annexes", ())) == expected


def test_the_first_day_of_a_period_of_records_is_no_deadline() -> None:
    body = (
        "Documentos necesarios: extractos de la cuenta 44-1 desde el 1 de enero de 2031 hasta el 31 de enero de 2031."
    )
    values = [one.value for one in reading(body).fields.get("deadlines", ())]
    assert "2031-01-01" not in [value["date"] for value in values if isinstance(value, dict)]


def test_particulars_may_follow_a_surname_before_a_colon() -> None:
    text = (
        "SOLICITUD DE ASISTENCIA\n\nSe investiga a Rónald Esquivel Badilla y a su cuñada, Ileana Picado Sequeira.\n\n"
        "Generales de ley. Esquivel: costarricense, nacido el 14 de febrero de 1979, cédula 6-0312-0847.\n"
        "Picado: costarricense, nacida el 2 de diciembre de 1983, cédula 6-0355-0219.\n"
    )
    persons = [person.value for person in read_request(text, annotate(text)).fields["persons"]]
    births = {str(one["name"]): one["birth_date"] for one in persons if isinstance(one, dict)}
    assert births == {"Rónald Esquivel Badilla": "1979-02-14", "Ileana Picado Sequeira": "1983-12-02"}


def test_a_form_that_is_an_annex_of_a_directive_is_no_annex_of_a_letter() -> None:
    text = (
        "Documento recibido de Varsovia\n\nANEXO A\nORDEN EUROPEA DE INVESTIGACIÓN\n\nSección A\n"
        "Estado de emisión: República de Polonia\nEstado de ejecución: Reino de España\n\nSección C\n"
        "Se solicita el registro del almacén de Getafe.\n"
    )
    read = read_request(text, annotate(text))
    assert ([part.kind for part in read.parts], read.document_type.value) == (["request"], "eio")


IDENTITIES = [
    ("Se solicitan los antecedentes penales de Iván Rueda Paz, también investigado.", "target_name_only"),
    ("Se solicitan los antecedentes penales de Iván Rueda Paz, también investigado, cédula 1712345678.", "present"),
    ("Se solicita copia del contrato. También es investigado Iván Rueda Paz.", "some_name_only"),
    ("Se solicita copia del contrato. También es investigado Iván Rueda Paz, nacido el 3 de abril de 1981.", "present"),
]


@pytest.mark.parametrize(("body", "expected"), IDENTITIES)
def test_a_person_on_whom_a_measure_acts_is_identified(body: str, expected: str) -> None:
    text = FRAME.format(body, SIGNED)
    context, fields = read_fields(request_context(text, annotate(text)))
    assert weighed_findings(context, fields)[0].get("identity", "present") == expected


def test_an_extradition_request_quotes_the_law() -> None:
    text = FRAME.replace("ASISTENCIA PENAL INTERNACIONAL", "EXTRADICIÓN").format(
        "Se solicita la extradición de Hugo Páez Lema por estafa (artículo 186 del Código Penal).{}", SIGNED
    )
    findings = []
    for words in (
        " Pena: cinco a siete años.",
        " El artículo 186 dice que quien estafe será penado con cinco años.",
    ):
        context, fields = read_fields(request_context(text.format(words), annotate(text.format(words))))
        findings.append(weighed_findings(context, fields)[0].get("offence_text_and_penalty"))
    assert findings == ["no_wording", None]


PENALTIES = [
    ("El artículo 186 del Código Penal sanciona la estafa con prisión.", "no_measure"),
    ("Estafa, artículo 186 del Código Penal, con pena de cinco a siete años.", "present"),
    ("Estafa, artículo 186 del Código Penal, sancionada con multa.", "present"),
]


@pytest.mark.parametrize(("body", "expected"), PENALTIES)
def test_a_penalty_is_stated_with_its_measure(body: str, expected: str) -> None:
    text = FRAME.format(f"{body} Se solicita copia del contrato.", SIGNED)
    context, fields = read_fields(request_context(text, annotate(text)))
    assert weighed_findings(context, fields)[0].get("offence_text_and_penalty", "present") == expected


CITED = [
    ("Base: artículo 18 de la Convención de las Naciones Unidas contra la Delincuencia Organizada.", False),
    ("A lavagem de dinheiro é punida com reclusão de três a dez anos.", False),
    (
        "Help is sought under the Treaty on Mutual Legal Assistance in Criminal Matters between Belize and Mexico.",
        False,
    ),
    ("Conformément à l'article 46 de la Convention des Nations unies contre la corruption.", False),
    ("The order is issued under Directive 2014/41/EU.", False),
    ("The Palermo Convention applies. The offence is that of the Immigration 0rdinance, s. 79.", True),
    ("Estafa, artículo 186 del Código Penal.", True),
    ("Artigo 1.º da Lei n.º 9.613/98.", True),
    ("Fraud contrary to section 1 of the Fraud Act 2006.", True),
    ("Escroquerie, article 313-1 du code pénal.", True),
]


@pytest.mark.parametrize(("words", "expected"), CITED)
def test_a_treaty_is_no_law_that_punishes(words: str, expected: bool) -> None:
    assert cites_law(request_context(words, annotate(words))) == expected


def test_facts_say_when_they_occurred() -> None:
    told = FRAME.replace("entre enero y marzo de 2023 ", "").replace("nacido el 2 de mayo de 1980", "de 44 años")
    undated, dated = (frame.format("Se solicita copia del contrato.", SIGNED) for frame in (told, FRAME))
    for text, expected in ((undated, "undated"), (dated, None)):
        context, fields = read_fields(request_context(text, annotate(text)))
        assert weighed_findings(context, fields)[0].get("facts") == expected


ORDERS = [
    ("Acordado por auto de 20 de noviembre de 2025.", "20 de noviembre de 2025"),
    ("Lo dispuso el Juzgado en resolución de fecha 4 de abril de 2025.", "4 de abril de 2025"),
    ("Vu l'ordonnance du 4 juin 2025 du juge des libertés.", "4 juin 2025"),
    ("The search was authorised by an order of the District Court of 4 June 2025.", "4 June 2025"),
    ("Por despacho de 4 de junho de 2025 foi autorizada a diligência.", "4 de junho de 2025"),
    ("Acordado por auto de 20 de enero de 2025.", ""),
    ("La orden vence el 9 de mayo de 2025.", ""),
    ("El juicio está señalado para el 9 de mayo de 2025.", ""),
    ("The hearing on the order is due on 4 June 2025.", ""),
    ("O acórdão será proferido em 7 de julho de 2025.", ""),
]


@pytest.mark.parametrize(("words", "day"), ORDERS)
def test_an_order_dated_after_the_letter_is_a_contradiction(words: str, day: str) -> None:
    read = reading(f"Se solicita remitir los extractos de la cuenta 44-1 de 2023.\n\n{words}")
    check = next(check for check in read.checks if check.key == "subject_and_proceeding")
    assert (check.reason == "subject_and_proceeding.later_order") == bool(day)
    if day:
        assert check.state == "doubtful"
        assert check.place
        assert (
            FRAME.format(f"Se solicita remitir los extractos de la cuenta 44-1 de 2023.\n\n{words}", SIGNED)[
                slice(*check.place)
            ]
            == day
        )
