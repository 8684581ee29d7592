"""E-mail: what is sent to whom, through a real SMTP server; what it says, and what happens when it does not answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from desk import Desk
from flask import Flask
from flask.testing import FlaskClient
from mail_relay import SITE, MailRelay
from sqlalchemy import select
from sqlalchemy.orm import Session
from test_request_course import PRESERVATION

from app.accounts.accounts import Grant, add_account, disable_account, revoke
from app.accounts.credentials import SESSION, issue
from app.alerts.alerts import save_search
from app.audit.trail import EntryFilter, entries
from app.cli import rogatio
from app.mail import outbox
from app.mail.announcements import announce
from app.mail.delivery import deliver
from app.mail.messages import PATHS, compose
from app.mail.preferences import ALERTS, DEADLINES, DIGESTS, INVITATION, preferences, save_preferences
from app.mail.relay import send
from app.mail.schema import MailOutboxRow
from app.mail.settings import MailSettings, mail_settings
from app.requests.readings import stored_reading
from app.web import create_app
from extraction.errors import LANGUAGES, RogatioError
from indexing.access import LOCAL_USER, Collection, Principal
from indexing.search.request import SearchRequest
from indexing.store.writing import ensure_collection, now, writing

SENT = date.today() - timedelta(days=50)
LAPSE = SENT + timedelta(days=60)
"""The last day of a preservation of data in the letter (``PRESERVATION``)."""
PASSWORD = "zarzaparrilla y belfegor"


@pytest.fixture
def relay(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailRelay]:
    made = MailRelay()
    for name, value in made.environment.items():
        monkeypatch.setenv(name, value)
    yield made
    made.stop()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A letter of Bogotá with a deadline, and two officers of Bogotá and one of Lima."""
    made = Desk(tmp_path_factory.mktemp("mail"))
    letter = {"document_type": "preservation_request", "date": SENT.isoformat()}
    document = made.bring("p.txt", PRESERVATION, "bogota", **letter)
    stored_reading(made.store, made.store.access(LOCAL_USER), document)
    ensure_collection(made.store, Collection("lima", "Lima", "lima"), LOCAL_USER)
    for name, authority in {"ana": "bogota", "bea": "bogota", "otto": "lima"}.items():
        add_account(made.store, name, "officer", [Grant("authority", authority)], author="test")
    add_account(made.store, "ada", "administrator", [Grant("authority", "bogota")], author="test")
    yield made
    made.installation.close()


@pytest.fixture
def addresses(desk: Desk) -> Iterator[None]:
    """Give every account an address for one test, with an empty outbox."""
    for name in ("ana", "bea", "otto", "ada"):
        save_preferences(desk.store, name, f"{name}@example.org", "es", DIGESTS)
    yield
    with writing(desk.store) as session:
        for row in session.scalars(select(MailOutboxRow)):
            session.delete(row)
    for name in ("ana", "bea", "otto", "ada"):
        save_preferences(desk.store, name, "", "es", ())


def settings() -> MailSettings:
    found = mail_settings()
    assert found is not None
    return found


def waiting(desk: Desk) -> list[tuple[str, str]]:
    with Session(desk.store.database) as session:
        rows = session.scalars(select(MailOutboxRow).where(MailOutboxRow.outcome == ""))
        return sorted((row.account, row.kind) for row in rows)


def outcomes(desk: Desk) -> list[str]:
    with Session(desk.store.database) as session:
        return sorted(session.scalars(select(MailOutboxRow.outcome)))


def put(desk: Desk, account: str = "ana", kind: str = ALERTS, occasion: str = "1") -> None:
    with writing(desk.store) as session:
        outbox.enqueue(session, account, kind, occasion)


