"""Transfers of proceedings, lists of enclosures, and supplements to an extradition."""
# ruff: noqa: E501

from __future__ import annotations

import pytest

from nlp.pipeline import annotate
from nlp.requests.proposal import RequestReading
from nlp.requests.reading import read_request

TRANSFERS = {
    "es": (
        "FISCALÍA GENERAL DEL ESTADO\nRef. CI 412/2026\n\nMadrid, 3 de septiembre de 2026\n\nA la autoridad central de la República Portuguesa\n\n"
        "Asunto: denuncia a efectos procesales\n\n"
        "De conformidad con el artículo 21 del Convenio Europeo de Asistencia Judicial en Materia Penal, esta Fiscalía "
        "transmite el procedimiento penal seguido contra Rui Manuel Sequeira Pinto, nacido el 3 de mayo de 1988, para "
        "que sea continuado por las autoridades de Portugal, donde reside.\n\n"
        "El 14 de febrero de 2026 atropelló en Badajoz a dos peatones (artículo 382 bis del Código Penal, prisión de seis "
        "meses a cuatro años).\n\nSe ruega que se comunique la decisión que se adopte.\n\nSe acompañan:\n1. Atestado de la Guardia Civil.\n2. Declaraciones de los testigos.\n"
        "3. Copia de los registros de llamadas del teléfono del investigado.\n\nLucía Ferrer Aznar, Fiscal\n"
    ),
    "pt": (
        "PROCURADORIA-GERAL DA REPÚBLICA\nLisboa, 11 de setembro de 2026\n\nÀ Autoridade Central da República Federativa do Brasil\n\n"
        "Nos termos da Convenção de Auxílio Judiciário em Matéria Penal da CPLP, solicita-se que as autoridades "
        "brasileiras assumam o procedimento penal instaurado contra Wellington Duarte Moraes, nascido em 9 de julho de "
        "1990, que regressou a Goiânia.\n\nEm 2 de março de 2026, o arguido vendeu um imóvel alheio (artigo 218.º do "
        "Código Penal, prisão de dois a oito anos).\n\nJuntam-se os seguintes documentos:\na) cópia certificada dos autos;\n"
        "b) extratos da conta bancária do arguido;\nc) autos de inquirição das testemunhas;\nd) certificado do registo criminal."
        "\n\nTeresa Almada Viegas, Procuradora da República\n"
    ),
    "en": (
        "MINISTRY OF JUSTICE AND SECURITY\nThe Hague, 8 September 2026\n\nTo the Central Authority of Ireland\n\n"
        "The Public Prosecution Service in Rotterdam requests that Ireland take over the criminal proceedings against "
        "Declan Patrick Moroney, born on 21 June 1979, under article 21 of the European Convention on Mutual Assistance "
        "in Criminal Matters.\n\nOn 5 January 2026 he broke a barman's jaw in Rotterdam (section 302 of the Criminal "
        "Code, up to eight years' imprisonment).\n\nEnclosures:\n- the record of the interview of the suspect;\n- bank "
        "statements of the suspect;\n- a forensic report.\n\nMarloes de Wit, Public Prosecutor\n"
    ),
    "fr": (
        "TRIBUNAL JUDICIAIRE DE STRASBOURG\nStrasbourg, le 9 septembre 2026\n\nÀ l'Office fédéral de la justice, Berne (Suisse)\n\n"
        "En application de l'article 21 de la Convention européenne d'entraide judiciaire en matière pénale, j'ai "
        "l'honneur de vous demander de bien vouloir reprendre les poursuites engagées contre Reto Ammann, né le 12 avril "
        "1984, domicilié à Bâle.\n\nLe 7 mars 2026, il a incendié une grange à Colmar (article 322-6 du code pénal, dix ans "
        "d'emprisonnement).\n\nPièces jointes :\n1) audition de la victime ;\n2) expertise de l'origine du feu ;\n3) relevés "
        "téléphoniques du suspect.\n\nClaire Haas, vice-procureure\n"
    ),
}


def reading(text: str) -> RequestReading:
    return read_request(text, annotate(text))


def measures(text: str) -> list[str]:
    found = reading(text).fields.get("measures", ())
    return [str(one.value["measure"]) for one in found if isinstance(one.value, dict)]


@pytest.mark.parametrize("language", TRANSFERS)
def test_a_transfer_of_proceedings_is_the_measure_and_its_enclosures_are_none(language: str) -> None:
    assert measures(TRANSFERS[language]) == ["transfer_of_proceedings"]


SUPPLEMENTS = [
    ("Al Ministerio de Relaciones Exteriores de la República del Perú\nMadrid, 2 de octubre de 2026\n\nAsunto: ampliación de la solicitud de extradición de Martín Salas Quiroga\n\n"
     "Con fecha 3 de mayo de 2026 se remitió la solicitud de extradición de Martín Salas Quiroga, nacido el 7 de junio de 1985, por estafa. Se remite ahora el texto del artículo 250 del Código Penal y se "
     "pide que la extradición se conceda también por falsedad (artículo 392, prisión de seis meses a tres años).\n\nElena Prats Gil, Magistrada\n"),
    ("Às autoridades da República Federativa do Brasil\nLisboa, 2 de outubro de 2026\n\nAssunto: complemento ao pedido de extradição de Martim Salgado Quintela\n\n"
     "Em 3 de maio de 2026 foi enviado o pedido de extradição de Martim Salgado Quintela, nascido em 7 de junho de 1985, por burla. Envia-se o texto do artigo 218.º do Código Penal e solicita-se que a "
     "extradição seja concedida também por falsificação (artigo 256.º, prisão até três anos).\n\nHelena Prates Gil, Diretora-Geral\n"),
    ("To the Department of Justice, Canada\nWellington, 2 October 2026\n\nSubject: supplement to the request for the extradition of Martin Salter Quinn\n\n"
     "On 3 May 2026 we asked for the extradition of Martin Salter Quinn, born 7 June 1985, for fraud. We send the text of section 228 of the Crimes Act 1961 and ask that his surrender be granted for forgery "
     "as well (section 256, ten years' imprisonment).\n\nHelen Pratt, Deputy Solicitor-General\n"),
    ("Aux autorités du Royaume du Maroc\nParis, le 2 octobre 2026\n\nObjet : complément à la demande d'extradition de Martin Salles Quintin\n\n"
     "Le 3 mai 2026 a été adressée la demande d'extradition de Martin Salles Quintin, né le 7 juin 1985, pour escroquerie. Je transmets le texte de l'article 313-2 du code pénal et sollicite que l'extradition "
     "soit également accordée pour faux (article 441-1, trois ans d'emprisonnement).\n\nHélène Prat, cheffe du bureau\n"),
]  # fmt: skip


@pytest.mark.parametrize("text", SUPPLEMENTS)
def test_the_title_of_a_supplement_decides_over_an_extradition(text: str) -> None:
    assert reading(text).document_type.value == "supplement"
    assert measures(text) == ["extradition"]
