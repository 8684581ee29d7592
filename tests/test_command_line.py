"""Command line: fixed JSON forms, exit codes, four languages, fast start."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli import COMMANDS, rogatio
from app.cli_wording import environment_language, say
from app.search.json_form import HIT_FIELDS
from app.wording import has_wording
from extraction.errors import LANGUAGES, RogatioError
from nlp.concepts.layer import concepts

HIT = {"document_id", "source", "title", "jurisdiction", "unit", "language", "score", "page", "start", "end", "snippet"}
OF_DOCUMENT = {"collection", "document_type", "date"}
LAWS = {
    "uy.md": "# Ley 1\n\nArtículo 1.º\n\nEl exhorto se diligencia por la autoridad central.\n\n"
    "Artículo 2.º\n\nEl testigo comparece ante el juez.\n",
    "fr.md": "# Loi 2\n\nArticle 1er\n\nLa commission rogatoire est exécutée par le juge.\n",
}
Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with two laws and a file that can't be read."""
    folder = tmp_path_factory.mktemp("command-line")
    (folder / "in").mkdir()
    for name, text in LAWS.items():
        (folder / "in" / name).write_text(text)
    manifest = "file,jurisdiction,type,title\nuy.md,UY,statute,Ley 1\nfr.md,FR,statute,Loi 2\n"
    (folder / "in" / "manifest.csv").write_text(manifest)
    (folder / "in" / "bad.pdf").write_bytes(b"%PDF-1.4 nothing")
    result = CliRunner().invoke(
        rogatio, ["ingest", str(folder / "in"), "--json"], env={"ROGATIO_HOME": str(folder / "home")}
    )
    report = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (report["came_in"], report["indexed"], report["failed"]) == (3, 2, 1)
    assert report["failures"][0]["source"] == "bad.pdf"
    assert set(report["failures"][0]) == {"source", "error", "sentence"}
    return folder / "home"


@pytest.fixture
def run(home: Path) -> Run:
    def invoke(*arguments: str, given: str = "") -> Result:
        result = CliRunner().invoke(rogatio, arguments, input=given, env={"ROGATIO_HOME": str(home)})
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoke


def test_search_for_programs_has_the_fixed_form(run: Run) -> None:
    result = run("search", "exhorto", "--json")
    answer = json.loads(result.stdout)
    assert list(answer) == ["query", "hits"]
    assert answer["query"] == "exhorto"
    hit = answer["hits"][0]
    assert {*HIT, *OF_DOCUMENT, "why"} <= set(hit) == {*HIT_FIELDS, "version"}
    assert (hit["collection"], hit["document_type"]) == ("public", "statute")
    assert (hit["source"], hit["title"], hit["jurisdiction"], hit["language"]) == ("uy.md", "Ley 1", "UY", "es")
    assert (hit["page"], hit["unit"][:4]) == (1, "art.")
    shown = json.loads(run("show", hit["document_id"], "--json").stdout)
    assert "exhorto" in shown["text"][hit["start"] : hit["end"]]
    assert "exhorto" in hit["snippet"]
    assert all(isinstance(reason, str) for reason in hit["why"])


def test_filters_or_within_a_field_and_between_fields(run: Run) -> None:
    def sources(*filters: str) -> set[str]:
        given = [part for one in filters for part in ("--filter", one)]
        return {hit["source"] for hit in json.loads(run("search", "juez OR juge", "--json", *given).stdout)["hits"]}

    assert sources() == {"uy.md", "fr.md"}
    assert sources("jurisdiction=UY") == {"uy.md"}
    assert sources("jurisdiction=UY", "jurisdiction=FR") == {"uy.md", "fr.md"}
    assert sources("jurisdiction=UY", "language=fr") == set()


