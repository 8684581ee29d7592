"""The main path in a real Chromium, in the four languages, with JavaScript and without; axe on every page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Route, expect
from real_browser import (
    IN_TURN,
    NEEDED,
    PAST_THE_EDGE,
    SCHEMES,
    SMALL_TARGETS,
    WIDTHS,
    Served,
    launched,
    served,
    violations,
    watched,
)
from web_site import ids, installation, site, write_files

from app.wording import catalogue
from extraction.errors import LANGUAGES
from indexing.settings import Settings

pytestmark = [*NEEDED, pytest.mark.workers]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def library() -> Iterator[Served]:
    """An installation with documents, to read."""
    with served(site(installation())) as found:
        yield found


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An empty installation whose consumer runs, to upload to."""
    app = site(Settings(home=tmp_path_factory.mktemp("workshop")))
    app.extensions["jobs"].start()
    with served(app) as found:
        yield found
    app.extensions["jobs"].stop()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_files(tmp_path_factory.mktemp("in") / "files") / "public"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("language", IN_TURN)
def test_from_upload_to_the_marked_page(
    browser: Browser, workshop: Served, folder: Path, language: str, script: bool
) -> None:
    context = browser.new_context(java_script_enabled=script, viewport={"width": 1440, "height": 900})
    page, wrong = watched(context)
    stated = catalogue(language).gettext
    page.goto(f"{workshop.address}/upload?ui={language}")
    page.set_input_files("#files", [folder / "ley-15-2030.pdf", folder / "broken.pdf"])
    page.fill("#collection", f"archive-{language}-{script}")
    page.click("form[method=post] button")
    expect(page.locator("h1")).to_contain_text(stated("uploads.upload_of").partition("%")[0].strip())
    for _ in range(60):
        if not page.locator("progress").count():
            break
        page.wait_for_timeout(500)
        if not script:
            page.click(f"text={stated('uploads.see_how_far')}")
    expect(page.locator("table.files .failed")).to_have_count(1)
    expect(page.locator("[role=status]")).to_contain_text(stated("uploads.done"))

    page.goto(f"{workshop.address}/")
    page.fill("#q", "decomiso de los bienes")
    page.keyboard.press("Enter")
    expect(page.locator(".hit mark").first).to_be_visible()
    hit = page.locator(".hit", has_text="art. 3").first
    expect(hit.locator("blockquote")).to_have_attribute("lang", "es")
    hit.locator("h3 a").click()

    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("#hit")).to_be_visible()
    assert page.locator("svg .hit-box").count() >= 2
    if script:
        expect(page.locator(".facsimile img")).to_have_js_property("complete", True)
        assert 1350 < page.evaluate("document.querySelector('.facsimile img').naturalWidth") < 1450
    text, box = page.locator("#hit").bounding_box(), page.locator("svg .hit-box").first.bounding_box()
    assert text
    assert box
    assert box["x"] > text["x"] + text["width"], "the image stands beside the text"
    assert "art. 3" in page.locator("#citation").inner_text()
    assert wrong == []
    context.close()


def addresses(app: Flask) -> list[str]:
    known = ids(app)
    law, letter, broken = known["ley-15-2030.pdf"], known["demande.html"], known["broken.pdf"]
    return [
        "/",
        "/?q=blanqueo",
        "/?q=blanqueo+OR+laundering&jurisdiction=ES&group=document&sort=newest",
        "/?q=BOE-A-1995-25444",
        "/?q=xylophonist&language=fr",
        "/?q=blanqueo&in_force=2012-01-01&mode=words",
        f"/documents/{law}/versions/",
        f"/documents/{law}/versions/provision?pinpoint=art.+2",
        f"/documents/{law}/versions/changes?old={law}",
        "/waiting",
        "/components",
        "/?q=decomiso&kind=law",
        "/documents",
        "/documents?collection=lyon",
        f"/documents/{law}?q=decomiso&page=2",
        f"/documents/{letter}?kinds=1&show=PERSON&show=OFFENCE&show=DATE&show=COUNTRY&show=AUTHORITY",
        f"/documents/{broken}",
        "/upload",
        "/jobs/",
        "/help",
        "/help/keyboard",
        "/help/requests",
        "/suggestions?q=blanq",
        f"/documents/{law}/citations",
        "/documents?kind=law&sort=title",
        "/concepts/",
        "/concepts/ML",
        "/nowhere",
    ]