@pytest.mark.usefixtures("addresses")
def test_deadlines_are_announced_at_each_mark_once_to_who_sees_the_letter(desk: Desk, relay: MailRelay) -> None:
    announce(desk.installation, LAPSE - timedelta(days=8))
    assert waiting(desk) == []
    announce(desk.installation, LAPSE - timedelta(days=7))
    announce(desk.installation, LAPSE - timedelta(days=7))
    assert waiting(desk) == [("ana", DEADLINES), ("bea", DEADLINES)]
    assert deliver(desk.installation, settings(), now()) == 2
    assert sorted(relay.recipients) == ["ana@example.org", "bea@example.org"]
    announce(desk.installation, LAPSE - timedelta(days=6))
    assert waiting(desk) == [], "nothing new since the mark of seven days"
    save_preferences(desk.store, "bea", "bea@example.org", "es", [ALERTS])
    announce(desk.installation, LAPSE - timedelta(days=2))
    assert waiting(desk) == [("ana", DEADLINES)]


@pytest.mark.usefixtures("addresses")
def test_new_results_are_announced_once_a_day(desk: Desk) -> None:
    today, ana = date.today() + timedelta(days=400), Principal("ana", frozenset({"bogota"}))
    save_search(desk.store, ana, SearchRequest("quetzalcoatl"))
    save_search(desk.store, Principal("otto", frozenset({"lima"})), SearchRequest("quetzalcoatl"))
    announce(desk.installation, today)
    assert waiting(desk) == []
    desk.bring("a.txt", "Informe sobre quetzalcoatl.", "bogota")
    announce(desk.installation, today)
    assert waiting(desk) == [("ana", ALERTS)]
    desk.bring("b.txt", "Otro informe sobre quetzalcoatl.", "bogota")
    announce(desk.installation, today)
    assert waiting(desk) == [("ana", ALERTS)], "one a day"
    announce(desk.installation, today + timedelta(days=1))
    assert waiting(desk) == [("ana", ALERTS)] * 2
    announce(desk.installation, today + timedelta(days=2))
    assert waiting(desk) == [("ana", ALERTS)] * 2, "nothing new"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", PATHS)
def test_a_message_is_a_sentence_and_a_link(relay: MailRelay, kind: str, language: str) -> None:
    send(settings(), compose(settings(), kind, "ana@example.org", language, "7", "rgt_secret"))
    (message,) = relay.messages
    sentence, empty, link, *rest = message.get_content().splitlines()
    assert (sentence, empty, rest) == (message["Subject"], "", [])
    assert link == SITE + PATHS[kind].format(secret="rgt_secret")
    assert not any(character.isdigit() for character in sentence)
    assert message["Message-ID"] == "<7@example.org>"
    assert message.get_content_type() == "text/plain"
    assert set(message.keys()) <= {
        *("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted"),
        *("Content-Type", "Content-Transfer-Encoding", "MIME-Version", "X-Peer", "X-MailFrom", "X-RcptTo"),
    }


def test_sentences_differ_by_language() -> None:
    relay = MailSettings("localhost", 25, "r@example.org", SITE)
    for kind in PATHS:
        assert len({compose(relay, kind, "a@example.org", one, "7")["Subject"] for one in LANGUAGES}) == 4


@pytest.mark.usefixtures("addresses")
def test_a_relay_that_does_not_answer_is_tried_again_later(desk: Desk, relay: MailRelay) -> None:
    put(desk)
    relay.stop()
    moment = now()
    assert deliver(desk.installation, settings(), moment) == 0
    relay.start()
    assert deliver(desk.installation, settings(), moment + timedelta(seconds=59)) == 0
    assert deliver(desk.installation, settings(), moment + timedelta(seconds=61)) == 1
    assert deliver(desk.installation, settings(), moment + timedelta(days=1)) == 0
    assert relay.recipients == ["ana@example.org"]


@pytest.mark.parametrize(
    ("answer", "outcome"), [("451 later", ""), ("550 never", outbox.REFUSED), ("250 OK", outbox.SENT)]
)
@pytest.mark.usefixtures("addresses")
def test_a_refusal_for_good_ends_a_message(desk: Desk, relay: MailRelay, answer: str, outcome: str) -> None:
    put(desk)
    relay.answer = answer
    deliver(desk.installation, settings(), now())
    assert outcomes(desk) == [outcome]


