"""Fields of letters by class of wording, in four languages: numbers, treaties, periods, enclosures, notes, wishes."""

from __future__ import annotations

from typing import Any

import pytest
from test_request_wordings import ASKED, HEADS, first, reading

from nlp.pipeline import annotate
from nlp.requests.dates.letter_date import letter_date
from nlp.requests.reading import read_request, request_context


def values(language: str, body: str, field: str, key: str = "") -> list[Any]:
    found = [one.value for one in reading(language, f"{ASKED[language]}\n\n{body}").fields.get(field, ())]
    return [one[key] for one in found] if key else found


NO_CASES = [
    ("es", "La carga viajó con los conocimientos de embarque QRT-2024-0331 y QRT-2024-0332."),
    ("pt", "A carga seguiu com os conhecimentos de embarque QRT-2024-0331 e QRT-2024-0332."),
    ("en", "The cargo was shipped under the bills of lading QRT-2024-0331 and QRT-2024-0332."),
    ("fr", "La cargaison a été embarquée sous les connaissements QRT-2024-0331 et QRT-2024-0332."),
    ("es", "Declaró bajo la clave TP-04-2023 un testigo cuya identidad está reservada."),
    ("en", "A witness spoke under the key TP-04-2023, and his name is withheld."),
]


@pytest.mark.parametrize(("language", "told"), NO_CASES)
def test_numbers_of_cargo_and_of_protected_witnesses_are_no_cases(language: str, told: str) -> None:
    numbers = [one["text"] for one in values(language, told, "identifiers")]
    assert not [one for one in numbers if one.startswith(("QRT", "TP-"))]


CASES = [
    ("en", "Your office has it under number KLM-DRPI-4410-24.", "KLM-DRPI-4410-24"),
    ("es", "Esa oficina lo tramita bajo el número KLM-DRPI-4410-24.", "KLM-DRPI-4410-24"),
    ("pt", "Esse serviço autuou-o sob o n.º KLM-DRPI-4410-24.", "KLM-DRPI-4410-24"),
    ("fr", "Vos services l'ont enregistrée sous le numéro KLM-DRPI-4410-24.", "KLM-DRPI-4410-24"),
    ("pt", "Vossa referência: ITA-BR 2024/0177.", "ITA-BR 2024/0177"),
    ("fr", "Le témoin est titulaire de la cédule 402-1847331-6.", "402-1847331-6"),
]


@pytest.mark.parametrize(("language", "told", "number"), CASES)
def test_numbers_of_files_and_cards_are_read_whole(language: str, told: str, number: str) -> None:
    assert number in values(language, told, "identifiers", "text")


def test_a_number_with_its_extension_ends_before_it_and_a_plate_is_no_case() -> None:
    body = (
        "Contacto: teléfono (57) 601 570 2100, extensión 13441.\n\nEl camión de placa FR-218-TN y el dossier FR-218-TN."
    )
    found = values("es", body, "identifiers")
    assert "(57) 601 570 2100" in [one["text"] for one in found]
    assert [one["kind"] for one in found if one["text"] == "FR-218-TN"] == ["plate"]


BASES = [
    # a denial in another clause says nothing of the treaty that is invoked
    ("es", "No es preciso repetir lo ya hecho; se pide, al amparo del Convenio de Budapest, lo siguiente.", ["BUD"]),
    (
        "pt",
        "Não é preciso repetir o que foi feito, mas pedimos, com apoio na Convenção de Budapeste, o resto.",
        ["BUD"],
    ),
    (
        "en",
        "It is not necessary to repeat those steps, but we ask, under the Budapest Convention, for the rest.",
        ["BUD"],
    ),
    (
        "fr",
        "Il n'est pas utile de les répéter ; nous demandons, en vertu de la Convention de Budapest, le reste.",
        ["BUD"],
    ),
    # States that are no party
    ("en", "Our State has not joined the Budapest Convention.", []),
    ("es", "Nuestro Estado no ha ratificado el Convenio de Budapest.", []),
    ("pt", "O nosso Estado não aderiu à Convenção de Budapeste.", []),
    ("fr", "Notre État n'a pas ratifié la Convention de Budapest.", []),
    ("pt", "A Convenção da OCDE sobre o suborno de funcionários estrangeiros não se aplica ao caso.", []),
    ("fr", "La Convention de l'OCDE sur la corruption d'agents publics n'est citée ici que pour mémoire.", []),
    # treaties on maintenance and children
    ("es", "La rogatoria se funda en la Convención sobre Obligaciones Alimentarias de Montevideo.", [None]),
    ("en", "The letter is based on the Convention on the Civil Aspects of International Child Abduction.", [None]),
]


@pytest.mark.parametrize(("language", "told", "expected"), BASES)
def test_treaties_that_a_letter_invokes(language: str, told: str, expected: list[str | None]) -> None:
    assert values(language, told, "legal_basis", "instrument") == expected


