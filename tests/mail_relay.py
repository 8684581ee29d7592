"""A real SMTP server in the test's process, which keeps the messages that it accepted."""

from __future__ import annotations

import datetime
import ipaddress
import socket
import ssl
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

SITE = "https://rogatio.example.org"


class MailRelay:
    """``answer`` is the reply to every message: the one of acceptance, or a refusal.

    With the file of a ``certificate``, which is made, it requires STARTTLS and the ``login`` (name, password).
    """

    def __init__(self, certificate: Path | None = None, login: tuple[str, str] = ("", "")) -> None:
        self.options: dict[str, Any] = {}
        if certificate is not None:
            required = {"require_starttls": True, "auth_required": True}
            self.options = {"tls_context": server_context(certificate), "authenticator": self.authenticate, **required}
        self.login = login
        self.answer = "250 OK"
        self.messages: list[EmailMessage] = []
        self.recipients: list[str] = []
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.start()

    def start(self) -> None:
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port, **self.options)
        self.controller.start()

    def stop(self) -> None:
        if self.controller.server is not None:
            self.controller.stop()

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: Any
    ) -> AuthResult:
        assert isinstance(given, LoginPassword)
        return AuthResult(success=(given.login.decode(), given.password.decode()) == self.login, handled=False)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.answer.startswith("2"):
            message = message_from_bytes(envelope.original_content or b"", policy=default)
            assert isinstance(message, EmailMessage)
            self.messages.append(message)
            self.recipients += envelope.rcpt_tos
        return self.answer

    @property
    def environment(self) -> dict[str, str]:
        """The settings of an installation that sends through it."""
        return {
            "ROGATIO_SMTP_HOST": "127.0.0.1",
            "ROGATIO_SMTP_PORT": str(self.port),
            "ROGATIO_SMTP_FROM": "rogatio@example.org",
            "ROGATIO_PUBLIC_URL": SITE,
        }


def server_context(certificate: Path) -> ssl.SSLContext:
    """Write a certificate of 127.0.0.1 with its key and return a server's context with it."""
    key, moment = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "relay")])
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    day = datetime.timedelta(days=1)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(moment - day).not_valid_after(moment + day)
    signed = made.add_extension(address, critical=False).sign(key, hashes.SHA256())
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    certificate.write_bytes(signed.public_bytes(serialization.Encoding.PEM) + private)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context
