"""Reading of one request document, in a worker process or directly: derived files in, machine form out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.requests.rows import Row, request_row
from extraction.errors import RogatioError
from extraction.worker import allow
from indexing.store.derived import Derived
from indexing.store.page_corrections import with_page_texts

_SECONDS_A_CHARACTER = 1e-4
"""Of processor, ten times what a reading takes, so that a long file is not cut off on a slow machine."""


@dataclass(frozen=True, slots=True)
class ReadingTask:
    """Input of a reading; ``annotations`` is the fingerprint of the annotations, ``page_texts`` are corrected texts."""

    home: Path
    document: str
    sha256: str
    annotations: str
    page_texts: Mapping[int, str]


def read_task(task: ReadingTask) -> Row:
    """Return the reading in the machine form of ``rogatio request``; that of an answer has its ``outcome`` as well.

    Raises ``indexing.not_read`` where text or annotations are not there.
    """
    from app.requests.life.summary import reported_outcome
    from nlp.requests.reading import read_request

    derived = Derived(task.home)
    try:
        document = with_page_texts(derived.document(task.sha256), task.page_texts)
        annotations = derived.annotations(task.sha256, task.document, task.annotations)
    except FileNotFoundError as error:
        raise RogatioError("indexing.not_read", document=task.document) from error
    allow(len(document.text) * _SECONDS_A_CHARACTER)
    row = request_row(task.document, read_request(document.text, annotations, document.blocks, document.media_type))
    outcome = reported_outcome(row, document.text)
    return {**row, "outcome": outcome} if outcome else row
