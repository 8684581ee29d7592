"""Connection to a cluster: nodes, credentials, trusted authority, and the prefix of the indices of an installation."""

from __future__ import annotations

import re
import socket
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from extraction.errors import RogatioError
from indexing.settings import Settings, opaque_key, secret_key, without_password

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

DEFAULT_PREFIX = "rogatio"
_PREFIX = re.compile(r"[a-z0-9]{1,32}")  # no hyphen: the aliases of one prefix never begin with another one
_REQUEST_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Connection:
    """``nodes`` are addresses of one cluster; ``ca`` is a PEM file of authorities, by default those of the system.

    ``owner`` marks the indices of an installation, so that no other one writes to them; empty, nothing is marked.
    """

    nodes: tuple[str, ...]
    api_key: str = field(default="", repr=False)
    ca: Path | None = None
    prefix: str = DEFAULT_PREFIX
    owner: str = ""

    @property
    def shown(self) -> str:
        """The addresses of the nodes without names and passwords."""
        return ", ".join(map(without_password, self.nodes))

    def accepts(self, *, seconds: float) -> bool:
        """Return whether a node accepts connections, found without the client's library."""
        for node in self.nodes:
            parts = urlsplit(node)
            port = parts.port or (443 if parts.scheme == "https" else 80)
            with suppress(OSError), socket.create_connection((str(parts.hostname), port), seconds):
                return True
        return False

    def client(self, *, seconds: float = _REQUEST_SECONDS, retries: int = 3) -> Elasticsearch:
        """Return a client that uses the nodes in turn; nothing is sent yet. Raises ``indexing.setting_wrong``."""
        # these take a quarter of a second, which commands without a cluster save
        from elasticsearch import Elasticsearch

        from indexing.engines.elasticsearch.serializers import SERIALIZERS

        options: dict[str, Any] = {"ca_certs": str(self.ca)} if self.ca and self.nodes[0].startswith("https:") else {}
        try:
            return Elasticsearch(
                list(self.nodes),
                api_key=self.api_key or None,
                request_timeout=seconds,
                max_retries=retries,
                retry_on_timeout=bool(retries),
                serializers=SERIALIZERS,
                **options,
            )
        except (ValueError, OSError) as error:
            raise RogatioError("indexing.setting_wrong", name="ROGATIO_ELASTICSEARCH_URL") from error


def connection(settings: Settings) -> Connection:
    """Return the connection of an installation.

    Raises ``indexing.setting_wrong`` with the name of the variable: nodes of several schemes, a key that would be sent
    in clear text to another machine, an absent CA file, or a prefix of other than lower-case letters and digits.
    """
    nodes = tuple(node.strip().rstrip("/") for node in settings.elasticsearch_url.split(",") if node.strip())
    prefix = settings.elasticsearch_prefix or DEFAULT_PREFIX
    checks = {
        "ROGATIO_ELASTICSEARCH_URL": bool(nodes) and len({_scheme(node) for node in nodes}) == 1 and _scheme(nodes[0]),
        "ROGATIO_ELASTICSEARCH_API_KEY": not settings.elasticsearch_api_key or all(map(_is_private, nodes)),
        "ROGATIO_ELASTICSEARCH_CA": not settings.elasticsearch_ca or settings.elasticsearch_ca.is_file(),
        "ROGATIO_ELASTICSEARCH_PREFIX": _PREFIX.fullmatch(prefix),
    }
    for name, is_right in checks.items():
        if not is_right:
            raise RogatioError("indexing.setting_wrong", name=name)
    owner = opaque_key(secret_key(settings.home), "elasticsearch owner")
    return Connection(nodes, settings.elasticsearch_api_key, settings.elasticsearch_ca, prefix, owner)


def _scheme(node: str) -> str:
    """Return ``http`` or ``https``, empty for what is no address of a node."""
    try:
        parts = urlsplit(node)
        return parts.scheme if parts.scheme in ("http", "https") and parts.hostname else ""
    except ValueError:
        return ""


def _is_private(node: str) -> bool:
    """Return whether what is sent to a node is read by nobody else: TLS, or this machine."""
    return _scheme(node) == "https" or urlsplit(node).hostname in ("localhost", "127.0.0.1", "::1")
