"""Arrival of files: traversal of folders, manifests, storage of originals, entry of documents."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from extraction.characters import one_line
from extraction.errors import RogatioError
from extraction.read import Member
from indexing.ingest.manifests import DAYS, HINTS, MANIFEST, Rows, canonical, rows_by_path
from indexing.records.validity import Claim, in_a_manifest
from indexing.search.query_fields import known_value
from indexing.store.database import serialise
from indexing.store.deletion import remove_refused
from indexing.store.originals import Original, sha256_of
from indexing.store.quotas import EXCEEDED, has_quota, require_space
from indexing.store.reading import Store
from indexing.store.rows import StoredDocument
from indexing.store.writing import Arrival, arrive, writing
from indexing.works.bitemporal_claims import record_claim

TRUTH = ".truth.json"  # ground truth of the demonstration corpus for the file of the same name
WORKSPACE = ".workspace.json"  # a workspace to import, no document (app.rooms.importing)
# Tag files of BagIt (RFC 8493), by the part of the name before a hyphen: ``manifest-sha256.txt``.
_BAG_TAGS = frozenset({"bagit.txt", "bag", "fetch.txt", "manifest", "tagmanifest"})
UPLOADED = "upload:"
"""Start of the ``place`` of an uploaded file."""


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """Options for all files of an ingest; a manifest's row for a file takes precedence.

    ``manifest`` is a CSV file with a column ``file`` (a path relative to the manifest's folder) and any of
    ``collection case_file jurisdiction type title date password``, and for an expression of a law its first and last
    day in force, ``in_force_from in_force_to``. A ``manifest.csv`` in an ingested folder is used automatically.
    """

    collection: str = "public"
    case_file: str = ""
    jurisdiction: str = ""
    document_type: str = ""
    title: str = ""
    date: str = ""
    password: str = field(default="", repr=False)
    manifest: Path | None = None

    def __post_init__(self) -> None:
        """Normalise country, type and date (``España`` becomes ``ES``), title and case file (one line).

        Raises ``indexing.unknown_value``.
        """
        for name in ("jurisdiction", "document_type", "date", "title"):
            object.__setattr__(self, name, known_value(name, getattr(self, name)))
        object.__setattr__(self, "case_file", one_line(self.case_file))

    @property
    def hints(self) -> Mapping[str, str]:
        """The metadata given, by field of :class:`nlp.annotations.Hints`."""
        values = {name: getattr(self, name) for name in HINTS.values()}
        return {name: value for name, value in values.items() if value}


PUBLIC_LAW = IngestOptions()


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file to ingest under ``name``; ``place`` is its origin, identical for the same file at every ingest.

    ``folder`` is the requested folder in which it was found, if any. ``version`` is the claim of a Git history or
    manifest about it as an expression of a law.
    """

    path: Path
    name: str
    place: str
    options: IngestOptions
    folder: Path | None = None
    version: Claim | None = None

    @property
    def leads_out(self) -> bool:
        """Whether this is a link to outside its folder, by which the folder's author could have other files read."""
        return self.folder is not None and not _is_inside(self.path, self.folder)


@dataclass(frozen=True, slots=True)
class Inventory:
    """What one walk of files and folders found: the files to ingest, workspaces to import, and hidden files."""

    files: tuple[Incoming, ...]
    workspaces: tuple[Path, ...]
    hidden: tuple[Path, ...]


def inventory(paths: Iterable[Path], options: IngestOptions) -> Inventory:
    """Return what there is in ``paths``, each folder of which is read once; raises what ``incoming`` does."""
    aside: list[Path] = []
    files = tuple(incoming(paths, options, aside))
    once = dict.fromkeys(aside)
    hidden = tuple(path for path in once if path.name.startswith("."))
    return Inventory(files, tuple(path for path in once if not path.name.startswith(".")), hidden)


def upload(path: Path, name: str, options: IngestOptions) -> Incoming:
    """Return an uploaded file at a temporary ``path`` with its original ``name``."""
    return Incoming(path, printable(name), f"{UPLOADED}{printable(name)}", options)


def printable(name: str) -> str:
    """Return a path as text that any database can store; undecodable bytes and NUL become escapes."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace").replace("\0", "\\0")


def incoming(paths: Iterable[Path], options: IngestOptions, aside: list[Path] | None = None) -> Iterator[Incoming]:
    """Yield the files of ``paths`` in a stable order, without hidden files, workspaces, manifests and ground truth.

    An unreadable folder, and a link to a folder outside, are yielded themselves so that they are reported. Hidden files
    and workspaces are added to ``aside``.

    Raises ``indexing.no_such_path``, ``indexing.manifest_unreadable``, ``indexing.manifest_column``,
    ``indexing.manifest_file``, ``indexing.manifest_value`` or ``indexing.manifest_days``.
    """
    manifest_rows = rows_by_path(options.manifest) if options.manifest else {}
    for path in paths:
        if not os.path.lexists(path):
            raise RogatioError("indexing.no_such_path", path=str(path))
        for file, rows in _walk(path, manifest_rows, [] if aside is None else aside):
            place = file.absolute()
            row = rows.get(str(canonical(file)), {})
            name = one_line(printable(file.name)) or "?"
            folder = path if os.path.isdir(path) else None
            claim = in_a_manifest(*(row.get(day, "") for day in DAYS)) if any(day in row for day in DAYS) else None
            yield Incoming(file, name, printable(str(place)), with_row(options, row), folder, claim)


def _walk(path: Path, manifest_rows: Rows, aside: list[Path]) -> Iterator[tuple[Path, Rows]]:
    if not os.path.isdir(path):
        if path.name.endswith(WORKSPACE):
            aside.append(path)
        else:
            yield path, manifest_rows
        return
    unlisted: list[Path] = []
    for folder, folders, names in os.walk(path, onerror=lambda error: unlisted.append(Path(error.filename))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if MANIFEST in names:
            manifest_rows = {**rows_by_path(Path(folder) / MANIFEST), **manifest_rows}
        tags = _BAG_TAGS if "bagit.txt" in names else frozenset[str]()
        for name in sorted(names):
            if name.startswith(".") or name.endswith(WORKSPACE):
                aside.append(Path(folder) / name)
            elif _tag(name) not in tags and name != MANIFEST and not name.endswith(TRUTH):
                yield Path(folder) / name, manifest_rows
        for name in folders:
            if os.path.islink(link := Path(folder) / name) and not _is_inside(link, path):
                yield link, manifest_rows
    yield from ((folder, manifest_rows) for folder in unlisted)


def _is_inside(path: Path, folder: Path) -> bool:
    """Return whether ``path``, with links resolved, is inside ``folder``.

    Unlike ``Path.resolve``, ``os.path.realpath`` does not raise for a loop of links.
    """
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def _tag(name: str) -> str:
    return name.partition("-")[0] if name.endswith(".txt") else ""


def with_row(options: IngestOptions, row: Mapping[str, str]) -> IngestOptions:
    """Return ``options`` with the values of a row of a manifest, which take precedence."""
    values: dict[str, Any] = {HINTS.get(name, name): value for name, value in row.items() if name not in DAYS}
    return replace(options, **values)


def store_bytes(store: Store, file: Incoming, scratch: Path) -> Original:
    """Store the bytes of ``file``; ``scratch`` is a folder on the same file system as the store.

    Raises ``indexing.link_leads_out`` and what :meth:`indexing.store.originals.Originals.keep` does.
    """
    if file.leads_out:
        raise RogatioError("indexing.link_leads_out")
    return store.originals.keep(file.path, scratch)


def enter_file(store: Store, file: Incoming, original: Original, scratch: Path, parent: str = "") -> StoredDocument:
    """Enter ``file`` in the store and return its document; ``parent`` is the id of its container, if any.

    Raises ``indexing.quota_exceeded``; the bytes are then no longer stored.
    """
    try:
        document = arrive(store, _arrival(file, parent, original.sha256, original.size))
    except RogatioError as error:
        if error.code == EXCEEDED:
            remove_refused(store, original.sha256)
        raise
    if not store.originals.holds(original):
        # The last other document with these bytes was deleted after they were stored, so they are stored again. If the
        # file has gone too, its worker reports that.
        with suppress(RogatioError):
            store.originals.keep(file.path, scratch)
    if file.version:
        with writing(store) as session:
            serialise(session, "works", document.collection)
            record_claim(session, {document.id: file.version})
    return document


def require_space_for_members(store: Store, parent: StoredDocument, members: Iterable[Member]) -> None:
    """Check that all members of a container fit into its collection, before any is entered.

    Raises ``indexing.quota_exceeded``.
    """
    paths = [member.path for member in members if member.path]
    if not paths or not has_quota(store, parent.collection):
        return
    sizes = {sha256_of(path): path.stat().st_size for path in paths}
    with writing(store) as session:
        require_space(session, parent.collection, sizes)


def enter_lost(store: Store, file: Incoming, parent: str) -> StoredDocument:
    """Enter a member that could not be unpacked, so that it is listed with its error."""
    return arrive(store, _arrival(file, parent, "", 0))


def incoming_member(parent: StoredDocument, member: Member, password: str) -> Incoming:
    """Return an unpacked ``member`` as a file to ingest, in the collection and case file of its ``parent``."""
    options = IngestOptions(parent.collection, parent.case_file, password=password)
    return Incoming(member.path or Path(), printable(Path(member.name).name), printable(member.name), options)


def _arrival(file: Incoming, parent: str, sha256: str, size: int) -> Arrival:
    return Arrival(
        sha256=sha256,
        size=size,
        source=file.name,
        place=file.place,
        collection=file.options.collection,
        case_file=file.options.case_file,
        parent=parent,
        hints=file.options.hints,
        version=file.version is not None,
        uploaded=file.place.startswith(UPLOADED),
        unlocked=bool(file.options.password),
    )
