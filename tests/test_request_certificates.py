"""Certificates and warrants of the European Union are requests of their own types, with the measure of their form."""

import pytest

from nlp.pipeline import annotate
from nlp.requests.proposal import RequestReading
from nlp.requests.reading import letter_type, read_request

SECTIONS = {
    "fr": """CERTIFICAT DE GEL
(article 4 du règlement (UE) 2018/1805 du 14 novembre 2018)
SECTION A
État d'émission : France
Autorité d'émission : Tribunal judiciaire de Nantes, juge d'instruction
État d'exécution : Espagne
SECTION B : Urgence
Date d'exécution demandée : le 1er décembre 2026.
SECTION C : Personne concernée
Nom : BELLANGER ; Prénom : Yves ; né le 8 octobre 1971 à Brest ; mis en examen.
SECTION D : Biens faisant l'objet de la décision de gel
1. Somme d'argent : 64 300 EUR sur le compte IBAN ES91 2100 0418 4502 0005 1332 à la Banque Maritime.
2. Navire de plaisance « Sirocco », immatriculé NA 774512, amarré à Vigo.
SECTION E : Motifs
Entre janvier 2021 et mars 2024, Yves Bellanger a blanchi le produit d'escroqueries.
SECTION F : Blanchiment, article 324-1 du code pénal, puni de cinq ans d'emprisonnement.
Fait à Nantes, le 17 novembre 2026
""",
    "es": """CERTIFICADO DE EMBARGO PREVENTIVO O ASEGURAMIENTO DE BIENES
Reglamento (UE) 2018/1805
SECCIÓN A
Estado de emisión: España
Autoridad de emisión: Juzgado Central de Instrucción n.º 2
Estado de ejecución: Portugal
SECCIÓN C: Personas
Titular de los bienes: Ramiro Landa Ezquerra, nacido el 30 de mayo de 1959, investigado.
SECCIÓN D: Bienes
Vehículo Porsche Cayenne, matrícula 44-ZX-81.
SECCIÓN E: Hechos
Entre 2019 y 2022 el investigado percibió 214.000 euros.
Madrid, 26 de noviembre de 2026
""",
    "pt": """CERTIDÃO DE DECISÃO DE APREENSÃO
Regulamento (UE) 2018/1805
Secção A
Estado de emissão: Portugal
Estado de execução: França
Secção D: Bens
a) Conta n.º 45210998 no Banco do Tejo, titulada por Rui Sampaio;
b) Fração autónoma sita na Rua do Ouro, n.º 12, Lisboa.
Secção E: Factos
Entre 2020 e 2021 o arguido apropriou-se de fundos da sociedade.
""",
    "en": """CONFISCATION CERTIFICATE
(Regulation (EU) 2018/1805, Annex II)
SECTION A
Issuing State: Malta
Executing State: Spain
SECTION D: Property
1. Sum of EUR 50,000 on account 0049 1500 05 1234567892 with Banco del Sur.
SECTION E: Grounds
The court convicted the defendant of fraud on 3 May 2024.
""",
}


def read(text: str) -> RequestReading:
    return read_request(text, annotate(text))


@pytest.mark.parametrize(
    ("language", "kind", "measure", "targets"),
    [
        ("fr", "freezing_certificate", "freezing", ["Somme d'argent : 64 300 EUR", "Navire de plaisance « Sirocco »"]),
        ("es", "freezing_certificate", "freezing", ["Vehículo Porsche Cayenne, matrícula 44-ZX-81"]),
        ("pt", "freezing_certificate", "freezing", ["Conta n.º 45210998", "Fração autónoma"]),
        ("en", "confiscation_certificate", "confiscation", ["Sum of EUR 50,000"]),
    ],
)
def test_a_certificate_asks_for_each_listed_thing(language: str, kind: str, measure: str, targets: list[str]) -> None:
    text = SECTIONS[language]
    reading = read(text)
    assert reading.document_type.value == kind
    assert letter_type(text, annotate(text)).document_type.label == kind
    values = [dict(found.value) for found in reading.fields["measures"]]  # type: ignore[arg-type]
    assert [value["measure"] for value in values] == [measure] * len(targets)
    for value, target, found in zip(values, targets, reading.fields["measures"], strict=True):
        assert str(value["target"]).startswith(target)
        assert text[found.start : found.end].startswith(target)
    (basis,) = reading.fields["legal_basis"]
    assert dict(basis.value)["instrument"] == "EU-FREEZE"  # type: ignore[arg-type]
    assert "2018/1805" not in [found.value for found in reading.fields.get("own_reference", ())]


def test_a_certificate_is_checked_by_its_own_act() -> None:
    checks = {check.key: check for check in read(SECTIONS["fr"]).checks}
    assert checks["legal_basis"].state == "present"
    assert (checks["signature"].instrument, checks["signature"].provision) == ("EU-FREEZE", "6(1)")
    assert "purpose_nexus" not in checks


def test_a_certificate_to_a_state_that_the_act_does_not_bind_is_raised() -> None:
    to_ireland = SECTIONS["fr"].replace("Espagne", "Irlande")
    checks = {check.key: check for check in read(to_ireland).checks}
    assert checks["legal_basis"].reason == "legal_basis.not_in_force"


@pytest.mark.parametrize(
    ("title", "act"),
    [
        ("EUROPEAN ARREST WARRANT", "Council Framework Decision 2002/584/JHA"),
        ("ORDEN EUROPEA DE DETENCIÓN Y ENTREGA", "Decisión Marco 2002/584/JAI"),
        ("MANDADO DE DETENÇÃO EUROPEU", "Decisão-Quadro 2002/584/JAI"),
        ("MANDAT D'ARRÊT EUROPÉEN n° 12/2026", "décision-cadre 2002/584/JAI"),
    ],
)
def test_an_arrest_warrant_asks_for_surrender(title: str, act: str) -> None:
    reading = read(f"{title}\n({act})\n\nTribunal de Lisboa, 3.11.2026\n\nName: João Brito, 4.5.1980\n")
    assert reading.document_type.value == "eaw"
    assert [dict(one.value)["measure"] for one in reading.fields["measures"]] == ["extradition"]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "letter",
    [
        "REQUEST FOR MUTUAL ASSISTANCE\n\nThe prosecutor in Lyon requests the freezing of the account of Mr Pons. The "
        "freezing certificate under Regulation (EU) 2018/1805 will follow.\n",
        "Asunto: Orden europea de detención contra Luis Prat: solicitud de información complementaria\n\nEl juzgado "
        "solicita la dirección del reclamado (Decisión Marco 2002/584/JAI, artículo 15).\n",
        "Objet : certificat de gel\n\nVotre demande du 3 mars est incomplète : veuillez joindre le certificat de gel "
        "signé par le juge.\n",
    ],
)
def test_a_letter_about_a_certificate_is_none(letter: str) -> None:
    assert read(letter).document_type.value not in {"freezing_certificate", "confiscation_certificate", "eaw"}
