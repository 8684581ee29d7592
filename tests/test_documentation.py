"""The pages for operators and contributors: links lead somewhere; commands, options, variables and codes exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from test_benchmark_docs import anchors

from app.cli import COMMANDS, rogatio

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
SOURCES = ("app", "extraction", "indexing", "nlp")
OF_CONTAINERS = {"ROGATIO_NAME", "ROGATIO_CERTIFICATES"}  # variables of compose.yaml


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_to_a_file_and_a_heading(page: Path) -> None:
    for path, anchor in re.findall(r"\]\((?!https?:)([^)#\s]*)(?:#([^)]*))?\)", page.read_text(encoding="utf-8")):
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), path
        assert not anchor or anchor in anchors(target), anchor


def documented_commands(page: Path) -> Iterator[list[str]]:
    """Yield the words of each command of ``rogatio`` in the code blocks and code spans of a page, without comments."""
    text = page.read_text(encoding="utf-8")
    blocks = "\n".join(re.findall(r"^```\n(.*?)^```", text, re.MULTILINE | re.DOTALL))
    lines = [line.partition(" #")[0] for line in blocks.splitlines()]
    lines += [" ".join(span.split()) for span in re.findall(r"`(rogatio [^`]+)`", text)]
    for line in lines:
        if found := re.search(r"(?:^|[ /])rogatio ((?:[a-z][\w-]*)(?: .*)?)$", line):
            yield found.group(1).split()


@pytest.mark.parametrize("page", PAGES[1:], ids=lambda page: page.stem)
def test_documented_commands_and_options_exist(page: Path) -> None:
    context = click.Context(rogatio)
    for words in documented_commands(page):
        if words[0] not in COMMANDS:
            assert words[0] in ("rogatio", "doctor"), words  # a service of compose.yaml
            continue
        command = rogatio.get_command(context, words[0])
        if isinstance(command, click.Group):
            command = command.commands.get(words[1])
        assert command is not None, words
        known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
        assert {word.partition("=")[0] for word in words if word.startswith("--")} <= known, words


def test_documented_variables_are_read_by_the_program() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for top in SOURCES for path in (ROOT / top).rglob("*.py"))
    named = {name for page in PAGES for name in re.findall(r"\bROGATIO_[A-Z_]+", page.read_text(encoding="utf-8"))}
    read = {name for name in named if name in code}
    assert named - read - OF_CONTAINERS == set()


def test_documented_error_codes_have_a_message() -> None:
    messages = "\n".join(path.read_text(encoding="utf-8") for path in ROOT.glob("*/resources/messages.yaml"))
    text = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:app|extraction|indexing)\.[a-z]+_[a-z_]+)`", text)
    assert named
    assert [code for code in named if f"{code}:" not in messages and f"{code.partition('.')[2]}:" not in messages] == []
