"""REST API: answers conform to the description, and every error has its code."""

import io
import re
import time
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from web_site import ids, installation, site

from app.api import description
from extraction.errors import LANGUAGES
from indexing.search.request import FACETS
from indexing.settings import Settings


@pytest.fixture(scope="module")
def app() -> Flask:
    return site(installation())


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def follows(answer: Any, name: str) -> None:
    """Check an answer against the schema of ``components`` that is called ``name``."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": description()["components"]}
    problems = [error.message for error in Draft202012Validator(schema).iter_errors(answer)]
    assert not problems, problems[:5]


def test_description_is_valid_openapi() -> None:
    validate(description())


def test_description_names_every_route_and_method(app: Flask) -> None:
    served = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule.removeprefix("/api/v1")), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("api.")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    reported = {
        (path, method) for path, item in description()["paths"].items() for method in item if method != "parameters"
    }
    assert served == reported


def test_description_names_the_facets() -> None:
    assert tuple(description()["components"]["schemas"]["FacetName"]["enum"]) == FACETS


def test_search(client: FlaskClient, app: Flask) -> None:
    answer = client.get("/api/v1/search?q=decomiso&facet=language&facet=jurisdiction").json
    follows(answer, "SearchResult")
    hit = answer["hits"][0]
    assert hit["source"] == "ley-15-2030.pdf"
    assert (hit["jurisdiction"], hit["unit"], hit["page"], hit["language"]) == ("ES", "art. 3", 2, "es")
    text = client.get(f"/api/v1/documents/{hit['document_id']}/text").json["text"]
    assert text[hit["snippet_start"] :].startswith(hit["snippet"])
    assert {text[start:end].lower() for start, end in hit["marks"]} == {"decomiso"}
    assert [value["value"] for value in answer["facets"]["language"] if value["count"]] == ["es"]
    beside = sum(value["beside"] for value in answer["facets"]["language"])
    assert beside == answer["by_names"] + answer["by_meaning"] > 0


def test_search_filters_and_pages(client: FlaskClient) -> None:
    every = client.get("/api/v1/search?limit=100").json
    assert every["total"] == len(every["hits"]) > 5
    seen, after = [], ""
    for _ in range(every["total"]):
        page = client.get(f"/api/v1/search?limit=2&after={after}").json
        seen += [(hit["document_id"], hit["unit"], hit["start"]) for hit in page["hits"]]
        after = page["after"]
        if not after:
            break
    assert len(seen) == len(set(seen)) == every["total"]
    only = client.get("/api/v1/search?limit=100&jurisdiction=ES&jurisdiction=PT").json
    assert {hit["jurisdiction"] for hit in only["hits"]} == {"ES", "PT"}


def test_document_and_its_parts(client: FlaskClient, app: Flask) -> None:
    for document in ids(app).values():
        result = client.get(f"/api/v1/documents/{document}").json
        follows(result, "Document")
        assert result["added"].endswith("+00:00")
        if result["status"] == "failed":
            assert client.get(f"/api/v1/documents/{document}/text").status_code == 409
            continue
        follows(client.get(f"/api/v1/documents/{document}/text").json, "Text")
        follows(client.get(f"/api/v1/documents/{document}/annotations").json, "Annotations")
        for unit in client.get(f"/api/v1/documents/{document}/structure").json["structure"]:
            follows(unit, "Unit")


def test_text_between_offsets(client: FlaskClient, app: Flask) -> None:
    address = f"/api/v1/documents/{ids(app)['judgment.txt']}/text"
    whole = client.get(address).json
    part = client.get(f"{address}?start=4&end=14").json
    assert part["text"] == whole["text"][4:14]
    assert part["length"] == len(whole["text"])
    assert client.get(f"{address}?start=5&end=5").json["text"] == ""
    refused = client.get(f"{address}?start=5&end=3")
    assert (refused.status_code, refused.json["code"]) == (422, "app.end_before_start")


def test_documents_page_by_page(client: FlaskClient, app: Flask) -> None:
    first = client.get("/api/v1/documents?limit=3").json
    rest = client.get(f"/api/v1/documents?after={first['after']}").json
    for document in (*first["documents"], *rest["documents"]):
        follows(document, "Document")
    assert {item["id"] for item in (*first["documents"], *rest["documents"])} == set(ids(app).values())
    assert rest["after"] == ""


def test_collections_and_status(client: FlaskClient) -> None:
    for collection in client.get("/api/v1/collections").json["collections"]:
        follows(collection, "Collection")
    result = client.get("/api/v1/status").json
    assert result["engine"] == "embedded"
    assert result["counts"]["indexed"] == 4


def test_upload_until_it_is_found(tmp_path: Any) -> None:
    app = site(Settings(home=tmp_path))
    app.extensions["jobs"].start()
    client = app.test_client()
    try:
        files = [
            (io.BytesIO(b"Act 5 of 2030\n\nSection 1. Confiscation of vessels."), "act.txt"),
            (io.BytesIO(b""), "e.pdf"),
        ]
        posted = client.post("/api/v1/jobs", data={"collection": "public", "files": files, "title": "Vessels Act"})
        assert posted.status_code == 202
        deadline = time.monotonic() + 120
        while not (job := client.get(posted.location).json)["finished"] and time.monotonic() < deadline:
            time.sleep(0.1)
        follows(job, "Job")
        assert {file["name"]: file["status"] for file in job["files"]} == {"act.txt": "indexed", "e.pdf": "failed"}
        assert next(file["message"] for file in job["files"] if file["status"] == "failed")
        assert client.get("/api/v1/search?q=vessels").json["hits"][0]["title"] == "Vessels Act"
        follows(client.get("/api/v1/jobs").json["jobs"][0], "Job")
    finally:
        app.extensions["jobs"].stop()


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/api/v1/nothing", 404, "app.not_found"),
        ("/api", 404, "app.not_found"),
        ("/api/v1/documents/0", 404, "indexing.no_such_document"),
        ("/api/v1/documents/0/text", 404, "indexing.no_such_document"),
        ("/api/v1/documents/../../etc/original", 404, "app.not_found"),
        ("/api/v1/jobs/0", 404, "app.no_such_job"),
        ("/api/v1/search?limit=0", 422, "app.bad_parameter"),
        ("/api/v1/search?limit=x", 422, "app.bad_parameter"),
        ("/api/v1/search?limit=101", 422, "app.bad_parameter"),
        ("/api/v1/compare?concept=ML&country=ZZ", 422, "indexing.no_such_filter_value"),
        ("/api/v1/compare/export?concept=ML&country=ES&country=ZZ", 422, "indexing.no_such_filter_value"),
        ("/api/v1/search?q=a&limt=3", 422, "app.unknown_parameter"),
        ("/api/v1/search?q=lavado&q=blanqueo", 422, "app.repeated_parameter"),
        ("/api/v1/search?q=lavado&limit=3&limit=5", 422, "app.repeated_parameter"),
        ("/api/v1/search?q=%FF%FE", 422, "app.damaged_parameter"),
        ("/api/v1/search?%FF=lavado", 422, "app.damaged_parameter"),
        ("/api/v1/documents?collection=corrupci%F3n", 422, "app.damaged_parameter"),
        ("/api/v1/documents/0?page=1", 422, "app.unknown_parameter"),
        ("/api/v1/search/export?q=a&background=later", 422, "app.bad_parameter"),
        ("/api/v1/search?sort=best", 422, "app.bad_parameter"),
        ("/api/v1/search?group_by=nothing", 422, "indexing.no_such_group"),
        ("/api/v1/search?after=zz", 404, "indexing.cursor_unreadable"),
        ("/api/v1/documents?after=zzz", 404, "indexing.cursor_unreadable"),
        ("/api/v1/documents?after=003dca189dbe382aabb09fa", 404, "indexing.cursor_unreadable"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_errors(client: FlaskClient, address: str, status: int, code: str, language: str) -> None:
    answer = client.get(address, headers={"Accept-Language": language})
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    follows(answer.json, "Problem")
    assert answer.json["code"] == code


def test_a_number_outside_its_range_is_answered_with_the_range(client: FlaskClient) -> None:
    title = client.get("/api/v1/search?limit=1000", headers={"Accept-Language": "en"}).json["title"]
    assert "from 1 to 100" in title


def test_errors_are_reported_in_the_language_requested(client: FlaskClient) -> None:
    titles = {
        code: client.get("/api/v1/nothing", headers={"Accept-Language": code}).json["title"] for code in LANGUAGES
    }
    assert len(set(titles.values())) == len(LANGUAGES)


@pytest.mark.parametrize("headers", [{}, {"Accept-Language": "de"}])
def test_errors_are_in_english_where_no_language_is_accepted(client: FlaskClient, headers: dict[str, str]) -> None:
    english = client.get("/api/v1/nothing", headers={"Accept-Language": "en"}).json["title"]
    assert client.get("/api/v1/nothing", headers=headers).json["title"] == english
    assert client.get("/", headers=headers).headers["Content-Language"] == "es"


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("pt-PT", "pt-PT"),
        ("pt-AO,pt;q=0.9", "pt-PT"),
        ("pt-MZ", "pt-PT"),
        ("pt-BR", "pt"),
        ("fr-CA,fr;q=0.9", "fr"),
        ("es-419", "es"),
        ("en-GB;q=0.8,fr;q=0.9", "fr"),
        ("de,en;q=0.5", "en"),
        ("zh-Hant", "es"),
        ("en;q=0,fr;q=0.1", "fr"),
    ],
)
def test_pages_are_in_the_best_language_that_a_browser_accepts(
    client: FlaskClient, accepted: str, language: str
) -> None:
    answer = client.get("/", headers={"Accept-Language": accepted})
    assert answer.headers["Content-Language"] == language
    assert f'lang="{language}' in answer.text
    assert {"Accept-Language", "Cookie"} <= set(answer.vary)


def test_static_files_are_the_same_for_everybody_and_not_sent_twice(client: FlaskClient) -> None:
    first = client.get("/static/rogatio.css")
    again = client.get("/static/rogatio.css", headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
    assert "Vary" not in first.headers
    assert "Vary" not in again.headers


def test_upload_without_files(client: FlaskClient) -> None:
    answer = client.post("/api/v1/jobs", data={"collection": "public"})
    assert (answer.status_code, answer.json["code"]) == (422, "app.no_files")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"collection": "../public"}, "app.bad_collection"),
        ({"collection": ""}, "app.no_collection"),
        ({}, "app.no_collection"),
        ({"collection": "public", "casefile": "7/2031"}, "app.unknown_parameter"),
        ({"collection": "public", "date": "yesterday"}, "indexing.unknown_value"),
        ({"collection": "public", "date": "2024-13-45"}, "indexing.unknown_value"),
        ({"collection": "public", "date": "2999-01-31"}, "indexing.date_in_future"),
        ({"collection": "public", "document_type": "poem"}, "indexing.unknown_value"),
        ({"collection": "public", "jurisdiction": "Atlantis"}, "indexing.unknown_value"),
    ],
)
def test_upload_with_what_cannot_be(client: FlaskClient, said: dict[str, str], code: str) -> None:
    answer = client.post("/api/v1/jobs", data={"files": (io.BytesIO(b"x"), "x.txt"), **said})
    assert (answer.status_code, answer.json["code"]) == (422, code)


def test_words_that_look_alike_are_explained_in_the_language_of_the_request(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=decomiso", headers={"Accept-Language": "fr"}).json
    follows(answer, "SearchResult")
    (reported,) = answer["false_friends"]
    assert reported["term"] == "decomiso"
    assert "confiscation définitive" in reported["note"]
    assert {"concept": "confiscation", "name": "Confiscation"} in reported["readings"]
    assert client.get("/api/v1/search?q=bienes").json["false_friends"] == []


def test_concepts_are_listed_found_and_shown(client: FlaskClient) -> None:
    every = client.get("/api/v1/concepts").json["concepts"]
    assert len(every) > 390
    found = client.get("/api/v1/concepts?q=blanchiment", headers={"Accept-Language": "pt"}).json["concepts"]
    assert (found[0]["id"], found[0]["name"]) == ("ML", "Lavagem de dinheiro")
    one = client.get("/api/v1/concepts/ML?country=MX").json
    follows(one, "Concept")
    assert one["names"]["es"][0] == "operaciones con recursos de procedencia ilícita"
    assert one["occurrences"]["total"] >= 2
    assert one["eurovoc"]["exact"] == ["http://eurovoc.europa.eu/5465"]
    assert client.get("/api/v1/concepts/NONE").status_code == 404


@pytest.mark.parametrize(("form", "kind"), [("turtle", "text/turtle"), ("json-ld", "application/ld+json")])
def test_concepts_as_skos(client: FlaskClient, form: str, kind: str) -> None:
    answer = client.get(f"/api/v1/concepts/skos?format={form}")
    assert answer.mimetype == kind
    assert "lavado de activos" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("method", "address", "body", "status", "code"),
    [
        ("get", "/search?q=x&query_language=la", None, 422, "app.bad_parameter"),
        ("get", "/search?q=x&facet=colour", None, 422, "app.bad_parameter"),
        ("get", "/search?q=%00", None, 400, "app.bad_request"),
        ("get", "/concepts?query_language=la", None, 422, "app.bad_parameter"),
        ("get", "/concepts?limit=x", None, 422, "app.bad_parameter"),
        ("get", "/documents?status=lost", None, 422, "app.bad_parameter"),
        ("get", "/documents?document_type=poem", None, 422, "app.bad_parameter"),
        ("get", "/compare?q=x&most=x", None, 422, "app.bad_parameter"),
        ("get", "/compare?q=x&most=6", None, 422, "app.bad_parameter"),
        ("get", f"/entities/0?start={10**30}", None, 422, "app.bad_parameter"),
        ("post", "/documents/0/corrections", b'{"field": "title", "value": "x"}', 404, "indexing.no_such_document"),
        ("delete", "/documents/0", None, 404, "indexing.no_such_document"),
        ("post", "/rooms", b"", 422, "app.bad_body"),
        ("post", "/rooms", b'{"a":' * 20_000, 422, "app.bad_body"),
        ("post", "/rooms", b'{"name": "\xff\xfe"}', 422, "app.bad_body"),
        ("post", "/rooms", b'{"name": "\\u0000", "question": {"concept": "ML"}}', 422, "app.bad_body"),
        ("put", "/documents/0", None, 405, "app.method_not_allowed"),
    ],
)
def test_what_is_not_as_the_description_says_is_refused(
    client: FlaskClient, method: str, address: str, body: bytes | None, status: int, code: str
) -> None:
    answer = client.open(f"/api/v1{address}", method=method, data=body, content_type="application/json")
    assert (answer.status_code, answer.json["code"]) == (status, code)


@pytest.mark.parametrize(
    ("address", "media_type", "status"),
    [
        ("rooms", "application/json; charset=utf-8", 201),
        ("rooms", "", 415),
        ("rooms", "text/plain", 415),  # which a form of another site could send
        ("rooms", "application/x-www-form-urlencoded", 415),
        ("jobs", "application/json", 415),
        ("jobs", "application/x-www-form-urlencoded", 422),
    ],
)
def test_a_body_of_another_type_is_refused(client: FlaskClient, address: str, media_type: str, status: int) -> None:
    headers = {"Content-Type": media_type} if media_type else {}
    body = b'{"name": "x", "question": {"concept": "ML"}}'
    answer = client.post(f"/api/v1/{address}", data=body, headers=headers)
    assert answer.status_code == status
    if status == 415:
        assert answer.json["code"] == "app.unexpected_media_type"


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("search?q=x", "rogatio.json"),
        ("documents/0", "rogatio.json"),
        ("concepts/skos?format=turtle", "rogatio.ttl"),
        ("search/export?q=x&format=csv", "csv"),
    ],
)
def test_an_answer_is_kept_as_a_file_and_never_shown(client: FlaskClient, address: str, name: str) -> None:
    disposition = client.get(f"/api/v1/{address}").headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename=")
    assert name in disposition


def test_another_method_is_answered_with_the_options(client: FlaskClient) -> None:
    assert set(client.post("/api/v1/search").headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (b"{", "JSON"),
        (b'{"name": "x"}', "question"),
        (b'{"name": 3, "question": {}}', "name"),
        (b'{"name": "x", "question": {"citations": [1]}}', "question.citations[0]"),
        (b'{"name": "x", "question": {"concept": "ML"}, "nane": "y"}', "nane"),
        (b'{"name": "x", "question": {"concept": "ML", "cuntry": ["UY"]}}', "question.cuntry"),
    ],
)
def test_an_invalid_body_is_reported_where(client: FlaskClient, body: bytes, place: str) -> None:
    headers = {"Accept-Language": "en", "Content-Type": "application/json"}
    reported = client.post("/api/v1/rooms", data=body, headers=headers).json["title"]
    assert f"(place: {place})" in reported


def test_numbers_that_no_record_has_are_not_there(client: FlaskClient) -> None:
    room = client.post("/api/v1/rooms", json={"name": "x", "question": {"concept": "ML"}}).json["id"]
    for address in (f"versions/{10**30}", f"versions/{2**31}", f"versions/{10**30}/changes"):
        assert client.get(f"/api/v1/rooms/{room}/{address}").status_code == 404
    assert client.get(f"/api/v1/rooms/{room}/export?version={10**30}").json["code"] == "app.bad_parameter"
    assert client.get(f"/api/v1/rooms/{room}/export?version=first").json["code"] == "app.bad_parameter"
    assert client.get(f"/rooms/{room}/export?version={10**30}").status_code == 404
    assert client.delete(f"/api/v1/rooms/{room}/comments/{10**30}").json["code"] == "indexing.no_such_comment"
    stated = client.post(f"/api/v1/rooms/{room}/comments", json={"text": "x", "parent": 10**30})
    assert (stated.status_code, stated.json["code"]) == (422, "app.bad_body")
    assert client.delete(f"/api/v1/rooms/{room}").status_code == 204


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_help_page_leads_to_the_description(client: FlaskClient, language: str) -> None:
    assert 'href="/api/v1/openapi.json"' in client.get(f"/help?ui={language}").text