@pytest.mark.usefixtures("addresses")
def test_pauses_grow_until_a_message_is_given_up(desk: Desk, relay: MailRelay) -> None:
    put(desk)
    relay.answer = "451 later"
    start = moment = now()
    attempts = []
    while outcomes(desk) == [""]:
        deliver(desk.installation, settings(), moment)
        with Session(desk.store.database) as session:
            attempts.append(session.scalars(select(MailOutboxRow.attempts)).one())
        moment += timedelta(minutes=30)
    assert outcomes(desk) == [outbox.EXPIRED]
    assert moment - start > outbox.LIFETIME
    assert attempts[-1] < 40


@pytest.mark.usefixtures("addresses")
def test_who_dies_between_sending_and_recording_causes_one_repetition(desk: Desk, relay: MailRelay) -> None:
    put(desk)
    moment = now()
    taken = outbox.take_next(desk.store, moment)
    assert taken is not None
    send(settings(), compose(settings(), taken.kind, "ana@example.org", "es", taken.id))
    assert deliver(desk.installation, settings(), moment + timedelta(minutes=1)) == 0, "another server waits"
    assert deliver(desk.installation, settings(), moment + outbox.LEASE) == 1
    assert deliver(desk.installation, settings(), moment + 2 * outbox.LEASE) == 0
    first, second = relay.messages
    assert first["Message-ID"] == second["Message-ID"]


@pytest.mark.usefixtures("addresses")
def test_a_message_is_written_with_its_cause_or_not_at_all(desk: Desk) -> None:
    def fails() -> None:
        with writing(desk.store) as session:
            outbox.enqueue(session, "ana", ALERTS, "1")
            raise KeyError

    with pytest.raises(KeyError):
        fails()
    assert waiting(desk) == []


@pytest.mark.usefixtures("addresses")
def test_who_declined_left_or_lost_access_gets_nothing(desk: Desk, relay: MailRelay) -> None:
    add_account(desk.store, "leo", "officer", [Grant("authority", "bogota")], author="test")
    save_preferences(desk.store, "leo", "leo@example.org", "pt", DIGESTS)
    for name in ("ana", "bea", "leo"):
        put(desk, name)
    save_preferences(desk.store, "ana", "", "es", ())
    save_preferences(desk.store, "bea", "bea@example.org", "es", [DEADLINES])
    disable_account(desk.store, "leo")
    assert deliver(desk.installation, settings(), now()) == 0
    assert outcomes(desk) == [outbox.WITHDRAWN] * 3
    add_account(desk.store, "mia", "officer", [Grant("authority", "bogota")], author="test")
    save_preferences(desk.store, "mia", "mia@example.org", "fr", DIGESTS)
    revoke(desk.store, "mia", Grant("authority", "bogota"))
    announce(desk.installation, LAPSE)
    assert "mia" not in {account for account, _ in waiting(desk)}
    assert "ada" not in {account for account, _ in waiting(desk)}, "administrators read no content"
    save_preferences(desk.store, "mia", "", "fr", ())


@pytest.mark.usefixtures("addresses")
def test_the_audit_trail_has_the_account_only(desk: Desk, relay: MailRelay) -> None:
    put(desk)
    deliver(desk.installation, settings(), now())
    (entry, *_) = entries(desk.store, EntryFilter(actor="server:mail"))
    assert (entry.action, entry.objects, entry.outcome) == ("mail alerts", {"principal": "ana"}, "sent")


@pytest.fixture
def app(desk: Desk) -> Flask:
    return create_app({"SETTINGS": desk.installation.settings, "WTF_CSRF_ENABLED": False})


def client(app: Flask, name: str) -> FlaskClient:
    asking = app.test_client()
    with asking.session_transaction() as session:
        session["sign_in"] = issue(app.extensions["installation"].store, name, SESSION)
    return asking


def test_messages_link_to_pages_that_exist(app: Flask) -> None:
    addresses = app.url_map.bind("localhost")
    for path in PATHS.values():
        endpoint, _ = addresses.match(path.format(secret="x"))
        assert endpoint in app.view_functions


