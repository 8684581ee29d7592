"""Dictionaries of lemmas mapped into memory answer as simplemma does."""

from __future__ import annotations

from pathlib import Path

import pytest
import simplemma
from simplemma.strategies.dictionaries.dictionary_factory import _load_dictionary_from_disk

from extraction import build_cache
from nlp import dictionaries
from nlp.dictionaries import MappedDictionary, is_known, lemmatize, packed

WORDS = (
    "los imputados convirtieron bienes adquiridos ocultándolos Fiscalía autolavado re-extradición 1998 "
    "os bens ilícitos adquiridos transferências lavagem interceptações Juízo anticorrupção "
    "the judges' children convicted laundering proceeds Courts self-laundering "
    "les biens saisis auprès blanchiment condamnés l’accusée Cour recel zzzxq ñandú \ud800"
).split()


@pytest.mark.parametrize("language", ["es", "pt", "en", "fr"])
def test_words_have_the_same_lemma(language: str) -> None:
    plain = [word for word in WORDS if word != "\ud800"]
    assert [lemmatize(word, language) for word in plain] == [simplemma.lemmatize(word, lang=language) for word in plain]
    assert [is_known(word, language) for word in plain] == [simplemma.is_known(word, lang=language) for word in plain]


def test_every_word_of_a_dictionary_is_found_and_no_other() -> None:
    words = _load_dictionary_from_disk("en")
    mapped = MappedDictionary(memoryview(packed(words)))
    assert dict(mapped) == {word.decode(): lemma.decode() for word, lemma in words.items()}
    assert len(mapped) == len(words)
    absent = [word + b"qx" for word in words if word + b"qx" not in words]
    assert not [word for word in absent if word.decode() in mapped]


@pytest.mark.parametrize("size", range(6))
def test_small_dictionaries(size: int) -> None:
    words = {f"w{number}".encode(): f"l{number}".encode() for number in range(size)}
    mapped = MappedDictionary(memoryview(packed(words)))
    assert dict(mapped) == {f"w{number}": f"l{number}" for number in range(size)}
    assert mapped.get("w") is None
    assert mapped.get("w\n") is None
    with pytest.raises(KeyError):
        mapped["w99"]


def test_a_lone_surrogate_is_not_known() -> None:
    assert not MappedDictionary(memoryview(packed({b"casa": b"casa"}))).get("\ud800")


def test_words_are_found_where_nothing_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("a file, so that no folder can be made below it")
    monkeypatch.setattr(build_cache, "FOLDER", tmp_path / "file" / "cache")
    assert dictionaries._dictionary("en")["children"] == "child"
