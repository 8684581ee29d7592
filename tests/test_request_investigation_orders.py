"""Orders with the section on persons in a line or in blocks, States that the Directive does not bind, offences in them."""
# ruff: noqa: E501

from __future__ import annotations

import pytest

from app.requests.invoked_treaties import with_decided_treaties
from nlp.pipeline import annotate
from nlp.requests.proposal import RequestReading
from nlp.requests.reading import read_request


def read(text: str) -> RequestReading:
    return read_request(text, annotate(text))


PERSONS = [
    ("JUZGADO DE INSTRUCCIÓN N.º 2 DE VIGO\n\nORDEN EUROPEA DE INVESTIGACIÓN (OEI)\n\nSección A. Estado de emisión: España. Estado de ejecución: Portugal.\nSección C. Medida: declaración de testigo.\nSección E. Identidad de la persona: Apellidos: Serrão Couto. Nombre: Beatriz. Sexo: mujer. Nacionalidad: portuguesa. Fecha de nacimiento: 19/07/1991. Número de identidad: 13245678. Domicilio: Rua do Sol 22, Porto. Condición: testigo.\nSección G. Motivos: el 11 de agosto de 2025 el investigado Rui Prado robó un vehículo en Vigo. Delito de robo con violencia, artículo 242.1 del Código Penal, pena de prisión de dos a cinco años.\nSección K. Autoridad emisora: Juzgado de Instrucción n.º 2 de Vigo. Magistrada: Ana Gil.\nEn Vigo, a 19 de noviembre de 2026.\n", "Beatriz Serrão Couto", "witness", "1991-07-19", ["PT"], "hearing_witness"),
    ("DECISÃO EUROPEIA DE INVESTIGAÇÃO (DEI)\n\nSecção A. Estado de emissão: Portugal. Estado de execução: Espanha.\nSecção C. Medida: audição de vítima por videoconferência, em 14 de janeiro de 2027 às 10:00 horas.\nSecção E. Apelidos: Lopes Mata; Nomes próprios: Carla Sofia; Nacionalidade: portuguesa; Data de nascimento: 03/02/1985; Qualidade: vítima.\nSecção G. Em 11 de agosto de 2025, em Lisboa, o suspeito João Reis agrediu a vítima. Crime de ofensa à integridade física grave, artigo 144.º do Código Penal, prisão de dois a dez anos.\nSecção K. Autoridade de emissão: Juízo de Instrução Criminal de Lisboa. Juíza: Ana Matos.\nLisboa, 19 de novembro de 2026\n", "Carla Sofia Lopes Mata", "victim", "1985-02-03", ["PT"], "hearing_witness videoconference"),
    ("ANNEX A\n\nEUROPEAN INVESTIGATION ORDER (EIO)\n\nSECTION A\n\nIssuing State: Malta\n\nExecuting State: Italy\n\nSECTION C\n\nInvestigative measure(s) to be carried out\n\nHearing of a witness\n\nSECTION E\n\nIdentity of the natural or legal person(s) concerned by the investigative measure(s)\n\n1. State all information, as far as known\n\n(i) In the case of natural person(s)\n\nName: Bianchi\n\nFirst name(s): Chiara Maria\n\nOther relevant name(s), if applicable:\n\nAliases, if applicable: Kia\n\nSex: female\n\nNationality: Italian\n\nIdentity number or social security number: BNCCRM91L59H199X\n\nDate of birth: 19 July 1991\n\nPlace of birth: Ravenna\n\nResidence and/or known address: Via Roma 22, Ravenna\n\nState the position the concerned person currently holds in the proceedings: witness\n\nSECTION G\n\n1. Grounds for issuing the EIO\n\nOn 11 August 2025 in Sliema the suspect Peter Funk stabbed John Borg. Nature and legal classification: grievous bodily harm, article 216 of the Criminal Code, imprisonment of up to nine years.\n\nSECTION K\n\nName of authority: Court of Magistrates (Malta)\n\nName of representative: Rose Mallia\n\nDate: 3 November 2026\n", "Chiara Maria Bianchi", "witness", "1991-07-19", ["IT"], "hearing_witness"),
    ("DÉCISION D'ENQUÊTE EUROPÉENNE\n\nSECTION A\nÉtat d'émission : France\nÉtat d'exécution : Belgique\n\nSECTION C\nAudition d'un suspect\n\nSECTION E\nNom : Dubois. Prénom(s) : Marc André. Sexe : M. Nationalité : belge. Date de naissance : 19/07/1991. Lieu de naissance : Namur. Adresse : rue Haute 3, Namur. Position dans la procédure : suspect.\n\nSECTION G\nLe 11 août 2025 à Lille, M. Dubois a volé un véhicule. Vol aggravé, articles 311-1 et 311-4 du code pénal, cinq ans d'emprisonnement.\n\nSECTION K\nNom : Tribunal judiciaire de Lille\nFait à Lille, le 3 novembre 2026\n", "Marc André Dubois", "suspect", "1991-07-19", ["BE"], "hearing_suspect"),
    ("ANEXO A\nORDEN EUROPEA DE INVESTIGACIÓN\n\nSECCIÓN A\nEstado de emisión: España\nEstado de ejecución: Francia\n\nSECCIÓN C\nDeclaración de un investigado\n\nSECCIÓN E\n\ni) Apellidos:\n\nMOREL PINTO\n\nNombre:\n\nJulien\n\nNacionalidad:\n\nfrancesa\n\nFecha de nacimiento:\n\n5/6/1980\n\nSituación procesal de la persona: investigado\n\nSECCIÓN G\nEl 3 de mayo de 2025 en Irún se incautaron 20 kg de cocaína al citado. Tráfico de drogas, artículos 368 y 369 del Código Penal.\n\nSECCIÓN K\nJuzgado de Instrucción n.º 1 de Irún\nIrún, 3 de noviembre de 2026\n", "Julien MOREL PINTO", "suspect", "1980-06-05", ["FR"], "hearing_suspect"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "role", "birth_date", "nationality", "asked"), PERSONS)
