"""Passkeys in a real Chromium with its virtual authenticator: the script adds one and signs in with it; axe."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from real_browser import NEEDED, launched, served, violations

from app.accounts.accounts import add_account
from app.accounts.passwords import set_password
from app.web import create_app
from indexing.settings import Settings

pytestmark = NEEDED
PASSWORD = "zarzaparrilla y belfegor"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasUserVerification": False,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


def sign_in(page: Page, site: str) -> None:
    page.goto(f"{site}/sign-in?ui=en")
    page.get_by_label("Account").fill("ana")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()


def test_a_passkey_is_added_and_signs_in(browser: Browser, tmp_path: Path) -> None:
    app = create_app({"SETTINGS": Settings(tmp_path / "home")})
    store = app.extensions["installation"].store
    add_account(store, "ana", "officer", author="test")
    set_password(store, "ana", PASSWORD)
    with served(app) as found:
        site = found.address.replace("127.0.0.1", "localhost")
        context = browser.new_context(locale="en-GB")
        page = context.new_page()
        device = context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        sign_in(page, site)
        page.goto(f"{site}/account/passkeys/new")
        assert violations(page) == []
        page.get_by_label("Name of the passkey").fill("Blue key")
        page.get_by_label("Current password").fill(PASSWORD)
        page.get_by_role("button", name="Add a passkey").click()
        expect(page.get_by_text("Blue key")).to_be_visible()
        assert violations(page) == []
        context.clear_cookies()
        sign_in(page, site)
        assert violations(page) == []
        page.get_by_role("button", name="Use a passkey").click()
        page.wait_for_url(f"{site}/")
        page.goto(f"{site}/account")
        expect(page.get_by_text("last used", exact=False).first).to_be_visible()
        context.close()