def test_rows_are_answered_in_order_and_a_bad_one_alone_fails(run: Run) -> None:
    rows = [
        {"id": 1, "query": "exhorto"},
        {"id": "two", "query": "juez OR juge", "filters": {"jurisdiction": ["FR"]}, "limit": 5, "group_by": None},
        {"id": 3},
        {"id": 4, "query": "exhorto", "limit": "many"},
        {"id": 5, "query": "exhorto", "filters": {"jurisdiction": "UY"}},
        {"id": 6, "query": "exhorto", "filters": ["UY"]},
        ["not a row"],
        {"id": 8, "query": "zzz"},
    ]
    given = "\n".join(map(json.dumps, rows)) + "\n\nnot json\n"
    result = run("search", "--jsonl", given=given)
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [1, "two", 3, 4, 5, 6, None, 8, None]
    assert [list(answer)[1] for answer in answers] == ["hits", "hits", *["error"] * 5, "hits", "error"]
    assert [hit["source"] for hit in answers[1]["hits"]] == ["fr.md"]
    assert answers[7]["hits"] == []
    assert result.exit_code == 1
    assert run("search", "--jsonl", given=json.dumps(rows[0]) + "\n").exit_code == 0


def test_groups_are_named_in_any_language(run: Run) -> None:
    rows = [
        {"id": number, "query": "juez OR juge OR exhorto", "limit": 1, "group_by": name}
        for number, name in enumerate(["jurisdiction", "país", "pays"])
    ]
    rows.append({"id": "none", "query": "juez", "limit": 0})
    result = run("search", "--jsonl", given="".join(json.dumps(row) + "\n" for row in rows))
    *answers, none = map(json.loads, result.stdout.splitlines())
    assert answers[0]["hits"]
    assert all(answer["hits"] == answers[0]["hits"] for answer in answers)
    assert none == {"id": "none", "error": "app.row_unreadable"}


def test_groups_have_their_own_limit(run: Run) -> None:
    result = run("search", "juez OR juge OR exhorto", "--json", "--group-by", "jurisdiction", "--limit", "1")
    assert sorted(hit["jurisdiction"] for hit in json.loads(result.stdout)["hits"]) == ["FR", "UY"]
    shown = run("--language", "es", "search", "juez OR juge OR exhorto", "--group-by", "jurisdiction").stdout
    assert {"Francia", "Uruguay"} <= set(shown.split("\n"))


def test_a_misspelt_query_is_offered_as_it_is_written(run: Run) -> None:
    assert "Did you mean: exhorto" in run("--language", "en", "search", "exhorrto").stdout
    assert "Did you mean" not in run("--language", "en", "search", "exhorto").stdout


def test_a_term_without_hits_promises_none(tmp_path: Path) -> None:
    shown = CliRunner().invoke(rogatio, ("search", "money laundering"), env={"ROGATIO_HOME": str(tmp_path)}).stdout
    assert shown.startswith("0 results")
    assert "near in words" not in shown


def test_search_for_people(run: Run) -> None:
    result = run("search", "exhorto")
    assert result.exit_code == 0
    assert "Ley 1" in result.stdout
    assert "UY, art." in result.stdout
    assert "“exhorto”" in result.stdout, "why it is there"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("search",), 2),
        (("search", "x", "--filter", "novalue"), 2),
        (("search", "x", "--limit", "0"), 2),
        (("ingest",), 2),
        (("nonsense",), 2),
        (("correct", "x", "sha256", "y"), 2),
    ],
)
def test_wrong_usage_is_2(run: Run, arguments: tuple[str, ...], code: int) -> None:
    assert run(*arguments).exit_code == code


