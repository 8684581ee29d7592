"""Values as people type them: dates that do not exist, references with blanks and control characters, names."""

from __future__ import annotations

import io

import pytest
from account_site import AccountSite, account_site
from whole_jobs import run_job

from app.accounts.accounts import account, add_account
from app.requests.written_identifiers import is_same
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER
from indexing.ingest.arrivals import IngestOptions
from indexing.search.query_fields import known_value

AS_TYPED = (" oculto-8 ", "oculto-8\n", "\u200boculto-8", "oculto-8\0")
"""Ways in which the reference of a restricted case file is typed or pasted."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> AccountSite:
    return account_site(tmp_path_factory.mktemp("site"))


@pytest.mark.parametrize("value", ["2021", "2021-12", "2024-02-29", "", " 2021-05-03 "])
def test_a_date_of_the_calendar(value: str) -> None:
    assert known_value("date", value) == value.strip()


@pytest.mark.parametrize("value", ["2999", "2999-12", "2999-05-03"])
def test_a_date_of_a_document_has_come(value: str) -> None:
    with pytest.raises(RogatioError, match=r"indexing\.date_in_future"):
        known_value("date", value)


@pytest.mark.parametrize(
    "value", ["2031-02-29", "2031-04-31", "2031-13", "0000-01-01", "٢٠٣١", "2031-5-3", "yesterday"]
)
def test_a_date_that_does_not_exist(value: str) -> None:
    with pytest.raises(RogatioError, match=r"indexing\.unknown_value"):
        known_value("date", value)


def test_titles_and_references_are_one_line() -> None:
    options = IngestOptions(title=" Exhorto\r\nn.º 7\0", case_file="7 \t 2031\n")
    assert (options.title, options.case_file) == ("Exhorto n.º 7", "7 2031")


@pytest.mark.parametrize("case_file", AS_TYPED)
def test_a_restricted_case_file_is_one_however_it_is_typed(site: AccountSite, case_file: str) -> None:
    ana = site.client("ana")
    sent = {"collection": "paris", "case_file": case_file, "files": (io.BytesIO(case_file.encode()), "carta.txt")}
    refused = ana.post("/upload?ui=en", data=sent)
    assert (refused.status_code, "app.case_file_refused" in refused.text) == (403, True)
    if "\0" not in case_file:
        body = {"documents": [site.values["open"]["document_id"]], "case_file": case_file}
        assert ana.post("/api/v1/documents/changes", json=body).status_code == 404


def test_an_upload_is_stored_with_one_line_of_each(site: AccountSite) -> None:
    ana, installation = site.client("ana"), site.app.extensions["installation"]
    texts = {"case_file": " 12\0 /\n2031", "title": "Carta\trogatoria "}
    answer = ana.post("/upload", data={"collection": "paris", "files": (io.BytesIO(b"Carta"), "carta.txt"), **texts})
    principal = account(installation.store, "ana").principal()
    run_job(installation, principal, answer.location.rpartition("/")[2])
    (found,) = ana.get("/api/v1/documents?case_file=12 / 2031").json["documents"]
    stored = installation.store.document(installation.store.access(LOCAL_USER), found["id"])
    assert (stored.case_file, stored.title) == ("12 / 2031", "Carta rogatoria")


def test_a_wrong_date_is_said_in_the_form(site: AccountSite) -> None:
    sent = {"collection": "paris", "date": "2031-02-30", "files": (io.BytesIO(b"Carta"), "carta.txt")}
    answer = site.client("ana").post("/upload?ui=en", data=sent)
    assert (answer.status_code, "“2031-02-30” is not known" in answer.text) == (422, True)


@pytest.mark.parametrize("name", ["local", "nobody", "Nobody", "operator:root", "../x", "a b", "ñ", "\u202e", ""])
def test_no_account_has_the_name_of_another_principal(site: AccountSite, name: str) -> None:
    with pytest.raises(RogatioError, match=r"app\.bad_account_name"):
        add_account(site.app.extensions["installation"].store, name, "officer", author="test")


@pytest.mark.parametrize(
    "address", ["/", "/documents", "/sign-in", "/api/v1/status", "/static/rogatio.css", "/nothing"]
)
@pytest.mark.parametrize("name", ["", "ana"])
def test_a_foreign_host_is_refused_before_anybody_is_asked_to_sign_in(
    site: AccountSite, name: str, address: str
) -> None:
    assert site.client(name).get(address, headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    ("kind", "text", "other", "same"),
    [
        ("iban", "es91 2100 0418 4502 0005 1332", "ES9121000418450200051332", True),
        ("plate", "1234-bcd", "1234 BCD", True),
        ("wallet", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "1a1zp1ep5qgefi2dmptftl5slmv7divfna", False),
    ],
)
def test_the_same_number_in_other_letters(kind: str, text: str, other: str, same: bool) -> None:
    assert is_same({"kind": kind, "text": text}, {"kind": kind, "text": other}) == same
