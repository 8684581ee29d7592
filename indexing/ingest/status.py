"""What an installation holds, in figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.engine import make_url

from indexing.access import LOCAL_USER, AccessFilter, Principal
from indexing.vectors.encoder import open_encoder

if TYPE_CHECKING:
    from indexing.installation import Library


@dataclass(frozen=True, slots=True)
class LibraryStatus:
    """``documents`` counts by status, with pages and passages; ``records`` by space of the engine.

    ``encoder`` is the version of the encoder that is configured, empty where there is none: everything is then found
    by its words alone. ``by_words_alone`` counts documents whose passages that encoder has not encoded yet.
    """

    home: str
    engine: str
    database: str
    documents: Mapping[str, int]
    records: Mapping[str, int]
    unfinished: int
    by_words_alone: int = 0
    encoder: str = ""


def _wholly_readable(library: Library, access: AccessFilter) -> list[str]:
    """Return the spaces all of which may be seen: the engine counts a space without a filter."""
    everything = dict(library.store.access(LOCAL_USER).readable)
    return [space for space, collections in access.readable if collections == everything[space]]


def status(library: Library, principal: Principal) -> LibraryStatus:
    """Return what the installation holds of what ``principal`` may see."""
    access = library.store.access(principal)
    encoder = open_encoder(library.settings)
    return LibraryStatus(
        home=str(library.settings.home),
        engine=library.settings.engine,
        database=make_url(library.settings.database).render_as_string(hide_password=True),
        documents=library.store.counts(access),
        records={space: library.engine.count(space) for space in _wholly_readable(library, access)},
        by_words_alone=library.store.not_encoded(access, encoder.version) if encoder else 0,
        encoder=encoder.version if encoder else "",
        unfinished=sum(batch.finished is None for batch in library.store.batches(access)),
    )
