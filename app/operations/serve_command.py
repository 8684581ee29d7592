"""``rogatio serve``: the web application on this machine."""

from __future__ import annotations

import click

from app.cli_wording import say
from extraction.errors import RogatioError


@click.command(help=say("serve.help"))
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--threads", type=click.IntRange(1), default=8, show_default=True)
def serve_command(port: int, threads: int) -> None:
    from waitress import create_server

    from app.web import create_app, warm_up

    app = create_app()
    # what is too large is refused by the application, in the reader's words
    largest = 2 * app.config["MAX_CONTENT_LENGTH"]
    try:
        server = create_server(app, host="127.0.0.1", port=port, threads=threads, max_request_body_size=largest)
    except OSError as error:
        raise RogatioError("app.port_taken", port=port) from error
    click.echo(say("serve.address", address=f"http://127.0.0.1:{server.effective_port}/"))
    jobs = app.extensions["jobs"]
    jobs.start()
    warm_up(app)
    try:
        server.run()
    finally:
        jobs.stop()
