"""The web application through Flask's client: every page in four languages, every state a URL, no leaks."""

import io
import re
import time
import zipfile
from collections.abc import Iterator
from html import unescape
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlencode

import pytest
from desk import Desk
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from web_site import ids, installation, site, write_files

from app.document_kinds import kind_of
from app.documents.sheets import MAX_LENGTH, sheets
from app.help.page import examples
from app.labels import cited_in
from app.marked_text import pieces
from app.search.page import state_from
from app.web import create_app, warm_up
from app.wording import VARIETIES
from extraction.document import Block, BlockKind, Document, Page
from extraction.errors import LANGUAGES, RogatioError
from extraction.resource import load
from indexing.access import LOCAL_USER, Principal
from indexing.ingest.ingest import ingest
from indexing.installation import open_installation
from indexing.settings import Settings
from nlp.pattern_bank import load_bank

pytestmark = pytest.mark.workers

APP = Path(__file__).parent.parent / "app"
QUOTING = """# Ley 7/2021 sobre la cooperación con Francia

## Artículo 1. Objeto.

La presente ley aprueba el acuerdo con la República Francesa y las disposiciones que figuran a continuación, que se \
aplicarán a las solicitudes de asistencia que se presenten desde el día de su entrada en vigor. Las autoridades \
competentes se comunicarán directamente entre sí y tramitarán las solicitudes con la mayor brevedad, conforme a su \
propio derecho y a lo que disponga el acuerdo, y darán cuenta de lo actuado a la autoridad central.

## Artículo 2. Texto.

Le blanchiment est le fait de faciliter, par tout moyen, la justification mensongère de l'origine des biens ou des \
revenus de l'auteur d'un crime ou d'un délit ayant procuré à celui-ci un profit direct ou indirect. Constitue \
également un blanchiment le fait d'apporter un concours à une opération de placement.
"""
STRANGER = Principal("stranger")
READER = Principal("reader", frozenset({"public"}))


@pytest.fixture(scope="module")
def app() -> Flask:
    return site(installation())


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def text_of(client: FlaskClient, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.text[:400])
    return answer.text


def test_what_names_a_hit_is_in_the_language_of_its_law_also_where_its_words_are_not(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.bring("ley.md", QUOTING, jurisdiction="ES", document_type="statute")
    client = site(desk.installation.settings).test_client()
    shown = text_of(client, "/?q=blanchiment&mode=words&ui=en")
    assert '<span class="pinpoint" lang="es">art. 2</span>' in shown
    assert '<blockquote lang="fr">' in shown
    desk.installation.close()


# --- languages


@pytest.mark.parametrize(
    ("address", "headers", "language"),
    [
        ("/?ui=pt", {}, "pt"),
        ("/?ui=pt-PT", {}, "pt-PT"),
        ("/", {"Accept-Language": "pt-PT, pt;q=0.8"}, "pt-PT"),
        ("/", {"Accept-Language": "pt-BR, pt;q=0.8"}, "pt"),
        ("/", {"Accept-Language": "fr-BE,fr;q=0.9,en;q=0.5"}, "fr"),
        ("/", {"Accept-Language": "de"}, "es"),
        ("/?ui=xx", {"Accept-Language": "en-GB"}, "en"),
    ],
)
def test_language_of_the_interface(client: FlaskClient, address: str, headers: dict[str, str], language: str) -> None:
    assert f'<html lang="{language}">' in client.get(address, headers=headers).text


def test_language_is_remembered_and_the_switch_keeps_the_state(client: FlaskClient) -> None:
    page = text_of(client, "/?q=blanqueo&jurisdiction=ES&ui=fr")
    assert re.search(r'href="/\?q=blanqueo&amp;jurisdiction=ES&amp;ui=pt" lang="pt"', page)
    assert '<html lang="fr">' in text_of(client, "/help")


PAGES = ("/", "/?q=blanqueo", "/?q=zzzzqqq", "/documents", "/upload", "/jobs/", "/help", "/concepts/", "/concepts/ML")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", PAGES)
def test_page_in_each_language(client: FlaskClient, address: str, language: str) -> None:
    page = text_of(client, f"{address}{'&' if '?' in address else '?'}ui={language}")
    assert f'<html lang="{language}">' in page
    assert page.count("<h1") == 1
    assert "style=" not in page
    assert not re.findall(r"<script(?![^>]*src=)|\son\w+=", page)
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)


# --- search