PERIODS = [
    ("es", "los extractos de la cuenta 44-1 desde el 5 de enero de 2024 hasta hoy", ("2024-01-05", "2025-03-03")),
    ("pt", "os extratos da conta 44-1 desde 5 de janeiro de 2024 até hoje", ("2024-01-05", "2025-03-03")),
    ("en", "the statements of account 44-1 from 5 January 2024 to the present day", ("2024-01-05", "2025-03-03")),
    ("fr", "les relevés du compte 44-1 du 5 janvier 2024 à ce jour", ("2024-01-05", "2025-03-03")),
    ("en", "the transactions of account 44-1, 01.03.2024-31.08.2024", ("2024-03-01", "2024-08-31")),
    ("es", "los movimientos de la cuenta 44-1, 01/03/2024-31/08/2024", ("2024-03-01", "2024-08-31")),
    ("en", "the interception of +353 86 555 0142 for two months from 1 April 2025", ("2025-04-01", "2025-05-31")),
    ("es", "la intervención de la línea +593 99 555 0142 por treinta días a partir del 3 de abril de 2025",
     ("2025-04-03", "2025-05-02")),
    ("fr", "l'interception de la ligne +33 6 55 55 01 42 pour trois mois à compter du 10 avril 2025",
     ("2025-04-10", "2025-07-09")),
    ("pt", "os dados do assinante do número +351 912 555 014 no dia 6 de setembro de 2024",
     ("2024-09-06", "2024-09-06")),
]  # fmt: skip


@pytest.mark.parametrize(("language", "asked", "ends"), PERIODS)
def test_periods_of_measures(language: str, asked: str, ends: tuple[str, str]) -> None:
    lead = {"es": "Se solicita:", "pt": "Solicita-se:", "en": "We request:", "fr": "Nous demandons :"}[language]
    found = [one.value["period"] for one in reading(language, f"{lead}\n\na) {asked};").fields["measures"]]
    assert {"from": ends[0], "to": ends[1]} in found


ENCLOSURES = [
    ("pt", "A nota segue em cópia (Anexo 3 - certidão do registo comercial).", "certidão do registo comercial"),
    ("es", "Se remite el Anexo II - acta de la declaración del perito.", "acta de la declaración del perito"),
    ("en", "The order is produced (Appendix 2 - certified order of the court).", "certified order of the court"),
    ("fr", "Le procès-verbal est versé (Annexe 4 - procès-verbal de saisie).", "procès-verbal de saisie"),
    ("es", "INSERTOS: 1. Auto de admisión. 2. Partida de matrimonio.", "Partida de matrimonio"),
]


@pytest.mark.parametrize(("language", "told", "label"), ENCLOSURES)
def test_enclosures_numbered_within_a_sentence(language: str, told: str, label: str) -> None:
    assert any(label in one for one in values(language, told, "annexes", "label"))


DECLARED = [
    ("es", "urgency", "Se encarece la mayor brevedad.", True),
    ("pt", "urgency", "Encarece-se a celeridade.", True),
    ("en", "urgency", "Please indicate if there is any urgency: no box is ticked.", None),
    (
        "pt",
        "confidentiality",
        "O sigilo decretado mantém-se; pedimos que o respeitem, ou seja, rogamos observá-lo.",
        True,
    ),
    ("en", "confidentiality", "Nobody should warn Mr Harding.", True),
    ("es", "confidentiality", "Nadie debe avisar al señor Peralta.", True),
    ("fr", "confidentiality", "Personne ne doit prévenir M. Lambert.", True),
    ("en", "urgency", "As the trial is near we ask that the matter be given priority.", True),
    ("fr", "urgency", "Nous sommes pressés : les témoins partiront bientôt.", True),
    ("es", "urgency", "Tenemos prisa, pues los testigos se marchan.", True),
]


@pytest.mark.parametrize(("language", "field", "told", "expected"), DECLARED)
def test_haste_and_secrecy(language: str, field: str, told: str, expected: bool | None) -> None:
    assert first(reading(language, f"{ASKED[language]}\n\n{told}"), field) is expected


WISHES = [
    ("es", "Se ruega que la audiencia sea grabada en video y que asista a ella el fiscal.", 2),
    ("pt", "Requer-se que a inquirição seja gravada em vídeo e que a ela assista o procurador.", 2),
    ("en", "We ask that the hearing be recorded on video, and that the prosecutor attend it.", 2),
    ("fr", "Nous souhaitons que l'audition soit enregistrée et que le procureur puisse y assister.", 2),
    ("en", "We ask that he be sworn, that an interpreter sit with him, and that no other person be in the room.", 3),
    ("es", "Se ruega que declare bajo juramento, que lo asista un intérprete y que nadie más esté en la sala.", 3),
    ("fr", "Nous souhaitons que l'audition soit enregistrée et que la copie soit certifiée par un notaire.", 2),
    ("pt", "Pede-se que os titulares da conta não sejam avisados da diligência.", 0),
    ("fr", "Nous demandons que les clients ne soient pas informés de la mesure.", 0),
    ("en", "Counsel for the accused, Mrs Alvina Reid, may put questions.", 1),
    ("pt", "A oitiva deverá ser reduzida a termo e assinada pela depoente.", 1),
]


