"""Settings of an installation from environment variables, and its secret key."""

from __future__ import annotations

import hmac
import os
import secrets
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit


@dataclass(frozen=True, slots=True)
class Settings:
    """``home`` is the data folder of the installation; ``engine`` is ``embedded`` or ``elasticsearch``.

    ``elasticsearch_url`` are the addresses of the nodes of one cluster, separated by commas; ``elasticsearch_ca`` is a
    PEM file of the authorities that its certificates are checked with, by default those of the system; the names of its
    indices begin with ``elasticsearch_prefix``. ``elasticsearch_snapshots`` is a repository of the cluster, in which
    backups take snapshots of the indices; empty, they have no index.

    ``encoder`` is the folder of an encoder other than the bundled one: in our format, or a local ``transformers``
    model.
    """

    home: Path
    engine: str = "embedded"
    elasticsearch_url: str = "http://127.0.0.1:9200"
    database_url: str = ""
    redis_url: str = ""
    encoder: Path | None = None
    elasticsearch_api_key: str = field(default="", repr=False)
    elasticsearch_ca: Path | None = None
    elasticsearch_prefix: str = "rogatio"
    elasticsearch_snapshots: str = ""

    @property
    def database(self) -> str:
        """The SQLAlchemy URL of the database, by default SQLite in ``home``."""
        return self.database_url or f"sqlite:///{self.records_file}"

    @property
    def records_file(self) -> Path:
        """The SQLite file of the records, in use unless ``database_url`` is set."""
        return self.home / "records.sqlite"


def without_password(url: str) -> str:
    """Return the address of a server without the name and password of an account; empty for what is no address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def settings_from(environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings from ``ROGATIO_...`` variables; empty ones count as unset."""
    home = environment.get("ROGATIO_HOME") or str(Path.home() / ".rogatio")
    encoder, authorities = environment.get("ROGATIO_ENCODER"), environment.get("ROGATIO_ELASTICSEARCH_CA")
    return Settings(
        home=Path(home).expanduser().resolve(),
        engine=environment.get("ROGATIO_ENGINE") or "embedded",
        elasticsearch_url=environment.get("ROGATIO_ELASTICSEARCH_URL") or "http://127.0.0.1:9200",
        database_url=environment.get("ROGATIO_DATABASE_URL") or "",
        redis_url=environment.get("ROGATIO_REDIS_URL") or "",
        encoder=Path(encoder).expanduser().resolve() if encoder else None,
        elasticsearch_api_key=environment.get("ROGATIO_ELASTICSEARCH_API_KEY") or "",
        elasticsearch_ca=Path(authorities).expanduser().resolve() if authorities else None,
        elasticsearch_prefix=environment.get("ROGATIO_ELASTICSEARCH_PREFIX") or "rogatio",
        elasticsearch_snapshots=environment.get("ROGATIO_ELASTICSEARCH_SNAPSHOTS") or "",
    )


def secret_key(home: Path) -> str:
    """Return the installation's secret key, created at its first start and readable by its owner only."""
    return made_once(home / "secret_key", lambda: secrets.token_hex(32))


def made_once(path: Path, make: Callable[[], str]) -> str:
    """Return the content of a file of ASCII text that only its owner reads; ``make`` gives it if it does not exist."""
    if not path.exists():
        descriptor, new = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(make())
        try:
            os.link(new, path)  # atomic: of two processes that start at once one creates it, none reads it half written
        except FileExistsError:
            pass
        finally:
            os.unlink(new)
    return path.read_text(encoding="ascii")


def opaque_key(secret: str, *parts: str) -> str:
    """Return 24 hexadecimal digits (HMAC-SHA-256) for ``parts``, which reveal nothing without the secret."""
    message = "\0".join(parts).encode("utf-8", "replace")
    return hmac.digest(secret.encode("ascii"), message, "sha256").hex()[:24]


def is_open_to_others(home: Path) -> bool:
    """Return whether others than the owner of a folder have any right on it."""
    return bool(home.stat().st_mode & 0o077)