def test_the_person_of_an_order_has_all_that_its_fields_say(
    text: str, name: str, role: str, birth_date: str, nationality: list[str], asked: str
) -> None:
    found = read(text)
    persons = {str(one.value["name"]): one.value for one in found.fields["persons"] if isinstance(one.value, dict)}
    measures = [one.value for one in found.fields["measures"] if isinstance(one.value, dict)]
    person = persons[name]
    assert (person["role"], person["birth_date"], person["nationality"]) == (role, birth_date, nationality)
    assert [(one["measure"], one["target"]) for one in measures] == [(measure, name) for measure in asked.split()]


def test_a_name_with_the_form_of_a_legal_person_is_a_company() -> None:
    text = "EUROPEAN INVESTIGATION ORDER\nSECTION A\nIssuing State: Malta\nExecuting State: Italy\nSECTION C\nProduction of bank records of account IT60X0542811101000000123456 from 1 January to 31 March 2025.\nSECTION E\n(ii) In the case of legal person(s)\nName: Adria Shipping S.r.l.\nForm of legal person: limited liability company\nShortened name: Adria\nRegistered seat: Via del Mare 3, Bari\nRegistration number: 04567890123\nName of the legal person's representative: Carlo Neri\nSECTION G\nOn 11 August 2025 in Sliema the suspect Peter Funk paid EUR 50,000 to that company. Money laundering, article 3 of the Prevention of Money Laundering Act.\nSECTION K\nCourt of Magistrates (Malta)\n3 November 2026\n"
    persons = [one.value for one in read(text).fields["persons"] if isinstance(one.value, dict)]
    assert [one["name"] for one in persons if one["kind"] == "legal"] == ["Adria Shipping S.r.l."]


