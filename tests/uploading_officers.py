"""An installation with two officers of one authority who upload, and clients that send their tokens."""

from __future__ import annotations

from pathlib import Path

from flask.testing import FlaskClient

from app.accounts.accounts import Grant, add_account
from app.accounts.credentials import TOKEN, issue
from app.web import create_app
from indexing.installation import open_installation
from indexing.settings import Settings

OFFICERS = ("ana", "otto")
CONTENT = b"Act 5 of 2030\n\nSection 1. Confiscation of vessels.\n"


def home_of_officers(folder: Path) -> Path:
    """Make an installation in ``folder`` with the accounts of ``OFFICERS``, and return its home."""
    installation = open_installation(Settings(folder / "home"))
    for name in OFFICERS:
        add_account(installation.store, name, "officer", [Grant("authority", "paris")], author="test")
    installation.close()
    return folder / "home"


def client(home: Path, name: str) -> FlaskClient:
    """Return a client of a server of its own that sends the token of an officer."""
    app = create_app({"SETTINGS": Settings(home)})
    asking = app.test_client()
    token = issue(app.extensions["installation"].store, name, TOKEN)
    asking.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return asking