@pytest.mark.parametrize("language", IN_TURN)
def test_axe_finds_no_violation(browser: Browser, library: Served, language: str) -> None:
    context = browser.new_context(color_scheme=SCHEMES[language], viewport={"width": WIDTHS[language], "height": 900})
    page, found = watched(context)[0], []
    for address in addresses(library.app):
        page.goto(f"{library.address}{address}{'&' if '?' in address else '?'}ui={language}")
        found += [(address, one) for one in violations(page)]
    assert found == []
    context.close()


@pytest.mark.parametrize("language", IN_TURN)
def test_a_telephone_shows_all(browser: Browser, library: Served, language: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 900})
    page, found = watched(context)[0], []
    for address in addresses(library.app):
        page.goto(f"{library.address}{address}{'&' if '?' in address else '?'}ui={language}")
        found += [(address, one) for one in page.evaluate(PAST_THE_EDGE)]
    assert found == []
    context.close()


def test_axe_finds_no_violation_on_a_job(browser: Browser, workshop: Served, folder: Path) -> None:
    context = browser.new_context()
    page = watched(context)[0]
    page.goto(f"{workshop.address}/upload?ui=en")
    page.set_input_files("#files", [folder / "judgment.txt", folder / "broken.pdf"])
    page.fill("input[name=collection]", "public")
    page.click("form[method=post] button")
    page.wait_for_url("**/jobs/*")
    for _ in range(2):
        assert violations(page) == []
        expect(page.locator("progress")).to_have_count(0, timeout=60_000)
    context.close()


def test_files_are_dropped_anywhere_on_the_page_of_uploads(browser: Browser, library: Served) -> None:
    context = browser.new_context()
    page, wrong = watched(context)
    page.goto(f"{library.address}/upload?ui=en")
    kept = page.evaluate(
        """() => ["dragover", "drop"].map((kind) => {
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File(["CARTA ROGATORIA"], "carta.txt", { type: "text/plain" }));
            const event = new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer });
            return document.querySelector("footer").dispatchEvent(event);
        })"""
    )
    assert kept == [False, False]  # the browser does not show the file in place of the page
    assert page.evaluate("[...document.getElementById('files').files].map((file) => file.name)") == ["carta.txt"]
    assert wrong == []
    context.close()


