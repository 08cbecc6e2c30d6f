"""Which calls count as writes."""

import io

import pytest

from securecart.sandbox.call_log import CallLog, operation_of

SIGNED = "AWS4-HMAC-SHA256 Credential=key/20260101/us-east-1/{}/aws4_request, SignedHeaders=host, Signature=0"


def query(action: str, service: str = "ec2") -> dict:
    body = f"Action={action}&Version=2016-11-15&CidrBlock=10.0.0.0%2F16".encode()
    return {
        "REQUEST_METHOD": "POST",
        "CONTENT_TYPE": "application/x-www-form-urlencoded; charset=utf-8",
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_AUTHORIZATION": SIGNED.format(service),
        "wsgi.input": io.BytesIO(body),
    }


def test_a_writing_call_is_counted_by_service_and_operation_and_its_body_is_left():
    log, environ = CallLog(), query("CreateVpc")
    log.note(environ)
    log.note(query("CreateVpc"))
    assert log.writes() == {"ec2:CreateVpc": 2}
    assert environ["wsgi.input"].read().startswith(b"Action=CreateVpc")


@pytest.mark.parametrize("action", ["DescribeVpcs", "GetTransitGatewayRouteTableAssociations", "AssumeRole"])
def test_a_reading_call_is_not_counted(action: str):
    assert operation_of(query(action)) is None
    assert operation_of(query("DeleteVpc")) == "ec2:DeleteVpc"


def test_json_and_rest_calls_are_told_by_target_and_method():
    signed = {"HTTP_AUTHORIZATION": SIGNED.format("kms"), "REQUEST_METHOD": "POST"}
    assert operation_of({**signed, "HTTP_X_AMZ_TARGET": "TrentService.CreateKey"}) == "kms:CreateKey"
    assert operation_of({**signed, "HTTP_X_AMZ_TARGET": "TrentService.DescribeKey"}) is None
    s3 = {"HTTP_AUTHORIZATION": SIGNED.format("s3"), "PATH_INFO": "/bucket"}
    assert operation_of({**s3, "REQUEST_METHOD": "PUT"}) == "s3:PUT"
    assert operation_of({**s3, "REQUEST_METHOD": "GET"}) is None
    ram = {"HTTP_AUTHORIZATION": SIGNED.format("ram"), "REQUEST_METHOD": "POST"}
    assert operation_of({**ram, "PATH_INFO": "/getresourceshares"}) is None
    assert operation_of({**ram, "PATH_INFO": "/createresourceshare"}) == "ram:POST"
