"""Types that the labelled letters lack: provisional arrest, spontaneous information; withdrawals in many words."""

from __future__ import annotations

import pytest

from nlp.pipeline import annotate
from nlp.requests.proposal import RequestReading
from nlp.requests.reading import read_request

HEADS = {
    "es": "FISCALÍA GENERAL DE LA REPÚBLICA\nRepública de El Salvador\nSan Salvador, 3 de noviembre de 2026\n"
    "Oficio UAI-771-2026\n\nA la autoridad central de la República de Panamá\n\n",
    "pt": "MINISTÉRIO PÚBLICO FEDERAL\nRepública Federativa do Brasil\nBrasília, 3 de novembro de 2026\n"
    "Ofício n.º 412/2026\n\nÀ autoridade central da República Portuguesa\n\n",
    "en": "MINISTRY OF JUSTICE\nRepublic of Malta\nValletta, 3 November 2026\nOur ref: MLA/77/2026\n\n"
    "To: The Central Authority of Canada\n\n",
    "fr": "MINISTÈRE DE LA JUSTICE\nGrand-Duché de Luxembourg\nLuxembourg, le 3 novembre 2026\nN/réf. 881/26\n\n"
    "À l'autorité centrale de la Confédération suisse\n\n",
}
REQUESTING = {
    "es": ("SV", "UAI-771-2026"),
    "pt": ("BR", "412/2026"),
    "en": ("MT", "MLA/77/2026"),
    "fr": ("LU", "881/26"),
}


def read(language: str, words: str) -> RequestReading:
    text = HEADS[language] + words
    return read_request(text, annotate(text))


