"""One provision through the expressions of its law, and the changes between two expressions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from extraction.document import Document
from extraction.errors import RogatioError
from indexing.access import AccessFilter
from indexing.analysis.folding import fold
from indexing.records.canonical_ids import provision_identities
from indexing.store.reading import Store
from indexing.works.differences import is_same
from indexing.works.works import Expression, Work, works_of
from nlp.annotations import Annotations, Unit
from nlp.citations.pinpoints import article_id, find_pinpoints
from nlp.structure.structure import provisions

_SEPARATORS = str.maketrans("", "", " .,-ºª°()§\u00a0")
_LONGEST_PINPOINT = 80

_Key = tuple[str, int]  # a label, and how many provisions of that label came before
_Held = dict[_Key, tuple[int, str]]  # where a provision starts, and its text


@dataclass(frozen=True, slots=True)
class ProvisionVersion:
    """A provision as one version of its law has it: offsets in that document's text, ``page`` from 1.

    ``unit`` and ``text`` are empty where that version has no such provision, or could not be read.
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
    """A provision that two versions of a law do not have alike; the one that lacks it has an empty text."""

    kind: Literal["changed", "added", "removed"]
    unit: str
    old: str
    new: str
    start: int


def law_of(store: Store, access: AccessFilter, document: str) -> Work:
    """Return the law that ``document`` is a version of.

    Raises ``indexing.no_such_document``, and ``indexing.no_law`` where it is no version of a law.
    """
    stored = store.document(access, document)
    work = works_of(store, access, [stored.id]).get(stored.id)
    if work is None:
        raise RogatioError("indexing.no_law", document=stored.id)
    return work


def provision_versions(
    store: Store, access: AccessFilter, document: str, pinpoint: str
) -> tuple[ProvisionVersion, ...]:
    """Return the provision that ``pinpoint`` names in each version of the law in the language of ``document``.

    It is that of the document or, as one that was repealed, of the newest version that has it. The oldest comes first,
    versions of which no day is known last. Raises ``indexing.no_such_provision`` where none has it, and what
    ``law_of`` raises.
    """
    work = law_of(store, access, document)
    own = next(one for one in work.expressions if one.document == document)
    spoken = [one for one in work.expressions if one.language == own.language]
    held = (_structured(store, access, one) for one in (own, *reversed(spoken)))
    unit = next(filter(None, (provision_named(one, pinpoint) for one in held if one)), None)
    if unit is None:
        raise RogatioError("indexing.no_such_provision", provision=pinpoint[:_LONGEST_PINPOINT])
    return tuple(_in_version(store, access, one, unit) for one in spoken)


def provision_named(annotations: Annotations, pinpoint: str) -> Unit | None:
    """Return the provision that is called ``pinpoint``: by its label, as a citation writes it, or by its number."""
    held = provisions(annotations.structure)
    asked = tuple(f"#{item}" for found in find_pinpoints(pinpoint) for item in found.items)
    if pinpoint[:1].isdigit():
        asked = tuple(f"#{prefix}-{article_id(pinpoint)}" for prefix in ("art", "s"))
    exact = (one for one in held if one.label == pinpoint)
    alike = (one for one in held if pinpoint and _bare(one.label) == _bare(pinpoint))
    named = ((one, provision_identities(annotations, one)) for one in held if asked)
    cited = (one for one, names in named if any(name.endswith(asked) for name in names))
    return next(exact, None) or next(alike, None) or next(cited, None)


def law_changes(store: Store, access: AccessFilter, old: str, new: str) -> tuple[ProvisionChange, ...]:
    """Return the provisions that differ between two versions (document ids), in the order of the newer one.

    What was removed follows the provision behind which it stood. Raises what ``law_of`` raises, and
    ``indexing.no_such_document`` where ``old`` is no version of the law.
    """
    if old not in {one.document for one in law_of(store, access, new).expressions}:
        raise RogatioError("indexing.no_such_document", document=old)
    before, after = _texts(store, access, old), _texts(store, access, new)
    return tuple(_changes(before, after))


def _structured(store: Store, access: AccessFilter, version: Expression) -> Annotations | None:
    """Return what a version is made of, None for one that came in and could not be read."""
    try:
        return store.annotations(access, version.document)
    except RogatioError:
        return None


def _in_version(store: Store, access: AccessFilter, version: Expression, wanted: Unit) -> ProvisionVersion:
    annotations = _structured(store, access, version)
    if annotations is None:
        return ProvisionVersion(version)
    reading = store.reading(access, version.document)
    same = [one for one in provisions(annotations.structure) if one.label == wanted.label]
    unit = next((one for one in same if one.path == wanted.path), same[0] if same else None)
    if unit is None:
        return ProvisionVersion(version)
    text = _text(reading, unit)
    return ProvisionVersion(version, unit.label, unit.path, reading.page_at(unit.start), unit.start, unit.end, text)


def _texts(store: Store, access: AccessFilter, document: str) -> _Held:
    reading = store.reading(access, document)
    seen: dict[str, int] = defaultdict(int)
    held: _Held = {}
    for unit in provisions(store.annotations(access, document).structure):
        held[unit.label, seen[unit.label]] = unit.start, _text(reading, unit)
        seen[unit.label] += 1
    return held


def _changes(before: _Held, after: _Held) -> Iterator[ProvisionChange]:
    removed = _removed_behind(list(before), after)
    yield from (ProvisionChange("removed", key[0], before[key][1], "", before[key][0]) for key in removed[None])
    for key, (start, text) in after.items():
        old = before.get(key)
        if old is None:
            yield ProvisionChange("added", key[0], "", text, start)
        elif not is_same(old[1], text):
            yield ProvisionChange("changed", key[0], old[1], text, start)
        yield from (ProvisionChange("removed", one[0], before[one][1], "", before[one][0]) for one in removed[key])


def _removed_behind(before: Sequence[_Key], after: _Held) -> dict[_Key | None, list[_Key]]:
    removed: dict[_Key | None, list[_Key]] = defaultdict(list)
    stands: _Key | None = None
    for key in before:
        if key in after:
            stands = key
        else:
            removed[stands].append(key)
    return removed


def _text(reading: Document, unit: Unit) -> str:
    return reading.text[unit.start : unit.end].strip()


def _bare(label: str) -> str:
    return fold(label).translate(_SEPARATORS)