@pytest.mark.parametrize("width", [320, 768])
def test_nothing_is_wider_than_the_screen(browser: Browser, library: Served, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 700})
    page = watched(context)[0]
    for address in addresses(library.app):
        page.goto(library.address + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    context.close()


def test_the_second_level_of_the_navigation_is_one_line_on_a_phone(browser: Browser, library: Served) -> None:
    """The line scrolls sideways, to the entry of the page."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = watched(context)[0]
    for language in LANGUAGES:
        for address in ("/requests/", "/documents", "/compare/", "/concepts/", "/requests/deadlines"):
            page.goto(f"{library.address}{address}?ui={language}")
            assert page.evaluate("document.querySelector('nav.section').clientHeight") <= 40, (address, language)
            expect(page.locator("nav.section [aria-current]")).to_be_in_viewport(ratio=0.9)
    context.close()


@pytest.mark.parametrize("group", ["", "&group=jurisdiction"])
def test_a_long_pinpoint_continues_in_the_next_line_and_a_short_one_is_not_split(
    browser: Browser, library: Served, group: str
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 700}, java_script_enabled=True)
    page = watched(context)[0]
    page.goto(f"{library.address}/?q=blanqueo&ui=es{group}")
    pinpoint = page.locator(".hit .pinpoint").first
    one_line = pinpoint.evaluate("(part) => { part.textContent = 'art. 5 bis'; return part.clientHeight; }")
    pinpoint.evaluate("(part) => { part.textContent = 'VIII. Disposiciones legales aplicables a los hechos'; }")
    assert pinpoint.evaluate("(part) => part.clientHeight") > one_line
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


def test_targets_are_large_enough(browser: Browser, library: Served) -> None:
    """WCAG 2.5.8: 24 by 24 pixels, links within a sentence apart."""
    context = browser.new_context()
    page = watched(context)[0]
    for address in addresses(library.app):
        page.goto(library.address + address)
        small = page.evaluate(SMALL_TARGETS)
        assert small == [], address
    context.close()


def test_keyboard_reaches_the_first_hit_and_the_focus_is_seen(browser: Browser, library: Served) -> None:
    context = browser.new_context()
    page = watched(context)[0]
    page.goto(f"{library.address}/?q=blanqueo&ui=en")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    for _ in range(4):  # Tab and Enter came before: six presses in all
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('#hit-1') !== null"):
            break
    else:
        pytest.fail("the first hit is not reached with six presses")
    for _ in range(12):
        width = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        assert width == "3px", page.evaluate("document.activeElement.outerHTML")
        page.keyboard.press("Tab")
    context.close()


FIRST_HIT = [(1440, 900, 320), (390, 844, 420)]
"""Width and height of the window, and the greatest distance of the first hit from its top, in pixels."""


@pytest.mark.parametrize(("width", "height", "most"), FIRST_HIT)
def test_the_first_hit_is_in_sight_and_nothing_weighs_much(
    browser: Browser, library: Served, width: int, height: int, most: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": height})
    page, bytes_of = watched(context)[0], []
    page.on("response", lambda answer: bytes_of.append(len(answer.body())))
    for query in ("blanqueo", "blanqueo+Espa%C3%B1a", "money+laundering&in_force=2031-01-01", "decomiso&kind=law"):
        for language in LANGUAGES:
            page.goto(f"{library.address}/?q={query}&ui={language}")
            top = page.evaluate("document.getElementById('hit-1')?.getBoundingClientRect().top ?? 0")
            assert top <= most, (query, language)
            assert sum(bytes_of) <= 150_000, "uncompressed"
            bytes_of.clear()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_suggestions_and_keys_lead_through_results(browser: Browser, library: Served, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 900})
    page, wrong = watched(context)
    page.goto(f"{library.address}/?ui=es")
    page.keyboard.press("/")
    box = page.get_by_role("combobox")
    expect(box).to_be_focused()
    with page.expect_response("**/suggestions*lavado%20de%20di"):
        box.press_sequentially("lavado de di")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "q-options-0")
    assert violations(page) == []
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=lavado*")
    page.keyboard.press("j")
    expect(page.locator("#hit-1 h3 a")).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator("#hit-2 h3 a")).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert wrong == []
    context.close()


def test_a_late_answer_leaves_the_chosen_suggestion(browser: Browser, library: Served) -> None:
    page, wrong = watched(browser.new_context())
    page.goto(f"{library.address}/?ui=es")
    late: list[Route] = []
    page.route("**/suggestions*lavado%20de*", lambda route: late.append(route))
    box = page.get_by_role("combobox")
    box.fill("lavado")
    expect(page.get_by_role("option").first).to_be_visible()
    with page.expect_request("**/suggestions*lavado%20de"):
        box.fill("lavado de")
    page.keyboard.press("ArrowDown")
    chosen = page.get_by_role("option").first.get_attribute("data-address")
    with page.expect_response("**/suggestions*lavado%20de"):
        late[-1].continue_()
    page.wait_for_timeout(200)  # enough for the page to read the answer
    expect(box).to_have_attribute("aria-activedescendant", "q-options-0")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{chosen}")
    assert wrong == []


def test_back_returns_to_the_results(browser: Browser, library: Served) -> None:
    context = browser.new_context()
    page = watched(context)[0]
    page.goto(f"{library.address}/?q=blanqueo+OR+laundering&ui=en")
    page.locator(".facets a").first.click()
    chosen = page.url
    page.locator(".hit a").first.click()
    page.go_back()
    assert page.url == chosen
    assert page.locator("#q").input_value() == "blanqueo OR laundering"
    expect(page.locator(".facets [aria-current]")).to_have_count(1)
    context.close()


def test_text_and_image_step_together(browser: Browser, library: Served) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page, wrong = watched(context)
    page.goto(f"{library.address}/documents/{ids(library.app)['ley-15-2030.pdf']}?ui=en")
    page.locator(".page-text p, .page-text h3").first.hover()
    expect(page.locator("svg a.step")).not_to_have_count(0)
    page.locator("svg .block-box").last.click()
    assert "#b" in page.url
    assert wrong == []
    context.close()


@pytest.mark.parametrize("width", [1440, 390, 320])
def test_the_page_image_is_zoomed_on_the_page(browser: Browser, library: Served, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page, wrong = watched(context)
    page.goto(f"{library.address}/documents/{ids(library.app)['ley-15-2030.pdf']}?q=decomiso&ui=en")
    paper, shown = page.locator(".facsimile .sheet"), page.locator(".zoom output")
    before = paper.bounding_box()
    page.keyboard.press("+")
    page.get_by_role("button", name="Zoom in").click()
    expect(shown).to_have_text("150 %")
    after = paper.bounding_box()
    assert before
    assert after
    assert after["width"] == pytest.approx(1.5 * before["width"], rel=0.05)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
    page.locator("[rel=next]").click()
    expect(shown).to_have_text("150 %")
    page.keyboard.press("-")
    expect(shown).to_have_text("125 %")
    page.keyboard.press("0")
    expect(shown).to_have_text("100 %")
    page.get_by_role("button", name="Whole page").click()
    assert page.locator(".facsimile .window").evaluate("(frame) => frame.scrollHeight - frame.clientHeight") <= 2
    assert wrong == []
    context.close()


def test_the_image_is_widened_without_loading_the_page(browser: Browser, library: Served) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page, wrong = watched(context)
    page.goto(f"{library.address}/documents/{ids(library.app)['ley-15-2030.pdf']}?ui=en")
    page.evaluate("window.same = true")
    page.click(".widen")
    expect(page.locator(".reading.wide-image .widen")).to_have_text("Fit")
    assert "image=wide" in page.url
    assert "image=wide" in (page.locator("[rel=next]").get_attribute("href") or "")
    page.click(".widen")
    expect(page.locator(".widen")).to_have_text("Enlarge")
    assert "image=wide" not in page.url
    assert page.evaluate("window.same")
    assert wrong == []
    context.close()


@pytest.mark.parametrize(("width", "lines"), [(1440, 1), (390, 2)])
def test_the_toolbar_is_low_and_its_menu_opens_without_javascript(
    browser: Browser, library: Served, width: int, lines: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=False)
    page = watched(context)[0]
    for language in LANGUAGES:
        page.goto(f"{library.address}/documents/{ids(library.app)['ley-15-2030.pdf']}?q=decomiso&ui={language}")
        assert page.locator(".bar").evaluate("(bar) => bar.offsetHeight") <= 16 + 44 * lines, language
    page.locator(".bar .more summary").click()
    expect(page.locator(".bar .more li").last).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator(".bar .pop").evaluate("(menu) => menu.getBoundingClientRect().left") >= 0
    context.close()


def test_citation_is_copied(browser: Browser, library: Served) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = watched(context)[0]
    page.goto(f"{library.address}/documents/{ids(library.app)['ley-15-2030.pdf']}?q=decomiso&page=2&ui=en")
    page.click("button[data-copy]")
    expect(page.locator("button[data-copy]")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#citation").inner_text().strip()
    context.close()


def test_print_shows_the_text_alone(browser: Browser, library: Served) -> None:
    context = browser.new_context()
    page = watched(context)[0]
    page.goto(f"{library.address}/documents/{ids(library.app)['ley-15-2030.pdf']}?ui=en")
    page.emulate_media(media="print")
    expect(page.locator(".page-text")).to_be_visible()
    for hidden in ("header.site", ".bar", "footer.site"):
        expect(page.locator(hidden)).to_be_hidden()
    context.close()
