"""Items of a list of requests: the measure they order, what it is aimed at, and what they ask for that is no measure."""
# ruff: noqa: E501

from __future__ import annotations

from functools import cache

import pytest

from nlp.pipeline import annotate
from nlp.requests.proposal import RequestReading
from nlp.requests.reading import read_request

FRAMES = {
    "es": (
        "JUZGADO LETRADO EN LO PENAL DE MALDONADO\nRef.: IUE 44-1180/2026\n\nA la autoridad central de la República Argentina\n\n{title}\n\nAl amparo del Protocolo de San Luis, este Juzgado solicita la cooperación de esa autoridad.\n\nHECHOS\n\n{facts}\n\n{body}\n\nMaldonado, 12 de octubre de 2026\n\nDra. Ana Lerena\nJueza\n",
        "SOLICITUD DE ASISTENCIA JURÍDICA MUTUA",
        "Entre enero y marzo de 2026 Bruno Etchart Sosa ofreció alquileres que no existían. Los pagos se hicieron por transferencia. Las víctimas denunciaron el engaño. La estafa suma 48.000 dólares.",
        "ASISTENCIA SOLICITADA\n\nSe solicita:\n\n",
    ),
    "pt": (
        "PROCURADORIA DA REPÚBLICA NO PARANÁ\nProcesso n.º 5011877-42.2026.4.04.7000\n\nÀ autoridade central da República Portuguesa\n\n{title}\n\nCom fundamento no Tratado de Auxílio Mútuo em Matéria Penal, esta Procuradoria solicita a cooperação dessa autoridade.\n\nFATOS\n\n{facts}\n\n{body}\n\nCuritiba, 12 de outubro de 2026\n\nDra. Lia Barros\nProcuradora da República\n",
        "PEDIDO DE AUXÍLIO JURÍDICO MÚTUO",
        "Entre janeiro e março de 2026 Davi Moura Falcão ofereceu aluguéis que não existiam. Os pagamentos foram feitos por transferência. As vítimas denunciaram o engano. O estelionato soma 48.000 euros.",
        "MEDIDAS SOLICITADAS\n\nSolicita-se:\n\n",
    ),
    "en": (
        "CROWN PROSECUTION SERVICE\nOur reference: 41877/2026\n\nTo the Central Authority of Canada\n\n{title}\n\nThis request is made under the Treaty between the United Kingdom and Canada on Mutual Legal Assistance.\n\nFACTS\n\n{facts}\n\n{body}\n\nLondon, 12 October 2026\n\nAnna Barratt\nSpecialist Prosecutor\n",
        "REQUEST FOR MUTUAL LEGAL ASSISTANCE",
        "Between January and March 2026 Dennis Farrow advertised flats that did not exist. The victims paid by transfer. They reported the deception to the police. The fraud amounts to £48,000.",
        "ASSISTANCE REQUESTED\n\nWe ask you to:\n\n",
    ),
    "fr": (
        "TRIBUNAL JUDICIAIRE DE LYON\nCabinet de Mme Vidal, juge d'instruction\nN° Parquet : 26/41877\n\nAux autorités judiciaires compétentes de la Confédération suisse\n\n{title}\n\nEn application de la Convention européenne d'entraide judiciaire, nous sollicitons votre concours.\n\nFAITS\n\n{facts}\n\n{body}\n\nLyon, le 12 octobre 2026\n\nAnne Vidal\nJuge d'instruction\n",
        "COMMISSION ROGATOIRE INTERNATIONALE",
        "Entre janvier et mars 2026, Denis Fargeau a proposé des locations qui n'existaient pas. Les victimes ont payé par virement. Elles ont déposé plainte. L'escroquerie porte sur 48 000 euros.",
        "MESURES SOLLICITÉES\n\nNous vous prions de bien vouloir :\n\n",
    ),
}
SUPPLEMENTS = {
    "es": "SOLICITUD COMPLEMENTARIA DE ASISTENCIA JURÍDICA",
    "pt": "PEDIDO COMPLEMENTAR DE AUXÍLIO JURÍDICO",
    "en": "SUPPLEMENTARY REQUEST FOR MUTUAL LEGAL ASSISTANCE",
    "fr": "COMMISSION ROGATOIRE INTERNATIONALE COMPLÉMENTAIRE",
}


