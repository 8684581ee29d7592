"""The comparison pages in a real Chromium: axe in light and dark, six columns on a laptop, one on a telephone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from comparison_desk import comparison_desk
from playwright.sync_api import Browser
from pypdfium2 import PdfDocument
from real_browser import NEEDED, Served, launched, violations, watched
from real_browser import served as serve
from web_site import site

from app.comparison.comparing import compare
from app.comparison.table import ComparisonRequest

pytestmark = NEEDED
ASKED = "concept=ML&country=ES&country=BR&country=IE&country=FR&country=MX&country=PE&date=2032-01-01"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def sides() -> list[str]:
    return []


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, sides: list[str]) -> Iterator[Served]:
    desk = comparison_desk(tmp_path_factory.mktemp("compare-browser"), "public")
    made = compare(desk.installation, ComparisonRequest(concept="ML", jurisdictions=("ES", "FR"), date="2032-01-01"))
    sides += [column.provisions[0].id for column in made.columns]
    desk.installation.close()
    with serve(site(desk.installation.settings)) as found:
        yield found


@pytest.mark.parametrize(("language", "scheme"), [("es", "light"), ("fr", "dark")])
def test_axe_finds_no_violation(browser: Browser, served: Served, sides: list[str], language: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page, wrong = watched(context)
    side = f"side?left={sides[0]}&right={sides[1]}&date=2032-01-01&ui={language}"
    for address in (f"?ui={language}", f"?ui={language}&{ASKED}", side):
        page.goto(f"{served.address}/compare/{address}")
        assert violations(page) == []
    assert wrong == []
    context.close()


@pytest.mark.parametrize("width", [1440, 390], ids=["laptop", "telephone"])
def test_the_table_fits(browser: Browser, served: Served, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=False)
    page, _ = watched(context)
    page.goto(f"{served.address}/compare/?ui=en&{ASKED}")
    assert page.locator("thead th").count() == 6
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    country = page.locator("td .of").first
    assert country.is_visible() == (width < 500)
    context.close()


def test_a_telephone_shows_one_of_many_countries_at_a_time(browser: Browser, served: Served) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page, _ = watched(context)
    page.goto(f"{served.address}/compare/?ui=en&{ASKED}")
    countries, shown = page.locator(".country-choice a"), page.locator("td .of:visible")
    assert countries.count() == 6
    for name in ("Brazil", "Peru"):
        countries.filter(has_text=name).click()
        assert page.locator(".country-choice [aria-current]").inner_text() == name
        assert set(shown.all_inner_texts()) == {name}
    page.goto(f"{served.address}/compare/?ui=en&concept=ML&country=ES&country=FR&date=2032-01-01")
    assert set(shown.all_inner_texts()) == {"Spain", "France"}
    assert countries.count() == 0
    context.close()


def test_another_country_on_a_telephone_keeps_the_row_that_is_read(browser: Browser, served: Served) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page, wrong = watched(context)
    page.goto(f"{served.address}/compare/?ui=en&{ASKED}")
    row = page.locator("tr:has(td .of)").nth(4)
    row.evaluate("row => scrollBy({top: row.getBoundingClientRect().top - 70, behavior: 'instant'})")
    before = row.evaluate("row => row.getBoundingClientRect().top")
    page.locator(".country-choice a", has_text="Peru").evaluate("link => link.click()")
    assert abs(row.evaluate("row => row.getBoundingClientRect().top") - before) < 2
    assert set(page.locator("td .of:visible").all_inner_texts()) == {"Peru"}
    assert page.locator(".country-choice [aria-current]").all_inner_texts() == ["Peru"]
    page.reload()
    assert set(page.locator("td .of:visible").all_inner_texts()) == {"Peru"}
    assert wrong == []
    context.close()


def test_every_sheet_of_paper_names_the_countries(browser: Browser, served: Served) -> None:
    page, _ = watched(browser.new_context())
    page.goto(f"{served.address}/compare/?ui=es&{ASKED}")
    sheets = PdfDocument(page.pdf(prefer_css_page_size=True))
    assert sheets[0].get_width() > sheets[0].get_height()
    texts = [sheet.get_textpage().get_text_bounded() for sheet in sheets]
    assert [text for text in texts if not {"España", "Francia", "Perú"} <= set(text.split())] == []
    assert "Exportar" not in "".join(texts)
    page.context.close()
