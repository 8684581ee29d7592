"""Use limitations ("specialty") in letters: what limits the use of the answer, and what only speaks of a use."""

import pytest

from nlp.pipeline import annotate
from nlp.requests.reading import read_request

HEADS = {
    "es": "CARTA ROGATORIA\n\nEl Juzgado de Instrucción de Bombarda solicita a Vanuatu lo siguiente.\n\n",
    "pt": "CARTA ROGATÓRIA\n\nO Juízo Criminal de Bombarda solicita às autoridades de Vanuatu o seguinte.\n\n",
    "en": "LETTER OF REQUEST\n\nThe Bombarda District Court requests the authorities of Vanuatu as follows.\n\n",
    "fr": "COMMISSION ROGATOIRE\n\nLe juge d'instruction de Bombarda demande aux autorités de Vanuatu ce qui suit.\n\n",
}
LIMITS = [
    ("es", "La información obtenida será utilizada exclusivamente en la presente investigación."),
    ("es", "Las pruebas no se emplearán para otros fines sin el consentimiento del Estado requerido."),
    ("es", "Esta autoridad se compromete a respetar el principio de especialidad."),
    ("pt", "As provas recebidas serão utilizadas somente para os fins desta investigação."),
    ("pt", "Os documentos não serão usados para outra finalidade sem autorização prévia."),
    ("en", "The evidence will be used solely for the purposes of these proceedings."),
    ("en", "The material will not be used for any other purpose without your consent."),
    ("en", "The rule of specialty will be observed."),
    ("es", "La documentación no podrá utilizarse para delitos fiscales sin autorización previa de esta autoridad."),
    ("pt", "A prova não poderá ser utilizada em processos fiscais sem autorização prévia desta autoridade."),
    ("en", "The documents may not be used in tax proceedings without the prior consent of this authority."),
    ("fr", "Les pièces ne pourront être utilisées pour des infractions fiscales sans accord préalable."),
    ("fr", "Les informations transmises seront utilisées uniquement pour les besoins de la présente enquête."),
    ("fr", "Les pièces ne seront pas utilisées à d'autres fins sans votre accord."),
]
OTHER = [
    ("es", "El vehículo no se utilizó sin autorización del dueño."),
    ("en", "The suspect did not use the card without the consent of its holder."),
    ("es", "El investigado utilizó exclusivamente su cuenta para recibir el dinero de la causa."),
    ("es", "Se ruega que la información se remita solo por correo certificado."),
    ("pt", "Solicita-se que os documentos sejam enviados somente por via diplomática."),
    ("en", "The suspect used only one telephone during the offence."),
    ("en", "Please send the documents only by courier."),
    ("fr", "Le suspect utilisait uniquement ce compte pour recevoir les fonds."),
]


@pytest.mark.parametrize(("language", "sentence"), LIMITS)
def test_a_limitation_is_quoted_from_its_place(language: str, sentence: str) -> None:
    text = f"{HEADS[language]}{sentence}\n\n"
    (found,) = read_request(text, annotate(text)).fields["specialty"]
    assert found.value == {"text": sentence}
    assert text[found.start : found.end] == sentence


@pytest.mark.parametrize(("language", "sentence"), OTHER)
def test_other_uses_are_no_limitation(language: str, sentence: str) -> None:
    text = f"{HEADS[language]}{sentence}\n\n"
    assert "specialty" not in read_request(text, annotate(text)).fields


def test_what_its_heading_announces() -> None:
    said = "Lo remitido queda sujeto a las condiciones que fije el Estado requerido."
    text = f"{HEADS['es']}5. LIMITACIÓN DE USO\n\n{said}\n\n6. HECHOS\n\nEl 3 de mayo desapareció el dinero.\n"
    (found,) = read_request(text, annotate(text)).fields["specialty"]
    assert found.value == {"text": said}