@cache
def reading(language: str, body: str, *, facts: str = "", supplement: bool = False) -> RequestReading:
    frame, title, usual, heading = FRAMES[language]
    title = SUPPLEMENTS[language] if supplement else title
    asked = body if supplement else heading + body
    text = frame.format(title=title, facts=facts or usual, body=asked)
    return read_request(text, annotate(text))


def measures(found: RequestReading) -> list[tuple[str, str]]:
    values = (one.value for one in found.fields.get("measures", ()))
    return [(str(one["measure"]), str(one["target"])) for one in values if isinstance(one, dict)]


ORDERED = [
    ("es", "1. El registro del domicilio de la calle Salta 340.\n2. El decomiso del automóvil de uso particular.\n3. Se devuelvan a su dueña las joyas de familia.", [("search_seizure", "domicilio de la calle Salta 340"), ("confiscation", "automóvil de uso particular"), ("asset_return_sharing", "joyas de familia")]),
    ("es", "1. La restitución a la víctima de los jarrones de porcelana.\n2. El bloqueo de la cuenta AR12 0170 0990 2000 0067 8991 14.", [("asset_return_sharing", "jarrones de porcelana"), ("freezing", "AR12 0170 0990 2000 0067 8991 14")]),
    ("pt", "1. A restituição dos vasos chineses ao museu.\n2. O bloqueio da conta PT50 0035 0651 0039 1452 1077 2.", [("asset_return_sharing", "vasos chineses"), ("freezing", "PT50 0035 0651 0039 1452 1077 2")]),
    ("pt", "1. Periciar o telemóvel danificado.\n2. A interceção da linha +351 934 221 090.", [("expert_examination", "telemóvel danificado"), ("interception", "+351 934 221 090")]),
    ("en", "1. Return to the museum the two Ming vases recovered at the flat.\n2. Freeze account GB29 NWBK 6016 1331 9268 19.", [("asset_return_sharing", "two Ming vases recovered at the flat"), ("freezing", "GB29 NWBK 6016 1331 9268 19")]),
    ("en", "1. Have the damaged mobile telephone examined by an expert.\n2. Confiscate the unsold, hand-painted icons.", [("expert_examination", "damaged mobile telephone"), ("confiscation", "unsold, hand-painted icons")]),
    ("fr", "1. Rendre à la victime la statue volée.\n2. Bloquer le compte CH93 0076 2011 6238 5295 7.", [("asset_return_sharing", "statue volée"), ("freezing", "CH93 0076 2011 6238 5295 7")]),
    ("fr", "1. Confisquer l'argent liquide trouvé dans le coffre.\n2. Geler les parts sociales de la famille.", [("confiscation", "argent liquide trouvé dans le coffre"), ("freezing", "parts sociales de la famille")]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "items", "expected"), ORDERED)
def test_item_orders_its_own_measure_on_its_own_thing(
    language: str, items: str, expected: list[tuple[str, str]]
) -> None:
    found = measures(reading(language, items))
    assert [measure for measure, _ in found] == [measure for measure, _ in expected]
    for (_, target), (_, thing) in zip(found, expected, strict=True):
        assert thing in target
        assert len(target) < len(thing) + 20


KEEPERS = [
    ("pt", "1. A obtenção, junto da Corretora Belmonte, S.A., da documentação relativa a Davi Moura Falcão.", "Davi Moura Falcão"),
    ("en", "1. Obtain from Harbour Storage Ltd the rental file of Dennis Farrow.", "Dennis Farrow"),
    ("fr", "1. Obtenir de la fiduciaire Morand SA le dossier de la société Locasol Sàrl pour 2026.", "Locasol Sàrl"),
    ("es", "1. Que la firma Guardamuebles Sur S.A. entregue el contrato de la sociedad Nubelar S.R.L.", "Nubelar S.R.L."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "item", "target"), KEEPERS)
