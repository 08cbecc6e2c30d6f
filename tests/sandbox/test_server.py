from __future__ import annotations

import http.client
import io
import json
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from botocore.exceptions import ClientError

from securecart.errors import SandboxError
from securecart.sandbox import lifecycle
from securecart.sandbox.record import SandboxInfo, read_record
from tests.sandbox.accounts import DEV, HOME, PAYMENTS, Accounts, refusal


def ask(info: SandboxInfo, method: str, path: str, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
    address = urlsplit(info.endpoint)
    connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=60)
    connection.request(method, path, headers=headers or {})
    answer = connection.getresponse()
    try:
        return answer.status, answer.read()
    finally:
        connection.close()


def accepts(host: str, port: int | None) -> bool:
    try:
        socket.create_connection((host, port), timeout=2).close()
    except OSError:
        return False
    return True


def test_health_names_generation_process_home_and_versions(sandbox: SandboxInfo) -> None:
    code, body = ask(sandbox, "GET", "/securecart/health")
    document = json.loads(body)
    assert code == 200
    assert (document["generation"], document["pid"]) == (sandbox.generation, sandbox.pid)
    assert document["home"] == str(sandbox.home)
    assert {"moto", "boto3", "grpcio", "python"} == set(document["versions"])


def test_a_new_server_has_an_empty_inventory(sandbox: SandboxInfo) -> None:
    assert ask(sandbox, "GET", "/securecart/inventory") == (200, b'{"resources": []}')
    assert lifecycle.inventory(sandbox) == []


def test_calls_that_write_are_counted_and_calls_that_read_are_not(sandbox: SandboxInfo, accounts: Accounts) -> None:
    ec2, before = accounts.client("ec2", DEV), lifecycle.writes(sandbox)
    ec2.create_vpc(CidrBlock="10.77.0.0/16")
    written = lifecycle.writes(sandbox)
    assert written["ec2:CreateVpc"] == before.get("ec2:CreateVpc", 0) + 1
    ec2.describe_vpcs()
    assert lifecycle.writes(sandbox) == written


def test_an_inventory_that_cannot_be_had_is_an_error(sandbox: SandboxInfo) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    elsewhere = sandbox.model_copy(update={"endpoint": f"http://127.0.0.1:{port}"})
    with pytest.raises(SandboxError, match="gave no resources"):
        lifecycle.inventory(elsewhere)


def test_an_unknown_route_of_the_sandbox_is_not_passed_to_moto(sandbox: SandboxInfo) -> None:
    code, body = ask(sandbox, "GET", "/securecart/other")
    assert (code, json.loads(body)["message"]) == (404, "no route GET /securecart/other")


def test_shutdown_needs_the_token_of_the_record(home: Path) -> None:
    info = lifecycle.start(home, on_progress=print)
    for headers in ({}, {"X-SecureCart-Token": "guess"}):
        assert ask(info, "POST", "/securecart/shutdown", headers)[0] == 403
    assert lifecycle.status(home).state == "running"
    record = read_record(home)
    assert record is not None
    token = {"X-SecureCart-Token": record.token.get_secret_value()}
    assert ask(info, "POST", "/securecart/shutdown", token)[0] == 202


def test_the_token_shows_in_no_text_of_the_record(home: Path) -> None:
    lifecycle.start(home, on_progress=print)
    record = read_record(home)
    assert record is not None
    token = record.token.get_secret_value()
    assert len(token) > 30
    assert token not in repr(record) + str(record) + (home / "sandbox.log").read_text(encoding="utf-8")


