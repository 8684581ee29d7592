"""Preparation of one document in a worker process: read, annotate, make records, add vectors of passages.

Task and result are small; large data is exchanged as files.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import tempfile
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, replace
from multiprocessing import parent_process
from pathlib import Path
from typing import TypeVar

from extraction.document import Document
from extraction.errors import RogatioError, is_storage_failure, storage_error
from extraction.read import read
from extraction.worker import allow
from indexing.access import PUBLIC_PARTITION
from indexing.ingest.passage_vectors import StoredVectors, missing_texts, with_vectors
from indexing.ingest.quarantine import MISPLACED, refuse_marked, refuse_misplaced
from indexing.ingest.tasks import Prepared, Task, write_entities, write_records
from indexing.records.passages import document_records, with_learned_concepts
from indexing.records.record import DocumentFacts, Record, RecordKind
from indexing.records.validity import Claim, claim_of_file
from indexing.settings import Settings
from indexing.store.derived import Derived
from indexing.store.entities import FoundEntity, found_entities
from indexing.store.originals import sha256_of
from indexing.store.page_corrections import with_page_texts
from indexing.vectors.encoder import Encoder, open_encoder
from nlp.annotations import Annotations, DocumentType
from nlp.document_kinds import is_legislation
from nlp.entities.authority_names import authority_name
from nlp.structure.structure import structure_warnings

log = logging.getLogger(__name__)

Result = TypeVar("Result")
_GENERIC = "generic:"
# Processor time: eight times the usual cost of the models, so that a long code is not cut off on a slow machine, within
# the absolute limit of a file.
SECONDS_PER_CHARACTER = 1e-3


def prepare(task: Task) -> Prepared:
    """Execute the task.

    Raises the ``RogatioError`` of a file that cannot be read, and ``indexing.no_original`` or
    ``indexing.original_damaged`` if the stored bytes are missing or altered.
    """
    derived = Derived(task.home)
    if not task.read:
        return _annotated(task, derived, derived.document(task.sha256))
    _ensure_intact(task)
    reading = read(task.original, task.scratch, name=task.facts.source, password=task.password, budget=task.budget)
    if reading.document is None:
        return Prepared(task.facts, members=reading.members)
    refuse_marked(task.screened, reading.document)
    derived.write_document(task.sha256, reading.document, task.scratch)
    return replace(_annotated(task, derived, reading.document), members=reading.members)


def _ensure_intact(task: Task) -> None:
    try:
        digest = sha256_of(task.original)
    except FileNotFoundError as error:
        raise RogatioError("indexing.no_original") from error
    if digest != task.sha256:
        raise RogatioError("indexing.original_damaged")


def _annotated(task: Task, derived: Derived, as_read: Document) -> Prepared:
    document = with_page_texts(as_read, task.page_texts)
    allow(len(document.text) * SECONDS_PER_CHARACTER)
    fingerprint = annotation_fingerprint(task, as_read.reader)
    annotations = _annotations(task, derived, document, fingerprint)
    facts, records, title = records_of(task, document, annotations)
    records, encoder = _encoded(task, derived, records, title)
    records = with_learned_concepts(records, document, annotations, facts) if encoder else records
    return Prepared(
        facts=facts,
        records=write_records(task.scratch / "records.zst", records),
        entities=write_entities(task.scratch / "entities.zst", _entities(facts, document, annotations)),
        pages=len(document.pages),
        passages=sum(record.kind is not RecordKind.SCOPE for record in records),
        media_type=document.media_type,
        reader=document.reader,
        annotations=fingerprint,
        annotation_version=annotations.version,
        encoder=encoder,
        warnings=(*document.warnings, *structure_warnings(annotations.structure)),
        claim=_claim(document, annotations) if is_legislation(facts.document_type) else None,
        text_sha256=hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest(),
    )


def _claim(document: Document, annotations: Annotations) -> Claim:
    return claim_of_file(document.metadata, annotations, document.text)


def records_of(task: Task, document: Document, annotations: Annotations) -> tuple[DocumentFacts, list[Record], str]:
    """Return the facts of a document, its records without vectors, and the title with which they are encoded.

    Raises ``indexing.wrong_collection`` for a letter among published law.
    """
    kind = document_type_of(task, document, annotations)
    refuse_misplaced(task.screened, task.facts, kind)
    facts = known_facts(task.facts, annotations, kind)
    return facts, document_records(document, annotations, facts), annotations.title or Path(facts.source).stem


def _entities(facts: DocumentFacts, document: Document, annotations: Annotations) -> tuple[FoundEntity, ...]:
    published = facts.partition == PUBLIC_PARTITION
    return found_entities(facts.document_id, document, annotations, published=published)


def _encoded(task: Task, derived: Derived, records: list[Record], title: str) -> tuple[list[Record], str]:
    """Return the records with vectors and the version of the encoder; without vectors the version is empty."""
    encoder = encoder_of(task)
    if encoder is None:
        return records, ""
    stored = stored_vectors(task, derived, encoder)
    if task.words_only and missing_texts(records, title, stored):
        return records, ""
    return with_vectors(records, title, stored, task.scratch), encoder.version


def encoder_of(task: Task) -> Encoder | None:
    """Return the encoder that a task names, None without one."""
    return open_encoder(Settings(task.home, encoder=task.encoder))


def stored_vectors(task: Task, derived: Derived, encoder: Encoder) -> StoredVectors:
    """Return the stored vectors of the document of a task and of those beside it."""
    return StoredVectors(derived, ((task.sha256, task.facts.document_id), *task.beside), encoder)


def annotation_fingerprint(task: Task, reader: str) -> str:
    """Return a digest (32 hexadecimal digits) of all inputs of the annotations other than the bytes of the file."""
    from nlp.pipeline import version  # brings all annotators, which only workers need

    inputs = (version(), reader, asdict(task.hints), sorted(task.page_texts.items()))
    encoded = json.dumps(inputs, sort_keys=True).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(encoded, digest_size=16).hexdigest()


def _annotations(task: Task, derived: Derived, document: Document, fingerprint: str) -> Annotations:
    """Return the stored annotations, or make and store them."""
    place = (task.sha256, task.facts.document_id, fingerprint)
    stored: Annotations | None = None
    with suppress(FileNotFoundError):
        stored = derived.annotations(*place)
    complete = _with_letter_type(task, document, stored or _made(task, document))
    if complete is not stored:
        derived.write_annotations(*place, complete, task.scratch)
    return complete


def _made(task: Task, document: Document) -> Annotations:
    from nlp.pipeline import annotate  # brings all annotators, which only workers need

    return annotate(document.text, document.blocks, hints=task.hints, metadata=document.metadata)


def _with_letter_type(task: Task, document: Document, annotations: Annotations) -> Annotations:
    """Return the annotations of a document that is read as a letter with its type by the present reader of letters.

    Finding the type takes the encoder, and every pass over the document needs it.
    """
    if not _is_read_as_letter(task):
        return annotations
    from nlp.requests.reading import VERSION, letter_type  # brings the reader of letters

    if annotations.letter is not None and annotations.letter.version == VERSION:
        return annotations
    return replace(annotations, letter=letter_type(document.text, annotations, document.blocks))


def _is_read_as_letter(task: Task) -> bool:
    """Return whether a document of unknown type may be a letter: a file of an authority, or a checked upload."""
    return not task.facts.document_type and (task.facts.partition != PUBLIC_PARTITION or MISPLACED in task.screened)


def document_type_of(task: Task, document: Document, annotations: Annotations) -> DocumentType:
    """Return the type of the document; letters are read as such in files of authorities and in checked uploads."""
    complete = _with_letter_type(task, document, annotations)
    letter = complete.letter if _is_read_as_letter(task) else None
    return letter.document_type if letter else complete.document_type


def known_facts(facts: DocumentFacts, annotations: Annotations, kind: DocumentType) -> DocumentFacts:
    """Return ``facts`` with missing values filled from the annotations and ``kind``, the type of the document.

    The country of a letter is the State that wrote it.
    """
    from nlp.pipeline import main_language  # brings all annotators, which only workers need

    letter = annotations.letter
    author = letter.author if letter is not None and letter.document_type == kind else ""
    return replace(
        facts,
        title=facts.title or annotations.title or Path(facts.source).stem,
        document_type=facts.document_type or kind.label,
        jurisdiction=facts.jurisdiction or author or annotations.jurisdiction,
        date=facts.date or annotations.date,
        language=main_language(annotations.segments),
        authority=facts.authority or authority_of(annotations),
    )


def authority_of(annotations: Annotations) -> str:
    """Return the name of the first court or authority in the document, taken as its author.

    Generic bodies, such as a police or prosecution service without a name, are ignored.
    """
    bodies = (span.value for span in annotations.spans if span.label in ("COURT", "AUTHORITY") and span.value)
    first = next((value for value in bodies if not value.startswith(_GENERIC)), "")
    return authority_name(first, annotations.jurisdiction)


def prepare_in_worker(task: Task) -> Prepared:
    """Execute the task in a worker; unexpected exceptions become ``indexing.unexpected``."""
    return in_worker(task.scratch, lambda: prepare(task))


def in_worker(scratch: Path, work: Callable[[], Result]) -> Result:
    """Return the result of ``work`` in a worker; unexpected exceptions become ``indexing.unexpected``."""
    if parent_process():
        # temporary files of libraries and programs are removed with the scratch folder even if they are killed
        tempfile.tempdir = os.environ["TMPDIR"] = str(scratch)
    try:
        return work()
    except (RogatioError, MemoryError):
        raise
    except Exception as error:
        if is_storage_failure(error):
            raise storage_error(error) from error
        # A defect of ours fails one file, not the run. The log has where; the message may contain content.
        place = traceback.extract_tb(error.__traceback__)[-1]
        log.error("a document failed: %s at %s:%s", type(error).__name__, Path(place.filename).name, place.lineno)
        raise RogatioError("indexing.unexpected") from error