@pytest.mark.parametrize(("language", "told", "count"), WISHES)
def test_each_wish_on_the_manner_of_execution_is_one(language: str, told: str, count: int) -> None:
    assert len(values(language, told, "special_procedure")) == count


NOTES = {
    "es": "OFICIO N.º 118-2025\nQuito, 4 de abril de 2025\n\nSeñores\nMinistry of Justice\nNicosia\n\nTengo el "
    "agrado de remitirles la solicitud de asistencia judicial de la Fiscalía de Guayas, con su traducción oficial "
    "al inglés y los anexos que en ella se indican.\n\nAtentamente,\nRosa Vélez Andrade\nDirectora\n\n",
    "fr": "SERVICE DE L'ENTRAIDE\nGenève, le 4 avril 2025\n\nMinistry of Justice\nNicosie\n\nMadame, "
    "Monsieur,\n\nVeuillez trouver ci-joint la commission rogatoire du procureur de Genève, avec sa traduction en "
    "anglais et les annexes qui y sont mentionnées.\n\nVeuillez agréer mes salutations distinguées.\nAnne "
    "Roux\nCheffe du service\n\n",
}
TRANSLATED = (
    "OFFICIAL TRANSLATION FROM {original} No. 0881-2025\n\nPUBLIC PROSECUTOR'S OFFICE\n\nREQUEST FOR "
    "ASSISTANCE\n\nTo the competent authorities of the Republic of Cyprus\n\nThe prosecutor is investigating Hugo "
    "Páez Lema, born on 2 May 1980, for fraud. Between January and March 2023 he sold plots of land that were not "
    "his to forty buyers and took the price in cash. The money was paid into an account in Nicosia by his brother, "
    "who has said so to the police. None of the buyers has got anything back, and the notary who drew up the deeds "
    "has left the country since.\n\nWe request, under the United Nations Convention against Corruption, that the "
    "statements of account 4410-887-2 for 2023 be provided. They will show where the money went after it had left "
    "the hands of the buyers, and who shared in it. We ask that the bank keep the request secret from the holder "
    "of the account. The proceedings are at the stage of the preliminary investigation, and no charge has been "
    "brought so far against anybody else.\n\nCase No. 5581-2023\n\nAlicia Mora\nProsecutor\n"
)


@pytest.mark.parametrize(("language", "original"), [("es", "SPANISH"), ("fr", "FRENCH")])
def test_a_translation_below_a_note_in_another_language_is_the_letter(language: str, original: str) -> None:
    text = NOTES[language] + TRANSLATED.format(original=original)
    read = read_request(text, annotate(text))
    assert [(part.kind, part.language) for part in read.parts] == [("cover", language), ("translation", "en")]
    assert [one.value["measure"] for one in read.fields["measures"]] == ["bank_information"]
    assert [one.value["from"] for one in read.fields["translation"]] == [language]
    assert "0881-2025" not in [one.value for one in read.fields.get("own_reference", ())]


def test_an_answer_says_in_its_subject_how_far_it_goes() -> None:
    text = (
        "MINISTÉRIO DA JUSTIÇA\nOfício n.º 44/2025\nLisboa, 4 de abril de 2025\n\nAssunto: Pedido de auxílio do "
        "Juzgado Central. Cumprimento parcial.\n\nReporto-me ao pedido formulado por essa Autoridade em 3 de junho "
        "de 2024. Informo que a testemunha Rui Matos foi ouvida em 12 de fevereiro de 2025. Segue o termo da "
        "inquirição.\n\nCom os melhores cumprimentos,\nJoana Reis\n"
    )
    assert read_request(text, annotate(text)).document_type.value == "response"


def test_an_investigation_order_rests_on_its_directive_and_is_not_numbered_as_an_earlier_one() -> None:
    text = (
        "EUROPEAN INVESTIGATION ORDER\n\nSECTION A\nIssuing State: Estonia\nExecuting State: Malta\n\nSECTION B. "
        "Urgency\nTime limits in Directive 2014/41/EU apply.\n\nSECTION C. Investigative measures\nTo obtain the "
        "statements of the account MT26 VALL 2201 3000 0000 6712 3431 222 for 2024.\n\nSECTION D. Relation to an "
        "earlier EIO\nYes. EIO No. 77130103311/4 of 14.10.2024, sent to Latvia.\n\nSECTION G. Grounds\nOn 3 April "
        "2024 unknown persons robbed a bank.\n\nSECTION K. Issuing authority\nDistrict Prosecutor's Office, Tartu. "
        "File No. 66278000914.\n"
    )
    fields = read_request(text, annotate(text)).fields
    assert ["2014/41" in one.value["text"] for one in fields["legal_basis"]] == [True]
    assert fields["own_reference"][0].value == "66278000914"