def test_status_collections_correct_delete_and_reindex(run: Run, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("The witness Alvarez is summoned.")
    result = run("ingest", str(letter), "--collection", "fr-files", "--case-file", "7", "--title", "Letter", "--json")
    assert "fr-files" in result.stderr
    assert (result.exit_code, json.loads(result.stdout)["indexed"]) == (0, 1)
    rows = {row["id"]: row for row in json.loads(run("collections", "--json").stdout)}
    assert (rows["public"]["authority"], rows["fr-files"]["authority"]) == ("", "fr-files")
    hit = json.loads(run("search", "Alvarez", "--json").stdout)["hits"][0]
    assert run("correct", hit["document_id"], "title", "Summons").exit_code == 0
    assert json.loads(run("search", "Alvarez", "--json").stdout)["hits"][0]["title"] == "Summons"
    status = json.loads(run("status", "--json").stdout)
    assert (status["engine"], status["documents"]["indexed"]) == ("embedded", 3)
    assert set(status["records"]) == {"public", "authority-fr-files"}
    assert run("reindex").exit_code == 0
    assert run("delete", hit["document_id"], given="n\n").exit_code == 1
    assert json.loads(run("search", "Alvarez", "--json").stdout)["hits"]
    assert run("delete", hit["document_id"], "--yes").exit_code == 0
    assert json.loads(run("search", "Alvarez", "--json").stdout)["hits"] == []
    for command in (("status",), ("collections",)):
        assert run(*command).exit_code == 0
    new = run("collections", "--add", "uy-law", "--json")
    assert {row["id"]: row["authority"] for row in json.loads(new.stdout)}["uy-law"] == ""


def test_a_collection_has_a_name_that_every_way_in_takes(run: Run, tmp_path: Path) -> None:
    for arguments in (("collections", "--add", "a/b"), ("ingest", str(tmp_path), "--collection", "../public")):
        with pytest.raises(RogatioError, match=r"app\.bad_collection"):
            run(*arguments)
    with pytest.raises(RogatioError, match=r"indexing\.collection_exists"):
        run("collections", "--add", "public", "--authority", "somebody")
    run("collections", "--add", "public")
    shown = next(line for line in run("collections").stdout.splitlines() if line.startswith("public"))
    assert "published law and judgments" in shown
    assert "pages 2" in shown


def test_countries_go_by_code_or_name_and_nothing_else(run: Run) -> None:
    assert "lavagem de dinheiro" in run("concepts", "ML", "--country", "brasil").stdout
    assert json.loads(run("concepts", "ML", "--country", "br", "--json").stdout)["names"]["pt"]
    made = json.loads(run("compare", "exhorto", "--countries", "uruguay, fr", "--json").stdout)
    assert [column["jurisdiction"] for column in made["columns"]] == ["UY", "FR"]
    with pytest.raises(RogatioError, match=r"indexing\.unknown_value"):
        run("concepts", "ML", "--country", "XX")
    with pytest.raises(RogatioError, match=r"indexing\.(unknown|no_such)_filter_value"):
        run("compare", "exhorto", "--countries", "UY,XX1")


def test_two_provisions_are_side_by_side(run: Run) -> None:
    columns = json.loads(run("compare", "commission rogatoire", "--countries", "FR", "--json").stdout)["columns"]
    french = columns[0]["provisions"][0]["id"]
    made = json.loads(run("side", "art. 1 Ley 1", french, "--json").stdout)
    assert (made["left"]["jurisdiction"], made["right"]["jurisdiction"]) == ("UY", "FR")
    assert json.loads(run("side", made["left"]["id"], french, "--json").stdout)["pairs"] == made["pairs"]
    shown = run("side", "art. 1 Ley 1", french).stdout
    assert "exhorto" in shown
    assert "rogatoire" in shown
    with pytest.raises(RogatioError, match=r"indexing\.no_such_provision"):
        run("side", "art. 9 Ley 1", french)


def test_doctor_names_what_there_is(run: Run) -> None:
    result = run("doctor", "--json")
    rows = {row["name"]: row for row in json.loads(result.stdout)}
    assert rows["database"]["state"] == rows["embedded"]["state"] == "ok"
    assert {"tesseract", "tesseract.por", "libreoffice", "elasticsearch", "memory", "disk"} <= set(rows)
    for row in rows.values():
        assert bool(row["get"]) == (row["state"] != "ok")
    assert run("doctor").exit_code == result.exit_code


def test_doctor_shows_no_password_of_an_address(tmp_path: Path) -> None:
    address = "http://elastic:zarzaparrilla@127.0.0.1:1"
    environment = {
        "ROGATIO_HOME": str(tmp_path),
        "ROGATIO_ELASTICSEARCH_URL": address,
        "ROGATIO_REDIS_URL": "redis://:zarzaparrilla@127.0.0.1:1/0",
    }
    shown = CliRunner().invoke(rogatio, ["doctor"], env=environment).output
    assert "zarzaparrilla" not in shown
    assert "http://127.0.0.1:1" in shown


def test_doctor_reports_a_database_that_does_not_answer(tmp_path: Path) -> None:
    environment = {"ROGATIO_HOME": str(tmp_path), "ROGATIO_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"}
    result = CliRunner().invoke(rogatio, ["doctor", "--json"], env=environment)
    rows = {row["name"]: row for row in json.loads(result.stdout)}
    assert (rows["database"]["state"], result.exit_code) == ("missing", 1)
    assert "ROGATIO_DATABASE_URL" in rows["database"]["get"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_in_each_language(run: Run, language: str) -> None:
    shown = run("--language", language, "--help").stdout
    assert shown.count("\n") > len(COMMANDS)
    assert say("ingest.help") in shown
    assert shown != run("--language", "en" if language != "en" else "es", "--help").stdout


@pytest.mark.parametrize("command", [("account", "add"), ("bundle", "make"), ("retention", "rule"), ("verify",)])
def test_help_of_commands_in_groups_has_no_words_of_click(run: Run, command: tuple[str, ...]) -> None:
    shown = run("--language", "es", *command, "--help").stdout
    assert say("usage.help") in shown
    assert "Show this message" not in shown


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_there(run: Run, command: str) -> None:
    assert run(command, "--help").exit_code == 0
    assert has_wording(f"command_line.{command}.help")


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"LANG": "pt_BR.UTF-8"}, "pt"),
        ({"LC_ALL": "fr_FR", "LANG": "es_ES"}, "fr"),
        ({"LANG": "pt_PT.UTF-8"}, "pt-PT"),
        ({"LANG": "pt-PT"}, "pt-PT"),
        ({"LANG": "pt_AO"}, "pt-PT"),
        ({"LANG": "pt"}, "pt"),
        ({"LANG": "es_419.UTF-8"}, "es"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE"}, "en"),
        ({}, "en"),
    ],
)
def test_language_of_the_environment(environment: dict[str, str], expected: str) -> None:
    assert environment_language(environment) == expected


