"""The few settings of an installation, all from the environment (design, contract 9)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """``home`` is all that an installation keeps; ``engine`` is ``embedded`` or ``elasticsearch``.

    ``encoder`` is the folder of another encoder than the one that Rogatio brings: one in our form, or any local model
    of ``transformers``.
    """

    home: Path
    engine: str = "embedded"
    elasticsearch_url: str = "http://127.0.0.1:9200"
    database_url: str = ""
    redis_url: str = ""
    encoder: Path | None = None

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.home / 'records.sqlite'}"


def settings_from(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the six ``ROGATIO_...`` variables; what is empty counts as not set."""
    home = environment.get("ROGATIO_HOME") or str(Path.home() / ".rogatio")
    encoder = environment.get("ROGATIO_ENCODER")
    return Settings(
        home=Path(home).expanduser().resolve(),
        engine=environment.get("ROGATIO_ENGINE") or "embedded",
        elasticsearch_url=environment.get("ROGATIO_ELASTICSEARCH_URL") or "http://127.0.0.1:9200",
        database_url=environment.get("ROGATIO_DATABASE_URL") or "",
        redis_url=environment.get("ROGATIO_REDIS_URL") or "",
        encoder=Path(encoder).expanduser().resolve() if encoder else None,
    )
