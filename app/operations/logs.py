"""Logs of the server as JSON, one object for each line (RFC 8259), for a collector of logs.

The traceback of an exception is reduced to its type and places: its message may contain document content.
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from traceback import extract_tb

TEXT, JSON = "text", "json"
FORMS = (TEXT, JSON)


class JsonFormatter(logging.Formatter):
    """Formats a record as an object: ``time`` (UTC), ``level``, ``logger``, ``message``; ``error`` and ``places``."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line of JSON."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {"time": moment, "level": record.levelname, "logger": record.name}
        line["message"] = record.getMessage()
        if record.exc_info and record.exc_info[0]:
            kind, _, trace = record.exc_info
            line |= {
                "error": kind.__name__,
                "places": [f"{at.filename}:{at.lineno} {at.name}" for at in extract_tb(trace)],
            }
        return json.dumps(line, ensure_ascii=False)


def set_up_logs(form: str) -> None:
    """Write the logs of this process to standard error in a form of ``FORMS``; ``text`` is Python's own."""
    if form == JSON:
        handler = logging.StreamHandler()
        handler.setFormatter(JsonFormatter())
        logging.getLogger().addHandler(handler)
