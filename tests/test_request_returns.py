"""How a letter asks for its return, its results or an acknowledgement does not make it an answer."""

from __future__ import annotations

import pytest

from nlp.pipeline import annotate
from nlp.requests.reading import read_request

LETTERS = {
    "es": """JUZGADO DE INSTRUCCIÓN Nº 4 DE VALENCIA

Valencia, 3 de febrero de 2026

A la autoridad judicial competente de la República del Perú

Por la presente se solicita asistencia en las Diligencias Previas 88/2026, seguidas por estafa contra Marco Antonio
Salas Quiroz, al amparo del tratado de 8 de noviembre de 2000.

Entre enero y junio de 2025 el investigado vendió a vecinos de Valencia parcelas que no existían.

Se solicita que se reciba declaración como testigo a Inmaculada Rebollo Cano.

{}

Le saluda atentamente,
Elena Roca Ferrer, magistrada
""",
    "pt": """JUÍZO LOCAL CRIMINAL DE SETÚBAL

Setúbal, 3 de fevereiro de 2026

À autoridade judiciária competente da República de Angola

No inquérito n.º 88/26.0PASTB, por burla, em que é arguido Marco António Salas, pede-se a cooperação dessa autoridade ao
abrigo da Convenção da CPLP.

Entre janeiro e junho de 2025 o arguido vendeu terrenos que não existiam.

Solicita-se a inquirição como testemunha de Inês Rebelo Cano.

{}

Com os melhores cumprimentos,
Helena Roca Ferreira, juíza de direito
""",
    "en": """OFFICE OF THE DIRECTOR OF PUBLIC PROSECUTIONS
Bridgetown, Barbados

3 February 2026

To the competent authority of Ireland

This office is prosecuting Marcus Salas for obtaining money by deception, case BDS 88/2026, and seeks your assistance
under the Commonwealth Scheme.

Between January and June 2025 the accused sold plots of land that did not exist.

We ask that a statement be taken from Imelda Rebbeck as a witness.

{}

Yours faithfully,
Helen Roche, Senior Crown Counsel
""",
    "fr": """TRIBUNAL JUDICIAIRE DE DIJON

Dijon, le 3 février 2026

À l'autorité judiciaire compétente de la République du Sénégal

Dans l'information suivie sous le n° 88/26 du chef d'escroquerie contre Marc Salas, je sollicite votre entraide sur
le fondement de la convention du 29 mars 1974.

Entre janvier et juin 2025, l'intéressé a vendu des terrains qui n'existaient pas.

Je vous prie de faire entendre comme témoin Inès Rebel.

{}

Je vous prie d'agréer, Monsieur le juge, l'expression de ma considération distinguée.
Hélène Roche, juge d'instruction
""",
}
CLOSERS = {
    "es": (
        "Se ruega remitir lo actuado a este juzgado.",
        "Sírvase devolver el presente exhorto debidamente diligenciado.",
        "Una vez cumplimentada, se servirá devolver la presente a este juzgado con lo actuado.",
        "Se interesa que se remitan las actuaciones practicadas por conducto de la Autoridad Central.",
        "Ruego acuse recibo de la presente solicitud.",
        "Agradeceré se nos informe del resultado de la diligencia.",
        "Cumplido que sea, devuélvase con lo actuado.",
        "Se solicita que el resultado de las diligencias se envíe también por correo electrónico.",
    ),
    "pt": (
        "Roga-se a devolução da presente, devidamente cumprida.",
        "Solicita-se que os autos de inquirição sejam remetidos a este juízo.",
        "Pede-se que se digne acusar a receção deste pedido.",
        "Agradece-se o envio do resultado da diligência.",
        "Após cumprimento, queira devolver a carta a este juízo.",
        "Cumprida a diligência, requer-se a remessa dos elementos obtidos.",
        "Solicita-se que nos sejam enviadas as provas obtidas.",
    ),
    "en": (
        "Please return the executed documents to this office.",
        "Kindly acknowledge receipt of this request.",
        "We should be grateful if the evidence obtained could be transmitted through your central authority.",
        "Please enclose the results of the inquiries with your reply.",
        "Once executed, please send the material obtained to the above address.",
        "If you are unable to execute this request, please tell us why.",
        "Please inform us if the request cannot be executed.",
    ),
    "fr": (
        "Je vous prie de me retourner les pièces d'exécution.",
        "Vous voudrez bien m'accuser réception de la présente demande.",
        "Les pièces d'exécution seront adressées à mon cabinet.",
        "Je vous saurais gré de me transmettre les procès-verbaux établis.",
        "La commission rogatoire dûment exécutée me sera renvoyée par la voie diplomatique.",
        "Il vous est demandé de faire connaître le résultat des investigations.",
        "Vous voudrez bien renvoyer les pièces obtenues en double exemplaire.",
    ),
}
REQUESTS = {"mla_request", "rogatory_letter"}


@pytest.mark.parametrize(
    ("language", "closer"), [(language, closer) for language, closers in CLOSERS.items() for closer in ("", *closers)]
)
def test_what_is_to_be_done_with_the_executed_request_is_no_answer(language: str, closer: str) -> None:
    text = LETTERS[language].format(closer)
    reading = read_request(text, annotate(text))
    assert reading.document_type.value in REQUESTS
    assert "hearing_witness" in {one.value["measure"] for one in reading.fields["measures"]}
