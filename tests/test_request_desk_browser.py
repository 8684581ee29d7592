"""Request pages in a real browser: pending tasks, linking, recording a state, deadlines and charts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from desk import Desk, request_readings
from pdf_files import pdf
from playwright.sync_api import Browser, Page, expect
from real_browser import NEEDED, Served, launched, served, violations, watched
from test_request_course import LETTERS
from web_site import site

from app.requests.readings import stored_reading
from indexing.access import LOCAL_USER
from indexing.ingest.arrivals import IngestOptions
from indexing.ingest.ingest import ingest
from indexing.store.reading import Selection

pytestmark = NEEDED


@dataclass(frozen=True, slots=True)
class Open:
    """A served register with the ids of its letters."""

    served: Served
    ids: dict[str, str]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    made = Desk(tmp_path_factory.mktemp("desk"))
    for name, (text, kind, day) in LETTERS.items():
        made.bring(name, text, "madrid", document_type=kind, date=day)
    held = list(request_readings(made.store, made.store.access(LOCAL_USER)))
    ids = {one.document.source.removesuffix(".txt"): one.document.id for one in held}
    for one in ids.values():
        stored_reading(made.store, made.store.access(LOCAL_USER), one)
    with served(site(made.installation.settings)) as running:
        yield Open(running, ids)
    made.installation.close()


@pytest.fixture(scope="module")
def scans(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    made = Desk(tmp_path_factory.mktemp("pages"))
    path = pdf(made.folder / "letter.pdf", [lambda page: page.lines(LETTERS["request.txt"][0], 60, 60, 470)])
    ingest(made.installation, [path], IngestOptions("madrid"), workers=1)
    access = made.store.access(LOCAL_USER)
    (document,) = made.store.every_document(access, Selection("madrid"))
    stored_reading(made.store, access, document.id)
    with served(site(made.installation.settings)) as running:
        yield Open(running, {"letter": document.id})
    made.installation.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as running:
        yield running


def opened(browser: Browser, desk: Open, path: str, width: int = 1280) -> tuple[Page, list[str]]:
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="en-GB", java_script_enabled=True)
    page, wrong = watched(context)
    page.goto(f"{desk.served.address}{path}")
    return page, wrong


def test_a_desk_officer_links_a_letter_and_records_its_state(browser: Browser, desk: Open) -> None:
    page, wrong = opened(browser, desk, "/requests/")
    page.get_by_role("link", name="3 letters to link with their request").click()
    answer = page.get_by_role("row").filter(has_text="Answer")
    answer.get_by_role("button", name="Confirm the link").click()
    expect(page.get_by_role("row").filter(has_text="Answer")).to_have_count(0)
    page.goto(f"{desk.served.address}/requests/{desk.ids['request']}/course")
    page.get_by_role("button", name="Record this status").click()
    expect(page.get_by_text("Has to act")).to_contain_text("Peru")
    page.get_by_text("Record a status or event").click()
    page.get_by_label("Status or event").select_option("refused")
    page.get_by_label("Day").fill("2026-07-01")
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.locator(".error-code code")).to_have_text("app.ground_missing")
    assert [one for one in wrong if "422" not in one] == []


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    "page_of", ["course", "completion-letter", "transcriptions", "deadlines", "links", "statistics"]
)
def test_pages_of_requests_are_accessible_and_fit(browser: Browser, desk: Open, page_of: str, width: int) -> None:
    own = page_of in ("course", "completion-letter", "transcriptions")
    path = f"/requests/{desk.ids['request']}/{page_of}" if own else f"/requests/{page_of}"
    page, wrong = opened(browser, desk, path, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
    assert wrong == []


def test_a_printed_request_tells_proposals_from_confirmed_values(browser: Browser, desk: Open) -> None:
    page, wrong = opened(browser, desk, f"/requests/{desk.ids['request']}")
    page.emulate_media(media="print")
    proposal = page.locator(".proposal").first
    expect(proposal.get_by_text("proposed")).to_be_visible()
    expect(proposal.locator("button").first).to_be_hidden()
    expect(proposal.locator("details")).to_be_hidden()
    assert wrong == []


def test_a_raised_item_leads_to_its_place_in_the_letter(browser: Browser, desk: Open) -> None:
    page, wrong = opened(browser, desk, f"/requests/{desk.ids['request']}")
    item = page.locator(".checks a").first
    name = item.inner_text()
    item.click()
    shown = page.get_by_role("complementary")
    expect(shown.get_by_role("heading")).to_contain_text(name)
    expect(shown.locator("mark")).not_to_be_empty()
    expect(page.locator(".checks li.shown")).to_have_count(1)
    page.wait_for_load_state()  # the words are there before the script that listens to keys
    page.keyboard.press("j")
    expect(shown.get_by_role("heading")).not_to_contain_text(name)
    assert wrong == []


def test_a_key_decides_on_the_proposal_that_is_shown_unless_another_has_the_focus(browser: Browser, desk: Open) -> None:
    page, wrong = opened(browser, desk, f"/requests/{desk.ids['request']}")
    expect(page.locator(".proposal.shown")).to_have_count(1)
    page.locator(".proposal:not(.shown) a").first.focus()
    page.keyboard.press("c")
    page.keyboard.press("x")
    expect(page.locator(".proposal.confirmed, .proposal.rejected")).to_have_count(0)
    page.evaluate("document.activeElement.blur()")
    shown = page.locator(".proposal.shown").get_attribute("id")
    page.keyboard.press("c")
    expect(page.locator(f"#{shown}.confirmed")).to_have_count(1)
    assert wrong == []


def test_a_link_is_decided_on_a_phone_without_scrolling_sideways(browser: Browser, desk: Open) -> None:
    page, wrong = opened(browser, desk, "/requests/links", 390)
    buttons = page.locator("table button")
    assert buttons.count() > 0
    for button in buttons.all():
        box = button.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= 390
    assert wrong == []


def test_on_a_phone_the_page_stays_above_the_fields_and_leads_to_the_original(browser: Browser, scans: Open) -> None:
    page, wrong = opened(browser, scans, f"/requests/{scans.ids['letter']}", 390)
    page.get_by_role("link", name="proposals to decide on").click()
    shown = page.get_by_role("complementary")
    expect(shown).to_be_in_viewport()
    expect(page.locator(".proposal.shown")).to_be_in_viewport()
    image, mark = (shown.locator(f".near {part}").bounding_box() for part in ("image", "rect >> nth=0"))
    assert image is not None
    assert mark is not None
    assert image["width"] > 390, "words are enlarged"
    assert 0 <= mark["x"] < 390
    shown.get_by_role("link", name="Page 1 of the original").click()
    expect(page).to_have_url(re.compile(r"/documents/.*#hit"))
    assert wrong == []