@pytest.mark.parametrize(
    ("identifier", "words"),
    [
        ("ref:br:lei:10275#art-2", "art. 2, Ley (lei) 10275"),
        ("ref:es:lo:60:2017#art-4", "art. 4, Ley orgánica 60/2017"),
        ("ref:pe:dleg:1106", "DLEG 1106"),
        ("ref:fr:code:penal#art-432-11", "art. 432-11, Code pénal"),
        ("ref:fr:code:procedure-penale#art-694", "art. 694, Code de procédure pénale"),
        ("ref:fr:code:procedure-fiscale", "Code procédure fiscale"),  # not listed: its words
        ("ref:es:lo:10:1995#art-286-ter", "art. 286 ter, Código Penal"),
        ("ref:mx:codigo:penal-federal", "Código Penal Federal"),
        ("ref:br:constituicao#art-5", "art. 5, Constituição Federal"),
        ("ref:in:code:criminal-procedure:1973", "Code of Criminal Procedure"),
        ("ecli:fr:ccass:2019:cr00001", "ecli:fr:ccass:2019:cr00001"),
    ],
)
def test_a_reason_names_a_citation_in_words(identifier: str, words: str) -> None:
    assert cited_in("es", identifier) == words


@pytest.mark.parametrize(
    ("query", "field", "chip"),
    [
        ("blanqueo de capitales", "concept", "Blanqueo de capitales"),
        ("art. 1 Ley 15/2030", "citation", "art. 1 Ley 15/2030"),
    ],
)
def test_what_was_recognised_in_a_query_can_be_taken_away(
    client: FlaskClient, query: str, field: str, chip: str
) -> None:
    page = html.fromstring(client.get("/", query_string={"q": query, "ui": "es"}).data)
    (link,) = page.xpath(f"//section[@class='chosen']//a[contains(@href, 'as_words={field}')]")
    assert " ".join(link.text_content().split()).endswith(chip)
    without = html.fromstring(client.get(link.get("href")).data)
    assert without.xpath("//*[@id='hit-1']")
    assert not without.xpath(
        f"//section[@class='chosen']//a[contains(., '{chip}')][contains(@href, 'as_words={field}')]"
    )


def test_an_abbreviation_is_spelled_out_in_the_language_of_the_reader(client: FlaskClient) -> None:
    page = html.fromstring(client.get("/", query_string={"q": "BC/FT", "ui": "pt-PT"}).data)
    (link,) = page.xpath("//section[@class='chosen']//a[contains(@href, 'as_words=abbreviation')]")
    chip = " ".join(link.text_content().split())
    assert chip.endswith("BC/FT: branqueamento de capitais; financiamento do terrorismo")


@pytest.mark.parametrize(
    ("query", "language", "sentence"),
    [
        ("decomiso de bienes", "es", "Legislación: textos vigentes hoy"),
        ("decomiso de bienes en 1980", "es", "ningún texto que conste vigente en 1980"),
        ("confiscation of assets in 1980", "en", "no text known to have been in force in 1980"),
        ("confiscation au 1er mars 1980", "fr", "aucun texte dont on sache qu’il était en vigueur au 1er mars 1980"),
        ("perda de bens em março de 1980", "pt", "nenhum texto que conste em vigor em março de 1980"),
    ],
)
def test_the_page_says_of_which_day_the_law_is(client: FlaskClient, query: str, language: str, sentence: str) -> None:
    page = html.fromstring(client.get("/", query_string={"q": query, "ui": language}).data)
    (said,) = page.find_class("as-of")
    assert sentence in said.text_content()
    answered = client.get("/api/v1/search", query_string={"q": query}, headers={"Accept-Language": language}).json
    assert sentence in answered["in_force_message"]


def test_a_bare_year_is_offered_as_the_time_of_the_law(client: FlaskClient) -> None:
    page = html.fromstring(client.get("/?q=decomiso+1980&ui=en").data)
    (link,) = page.xpath("//section[@class='chosen']//a[contains(@href, 'in_force=1980')]")
    assert "law in force then (1980)" in link.text_content()
    assert client.get("/api/v1/search?q=decomiso+1980").json["in_force_offered"] == "1980"


def test_hit_says_where_it_is_and_why(client: FlaskClient) -> None:
    page = text_of(client, "/?q=decomiso+bienes&ui=en")
    assert "<mark>decomiso</mark>" in page
    assert re.search(r'<blockquote lang="es">', page)
    assert re.search(r'<span class="pinpoint" lang="es">art\. 3</span>', page)
    assert "Found by" in page
    assert "page 2" in page


def test_states_are_links(client: FlaskClient) -> None:
    page = text_of(client, "/?q=blanqueo+OR+branqueamento+OR+laundering&language=es&ui=en")
    assert "language=es" not in re.search(r'<section class="chosen".*?</section>', page, re.S)[0].split("href=")[1]
    facet = re.search(r"<h3>Language</h3>.*?</details>", page, re.S)[0]
    assert "Portuguese" in facet, "a facet leaves out its own filter"
    assert 'aria-current="true"' in facet