def test_a_failing_command_says_one_sentence_in_the_users_language(home: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "ROGATIO_HOME": str(home), "LANG": "es_ES.UTF-8", "LC_ALL": ""}
    program = "from app.cli import main; main()"
    completed = subprocess.run(
        [sys.executable, "-c", program, "show", "nothing"], env=environment, capture_output=True, text=True
    )
    assert (completed.returncode, completed.stdout) == (3, "")
    assert completed.stderr.startswith("No hay ningún documento «nothing»")
    assert completed.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ("search", "app.no_query", "Falta la consulta."),
        ("search x --filter novalue", "app.bad_filter", "«novalue»"),
        ("search x --limit many", "app.value_refused", "«--limit» no es válido; se admite: 1 …"),
        ("search x --limit", "app.argument_missing", "Falta el valor de «--limit»"),
        ("search x --mode magic", "app.value_refused", "both, words, meaning"),
        ("search x --sort date", "app.no_such_option", "«--sort»"),
        ("search x y", "app.wrong_usage", "no se entiende"),
        ("ingest", "app.argument_missing", "«PATHS»"),
        ("matrix untoc-6", "app.argument_missing", "«--countries»"),
        ("annotate /nowhere/at/all", "app.no_file", "«/nowhere/at/all»"),
        ("match --jsonl /nowhere/at/all", "app.file_refused", "«FILES»"),
        ("concepts --skos all.doc", "app.bad_suffix", ".ttl"),
        ("nonsense", "app.no_such_command", "«nonsense»"),
    ],
)
def test_wrong_usage_is_reported_in_the_users_language(run: Run, arguments: str, code: str, words: str) -> None:
    result = run("--language", "es", *arguments.split())
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr
    assert f"[{code}] Vea «rogatio" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("command", [(), ("search",)])
