"""The relay (SMTP server) of an installation, from environment variables; without a host there is no e-mail."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from extraction.errors import RogatioError

ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,188}[A-Za-z0-9])?", re.ASCII)
"""The addresses that are accepted: without quotes, comments or control characters, in ASCII (RFC 5321)."""

_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class MailSettings:
    """``sender`` is the address of the sender, ``public_url`` the address of the site, without a slash at the end.

    ``user`` and the password in ``password_file`` are empty for a relay that asks for none.
    """

    host: str
    port: int
    sender: str
    public_url: str
    starttls: bool = False
    user: str = ""
    password_file: Path | None = None

    @property
    def domain(self) -> str:
        """The domain of the sender."""
        return self.sender.rpartition("@")[2]

    def password(self) -> str:
        """Return the password in its file; raises ``app.mail_settings_wrong``."""
        try:
            return self.password_file.read_text(encoding="utf-8").strip() if self.password_file else ""
        except (OSError, UnicodeError) as error:
            raise RogatioError("app.mail_settings_wrong", name="ROGATIO_SMTP_PASSWORD_FILE") from error


def mail_settings(environment: Mapping[str, str] = os.environ) -> MailSettings | None:
    """Return the relay of the variables ``ROGATIO_SMTP_...`` and ``ROGATIO_PUBLIC_URL``; None without a host.

    Raises ``app.mail_settings_wrong`` with the name of a variable that is missing or wrong. A user is refused without
    STARTTLS, except on this machine: the password would be readable on the network.
    """
    host = environment.get("ROGATIO_SMTP_HOST", "").strip()
    if not host:
        return None
    port, starttls = environment.get("ROGATIO_SMTP_PORT") or "25", environment.get("ROGATIO_SMTP_STARTTLS") or "0"
    user, file = environment.get("ROGATIO_SMTP_USER", ""), environment.get("ROGATIO_SMTP_PASSWORD_FILE", "")
    sender, site = environment.get("ROGATIO_SMTP_FROM", ""), environment.get("ROGATIO_PUBLIC_URL", "")
    checks = {
        "ROGATIO_SMTP_PORT": port.isdecimal() and 0 < int(port) < 65536,
        "ROGATIO_SMTP_STARTTLS": starttls in ("0", "1") and (starttls == "1" or not user or host in _LOCAL),
        "ROGATIO_SMTP_FROM": is_address(sender),
        "ROGATIO_SMTP_PASSWORD_FILE": bool(file) == bool(user),
        "ROGATIO_PUBLIC_URL": _is_site(site),
    }
    for name, is_right in checks.items():
        if not is_right:
            raise RogatioError("app.mail_settings_wrong", name=name)
    password_file = Path(file) if file else None
    return MailSettings(host, int(port), sender, site.rstrip("/"), starttls == "1", user, password_file)


def public_url(environment: Mapping[str, str] = os.environ) -> str:
    """Return ``ROGATIO_PUBLIC_URL``, with which links begin, without a slash at the end; empty if it is not set."""
    return environment.get("ROGATIO_PUBLIC_URL", "").rstrip("/")


def is_address(text: str) -> bool:
    """Return whether ``text`` has the form of an e-mail address."""
    return ADDRESS.fullmatch(text) is not None and ".." not in text


def _is_site(url: str) -> bool:
    """Return whether ``url`` is an address of a site: without credentials, query, spaces or control characters."""
    if not url.isascii() or not url.isprintable() or " " in url:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    bare = not (parts.query or parts.fragment or parts.username or parts.password)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and bare
