"""Sign-in through an OpenID Connect provider: authorisation code flow with PKCE, by Authlib."""

from __future__ import annotations

import logging
import time
from typing import Any

from authlib.integrations.base_client import OAuthError
from authlib.integrations.flask_client import OAuth
from flask import Blueprint, Flask, current_app, request, session, url_for
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug.wrappers import Response

from app.accounts.oidc import DISCOVERY, OidcProvider, account_of, provider_from
from app.accounts.page import enter, local_address
from app.accounts.reauthentication import ASKED_KEY
from app.principal import installation
from extraction.errors import RogatioError

log = logging.getLogger(__name__)

oidc_pages = Blueprint("oidc", __name__, url_prefix="/sign-in/oidc")
NEXT_KEY, AGAIN_KEY = "oidc_next", "oidc_again"
SECONDS = 10


def set_up(app: Flask) -> None:
    """Register the provider of the settings, or that of the configuration key ``OIDC``."""
    provider: OidcProvider | None = app.config.setdefault("OIDC", provider_from())
    app.context_processor(lambda: {"has_oidc": provider is not None})
    if provider is None:
        return
    oauth = OAuth(app)
    oauth.register(
        "oidc",
        client_id=provider.client_id,
        client_secret=provider.client_secret,
        server_metadata_url=provider.issuer.rstrip("/") + DISCOVERY,
        client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256", "default_timeout": SECONDS},
    )
    app.extensions["oidc"] = oauth.oidc


@oidc_pages.get("")
def begin() -> Response:
    """Send the person to the provider; with ``again`` it is to ask who he is, even if it knows."""
    client, is_again = _client(), bool(request.args.get("again"))
    session[NEXT_KEY], session[AGAIN_KEY] = local_address(request.args.get("next", "")), is_again
    asking = {"prompt": "login"} if is_again else {}  # OpenID Connect Core 1.0, section 3.1.2.1
    try:
        answer: Response = client.authorize_redirect(url_for("oidc.callback", _external=True), **asking)
    except (RequestException, OAuthError) as error:
        raise _failure(error) from error
    return answer


@oidc_pages.get("/callback")
def callback() -> Response:
    """Begin the session of the person whom the provider sends back; state, nonce and ID token are validated."""
    client, provider = _client(), current_app.config["OIDC"]
    try:
        claims = client.authorize_access_token()["userinfo"]
    except (RequestException, OAuthError, JoseError, KeyError, ValueError) as error:
        raise _failure(error) from error
    target, is_again = session.get(NEXT_KEY, ""), session.get(AGAIN_KEY, False)
    answer = enter(account_of(installation().store, provider, claims), target)
    if is_again:
        session[ASKED_KEY] = min(time.time(), float(claims.get("auth_time") or time.time()))
    return answer


def _client() -> Any:
    client = current_app.extensions.get("oidc")
    if client is None:
        raise RogatioError("app.no_oidc")
    return client


def _failure(error: Exception) -> RogatioError:
    """Return the error for the person; the log says of which kind it was, not with which tokens."""
    log.warning("sign-in through the provider failed: %s", type(error).__name__)
    return RogatioError("app.oidc_failed")