def test_motos_control_routes_cannot_empty_its_memory(sandbox: SandboxInfo, accounts: Accounts) -> None:
    ec2 = accounts.client("ec2", DEV)
    vpc = ec2.create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"]
    assert ask(sandbox, "POST", "/moto-api/reset")[0] == 403
    assert [one["VpcId"] for one in ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"]] == [vpc]


def test_both_ports_listen_on_loopback_alone(sandbox: SandboxInfo) -> None:
    for port in (urlsplit(sandbox.endpoint).port, sandbox.provider_port):
        assert accepts("127.0.0.1", port)
        # What listens on every address also answers on these, which stay within the machine.
        assert not accepts("127.0.0.2", port)
        assert not accepts("::1", port)


def test_one_connection_serves_request_after_request(sandbox: SandboxInfo) -> None:
    address = urlsplit(sandbox.endpoint)
    connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=60)
    connection.connect()
    first = connection.sock
    for method in ("GET", "POST", "HEAD", "GET"):
        connection.request(method, "/securecart/health", body=b"x" * 70_000 if method == "POST" else None)
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == (200 if method == "GET" else 404)
        assert bool(body) is (method != "HEAD")
    assert connection.sock is first
    connection.close()


def test_calls_at_the_same_time_are_all_carried_out(accounts: Accounts) -> None:
    ec2 = accounts.client("ec2", DEV)
    vpc = ec2.create_vpc(CidrBlock="10.78.0.0/16")["Vpc"]["VpcId"]

    def create(number: int) -> str:
        answer = ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.78.{number}.0/24")
        ec2.create_tags(Resources=[answer["Subnet"]["SubnetId"]], Tags=[{"Key": "N", "Value": str(number)}])
        return answer["Subnet"]["SubnetId"]

    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(create, range(40)))
    found = ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["Subnets"]
    assert {one["SubnetId"] for one in found} == made
    assert {one["Tags"][0]["Value"] for one in found} == {str(number) for number in range(40)}


def test_an_object_of_some_megabytes_comes_back_as_it_was_sent(accounts: Accounts) -> None:
    s3 = accounts.client("s3", DEV)
    s3.create_bucket(Bucket="bodies")
    body = bytes(range(256)) * 12_000
    s3.put_object(Bucket="bodies", Key="a/ü x", Body=body)
    assert s3.get_object(Bucket="bodies", Key="a/ü x")["Body"].read() == body
    assert s3.head_object(Bucket="bodies", Key="a/ü x")["ContentLength"] == len(body)


def test_an_object_whose_size_is_not_known_beforehand_comes_back_as_it_was_sent(accounts: Accounts) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    s3 = accounts.client("s3", DEV)
    s3.create_bucket(Bucket="pipes")
    s3.upload_fileobj(Pipe(b"first second"), "pipes", "key")
    assert s3.get_object(Bucket="pipes", Key="key")["Body"].read() == b"first second"


def test_a_call_that_moto_lacks_is_an_error_that_says_so_and_is_not_retried(accounts: Accounts) -> None:
    ec2 = accounts.client("ec2", DEV)
    with pytest.raises(ClientError) as caught:
        ec2.describe_transit_gateway_connects()
    answer = caught.value.response
    assert answer["Error"]["Code"] == "NotImplemented"
    assert "describe_transit_gateway_connects" in answer["Error"]["Message"]
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 501
    assert answer["ResponseMetadata"]["RetryAttempts"] == 0


def test_a_role_may_be_assumed_in_any_account_and_acts_there(accounts: Accounts) -> None:
    for account in (DEV, PAYMENTS):
        assert accounts.client("sts", account).get_caller_identity()["Account"] == account
        owners = {vpc["OwnerId"] for vpc in accounts.client("ec2", account).describe_vpcs()["Vpcs"]}
        assert owners == {account}
        key = accounts.client("kms", account).create_key()["KeyMetadata"]
        assert key["Arn"].startswith(f"arn:aws:kms:{HOME}:{account}:key/")
        share = accounts.client("ram", account).create_resource_share(name="mine")["resourceShare"]
        assert share["owningAccountId"] == account


def test_each_account_has_its_own_buckets_under_names_that_are_unique_to_all(accounts: Accounts) -> None:
    dev, payments = accounts.client("s3", DEV), accounts.client("s3", PAYMENTS)
    dev.create_bucket(Bucket="taken-by-dev")
    payments.create_bucket(Bucket="taken-by-payments")
    assert {bucket["Name"] for bucket in payments.list_buckets()["Buckets"]} == {"taken-by-payments"}
    assert refusal(payments.create_bucket, Bucket="taken-by-dev") == "BucketAlreadyExists"