def test_a_help_page_is_in_one_language(run: Run, command: tuple[str, ...]) -> None:
    shown = run("--language", "fr", *command, "--help").stdout
    assert shown.startswith("Utilisation: rogatio")
    assert "Affiche cette aide." in shown
    assert not [english for english in ("Usage", "default:", "Show ") if english in shown]


def test_a_file_that_cannot_be_written_is_reported(run: Run, tmp_path: Path) -> None:
    with pytest.raises(RogatioError, match=r"app\.file_not_written"):
        run("concepts", "--skos", str(tmp_path / "missing" / "all.ttl"))


def test_a_short_command_looks_for_unreachable_cycles_seldom() -> None:
    program = (
        "import atexit, gc, sys\nfrom app import cli\n"
        "before = sum(each['collections'] for each in gc.get_stats())\n"
        "sys.argv = ['rogatio', 'annotate']\n"
        "try:\n    cli.main()\nexcept SystemExit as ended:\n    assert not ended.code, ended.code\n"
        "print(sum(each['collections'] for each in gc.get_stats()) - before, file=sys.stderr)\n"
        "atexit._run_exitfuncs()\nassert gc.get_freeze_count() > 10_000"
    )
    completed = subprocess.run([sys.executable, "-c", program], input="Ley 1/2020.", capture_output=True, text=True)
    assert completed.returncode == 0, completed.stderr
    assert int(completed.stderr) < 20


