"""``rogatio mail``: a test message to an address."""

from __future__ import annotations

import uuid

import click

from app.cli_wording import language, say
from app.mail.messages import TEST, compose
from app.mail.relay import Refused, send
from app.mail.settings import is_address, mail_settings
from extraction.errors import RogatioError


@click.group("mail", help=say("mail.help"))
def mail_command() -> None:
    pass


@mail_command.command("test", help=say("mail.test"))
@click.argument("address")
def test(address: str) -> None:
    """Send a test message at once, not through the outbox."""
    settings = mail_settings()
    if settings is None:
        raise RogatioError("app.mail_not_configured")
    if not is_address(address):
        raise RogatioError("app.bad_mail_address")
    try:
        send(settings, compose(settings, TEST, address, language(), uuid.uuid4().hex))
    except Refused as error:
        raise RogatioError("app.mail_refused", relay=f"{settings.host}:{settings.port}") from error
    click.echo(say("mail.test_sent", relay=f"{settings.host}:{settings.port}"))
