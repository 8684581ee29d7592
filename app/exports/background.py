"""Background exports, requested at the address of the interactive export with ``background=1``.

A dedicated consumer makes them one at a time, so that searches and uploads do not wait for them. It calls the view of
the address again as the requesting account, with the grants that the account has at that moment.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app, flash, g, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from huey import Huey

from app.accounts.accounts import acting_principal
from app.audit.recording import note
from app.audit.trail import MAX_OBJECTS, Operation, append
from app.exports import records
from app.exports.records import Export
from app.i18n import interface_variety
from app.job_queue import InlineConsumer, open_queue
from app.principal import current_principal, installation
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, Principal
from indexing.installation import Installation
from indexing.store.deletion import last_deletion

log = logging.getLogger(__name__)

View = Callable[..., ResponseReturnValue]


@dataclass(slots=True)
class ExportQueue:
    """The queue of exports of an application, and its consumer once started."""

    app: Flask
    queue: Huey
    run: Callable[[str], Any]
    consumers: list[InlineConsumer] = field(default_factory=list)

    @classmethod
    def of(cls, app: Flask) -> ExportQueue:
        """Return the queue of an application, not started."""
        opened: Installation = app.extensions["installation"]
        queue = open_queue(opened.settings, "exports")
        return cls(app, queue, queue.task(name="export")(lambda export_id: make_export(app, export_id)))

    def start(self) -> None:
        """Queue the exports that a stopped server left, and start the consumer."""
        opened: Installation = self.app.extensions["installation"]
        records.remove_old(opened.store)
        queued = {task.args[0] for task in self.queue.pending()}
        for export_id in records.unfinished(opened.store):
            if export_id not in queued:
                self.run(export_id)
        self.consumers.append(InlineConsumer(self.queue, workers=1, periodic=False, max_delay=1.0))
        self.consumers[-1].start()

    def stop(self) -> None:
        """Stop the consumer after the export that it is making."""
        for consumer in self.consumers:
            consumer.stop(graceful=True)


def in_background(view: View) -> View:
    """Make a view that returns a file accept ``background=1``, which queues the export instead."""

    @wraps(view)
    def answered(*arguments: Any, **named: Any) -> ResponseReturnValue:
        if request.args.get("background") and not g.get("export_id"):
            return submitted()
        return view(*arguments, **named)

    return answered


def is_being_made() -> bool:
    """Return whether the request is that of a background export, not of a person who waits."""
    return bool(g.get("export_id"))


def submitted() -> ResponseReturnValue:
    """Queue the export of the current address and answer where it will be found: a page, or 202 in the API."""
    queue: ExportQueue = current_app.extensions["exports"]
    address = f"{request.full_path}&ui={interface_variety()}"
    export_id = records.add_export(installation().store, current_principal(), request.endpoint or "", address)
    note(export=export_id)
    queue.run(export_id)
    if request.blueprint == "api":
        location = {"Location": url_for("api.export", export_id=export_id)}
        return jsonify({"id": export_id, "state": "waiting"}), 202, location
    flash(gettext("exports.is_asked"))
    return redirect(url_for("export_jobs.export_list"))


def progress() -> Callable[[int, int], None] | None:
    """Return the callback for the progress (done, total) of the export being made; None outside of an export."""
    export_id: str = g.get("export_id", "")
    if not export_id:
        return None
    store = installation().store
    return lambda done, total: records.note_progress(store, export_id, done, total)


def make_export(app: Flask, export_id: str) -> None:
    """Make one export and record its outcome; do nothing if it was deleted or is finished."""
    opened: Installation = app.extensions["installation"]
    asked = records.any_export(opened.store, export_id)
    if asked is None:
        return
    try:
        _write(app, opened, asked)
    except RogatioError as error:
        records.finish(opened.store, export_id, error)
    except Exception as error:
        log.error("export %s: %s", export_id, type(error).__name__)  # the message may contain document content
        records.finish(opened.store, export_id, RogatioError("app.export_failed"))
    records.remove_old(opened.store)


def _write(app: Flask, opened: Installation, asked: Export) -> None:
    fixed: Principal = app.config.get("PRINCIPAL", LOCAL_USER)
    principal, deletion = acting_principal(opened.store, asked.author, fixed), last_deletion(opened.store)
    with app.test_request_context(asked.request):
        g.principal, g.export_id = principal, asked.id
        endpoint, arguments = app.url_map.bind("").match(urlsplit(asked.request).path)
        view: Callable[..., Any] = app.view_functions[endpoint]
        response = app.make_response(view(**arguments))
        documents = list(dict.fromkeys(g.get("shown_documents", ())))[:MAX_OBJECTS]
    path = records.path_of(opened.settings.home, asked.id)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    response.direct_passthrough = False
    with path.open("wb") as file:
        file.writelines(response.iter_encoded())
    response.close()
    if last_deletion(opened.store) != deletion:  # the file may quote what was deleted meanwhile
        path.unlink(missing_ok=True)
        raise RogatioError("app.export_failed")
    objects = {"export": asked.id, "documents": documents}
    append(opened.store, Operation(asked.author, "disclosure", f"export {asked.endpoint}", objects))
    name = response.headers["Content-Disposition"].partition('filename="')[2].rstrip('"')
    records.finish(opened.store, asked.id, name=name, media_type=response.headers["Content-Type"])
