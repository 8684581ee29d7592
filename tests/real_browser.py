"""A real Chromium for page tests, a served application, and the violations that axe finds in a page."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from waitress import create_server

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
NEEDED = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not CHROMIUM, reason="NO CHROMIUM FOUND: the browser tests did NOT run; install it (apt install chromium)"
    ),
]
SMALL_TARGETS = """() => [...document.querySelectorAll('nav a, .arrange a, button, input, select, summary, .chosen a')]
    .filter((part) => part.checkVisibility() && part.type !== 'hidden')
    .map((part) => [part.outerHTML.slice(0, 90), part.getBoundingClientRect().height])
    .filter(([, height]) => height < 24)"""

CROWDED_TARGETS = """() => {
    const inSentence = (part) => {
        if (getComputedStyle(part).display !== 'inline') return false;
        let block = part.parentElement;
        while (getComputedStyle(block).display === 'inline') block = block.parentElement;
        const letters = (words) => words.replace(/[\\s·,;|—-]+/g, '').length;
        const own = [...block.querySelectorAll('a, button, summary')].map((one) => one.innerText).join('');
        return letters(block.innerText) - letters(own) > 2;
    };
    const targets = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
        .filter((part) => part.checkVisibility({visibilityProperty: true}) && !part.closest('svg'))
        .map((part) => ({part, box: part.getBoundingClientRect()}))
        .filter(({box}) => box.width > 1 && box.height > 1 && box.right > 0);
    const small = targets.filter(({box}) => box.width < 23.9 || box.height < 23.9);
    const middle = (box) => [box.x + box.width / 2, box.y + box.height / 2];
    const meet = (one, other) => {
        const [x, y] = middle(one.box), [right, below] = middle(other.box), box = other.box;
        if (small.includes(other)) return Math.hypot(right - x, below - y) < 24;
        return Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom)) < 12;
    };
    const apart = (one, other) => one.part.contains(other.part) || other.part.contains(one.part);
    return small
        .filter((one) => !inSentence(one.part) && targets.some((other) => !apart(one, other) && meet(one, other)))
        .map(({part, box}) => [part.outerHTML.slice(0, 90), box.width, box.height]);
}"""
"""WCAG 2.2, 2.5.8: targets under 24 by 24 pixels, in no sentence, whose circle of 24 pixels meets another target."""

PAST_THE_EDGE = """() => {
    const scrolls = (part) => part && part !== document.body
        && (getComputedStyle(part).overflowX !== 'visible' || scrolls(part.parentElement));
    return [...document.querySelectorAll('body *')]
        .filter((part) => part.checkVisibility() && !part.closest('svg') && !scrolls(part.parentElement))
        .filter((part) => part.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
        .map((part) => part.outerHTML.slice(0, 90));
}"""
"""What ends to the right of the window and cannot be scrolled to."""

SCHEMES: dict[str, Literal["light", "dark"]] = {"es": "light", "pt": "dark", "en": "light", "fr": "dark"}
"""The colours in which axe reads the pages of each language: a page differs only in its words between languages."""

WIDTHS = {"es": 1280, "pt": 1280, "en": 390, "fr": 390}
"""The width of the window in which axe reads them, so that each width is read in both colours."""

IN_TURN = [name if name in ("pt", "en") else pytest.param(name, marks=pytest.mark.full) for name in SCHEMES]
"""Two languages of every run, one in each colour and width; the other two are tested in full runs only."""

expect.set_options(timeout=30_000)


@dataclass(frozen=True, slots=True)
class Served:
    """An application that is served on a port of this machine."""

    app: Flask
    address: str


@contextmanager
def served(app: Flask) -> Iterator[Served]:
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield Served(app, f"http://127.0.0.1:{server.effective_port}")
    server.close()


@contextmanager
def launched() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def watched(context: BrowserContext) -> tuple[Page, list[str]]:
    """Open a page that notes what goes wrong in it: errors of scripts and of the content policy, foreign requests."""
    page, wrong = context.new_page(), []
    page.set_default_timeout(120_000)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: None if "://127.0.0.1:" in request.url else wrong.append(request.url))
    return page, wrong


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """Return the rules that axe finds broken with the first elements that break each; all that can open is opened."""
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    result = Axe().run(page, options={"resultTypes": ["violations"]}).response
    assert len(result["passes"]) > 10
    return [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in result["violations"]]
