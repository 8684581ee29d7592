"""Resource files of the packages, parsed once per process."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def load(name: str) -> Any:
    """Return the content of a resource file: ``nlp.names`` is ``nlp/resources/names.yaml``.

    The result is shared, so callers must not modify it. Raises ``FileNotFoundError`` for an unknown name.
    """
    package, _, file = name.rpartition(".")
    text = files(package).joinpath(f"resources/{file}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