WITHDRAWN = [
    (
        "es",
        "Asunto: Se solicita dejar sin efecto el "
        "requerimiento de asistencia penal de 4 de mayo de 2026\n\nMe dirijo a usted con relación al "
        "requerimiento de asistencia de 4 de mayo de 2026, por el delito de estafa, a fin de informarle "
        "que el imputado Luis Ramos Solano celebró un acuerdo, por lo que ya no es necesario practicar lo"
        " solicitado.\n\nAtentamente,\nRosa Mejía\nFiscal",
    ),
    (
        "es",
        "Asunto: Se tenga por no presentada la "
        "solicitud de asistencia n.º 88-2026\n\nHabiéndose sobreseído la causa contra Ana Portillo por "
        "lavado de dinero, se pide tener por no formulada la solicitud de la referencia y archivar lo "
        "actuado.\n\nAtentamente,\nRosa Mejía\nFiscal",
    ),
    (
        "es",
        "Con relación a la solicitud de asistencia "
        "judicial de 9 de junio de 2026 en la causa contra Juan Cruz, se comunica que el tribunal dictó "
        "sentencia absolutoria, por lo que se agradecerá dar por concluido el trámite de dicha solicitud "
        "y devolver los antecedentes.\n\nAtentamente,\nRosa Mejía\nFiscal",
    ),
    (
        "es",
        "Asunto: Cese de la tramitación de la carta "
        "rogatoria 12-2026\n\nEl Juzgado ha resuelto prescindir de la diligencia encomendada mediante la "
        "carta rogatoria 12-2026, de 2 de marzo de 2026; en consecuencia, sírvanse devolverla sin "
        "diligenciar.\n\nAtentamente,\nRosa Mejía\nJueza",
    ),
    (
        "es",
        "Se informa que ha quedado sin efecto la "
        "solicitud de asistencia que esta Fiscalía les remitió el 7 de abril de 2026, por haberse "
        "archivado la investigación; rogamos no continuar con su ejecución.\n\nAtentamente,\nRosa "
        "Mejía\nFiscal",
    ),
    (
        "es",
        "Asunto: RV: carta rogatoria n.º 44-2026\n\nTengo"
        " a bien solicitarle que se deje sin efecto la carta rogatoria n.º 44-2026, remitida mediante "
        "oficio 310-2026 de 1 de abril, en la causa seguida contra Pedro Funes por peculado, ya que el "
        "acusado se acogió a un criterio de oportunidad.\n\nAtentamente,\nRosa Mejía\nFiscal",
    ),
    (
        "pt",
        "Assunto: Solicita seja tornado sem efeito o pedido"
        " de cooperação de 4 de maio de 2026\n\nTendo sido arquivado o inquérito policial por estelionato "
        "contra Luís Ramos Sol, solicita-se a V. Exa. que seja considerado sem efeito o pedido de "
        "cooperação em referência, com a devolução dos documentos no estado em que se "
        "encontram.\n\nAtenciosamente,\nRosa Melo\nProcuradora",
    ),
    (
        "pt",
        "Assunto: Carta rogatória 55/2026 – "
        "desistência\n\nInformo que já não subsiste interesse na inquirição deprecada na carta rogatória "
        "55/2026, pelo que se requer a sua devolução sem cumprimento.\n\nAtenciosamente,\nRosa "
        "Melo\nProcuradora",
    ),
    (
        "pt",
        "Relativamente ao pedido de auxílio de 9 de junho "
        "de 2026, no processo contra João Cruz, comunica-se que o arguido faleceu, pelo que se agradece "
        "que se dê sem efeito o referido pedido e se devolva o expediente.\n\nAtenciosamente,\nRosa "
        "Melo\nProcuradora",
    ),
    (
        "pt",
        "Tendo o Ministério Público arquivado o inquérito "
        "33/25, deixou de interessar o pedido de cooperação de 1 de março de 2026, que se requer seja "
        "devolvido no estado em que se encontra.\n\nAtenciosamente,\nRosa Melo\nProcuradora",
    ),
    (
        "en",
        "Subject: Request of 4 May 2026 no longer required - R v "
        "Luke Ramos\n\nWith reference to the request for assistance of 4 May 2026 in the investigation of "
        "Luke Ramos for fraud, the charges have been dropped. The request may be treated as withdrawn and"
        " the papers returned to us.\n\nYours sincerely,\nRose Mallia\nSenior Counsel",
    ),
    (
        "en",
        "Re: Cancellation of letter of request dated 2 March "
        "2026\n\nThe witness has since returned to Malta and was heard here. Please take no further action "
        "on the letter of request and return it unexecuted.\n\nYours sincerely,\nRose Mallia\nSenior Counsel",
    ),
    (
        "en",
        "We write about the request for mutual legal assistance of 9"
        " June 2026 concerning John Cross. The Court having acquitted the defendant, we should be "
        "grateful if you would discontinue its execution and close your file.\n\nYours sincerely,\nRose "
        "Mallia\nSenior Counsel",
    ),
    (
        "en",
        "Re: R v Peter Funk\n\nFollowing the death of the accused the "
        "proceedings have been terminated. Our letter of request of 1 March 2026 therefore lapses; please"
        " regard it as withdrawn.\n\nYours sincerely,\nRose Mallia\nSenior Counsel",
    ),
    (
        "fr",
        "Objet : demande d'entraide du 4 mai 2026 "
        "devenue sans objet\n\nPar courrier du 4 mai 2026, le juge d'instruction a sollicité votre entraide"
        " dans l'affaire suivie contre Luc RAMOS du chef d'escroquerie. Une ordonnance de non-lieu ayant "
        "été rendue, je vous prie de bien vouloir considérer cette demande comme non avenue et de nous "
        "retourner les pièces en l'état.\n\nRose Weber\nPremier substitut",
    ),
    (
        "fr",
        "Objet : abandon de la commission rogatoire du "
        "2 mars 2026\n\nLe témoin ayant été entendu au Luxembourg, il n'y a plus lieu d'exécuter la "
        "commission rogatoire du 2 mars 2026. Je vous saurais gré de la clôturer.\n\nRose Weber\nPremier "
        "substitut",
    ),
    (
        "fr",
        "Objet : affaire Paul FUNK – commission "
        "rogatoire du 1er mars 2026\n\nLe juge d'instruction se désiste de sa commission rogatoire du 1er "
        "mars 2026. Je vous remercie de cesser toute exécution et de nous renvoyer le dossier en "
        "l'état.\n\nRose Weber\nPremier substitut",
    ),
    (
        "fr",
        "Objet : affaire Paul FUNK\n\nJe vous informe que"
        " la demande d'entraide que nous vous avons adressée le 1er mars 2026 n'a plus lieu d'être, "
        "l'action publique étant éteinte. Je vous prie de ne pas y donner suite.\n\nRose Weber\nPremier "
        "substitut",
    ),
]


