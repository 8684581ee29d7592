"""Tasks of a new user in a real browser, by what is visible: pages per task (``user_tasks.py``)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
import user_tasks
from playwright.sync_api import Browser, ElementHandle, FilePayload, Page
from real_browser import NEEDED, Served, launched, served, watched
from user_tasks import TASKS, Walk, tasks_desk
from web_site import site

from extraction.errors import LANGUAGES

pytestmark = NEEDED

WALKED = (
    user_tasks.filter_by_country,
    user_tasks.read_a_hit,
    user_tasks.find_a_letter,
    user_tasks.look_up_a_concept,
    user_tasks.find_a_person,
    user_tasks.save_an_alert,
    user_tasks.compare_a_provision,
    user_tasks.open_a_gap_matrix,
    user_tasks.see_request_data,
    user_tasks.correct_a_title,
    user_tasks.watch_a_law,
    user_tasks.tag_a_document,
    user_tasks.compare_a_concept,
    user_tasks.judge_a_cell,
    user_tasks.freeze_a_workspace,
    user_tasks.upload_a_letter,
    user_tasks.resolve_a_failed_file,
)
FULL = pytest.mark.full
FILES = (user_tasks.export, user_tasks.see_suggestions)
"""What ends in a file, or is seen while typing: ``test_search_export.py``, ``test_browser.py``."""
SIZES = ((1440, 900), (390, 844))
# The first link or form that fits and is visible, or else the first that can be opened to view. Links of drawings have
# an address of another type.
LINK = """(pattern) => {
    const fits = (link) => new RegExp(pattern).test(link.href.baseVal ?? link.href);
    const fitting = [...document.querySelectorAll('a[href]')].filter(fits);
    return fitting.find((link) => link.checkVisibility()) ?? fitting.find((link) => link.closest('details')) ?? null;
}"""
FORM = """([pattern, names]) => [...document.forms].find((form) => new RegExp(pattern).test(form.action.split('?')[0])
    && names.every((name) => form.elements[name])) ?? null"""
CLOSED = "(part) => [...document.querySelectorAll('details:not([open])')].filter((one) => one.contains(part)).length"
OPENER = """(part) => [...document.querySelectorAll('details:not([open])')].find((one) => one.contains(part))
    .querySelector('summary')"""


@dataclass
class BrowserWalk:
    """A visit in a browser that counts the pages it loads; closed parts are opened by their summary."""

    page: Page
    address: str
    language: str
    loads: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self.page.on("load", self._count)
        self.visit(f"/?ui={self.language}")

    def _count(self, _: Page) -> None:
        self.loads += 1

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    @property
    def data(self) -> bytes:
        return self.page.content().encode()

    def visit(self, address: str) -> None:
        self.page.goto(self.address + address)
        self._check()

    def follow(self, pattern: str) -> None:
        link = self.page.evaluate_handle(LINK, pattern).as_element()
        assert link, f"no link like {pattern} on {self.path}"
        self._click(link)

    def send(self, pattern: str, **values: str) -> None:
        form = self.page.evaluate_handle(FORM, [pattern, [*values]]).as_element()
        assert form, f"no form like {pattern} on {self.path}"
        button = None
        for name, value in values.items():
            choice = form.query_selector(f"input:is([type=radio], [type=checkbox])[name='{name}'][value='{value}']")
            entered = choice or form.query_selector(f"[name='{name}']")
            assert entered
            if not self._enter(entered, value):
                button = entered
        button = button or form.query_selector("button:not([type=button])")
        assert button
        self._click(button)

    def upload(self, pattern: str, name: str, content: str, **values: str) -> None:
        chosen: FilePayload = {"name": name, "mimeType": "text/markdown", "buffer": content.encode()}
        self.page.set_input_files("input[type=file]", chosen)
        self.send(pattern, **values)

    def has(self, xpath: str) -> bool:
        return self.page.locator(f"xpath={xpath}").count() > 0

    def _enter(self, entered: ElementHandle, value: str) -> bool:
        """Enter a value into a field; return False for a button, which sends it."""
        kind = entered.evaluate("(part) => part.tagName === 'BUTTON' ? 'button' : part.type")
        if kind == "hidden":
            assert entered.get_attribute("value") == value
        elif kind in ("radio", "checkbox"):
            self._open(entered)
            entered.check()
        elif kind == "select-one":
            self._open(entered)
            entered.select_option(value, timeout=5000)
        elif kind != "button":
            self._open(entered)
            entered.fill(value)
        return kind != "button"

    def _open(self, part: ElementHandle) -> None:
        while part.evaluate(CLOSED):
            summary = part.evaluate_handle(OPENER).as_element()
            assert summary
            summary.click()

    def _click(self, part: ElementHandle) -> None:
        """Follow a link or press a button by the keyboard: images that load late cannot move it away from a pointer."""
        self._open(part)
        part.scroll_into_view_if_needed()
        with self.page.expect_navigation(wait_until="load"):
            part.press("Enter")
        self._check()

    def _check(self) -> None:
        assert self.page.locator("html").get_attribute("lang") == self.language
        assert not re.search(r"[?&]ui=(?!" + self.language + ")", self.page.url)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(site(tasks_desk(tmp_path_factory.mktemp("tasks")).installation.settings)) as found:
        yield found


def walks() -> list[object]:
    """Return every task in every language; ``make test`` walks some, each in one of them, in turn."""
    return [
        pytest.param(
            number,
            task,
            language,
            id=f"{task.__name__}-{language}",
            marks=() if task in WALKED and place == WALKED.index(task) % len(LANGUAGES) else FULL,
        )
        for number, (task, _) in enumerate(TASKS)
        for place, language in enumerate(LANGUAGES)
        if task not in FILES
    ]


@pytest.mark.parametrize(("number", "task", "language"), walks())
def test_a_new_user_gets_there_in_a_browser(
    browser: Browser, office: Served, number: int, task: Callable[[Walk], None], language: str
) -> None:
    """Sizes of the window and scripts take turns."""
    width, height = SIZES[number // 2 % 2]
    context = browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=number % 3 > 0)
    page, wrong = watched(context)
    walk = BrowserWalk(page, office.address, language)
    task(walk)
    assert walk.loads <= dict(TASKS)[task]
    assert wrong == []
    context.close()