ORDERS = [
    ("OFFICE OF THE DIRECTOR OF PUBLIC PROSECUTIONS\nDublin, Ireland\n\nEUROPEAN INVESTIGATION ORDER\nDirective 2014/41/EU of 3 April 2014\n\nTo: Public Prosecutor, Lisbon, Portugal\nDublin, 6 November 2026\nOur reference: 2026/EIO/0093\n\nMeasures requested. Hearing of Mr John Silva as a witness.\n", False),
    ("JUZGADO DE INSTRUCCIÓN N.º 3 DE CÁDIZ\n\nORDEN EUROPEA DE INVESTIGACIÓN (Directiva 2014/41/UE)\n\nSección A. Estado de emisión: España. Estado de ejecución: Irlanda.\nSección C. Medida: declaración de testigo.\nEn Cádiz, a 3 de noviembre de 2026.\n", False),
    ("DÉCISION D'ENQUÊTE EUROPÉENNE\nSECTION A\nÉtat d'émission : France\nÉtat d'exécution : Danemark\nSECTION C\nAudition d'un témoin\nFait à Lille, le 3 novembre 2026\n", False),
    ("DECISÃO EUROPEIA DE INVESTIGAÇÃO\nDiretiva 2014/41/UE\nSecção A\nEstado de emissão: Dinamarca\nEstado de execução: Portugal\nSecção C\nAudição de testemunha\nCopenhaga, 3 de novembro de 2026\n", False),
    ("DECISION D'ENQUETE EUROPEENNE\nSECTION A\nÉtat d'émission : France\nÉtat d'exécution : Suisse\nSECTION C\nAudition d'un témoin\nFait à Lille, le 3 novembre 2026\n", False),
    ("ORDEN EUROPEA DE INVESTIGACIÓN\nSección A\nEstado de emisión: España\nEstado de ejecución: Francia\nSección C\nDeclaración de testigo\nEn Cádiz, a 3 de noviembre de 2026.\n", True),
    ("EUROPEAN INVESTIGATION ORDER\nSECTION C\nHearing of a witness.\n", True),
]  # fmt: skip


@pytest.mark.parametrize(("text", "bound"), ORDERS)
def test_an_order_needs_two_states_that_the_directive_binds(text: str, bound: bool) -> None:
    found = read(text)
    check = next(one for one in found.checks if one.key == "legal_basis")
    assert check.reason == f"legal_basis.{'order' if bound else 'no_order'}"
    assert [treaty.instrument for treaty in check.treaties] == ([] if bound else ["EIO"])
    assert not {one.value for one in found.fields.get("own_reference", ())} & {"2014/41/EU", "2014/41/UE"}


@pytest.mark.parametrize(
    ("states", "named", "kind", "reason"),
    [
        ("PT ES", "", "eio", "order"),
        ("PT ES", "UNTOC", "eio", "order"),
        ("ES FR", "ECMA59", "eio", "order"),
        ("", "", "eio", "order"),
        ("ES IE", "", "eio", "no_order"),
        ("FR CH", "ECMA59", "eio", "no_order"),
        ("PT ES", "", "mla_request", "missing"),
    ],
)
def test_a_decided_order_is_judged_as_one_just_read(states: str, named: str, kind: str, reason: str) -> None:
    requesting, _, requested = states.partition(" ")
    fields = {
        "requesting_state": [requesting][: len(requesting)],
        "requested_state": [requested][: len(requested)],
        "legal_basis": [{"instrument": named, "text": ""}][: len(named)],
    }
    for read_as in ("present", "order", "no_order"):
        stored = [{"key": "legal_basis", "state": "present", "reason": f"legal_basis.{read_as}"}]
        if kind == "eio" or read_as != "no_order":
            (check,) = with_decided_treaties(stored, kind, fields, "2026-11-20")
            assert check["reason"] == f"legal_basis.{reason}"
            assert bool(check.get("treaties")) == (reason == "no_order")


