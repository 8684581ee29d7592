"""Gap matrix pages in a real Chromium: axe in four languages, from the selection to a confirmed verdict."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from matrix_laws import matrix_desk
from playwright.sync_api import Browser, expect
from pypdfium2 import PdfDocument
from real_browser import IN_TURN, NEEDED, SCHEMES, SMALL_TARGETS, WIDTHS, Served, launched, served, violations, watched
from web_site import site

from extraction.errors import LANGUAGES
from indexing.access import Principal
from indexing.settings import Settings

pytestmark = NEEDED
MATRIX = "/matrix/UNTOC_6?country=ES&country=IE&country=PE&country=FR"
CELL = "/matrix/UNTOC_6/conversion/IE?country=ES&country=IE"
BRUNO = Principal("bruno", frozenset({"public"}))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    desk = matrix_desk(tmp_path_factory.mktemp("matrix-browser"))
    desk.installation.close()
    return desk.installation.settings


@pytest.fixture(scope="module")
def bench(settings: Settings) -> Iterator[Served]:
    with served(site(settings)) as found:
        yield found


def test_from_the_choice_to_a_verdict_that_is_read_again(browser: Browser, bench: Served, settings: Settings) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    page, wrong = watched(context)
    page.goto(f"{bench.address}/matrix/?ui=en")
    page.locator("input[value=UNTOC_6]").check()
    page.locator("input[value=IE]").check()
    page.get_by_role("button", name="Open the matrix").click()
    page.locator("a.cell").first.click()
    expect(page.locator("#evidence-title")).to_contain_text("Ireland: Converting or transferring")
    page.locator("input[name=evidence]").first.check()
    page.locator("input[value=implemented]").check()
    page.get_by_role("button", name="Save the assessment").click()
    expect(page.locator(".now-counts")).to_contain_text("Met")
    expect(page.locator("thead")).to_contain_text("1 of 10 assessed")
    expect(page.locator("a.cell[aria-current]:target")).to_be_in_viewport()  # the cell that was open
    with served(site(settings, BRUNO)) as other:
        page.goto(f"{other.address}{CELL}&ui=en")
        page.get_by_role("button", name="I agree").click()
        expect(page.locator(".now-counts")).to_contain_text("confirmed")
    assert wrong == []
    context.close()


@pytest.mark.parametrize("language", IN_TURN)
def test_axe_finds_no_violation(browser: Browser, bench: Served, language: str) -> None:
    context = browser.new_context(color_scheme=SCHEMES[language], viewport={"width": WIDTHS[language], "height": 900})
    page, wrong = watched(context)
    for address in (
        "/matrix/?",
        f"{MATRIX}&",
        f"{CELL}&",
        f"{MATRIX}&cell=conversion:IE&",
        "/matrix/SOM_6?country=PE&looking=1&",
    ):
        page.goto(f"{bench.address}{address}ui={language}")
        assert violations(page) == [], address
        assert page.evaluate(SMALL_TARGETS) == [], address
    assert wrong == []
    context.close()


@pytest.mark.parametrize("width", [1440, 390, 320])
def test_nothing_is_wider_than_the_screen(browser: Browser, bench: Served, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=False)
    page, _ = watched(context)
    for address in ("/matrix/", MATRIX, CELL):
        page.goto(bench.address + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    context.close()


@pytest.mark.parametrize("width", [700, 800, 1000])
def test_a_matrix_of_many_countries_fits_the_screen(browser: Browser, bench: Served, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page, _ = watched(context)
    page.goto(bench.address + MATRIX + "".join(f"&country={code}" for code in ("BR", "AR", "PT", "MX", "CO", "CL")))
    assert page.locator(".matrix-scroll").evaluate("one => one.scrollWidth - one.clientWidth") == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_a_matrix_is_printed_with_its_countries_on_every_sheet(browser: Browser, bench: Served) -> None:
    page, _ = watched(browser.new_context())
    page.goto(f"{bench.address}{MATRIX}&ui=en")
    sheets = PdfDocument(page.pdf(prefer_css_page_size=True))
    assert sheets[0].get_width() > sheets[0].get_height()
    texts = [sheet.get_textpage().get_text_bounded() for sheet in sheets]
    assert [text for text in texts if "Ireland" not in text and "Signs" not in text] == []
    assert "Export" not in "".join(texts)
    page.context.close()


COUNTRIES = ("AR", "BR", "CL", "CO", "EC", "ES", "FR", "HT", "MX", "PT", "TT", "UY")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("added", [COUNTRIES[:1], COUNTRIES], ids=["few", "many"])
def test_columns_of_countries_are_equal_and_nothing_is_cut(
    browser: Browser, bench: Served, added: tuple[str, ...], language: str
) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page, _ = watched(context)
    page.goto(f"{bench.address}{MATRIX}&ui={language}" + "".join(f"&country={code}" for code in added))
    widths = page.eval_on_selector_all(
        ".matrix thead th:not(:first-child)", "all => all.map((one) => Math.round(one.getBoundingClientRect().width))"
    )
    assert len(widths) > len(added)
    assert max(widths) - min(widths) <= 1
    cut = page.eval_on_selector_all(
        ".matrix .cell", "all => all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.innerText)"
    )
    assert cut == []
    context.close()
