"""Import of spaCy without its command line, which it imports to offer ``spacy.info``.

The command line brings clients of HTTP, templates and progress bars, a third of the processor time of the import. It
is imported as usual by whoever imports ``spacy.cli`` afterwards.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

_COMMAND_LINE, _INFO = "spacy.cli", "spacy.cli.info"


@contextmanager
def _without_command_line() -> Iterator[None]:
    """Put empty modules in the place of the command line for a while, unless spaCy is imported already."""
    if "spacy" in sys.modules:
        yield
        return
    package, module = ModuleType(_COMMAND_LINE), ModuleType(_INFO)
    package.__path__ = []
    module.info = _info  # type: ignore[attr-defined]
    sys.modules |= {_COMMAND_LINE: package, _INFO: module}
    try:
        yield
    finally:
        del sys.modules[_COMMAND_LINE], sys.modules[_INFO]


def _info(*given: Any, **named: Any) -> Any:
    """Do what ``spacy.info`` does."""
    from spacy.cli.info import info

    return info(*given, **named)


with _without_command_line():
    import spacy
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

__all__ = ["Doc", "Language", "Vocab", "spacy"]
