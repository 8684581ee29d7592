"""Data files of the packages, each read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def load(name: str) -> Any:
    """Return the content of a data file: ``nlp.names`` is ``nlp/resources/names.yaml``.

    All who ask share one content, so nobody changes it. Raises ``FileNotFoundError`` where there is no such file.
    """
    package, _, file = name.rpartition(".")
    text = files(package).joinpath(f"resources/{file}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