@pytest.mark.usefixtures("addresses")
def test_an_invitation_is_sent_and_accepted(desk: Desk, relay: MailRelay, app: Flask) -> None:
    form = {"name": "rita", "role": "prosecutor", "address": "rita@example.org", "language": "fr"}
    page = client(app, "ada").post("/accounts/new?ui=en", data=form).text
    assert "also sent by e-mail" in page
    with Session(desk.store.database) as session:
        sealed = session.scalars(select(MailOutboxRow.secret)).one()
    assert "rgt_" not in sealed
    assert deliver(desk.installation, settings(), now()) == 1
    (message,) = relay.messages
    assert relay.recipients == ["rita@example.org"]
    link = message.get_content().split()[-1]
    assert link in page.replace("http://localhost", SITE)
    assert app.test_client().post(link.removeprefix(SITE), data={"password": PASSWORD}).location == "/sign-in"
    with Session(desk.store.database) as session:
        assert session.scalars(select(MailOutboxRow.secret)).one() == ""
    assert preferences(desk.store, "rita").language == "fr"


@pytest.mark.usefixtures("addresses")
def test_a_second_invitation_replaces_one_that_was_not_sent(desk: Desk, relay: MailRelay, app: Flask) -> None:
    asking = client(app, "ada")
    asking.post("/accounts/bea/invitation")
    page = asking.post("/accounts/bea/invitation").text
    assert waiting(desk) == [("bea", INVITATION)]
    assert deliver(desk.installation, settings(), now()) == 1
    assert relay.messages[0].get_content().split()[-1].removeprefix(SITE) in page


@pytest.mark.parametrize("address", ["nobody", "a@b\r\nBcc: c@example.org", "a@example.org, b@example.org", "á@b.org"])
@pytest.mark.usefixtures("addresses")
def test_hostile_addresses_are_refused(desk: Desk, relay: MailRelay, app: Flask, address: str) -> None:
    answer = client(app, "ana").post("/account/mail", data={"address": address, "language": "es"})
    assert (answer.status_code, "app.bad_mail_address" in answer.text) == (422, True)
    form = {"name": "zoe", "role": "expert", "address": address, "language": "es"}
    assert client(app, "ada").post("/accounts/new", data=form).status_code == 422
    assert "zoe" not in client(app, "ada").get("/accounts").text
    assert preferences(desk.store, "ana").address == "ana@example.org"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("addresses")
def test_the_account_page_has_the_form_of_mail(relay: MailRelay, app: Flask, desk: Desk, language: str) -> None:
    asking = client(app, "ana")
    form = {"address": "ana@example.org", "language": language, "wanted": [DEADLINES]}
    assert asking.post("/account/mail", data=form).location == "/account#mail"
    page = asking.get(f"/account?ui={language}").text
    assert 'value="ana@example.org"' in page
    assert page.count("checked") == 1
    assert preferences(desk.store, "ana").declined == {ALERTS}
    listed = client(app, "ada").get("/accounts").text + client(app, "ada").get("/accounts/ana").text
    assert "ana@example.org" not in listed


