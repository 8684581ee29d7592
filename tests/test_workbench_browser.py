"""Alerts, workspaces, concepts, entities and expressions in a real Chromium: axe, phones, keyboard, no JavaScript."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from real_browser import IN_TURN, NEEDED, SCHEMES, SMALL_TARGETS, WIDTHS, Served, launched, served, violations, watched
from web_site import site
from workbench_site import Workbench, workbench

from app.wording import catalogue

pytestmark = NEEDED
CONCEPTS = ("/concepts/?q=lavagem+de+dinheiro", "/concepts/?q=xyzzy", "/concepts/ML", "/concepts/NOWHERE")
ASKED = "concept=ML&country=ES&country=BR&country=IE&country=FR&date=2032-01-01"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    return workbench(tmp_path_factory.mktemp("workbench"))


@pytest.fixture(scope="module")
def bench(made: Workbench) -> Iterator[Served]:
    with served(site(made.settings)) as found:
        yield found


def addresses(made: Workbench) -> list[str]:
    return [*made.addresses, *CONCEPTS]


def in_language(address: str, language: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}ui={language}"


@pytest.mark.parametrize("language", IN_TURN)
def test_axe_finds_no_violation(browser: Browser, bench: Served, made: Workbench, language: str) -> None:
    context = browser.new_context(color_scheme=SCHEMES[language], viewport={"width": WIDTHS[language], "height": 900})
    page, wrong = watched(context)
    found = []
    for address in addresses(made):
        page.goto(bench.address + in_language(address, language))
        expect(page.locator("html")).to_have_attribute("lang", language)
        found += [(address, one) for one in violations(page)]
    assert found == []
    assert [one for one in wrong if "404" not in one] == []
    context.close()


def test_everything_fits_a_telephone_and_can_be_touched(browser: Browser, bench: Served, made: Workbench) -> None:
    """Width by WCAG 1.4.10 (320 pixels), targets by 2.5.8."""
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page, _ = watched(context)
    for address in addresses(made):
        page.goto(bench.address + in_language(address, "fr"))
        page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
        assert page.evaluate(SMALL_TARGETS) == [], address
    context.close()


def test_every_control_has_its_turn_and_is_seen(browser: Browser, bench: Served, made: Workbench) -> None:
    """Tab goes once through what can be followed, pressed or filled in, in the order of the page, and shows where."""
    context = browser.new_context()
    page, _ = watched(context)
    for address in (made.addresses[1], made.addresses[4], "/alerts/"):
        page.goto(bench.address + in_language(address, "en"))
        places = page.evaluate(
            """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
                .filter((part) => part.checkVisibility() && part.type !== 'hidden' && part.tabIndex >= 0).length"""
        )
        seen = []
        for _ in range(places):
            page.keyboard.press("Tab")
            seen.append(page.evaluate("document.activeElement.outerHTML"))
            style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert style == "solid", (address, seen[-1])
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body"), (address, places)
    context.close()


@pytest.mark.parametrize("language", IN_TURN)
def test_a_room_without_javascript(browser: Browser, bench: Served, language: str) -> None:
    """From the comparison to a room, a comment, its answer, a frozen version, what changed, and the end of it all."""
    context = browser.new_context(java_script_enabled=False)
    page, stated = watched(context)[0], catalogue(language).gettext
    name = f"Sala {language}"
    page.goto(f"{bench.address}/compare/?ui={language}&{ASKED}")
    page.fill("#room-name", name)
    page.press("#room-name", "Enter")
    expect(page.locator("h1")).to_have_text(name)

    page.locator(".talk a").first.click()
    page.fill("#text", "Primera línea\nsegunda <b>línea</b>")
    page.click(f"button:text-is('{stated('rooms.comment_2')}')")
    expect(page.locator(".said")).to_have_text("Primera línea\nsegunda <b>línea</b>")
    page.fill(".answer textarea", "Sí")
    page.click(f"button:text-is('{stated('rooms.send')}')")
    expect(page.locator(".said")).to_have_count(2)
    page.locator("p a", has_text=name).click()
    expect(page.locator(".talk strong")).to_have_count(1)

    page.fill("#label", "Uno")
    page.press("#label", "Enter")
    expect(page.locator("[role=status]")).to_contain_text("1")
    page.click(f"text={stated('rooms.what_has_changed_since')}")
    expect(page.locator("main")).to_contain_text(stated("rooms.no_cell_has_changed"))
    page.locator("p a", has_text=name).first.click()
    page.click(f"summary:text-is('{stated('rooms.close_the_room')}')")
    page.locator("details form button").click()
    expect(page.locator("h1")).to_have_text(stated("rooms.working_rooms"))
    expect(page.locator("main h2", has_text=name)).to_have_count(0)
    context.close()


@pytest.mark.parametrize("language", IN_TURN)
def test_an_alert_without_javascript(browser: Browser, bench: Served, language: str) -> None:
    """From a search to the alert that keeps it, and away with it."""
    context = browser.new_context(java_script_enabled=False)
    page, stated = watched(context)[0], catalogue(language).gettext
    query = f"multa {language}"
    page.goto(f"{bench.address}/?q={query}&jurisdiction=ES&ui={language}")
    page.click(f"text={stated('alerts.tell_me_when_something')}")
    kept = page.locator(".alerts > li", has_text=query)
    expect(kept).to_have_count(1)
    kept.locator("h2 a").click()
    expect(page.locator("#q")).to_have_value(query)
    page.go_back()
    kept.locator("button", has_text=stated("alerts.delete_this_alert")).click()
    expect(page.locator("[role=status]")).to_have_text(stated("alerts.deleted"))
    expect(kept).to_have_count(0)
    context.close()


def test_news_are_new_until_they_are_marked_as_seen(browser: Browser, made: Workbench) -> None:
    with served(site(made.settings)) as own:
        context = browser.new_context(java_script_enabled=False)
        page: Page = watched(context)[0]
        page.goto(f"{own.address}/alerts/?ui=en")
        new = page.locator(".new-mark").count()
        assert new >= 3
        assert page.title().startswith("(")
        page.locator(".told a", has_text="Changes").click()
        expect(page.locator("del").nth(1)).to_be_visible()
        page.go_back()
        page.click("text=Mark all as seen")
        expect(page.locator(".new-mark")).to_have_count(0)
        context.close()
