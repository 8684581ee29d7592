"""Law quoted in requests: the transcribed provision, and its differences from the law at the time of the facts."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from desk import LAW, Desk
from flask.testing import FlaskClient
from test_api import follows
from web_site import site

from app.cli import rogatio
from app.requests.law.transcriptions import check_transcriptions, fragments_of
from extraction.errors import LANGUAGES
from extraction.resource import load
from indexing.access import Principal
from indexing.records.validity import last_day_of
from nlp.pipeline import annotate
from nlp.requests.law.transcribed_provisions import transcribed_provisions
from nlp.requests.parts.quoted_provisions import quoted_provisions
from nlp.requests.reading import read_request

LIMA = Principal("lima", frozenset({"public", "lima"}))
OLD = "El que convierta o transfiera dinero que proceda de un delito será castigado con seis años de prisión."
NEW = (
    "El que convierta o transfiera dinero o activos que procedan de un delito será castigado con diez años de prisión."
)
LETTER = """Juzgado Letrado en lo Penal de Crimen Organizado, Montevideo (República Oriental del Uruguay)
Referencia: IUE 2-88/2026
A la autoridad judicial competente de la República del Perú
COMISIÓN ROGATORIA

HECHOS. Entre enero de 2018 y marzo de 2019 el investigado transfirió fondos procedentes de un delito.

TEXTO DE LA LEY. El artículo 1 de la Ley N° 19.574 dispone lo siguiente:
«{quoted}»