@pytest.mark.parametrize("group", ["document", "jurisdiction", "language", "document_type"])
def test_groups(client: FlaskClient, group: str) -> None:
    assert 'class="group"' in text_of(client, f"/?q=blanqueo&group={group}")


def test_nothing_found_says_so(client: FlaskClient) -> None:
    page = text_of(client, "/?q=xylophonist&ui=en")
    assert "Nothing found" in page


def test_citation_that_is_not_stored_is_reported(client: FlaskClient) -> None:
    page = text_of(client, "/?q=BOE-A-1995-25444&ui=en")
    assert "not in the collection" in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("art. 301 Código Penal de Kazajistán", "is a citation: Criminal Code, art. 301, Kazakhstan"),
        ("decreto 1/2020", "Decree 1 (2020)"),
        ("BOE-A-1995-25444", "BOE reference BOE-A-1995-25444"),
        ("section 327 POCA 2002", "Proceeds of Crime Act 2002, section 327, United Kingdom"),
        ("section 5 Theft Act 1968", "Theft Act 1968, section 5, United Kingdom"),
    ],
)
def test_a_citation_that_is_not_stored_is_named_in_words(client: FlaskClient, query: str, words: str) -> None:
    page = " ".join(text_of(client, "/?" + urlencode({"q": query, "ui": "en"})).split())
    assert words in page
    assert "check digits" not in page, "none of these has any"


def test_every_type_of_citation_has_a_name_or_is_an_abbreviation() -> None:
    named = load("app.labels")["citation"]
    rules = (*load_bank("citations", "laws", "gazettes").rules, *load_bank("cases", "cases").rules)
    types = {rule.type.split(":")[2] if rule.type.startswith("ref:") else rule.type for rule in rules}
    unnamed = {code for code in types if code.partition(":")[0] not in named}
    assert {code for code in unnamed if len(code) > 5} == set()


def test_filters_of_a_query_are_named_in_words(client: FlaskClient) -> None:
    page = text_of(client, "/?q=country:Spain+blanqueo&ui=en")
    assert "only Country: Spain" in page
    assert "There is no value" not in page
    assert "There is no value “Atlantis” for the filter Country." in text_of(client, "/?q=country:Atlantis&ui=en")


def test_a_name_is_shown_as_it_was_written(client: FlaskClient) -> None:
    page = text_of(client, "/?" + urlencode({"q": "O'Neill, Sean", "ui": "en"}))
    assert "O&#39;Neill, Sean" in re.search(r'<section class="chosen".*?</section>', page, re.S)[0].split("title=")[0]


def test_a_citation_alone_that_is_not_stored_says_what_to_do(client: FlaskClient) -> None:
    page = text_of(client, "/?q=STS+507/2020&ui=en")
    assert "STS 507" in page.split("is a citation:")[1]
    assert "upload it" in page
    assert "Fewer words" not in page


def test_query_is_escaped(client: FlaskClient) -> None:
    page = text_of(client, "/?q=<script>alert(1)</script>")
    assert "<script>alert" not in page


def test_query_that_is_too_long_is_refused_in_words(client: FlaskClient) -> None:
    assert "indexing.query_too_long" in text_of(client, "/?q=" + "a" * 5000, 422)


@pytest.mark.parametrize("arguments", ["sort=worst", "group=nothing", "first=-5", "first=x", "after=zz", "language="])
def test_addresses_that_mean_nothing(client: FlaskClient, arguments: str) -> None:
    assert client.get(f"/?q=blanqueo&{arguments}").status_code in {200, 404, 422}


def test_empty_installation_says_what_to_do(tmp_path: Path) -> None:
    page = text_of(site(Settings(home=tmp_path)).test_client(), "/?ui=en")
    assert "rogatio ingest" in page
    assert 'href="/upload"' in page


def test_state_round_trip(app: Flask) -> None:
    with app.test_request_context(
        "/?q=a+b&jurisdiction=ES&jurisdiction=FR&sort=newest&group=document&after=ff&first=11"
    ):
        from flask import request

        state = state_from(request.args)
        assert state.filters == {"jurisdiction": ("ES", "FR")}
        assert state.url() == "/?q=a+b&group=document&after=ff&jurisdiction=ES&jurisdiction=FR&sort=newest&first=11"
        assert state.toggled("jurisdiction", "ES").filters == {"jurisdiction": ("FR",)}
        assert "after" not in state.toggled("jurisdiction", "ES").url()


# --- document


def test_document_page_has_marks_on_text_and_image(client: FlaskClient, app: Flask) -> None:
    page = text_of(client, f"/documents/{ids(app)['ley-15-2030.pdf']}?q=decomiso&page=2&ui=en")
    assert '<mark id="hit" class="now">Decomiso</mark>' in page
    assert page.count('class="hit-box"') >= 2
    assert "Artículo 1" not in re.search(r'<section class="page-text".*?</section>', page, re.S)[0], (
        "another page's text"
    )
    assert "Page 2 of 2" in page


