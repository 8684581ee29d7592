"""Connection to a cluster: nodes, TLS, API key; indices of several installations on one cluster."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from engine_kinds import elasticsearch_url
from engine_records import made
from tcp_relay import Relay

from app.operations.doctor import State, examine
from extraction.errors import LANGUAGES, RogatioError
from indexing.engines.elasticsearch.connection import connection
from indexing.engines.elasticsearch.engine import ElasticEngine
from indexing.settings import Settings, settings_from

PARTITION = "authority-paris"


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"URL": "ftp://a:9200"}, "URL"),
        ({"URL": "http://a:9200,https://b:9200"}, "URL"),
        ({"URL": ","}, "URL"),
        ({"URL": "http://[a"}, "URL"),
        ({"URL": "http://a:9200", "API_KEY": "secret"}, "API_KEY"),  # readable on the network
        ({"URL": "https://a:9200", "CA": "/nowhere/ca.pem"}, "CA"),
        ({"PREFIX": "two-words"}, "PREFIX"),
        ({"PREFIX": "Big"}, "PREFIX"),
        ({"PREFIX": "x*"}, "PREFIX"),
        ({"URL": "http://127.0.0.1:9200", "API_KEY": "secret"}, ""),
        ({"URL": "https://a:9200/, https://b:9200", "API_KEY": "secret", "PREFIX": "ministry2"}, ""),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, given: dict[str, str], wrong: str) -> None:
    variables = {f"ROGATIO_ELASTICSEARCH_{name}": value for name, value in given.items()}
    settings = settings_from({"ROGATIO_HOME": str(tmp_path), **variables})
    if not wrong:
        assert connection(settings).nodes == tuple(part.strip(" /") for part in given["URL"].split(","))
        return
    with pytest.raises(RogatioError, match=r"indexing\.setting_wrong") as caught:
        connection(settings)
    assert all(f"ROGATIO_ELASTICSEARCH_{wrong}" in caught.value.sentence(language) for language in LANGUAGES)


def test_secrets_are_not_shown(tmp_path: Path) -> None:
    url = "https://rogatio:zarzaparrilla@127.0.0.1:9,https://rogatio:zarzaparrilla@127.0.0.2:9"
    settings = Settings(tmp_path, "elasticsearch", url, elasticsearch_api_key="mandragora")
    assert "mandragora" not in repr(settings) + repr(connection(settings))
    (finding,) = [one for one in examine(settings) if one.name == "elasticsearch"]
    assert (finding.state, finding.found) == (State.MISSING, "https://127.0.0.1:9, https://127.0.0.2:9")


@pytest.fixture
def prefix() -> Iterator[str]:
    """A prefix of its own, whose indices are removed afterwards."""
    name = f"t{uuid4().hex[:10]}"
    yield name
    engine = ElasticEngine(elasticsearch_url())
    for index in engine._client.indices.get_alias(index=f"{name}*", allow_no_indices=True).body:
        engine._client.indices.delete(index=index)
    engine.close()


def opened(home: Path, prefix: str, url: str = "", **named: object) -> ElasticEngine:
    home.mkdir(exist_ok=True)
    settings = Settings(
        home,
        "elasticsearch",
        url or elasticsearch_url(),
        elasticsearch_prefix=prefix,
        **named,  # type: ignore[arg-type]
    )
    return ElasticEngine(connection(settings))


def authority(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """Return the certificate of a server at 127.0.0.1 that signed it itself, and the context of that server."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    start = datetime.now(UTC) - timedelta(days=1)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 7, start, start + timedelta(days=9))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, private = folder / "ca.pem", folder / "key.pem"
    pem.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, private)
    return pem, context


@pytest.mark.elasticsearch
def test_an_api_key_goes_over_tls_with_an_authority_of_one_s_own(tmp_path: Path, prefix: str) -> None:
    pem, context = authority(tmp_path)
    address = urlsplit(elasticsearch_url())
    relay = Relay((str(address.hostname), address.port or 9200), context)
    relay.start()
    url = f"https://127.0.0.1:{relay.port}"
    try:
        engine = opened(tmp_path / "home", prefix, url, elasticsearch_api_key="bWFuZHI6YWdvcmE=", elasticsearch_ca=pem)
        engine.write(PARTITION, made("a", "Cohecho."))
        assert engine.partitions() == (PARTITION,)
        assert b"ApiKey bWFuZHI6YWdvcmE=" in relay.received
        with pytest.raises(RogatioError, match="elasticsearch_unreachable"):  # its certificate is unknown to the system
            opened(tmp_path / "home", prefix, url, elasticsearch_api_key="bWFuZHI6YWdvcmE=").partitions()
    finally:
        relay.stop()


