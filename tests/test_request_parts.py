"""Parts of a file: notes above a ruled line or a second letterhead, quoted law, titles of attachments."""

from __future__ import annotations

import pytest

from app.requests.rows import request_row
from nlp.pipeline import annotate
from nlp.requests.reading import read_request

LETTER = (
    "JUZGADO DE INSTRUCCIÓN N.º 4 DE QUITO\n\n{title}A la autoridad judicial competente de la República del Perú\n\n"
    "En la causa 44-2024 se investiga a Hugo Páez Lema, nacido el 2 de mayo de 1980, por estafa. Entre enero y marzo "
    "de 2023 vendió terrenos ajenos a cuarenta personas y cobró por ellos en efectivo.\n\n{law}"
    "Se solicita remitir los extractos de la cuenta 44-1 de 2023, para establecer el destino del dinero.\n\n"
    "Atentamente,\nRosa Vélez Andrade\nJueza\n"
)
TITLE = "COMISIÓN ROGATORIA\n\n"
LAW = (
    "«Artículo 186. El que, para obtener un beneficio patrimonial, mediante la simulación de hechos falsos induzca a "
    "error a otra persona, será sancionado con pena privativa de libertad de cinco a siete años.»\n\n"
)


def segments(text: str) -> list[tuple[str, int]]:
    row = request_row("a", read_request(text, annotate(text)), "en")
    return [(part["kind"], part["start"]) for part in row["segments"]]


NOTES = [
    "FISCALÍA GENERAL DEL ESTADO\n\nPor la presente remitimos la comisión rogatoria del Juzgado.\n\n-----------\n\n",
    "FISCALÍA GENERAL\n\nRemitimos la comisión rogatoria que libra el Juzgado de Instrucción de Quito.\n\n- - - - -\n",
    "PARQUET GÉNÉRAL DE QUITO\n\nVeuillez trouver sous ce pli la demande du juge d'instruction de Quito.\n\n=====\n\n",
]


@pytest.mark.parametrize("note", NOTES)
@pytest.mark.parametrize("title", [TITLE, ""])
def test_a_ruled_line_ends_the_note_that_sends_a_request_on(note: str, title: str) -> None:
    text = note + LETTER.format(title=title, law="")
    assert segments(text)[:2] == [("cover", 0), ("request", len(note))]


RULED = [
    "FISCALÍA GENERAL DEL ESTADO\n\nPara los fines consiguientes, con los documentos que se citan al pie.\n\n-----\n",
    "De: oficina@fiscalia.example\n\nConstan la pieza principal de la causa y dos legajos.\n\n--- pág. 2 ---\n",
]


@pytest.mark.parametrize("head", RULED)
def test_a_ruled_line_above_a_second_letterhead_divides_a_file(head: str) -> None:
    assert segments(head + LETTER.format(title="", law=""))[:2] == [("cover", 0), ("request", len(head))]


def test_a_ruled_line_above_a_person_who_writes_and_the_title_divides_a_file() -> None:
    head = "FISCALÍA GENERAL\n\nPara los fines consiguientes, con los documentos que se citan.\n\n-----\n\n"
    letter = "LA JUEZA CUARTA\n\n" + LETTER.format(title=TITLE, law="").partition("\n\n")[2]
    assert segments(head + letter)[:2] == [("cover", 0), ("request", len(head))]


def test_the_title_below_the_letterhead_is_no_attachment() -> None:
    text = (
        "TRIBUNAL DE PREMIÈRE INSTANCE DE VALBONNE\nCabinet du magistrat instructeur Luc Morel\n\n"
        "PROCÈS-VERBAL D'EXÉCUTION\n\nNous avons reçu ce jour la déposition du témoin Ana Ríos, entendue sur la "
        "demande d'entraide des autorités espagnoles du 3 mai 2024, et avons dressé le présent pour leur être transmis "
        "avec les pièces que le témoin a remises.\n\nFait à Valbonne, le 4 juin 2024\n\nLuc Morel\n"
    )
    assert len(segments(text)) == 1


