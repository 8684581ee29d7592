"""Files that hold several requests to different States: a notice of the check with the other addressees."""

from __future__ import annotations

import pytest

from app.requests.command import reading_row

SEVERAL = {
    "es": (
        "Juzgado Letrado en lo Penal de 1er Turno\nExhorto N.º 55/2026\nMontevideo, 10 de junio de 2026\nA la "
        "autoridad judicial competente del Reino de España\nEn autos caratulados Silva y otros, por lavado de activos, "
        "se solicita la notificación de la resolución 812 a Walter Silva Luz, cédula 3.412.778-9, domiciliado en la "
        "calle Serrano 88 de Madrid. El investigado recibió los fondos en 2025 y los ocultó en España.\nDra. María "
        "Mainard, Jueza Letrada\n\nJuzgado Letrado en lo Penal de 1er Turno\nExhorto N.º 56/2026\n"
        "Montevideo, 10 de junio de 2026\n{}\nEn los mismos "
        "autos, se solicita el embargo del inmueble de la matrícula F01/18822.\nDra. María "
        "Mainard, Jueza Letrada\n",
        "A la autoridad judicial competente de la República del Paraguay",
    ),
    "pt": (
        "Tribunal Judicial da Comarca de Aveiro\nCarta rogatória n.º 12/2026\nAveiro, 10 de junho de 2026\nÀs "
        "autoridades judiciárias competentes do Brasil\nNos autos em que é arguido Rui Lobo Silva, por burla, "
        "solicita-se a inquirição da testemunha Ana Reis Souto, residente na rua da Praia, 20, em Natal. O arguido "
        "vendeu casas que não existiam e recebeu dos compradores o preço de todas elas.\nO Juiz de Direito, Duarte "
        "Salema\n\nTribunal Judicial da Comarca de Aveiro\nCarta rogatória n.º 13/2026\nAveiro, 10 de junho de 2026\n"
        "{}\nNos mesmos autos, solicita-se a notificação de Rui Lobo Silva.\nO Juiz de Direito, Duarte Salema\n",
        "Às autoridades judiciárias competentes de Angola",
    ),
    "en": (
        "Director of Public Prosecutions\nOur ref. 12/2026\n10 June 2026\nTo: The Competent Authorities of the Kingdom "
        "of Spain\nWe are investigating Declan Orr, born on 3 May 1970, for fraud. In 2025 he sold houses that did not "
        "exist and took the money of eleven buyers. We request the records of account 48.771-3 at Banco Litoral from 1 "
        "January to 31 December 2025.\nYours faithfully,\nAnna Keele\nCrown Prosecutor\n\nDirector of Public "
        "Prosecutions\nOur ref. 13/2026\n10 June 2026\n{}\nIn the same case we request a statement from Joan Vidal.\n"
        "Yours faithfully,\nAnna Keele\nCrown Prosecutor\n",
        "To: The Competent Authorities of the Portuguese Republic",
    ),
    "fr": (
        "Tribunal judiciaire de Rennes\nCommission rogatoire internationale n° 12/26\nRennes, le 10 juin 2026\nAux "
        "autorités judiciaires compétentes du Royaume du Maroc\nDans l'information suivie contre Ludovic Ferchaud, mis "
        "en examen pour escroquerie, je vous prie d'entendre Driss Ouazzani en qualité de témoin. En 2025, M. Ferchaud "
        "a obtenu de plusieurs personnes la somme de 75 000 euros, qu'il a placée au Maroc.\nLa juge d'instruction, "
        "Anne Rey\n\nTribunal judiciaire de Rennes\nCommission rogatoire internationale n° 13/26\nRennes, le 10 juin "
        "2026\n{}\nDans la même information, je vous prie de saisir le compte 48.771-3.\nLa juge d'instruction, Anne "
        "Rey\n",
        "Aux autorités judiciaires compétentes du Royaume d'Espagne",
    ),
}
SAME_STATE = {
    "es": "A la autoridad judicial competente del Reino de España",
    "pt": "À autoridade central do Brasil",
    "en": "To: The Central Authority of the Kingdom of Spain",
    "fr": "À l'autorité centrale du Royaume du Maroc",
}


def _notices(language: str, text: str) -> list[dict[str, object]]:
    further = reading_row(language, text).get("further_checks", [])
    return [check for check in further if check["key"] == "further_requests"]


@pytest.mark.parametrize("language", SEVERAL)
def test_a_second_request_to_another_state_is_raised_at_its_address(language: str) -> None:
    letter, addressee = SEVERAL[language]
    text = letter.format(addressee)
    (notice,) = _notices(language, text)
    assert notice["state"] == "doubtful"
    assert text[int(str(notice["start"])) : int(str(notice["end"]))] == addressee
    assert str(notice["message"]).endswith(f"({addressee})")


@pytest.mark.parametrize("language", SEVERAL)
def test_a_letter_that_names_its_state_again_is_one_request(language: str) -> None:
    assert not _notices(language, SEVERAL[language][0].format(SAME_STATE[language]))


def test_addressees_of_one_letter_are_one_request() -> None:
    text = (
        "Director of Public Prosecutions\n10 June 2026\nTo: The Competent Authorities of the Kingdom of Spain\nTo: The "
        "Competent Authorities of the Portuguese Republic\nWe request a statement from Joan Vidal.\nYours faithfully,\n"
        "Anna Keele\nCrown Prosecutor\n"
    )
    assert not _notices("en", text)