ASISTENCIA SOLICITADA. Se solicita la remisión de los extractos de la cuenta 193-2203344-0-11.
"""


def law(start: str, words: str) -> str:
    head = LAW.format(start=start, years="", second="").partition("## Artículo 1")[0]
    return f"{head}## Artículo 1\n\n{words}\n\n## Artículo 2\n\nEsta ley entra en vigor el día de su publicación.\n"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = Desk(tmp_path_factory.mktemp("transcriptions"))
    made.bring("a.md", law("2017-12-20", OLD))
    made.bring("b.md", law("2020-06-01", NEW))
    letters = {
        "same.txt": OLD,
        "part.txt": OLD.replace("El que convierta o", "El que").partition(" será")[0] + " será castigado",
        "added.txt": OLD.replace("dinero", "dinero, valores y títulos"),
        "new.txt": NEW,
        "marked.txt": OLD.replace("convierta o transfiera", "convierta […] dinero").replace("dinero dinero", "dinero"),
    }
    for name, words in letters.items():
        made.bring(name, LETTER.format(quoted=words), "lima", document_type="rogatory_letter")
    made.bring("other.txt", LETTER.format(quoted=OLD).replace("19.574", "15.000"), "lima", document_type="mla_request")
    yield made
    made.installation.close()


@pytest.fixture
def client(desk: Desk) -> FlaskClient:
    return site(desk.installation.settings, LIMA, WTF_CSRF_ENABLED=False).test_client()


def document(desk: Desk, name: str) -> str:
    return next(one.id for one in desk.store.every_document(desk.store.access(LIMA)) if one.source == name)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (LETTER.format(quoted=OLD), ["ref:uy:ley:19574:2017#art-1"]),
        (
            "CARTA ROGATORIA\n\nTRANSCRIPCIÓN DE LAS NORMAS\nLey 599 de 2000\n"
            "Artículo 405. Cohecho propio. El servidor público que reciba para sí dinero incurrirá en prisión de seis "
            "años.\nArtículo 407. Cohecho por dar. El que dé dinero a servidor público incurrirá en prisión de cuatro "
            "años.\n",
            ["#art-405", "#art-407"],
        ),
    ],
)
def test_which_provisions_are_transcribed(text: str, found: list[str]) -> None:
    annotations = annotate(text)
    parts = read_request(text, annotations).parts
    held = transcribed_provisions(text, parts, annotations.spans)
    assert len(held) == len(found)
    for one, canonical in zip(held, found, strict=True):
        assert canonical.partition("#")[2] == one.canonical.partition("#")[2]


@pytest.mark.parametrize(
    ("name", "day", "verdict", "kinds"),
    [
        ("same.txt", "", "same", {"equal", "omitted"}),
        ("part.txt", "", "differs", {"equal", "missing", "omitted"}),
        ("marked.txt", "", "same", {"equal", "omitted"}),
        ("added.txt", "", "differs", {"equal", "added", "omitted"}),
        ("new.txt", "", "outdated", {"equal", "outdated", "missing", "omitted"}),
        ("new.txt", "2021-01-01", "same", {"equal", "omitted"}),
        ("same.txt", "2010-01-01", "not_at_date", {"equal", "omitted"}),
        ("other.txt", "", "not_held", set()),
    ],
)
def test_differences_from_the_law_at_the_time(desk: Desk, name: str, day: str, verdict: str, kinds: set[str]) -> None:
    report = check_transcriptions(desk.installation, document(desk, name), day, LIMA)
    (check,) = report.checks
    assert report.day == (day or "2019-03-31")
    assert check.verdict == verdict
    assert {fragment.kind for fragment in check.fragments} <= kinds
    assert kinds - {"omitted"} <= {fragment.kind for fragment in check.fragments}


def test_check_in_the_api_and_on_the_command_line(desk: Desk, client: FlaskClient) -> None:
    address = f"/api/v1/requests/{document(desk, 'new.txt')}/transcriptions"
    follows(client.get(address).json, "TranscriptionReport")
    (check,) = client.get(address).json["checks"]
    assert (check["copied"]["valid_from"], check["provision"]["valid_from"]) == ("2020-06-01", "2017-12-20")
    assert client.get(f"{address}?date=yesterday").json["code"] == "indexing.no_such_day"
    environment = {"ROGATIO_HOME": str(desk.installation.settings.home), "LANG": "en_GB"}
    arguments = ["request-transcriptions", document(desk, "added.txt")]
    assert "valores y títulos" in CliRunner().invoke(rogatio, arguments, env=environment).stdout
    shown = CliRunner().invoke(rogatio, [*arguments, "--json"], env=environment)
    follows(json.loads(shown.stdout), "TranscriptionReport")


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_in_each_language(desk: Desk, client: FlaskClient, language: str) -> None:
    page = client.get(f"/requests/{document(desk, 'new.txt')}/transcriptions?ui={language}").text
    assert load("app.labels")["request_transcription"]["outdated"][language] in page
    assert "<ins" in page
    assert "<del" in page


def test_check_keeps_to_what_may_be_seen(desk: Desk) -> None:
    blind = Principal("lima", frozenset({"lima"}))
    (check,) = check_transcriptions(desk.installation, document(desk, "same.txt"), "", blind).checks
    assert check.verdict == "not_held"
    stranger = site(desk.installation.settings, Principal("madrid", frozenset({"public"}))).test_client()
    assert stranger.get(f"/requests/{document(desk, 'same.txt')}/transcriptions").status_code == 404


@pytest.mark.parametrize(
    ("written", "day"), [("2019-02", "2019-02-28"), ("2020", "2020-12-31"), ("2019-03-04", "2019-03-04"), ("x", "x")]
)
def test_last_day_of_a_period(written: str, day: str) -> None:
    assert last_day_of(written) == day


HEAD = """FISCALÍA GENERAL DE LA NACIÓN
Bogotá, Colombia, 3 de mayo de 2026
A las autoridades judiciales del Reino de España

SOLICITUD DE ASISTENCIA JUDICIAL

HECHOS
El indiciado Juan Ruiz transfirió fondos.