def check(text: str, key: str) -> str:
    return next(one.state for one in read_request(text, annotate(text)).checks if one.key == key)


OPEN_RECORDS = [
    ("en", "the statements of account 44-1, 01.03.2024-31.08.2024"),
    ("es", "los extractos de la cuenta 44-1, desde la apertura"),
    ("fr", "les relevés du compte 44-1, depuis l'ouverture"),
    ("pt", "os extratos da conta 44-1, desde a abertura"),
]


@pytest.mark.parametrize(("language", "asked"), OPEN_RECORDS)
def test_a_range_in_figures_and_the_opening_are_a_period_of_records(language: str, asked: str) -> None:
    lead = {"es": "Se solicita:", "pt": "Solicita-se:", "en": "We request:", "fr": "Nous demandons :"}[language]
    checks = reading(language, f"{lead}\n\na) {asked};\n").checks
    assert next(one.state for one in checks if one.key == "period_of_records") == "present"


@pytest.mark.parametrize(
    ("mark", "state"), [("Signature :", "missing"), ("Signature : [signé] M. Roux, juge d'instruction", "present")]
)
def test_the_field_for_a_signature_may_be_empty(mark: str, state: str) -> None:
    text = (
        "DÉCISION D'ENQUÊTE EUROPÉENNE\n\nSECTION A\nÉtat d'émission : France\nÉtat d'exécution : Espagne\n\n"
        "SECTION C\nObtenir les relevés du compte 4410-887-2 pour 2024.\n\nSECTION G\nLe 3 avril 2024 un inconnu a "
        "volé un fourgon.\n\nSECTION K\nTribunal judiciaire de Nîmes\nDate : 7 septembre 2025\n"
        f"{mark}\n\nDocument joint : version espagnole\n"
    )
    assert check(text, "signature") == state


POSTAL = [
    ("pt", "Rua das Flores, 12, 4050-265 Porto"),
    ("fr", "Bâtiment PL, L-2080 Luxembourg"),
    ("pt", "Praça dos Três Poderes, 70175-900 Brasília"),
    ("en", "Hauptstrasse 4, CH-3003 Bern"),
]


@pytest.mark.parametrize(("language", "address"), POSTAL)
def test_a_postal_code_is_no_reference(language: str, address: str) -> None:
    assert not reading(language, ASKED[language], address).fields.get("own_reference")


SECOND_NUMBERS = [
    ("en", "Our reference: QRC/ILOR/24/0619 (URN 01QR0448723)", "01QR0448723"),
    ("es", "Nuestra referencia: QRC-2024-0619 / 10-770213-24", "10-770213-24"),
    ("pt", "Nossa referência: QRC-2024-0619 / 10-770213-24", "10-770213-24"),
    ("fr", "Notre référence : QRC-2024-0619 / 10-770213-24", "10-770213-24"),
    ("fr", "Parquet de Rennes, n° 24 274 001866", "24 274 001866"),
]


@pytest.mark.parametrize(("language", "mark", "number"), SECOND_NUMBERS)
def test_the_second_number_behind_a_label_and_that_of_a_prosecutor_are_references(
    language: str, mark: str, number: str
) -> None:
    found = reading(language, ASKED[language], mark).fields["own_reference"]
    assert number in [one.value for one in found]


DATED = [
    ("pt", "Évora, 24 de fevereiro de 2025. Eu, Rosa Bicho, escrivã, digitei.", "2025-02-24"),
    ("es", "Dado en el despacho del juzgado, a los 24 de febrero de 2025. Doy fe.", "2025-02-24"),
    ("fr", "Donné de Nous, en notre cabinet, ce jourd'hui 24 février 2025, an 222 de l'Indépendance.", "2025-02-24"),
    ("en", "Given under my hand at chambers this 24 February 2025.", "2025-02-24"),
]


@pytest.mark.parametrize(("language", "ending", "day"), DATED)
def test_the_date_in_the_closing_formula_is_that_of_the_letter(language: str, ending: str, day: str) -> None:
    head = HEADS[language].format("").partition("\n")
    text = head[0] + "\n" + head[2].partition("\n")[2] + f"{ASKED[language]}\n\n{ending}\n"
    assert letter_date(request_context(text, annotate(text))) == day