def test_hits_lead_from_page_to_page(client: FlaskClient, app: Flask) -> None:
    document = ids(app)["ley-15-2030.pdf"]
    page = text_of(client, f"/documents/{document}?q=decomiso&ui=en")
    following = re.search(r'href="([^"]+)">↓<span class="unseen"> Next match', page)[1].replace("&amp;", "&")
    assert "Page 2 of 2" in text_of(client, following.partition("#")[0])
    assert "Previous match" in text_of(client, following.partition("#")[0])


def test_citation_of_a_place(client: FlaskClient, app: Flask) -> None:
    page = text_of(client, f"/documents/{ids(app)['ley-15-2030.pdf']}?q=decomiso&page=2&ui=en")
    cited = re.search(r'id="citation"[^>]*>([^<]+)<', page)[1]
    assert "art. 3" in cited
    assert "p. 2" in cited


def test_kinds_are_switched_on_and_off(client: FlaskClient, app: Flask) -> None:
    address = f"/documents/{ids(app)['judgment.txt']}?kinds=1"
    assert (
        'class="entity' not in re.search(r'<section class="page-text".*?</section>', text_of(client, address), re.S)[0]
    )
    shown = text_of(client, f"{address}&show=OFFENCE")
    assert 'class="entity' in re.search(r'<section class="page-text".*?</section>', shown, re.S)[0]


def test_page_image(client: FlaskClient, app: Flask) -> None:
    document = ids(app)["ley-15-2030.pdf"]
    answer = client.get(f"/documents/{document}/pages/1.webp?width=400")
    assert answer.status_code == 200
    assert answer.data[:4] == b"RIFF"
    assert "private" in answer.headers["Cache-Control"]
    assert client.get(f"/documents/{document}/pages/9.webp").status_code == 404
    assert client.get(f"/documents/{ids(app)['judgment.txt']}/pages/1.webp").status_code == 404


def test_original_is_never_shown_by_the_browser(client: FlaskClient, app: Flask) -> None:
    answer = client.get(f"/documents/{ids(app)['demande.html']}/original")
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert b"ENTRAIDE" in answer.data


def test_an_original_without_bytes_is_not_found(tmp_path: Path) -> None:
    """A damaged member of an archive has none of its own; the bytes of the other file were removed from the disk."""
    desk, package = Desk(tmp_path), tmp_path / "case.zip"
    with zipfile.ZipFile(package, "w") as written:
        written.writestr("../outside.txt", "A member whose name leads outside.")
    ingest(desk.installation, [package, desk.write("letter.txt", "A letter.")], workers=1)
    app = site(Settings(tmp_path / "home"))
    documents = desk.store.every_document(desk.store.access(LOCAL_USER))
    held = {one.source: one for one in documents if one.source != "case.zip"}
    assert not held["outside.txt"].sha256
    desk.store.originals.path(held["letter.txt"].sha256).unlink()
    client = app.test_client()
    for one in held.values():
        for language in LANGUAGES:
            page = client.get(f"/documents/{one.id}/original?ui={language}")
            assert page.status_code == 404
            assert RogatioError("indexing.no_original").sentence(language) in unescape(page.text)
        assert client.get(f"/api/v1/documents/{one.id}/original").json["code"] == "indexing.no_original"
    assert "/original" not in text_of(client, f"/documents/{held['outside.txt'].id}")


def test_unread_document_says_why(client: FlaskClient, app: Flask) -> None:
    page = text_of(client, f"/documents/{ids(app)['broken.pdf']}?ui=en")
    assert "could not be read" in page
    assert "extraction." in page


def test_law_is_marked_with_its_language(client: FlaskClient, app: Flask) -> None:
    page = text_of(client, f"/documents/{ids(app)['demande.html']}?ui=en")
    assert '<h1 lang="fr">' in page
    assert re.search(r'<p id="b\d+" lang="fr"', page)


@pytest.mark.parametrize(
    "arguments", ["page=99", "page=-1", "page=x", "at=999999", "at=-5", "show=NOTHING&kinds=1", "q=%22"]
)
def test_places_that_are_not_there(client: FlaskClient, app: Flask, arguments: str) -> None:
    text_of(client, f"/documents/{ids(app)['ley-15-2030.pdf']}?{arguments}")


