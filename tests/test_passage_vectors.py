"""Vectors of passages: computed once, stored beside the original, recomputed only for another encoder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from engine_records import made
from tiny_models import write_encoder

from indexing.access import LOCAL_USER
from indexing.ingest.ingest import ingest
from indexing.ingest.passage_vectors import StoredVectors, headed_text, with_vectors
from indexing.ingest.reindexing import reindex
from indexing.ingest.status import status
from indexing.installation import Installation
from indexing.records.record import Record
from indexing.search.request import SearchRequest
from indexing.search.search import search
from indexing.settings import Settings
from indexing.store.derived import Derived
from indexing.vectors.encoder import Encoder
from nlp.transformer import Card

FOLDER_A, FOLDER_B = ("a" * 64, "first"), ("b" * 64, "second")
WORDS = "blanqueo capitales decomiso bienes testigo exhorto".split()


class Counting:
    """An encoder that counts what it is given."""

    def __init__(self, version: str = "1") -> None:
        self.given: list[str] = []
        self.encoder = Encoder(Card("counting", version, dimensions=4), self._embed)

    def _embed(self, texts: Sequence[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        self.given += texts
        return np.ones((len(texts), 4), np.float32) / 2


def encode(home: Path, counting: Counting, records: list[Record], *places: tuple[str, str]) -> list[Record]:
    return with_vectors(records, records[0].facts.title, StoredVectors(Derived(home), places, counting.encoder), home)


def texts(*sentences: str) -> list[Record]:
    return made("first", "\n".join(sentences))


def test_each_text_is_encoded_once(tmp_path: Path) -> None:
    counting = Counting()
    records = texts("Del decomiso de los bienes del delito.")
    first = encode(tmp_path, counting, records, FOLDER_A)
    again = encode(tmp_path, counting, records, FOLDER_A)
    assert first == again
    assert len(counting.given) == 1
    assert {one.encoder for one in first if one.vectors} == {"counting@1"}


def test_a_version_takes_over_what_the_one_beside_it_has(tmp_path: Path) -> None:
    counting = Counting()
    encode(tmp_path, counting, texts("Del decomiso de los bienes del delito."), FOLDER_A)
    encode(tmp_path, counting, texts("Del decomiso de los bienes del delito."), FOLDER_B, FOLDER_A)
    assert len(counting.given) == 1
    (tmp_path / "derived" / "aa").rename(tmp_path / "gone")
    encode(tmp_path, counting, texts("Del decomiso de los bienes del delito."), FOLDER_B)
    assert len(counting.given) == 1, "it has its own copy"


def test_another_encoder_makes_all_again_and_the_old_vectors_go(tmp_path: Path) -> None:
    old, new = Counting(), Counting("2")
    records = texts("Del decomiso de los bienes del delito.")
    encode(tmp_path, old, records, FOLDER_A)
    encode(tmp_path, new, records, FOLDER_A)
    assert len(new.given) == 1
    assert len(list(tmp_path.rglob("vectors-first-*"))) == 1


def test_what_is_too_short_has_no_vector_and_nothing_is_left_of_what_had(tmp_path: Path) -> None:
    counting = Counting()
    encode(tmp_path, counting, texts("Del decomiso de los bienes del delito."), FOLDER_A)
    short = encode(tmp_path, counting, texts("Folio 3."), FOLDER_A)
    assert not any(any(one.vectors) for one in short)
    assert len(counting.given) == 1


def test_a_passage_is_encoded_below_its_nearest_heading() -> None:
    assert headed_text(("Código Penal", "TÍTULO II", "CAPÍTULO I De la receptación"), "El que") == (
        "CAPÍTULO I De la receptación\nEl que"
    )
    assert headed_text(("Código Penal", ""), "El que") == "Código Penal\nEl que"
    assert headed_text(("",), "El que") == "El que"


def test_an_editorial_note_is_not_encoded(tmp_path: Path) -> None:
    counting = Counting()
    note = encode(
        tmp_path, counting, texts("Artículo parcialmente derogado DOF 02-08-1974. Derogado DOF 24-12-1991"), FOLDER_A
    )
    assert not any(any(one.vectors) for one in note)
    assert not counting.given


def test_a_new_model_is_used_after_reindex_and_until_then_the_status_says_so(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "home", encoder=write_encoder(tmp_path / "one", WORDS))
    letter = tmp_path / "letter.txt"
    letter.write_text("El exhorto pide oír al testigo sobre el blanqueo de capitales y los bienes.\n", encoding="utf-8")

    def opened(settings: Settings) -> Installation:
        return Installation(settings)

    def by_meaning(installation: Installation) -> int:
        return len(search(installation, SearchRequest("decomiso de bienes", mode="meaning")).hits)

    installation = opened(settings)
    ingest(installation, [letter])
    assert status(installation, LOCAL_USER).by_words_alone == 0
    assert by_meaning(installation) == 1
    assert ingest(installation, [letter]).unchanged == 1
    installation.close()

    other = opened(replace(settings, encoder=write_encoder(tmp_path / "two", WORDS, version="2")))
    assert status(other, LOCAL_USER).by_words_alone == 1
    assert by_meaning(other) == 0
    assert len(search(other, SearchRequest("exhorto")).hits) == 1
    reindex(other)
    assert status(other, LOCAL_USER).by_words_alone == 0
    assert by_meaning(other) == 1
    other.close()

    third = opened(replace(settings, encoder=write_encoder(tmp_path / "three", WORDS, version="3")))
    assert ingest(third, [letter]).indexed == 1, "an ingest sees to it as well"
    assert by_meaning(third) == 1
    third.close()
