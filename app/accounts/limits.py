"""How many lasting things an account may have at once: settings of the installation."""

from __future__ import annotations

import os
from collections.abc import Mapping

from extraction.errors import RogatioError

TOKENS = "ROGATIO_TOKENS_PER_ACCOUNT"
"""Variable of the environment: the most valid API tokens of an account, 1 to 10,000."""

WORKSPACES = "ROGATIO_WORKSPACES_PER_ACCOUNT"
"""Variable of the environment: the most existing workspaces that an account has created, 1 to 10,000."""

DEFAULTS = {TOKENS: 100, WORKSPACES: 200}
_HIGHEST = 10_000


def limit(name: str, environment: Mapping[str, str] = os.environ) -> int:
    """Return the limit of a variable, that of ``DEFAULTS`` if it is unset; raises ``app.setting_wrong``."""
    given = environment.get(name, "").strip()
    if not given:
        return DEFAULTS[name]
    if not (given.isascii() and given.isdecimal()) or not 0 < int(given) <= _HIGHEST:
        raise RogatioError("app.setting_wrong", name=name)
    return int(given)


def check_limits(environment: Mapping[str, str] = os.environ) -> None:
    """Raise ``app.setting_wrong`` for the first limit that is no whole number in its range."""
    for name in DEFAULTS:
        limit(name, environment)