def test_a_line_to_sign_on_ends_no_note() -> None:
    note = (
        "MINISTÉRIO DA JUSTIÇA\n\nTransmito a Vossa Excelência, para cumprimento, o pedido em anexo.\n\n"
        "Atenciosamente,\nAna Poty\nCoordenadora-Geral\n\n\n"
    )
    letter = LETTER.format(title="", law="") + "\n______________________\n(nome e assinatura)\n" + "\nAnexos: um.\n"
    assert segments(note + letter)[:2] == [("cover", 0), ("request", len(note))]


def test_a_rule_of_underscores_between_blank_lines_ends_a_note() -> None:
    note = (
        "MINISTÈRE DE LA JUSTICE\nBureau de l'entraide\n\nParis, le 26 mai 2026\n\nBORDEREAU D'ENVOI\n\n"
        "Désignation : demande d'extradition de l'intéressé, avec traduction. Nombre de pièces : 6.\n\n"
        "________________________________\n\n"
    )
    text = note + LETTER.format(title="", law="")
    assert segments(text)[:2] == [("cover", 0), ("request", len(note))]


def test_the_enclosure_of_an_answer_is_not_the_letter() -> None:
    answer = LETTER.format(title="", law="") + LETTER.format(title="", law="").partition("\n\n")[2]
    enclosure = (
        "FISCALÍA PROVINCIAL DE PICHINCHA\nActa de 17 de septiembre de 2026\n\nEl testigo dice bajo juramento: fui "
        "director en 2016 a petición de un abogado. Recibí 1.800 euros al año. "
        + "Leída el acta, la ratifica el declarante en todo su contenido. "
        * 5
    )
    assert segments(f"{answer}\n\n-----\n\n{enclosure}\n") == [("request", 0)]


OTHER_HEADS = [
    "FISCALÍA GENERAL DEL ESTADO\nUnidad de Asistencia Penal Internacional, Avenida Patria 12\n\n-----------\n\n",
    "De: cooperacion@fiscalia.example\nAsunto: recordatorio de la comisión rogatoria remitida en marzo\n\n-----\n\n",
]


@pytest.mark.parametrize("head", OTHER_HEADS)
def test_a_ruled_line_below_a_letterhead_divides_nothing(head: str) -> None:
    assert segments(head + LETTER.format(title=TITLE, law="")) == [("request", 0)]


def test_a_second_letterhead_behind_a_wide_gap_begins_the_request() -> None:
    note = (
        "EMBAJADA DEL ECUADOR\nLima, Avenida Las Palmeras 356\nNota 44/2024\n\n"
        "Al Ministerio de Relaciones Exteriores\n\n"
        "La Embajada tiene el honor de transmitir la solicitud que se acompaña, y renueva las "
        "seguridades de su más alta consideración.\n\n(rúbrica)\n\n\n"
    )
    text = note + LETTER.format(title="", law="")
    assert segments(text) == [("cover", 0), ("request", len(note))]


@pytest.mark.parametrize(
    ("heading", "own_part"),
    [
        ("TEXTO DE LAS NORMAS\n", True),
        ("NORMAS APLICABLES\n", True),
        ("II. NORMAS\n\n", True),
        ("NORMA INFRINGIDA\n", False),
        ("6. TRANSCRIPCIÓN DE LOS ARTÍCULOS\n", False),
        ("Las penas previstas para estos hechos son las siguientes.\n\n", False),
        ("Los hechos constituyen estafa, que el Código Penal define así:\n", False),
    ],
)
def test_law_that_goes_on_the_sentence_of_the_letter_is_no_part(heading: str, own_part: bool) -> None:
    text = LETTER.format(title=TITLE, law=heading + LAW)
    kinds = [kind for kind, _ in segments(text)]
    assert kinds == (["request", "transcription", "request"] if own_part else ["request"])
    quoted = [part for part in read_request(text, annotate(text)).parts if part.kind == "transcription"]
    assert len(quoted) == 1


