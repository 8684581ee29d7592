"""Tasks of a new user from the first page, by links and forms without scripts: pages per task (``user_tasks.py``)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from user_tasks import TASKS, Walk, tasks_desk
from web_site import site
from werkzeug.test import TestResponse

from extraction.errors import LANGUAGES

INTERNAL = re.compile(r"\bref:[a-z]{2,3}:|\b[a-z_]+@\d|\b[0-9a-f]{24}\b")
FULL = pytest.mark.full


@dataclass
class ClientWalk:
    """A visit: the page that is shown, and how many were loaded. A redirect counts as one page."""

    client: FlaskClient
    language: str
    loads: int = 0
    shown: html.HtmlElement = field(init=False)
    answer: TestResponse = field(init=False)

    def __post_init__(self) -> None:
        self.load(self.client.get(f"/?ui={self.language}", follow_redirects=True))

    def load(self, answer: TestResponse) -> None:
        assert answer.status_code == 200, (answer.request.path, answer.status_code)
        self.loads, self.answer = self.loads + 1, answer
        if answer.mimetype == "text/html":
            self.shown = html.fromstring(answer.data)
            assert self.shown.get("lang") == self.language
            assert not INTERNAL.search(self.words()), "ids of the program are for addresses"
            self.shown.make_links_absolute(f"http://localhost{answer.request.path}")

    def follow(self, pattern: str) -> None:
        """Follow the first link of the page whose address has ``pattern``."""
        links = [link for link in self.shown.xpath("//a/@href") if re.search(pattern, link)]
        assert links, f"no link like {pattern} on {self.answer.request.path}"
        self.load(self.client.get(links[0].removeprefix("http://localhost"), follow_redirects=True))

    def upload(self, pattern: str, name: str, content: str, **values: str) -> None:
        self.send(pattern, files=(BytesIO(content.encode()), name), **values)

    def send(self, pattern: str, **values: str | tuple[BytesIO, str]) -> None:
        """Fill in the first form whose address has ``pattern`` and that has the fields, and send it."""
        fitting = (one for one in self.shown.forms if re.search(pattern, one.action or self.answer.request.path))
        form = next(one for one in fitting if values.keys() <= {*one.inputs.keys(), *one.xpath(".//button/@name")})
        filled = [(name, value) for name, value in form.form_values() if name not in values] + list(values.items())
        action = (form.action or self.answer.request.path).removeprefix("http://localhost")
        given: dict[str, Any] = {"data": dict(filled)} if form.method == "POST" else {"query_string": filled}
        self.load(self.client.open(action, method=form.method, follow_redirects=True, **given))

    def words(self) -> str:
        """Return what is read or read aloud of the page."""
        return " ".join(self.shown.xpath("//body//text()[not(ancestor::script)] | //@title | //@aria-label | //@alt"))

    def has(self, xpath: str) -> bool:
        return bool(self.shown.xpath(xpath))

    @property
    def path(self) -> str:
        return self.answer.request.path

    @property
    def data(self) -> bytes:
        return self.answer.data

    def visit(self, address: str) -> None:
        self.load(self.client.get(address))


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return site(tasks_desk(tmp_path_factory.mktemp("tasks")).installation.settings)


def walks() -> list[object]:
    """Return every task in every language; ``make test`` walks each in one of them, in turn."""
    return [
        pytest.param(
            task,
            most,
            language,
            id=f"{task.__name__}-{language}",
            marks=() if place == number % len(LANGUAGES) else FULL,
        )
        for number, (task, most) in enumerate(TASKS)
        for place, language in enumerate(LANGUAGES)
    ]


@pytest.mark.parametrize(("task", "most", "language"), walks())
def test_a_new_user_gets_there_in_few_pages(app: Flask, task: Callable[[Walk], None], most: int, language: str) -> None:
    walk = ClientWalk(app.test_client(), language)
    task(walk)
    assert walk.loads <= most
