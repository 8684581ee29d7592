"""Kinds of deadlines in four languages: custody, steps of the own proceedings, data, limitation, hearings, answers."""

from __future__ import annotations

import pytest
from test_request_wishes import reading

from nlp.pipeline import annotate
from nlp.requests.reading import read_request

CUSTODY = [
    ("es", "El plazo de prisión provisional sigue venciendo el 9 de enero de 2027."),
    ("es", "La prisión provisional del investigado continúa venciendo el 9 de enero de 2027."),
    ("es", "El acusado deberá ser puesto en libertad el 9 de enero de 2027 si no se celebra el juicio."),
    ("es", "Hay que poner en libertad al detenido a más tardar el 9 de enero de 2027."),
    ("es", "La medida de prisión fue prorrogada hasta el 9 de enero de 2027."),
    ("pt", "O prazo da prisão preventiva continua a terminar em 9 de janeiro de 2027."),
    ("pt", "O arguido tem de ser libertado até 9 de janeiro de 2027."),
    ("en", "The remand of the accused continues to run out on 9 January 2027."),
    ("en", "The accused must be released by 9 January 2027 unless he is indicted."),
    ("fr", "La détention provisoire continue d'expirer le 9 janvier 2027."),
    ("fr", "L'accusé devra être remis en liberté le 9 janvier 2027."),
]
OWN_STEPS = [
    ("en", "The book of evidence must be served by 9 January 2027. We would ask for a reply within three months."),
    ("en", "The prosecution evidence is to be served on the defence by 9 January 2027."),
    ("en", "The Crown has to serve its case by 9 January 2027."),
    ("en", "Disclosure to the defence must be complete by 9 January 2027."),
    ("en", "The accused has to be served with the book of evidence before 9 January 2027."),
    ("en", "Witness statements must be filed by 9 January 2027."),
    ("es", "La acusación debe notificarse a la defensa antes del 9 de enero de 2027."),
    ("es", "El escrito de acusación ha de presentarse antes del 9 de enero de 2027."),
    ("es", "Las pruebas deben trasladarse a la defensa a más tardar el 9 de enero de 2027."),
    ("es", "El fiscal debe acusar a más tardar el 9 de enero de 2027."),
    ("pt", "A acusação tem de ser notificada ao arguido até 9 de janeiro de 2027."),
    ("pt", "O Ministério Público tem de deduzir acusação até 9 de janeiro de 2027."),
    ("fr", "Le réquisitoire définitif doit être signifié au plus tard le 9 janvier 2027."),
    ("fr", "Les pièces doivent être communiquées à la défense avant le 9 janvier 2027."),
]
DATA = [
    ("es", "Los registros se conservan solo hasta el 9 de enero de 2027."),
    ("pt", "O provedor só guarda os registros até 9 de janeiro de 2027."),
    ("pt", "Os registos são apagados em 9 de janeiro de 2027."),
    ("en", "The provider keeps the logs only until 9 January 2027."),
    ("fr", "Les journaux seront écrasés le 9 janvier 2027."),
    ("fr", "L'hébergeur ne garde les données que jusqu'au 9 janvier 2027."),
]
LIMITATION = [
    ("es", "Los hechos prescriben a partir del 9 de enero de 2027."),
    ("pt", "O procedimento criminal prescreve a 9 de janeiro de 2027."),
    ("en", "Prosecution becomes time-barred on 9 January 2027."),
    ("fr", "L'action publique sera prescrite le 9 janvier 2027."),
]
HEARINGS = [
    ("es", "La sala de lo penal se reunirá el 9 de enero de 2027."),
    ("pt", "A audiência de julgamento está designada para o dia 9 de janeiro de 2027."),
    ("en", "The Circuit Court will sit on 9 January 2027."),
    ("fr", "La chambre des mises en accusation siégera le 9 janvier 2027."),
]
ANSWERS = [
    ("en", "Please serve the summons by 9 January 2027."),
    ("en", "The summons must be served by 9 January 2027."),
    ("en", "Please arrange for the indictment to be served by 9 January 2027."),
    ("es", "La cédula debe notificarse antes del 9 de enero de 2027."),
    ("es", "Se ruega que la acusación sea notificada antes del 9 de enero de 2027."),
    ("pt", "A citação deve ser efetuada até 9 de janeiro de 2027."),
    ("fr", "La citation doit être remise avant le 9 janvier 2027."),
    ("fr", "Une réponse est souhaitée avant le 9 janvier 2027."),
    ("en", "A reply before 9 January 2027 would help, since the accused is in custody."),
]


