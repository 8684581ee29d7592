"""Fields and documents of a partition's tantivy index.

Scopes and passages lie in one index but in fields of their own, so that neither's statistics weigh on the other
and no query needs to filter by kind. Tokens are ready made: joined by blanks, parted by the whitespace tokenizer.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import tantivy

from indexing.analysis.folding import fold
from indexing.engines.plan import CONTEXT, DAYS, EXACT, KEYWORDS, LEMMA, PLAIN
from indexing.records.record import Record, RecordKind
from indexing.records.retrieval_units import day, days, keywords
from indexing.records.stored_fields import pack

PASSAGE_PLAIN, PASSAGE_LEMMA, PASSAGE_SCOPE = "passage_plain", "passage_lemma", "passage_scope"
RECORD, OWNER, SHOWN, NEWEST, OLDEST, TITLE = "record", "owner", "shown", "newest", "oldest", "title_order"
VECTORS = "vectors"  # of a scope: its first row in the files of vectors and how many follow, in one number
_LAST_DAY = 99_999_999
_COUNT_BITS = 24  # passages of one scope; what is left holds more rows than a disk
SCHEMA_VERSION = 5  # rises with every change of the fields; an index of another version has to be built again


def schema() -> tantivy.Schema:
    """Return the schema of an index."""
    builder = tantivy.SchemaBuilder()
    for name in (EXACT, PLAIN, LEMMA, PASSAGE_PLAIN, PASSAGE_LEMMA):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    builder.add_text_field(CONTEXT, tokenizer_name="whitespace", index_option="freq")
    for name in KEYWORDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in (RECORD, OWNER, PASSAGE_SCOPE):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(TITLE, tokenizer_name="raw", index_option="basic", fast=True)
    for name in (NEWEST, OLDEST, *DAYS):
        builder.add_integer_field(name, indexed=True, fast=True)
    builder.add_integer_field(VECTORS, indexed=True, fast=True)
    builder.add_bytes_field(SHOWN, stored=True)
    return builder.build()


def document(record: Record, first_row: int) -> tantivy.Document:
    """Return the tantivy document of a record; a passage has no field that scopes are found by.

    ``first_row`` is where the vectors of a scope begin.
    """
    made = tantivy.Document()
    made.add_text(RECORD, record.id)
    made.add_text(OWNER, record.facts.document_id)
    made.add_bytes(SHOWN, pack(record))
    if record.kind is RecordKind.PASSAGE:
        made.add_text(PASSAGE_SCOPE, record.scope_id)
        made.add_text(PASSAGE_PLAIN, " ".join(map(fold, record.exact)))
        made.add_text(PASSAGE_LEMMA, " ".join(record.lemmas))
        return made
    made.add_text(EXACT, " ".join(record.exact))
    made.add_text(PLAIN, " ".join(map(fold, record.exact)))
    made.add_text(LEMMA, " ".join(record.lemmas))
    made.add_text(CONTEXT, " ".join(record.context))
    for name, values in keywords(record).items():
        for value in values:
            made.add_text(name, value)
    date = day(record.facts.date)
    made.add_integer(NEWEST, date)
    made.add_integer(OLDEST, _LAST_DAY - date if date else 0)
    made.add_text(TITLE, fold(record.facts.title))
    for name, at in days(record).items():
        made.add_integer(name, at)
    if record.vectors:
        made.add_integer(VECTORS, packed_rows(first_row, len(record.vectors)))
    return made


def packed_rows(first: int, count: int) -> int:
    """Return the rows of a scope's vectors, ``count`` from ``first`` on, as one number."""
    return first << _COUNT_BITS | count


def unpacked_rows(packed: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the first row of each scope, and how many it has."""
    return packed >> _COUNT_BITS, packed & ((1 << _COUNT_BITS) - 1)
