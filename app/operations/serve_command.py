"""``rogatio serve``: the web application on this machine."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING

import click

from app.cli_wording import say
from app.operations.logs import FORMS, TEXT, set_up_logs
from extraction.errors import RogatioError
from indexing.settings import settings_from

if TYPE_CHECKING:
    from flask import Flask
    from waitress.server import BaseWSGIServer, MultiSocketServer

CONNECTIONS = 2000
"""Open connections: one that sends nothing costs a file descriptor, and is closed after ``IDLE_SECONDS``."""

IDLE_SECONDS, CLEANUP_SECONDS = 30, 5


@click.command(help=say("serve.help"))
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help=say("serve.port"))
@click.option("--host", default="127.0.0.1", show_default=True, help=say("serve.host"))
@click.option("--name", "names", multiple=True, metavar="NAME", help=say("serve.name"))
@click.option("--threads", type=click.IntRange(1), default=8, show_default=True, help=say("serve.threads"))
@click.option("--https", is_flag=True, help=say("serve.https"))
@click.option("--log-format", type=click.Choice(FORMS), default=TEXT, show_default=True, help=say("serve.log_format"))
def serve_command(port: int, host: str, names: tuple[str, ...], threads: int, https: bool, log_format: str) -> None:
    """Serve pages and API at ``host``; requests for host names other than its own and ``names`` are refused.

    ``https`` says that a proxy in front of it speaks TLS with the browsers: cookies are Secure, addresses are https.

    Raises ``app.single_user_loopback`` for any address but a loopback address if there are no accounts, and
    ``app.mail_settings_wrong`` or ``app.setting_wrong``.
    """
    from app.accounts.limits import check_limits
    from app.accounts.second_factor import second_factor_required
    from app.evidence.timestamps import check_authority
    from app.mail.delivery import MailLoop
    from app.mail.settings import mail_settings
    from app.web import OWN_HOSTS, create_app, warm_up

    if not _is_loopback(host):
        _require_accounts()
    relay = mail_settings()
    second_factor_required("")  # a wrong setting is reported now
    check_limits()
    check_authority()
    slots = max(1, threads // 2)
    set_up_logs(log_format)
    app = create_app({"TRUSTED_HOSTS": [*OWN_HOSTS, host, *names], "HEAVY_SLOTS": slots, "HTTPS": https})
    server = _server(app, host, port, threads, https)
    mail = MailLoop(app.extensions["installation"], relay)
    queues = (app.extensions["jobs"], app.extensions["exports"], mail)
    for queue in queues:
        queue.start()
    warm_up(app)
    click.echo(say("serve.address", address=f"http://{host}:{server.effective_port}/"))
    try:
        server.run()
    finally:
        for queue in queues:
            queue.stop()


def _server(app: Flask, host: str, port: int, threads: int, https: bool) -> MultiSocketServer | BaseWSGIServer:
    """Return the server, bound to its port, with file descriptors for ``CONNECTIONS``; raises ``app.port_taken``."""
    import resource

    from waitress import create_server

    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 2 * CONNECTIONS), most))
    try:
        return create_server(
            app,
            host=host,
            port=port,
            threads=threads,
            url_scheme="https" if https else "http",
            # too large requests are refused by the application, in the reader's language
            max_request_body_size=2 * app.config["MAX_CONTENT_LENGTH"],
            connection_limit=CONNECTIONS,
            asyncore_use_poll=True,  # select() refuses file descriptors above 1023
            channel_timeout=IDLE_SECONDS,
            cleanup_interval=CLEANUP_SECONDS,
        )
    except OSError as error:
        raise RogatioError("app.port_taken", port=port) from error


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:  # a name
        return False


def _require_accounts() -> None:
    from app.accounts.accounts import accounts_exist
    from indexing.installation import open_installation

    installation = open_installation(settings_from())
    if not accounts_exist(installation.store):
        raise RogatioError("app.single_user_loopback")
    installation.close()