@pytest.mark.parametrize(("language", "words"), WITHDRAWN)
def test_a_request_is_withdrawn_in_many_words_and_its_number_is_not_that_of_the_letter(
    language: str, words: str
) -> None:
    found = read(language, words)
    state, reference = REQUESTING[language]
    assert found.document_type.value == "withdrawal"
    assert found.fields["requesting_state"][0].value == state
    assert [one.value for one in found.fields["own_reference"]][:1] == [reference]
    assert not {"12-2026", "44-2026", "88-2026", "55/2026"} & {one.value for one in found.fields["own_reference"]}


NOT_WITHDRAWN = [
    (
        "es",
        "Asunto: Solicitud de asistencia penal\n\nEn la "
        "causa contra Luis Ramos por estafa se solicita recibir declaración testimonial a Ana Portillo, "
        "nacida el 3 de mayo de 1980. La orden de captura dictada en 2024 quedó sin efecto. Si el testigo"
        " comparece voluntariamente, se informará para dejar sin efecto esta "
        "diligencia.\n\nAtentamente,\nRosa Mejía\nFiscal",
        "mla_request",
    ),
    (
        "en",
        "Re: Your request of 4 May 2026\n\nWe thank you for your "
        "letter of 1 October 2026 by which you withdrew your request. We have closed our file and return "
        "the papers.\n\nYours sincerely,\nRose Mallia\nSenior Counsel",
        "response",
    ),
    (
        "pt",
        "Assunto: pedido de auxílio de 4 de maio de "
        "2026\n\nEm resposta ao pedido de Vossa Excelência, informamos que a testemunha não foi localizada,"
        " pelo que se devolve o pedido sem cumprimento.\n\nAtenciosamente,\nRosa Melo\nProcuradora",
        "response",
    ),
    (
        "fr",
        "Objet : votre demande du 4 mai 2026\n\nVous nous"
        " avez fait savoir que votre demande était devenue sans objet. Nous avons classé le "
        "dossier.\n\nRose Weber\nPremier substitut",
        "response",
    ),
    (
        "en",
        "Re: Supplement to our request of 1 March 2026\n\nFurther to "
        "our request of 1 March 2026 we also request the statements of account 12345678 at Bank of Nova "
        "Scotia, Toronto, from 1 January to 31 March 2025. No further action is required on item 2, the "
        "interview of Mr Funk.\n\nYours sincerely,\nRose Mallia\nSenior Counsel",
        "supplement",
    ),
    (
        "fr",
        "Objet : rappel – commission rogatoire du 1er "
        "mars 2026\n\nNotre commission rogatoire du 1er mars 2026 est restée sans réponse. À défaut "
        "d'exécution avant le 30 novembre, je vous prie de bien vouloir nous la retourner en "
        "l'état.\n\nRose Weber\nPremier substitut",
        "reminder",
    ),
    (
        "es",
        "Asunto: Devolución de la carta rogatoria "
        "12-2026 sin diligenciar\n\nPor la presente devuelvo la carta rogatoria 12-2026 que nos remitieron "
        "el 2 de marzo de 2026, toda vez que el testigo no fue habido.\n\nAtentamente,\nRosa Mejía\nJueza",
        "response",
    ),
]


@pytest.mark.parametrize(("language", "words", "expected"), NOT_WITHDRAWN)
def test_what_is_returned_or_dropped_in_part_is_no_withdrawal(language: str, words: str, expected: str) -> None:
    assert read(language, words).document_type.value == expected


