"""Timing side channel: response times for forbidden objects and for objects that do not exist.

    python -m benchmarks.forbidden_objects [PAIRS] [ENDPOINT...]

An officer of one authority requests, at every route of one document, request, upload, workspace, alert or entity, an
object of another authority and an unused id, PAIRS (200) times each, alternately in changing order. The medians of the
processor time in milliseconds and their difference in per cent of the smaller one are printed, the largest first.
Elapsed time has the same differences, but with the noise of other load on the machine.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from flask.testing import FlaskClient
from werkzeug.routing import Rule

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from account_site import AccountSite, account_site
from test_route_access import OBJECTS, OTHER_VALUES

from app.accounts.permissions import needed_permission, permissions_of


def main(pairs: int, *endpoints: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = account_site(Path(folder))
        client = site.client("ana")
        asked = {
            rule.endpoint: _addresses(site, rule)
            for rule in _rules(site)
            if rule.endpoint in (endpoints or [rule.endpoint])
        }
        hidden = {name: both for name, both in asked.items() if client.get(both[0]).status_code == 404}
        rows = [(name, *_medians(client, *both, pairs)) for name, both in hidden.items()]
    print("also in published law, not measured:", ", ".join(sorted(asked.keys() - hidden.keys())) or "none")
    for name, forbidden, missing in sorted(rows, key=lambda row: -_difference(row[1], row[2])):
        print(f"{name:<40} {forbidden:8.2f} ms {missing:8.2f} ms {_difference(forbidden, missing):6.1f} %")
    over = sum(_difference(forbidden, missing) >= 5 for _, forbidden, missing in rows)
    print(f"{over} of {len(rows)} routes differ by 5 % or more")


def _difference(one: float, other: float) -> float:
    return abs(one - other) / min(one, other) * 100


def _rules(site: AccountSite) -> list[Rule]:
    held = permissions_of("officer", public_write=False)
    return [
        rule
        for rule in site.app.url_map.iter_rules()
        if rule.arguments & OBJECTS and "GET" in (rule.methods or ()) and needed_permission(rule.endpoint) in held
    ]


def _addresses(site: AccountSite, rule: Rule) -> tuple[str, str]:
    """Return the addresses of an object of another authority and of one that does not exist."""
    forbidden = {**OTHER_VALUES, **site.values["foreign"]}
    missing = forbidden | {name: _unknown(forbidden[name]) for name in rule.arguments & OBJECTS}
    urls = site.app.url_map.bind("localhost")
    first, second = (
        urls.build(rule.endpoint, {key: known[key] for key in rule.arguments}) for known in (forbidden, missing)
    )
    return first, second


def _unknown(known: str | int) -> str:
    """Return an id of the same form that nobody has."""
    return str(known).translate(str.maketrans("0123456789abcdef", "fedcba9876543210"))


def _medians(client: FlaskClient, forbidden: str, missing: str, pairs: int) -> tuple[float, float]:
    taken: dict[str, list[float]] = {forbidden: [], missing: []}
    if client.get(missing).status_code != 404:
        raise SystemExit(f"{missing} is answered otherwise than {forbidden}")
    for number in range(pairs + 5):
        for address in (forbidden, missing) if number % 2 else (missing, forbidden):
            begun = time.thread_time()
            client.get(address)
            elapsed = (time.thread_time() - begun) * 1000
            if number >= 5:
                taken[address].append(elapsed)
    return median(taken[forbidden]), median(taken[missing])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200, *sys.argv[2:])
