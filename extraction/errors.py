"""Errors with a stable code and a message in the user's language that says what happened and what to do.

The part of a code before the dot names the package whose ``resources/messages.yaml`` has its messages.
"""

from __future__ import annotations

import errno
from typing import TypeGuard

from extraction.resource import load

LANGUAGES = ("es", "pt", "en", "fr")

LOCKED = frozenset({"extraction.encrypted", "extraction.wrong_password"})
"""Codes of the errors of a file that another password may open."""


def sentence(code: str, language: str, **facts: object) -> str:
    """Return the message of ``code`` in ``language`` (es, pt, en or fr), formatted with ``facts``.

    For a variety (pt-PT) without a message of its own, that of its language. A fact that is a function gives its words
    in the language. One that is not given, since it was removed with a deleted document, is shown as an ellipsis.
    Raises ``KeyError`` for an unknown code or language.
    """
    package, _, name = code.partition(".")
    messages: dict[str, str] = load(f"{package}.messages")[name]
    message = messages.get(language) or messages[language.partition("-")[0]]
    return message.format_map(
        _Facts({name: fact(language) if callable(fact) else fact for name, fact in facts.items()})
    )


class _Facts(dict[str, object]):
    def __missing__(self, name: str) -> str:
        return "…"


class RogatioError(Exception):
    """Base of all errors reported to users; ``code`` is stable, ``facts`` are the arguments of its message.

    ``facts`` must not contain document content.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def __reduce__(self) -> tuple[object, ...]:
        """Preserve code and facts when the error is pickled by a worker process."""
        return _rebuild, (type(self), self.code, self.facts)

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence('en')}"

    def sentence(self, language: str) -> str:
        """Return the message in ``language`` (es, pt, en or fr) or a variety of it."""
        return sentence(self.code, language, **self.facts)


_DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_STORAGE_FAILURES = _DISK_FULL | {errno.EACCES, errno.EPERM, errno.EROFS, errno.EIO, errno.ESTALE}


def is_storage_failure(error: BaseException) -> TypeGuard[OSError]:
    """Return whether ``error`` concerns the disk or its permissions, so that every other file would fail too."""
    return isinstance(error, OSError) and error.errno in _STORAGE_FAILURES


def storage_error(error: OSError) -> RogatioError:
    """Return ``extraction.disk_full``, or ``extraction.storage_failed`` with the operating system's message."""
    if error.errno in _DISK_FULL:
        return RogatioError("extraction.disk_full")
    return RogatioError("extraction.storage_failed", reason=error.strerror or type(error).__name__)


def _rebuild(kind: type[RogatioError], code: str, facts: dict[str, object]) -> RogatioError:
    return kind(code, **facts)
