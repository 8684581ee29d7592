"""Orders at a function or over property, decisions to be enforced, what is not to be done, days of hearings and own acts."""
# ruff: noqa: E501

from __future__ import annotations

import pytest
from test_request_unlearned_types import read

from nlp.pipeline import annotate
from nlp.requests.reading import read_request


def measures(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in read_request(text, annotate(text)).fields.get("measures", ()):
        if isinstance(one.value, dict):
            found.setdefault(str(one.value["measure"]), []).append(str(one.value["target"]))
    return found


FUNCTIONS = [
    ("MINISTÉRIO PÚBLICO FEDERAL\nRepública Federativa do Brasil\nBrasília, 3 de novembro de 2026\nOfício n.º 412/2026\n\nÀ autoridade central da República Portuguesa\n\nPedido de auxílio. Investiga-se Luís Ramos Sol por crime de estelionato, artigo 171 do Código Penal.\nIV - Diligências. a) Fornecimento dos extratos da conta 4455-6, de 2 de fevereiro a 30 de setembro de 2024. b) Bloqueio do saldo até EUR 1.905.000. c) Inquirição do gerente da conta, a ser identificado pelo banco.\n\nV - Sigilo. O feito tramita em segredo.", ["gerente da conta"]),
    ("MINISTÉRIO PÚBLICO FEDERAL\nRepública Federativa do Brasil\nBrasília, 3 de novembro de 2026\nOfício n.º 412/2026\n\nÀ autoridade central da República Portuguesa\n\nPedido de auxílio. Investiga-se Luís Ramos Sol por crime de estelionato, artigo 171 do Código Penal.\nSolicita-se: a) a inquirição do administrador da sociedade; b) o arresto do veículo.", ["administrador da sociedade"]),
    ("FISCALÍA GENERAL DE LA REPÚBLICA\nRepública de El Salvador\nSan Salvador, 3 de noviembre de 2026\nOficio UAI-771-2026\n\nA la autoridad central de la República de Panamá\n\nSolicitud de asistencia judicial. Se investiga a Luis Ramos Solano por un delito de estafa, artículo 215 del Código Penal.\nIII. DILIGENCIAS. a) Estados de la cuenta 4455-6, del 2 de febrero al 30 de septiembre de 2024. b) Congelamiento del saldo hasta USD 90,000. c) Entrevista del oficial de cuenta, que el banco identificará.\n\nIV. RESERVA. Se pide reserva.", ["oficial de cuenta"]),
    ("FISCALÍA GENERAL DE LA REPÚBLICA\nRepública de El Salvador\nSan Salvador, 3 de noviembre de 2026\nOficio UAI-771-2026\n\nA la autoridad central de la República de Panamá\n\nSolicitud de asistencia judicial. Se investiga a Luis Ramos Solano por un delito de estafa, artículo 215 del Código Penal.\nSe solicita recibir declaración testimonial al gerente de la sucursal de Colón del Banco del Istmo.", ["gerente de la sucursal de Colón del Banco del Istmo"]),
    ("MINISTRY OF JUSTICE\nRepublic of Malta\nValletta, 3 November 2026\nOur ref: MLA/77/2026\n\nTo: The Central Authority of Canada\n\nRequest for assistance in an investigation of Luke Ramos for fraud, article 308 of the Criminal Code.\nIII - Assistance. a) Statements of account 4455-6 from 2 February to 30 September 2024. b) Restraint of the balance up to CAD 90,000. c) Interview of the branch manager, to be identified by the bank.\n\nIV - Confidentiality. Please keep this confidential.", ["branch manager"]),
    ("MINISTRY OF JUSTICE\nRepublic of Malta\nValletta, 3 November 2026\nOur ref: MLA/77/2026\n\nTo: The Central Authority of Canada\n\nRequest for assistance in an investigation of Luke Ramos for fraud, article 308 of the Criminal Code.\nPlease take a statement from the compliance officer of Royal Bank of Canada who reviewed the account.", ["compliance officer of Royal Bank of Canada"]),
    ("MINISTÈRE DE LA JUSTICE\nGrand-Duché de Luxembourg\nLuxembourg, le 3 novembre 2026\nN/réf. 881/26\n\nÀ l'autorité centrale de la Confédération suisse\n\nDemande d'entraide dans une enquête visant Luc Ramos pour escroquerie, article 496 du code pénal.\nIII. Mesures demandées. a) Relevés du compte 4455-6, du 2 février au 30 septembre 2024. b) Blocage du solde à hauteur de 90 000 euros. c) Audition du gestionnaire du compte, que la banque identifiera.\n\nIV. Confidentialité. La demande est confidentielle.", ["gestionnaire du compte"]),
    ("MINISTÈRE DE LA JUSTICE\nGrand-Duché de Luxembourg\nLuxembourg, le 3 novembre 2026\nN/réf. 881/26\n\nÀ l'autorité centrale de la Confédération suisse\n\nDemande d'entraide dans une enquête visant Luc Ramos pour escroquerie, article 496 du code pénal.\nVeuillez entendre le directeur de l'agence de Genève.", ["directeur de l'agence de Genève"]),
    ("MINISTRY OF JUSTICE\nRepublic of Malta\nValletta, 3 November 2026\nOur ref: MLA/77/2026\n\nTo: The Central Authority of Canada\n\nRequest for assistance in an investigation of Luke Ramos for fraud, article 308 of the Criminal Code.\nWe request:\n(a) an interview of John Brown, born 3 May 1970, as a witness;\n(b) an interview of the branch manager of Royal Bank of Canada in Toronto.", ["John Brown", "branch manager of Royal Bank of Canada in Toronto"]),
    ("FISCALÍA GENERAL DE LA REPÚBLICA\nRepública de El Salvador\nSan Salvador, 3 de noviembre de 2026\nOficio UAI-771-2026\n\nA la autoridad central de la República de Panamá\n\nSolicitud de asistencia judicial. Se investiga a Luis Ramos Solano por un delito de estafa, artículo 215 del Código Penal.\nSe solicita recibir declaración al representante legal de Comercial del Istmo S.A. y notificarle la citación.", ["representante legal de Comercial del Istmo S.A."]),
    ("MINISTÈRE DE LA JUSTICE\nGrand-Duché de Luxembourg\nLuxembourg, le 3 novembre 2026\nN/réf. 881/26\n\nÀ l'autorité centrale de la Confédération suisse\n\nDemande d'entraide dans une enquête visant Luc Ramos pour escroquerie, article 496 du code pénal.\nVeuillez entendre le gérant de la société Lac Bleu S.A., M. Paul Petit.", ["Paul Petit"]),
    ("MINISTÉRIO PÚBLICO FEDERAL\nRepública Federativa do Brasil\nBrasília, 3 de novembro de 2026\nOfício n.º 412/2026\n\nÀ autoridade central da República Portuguesa\n\nPedido de auxílio. Investiga-se Luís Ramos Sol por crime de estelionato, artigo 171 do Código Penal.\nSolicita-se a inquirição do funcionário do banco que abriu a conta de Luís Ramos Sol.", ["funcionário do banco"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "targets"), FUNCTIONS)
def test_a_person_known_by_function_is_heard_and_not_the_suspect(text: str, targets: list[str]) -> None:
    assert measures(text)["hearing_witness"] == targets


PROPERTY = [
    ("MINISTRY OF JUSTICE\nRepublic of Malta\nValletta, 3 November 2026\nOur ref: MLA/77/2026\n\nTo: The Central Authority of Canada\n\nRequest for assistance in an investigation of Luke Ramos for fraud, article 308 of the Criminal Code.\nWe ask that you:\n(a) apply for a restraint order over 14 Elm Row, Toronto (title number NGL 774102);\n(b) obtain from Royal Bank of Canada the mortgage file from 1 January 2015 to 31 December 2017;\n(c) serve nothing on the defendants until the restraint order has been registered.", "freezing", "14 Elm Row"),
    ("MINISTRY OF JUSTICE\nRepublic of Malta\nValletta, 3 November 2026\nOur ref: MLA/77/2026\n\nTo: The Central Authority of Canada\n\nRequest for assistance in an investigation of Luke Ramos for fraud, article 308 of the Criminal Code.\nPlease obtain a freezing order in respect of the apartment at 3 Bay Street, Toronto.", "freezing", "apartment at 3 Bay Street, Toronto"),
    ("MINISTRY OF JUSTICE\nRepublic of Malta\nValletta, 3 November 2026\nOur ref: MLA/77/2026\n\nTo: The Central Authority of Canada\n\nRequest for assistance in an investigation of Luke Ramos for fraud, article 308 of the Criminal Code.\nWe request that a restraining order be made against the yacht Blue Star moored at 5 Lake Road.", "freezing", "yacht Blue Star moored at 5 Lake Road"),
    ("FISCALÍA GENERAL DE LA REPÚBLICA\nRepública de El Salvador\nSan Salvador, 3 de noviembre de 2026\nOficio UAI-771-2026\n\nA la autoridad central de la República de Panamá\n\nSolicitud de asistencia judicial. Se investiga a Luis Ramos Solano por un delito de estafa, artículo 215 del Código Penal.\nSe solicita que se decrete el embargo preventivo de la finca n.º 45210, situada en Chiriquí.", "freezing", "finca n.º 45210"),
    ("FISCALÍA GENERAL DE LA REPÚBLICA\nRepública de El Salvador\nSan Salvador, 3 de noviembre de 2026\nOficio UAI-771-2026\n\nA la autoridad central de la República de Panamá\n\nSolicitud de asistencia judicial. Se investiga a Luis Ramos Solano por un delito de estafa, artículo 215 del Código Penal.\nSolicitamos dictar una orden de inmovilización sobre el apartamento 5B del edificio Mar, avenida Balboa.", "freezing", "apartamento 5B del edificio Mar"),
    ("MINISTÉRIO PÚBLICO FEDERAL\nRepública Federativa do Brasil\nBrasília, 3 de novembro de 2026\nOfício n.º 412/2026\n\nÀ autoridade central da República Portuguesa\n\nPedido de auxílio. Investiga-se Luís Ramos Sol por crime de estelionato, artigo 171 do Código Penal.\nSolicita-se que seja decretado o arresto do imóvel sito na Rua do Ouro, 12, Porto.", "freezing", "imóvel sito na Rua do Ouro, 12, Porto"),
    ("MINISTÉRIO PÚBLICO FEDERAL\nRepública Federativa do Brasil\nBrasília, 3 de novembro de 2026\nOfício n.º 412/2026\n\nÀ autoridade central da República Portuguesa\n\nPedido de auxílio. Investiga-se Luís Ramos Sol por crime de estelionato, artigo 171 do Código Penal.\nRequer-se a emissão de ordem de indisponibilidade sobre a fração autónoma B do prédio da Rua Nova, 3.", "freezing", "fração autónoma B do prédio da Rua Nova, 3"),
    ("MINISTÈRE DE LA JUSTICE\nGrand-Duché de Luxembourg\nLuxembourg, le 3 novembre 2026\nN/réf. 881/26\n\nÀ l'autorité centrale de la Confédération suisse\n\nDemande d'entraide dans une enquête visant Luc Ramos pour escroquerie, article 496 du code pénal.\nIl est demandé d'ordonner la saisie pénale de l'immeuble sis rue du Lac 3, à Genève.", "freezing", "immeuble sis rue du Lac 3"),
    ("MINISTÈRE DE LA JUSTICE\nGrand-Duché de Luxembourg\nLuxembourg, le 3 novembre 2026\nN/réf. 881/26\n\nÀ l'autorité centrale de la Confédération suisse\n\nDemande d'entraide dans une enquête visant Luc Ramos pour escroquerie, article 496 du code pénal.\nPar arrêt du 14 avril 2026, devenu définitif, la cour a ordonné la confiscation de l'appartement sis rue du Lac 3, à Genève, immatriculé sous le feuillet 4455.\nIl est demandé :\n1° de reconnaître et d'exécuter la décision de confiscation ;\n2° d'indiquer les modalités d'un partage du produit.", "confiscation", "appartement sis rue du Lac 3"),
    ("FISCALÍA GENERAL DE LA REPÚBLICA\nRepública de El Salvador\nSan Salvador, 3 de noviembre de 2026\nOficio UAI-771-2026\n\nA la autoridad central de la República de Panamá\n\nSolicitud de asistencia judicial. Se investiga a Luis Ramos Solano por un delito de estafa, artículo 215 del Código Penal.\nEl tribunal ordenó por sentencia firme el comiso del apartamento 5B del edificio Mar, avenida Balboa, finca 45210. Se solicita reconocer y ejecutar la sentencia de comiso.", "confiscation", "apartamento 5B del edificio Mar"),
    ("MINISTRY OF JUSTICE\nRepublic of Malta\nValletta, 3 November 2026\nOur ref: MLA/77/2026\n\nTo: The Central Authority of Canada\n\nRequest for assistance in an investigation of Luke Ramos for fraud, article 308 of the Criminal Code.\nOn 4 May 2026 the Court made a confiscation order for the house at 14 Elm Row, Toronto. We ask that the confiscation order be registered and enforced.", "confiscation", "house at 14 Elm Row, Toronto"),
    ("MINISTÉRIO PÚBLICO FEDERAL\nRepública Federativa do Brasil\nBrasília, 3 de novembro de 2026\nOfício n.º 412/2026\n\nÀ autoridade central da República Portuguesa\n\nPedido de auxílio. Investiga-se Luís Ramos Sol por crime de estelionato, artigo 171 do Código Penal.\nA sentença, transitada em julgado, declarou perdido o imóvel sito na Rua do Ouro, 12, Porto. Solicita-se o reconhecimento e a execução da decisão de perda.", "confiscation", "imóvel sito na Rua do Ouro, 12, Porto"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "measure", "thing"), PROPERTY)
def test_property_is_the_target_in_the_words_for_it(text: str, measure: str, thing: str) -> None:
    assert measures(text)[measure] == [thing]


def test_what_is_not_to_be_served_and_records_of_an_account_are_no_measures_with_persons() -> None:
    assert not {"service_of_documents", "hearing_witness"} & set(
        measures(
            "MINISTRY OF JUSTICE\nRepublic of Malta\nValletta, 3 November 2026\nOur ref: MLA/77/2026\n\nTo: The Central Authority of Canada\n\nRequest for assistance in an investigation of Luke Ramos for fraud, article 308 of the Criminal Code.\nWe ask that you:\n(a) apply for a restraint order over 14 Elm Row, Toronto (title number NGL 774102);\n(b) obtain from Royal Bank of Canada the mortgage file from 1 January 2015 to 31 December 2017;\n(c) serve nothing on the defendants until the restraint order has been registered."
        )
    )


DAYS = [
    ("FISCALÍA GENERAL DE LA REPÚBLICA\nRepública de El Salvador\nSan Salvador, 3 de noviembre de 2026\n\nA la autoridad central de la República de Panamá\n\nSolicitud de asistencia judicial. Se investiga a Luis Ramos Solano por un delito de estafa, artículo 215 del Código Penal.\nSe solicita la comparecencia por videoconferencia de Ana Portillo, el 14 de enero de 2027 a las 10:00 horas.", "hearing"),
    ("FISCALÍA GENERAL DE LA REPÚBLICA\nRepública de El Salvador\nSan Salvador, 3 de noviembre de 2026\n\nA la autoridad central de la República de Panamá\n\nSolicitud de asistencia judicial. Se investiga a Luis Ramos Solano por un delito de estafa, artículo 215 del Código Penal.\nMedida: comparecencia por videoconferencia u otros medios de transmisión audiovisual de la testigo, el 14 de enero de 2027 a las 10:00 horas (hora peninsular española).", "hearing"),
    ("MINISTRY OF JUSTICE\nRepublic of Malta\nValletta, 3 November 2026\n\nTo: The Central Authority of Canada\n\nRequest for assistance in an investigation of Luke Ramos for fraud, article 308 of the Criminal Code.\nWe request the hearing of Anna Port by video link on 14 January 2027 at 10 a.m. Valletta time.", "hearing"),
    ("MINISTÈRE DE LA JUSTICE\nGrand-Duché de Luxembourg\nLuxembourg, le 3 novembre 2026\n\nÀ l'autorité centrale de la Confédération suisse\n\nDemande d'entraide dans une enquête visant Luc Ramos pour escroquerie, article 496 du code pénal.\nIl est demandé l'audition par visioconférence ou autre moyen de transmission de Mme Anne Port, le 14 janvier 2027 à 10 heures.", "hearing"),
    ("MINISTÉRIO PÚBLICO FEDERAL\nRepública Federativa do Brasil\nBrasília, 3 de novembro de 2026\n\nÀ autoridade central da República Portuguesa\n\nPedido de auxílio. Investiga-se Luís Ramos Sol por crime de estelionato, artigo 171 do Código Penal.\nSolicita-se a inquirição por videoconferência ou outro meio de transmissão de Ana Porto, em 14 de janeiro de 2027, às 10h.", "hearing"),
    ("MINISTRY OF JUSTICE\nRepublic of Malta\nValletta, 3 November 2026\n\nTo: The Central Authority of Canada\n\nRequest for assistance in an investigation of Luke Ramos for fraud, article 308 of the Criminal Code.\nPlease preserve the logs of server 185.220.101.47 for ninety days. A formal request for their production will follow not later than 28 February 2027.", "event"),
    ("FISCALÍA GENERAL DE LA REPÚBLICA\nRepública de El Salvador\nSan Salvador, 3 de noviembre de 2026\n\nA la autoridad central de la República de Panamá\n\nSolicitud de asistencia judicial. Se investiga a Luis Ramos Solano por un delito de estafa, artículo 215 del Código Penal.\nSe pide conservar los registros del servidor 185.220.101.47. La solicitud formal para su entrega se remitirá a más tardar el 28 de febrero de 2027.", "event"),
    ("MINISTÉRIO PÚBLICO FEDERAL\nRepública Federativa do Brasil\nBrasília, 3 de novembro de 2026\n\nÀ autoridade central da República Portuguesa\n\nPedido de auxílio. Investiga-se Luís Ramos Sol por crime de estelionato, artigo 171 do Código Penal.\nPede-se a conservação dos registos do servidor 185.220.101.47. O pedido formal será enviado o mais tardar até 28 de fevereiro de 2027.", "event"),
    ("MINISTÈRE DE LA JUSTICE\nGrand-Duché de Luxembourg\nLuxembourg, le 3 novembre 2026\n\nÀ l'autorité centrale de la Confédération suisse\n\nDemande d'entraide dans une enquête visant Luc Ramos pour escroquerie, article 496 du code pénal.\nIl est demandé de conserver les journaux du serveur 185.220.101.47. Une demande formelle suivra au plus tard le 28 février 2027.", "event"),
    ("MINISTRY OF JUSTICE\nRepublic of Malta\nValletta, 3 November 2026\n\nTo: The Central Authority of Canada\n\nRequest for assistance in an investigation of Luke Ramos for fraud, article 308 of the Criminal Code.\nPlease answer this formal request not later than 28 February 2027.", "answer_by"),
    ("MINISTÉRIO PÚBLICO FEDERAL\nRepública Federativa do Brasil\nBrasília, 3 de novembro de 2026\n\nÀ autoridade central da República Portuguesa\n\nPedido de auxílio. Investiga-se Luís Ramos Sol por crime de estelionato, artigo 171 do Código Penal.\nAs diligências destinam-se a instruir o inquérito, cujo prazo máximo termina em 30 de abril de 2027.", "procedural_limit"),
    ("FISCALÍA GENERAL DE LA REPÚBLICA\nRepública de El Salvador\nSan Salvador, 3 de noviembre de 2026\n\nA la autoridad central de la República de Panamá\n\nSolicitud de asistencia judicial. Se investiga a Luis Ramos Solano por un delito de estafa, artículo 215 del Código Penal.\nLa información servirá para la investigación, cuyo plazo legal vence el 30 de abril de 2027.", "procedural_limit"),
    ("MINISTÈRE DE LA JUSTICE\nGrand-Duché de Luxembourg\nLuxembourg, le 3 novembre 2026\n\nÀ l'autorité centrale de la Confédération suisse\n\nDemande d'entraide dans une enquête visant Luc Ramos pour escroquerie, article 496 du code pénal.\nLes actes sont destinés à l'enquête, dont le délai expire le 30 avril 2027.", "procedural_limit"),
]  # fmt: skip


FOLLOWING = [
    ("en", "Please preserve the logs of server 185.220.101.47. A mutual assistance request seeking their disclosure will be sent to you by 28 February 2027."),
    ("es", "Se pide conservar los registros del servidor 185.220.101.47. La petición de asistencia judicial para obtenerlos se cursará antes del 28 de febrero de 2027."),
    ("pt", "Pede-se a conservação dos registos do servidor 185.220.101.47. Comprometemo-nos a remeter o pedido de auxílio até 28 de fevereiro de 2027."),
    ("fr", "Il est demandé de conserver les journaux du serveur 185.220.101.47. Une commission rogatoire vous sera transmise d'ici le 28 février 2027."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "words"), FOLLOWING)
def test_the_day_of_a_request_that_follows_binds_its_writer(language: str, words: str) -> None:
    found = [one.value for one in read(language, words).fields["deadlines"] if isinstance(one.value, dict)]
    assert [one["reason"] for one in found] == ["event"]


@pytest.mark.parametrize(("text", "reason"), DAYS)
def test_a_day_is_that_of_its_own_words(text: str, reason: str) -> None:
    found = [one.value for one in read_request(text, annotate(text)).fields["deadlines"] if isinstance(one.value, dict)]
    assert [one["reason"] for one in found] == [reason]
