"""Values of requests in the words and figures of the reader's language."""

from __future__ import annotations

import pytest
from flask import Flask

from app.i18n import set_up
from app.requests.wording import value_words


@pytest.mark.parametrize(
    ("value", "currency", "shown"),
    [
        (1200.5, "BRL", "1.200,50 BRL"),
        (1200, "BRL", "1.200 BRL"),
        (22480115.37, "BRL", "22.480.115,37 BRL"),
        (0.00451, "BTC", "0,00451 BTC"),
    ],
)
def test_an_amount_with_decimals_has_two_and_a_coin_has_its_own(value: float, currency: str, shown: str) -> None:
    app = Flask(__name__)
    set_up(app)
    with app.test_request_context("/?ui=pt"):
        assert value_words("amounts", {"value": value, "currency": currency}) == shown
