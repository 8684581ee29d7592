"""A provision in all expressions of its law, and the changes between two expressions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from extraction.document import Document
from extraction.errors import RogatioError
from indexing.access import AccessFilter
from indexing.analysis.folding import fold
from indexing.store.reading import Store
from indexing.works.differences import is_same
from indexing.works.works import Expression, Work, works_of
from nlp.annotations import Annotations, Unit
from nlp.citations.identity import provision_identities
from nlp.citations.pinpoints import article_id, find_pinpoints, in_country
from nlp.structure.structure import provisions

_SEPARATORS = str.maketrans("", "", " .,-ºª°()§\u00a0")
_MAX_PINPOINT_LENGTH = 80

_Key = tuple[str, int]  # label of a provision, and its index among provisions with that label
_Provisions = dict[_Key, tuple[int, str]]  # start and text of each provision


@dataclass(frozen=True, slots=True)
class ProvisionVersion:
    """A provision in one expression of its law: offsets in that document's text, ``page`` from 1.

    ``unit`` and ``text`` are empty if the expression lacks the provision or could not be read.
    """

    expression: Expression
    unit: str = ""
    path: tuple[str, ...] = ()
    page: int = 0
    start: int = 0
    end: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class ProvisionChange:
    """A provision that differs between two expressions; a missing one has an empty text."""

    kind: Literal["changed", "added", "removed"]
    unit: str
    old: str
    new: str
    start: int


def law_of(store: Store, access: AccessFilter, document: str) -> Work:
    """Return the law of which ``document`` is an expression.

    Raises ``indexing.no_such_document``, and ``indexing.no_law`` if it is not legislation.
    """
    stored = store.document(access, document)
    work = works_of(store, access, [stored.id]).get(stored.id)
    if work is None:
        raise RogatioError("indexing.no_law", document=stored.id)
    return work


def provision_versions(
    store: Store, access: AccessFilter, document: str, pinpoint: str
) -> tuple[ProvisionVersion, ...]:
    """Return the provision at ``pinpoint`` in each expression of the law in the language of ``document``.

    ``pinpoint`` refers to the document or, if it was repealed, to the newest expression that has it. The oldest comes
    first, expressions without a known date last. Raises ``indexing.no_such_provision`` if none has it, and what
    ``law_of`` raises.
    """
    work = law_of(store, access, document)
    own = next(expression for expression in work.expressions if expression.document == document)
    same_language = [expression for expression in work.expressions if expression.language == own.language]
    structures = (_structured(store, access, expression) for expression in (own, *reversed(same_language)))
    unit = next(filter(None, (provision_named(structure, pinpoint) for structure in structures if structure)), None)
    if unit is None:
        raise RogatioError("indexing.no_such_provision", provision=pinpoint[:_MAX_PINPOINT_LENGTH])
    return tuple(_in_version(store, access, expression, unit) for expression in same_language)


def provision_named(annotations: Annotations, pinpoint: str) -> Unit | None:
    """Return the provision at ``pinpoint``: a label, a citation such as ``art. 5``, or a number; None if missing."""
    units = provisions(annotations.structure)
    items = [item for cited in find_pinpoints(pinpoint) for item in cited.items]
    if pinpoint[:1].isdigit():
        items = [f"{prefix}-{article_id(pinpoint)}" for prefix in ("art", "s")]
    # "art. 9.4" is article 9.4 if the law has one, else paragraph 4 of article 9
    endings = tuple(dict.fromkeys(f"#{item}" for item in (*items, *(in_country(item, "") for item in items))))
    exact = (unit for unit in units if unit.label == pinpoint)
    alike = (unit for unit in units if pinpoint and _bare(unit.label) == _bare(pinpoint))
    return next(exact, None) or next(alike, None) or _cited(annotations, units, endings)


def _cited(annotations: Annotations, units: Sequence[Unit], endings: Sequence[str]) -> Unit | None:
    """Return the first of ``units`` with an id of the first of ``endings`` that one has, None without one."""
    named = [(unit, provision_identities(annotations, unit)) for unit in units] if endings else []
    found = (unit for ending in endings for unit, ids in named if any(name.endswith(ending) for name in ids))
    return next(found, None)


def law_changes(store: Store, access: AccessFilter, old: str, new: str) -> tuple[ProvisionChange, ...]:
    """Return the provisions that differ between two expressions (document ids), in the order of the newer one.

    Removed provisions follow their former predecessor. Raises what ``law_of`` raises, and
    ``indexing.no_such_document`` if ``old`` is no expression of the law.
    """
    if old not in {expression.document for expression in law_of(store, access, new).expressions}:
        raise RogatioError("indexing.no_such_document", document=old)
    before, after = _texts(store, access, old), _texts(store, access, new)
    return tuple(_changes(before, after))


def _structured(store: Store, access: AccessFilter, version: Expression) -> Annotations | None:
    """Return the annotations of an expression, None if its file could not be read."""
    try:
        return store.annotations(access, version.document)
    except RogatioError:
        return None


def _in_version(store: Store, access: AccessFilter, version: Expression, wanted: Unit) -> ProvisionVersion:
    annotations = _structured(store, access, version)
    if annotations is None:
        return ProvisionVersion(version)
    reading = store.reading(access, version.document)
    same = [candidate for candidate in provisions(annotations.structure) if candidate.label == wanted.label]
    unit = next((candidate for candidate in same if candidate.path == wanted.path), same[0] if same else None)
    if unit is None:
        return ProvisionVersion(version)
    text = _text(reading, unit)
    return ProvisionVersion(version, unit.label, unit.path, reading.page_at(unit.start), unit.start, unit.end, text)


def _texts(store: Store, access: AccessFilter, document: str) -> _Provisions:
    reading = store.reading(access, document)
    counts: dict[str, int] = defaultdict(int)
    texts: _Provisions = {}
    for unit in provisions(store.annotations(access, document).structure):
        texts[unit.label, counts[unit.label]] = unit.start, _text(reading, unit)
        counts[unit.label] += 1
    return texts


def _changes(before: _Provisions, after: _Provisions) -> Iterator[ProvisionChange]:
    removed = _removed_after(list(before), after)
    yield from (ProvisionChange("removed", key[0], before[key][1], "", before[key][0]) for key in removed[None])
    for key, (start, text) in after.items():
        old = before.get(key)
        if old is None:
            yield ProvisionChange("added", key[0], "", text, start)
        elif not is_same(old[1], text):
            yield ProvisionChange("changed", key[0], old[1], text, start)
        yield from (ProvisionChange("removed", path[0], before[path][1], "", before[path][0]) for path in removed[key])


def _removed_after(before: Sequence[_Key], after: _Provisions) -> dict[_Key | None, list[_Key]]:
    removed: dict[_Key | None, list[_Key]] = defaultdict(list)
    predecessor: _Key | None = None
    for key in before:
        if key in after:
            predecessor = key
        else:
            removed[predecessor].append(key)
    return removed


def _text(reading: Document, unit: Unit) -> str:
    return reading.text[unit.start : unit.end].strip()


def _bare(label: str) -> str:
    return fold(label).translate(_SEPARATORS)