SPONTANEOUS = [
    (
        "es",
        "Asunto: Remisión espontánea de "
        "información\n\nTengo el honor de remitirle, sin que medie requerimiento previo, información sobre "
        "los depósitos realizados por la señora Ana Portillo en el Banco del Istmo, por USD "
        "45,000.\n\nAtentamente,\nRosa Mejía\nFiscal",
    ),
    (
        "es",
        "Al amparo del artículo 18, párrafo 4, de la "
        "Convención de Palermo, esta Fiscalía le transmite, de forma espontánea, copia de la denuncia "
        "presentada contra Luis Solano, quien el 3 de mayo de 2026 compró un apartamento en Ciudad de "
        "Panamá.\n\nAtentamente,\nRosa Mejía\nFiscal",
    ),
    (
        "pt",
        "Assunto: Informação espontânea – artigo 18, "
        "parágrafo 4, da Convenção de Palermo\n\nEncaminha-se a V. Exa. informação de que Rui Paz recebeu, "
        "em 2 de abril de 2026, R$ 300.000 de origem desconhecida na conta 4455-6 do Banco do Porto. "
        "Solicita-se que a informação seja mantida em sigilo.\n\nAtenciosamente,\nRosa Melo\nProcuradora",
    ),
    (
        "pt",
        "Por iniciativa própria e sem pedido prévio, "
        "comunica-se a V. Exa. que o cidadão português Rui Paz foi visto em Santos com 20 kg de "
        "cocaína.\n\nAtenciosamente,\nRosa Melo\nProcuradora",
    ),
    (
        "en",
        "Subject: Spontaneous sharing of information under Article "
        "46(4) UNCAC\n\nWe provide the following information on Peter Funk, who paid CAD 40,000 into "
        "account 5566 on 3 May 2026. We would be grateful to learn what use you make of it.\n\nYours "
        "sincerely,\nRose Mallia\nSenior Counsel",
    ),
    (
        "fr",
        "Objet : échange spontané d'informations "
        "(article 46, paragraphe 4, CNUCC)\n\nLe parquet vous communique, sans demande préalable, que M. "
        "Paul FUNK a ouvert le 3 mai 2026 un compte à Genève.\n\nRose Weber\nPremier substitut",
    ),
]


@pytest.mark.parametrize(("language", "words"), SPONTANEOUS)
def test_information_sent_without_a_request_asks_for_nothing(language: str, words: str) -> None:
    found = read(language, words)
    assert found.document_type.value == "spontaneous_information"
    assert "measures" not in found.fields
    assert found.checks == ()


ARREST = [
    (
        "es",
        "Asunto: captura con fines de extradición de "
        "Luis Solano\n\nSe solicita la captura urgente con fines de extradición de Luis Solano, "
        "salvadoreño, nacido el 3 de mayo de 1980, contra quien pesa orden de captura de 2 de febrero de "
        "2026 por homicidio cometido el 5 de enero de 2025 en San Miguel. La documentación de extradición"
        " se remitirá por la vía diplomática dentro de sesenta días.\n\nAtentamente,\nRosa Mejía\nFiscal",
    ),
    (
        "pt",
        "Assunto: pedido de prisão cautelar para "
        "extradição\n\nO Governo brasileiro requer a prisão cautelar, para fins de extradição, de Rui Paz, "
        "nascido em 3 de maio de 1980, procurado por roubo praticado em 5 de janeiro de 2025 em Recife, "
        "conforme mandado de prisão de 2 de fevereiro de 2026. O pedido de extradição será formalizado no"
        " prazo do tratado.\n\nAtenciosamente,\nRosa Melo\nProcuradora",
    ),
    (
        "en",
        "URGENT: application for provisional arrest of Peter "
        "FUNK\n\nMalta requests that Peter Funk, born 3 May 1980, be provisionally arrested with a view to "
        "his extradition for robbery committed on 5 January 2025 at Sliema. A warrant was issued on 2 "
        "February 2026. Malta will submit a formal request for extradition through the diplomatic "
        "channel.\n\nYours sincerely,\nRose Mallia\nSenior Counsel",
    ),
    (
        "fr",
        "Objet : demande d'arrestation provisoire en "
        "vue d'extradition\n\nJe vous prie de bien vouloir faire procéder à l'arrestation provisoire de "
        "Paul FUNK, né le 3 mai 1980, signalement : 1,80 m, yeux bleus, qui fait l'objet d'un mandat "
        "d'arrêt du 2 février 2026 pour vol commis le 5 janvier 2025 à Esch. Une demande d'extradition "
        "vous sera adressée.\n\nRose Weber\nPremier substitut",
    ),
    (
        "en",
        "The Government of Malta requests the provisional arrest of "
        "Peter Funk, who is believed to be in Toronto, pending receipt of the extradition documents. He "
        "is wanted for murder.\n\nYours sincerely,\nRose Mallia\nSenior Counsel",
    ),
]


