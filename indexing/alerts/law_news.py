"""What is new in the versions of a watched law, told from their texts and days alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from indexing.access import AccessFilter
from indexing.alerts.watched_provisions import END, Found, Reader, Watched, law_watched
from indexing.store.reading import Store
from indexing.works.timeline import Expression
from indexing.works.works import Work

VERSION, SAME, WITHOUT, TEXT, ENDED = "version", "version_same", "version_without", "text", "ended"


def version_news(reader: Reader, asked: Watched, works: Mapping[str, Work]) -> Iterator[tuple[Found, str]]:
    """Yield what is new in versions (document -> its work) with the digest of the provision's text in each.

    A text that only says that the law is over is none; that is told by ``end_news``.
    """
    known = dict(asked.known)
    for document, law in works.items():
        now = reader.digest(document, asked.unit) if asked.unit else ""
        kind = _kind(reader, asked, known, document, law, now)
        known[document] = now
        if kind:
            provision = reader.provision(document, asked.unit) if asked.unit else None
            yield reader.place(document, kind, provision.start) if provision else Found(document, kind), now


def end_news(store: Store, access: AccessFilter, asked: Watched) -> tuple[list[Found], Watched]:
    """Return that the law is in force no more from some day on, where another day was known, and what is known now."""
    law = law_watched(store, access, asked)
    if law is None:
        return [], asked
    last = law.last
    end = last.validity.end if last else ""
    found = [Found(last.document, ENDED)] if last and end != asked.end else []
    return found, replace(asked, known={**asked.known, END: end})


def _kind(reader: Reader, asked: Watched, known: Mapping[str, str], document: str, law: Work, now: str) -> str:
    own = next(one for one in law.expressions if one.document == document)
    if own.validity.start and own.validity.start == own.validity.end:
        return ""
    if document in asked.known:
        return TEXT if not asked.unit or asked.known[document] != now or not now else ""
    if not asked.unit:
        return VERSION
    before = _before(law.expressions, own, known)
    held = reader.digest(before, asked.unit) if before else ""
    if not now:
        return WITHOUT if held or not before else ""
    return SAME if held == now else VERSION


def _before(versions: Sequence[Expression], own: Expression, known: Collection[str]) -> str:
    """Return the version that one is compared with, in its language.

    It is another file of the same version that was there, else the version before; where no day is known, any other.
    """
    others = [one for one in versions if one.language == own.language and one.document != own.document]
    start = own.validity.start
    twins = [one for one in others if start and one.validity.start == start and one.document in known]
    earlier = [one for one in others if start and "" < one.validity.start < start]
    return (twins or earlier or others[-1:])[-1].document if others else ""