@pytest.mark.parametrize(
    ("language", "words", "reason"),
    [
        (*row, reason)
        for reason, rows in {
            "custody_end": CUSTODY,
            "procedural_limit": OWN_STEPS,
            "data_loss": DATA,
            "limitation": LIMITATION,
            "hearing": HEARINGS,
            "answer_by": ANSWERS,
        }.items()
        for row in rows
    ],
)
def test_kind_of_a_deadline(language: str, words: str, reason: str) -> None:
    found = [one.value for one in reading(language, words).fields.get("deadlines", ())]
    assert found == [{"date": "2027-01-09", "reason": reason}]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "The funds will be released on 9 January 2027."),
        ("es", "Los fondos serán liberados el 9 de enero de 2027."),
        ("fr", "Les fonds seront libérés le 9 janvier 2027."),
    ],
)
def test_release_of_money_ends_no_custody(language: str, words: str) -> None:
    found = [one.value for one in reading(language, words).fields.get("deadlines", ())]
    assert [one["reason"] for one in found if isinstance(one, dict)] == ["event"]


@pytest.mark.parametrize(
    ("language", "words", "is_doubtful"),
    [
        ("es", "La audiencia de juicio está señalada para el 9 de enero de 2062.", True),
        ("pt", "A audiência de julgamento está marcada para 9 de janeiro de 2062.", True),
        ("en", "Please answer by 9 January 2062.", True),
        ("fr", "Une réponse est souhaitée avant le 9 janvier 2062.", True),
        ("en", "Please answer by 9 January 2027.", False),
        ("es", "La acción penal prescribe el 9 de enero de 2062.", False),
    ],
)
def test_day_that_is_years_away_is_doubtful(language: str, words: str, is_doubtful: bool) -> None:
    (found,) = reading(language, words).fields["deadlines"]
    assert (found.confidence < 0.5) is is_doubtful


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "N° instruction : JIRS 9/26/31\nLa procédure suit son cours."),
        ("es", "Expediente: FGR 9/12/31\nLa investigación sigue su curso."),
    ],
)
def test_part_of_a_number_is_no_day(language: str, words: str) -> None:
    assert "deadlines" not in reading(language, words).fields


