"""Slow pages leave threads for others, and always release their slot."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from flask import Flask

from app import request_limits
from app.accounts.permissions import listed_endpoints
from app.web import create_app
from indexing.settings import Settings


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return create_app({"SETTINGS": Settings(tmp_path / "home"), "HEAVY_SLOTS": 1})


def test_a_heavy_page_waits_for_a_slot_and_others_do_not(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_limits, "SLOT_SECONDS", 0.05)
    slots: threading.BoundedSemaphore = app.extensions["heavy_slots"]
    asking = app.test_client()
    with slots:
        for path in ("/compare/export?format=docx", "/api/v1/compare?q=x"):
            answer = asking.get(path)
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
            assert "app.server_busy" in answer.text
        assert asking.get("/api/v1/health").status_code == 200
        assert asking.get("/documents").status_code == 200
    for path in ("/api/v1/compare?q=x", "/compare/export?format=nothing", "/documents/nothing/akoma-ntoso"):
        assert asking.get(path).status_code != 503
    assert slots.acquire(blocking=False)  # each request gave its slot back


def test_every_heavy_route_exists() -> None:
    assert listed_endpoints() >= request_limits.HEAVY