@pytest.mark.elasticsearch
def test_another_node_answers_for_one_that_does_not(tmp_path: Path, prefix: str) -> None:
    engine = opened(tmp_path / "home", prefix, f"http://127.0.0.1:9,{elasticsearch_url()}")
    for number in range(4):  # nodes are asked in turn
        engine.write(PARTITION, made(f"d{number}", "Cohecho."))
    engine.refresh(PARTITION)
    assert engine.count(PARTITION, [f"d{number}" for number in range(4)]) == engine.count(PARTITION) > 0


@pytest.mark.elasticsearch
def test_two_installations_with_prefixes_of_their_own_share_a_cluster(tmp_path: Path, prefix: str) -> None:
    one, other = opened(tmp_path / "one", f"{prefix}a"), opened(tmp_path / "other", f"{prefix}ab")
    one.write(PARTITION, made("a", "Cohecho."))
    other.write("public", made("b", "Soborno."))
    one.refresh(PARTITION)
    assert (one.partitions(), other.partitions()) == ((PARTITION,), ("public",))
    assert (one.count(PARTITION) > 0, other.count(PARTITION)) == (True, 0)


@pytest.mark.elasticsearch
def test_another_installation_with_the_same_prefix_is_refused(tmp_path: Path, prefix: str) -> None:
    one = opened(tmp_path / "one", prefix)
    one.write(PARTITION, made("a", "Cohecho."))
    one.refresh(PARTITION)
    held = one.count(PARTITION)
    for act in (
        lambda engine: engine.count(PARTITION),
        lambda engine: engine.write(PARTITION, made("b", "Soborno.")),
        lambda engine: engine.rebuild(PARTITION, []),
        lambda engine: engine.delete(PARTITION, ["a"]),
        lambda engine: engine.drop(PARTITION),
    ):
        with pytest.raises(RogatioError, match="elasticsearch_other_owner"):
            act(opened(tmp_path / "other", prefix))
    again = opened(tmp_path / "one", prefix)  # the owner, after a restart
    assert again.count(PARTITION) == held
    again.rebuild(PARTITION, [made("c", "Cohecho.")])
    assert opened(tmp_path / "one", prefix).count(PARTITION, ["c"]) > 0


@pytest.mark.elasticsearch
def test_a_partition_without_index_costs_one_request(tmp_path: Path, prefix: str) -> None:
    address = urlsplit(elasticsearch_url())
    relay = Relay((str(address.hostname), address.port or 9200))
    relay.start()
    try:
        engine = opened(tmp_path / "home", prefix, f"http://127.0.0.1:{relay.port}")
        for requests in (1, 1):  # another process may create it between them
            relay.received.clear()
            assert engine.count(PARTITION) == 0
            assert len(re.findall(rb"(?:GET|POST|HEAD) \S+ HTTP/1.1", relay.received)) == requests
    finally:
        relay.stop()


@pytest.mark.elasticsearch
def test_an_index_of_an_earlier_release_is_built_again(
    tmp_path: Path, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = opened(tmp_path / "one", prefix)
    object.__setattr__(earlier.indices, "owner", "")
    with monkeypatch.context() as patched:
        patched.setattr("indexing.engines.elasticsearch.indices.SCHEMA_VERSION", 5)
        earlier.write(PARTITION, made("a", "Cohecho."))
    one = opened(tmp_path / "one", prefix)
    for act in (
        lambda: one.count(PARTITION),
        lambda: one.write(PARTITION, made("b", "Soborno.")),
        lambda: one.delete(PARTITION, ["a"]),
    ):
        with pytest.raises(RogatioError, match="index_of_other_version"):
            act()
    one.rebuild(PARTITION, [made("b", "Soborno.")])  # marks it
    one.write(PARTITION, made("c", "Soborno."))
    assert one.count(PARTITION, ["b"]) > 0
    with pytest.raises(RogatioError, match="elasticsearch_other_owner"):
        opened(tmp_path / "other", prefix).count(PARTITION)


@pytest.mark.elasticsearch
def test_a_failed_rebuild_leaves_no_index_that_receives_writes(tmp_path: Path, prefix: str) -> None:
    engine = opened(tmp_path / "one", prefix)
    engine.write(PARTITION, made("a", "Cohecho."))

    def broken() -> Iterator[list[object]]:
        yield made("b", "Soborno.")
        raise RogatioError("extraction.disk_full")

    with pytest.raises(RogatioError, match="disk_full"):
        engine.rebuild(PARTITION, broken())  # type: ignore[arg-type]
    assert len(engine.indices.targets(PARTITION)) == 1
    engine.refresh(PARTITION)
    assert engine.count(PARTITION, ["a"]) > 0