OFFENCES = [
    ("FISCALÍA PROVINCIAL DE LUGO\nReino de España\nLugo, 3 de noviembre de 2026\n\nA las autoridades de Italia\n\nComisión rogatoria. Se solicita recibir declaración a Ana Portillo. Delito de lesiones con instrumento peligroso, artículos 147.1 y 148.1.º del Código Penal, pena de prisión de dos a cinco años.", ["ASSAULT"]),
    ("FISCALÍA PROVINCIAL DE LUGO\nReino de España\nLugo, 3 de noviembre de 2026\n\nA las autoridades de Italia\n\nComisión rogatoria. Se solicita recibir declaración a Ana Portillo. Los hechos constituyen un delito de lesiones con deformidad, artículo 150 del Código Penal.", ["ASSAULT"]),
    ("FISCALÍA PROVINCIAL DE LUGO\nReino de España\nLugo, 3 de noviembre de 2026\n\nA las autoridades de Italia\n\nComisión rogatoria. Se solicita recibir declaración a Ana Portillo. Delito de lesiones graves, artículo 147 del Código Penal.", ["ASSAULT"]),
    ("FISCALÍA PROVINCIAL DE LUGO\nReino de España\nLugo, 3 de noviembre de 2026\n\nA las autoridades de Italia\n\nComisión rogatoria. Se solicita recibir declaración a Ana Portillo. Se investiga un delito de lesiones con arma blanca.", ["ASSAULT"]),
    ("FISCALÍA PROVINCIAL DE LUGO\nReino de España\nLugo, 3 de noviembre de 2026\n\nA las autoridades de Italia\n\nComisión rogatoria. Se solicita recibir declaración a Ana Portillo. Delito: lesiones.", ["ASSAULT"]),
    ("FISCALÍA PROVINCIAL DE LUGO\nReino de España\nLugo, 3 de noviembre de 2026\n\nA las autoridades de Italia\n\nComisión rogatoria. Se solicita recibir declaración a Ana Portillo. La víctima sufrió lesiones en la cara. Se investiga un robo con violencia.", ["ROB"]),
    ("PROCURADORIA DA REPÚBLICA\nPortugal\nLisboa, 3 de novembro de 2026\n\nÀs autoridades de Itália\n\nCarta rogatória. Solicita-se a inquirição de Ana Porto. Crime de ofensa à integridade física qualificada, artigo 145.º do Código Penal.", ["ASSAULT"]),
    ("PROCURADORIA DA REPÚBLICA\nPortugal\nLisboa, 3 de novembro de 2026\n\nÀs autoridades de Itália\n\nCarta rogatória. Solicita-se a inquirição de Ana Porto. Crime de lesão corporal grave com uso de arma, artigo 129 do Código Penal.", ["ASSAULT"]),
    ("MINISTRY OF JUSTICE\nJamaica\nKingston, 3 November 2026\n\nTo the authorities of Italy\n\nLetter of request. Please interview Anna Port. The offences are misbehaviour in public office and money laundering, contrary to section 45 of the Proceeds of Crime Act, Chap. 11:27.", ["ML", "ABUSEOFF"]),
    ("MINISTRY OF JUSTICE\nJamaica\nKingston, 3 November 2026\n\nTo the authorities of Italy\n\nLetter of request. Please interview Anna Port. He was charged with misconduct in public office.", ["ABUSEOFF"]),
    ("MINISTRY OF JUSTICE\nJamaica\nKingston, 3 November 2026\n\nTo the authorities of Italy\n\nLetter of request. Please interview Anna Port. The offence is obtaining money by means of false pretences, section 35 of the Larceny Act, and access with intent to commit an offence, section 4 of the Cybercrimes Act, 2015.", ["FRAUD", "CYB"]),
    ("TRIBUNAL JUDICIAIRE DE LILLE\nFrance\nLille, le 3 novembre 2026\n\nAux autorités de l'Italie\n\nCommission rogatoire. Il est demandé d'entendre Anne Port. Violences volontaires avec arme, articles 222-11 et 222-12 du code pénal.", ["ASSAULT"]),
    ("TRIBUNAL JUDICIAIRE DE LILLE\nFrance\nLille, le 3 novembre 2026\n\nAux autorités de l'Italie\n\nCommission rogatoire. Il est demandé d'entendre Anne Port. Blessures volontaires aggravées.", ["ASSAULT"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "concepts"), OFFENCES)
def test_injury_and_misbehaviour_in_office_are_offences(text: str, concepts: list[str]) -> None:
    values = [one.value for one in read(text).fields["offences"] if isinstance(one.value, dict)]
    assert [one["concept"] for one in values] == concepts