@pytest.mark.parametrize("arguments", [["--help"], ["status", "--help"], ["search", "--help"]])
def test_help_loads_no_pipeline(arguments: list[str]) -> None:
    program = (
        "import sys\nfrom app.cli import rogatio\n"
        f"try:\n    rogatio({arguments})\nexcept SystemExit:\n    pass\n"
        "heavy = {'spacy', 'simplemma', 'tantivy', 'flask', 'elasticsearch', 'pdfplumber'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    completed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert completed.returncode == 0, completed.stderr


def test_time_zones_are_looked_for_where_a_date_is_written() -> None:
    program = "import sys\nimport app.i18n\nassert 'babel.dates' not in sys.modules"
    subprocess.run([sys.executable, "-c", program], check=True)


def test_a_query_compiles_few_patterns() -> None:
    """Compiled forms are kept between processes: the second one compiles what depends on the query alone."""
    program = (
        "import regex\nasked = []\nmake = regex.compile\n"
        "regex.compile = lambda *given: asked.append(given) or make(*given)\n"
        "from nlp.citations.query import parse_citation_query\n"
        "parse_citation_query('blanqueo de capitales')\nprint(len(asked))"
    )
    for _ in range(2):
        answer = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert int(answer.stdout) < 40


def test_search_explains_a_word_that_looks_alike(run: Run) -> None:
    answer = json.loads(run("--language", "pt", "search", "decomiso", "--json").stdout)
    assert list(answer) == ["query", "hits", "false_friends"]
    assert "perda definitiva" in answer["false_friends"][0]["note"]
    assert "perda definitiva" in run("--language", "pt", "search", "decomiso").stdout


def test_concepts_are_reported_by_country_and_written_as_skos(run: Run, tmp_path: Path) -> None:
    assert "Blanqueo de capitales" in run("--language", "es", "concepts").stdout
    assert run("--language", "en", "concepts", "lavado de activos").stdout.split()[1] == "ML"
    names = run("--language", "en", "concepts", "ML", "--country", "BR").stdout
    assert "lavagem de dinheiro" in names
    assert "branqueamento de capitais" not in names
    assert json.loads(run("concepts", "ML", "--json").stdout)["id"] == "ML"
    unknown = run("--language", "es", "concepts", "zzzz")
    assert (unknown.exit_code, unknown.stdout) == (0, "")
    assert "Ningún concepto" in unknown.stderr
    file = tmp_path / "concepts.ttl"
    assert f"{len(concepts())} " in run("--language", "en", "concepts", "--skos", str(file)).stdout
    assert "skos:Concept" in file.read_text(encoding="utf-8")
    assert run("concepts", "--skos", str(tmp_path / "concepts.doc")).exit_code == 2


def test_a_mark_before_the_printed_passage_is_not_printed(run: Run, tmp_path: Path) -> None:
    """Rich took a range before the text for one from its end, or did not return."""
    between = "El puerto recibe las mercancías y la aduana las registra en sus libros. " * 12
    text = f"El buque zarpó.\n{between}\nEl buque, la grúa y el astillero fueron asegurados por la capitanía.\n"
    (tmp_path / "acta.txt").write_text(text, encoding="utf-8")
    assert run("ingest", str(tmp_path / "acta.txt")).exit_code == 0
    hit = json.loads(run("search", "buque grúa astillero capitanía", "--json").stdout)["hits"][0]
    assert "zarpó" not in hit["snippet"]
    assert "grúa y el astillero" in run("search", "buque grúa astillero capitanía").stdout


@pytest.mark.parametrize(
    ("language", "yes", "told"), [("es", "s", "[s/N]"), ("fr", "o", "[o/N]"), ("en", "y", "[y/N]")]
)
def test_a_deletion_is_requested_and_answered_in_the_own_language(
    run: Run, tmp_path: Path, language: str, yes: str, told: str
) -> None:
    (tmp_path / "oficio.txt").write_text(f"Oficio {language}: solicita el embargo de la nave.", encoding="utf-8")
    assert run("ingest", str(tmp_path / "oficio.txt")).exit_code == 0
    document = json.loads(run("search", "embargo nave", "--json").stdout)["hits"][0]["document_id"]
    broken_off = run("--language", language, "delete", document)
    assert (broken_off.exit_code, told in broken_off.stdout, "Aborted" in broken_off.output) == (1, True, False)
    assert run("--language", language, "delete", document, given=f"{yes}\n").exit_code == 0
    with pytest.raises(RogatioError, match=r"indexing\.no_such_document"):
        run("show", document)


def test_a_port_that_is_taken_is_reported(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(RogatioError, match=r"app\.port_taken"):
        run("serve", "--port", str(taken.getsockname()[1]))


def test_a_corpus_that_cannot_be_written_is_reported(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(RogatioError, match=r"app\.file_not_written"):
        run("demo-corpus", str(tmp_path / "file" / "corpus"), "--documents", "1")


def test_a_report_has_one_of_the_four_languages(run: Run) -> None:
    result = run("matrix", "untoc-6", "--countries", "PE", "--output", "x.csv", "--report-language", "de")
    assert (result.exit_code, "es, pt, en, fr" in result.output) == (2, True)


RESULT = {"es": "1 resultado", "pt": "1 resultado", "en": "1 result", "fr": "1 résultat"}


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [
        ("es", "1 archivo: 1 indexado (0 ya lo estaban), 0 duplicados", "2 archivos: 1 indexado (1 ya lo estaba)"),
        ("pt", "1 arquivo: 1 indexado (0 já o estavam), 0 duplicados", "2 arquivos: 1 indexado (1 já o estava)"),
        ("en", "1 file: 1 indexed (0 already up to date), 0 duplicates", "2 files: 1 indexed (1 already up to date)"),
        ("fr", "1 fichier\u00a0: 1 indexé (0 l’était déjà), 0 doublon", "2 fichiers\u00a0: 1 indexé (1 l’était déjà)"),
    ],
)  # fmt: skip
def test_counts_of_an_ingest_agree_with_their_nouns(
    run: Run, tmp_path: Path, language: str, one: str, two: str
) -> None:
    (tmp_path / "oficio.txt").write_text(f"Oficio: solicita el embargo del yate Zorzal{language}.", encoding="utf-8")
    assert one in run("--language", language, "ingest", str(tmp_path / "oficio.txt")).output
    assert (
        run("--language", language, "search", f"Zorzal{language}", "--mode", "words").output.splitlines()[0]
        == RESULT[language]
    )
    (tmp_path / "vacio.txt").touch()
    report = run("--language", language, "ingest", str(tmp_path)).output
    assert two in report