def test_long_text_without_pages_comes_in_parts() -> None:
    paragraph = "x" * 999 + "\n"
    blocks = tuple(Block(n * 1000, n * 1000 + 999, BlockKind.PARAGRAPH) for n in range(30))
    document = Document(paragraph * 30, (Page(1, 0, 30_000),), blocks, "text/plain", "test@1")
    found = sheets(document)
    assert len(found) > 3
    assert [found[0].start, found[-1].end] == [0, 30_000]
    assert all(left.end == right.start for left, right in pairwise(found))
    assert max(sheet.end - sheet.start for sheet in found) <= MAX_LENGTH + 1000


def test_pieces_cut_at_every_edge() -> None:
    found = pieces("abcdefgh", 10, hits=[(12, 14)], doubtful=[(13, 16)])
    assert [(piece.text, bool(piece.hit), piece.doubtful) for piece in found] == [
        ("ab", False, False),
        ("c", True, False),
        ("d", True, True),
        ("ef", False, True),
        ("gh", False, False),
    ]


# --- access


def all_addresses(app: Flask) -> Iterator[str]:
    """Yield the address of everything that belongs to one authority's document, and of all that counts or lists."""
    document = ids(app)["demande.html"]
    yield from (f"/documents/{document}", f"/documents/{document}/original", f"/documents/{document}/pages/1.webp")
    for part in ("", "/text", "/annotations", "/structure", "/original", "/pages/1.webp"):
        yield f"/api/v1/documents/{document}{part}"


@pytest.mark.parametrize("principal", [STRANGER, READER], ids=lambda principal: principal.id)
def test_document_of_others_is_not_there(app: Flask, principal: Principal) -> None:
    other = site(installation(), principal).test_client()
    for address in all_addresses(app):
        hidden, missing = other.get(address), other.get(re.sub(r"[0-9a-f]{24}", "0" * 24, address))
        assert (hidden.status_code, missing.status_code) == (404, 404), address
        assert "demande" not in hidden.text.lower()
    posted = other.post(f"/documents/{ids(app)['demande.html']}/corrections", data={"title": "x"})
    assert posted.status_code in {400, 404}


@pytest.mark.parametrize(
    "address",
    [
        "/?q=blanchiment",
        "/?q=blanchiment&collection=lyon",
        "/?collection=lyon",
        "/documents",
        "/documents?collection=lyon",
        "/documents?case_file=CRI+12/2030",
        "/upload",
        "/jobs/",
        "/concepts/",
        "/concepts/DRUG",
        "/api/v1/search?q=blanchiment&facet=language&facet=offence",
        "/api/v1/documents",
        "/api/v1/collections",
        "/api/v1/documents?collection=lyon",
        "/api/v1/status",
    ],
)
def test_nothing_reveals_the_files_of_others(address: str) -> None:
    for principal in (STRANGER, READER):
        answer = site(installation(), principal).test_client().get(address)
        assert answer.status_code == 200
        body = re.sub(r'value="[^"]*"|href="[^"]*"', "", answer.text).replace("lyon", "", address.count("lyon"))
        assert not re.search(r"demande|CRI 12|Élodie|MARTIN|Lyon|stupéfiants sur un compte", body), (
            principal.id,
            address,
        )


def test_counts_are_those_of_who_asks() -> None:
    counts = {
        p.id: site(installation(), p).test_client().get("/api/v1/status").json["counts"] for p in (STRANGER, READER)
    }
    assert counts["stranger"].get("indexed", 0) == 0
    assert counts["reader"]["indexed"] == 3
    assert counts["reader"]["failed"] == 1


def test_persons_are_named_only_in_the_files_of_an_authority(app: Flask, client: FlaskClient) -> None:
    labels = {
        name: {span["label"] for span in client.get(f"/api/v1/documents/{ids(app)[name]}/annotations").json["spans"]}
        for name in ("demande.html", "judgment.txt", "ley-15-2030.pdf")
    }
    assert "PERSON" not in labels["judgment.txt"] | labels["ley-15-2030.pdf"]
    assert labels["demande.html"]


# --- security


@pytest.mark.parametrize("address", ["/", "/?q=blanqueo", "/nope", "/static/rogatio.css", "/api/v1/status"])
def test_headers(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_pages_are_not_kept_by_the_browser(client: FlaskClient) -> None:
    assert client.get("/?q=blanqueo").headers["Cache-Control"] == "private, no-store"


def test_forms_need_their_token(client: FlaskClient, app: Flask) -> None:
    answer = client.post("/upload?ui=en", data={"collection": "public", "files": (io.BytesIO(b"x"), "x.txt")})
    assert answer.status_code == 400
    assert "app.stale_form" in answer.text
    document = ids(app)["judgment.txt"]
    assert client.post(f"/documents/{document}/corrections", data={"title": "x"}).status_code == 400


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}]
)
def test_other_sites_may_change_nothing(client: FlaskClient, headers: dict[str, str]) -> None:
    answer = client.post("/api/v1/jobs", data={"files": (io.BytesIO(b"x"), "x.txt")}, headers=headers)
    assert answer.status_code == 403
    assert answer.json["code"] == "app.forbidden"