ANSWER_HEADS = {
    "es": "Juzgado Central de Instrucción n.º 5\nMadrid, 20 de noviembre de 2026\n\nA la Fiscalía General de Colombia"
    "\n\nEn contestación a su carta rogatoria n.º 214 de 2026, se comunica lo siguiente:\n",
    "pt": "Procuradoria-Geral da República\nLisboa, 20 de novembro de 2026\n\nÀ Fiscalía General da Colômbia\n\n"
    "Em resposta à carta rogatória n.º 214 de 2026, comunica-se o seguinte:\n",
    "en": "Office of the Director of Public Prosecutions\nKingston, Jamaica\n20 November 2026\n\nTo the Central "
    "Authority of Spain\n\nIn reply to your letter of request No. 214 of 2026, we inform you as follows:\n",
    "fr": "Tribunal judiciaire de Paris\nParis, le 20 novembre 2026\n\nÀ l'autorité centrale d'Espagne\n\n"
    "En réponse à votre commission rogatoire n° 214 de 2026, j'ai l'honneur de vous informer de ce qui suit :\n",
}
OF_ANSWERS = {
    "procedural_limit": [
        ("es", "La medida se mantendrá hasta el 9 de enero de 2027, salvo que antes se solicite su prórroga."),
        ("es", "El bloqueo de la cuenta está vigente hasta el 9 de enero de 2027."),
        ("pt", "O bloqueio da conta mantém-se em vigor até 9 de janeiro de 2027, salvo pedido de prorrogação."),
        ("en", "The restraint order will remain in force until 9 January 2027 unless its renewal is requested."),
        ("fr", "La saisie restera en vigueur jusqu'au 9 janvier 2027, sauf demande de prorogation."),
    ],
    "hearing": [
        ("es", "La declaración del testigo Íñigo Larrauri Bengoa se ha señalado para el 9 de enero de 2027."),
        ("pt", "A inquirição da testemunha foi designada para 9 de janeiro de 2027, às 10 horas."),
        ("en", "The interview of the witness has been scheduled for 9 January 2027."),
        ("fr", "L'audition du témoin a été fixée au 9 janvier 2027."),
    ],
    "event": [
        ("es", "Los extractos se remitirán antes del 9 de enero de 2027."),
        ("es", "Remitiremos las actas restantes a más tardar el 9 de enero de 2027."),
        ("pt", "Os extratos serão remetidos até 9 de janeiro de 2027."),
        ("en", "The remaining records will be sent by 9 January 2027."),
        ("fr", "Les relevés vous seront transmis avant le 9 janvier 2027."),
    ],
    "answer_by": [
        ("es", "Rogamos nos comuniquen el número correcto antes del 9 de enero de 2027."),
        ("es", "De no recibirse respuesta antes del 9 de enero de 2027, se archivará el expediente."),
        ("pt", "Solicita-se que o número correto seja comunicado até 9 de janeiro de 2027."),
        ("en", "Please let us have the correct number by 9 January 2027."),
        ("en", "If no reply is received by 9 January 2027 the file will be closed."),
        ("fr", "Je vous prie de préciser le numéro du compte avant le 9 janvier 2027."),
        ("fr", "À défaut de réponse avant le 9 janvier 2027, le dossier sera clos."),
    ],
}


@pytest.mark.parametrize(
    ("language", "words", "reason"), [(*row, reason) for reason, rows in OF_ANSWERS.items() for row in rows]
)
def test_a_day_in_an_answer_is_one_by_which_it_is_answered_only_where_it_wants_something(
    language: str, words: str, reason: str
) -> None:
    text = f"{ANSWER_HEADS[language]}{words}\n"
    found = read_request(text, annotate(text))
    assert found.document_type.value == "response"
    assert [one.value for one in found.fields["deadlines"]] == [{"date": "2027-01-09", "reason": reason}]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "Se solicita que el bloqueo de la cuenta se mantenga hasta el 9 de enero de 2027."),
        ("pt", "Solicita-se que o bloqueio da conta se mantenha até 9 de janeiro de 2027."),
        ("en", "Please keep the restraint order in force until 9 January 2027."),
        ("fr", "Nous demandons que la saisie soit maintenue jusqu'au 9 janvier 2027."),
    ],
)
def test_how_long_a_measure_is_wanted_is_no_limit_of_the_proceedings(language: str, words: str) -> None:
    found = [one.value for one in reading(language, words).fields.get("deadlines", ())]
    assert {"date": "2027-01-09", "reason": "procedural_limit"} not in found


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "es",
            "Se adjuntan los extractos. Se ruega verifiquen el número de la cuenta, y que lo confirmen por escrito.",
        ),
        ("en", "The records are enclosed. Please verify the number of the account and confirm it on oath."),
    ],
)
def test_an_answer_wishes_no_special_procedure(language: str, words: str) -> None:
    text = f"{ANSWER_HEADS[language]}{words}\n"
    assert "special_procedure" not in read_request(text, annotate(text)).fields
