"""Versions of recorded states, read from a backend without an engine."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from securecart.errors import EngineError
from securecart.execute.home import Home
from securecart.execute.state_version import StateVersions, state_versions

STACKS = ".pulumi/stacks/securecart"


def versions(backend: str, home: Home | None = None, **environment: str) -> StateVersions:
    return state_versions(home or Home(Path("/nowhere")), {"PULUMI_BACKEND_URL": backend, **environment})


def write(backend: Path, name: str, text: str) -> str:
    """Write a state file; return its digest."""
    path = backend / STACKS / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return hashlib.sha256(text.encode()).hexdigest()


def test_a_state_files_version_is_the_digest_of_what_it_holds(tmp_path: Path):
    one, other = write(tmp_path, "network-dev.json", "one"), write(tmp_path, "hub.json.gz", "other")
    states = versions(f"file://{tmp_path}")
    assert states.all() == {"hub": other, "network-dev": one}
    assert states.of("network-dev") == one
    changed = write(tmp_path, "network-dev.json", "changed")
    assert states.of("network-dev") == changed != one


def test_backups_and_other_projects_are_no_states(tmp_path: Path):
    kept = write(tmp_path, "network-dev.json", "one")
    write(tmp_path, "network-dev.json.bak", "backup")
    write(tmp_path, "network-dev.json.attrs", "attributes")
    write(tmp_path, "../other/network-prod.json", "another project's")
    states = versions(f"file://{tmp_path}")
    assert states.all() == {"network-dev": kept}
    assert states.of("network-prod") is None
    assert states.of("network") is None


def test_an_empty_backend_has_no_states(tmp_path: Path):
    states = versions(f"file://{tmp_path}")
    assert states.all() == {}
    assert states.of("network-dev") is None


def test_a_folder_is_found_where_the_engine_finds_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HOME", str(tmp_path / "user"))
    home = Home(tmp_path / "home", "aws")
    of_user = write(tmp_path / "user" / "state", "network-dev.json", "below the user's home")
    of_workspace = write(home.workspace / "state", "network-dev.json", "below the engine's working folder")
    assert versions("file://~/state", home).of("network-dev") == of_user
    assert versions("file://./state", home).of("network-dev") == of_workspace
    assert versions(f"file://{tmp_path}/user/state?no_tmp_dir=true", home).of("network-dev") == of_user


@pytest.mark.parametrize("backend", ["https://api.pulumi.com", "gs://bucket", "azblob://container", ""])
def test_other_backends_cannot_be_asked(backend: str):
    states = versions(backend)
    assert states.all() is None
    assert states.of("network-dev") is None


@pytest.fixture(name="endpoint", scope="module")
def _endpoint() -> Iterator[str]:
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"{host}:{port}"
    server.stop()


@pytest.fixture(autouse=True)
def _credentials(monkeypatch: pytest.MonkeyPatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "sandbox")
    for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)


class Bucket:
    """A bucket of its own for a test."""

    def __init__(self, endpoint: str, name: str) -> None:
        self.name, self.options = name, f"?endpoint={endpoint}&disableSSL=true&s3ForcePathStyle=true&region=us-east-1"
        self._s3 = boto3.client("s3", region_name="us-east-1", endpoint_url=f"http://{endpoint}")
        self._s3.create_bucket(Bucket=name)

    def put(self, key: str, text: str) -> str:
        return self._s3.put_object(Bucket=self.name, Key=key, Body=text.encode())["ETag"]

    def states(self, prefix: str = "") -> StateVersions:
        return versions(f"s3://{self.name}{prefix}{self.options}")


def test_a_state_objects_version_is_its_etag(endpoint: str):
    bucket = Bucket(endpoint, "one")
    first = bucket.put(f"{STACKS}/network-dev.json", "one")
    zipped = bucket.put(f"{STACKS}/hub.json.gz", "two")
    bucket.put(f"{STACKS}/network-dev.json.bak", "backup")
    bucket.put(".pulumi/stacks/other/network-prod.json", "another project's")
    states = bucket.states()
    assert states.all() == {"network-dev": first, "hub": zipped}
    assert (states.of("network-dev"), states.of("hub"), states.of("network-prod")) == (first, zipped, None)
    changed = bucket.put(f"{STACKS}/network-dev.json", "changed")
    assert states.of("network-dev") == changed != first


def test_a_backend_may_lie_below_a_prefix_of_its_bucket(endpoint: str):
    bucket = Bucket(endpoint, "two")
    inside = bucket.put(f"team/net/{STACKS}/network-dev.json", "one")
    bucket.put(f"{STACKS}/network-prod.json", "of the whole bucket")
    assert bucket.states("/team/net").all() == {"network-dev": inside}


def test_more_states_than_one_answer_holds_are_all_listed(endpoint: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MOTO_S3_DEFAULT_MAX_KEYS", "2")
    bucket = Bucket(endpoint, "many")
    put = {f"network-{number}": bucket.put(f"{STACKS}/network-{number}.json", str(number)) for number in range(5)}
    assert bucket.states().all() == put


def test_the_endpoint_may_come_from_the_environment(endpoint: str):
    bucket = Bucket(endpoint, "named")
    first = bucket.put(f"{STACKS}/network-dev.json", "one")
    url = f"s3://{bucket.name}?s3ForcePathStyle=true&region=us-east-1"
    assert versions(url, AWS_ENDPOINT_URL=f"http://{endpoint}").of("network-dev") == first


def test_a_bucket_that_cannot_be_listed_is_told_with_its_name_and_what_to_do(endpoint: str):
    options = f"?endpoint={endpoint}&disableSSL=true&s3ForcePathStyle=true&region=us-east-1"
    with pytest.raises(EngineError, match=r"s3://nowhere cannot be listed.*NoSuchBucket.*s3:ListBucket"):
        versions(f"s3://nowhere{options}").all()