def test_foreign_host_names_are_refused(client: FlaskClient) -> None:
    assert client.get("/", headers={"Host": "rebound.example"}).status_code == 400


def test_key_is_the_owners_alone() -> None:
    path = installation().home / "secret_key"
    assert path.stat().st_mode & 0o077 == 0
    assert len(path.read_text()) == 64


@pytest.mark.parametrize("language", LANGUAGES)
def test_errors_have_code_and_sentence(client: FlaskClient, language: str) -> None:
    page = text_of(client, f"/nowhere?ui={language}", 404)
    assert "<code>app.not_found</code>" in page
    assert client.delete("/").status_code == 405


# --- upload and jobs


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Flask]:
    """An installation of its own whose consumer runs."""
    app = site(Settings(home=tmp_path / "home"))
    app.extensions["jobs"].start()
    yield app
    app.extensions["jobs"].stop()


def token(client: FlaskClient, address: str) -> str:
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(address).text)[1]


def finished(client: FlaskClient, address: str) -> str:
    for _ in range(600):
        page = client.get(address).text
        if "<progress" not in page:
            return page
        time.sleep(0.1)
    raise AssertionError("the job did not end")


def test_upload_job_report_and_document(workshop: Flask, tmp_path: Path) -> None:
    folder = write_files(tmp_path / "in")
    client = workshop.test_client()
    names = ("public/ley-15-2030.pdf", "public/judgment.txt", "public/broken.pdf")
    files = [(io.BytesIO((folder / name).read_bytes()), name.rpartition("/")[2]) for name in names]
    data = {"csrf_token": token(client, "/upload?ui=en"), "collection": "Published law and judgments ", "files": files}
    posted = client.post("/upload", data=data)
    assert posted.status_code == 302, posted.text
    page = finished(client, posted.location)
    assert "2 files read, 1 failed." in page
    report = client.get(posted.location + ".csv").get_data(as_text=True)
    rows = report.lstrip("\ufeff").splitlines()
    assert len(rows) == 4
    assert any("broken.pdf,failed,extraction." in row for row in rows)
    assert "art. 3" in client.get("/?q=decomiso").text
    assert not list((tmp_path / "home" / "uploads").iterdir()), "staged files are gone"


def processed(client: FlaskClient, document: str) -> None:
    """Wait until the correction of a document is in the index."""
    for _ in range(600):
        if not client.get(f"/api/v1/documents/{document}").json["is_pending"]:
            return
        time.sleep(0.1)
    raise AssertionError("the correction is still pending")


def test_corrections_survive(workshop: Flask, tmp_path: Path) -> None:
    folder = write_files(tmp_path / "in")
    installation = workshop.extensions["installation"]
    ingest(installation, [folder / "public" / "judgment.txt"])
    document, client = ids(workshop)["judgment.txt"], workshop.test_client()
    data = {
        "csrf_token": token(client, f"/documents/{document}?ui=en"),
        "title": "The State v. Doe",
        "document_type": "judgment",
        "jurisdiction": "IE",
        "date": "2019-03-12",
        "page": "1",
    }
    assert client.post(f"/documents/{document}/corrections", data=data).status_code == 302
    page = client.get(f"/documents/{document}").text
    assert "The State v. Doe" in page
    assert "Ireland" in page
    processed(client, document)
    hit = client.get("/api/v1/search?q=laundering&jurisdiction=IE").json["hits"][0]
    assert hit["title"] == "The State v. Doe"
    bad = {**data, "date": "yesterday"}
    assert "indexing.unknown_value" in client.post(f"/documents/{document}/corrections", data=bad).text
    early = {**data, "date": "2999-03-12"}
    assert "2999-03-12" in client.post(f"/documents/{document}/corrections", data=early).text


