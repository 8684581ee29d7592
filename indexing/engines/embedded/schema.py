"""Schema and documents of a partition's tantivy index.

Retrieval units ("scopes") and passages share one index but have separate fields, so that their term statistics are
separate and queries need no filter by kind. Tokens are prepared and separated by white space.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import tantivy
from tantivy import Order

from indexing.analysis.folding import fold
from indexing.engines.plan import CONTEXT, DAYS, EXACT, KEYWORDS, LEMMA, PLAIN
from indexing.records.record import Record, RecordKind
from indexing.records.stored_fields import days, keywords, pack
from indexing.records.validity import day

PASSAGE_PLAIN, PASSAGE_LEMMA, PASSAGE_SCOPE = "passage_plain", "passage_lemma", "passage_scope"
RECORD, OWNER, SHOWN, NEWEST, OLDEST, TITLE = "record", "owner", "shown", "newest", "oldest", "title_order"
VECTORS = "vectors"  # of a unit: its first row in the vector files and their number, packed into one integer
BY_SCORE = (None, Order.Desc)
SORTS = {"newest": (NEWEST, Order.Desc), "oldest": (OLDEST, Order.Desc), "title": (TITLE, Order.Asc)}
_LAST_DAY = 99_999_999
_COUNT_BITS = 24  # bits for the number of passages; the rest suffices for the row


def schema() -> tantivy.Schema:
    """Return the tantivy schema of an index."""
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
    """Return the tantivy document of a record; passages have none of the fields of retrieval units.

    ``first_row`` is the row of a unit's first vector.
    """
    fields = tantivy.Document()
    fields.add_text(RECORD, record.id)
    fields.add_text(OWNER, record.facts.document_id)
    fields.add_bytes(SHOWN, pack(record))
    if record.kind is RecordKind.PASSAGE:
        fields.add_text(PASSAGE_SCOPE, record.scope_id)
        fields.add_text(PASSAGE_PLAIN, " ".join(map(fold, record.exact)))
        fields.add_text(PASSAGE_LEMMA, " ".join(record.lemmas))
        return fields
    fields.add_text(EXACT, " ".join(record.exact))
    fields.add_text(PLAIN, " ".join(map(fold, record.exact)))
    fields.add_text(LEMMA, " ".join(record.lemmas))
    fields.add_text(CONTEXT, " ".join(record.context))
    for name, values in keywords(record).items():
        for value in values:
            fields.add_text(name, value)
    date = day(record.facts.date)
    fields.add_integer(NEWEST, date)
    fields.add_integer(OLDEST, _LAST_DAY - date if date else 0)
    fields.add_text(TITLE, fold(record.facts.title))
    for name, at in days(record).items():
        fields.add_integer(name, at)
    if record.vectors:
        fields.add_integer(VECTORS, packed_rows(first_row, len(record.vectors)))
    return fields


def packed_rows(first: int, count: int) -> int:
    """Return the row range of a unit's vectors, ``count`` from ``first`` on, as one integer."""
    return first << _COUNT_BITS | count


def unpacked_rows(packed: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the first row and the number of rows of each unit (inverse of :func:`packed_rows`)."""
    return packed >> _COUNT_BITS, packed & ((1 << _COUNT_BITS) - 1)


def sort_key(key: float | int | str, sort: str) -> tuple[float | str, ...]:
    """Return the sort key across partitions of a hit, from the value by which tantivy ranked it."""
    return (key,) if sort == "title" else (-float(key),)