@pytest.mark.parametrize(
    ("attached", "kind"),
    [
        (
            "ANEXO - PREGUNTAS AL TESTIGO\n\n1. ¿Desde cuándo conoce al investigado? 2. ¿Quién recibió el dinero?\n",
            "annex",
        ),
        (
            "SECOND ENCLOSURE\n\nReport of the surveyor on the plots of land that were sold in March 2023 at Quito.\n",
            "annex",
        ),
        ("PRIMER ANEXO\n\nCERTIFICACIÓN DEL AUTO\n\nSe ordena la prisión de Hugo Páez Lema y su captura.\n", ""),
        (
            "ANEXO I\n\nCÓDIGO PENAL, artículo 186: será sancionado con prisión de cinco a siete años.\n",
            "transcription",
        ),
        (
            "-------------\nLARCENY ACT, CHAPTER 82:01\n218. Every person who takes and carries away goods of "
            "another is guilty of larceny and liable to a fine.\n",
            "transcription",
        ),
    ],
)
def test_titles_of_attachments(attached: str, kind: str) -> None:
    found = segments(f"{LETTER.format(title=TITLE, law='')}\n{attached}")
    assert [one for one, _ in found] == (["request", kind] if kind else ["request"])


ENDS_OF_LAW = [
    "VIII. DOCUMENTOS QUE SE ACOMPAÑAN\n1. Copia certificada de la acusación fiscal.\n2. Ficha decadactilar.\n\n",
    "Pièces jointes\n1. expédition de l'arrêt du 21 juin 2023\n2. acte de signification du 4 août 2023\n\n",
]


@pytest.mark.parametrize("enclosures", ENDS_OF_LAW)
@pytest.mark.parametrize("heading", ["TEXTOS APLICABLES\n\n", "VII. TRANSCRIPCIÓN DE LAS NORMAS\n"])
def test_the_list_of_enclosures_ends_the_quoted_law(enclosures: str, heading: str) -> None:
    law = heading + LAW.replace("«", "").replace("»", "") + enclosures
    text = LETTER.partition("Se solicita")[0].format(title=TITLE, law=law) + "Rosa Vélez Andrade\nJueza\n"
    found = segments(text)
    assert [kind for kind, _ in found] == ["request", "transcription", "request"]
    assert text[found[-1][1] :].lstrip().startswith(enclosures[:10])


def test_an_address_in_another_language_is_no_translation() -> None:
    text = (
        "OFFICE OF THE DIRECTOR OF PUBLIC PROSECUTIONS\nCentral Authority of Ashmoor\n\n"
        "Ministerio de Justicia y Derechos Humanos\nDirección Nacional de Asuntos Internacionales\n"
        "Autoridad Central para la cooperación jurídica\nCalle de la Constitución 1204, Buenos Aires, Argentina\n"
        "Juzgado Nacional en lo Criminal y Correccional Federal\nAtención de la señora directora de cooperación\n\n"
        "Dear Sirs,\n\nWe return the papers of your request of 4 May 2024. The manager of the bank was heard as a "
        "witness on 2 June and handed over the statements of the account. The shop in Bay Street was closed in 2021 "
        "and its owner has left the island. Nothing else could be found out here.\n\nYours faithfully,\nHugh Carver\n"
    )
    assert "translation" not in [kind for kind, _ in segments(text)]


def test_rows_of_a_table_in_another_language_are_no_translation() -> None:
    rows = "".join(
        f"Inversiones y Construcciones del Istmo {number}, S.A.   Banco Nacional de Ahorro   0{number}-118-44{number}\n"
        for number in range(1, 7)
    )
    letter = (
        "HIGH COURT OF ASHMOOR\n\nREQUEST FOR ASSISTANCE\n\nThe court is trying Hugh Carver, who is charged with "
        "fraud. He sent the money of his customers to the accounts that are listed here, and took it out in cash.\n\n"
        f"{rows}\nThe court requests the statements of these accounts for the year 2023. They are needed to prove "
        "where the money went after it had left the accounts of the customers.\n"
    )
    assert [kind for kind, _ in segments(letter)] == ["request"]