@pytest.mark.parametrize(("language", "words"), ARREST)
def test_provisional_arrest_needs_no_documents_of_the_formal_request(language: str, words: str) -> None:
    found = read(language, words)
    checks = {check.key: check for check in found.checks}
    assert found.document_type.value == "provisional_arrest_request"
    assert [one.value["measure"] for one in found.fields["measures"]] == ["extradition"]  # type: ignore[index, call-overload]
    assert "limitation" not in checks
    assert checks["offence_text_and_penalty"].state == "present"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("born 3 May 1980", "no_location"),
        ("born 3 May 1980, last seen at 12 Elm Street, Toronto", "present"),
        ("1.80 m tall, with blue eyes, last known address 12 Elm Street, Toronto", "present"),
        ("whose description is unknown", "missing"),
    ],
)
def test_a_person_to_be_arrested_is_described_and_located_as_far_as_possible(words: str, reason: str) -> None:
    text = f"We request the provisional arrest, pending extradition, of Peter Funk, {words}, wanted for murder."
    checks = {check.key: check.reason for check in read("en", text).checks}
    assert checks["identification_means"] == f"identification_means.{reason}"


OTHERS = [
    (
        "en",
        "Re: Request for mutual legal assistance – R v Funk\n\nWe "
        "thank you for the information you sent us spontaneously on 3 May 2026. On its basis we request "
        "the statements of account 5566 of Peter Funk at Bank of Montreal from 1 January to 31 May 2026 "
        "for the investigation of fraud.\n\nYours sincerely,\nRose Mallia\nSenior Counsel",
        "mla_request",
    ),
    (
        "es",
        "Asunto: solicitud de asistencia judicial\n\nCon "
        "base en la información espontánea transmitida por ustedes se solicita recibir declaración a Ana "
        "Portillo, nacida el 3 de mayo de 1980, en la investigación por lavado de "
        "dinero.\n\nAtentamente,\nRosa Mejía\nFiscal",
        "mla_request",
    ),
    (
        "en",
        "Request for extradition of Peter Funk\n\nThe Government of "
        "Malta requests the extradition of Peter Funk, born 3 May 1980, provisionally arrested in Toronto"
        " on 3 October 2026, to stand trial for murder. Enclosed are the warrant, the text of the law and"
        " a photograph.\n\nYours sincerely,\nRose Mallia\nSenior Counsel",
        "extradition_request",
    ),
    (
        "es",
        "Asunto: solicitud formal de extradición de "
        "Luis Solano\n\nSe presenta la solicitud formal de extradición de Luis Solano, detenido "
        "preventivamente con fines de extradición el 3 de octubre de 2026 en Panamá. Se acompaña copia de"
        " la orden de captura.\n\nAtentamente,\nRosa Mejía\nFiscal",
        "extradition_request",
    ),
    (
        "pt",
        "Assunto: pedido de extradição de Rui Paz\n\nRequer-"
        "se a extradição de Rui Paz, e, enquanto não decidida, a sua prisão preventiva para fins de "
        "extradição. Juntam-se mandado e textos legais.\n\nAtenciosamente,\nRosa Melo\nProcuradora",
        "extradition_request",
    ),
    (
        "fr",
        "Objet : commission rogatoire\n\nJe vous prie "
        "d'entendre Paul FUNK, placé en détention provisoire à Genève, comme témoin dans l'enquête pour "
        "vol.\n\nRose Weber\nPremier substitut",
        "rogatory_letter",
    ),
]


@pytest.mark.parametrize(("language", "words", "expected"), OTHERS)
def test_who_asks_for_more_has_another_type(language: str, words: str, expected: str) -> None:
    assert read(language, words).document_type.value == expected
