"""Requirements of an installation, each checked: what was found, or why it is missing."""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy.engine import make_url

from app.operations.postgresql_dump import DUMP, RESTORE
from extraction.errors import RogatioError
from indexing.settings import Settings, is_open_to_others, without_password

GIBIBYTE = 1 << 30
MIN_MEMORY = 4 * GIBIBYTE
MIN_DISK = 5 * GIBIBYTE
SECONDS = 3  # for a server to answer
OCR_PACKS = ("spa", "por", "eng", "fra")
PDF_LIBRARIES = ("gobject-2.0", "pango-1.0", "harfbuzz", "fontconfig", "pangoft2-1.0")


class State(StrEnum):
    """State of a component: present, missing but not required, or missing and required."""

    OK = "ok"
    OPTIONAL = "optional"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of a check: ``name`` is the key of its wording, ``found`` a version, a size or the missing part.

    ``reason`` names the remedy where a check has several.
    """

    name: str
    state: State
    found: str = ""
    reason: str = ""


def examine(settings: Settings) -> Iterator[Finding]:
    """Yield a finding for each component that Rogatio uses, required or optional."""
    yield Finding("rogatio", State.OK, version("rogatio"))
    yield _checked("home", State.MISSING, lambda: _home(settings.home))
    yield _checked("home_rights", State.MISSING, lambda: _home_rights(settings.home))
    yield _checked("disk", State.OPTIONAL, lambda: _disk(settings.home))
    yield _checked("memory", State.OPTIONAL, _memory)
    yield _checked("database", State.MISSING, lambda: _database(settings))
    if make_url(settings.database).get_backend_name() == "postgresql":
        yield _checked("backup", State.OPTIONAL, _postgresql_programs)
    yield _checked("embedded", State.MISSING, lambda: version("tantivy"))
    elastic = State.MISSING if settings.engine == "elasticsearch" else State.OPTIONAL
    yield _checked("elasticsearch", elastic, lambda: _elasticsearch(settings))
    yield _checked("languages", State.MISSING, _languages)
    yield _checked("entities", State.OPTIONAL, _entities)
    yield _checked("encoder", State.MISSING if settings.encoder else State.OPTIONAL, lambda: _encoder(settings))
    yield _checked("tesseract", State.OPTIONAL, _tesseract)
    for pack in OCR_PACKS:
        yield _checked(f"tesseract.{pack}", State.OPTIONAL, lambda pack=pack: _pack(pack))  # type: ignore[misc]
    yield _checked("libreoffice", State.OPTIONAL, _libreoffice)
    yield _checked("parsers", State.MISSING, _parsers)
    yield _checked("sandbox", State.OPTIONAL, _sandbox)
    yield _checked("pango", State.OPTIONAL, _pango)
    yield _checked("queue", State.OPTIONAL, lambda: _queue(settings))
    yield _mail()
    yield from _oidc()
    yield _verification(settings.home)


class Lacking(Exception):
    """A failed check, with the value found instead."""


def _checked(name: str, otherwise: State, check: Callable[[], str]) -> Finding:
    try:
        return Finding(name, State.OK, check())
    except Lacking as lacking:
        return Finding(name, otherwise, str(lacking))
    except (RogatioError, OSError, ImportError) as error:
        return Finding(name, otherwise, str(error))


def _mail() -> Finding:
    """Report the relay of e-mail, to which a connection is made; without one in the settings e-mail is off."""
    from app.mail.relay import check_relay
    from app.mail.settings import mail_settings

    try:
        settings = mail_settings()
        return Finding("mail", State.OK, check_relay(settings)) if settings else Finding("mail", State.OPTIONAL)
    except RogatioError as error:
        return Finding("mail", State.MISSING, str(error.facts.get("relay") or error.facts.get("name", "")))


def _oidc() -> Iterator[Finding]:
    """Report the provider of OpenID Connect, if the settings name one."""
    from app.accounts.oidc import provider_from

    named = [name for name in ("ROGATIO_OIDC_ISSUER", "ROGATIO_OIDC_CLIENT_ID") if os.environ.get(name)]
    provider = provider_from()
    if provider is None:
        if named:
            yield Finding("oidc", State.MISSING, named[0], "settings")
        return
    from app.accounts.oidc_check import ProviderProblem, check_provider

    try:
        yield Finding("oidc", State.OK, check_provider(provider))
    except ProviderProblem as problem:
        yield Finding("oidc", State.MISSING, str(problem), problem.reason)


def _verification(home: Path) -> Finding:
    """Report the last verification of stored data; remaining problems need attention."""
    from indexing.ingest.status import last_verification

    last = last_verification(home)
    if last is None:
        return Finding("verification", State.OPTIONAL)
    found = f"{last.finished}, {last.problems}" if last.problems else last.finished
    return Finding("verification", State.MISSING if last.problems else State.OK, found)


def _home(home: Path) -> str:
    nearest = next(path for path in (home, *home.parents) if path.exists())
    if not os.access(nearest, os.W_OK):
        raise Lacking(str(nearest))
    return str(home)


def _home_rights(home: Path) -> str:
    """Report a folder readable by other users of the machine; the next command that opens it repairs that."""
    rights = oct(home.stat().st_mode & 0o777)[2:] if home.exists() else ""
    if home.exists() and is_open_to_others(home):
        raise Lacking(rights)
    return rights


def _disk(home: Path) -> str:
    nearest = next(path for path in (home, *home.parents) if path.exists())
    free = shutil.disk_usage(nearest).free
    return _enough(free, MIN_DISK)


def _memory() -> str:
    return _enough(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"), MIN_MEMORY)


def _enough(held: int, least: int) -> str:
    size = f"{held / GIBIBYTE:.1f} GiB"
    if held < least:
        raise Lacking(size)
    return size


def _database(settings: Settings) -> str:
    from indexing.store.database import open_database

    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        database = open_database(settings.database)
    except RogatioError as error:
        raise Lacking(str(error.facts.get("reason", error.code))) from error
    dialect = f"{database.dialect.name} {'.'.join(map(str, database.dialect.server_version_info or ()))}"
    database.dispose()
    return dialect.strip()


def _postgresql_programs() -> str:
    """Report the programs that back up and restore PostgreSQL."""
    programs = {name: shutil.which(name) for name in (DUMP, RESTORE)}
    if missing := [name for name, path in programs.items() if path is None]:
        raise Lacking(", ".join(missing))
    return str(programs[DUMP])


def _elasticsearch(settings: Settings) -> str:
    from indexing.engines.elasticsearch.connection import connection

    cluster = connection(settings)
    if not cluster.accepts(seconds=SECONDS):
        raise Lacking(cluster.shown)
    from elasticsearch import ApiError, TransportError

    try:
        with cluster.client(seconds=SECONDS, retries=0) as client:
            if settings.elasticsearch_snapshots:
                client.snapshot.verify_repository(name=settings.elasticsearch_snapshots)
            return f"{cluster.shown}, {client.cluster.health()['status']}"
    except (ApiError, TransportError) as error:
        raise Lacking(cluster.shown) from error


def _languages() -> str:
    for module in ("spacy", "simplemma", "langdetect"):
        if find_spec(module) is None:
            raise Lacking(module)
    return f"spaCy {version('spacy')}, simplemma {version('simplemma')}"


def _entities() -> str:
    from nlp.entities import legal_ner

    if legal_ner.model() is None:
        raise Lacking
    return legal_ner.origin()


def _encoder(settings: Settings) -> str:
    from indexing.vectors.encoder import open_encoder

    encoder = open_encoder(settings)
    if encoder is None:
        raise Lacking
    encoder.query("")  # opens the session, which detects a damaged file
    return encoder.version


def _tesseract() -> str:
    import pytesseract

    try:
        return str(pytesseract.get_tesseract_version())
    except pytesseract.TesseractNotFoundError as error:
        raise Lacking from error


def _pack(pack: str) -> str:
    if pack not in _packs():
        raise Lacking
    return pack


@cache
def _packs() -> tuple[str, ...]:
    """Return the languages of Tesseract, none if it is missing."""
    import pytesseract

    try:
        return tuple(pytesseract.get_languages())
    except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError):
        return ()


def _libreoffice() -> str:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise Lacking
    return program


def _pango() -> str:
    """Report the layout of PDF; the libraries that it needs are opened here, since its import takes half a second."""
    for library in PDF_LIBRARIES:
        ctypes.CDLL(ctypes.util.find_library(library) or f"lib{library}.so.0")  # OSError if the system lacks it
    return f"WeasyPrint {version('weasyprint')}"


def _parsers() -> str:
    """Report the parsers of files; one older than its minimum has a published vulnerability."""
    from app.operations.parser_versions import outdated, parser_versions

    found = parser_versions()
    if old := outdated(found):
        raise Lacking(", ".join(f"{name} {found[name]} < {least}" for name, least in old.items()))
    return ", ".join(f"{name} {number}" for name, number in found.items())


def _sandbox() -> str:
    """Return how the processes that read files are confined by the kernel."""
    from extraction.landlock import landlock_abi
    from extraction.seccomp import has_seccomp

    abi = landlock_abi()
    if not abi:
        raise Lacking
    return f"Landlock {abi}" + (", seccomp" if has_seccomp() else "")


def _queue(settings: Settings) -> str:
    if not settings.redis_url:
        return "SQLite"
    import redis

    try:
        redis.Redis.from_url(settings.redis_url, socket_connect_timeout=SECONDS).ping()
    except redis.RedisError as error:
        raise Lacking(without_password(settings.redis_url)) from error
    return "Redis"