NORMAS
"""
FOOT = (
    "\n\nASISTENCIA SOLICITADA\nSe solicita remitir los extractos de la cuenta 123.\n\nAtentamente,\nAna Paz, Fiscal\n"
)
WORDS = "El que convierta bienes, a sabiendas de que tienen su origen en un delito, incurrirá en prisión de diez años."


@pytest.mark.parametrize(
    ("quoted", "canonical"),
    [
        (f"Ley 1357 de 2021, artículo 4: «{WORDS}»", "ref:co:ley:1357:2021#art-4"),
        (f"Ley 1357 de 2021\nARTÍCULO 4o. {WORDS}", "ref:co:ley:1357:2021#art-4"),
        (f"El artículo 4 de la Ley 1357 de 2021 dispone: «{WORDS}»", "ref:co:ley:1357:2021#art-4"),
        (f"Código Penal, artículo 323, que establece:\n\n«{WORDS}»", "ref:co:codigo:penal#art-323"),
    ],
)
def test_forms_in_which_law_is_transcribed(quoted: str, canonical: str) -> None:
    text = f"{HEAD}{quoted}{FOOT}"
    annotations = annotate(text)
    parts = read_request(text, annotations).parts
    (found,) = transcribed_provisions(text, parts, annotations.spans)
    assert found.canonical == canonical
    assert text[found.body : found.end].strip(" .\n«»") == WORDS.rstrip(".")


CITED = (
    "This request is made pursuant to Article 7 of the Convention against Illicit Traffic in Narcotic Drugs, 1988{}\n"
    "Article 18 of the United Nations Convention against Transnational Organized Crime, 2000.\n\nTHE SUBJECTS\n\n"
    "2. Delroy Campbell was charged with an offence contrary to section 92 of the Proceeds of Crime Act, 2007. The "
    "maximum penalty on conviction on indictment is twenty years' imprisonment.\n"
)


@pytest.mark.parametrize(("end", "is_quoted"), [(", and", False), (" and under", False), (".", True)])
def test_an_article_in_the_next_line_of_a_sentence_begins_no_quotation(end: str, is_quoted: bool) -> None:
    text = CITED.format(end)
    assert bool(quoted_provisions(text, 0, len(text), ())) == is_quoted


SPANISH = """CAPÍTULO II: DEFRAUDACIONES

Artículo 7.- Estafa agravada

7.1. El que engaña a otro será reprimido con prisión de 3 a 6 años, salvo que repare el daño.

7.2. La tentativa es punible."""
ENGLISH = """42 Forgery

(1) A person who makes a false instrument is liable to imprisonment for 5 years, unless the instrument was not used.

(2) In this section “instrument” includes a disc."""


@pytest.mark.parametrize(
    ("law_text", "quoted", "kinds"),
    [
        (SPANISH, "El que engaña a otro será reprimido con prisión de 3 a 6 años, salvo que repare el daño.", set()),
        (SPANISH, "1. El que engaña a otro será reprimido con prisión de 3 a 6 años, salvo que repare el daño.", set()),
        (SPANISH, "a) El que engaña a otro será reprimido con prisión de 3 a 6 años, (...)", set()),
        (SPANISH, "El que engaña a otro será reprimido con prisión de 3 a 6 años.", {"missing"}),
        (SPANISH, "El que engaña a otro será reprimido con prisión de 3 a 8 años, salvo que repare el daño.",
         {"missing", "added"}),
        (SPANISH, "Estafa agravada. El que engaña a otro será reprimido con prisión de 3 a 6 años, salvo que repare el "
         "daño. La tentativa es punible.", set()),
        (ENGLISH, "A person who makes a false instrument is liable to imprisonment for 5 years, unless the "
         "instrument was not used.", set()),
        (ENGLISH, "A person who makes a false instrument is liable to imprisonment for 5 years.", {"missing"}),
        (ENGLISH, "A person who makes a false instrument is liable to imprisonment for 5 years …", set()),
        (ENGLISH, "A person who makes a false instrument is liable to imprisonment for 7 years, unless the "
         "instrument was not used.", {"missing", "added"}),
    ],
)  # fmt: skip
def test_rubrics_and_numbers_are_no_difference_and_an_unmarked_end_is_one(
    law_text: str, quoted: str, kinds: set[str]
) -> None:
    assert {one.kind for one in fragments_of(quoted, law_text, None)} - {"equal", "omitted"} == kinds
