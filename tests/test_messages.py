"""Every error has its sentence in the four languages of the interface, with the same facts in each."""

import re
from importlib.resources import files

import pytest
import yaml

from extraction.errors import LANGUAGES

PACKAGES = ("extraction", "nlp", "indexing", "app")
ROWS = [
    (package, code, sentences)
    for package in PACKAGES
    for code, sentences in yaml.safe_load(
        files(package).joinpath("resources/messages.yaml").read_text(encoding="utf-8")
    ).items()
]


@pytest.mark.parametrize(("package", "code", "sentences"), ROWS, ids=[f"{p}.{c}" for p, c, _ in ROWS])
def test_sentence_in_each_language(package: str, code: str, sentences: dict[str, str]) -> None:
    assert set(sentences) == set(LANGUAGES)
    facts = {language: set(re.findall(r"{(\w+)", sentence)) for language, sentence in sentences.items()}
    assert len({frozenset(names) for names in facts.values()}) == 1, facts
