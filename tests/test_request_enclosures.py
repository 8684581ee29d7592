"""Enclosures of letters in plain words: several in a sentence, in a list, translations, things not enclosed."""

from __future__ import annotations

import pytest

from nlp.pipeline import annotate
from nlp.requests.reading import read_request

HEADS = {
    "es": "FISCALÍA GENERAL DE LA REPÚBLICA\nTegucigalpa, Honduras, 12 de marzo de 2025\n\nA la Autoridad "
    "Central del Reino "
    "de España\nMadrid\n\nAsunto: solicitud de asistencia jurídica mutua\n\n",
    "pt": "PROCURADORIA DA REPÚBLICA\nBrasília, Brasil, 12 de março de 2025\n\nÀ Autoridade Central da "
    "Espanha\nMadri\n\n"
    "Pedido de auxílio jurídico mútuo\n\n",
    "en": "OFFICE OF THE ATTORNEY GENERAL\nBridgetown, Barbados, 12 March 2025\n\nTo the Central "
    "Authority of the Kingdom of "
    "Spain\nMadrid\n\nRequest for mutual legal assistance\n\n",
    "fr": "PARQUET GÉNÉRAL\nBruxelles, Belgique, le 12 mars 2025\n\nÀ l'Autorité centrale de "
    "l'Espagne\nMadrid\n\nDemande "
    "d'entraide judiciaire\n\n",
}


@pytest.mark.parametrize(
    ("language", "words", "labels"),
    [
        (
            "es",
            "Se solicita que se tome declaración a la testigo Rosa Lima.\n\nSe acompaña copia de la "
            "denuncia, copia del auto "
            "de procesamiento y traducción al portugués.\n",
            ["copia de la denuncia", "copia del auto de procesamiento", "traducción al portugués"],
        ),
        (
            "pt",
            "Pede-se a oitiva da testemunha Caio Brito. Documentos que acompanham: denúncia; decisão "
            "judicial; tradução para "
            "o espanhol.\n",
            ["denúncia", "decisão judicial", "tradução para o espanhol"],
        ),
        (
            "fr",
            "Nous demandons l'audition du témoin Paul Maes.\n\nSont joints, en double exemplaire :\n- le "
            "mandat d'arrêt\n- la "
            "liste des questions\n- une traduction en espagnol\n",
            ["le mandat d'arrêt", "la liste des questions", "une traduction en espagnol"],
        ),
        (
            "en",
            "The sections are set out in full in Annex 1. Please hear the witness Alan Reid on the matters in "
            "Annex 2.\n",
            ["Annex 1", "Annex 2"],
        ),
        (
            "en",
            "Please hear the witness Alan Reid.\n\nA courtesy translation in Spanish is enclosed.\n",
            ["A courtesy translation in Spanish"],
        ),
        ("es", "Los fondos se giran conforme al anexo 2 de la Ley 1210. Se pide oír a la testigo Rosa Lima.\n", []),
        ("en", "Please hear the witness Alan Reid. The bank will send its documents to our office.\n", []),
    ],
)
def test_enclosures_of_plain_letters(language: str, words: str, labels: list[str]) -> None:
    text = HEADS[language] + words
    found = read_request(text, annotate(text)).fields.get("annexes", ())
    assert [one.value["label"] for one in found] == labels
    assert [" ".join(text[one.start : one.end].split()) for one in found] == labels
