"""Errors with a stable code and one sentence, in the reader's language, that says what happened and what to do.

The part of a code before the dot names the package whose ``resources/messages.yaml`` holds its sentences.
"""

from __future__ import annotations

import errno
from typing import TypeGuard

from extraction.resource import load

LANGUAGES = ("es", "pt", "en", "fr")


def sentence(code: str, language: str, **facts: object) -> str:
    """Return the sentence of ``code`` in ``language`` (es, pt, en or fr), filled with ``facts``.

    Raises ``KeyError`` for a code or a language without a sentence.
    """
    package, _, name = code.partition(".")
    words: str = load(f"{package}.messages")[name][language]
    return words.format(**facts)


class RogatioError(Exception):
    """Base of all errors that a person is told; ``code`` is stable, ``facts`` fill its sentence.

    ``facts`` never carry content of a document.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def __reduce__(self) -> tuple[object, ...]:
        """Keep code and facts when the error crosses from a worker process."""
        return _rebuild, (type(self), self.code, self.facts)

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence('en')}"

    def sentence(self, language: str) -> str:
        return sentence(self.code, language, **self.facts)


_DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_STORAGE_FAILURES = _DISK_FULL | {errno.EACCES, errno.EPERM, errno.EROFS, errno.EIO, errno.ESTALE}


def is_storage_failure(error: BaseException) -> TypeGuard[OSError]:
    """Whether ``error`` is the disk's or its permissions' fault: no other file would fare better."""
    return isinstance(error, OSError) and error.errno in _STORAGE_FAILURES


def storage_error(error: OSError) -> RogatioError:
    """Return ``extraction.disk_full``, or ``extraction.storage_failed`` with what the operating system says."""
    if error.errno in _DISK_FULL:
        return RogatioError("extraction.disk_full")
    return RogatioError("extraction.storage_failed", reason=error.strerror or type(error).__name__)


def _rebuild(kind: type[RogatioError], code: str, facts: dict[str, object]) -> RogatioError:
    return kind(code, **facts)
