"""``rogatio serve``: the web application on this machine."""

from __future__ import annotations

import click

from app.cli_wording import say
from app.operations.logs import FORMS, TEXT
from extraction.errors import RogatioError
from indexing.settings import settings_from


@click.command(help=say("serve.help"))
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help=say("serve.port"))
@click.option("--host", default="127.0.0.1", show_default=True, help=say("serve.host"))
@click.option("--name", "names", multiple=True, metavar="NAME", help=say("serve.name"))
@click.option("--threads", type=click.IntRange(1), default=8, show_default=True, help=say("serve.threads"))
@click.option("--processes", type=click.IntRange(1, 64), default=1, show_default=True, help=say("serve.processes"))
@click.option("--https", is_flag=True, help=say("serve.https"))
@click.option("--log-format", type=click.Choice(FORMS), default=TEXT, show_default=True, help=say("serve.log_format"))
def serve_command(
    port: int, host: str, names: tuple[str, ...], threads: int, processes: int, https: bool, log_format: str
) -> None:
    """Serve pages and API at ``host``; requests for host names other than its own and ``names`` are refused.

    ``processes`` answer, each ``threads`` requests at a time. ``https`` says that a proxy in front of them speaks TLS
    with the browsers: cookies are Secure, addresses are https.

    Raises ``app.single_user_loopback`` for any address but a loopback address if there are no accounts, and
    ``app.mail_settings_wrong`` or ``app.setting_wrong``.
    """
    from app.accounts.limits import check_limits
    from app.accounts.second_factor import second_factor_required
    from app.evidence.timestamps import check_authority
    from app.mail.delivery import MailLoop
    from app.mail.settings import mail_settings
    from app.operations.server_processes import FurtherProcesses, Serving, application, listening, server_of
    from app.security import is_this_machine
    from app.web import OWN_HOSTS, warm_up

    if not is_this_machine(host):
        _require_accounts()
    relay = mail_settings()
    second_factor_required("")  # a wrong setting is reported now
    check_limits()
    check_authority()
    serving = Serving((*OWN_HOSTS, host, *names), threads, https, log_format)
    app = application(serving)
    sockets = listening(host, port)
    server = server_of(app, sockets, serving)
    mail = MailLoop(app.extensions["installation"], relay)
    queues = (app.extensions["jobs"], app.extensions["exports"], mail)
    for queue in queues:
        queue.start()
    others = FurtherProcesses(processes - 1, sockets, serving)
    warm_up(app)
    click.echo(say("serve.address", address=f"http://{host}:{sockets[0].getsockname()[1]}/"))
    try:
        server.run()
    finally:
        others.stop()
        for queue in queues:
            queue.stop()


def _require_accounts() -> None:
    from app.accounts.accounts import accounts_exist
    from indexing.installation import open_installation

    installation = open_installation(settings_from())
    if not accounts_exist(installation.store):
        raise RogatioError("app.single_user_loopback")
    installation.close()