def test_who_keeps_records_is_not_their_target(language: str, item: str, target: str) -> None:
    assert ("production_documents", target) in measures(reading(language, item))


SERVED = [
    ("es", "Se solicita que se tome declaración a Marta Quiroga y que se cite a Pedro Lussich para que comparezca el 2 de marzo de 2027."),
    ("en", "1. Interview Martha Quill as a witness and effect personal service of the indictment on Dennis Farrow."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "body"), SERVED)
def test_service_is_requested_beside_another_measure(language: str, body: str) -> None:
    assert {measure for measure, _ in measures(reading(language, body))} == {"hearing_witness", "service_of_documents"}


RESULTS = [
    ("es", "1. Registrar el domicilio de la calle Salta 340.\n2. Devolver la rogatoria diligenciada con todo lo actuado.", ["search_seizure"]),
    ("pt", "1. Inquirir a testemunha Marta Queirós.\n2. Remeter os autos da diligência cumprida a esta Procuradoria.", ["hearing_witness"]),
    ("en", "1. Take a statement from the witness Martha Quill.\n2. Return what has been carried out, with the records of execution.", ["hearing_witness"]),
    ("fr", "1. Entendre comme témoin Mme Marthe Quéré.\n2. Assurer l'envoi des pièces d'exécution à mon cabinet.", ["hearing_witness"]),
    ("es", "1. Recibir declaración a la testigo Marta Quiroga.\n2. Remitir copia del expediente 88/2024 del Juzgado de Rosario.", ["hearing_witness", "production_documents"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "items", "expected"), RESULTS)
def test_results_of_the_execution_are_no_measure(language: str, items: str, expected: list[str]) -> None:
    assert [measure for measure, _ in measures(reading(language, items))] == expected


EARLIER = [
    ("es", "En nuestra solicitud del 3 de mayo de 2026 pedimos el registro del domicilio de la calle Salta 340 y la declaración de Marta Quiroga. Ahora solicitamos además los movimientos de la cuenta 4477-1120-9.", ["bank_information"]),
    ("pt", "O nosso pedido inicial compreendia:\na) o bloqueio da conta 0012-77310-4;\nb) a inquirição de Marta Queirós.\n\nEm complemento, vimos requerer:\na) a identificação do titular da linha +351 912 445 870.", ["subscriber_data"]),
    ("en", "The original letter sought the following:\n(a) the freezing of account 20-44-91 77120034;\n(b) a statement from Martha Quill.\n\nIn addition to those matters, please:\n(a) identify the subscriber of +1 902 555 0177.", ["subscriber_data"]),
    ("fr", "Nous vous avons demandé le 3 mai 2026 de bloquer le compte CH93 0076 2011 6238 5295 7. Nous vous prions à présent de perquisitionner le bureau sis route des Alpes 12.", ["search_seizure"]),
    ("en", "In addition to what is already requested, please:\n(a) identify the subscriber of +1 902 555 0177.", ["subscriber_data"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "body", "expected"), EARLIER)
def test_supplement_asks_only_for_what_is_new(language: str, body: str, expected: list[str]) -> None:
    assert [measure for measure, _ in measures(reading(language, body, supplement=True))] == expected


FORMALITIES = [
    ("es", "1. Remitir los movimientos de la cuenta 4477-1120-9.\n\nFORMALIDADES REQUERIDAS\n\n- Declaración jurada del custodio de los registros.\n- Notificación de la diligencia a la defensa.", "bank_information", 2),
    ("pt", "1. Inquirir a testemunha Marta Queirós.\n\nFormalidades\n\na) citação do defensor para estar presente;\nb) entrega à testemunha de cópia do auto.", "hearing_witness", 2),
    ("en", "1. Search the garage at 4 Mill Lane, Halifax.\n2. Formalities: a search warrant bearing the judge's seal, and an inventory signed by the occupier.", "search_seizure", 1),
    ("fr", "1. Perquisitionner le chalet route des Alpes 12.\n\nFORMALITÉS PARTICULIÈRES\n\n- Saisie sous scellés fermés.\n- Audition de l'occupant sur les lieux, s'il y consent.", "search_seizure", 2),
]  # fmt: skip


@pytest.mark.parametrize(("language", "body", "measure", "count"), FORMALITIES)
def test_formalities_are_special_procedures_and_no_measures(language: str, body: str, measure: str, count: int) -> None:
    found = reading(language, body)
    assert [one for one, _ in measures(found)] == [measure]
    assert len(found.fields["special_procedure"]) == count


PUNISHED = [
    ("es", "Bruno Etchart Sosa cobró alquileres de casas que no existían. La estafa se repitió.\n\nTales hechos los sanciona el art. 12 de la Ley N.º 19.580.", "art. 12 de la Ley N.º 19.580"),
    ("pt", "O suspeito participava numa burla.\n\nEstes factos são punidos pelo artigo 217.º do Código Penal.", "artigo 217.º do Código Penal"),
    ("en", "Dennis Farrow took part in a fraud. He took deposits for flats.\n\nSection 12 makes it an offence to obtain money by a false representation.", "Section 12"),
    ("fr", "Denis Fargeau est poursuivi pour escroquerie. Il a encaissé des arrhes.\n\nL'article 16 de la loi n° 2004-575 punit ces faits de cinq ans d'emprisonnement.", "article 16 de la loi n° 2004-575"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "facts", "provision"), PUNISHED)
def test_provision_that_punishes_the_conduct_is_the_offences(language: str, facts: str, provision: str) -> None:
    offences = reading(language, "1. X", facts=facts).fields["offences"]
    assert provision in [cited for one in offences if isinstance(one.value, dict) for cited in one.value["provisions"]]


NICKNAMED = [
    ("es", "Bruno Etchart Sosa y un individuo apodado «El Mono», aún no identificado, cobraban los alquileres.", {"El Mono": ["El Mono"], "Bruno Etchart Sosa": []}),
    ("es", "Según la denuncia, Bruno Etchart Sosa actuaba con dos sujetos a quienes apodan «Cabezón» y «Lechuga», que vigilaban.", {"Cabezón": ["Cabezón"], "Lechuga": ["Lechuga"]}),
    ("pt", "Em 3 de março, Davi Moura Falcão e um indivíduo conhecido por \"Careca\" assaltaram a agência bancária.", {"Careca": ["Careca"], "Davi Moura Falcão": []}),
    ("pt", "O dinheiro era entregue por Davi Moura Falcão a um homem, de identidade desconhecida, vulgo \"Pastor\".", {"Pastor": ["Pastor"], "Davi Moura Falcão": []}),
    ("en", "The suspects are Dennis Farrow, alias \"Slim\", and a second man nicknamed \"Big Vern\" who took the money.", {"Big Vern": ["Big Vern"], "Dennis Farrow": ["Slim"]}),
    ("fr", "Le 3 mars, Denis Fargeau et un individu dit « le Grand » ont cambriolé la bijouterie.", {"le Grand": ["le Grand"], "Denis Fargeau": []}),
    ("fr", "Denis Fargeau, dit « Juju », un homme connu sous le surnom de « Tonton », vendait des armes.", {"Denis Fargeau": ["Juju", "Tonton"]}),
    ("es", "Bruno Etchart Sosa vendía la droga conocida como «Tusi» en el bar conocido como «La Perla».", {"Bruno Etchart Sosa": []}),
]  # fmt: skip


@pytest.mark.parametrize(("language", "facts", "expected"), NICKNAMED)
def test_person_known_by_a_nickname_only(language: str, facts: str, expected: dict[str, list[str]]) -> None:
    persons = reading(language, "1. X", facts=facts).fields["persons"]
    known = {str(one.value["name"]): one.value["aliases"] for one in persons if isinstance(one.value, dict)}
    assert known == {**known, **expected}
    assert not {"Tusi", "La Perla", "Juju", "Tonton", "Slim"} & set(known)


def test_person_to_be_served_is_no_signatory() -> None:
    items = "1. Entendre comme témoin Mme Marthe Quéré.\n2. Remettre à Paul Lussan la convocation à l'audience du 2 mars 2027."
    assert ("service_of_documents", "Paul Lussan") in measures(reading("fr", items))
