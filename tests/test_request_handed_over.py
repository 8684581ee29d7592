"""Things found on a person to be extradited that are to be handed over are a seizure; they are its target."""

from __future__ import annotations

import pytest

from nlp.pipeline import annotate
from nlp.requests.reading import read_fields, request_context

REQUESTS = {
    "es": (
        "Al Ministerio de Justicia del Reino de España\nMontevideo, 3 de marzo de 2026\nSOLICITUD DE EXTRADICIÓN\n\n"
        "La República Oriental del Uruguay solicita la extradición de Hugo Daniel Pereira Sosa, nacido el 4 de mayo de "
        "1980, imputado de homicidio, detenido en Madrid el 1 de febrero de 2026.\n\n"
    ),
    "pt": (
        "Ao Ministério da Justiça da República Portuguesa\nBrasília, 3 de março de 2026\nPEDIDO DE EXTRADIÇÃO\n\n"
        "A República Federativa do Brasil solicita a extradição de Hugo Daniel Pereira Sosa, nascido em 4 de maio de "
        "1980, acusado de homicídio, preso em Lisboa em 1 de fevereiro de 2026.\n\n"
    ),
    "en": (
        "To the Ministry of Justice of Jamaica\nBelmopan, 3 March 2026\nREQUEST FOR EXTRADITION\n\n"
        "The Government of Belize requests the extradition of Hugo Daniel Pereira, born on 4 May 1980, charged with "
        "murder and arrested in Kingston on 1 February 2026.\n\n"
    ),
    "fr": (
        "Au Ministère de la Justice du Royaume de Belgique\nParis, le 3 mars 2026\nDEMANDE D'EXTRADITION\n\n"
        "La République française demande l'extradition de Hugo Daniel PEREIRA, né le 4 mai 1980, mis en examen pour "
        "meurtre, arrêté à Bruxelles le 1er février 2026.\n\n"
    ),
}
ASKED = [
    (
        "es",
        "Asimismo se solicita la entrega de los teléfonos móviles y del dinero incautados al detenerlo.",
        "teléfonos",
    ),
    ("es", "Se pide que con él se entreguen los dos celulares y el pasaporte que llevaba.", "celulares"),
    ("pt", "Solicita-se ainda a entrega dos objetos encontrados em seu poder.", "objetos"),
    ("en", "It is also asked that his telephone and any money found on him be handed over with him.", "telephone"),
    ("en", "The surrender of the articles found in his possession is also requested.", "articles"),
    ("pt", "Pede-se a entrega do extraditando, bem como dos documentos e aparelhos que trazia.", "aparelhos"),
    (
        "en",
        "The articles found on him which may serve as proof, any pistol above all, should be handed over.",
        "articles",
    ),
    ("fr", "La remise des objets saisis lors de son arrestation est également demandée.", "objets"),
]
OTHERS = [
    ("es", "El requerido recibió el dinero que se le entregó en una bolsa hallada en su poder."),
    ("pt", "Não se solicita a entrega dos objetos encontrados em seu poder."),
    ("en", "The witness saw him when the money found on him was handed over to the police."),
    ("fr", "La remise des documents à l'appui de la demande interviendra par la voie diplomatique."),
]


def _targets(language: str, sentence: str) -> list[str | None]:
    text = REQUESTS[language] + sentence + "\n"
    measures = read_fields(request_context(text, annotate(text)))[1].get("measures", ())
    return [one.value["target"] for one in measures if one.value["measure"] == "search_seizure"]  # type: ignore[index]


@pytest.mark.parametrize(("language", "sentence", "word"), ASKED)
def test_things_to_be_handed_over_are_seized(language: str, sentence: str, word: str) -> None:
    found = _targets(language, sentence)
    assert found
    assert word in str(found[0])


@pytest.mark.parametrize(("language", "sentence"), OTHERS)
def test_things_told_or_not_asked_for_are_not(language: str, sentence: str) -> None:
    assert not _targets(language, sentence)
