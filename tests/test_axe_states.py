"""Axe on empty states, refusals and pages of accounts, in light and dark, on a desktop and on a phone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from account_site import AccountSite, account_site
from playwright.sync_api import Browser, BrowserContext
from real_browser import CROWDED_TARGETS, NEEDED, Served, launched, served, violations, watched
from web_site import site

from indexing.settings import Settings

pytestmark = NEEDED

EMPTY = (
    "/",
    "/?q=lavado",
    "/?q=lavado&country=UY&in_force=2020-01-01",
    "/waiting",
    "/suggestions?q=xylophonist",
    "/documents",
    "/concepts/",
    "/concepts/ML",
    "/compare/",
    "/compare/?concept=ML",
    "/matrix/",
    "/matrix/UNTOC_6",
    "/rooms/",
    "/requests/",
    "/requests/deadlines",
    "/requests/statistics",
    "/requests/links",
    "/requests/matches",
    "/requests/notices",
    "/requests/rules",
    "/requests/treaty-path",
    "/alerts/",
    "/jobs/",
    "/exports/",
    "/passages",
    "/retention/",
    "/upload",
    "/help/start",
)
REFUSED = (
    "/nowhere",
    "/documents/000000000000000000000000",
    "/matrix/NOWHERE",
    "/rooms/nowhere",
    "/jobs/nowhere",
    "/documents/changes",
    "/?q=" + "pena+" * 800,
    "/sign-out",
    "/compare/?citation=art.+999+nothing&date=2032-01-01",
    "/requests/?q=nothing:x",
)
OWN = {
    "": ("/sign-in", "/invitation/unknown"),
    "ana": (
        "/account",
        "/account/emergency",
        "/account/second-factor",
        "/account/passkeys/new",
        "/accounts",
        "/documents/{document_id}/deletion",
        "/documents/{document_id}/passages",
        "/documents/changes?document={document_id}",
        "/requests/{document_id}",
        "/requests/{document_id}/related",
        "/requests/{document_id}/dual-criminality",
        "/requests/{document_id}/course",
        "/jobs/{job_id}",
        "/rooms/{room_id}",
        "/alerts/{alert_id}",
        "/retention/",
    ),
    "pia": ("/passages", "/passages/{document_id}"),
    "abel": ("/audit", "/audit/verification", "/documents"),
    "ada": ("/accounts", "/accounts/ana"),
}
TOUCHED = {
    **OWN,
    "ana": (
        *OWN["ana"],
        "/",
        "/?q=blanqueo",
        "/documents",
        "/documents/{document_id}",
        "/requests/",
        "/compare/?concept=ML",
        "/matrix/UNTOC_6",
        "/alerts/",
        "/upload",
    ),
}
VIEWS = [
    pytest.param("light", 1280, "es", id="desktop-light"),
    pytest.param("dark", 1280, "pt-PT", id="desktop-dark", marks=pytest.mark.full),
    pytest.param("light", 390, "fr", id="phone-light", marks=pytest.mark.full),
    pytest.param("dark", 390, "en", id="phone-dark"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(site(Settings(home=tmp_path_factory.mktemp("bare")))) as found:
        yield found


@pytest.fixture(scope="module")
def accounts(tmp_path_factory: pytest.TempPathFactory) -> AccountSite:
    return account_site(tmp_path_factory.mktemp("accounts"))


@pytest.fixture(scope="module")
def office(accounts: AccountSite) -> Iterator[Served]:
    with served(accounts.app) as found:
        yield found


def opened(browser: Browser, scheme: str, width: int) -> BrowserContext:
    return browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 844})  # type: ignore[arg-type]


def problems(context: BrowserContext, origin: str, addresses: Iterable[str], width: int, language: str) -> list[object]:
    """Return what axe finds wrong on each page, and the pages that are wider than the window."""
    page, found = watched(context)[0], list[object]()
    for address in addresses:
        page.goto(f"{origin}{address}{'&' if '?' in address else '?'}ui={language}")
        wide = page.evaluate("document.documentElement.scrollWidth")
        found += [(address, f"{wide} px wide")] if wide > width else []
        found += [(address, one) for one in violations(page)]
    return found


@pytest.mark.parametrize(("scheme", "width", "language"), VIEWS)
def test_empty_states_and_refusals(browser: Browser, bare: Served, scheme: str, width: int, language: str) -> None:
    context = opened(browser, scheme, width)
    assert problems(context, bare.address, (*EMPTY, *REFUSED), width, language) == []
    context.close()


@pytest.mark.parametrize(("scheme", "width", "language"), VIEWS)
def test_pages_of_accounts(
    browser: Browser, office: Served, accounts: AccountSite, scheme: str, width: int, language: str
) -> None:
    found = []
    for name, addresses in OWN.items():
        context = opened(browser, scheme, width)
        if name:
            cookie = accounts.client(name).get_cookie("session")
            assert cookie
            context.add_cookies([{"name": "session", "value": cookie.value, "url": office.address}])
        own = [address.format(**accounts.values["open"]) for address in addresses]
        found += [(name, one) for one in problems(context, office.address, own, width, language)]
        context.close()
    assert found == []


def test_targets_of_a_phone_are_large_or_stand_apart(browser: Browser, office: Served, accounts: AccountSite) -> None:
    found = []
    for name, addresses in TOUCHED.items():
        context = browser.new_context(viewport={"width": 375, "height": 812})
        if name:
            cookie = accounts.client(name).get_cookie("session")
            assert cookie
            context.add_cookies([{"name": "session", "value": cookie.value, "url": office.address}])
        page = watched(context)[0]
        for address in addresses:
            page.goto(office.address + address.format(**accounts.values["open"]))
            page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
            found += [(name, address, small) for small in page.evaluate(CROWDED_TARGETS)]
        context.close()
    assert found == []