@pytest.mark.usefixtures("addresses")
def test_without_a_relay_nothing_is_asked_for(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ROGATIO_SMTP_HOST", raising=False)
    assert "This installation sends no e-mail." in client(app, "ana").get("/account?ui=en").text
    page = client(app, "ada").get("/accounts?ui=en").text
    assert ("This installation sends no e-mail." in page, 'name="address"' in page) == (True, False)
    form = {"name": "zoe", "role": "expert", "address": "zoe@example.org", "language": "es"}
    answer = client(app, "ada").post("/accounts/new", data=form)
    assert "app.mail_not_configured" in answer.text


RIGHT = {
    "ROGATIO_SMTP_HOST": "relay.example.org",
    "ROGATIO_SMTP_FROM": "rogatio@example.org",
    "ROGATIO_PUBLIC_URL": "https://rogatio.example.org/",
}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ROGATIO_SMTP_FROM", ""),
        ("ROGATIO_SMTP_FROM", "x"),
        ("ROGATIO_PUBLIC_URL", ""),
        ("ROGATIO_PUBLIC_URL", "ftp://example.org"),
        ("ROGATIO_PUBLIC_URL", "https://user:word@example.org"),
        ("ROGATIO_PUBLIC_URL", "https://example.org/\r\nx"),
        ("ROGATIO_SMTP_PORT", "0"),
        ("ROGATIO_SMTP_PORT", "smtp"),
        ("ROGATIO_SMTP_STARTTLS", "yes"),
        ("ROGATIO_SMTP_PASSWORD_FILE", "/nowhere"),
    ],
)
def test_wrong_settings_are_named(name: str, value: str) -> None:
    with pytest.raises(RogatioError) as refused:
        mail_settings(RIGHT | {name: value})
    assert (refused.value.code, refused.value.facts) == ("app.mail_settings_wrong", {"name": name})


def test_a_password_is_never_sent_in_clear_text() -> None:
    user = {"ROGATIO_SMTP_USER": "rogatio", "ROGATIO_SMTP_PASSWORD_FILE": "/run/secrets/smtp"}
    with pytest.raises(RogatioError):
        mail_settings(RIGHT | user)
    found = mail_settings(RIGHT | user | {"ROGATIO_SMTP_STARTTLS": "1"})
    assert found is not None
    assert (found.starttls, found.port, found.public_url) == (True, 25, "https://rogatio.example.org")
    assert mail_settings({}) is None


@pytest.mark.usefixtures("addresses")
def test_a_relay_without_starttls_gets_nothing(relay: MailRelay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROGATIO_SMTP_STARTTLS", "1")
    with pytest.raises(RogatioError, match=r"app\.mail_relay_failed"):
        send(settings(), compose(settings(), ALERTS, "ana@example.org", "es", "7"))
    assert relay.messages == []


def test_starttls_and_a_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate, word = tmp_path / "relay.pem", tmp_path / "word"
    word.write_text("zarzaparrilla\n")
    relay = MailRelay(certificate, login=("rogatio", "zarzaparrilla"))
    secured = {"ROGATIO_SMTP_STARTTLS": "1", "ROGATIO_SMTP_USER": "rogatio", "ROGATIO_SMTP_PASSWORD_FILE": str(word)}
    found = mail_settings(relay.environment | secured)
    assert found is not None
    message = compose(found, ALERTS, "ana@example.org", "es", "7")
    with pytest.raises(RogatioError) as unknown:
        send(found, message)
    assert unknown.value.facts["reason"] == "SSLCertVerificationError"
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    send(found, message)
    word.write_text("wrong")
    with pytest.raises(RogatioError) as wrong:
        send(found, message)
    assert wrong.value.facts["reason"] == "SMTPAuthenticationError"
    relay.stop()
    assert len(relay.messages) == 1


def test_the_command_sends_a_test_message(relay: MailRelay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROGATIO_HOME", str(tmp_path))
    done = CliRunner().invoke(rogatio, ["--language", "pt", "mail", "test", "ana@example.org"])
    assert (done.exit_code, relay.recipients) == (0, ["ana@example.org"])
    assert relay.messages[0]["Subject"] == "Mensagem de teste do Rogatio."
    relay.answer = "554 no"
    refused = CliRunner().invoke(rogatio, ["mail", "test", "ana@example.org"])
    assert isinstance(refused.exception, RogatioError)
    assert refused.exception.code == "app.mail_refused"


def test_doctor_checks_the_relay(relay: MailRelay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROGATIO_HOME", str(tmp_path))

    def state() -> str:
        rows = json.loads(CliRunner().invoke(rogatio, ["doctor", "--json"]).stdout)
        return next(row["state"] for row in rows if row["name"] == "mail")

    assert state() == "ok"
    relay.stop()
    assert state() == "missing"
    monkeypatch.delenv("ROGATIO_SMTP_HOST")
    assert state() == "optional"