def test_restart_continues_with_what_was_left(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    stopped = site(settings)
    client = stopped.test_client()
    answer = client.post(
        "/api/v1/jobs", data={"collection": "public", "files": (io.BytesIO(b"Article 1\nNothing."), "a.txt")}
    )
    job = answer.location
    assert client.get(job).json["finished"] is None
    again = site(settings)
    again.extensions["jobs"].start()
    try:
        finished(again.test_client(), "/jobs/" + answer.json["id"])
        result = again.test_client().get(job).json
        assert [file["status"] for file in result["files"]] == ["indexed"]
    finally:
        again.extensions["jobs"].stop()


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\dir\\a.txt", "=cmd().txt", "ñandú «á».txt"])
def test_names_of_files_are_only_names(workshop: Flask, tmp_path: Path, name: str) -> None:
    client = workshop.test_client()
    data = {"collection": "public", "files": (io.BytesIO(b"Article 1\nText."), name)}
    job = client.post("/api/v1/jobs", data=data).json["id"]
    finished(client, f"/jobs/{job}")
    result = client.get(f"/api/v1/jobs/{job}").json["files"][0]["name"]
    assert "/" not in result
    assert "\\" not in result
    report = client.get(f"/jobs/{job}.csv").get_data(as_text=True)
    assert "\n=" not in report
    assert {path.name for path in tmp_path.iterdir()} == {"home"}


def test_a_job_says_what_is_doubtful_and_of_what_a_file_is_a_copy(workshop: Flask) -> None:
    client = workshop.test_client()
    law = b"# Ley de naves\n\nArt\xc3\xadculo 1. Decomiso de naves."
    for name in ("first.md", "copy.md"):
        data = {"collection": "copies", "files": (io.BytesIO(law), name)}
        job = client.post("/api/v1/jobs", data=data).json["id"]
        finished(client, f"/jobs/{job}")
        page = unescape(client.get(f"/jobs/{job}?ui=en").text)
        assert ("the country was not recognised" in page) == (name == "first.md")
    original = re.search(r'already here as: <a href="(/documents/\w+)"[^>]*>first.md</a>', page)
    assert original
    assert "first.md" in client.get(original[1]).text


def test_the_page_of_a_refused_upload_says_what_to_do(workshop: Flask) -> None:
    client = workshop.test_client()
    signed = {"csrf_token": token(client, "/upload?ui=en")}
    data = {**signed, "collection": "!!", "files": (io.BytesIO(b"Una carta."), "carta.txt")}
    answer = client.post("/upload", data=data)
    assert answer.status_code == 422
    assert "A name begins with a letter or digit" in answer.text
    assert "The files must be chosen again" in answer.text
    without = client.post("/upload", data={**signed, "collection": "lima"}).text
    assert "Choose one file or more" in without
    assert "must be chosen again" not in without


def test_upload_of_too_many_files(tmp_path: Path) -> None:
    client = site(Settings(home=tmp_path), MAX_FORM_PARTS=3).test_client()
    files = [(io.BytesIO(b"x"), f"{number}.txt") for number in range(4)]
    answer = client.post("/api/v1/jobs", data={"collection": "lima", "files": files})
    assert (answer.status_code, answer.json["code"]) == (413, "app.too_many_parts")


def test_upload_that_is_too_large(tmp_path: Path) -> None:
    client = site(Settings(home=tmp_path), MAX_CONTENT_LENGTH=1000).test_client()
    answer = client.post("/api/v1/jobs", data={"files": (io.BytesIO(b"x" * 5000), "x.txt")})
    assert answer.status_code == 413
    assert answer.json["code"] == "app.too_large"


def test_upload_to_a_collection_of_others_is_refused() -> None:
    client = site(installation(), READER).test_client()
    answer = client.post("/api/v1/jobs", data={"collection": "lyon", "files": (io.BytesIO(b"x"), "x.txt")})
    assert answer.status_code == 404
    assert answer.json["code"] == "indexing.no_such_collection"


def test_jobs_of_others_are_not_there(workshop: Flask) -> None:
    data = {"collection": "lima", "files": (io.BytesIO(b"Article 1\nText."), "secret.txt")}
    job = workshop.test_client().post("/api/v1/jobs", data=data).json["id"]
    other = site(workshop.config["SETTINGS"], READER).test_client()
    for address in (f"/jobs/{job}", f"/jobs/{job}.csv", f"/jobs/{job}/state", f"/api/v1/jobs/{job}"):
        assert other.get(address).status_code == 404
    assert "secret" not in other.get("/jobs/").text
    assert other.get("/api/v1/jobs").json == {"jobs": []}


def test_labels_exist_in_every_language() -> None:
    labels = load("app.labels")
    assert len(labels) > 8
    for kind, codes in labels.items():
        for code, names in codes.items():
            assert set(names) - VARIETIES.keys() == set(LANGUAGES), (kind, code)


def test_help_examples_run(client: FlaskClient) -> None:
    shown = [row["query"] for part in examples() for row in part["rows"]]
    assert len(shown) > 10
    for queries in shown:
        for language in LANGUAGES:
            answer = client.get("/api/v1/search", query_string={"q": queries[language]})
            assert answer.status_code == 200, (queries[language], answer.text)
            result = set(answer.json["understood"]) & {"quote", "parenthesis", "operator", "depth"}
            assert not result, (queries[language], result)


@pytest.mark.parametrize(
    ("language", "hint"),
    [
        ("es", "Falta cerrar unas comillas"),
        ("pt", "Faltou fechar as aspas: a pesquisa"),
        ("pt-PT", "Faltou fechar as aspas: a pesquisa"),
        ("en", "A quotation mark is not closed"),
        ("fr", "Un guillemet n’est pas fermé"),
    ],
)
def test_an_open_quotation_mark_is_said_and_its_words_are_searched(
    client: FlaskClient, language: str, hint: str
) -> None:
    asked = {"q": '"capitales blanqueo país:ES', "ui": language}
    shown = client.get("/", query_string=asked).get_data(as_text=True)
    assert re.search(rf'<p class="recognised notice">{hint}', shown)
    closed = client.get("/api/v1/search", query_string={"q": "capitales blanqueo país:ES"}).json
    assert closed["total"] > 0
    assert client.get("/api/v1/search", query_string={"q": asked["q"]}).json["total"] == closed["total"]


def test_a_word_that_looks_alike_is_explained_with_its_readings(client: FlaskClient) -> None:
    page = client.get("/?q=decomiso&ui=en").get_data(as_text=True)
    assert "final confiscation" in page
    assert 'href="/?concept=confiscation"' in page
    assert 'href="/?concept=SEIZEV"' in page
    assert "privación" not in page


def test_a_concept_has_its_names_by_country_what_is_near_and_where_it_occurs(client: FlaskClient) -> None:
    page = client.get("/concepts/ML?ui=en").get_data(as_text=True)
    mexican = "operaciones con recursos de procedencia ilícita"
    for words in ("lavagem de dinheiro", "Mexico", mexican, "Palermo Convention, art. 6"):
        assert words in page
    assert 'href="/concepts/RECEIV"' in page
    assert 'href="/?concept=ML&amp;jurisdiction=ES"' in page
    assert "art. 2" in page


def test_a_case_in_plain_words_leads_to_its_concept(client: FlaskClient) -> None:
    page = client.get("/concepts/?q=lavado+de+activos&ui=es").get_data(as_text=True)
    assert page.index("Conceptos que corresponden") < page.index("Blanqueo de capitales")
    assert "Ningún concepto corresponde a estas palabras" in client.get("/concepts/?q=zzzz&ui=es").get_data(
        as_text=True
    )


def test_false_friends_of_a_concept_are_reported_on_its_page(client: FlaskClient) -> None:
    assert "unlawful exaction; English concussion" in client.get("/concepts/EXACT?ui=en").get_data(as_text=True)


@pytest.mark.parametrize("chosen", ["", "?status=failed", "?document_type=statute"])
def test_a_collection_counts_what_it_lists(client: FlaskClient, chosen: str) -> None:
    page = html.fromstring(client.get(f"/documents{chosen}").data)
    offered = [link for link in page.xpath("//nav[@class='facets']//a") if link.xpath("span[@class='count']")]
    assert len(offered) >= 2
    for link in offered:
        listed = html.fromstring(client.get(link.get("href")).data).xpath("//ul[@class='documents']/li/a")
        assert int(link.xpath("string(span[@class='count'])")) == len(listed)


@pytest.mark.parametrize("query", ["decomiso", "money laundering", "confiscation order"])
def test_a_facet_has_one_number_and_all_of_them_make_the_number_of_results(client: FlaskClient, query: str) -> None:
    page = html.fromstring(client.get("/", query_string={"q": query, "ui": "en"}).data)
    (results,) = re.findall(r"^\s*(\d+) results?", page.xpath("string(//*[@id='results-title'])"))
    facets = {facet.xpath("string(summary/h3)"): facet for facet in page.xpath("//nav[@id='facets']/details")}
    numbers = facets["Language"].xpath(".//span[@class='count']/text()")
    assert sum(map(int, numbers)) == int(results)


@pytest.mark.parametrize("query", ["decomiso", "money laundering"])
def test_the_tab_of_a_kind_counts_its_results_and_offers_only_its_types(client: FlaskClient, query: str) -> None:
    page = html.fromstring(client.get("/", query_string={"q": query, "kind": "law", "ui": "en"}).data)
    results = re.findall(r"^\s*(\d+) results?", page.xpath("string(//*[@id='results-title'])"))
    assert page.xpath("//div[@class='tabs']//a[@aria-current]/span[@class='number']/text()") == results
    offered = re.findall(r"document_type=(\w+)", " ".join(page.xpath("//nav[@id='facets']//a/@href")))
    assert {kind_of(one) for one in offered} <= {"law"}


def test_a_warmed_up_application_has_what_the_first_search_needs(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "home")
    open_installation(settings).close()
    app = create_app({"SETTINGS": settings, "TESTING": True})
    warm_up(app)
    cache = app.jinja_env.cache
    assert cache is not None
    compiled = {name for _, name in cache}
    app.test_client().get("/?q=exhorto")
    assert {name for _, name in cache} == compiled
    assert "base.html" in compiled
