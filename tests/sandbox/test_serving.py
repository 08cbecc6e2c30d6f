from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from securecart.sandbox.serving import KeepAliveHandler, listen


def echo(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answers with the request's method and body; /empty has no content."""
    if environ["PATH_INFO"] == "/empty":
        start_response("204 No Content", [])
        return []
    body = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "7000")])
    return [environ["REQUEST_METHOD"].encode(), b" ", body]


@pytest.fixture
def connection() -> Iterator[http.client.HTTPConnection]:
    server = listen(echo)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=30)
    connection.connect()
    yield connection
    connection.close()
    server.shutdown()
    thread.join()
    server.server_close()


def ask(connection: http.client.HTTPConnection, method: str, path: str = "/", body: Any = None) -> bytes:
    connection.request(method, path, body=body)
    return connection.getresponse().read()


def test_a_body_of_known_length_a_chunked_one_and_none_follow_each_other_on_one_connection(
    connection: http.client.HTTPConnection,
) -> None:
    first = connection.sock
    assert ask(connection, "PUT", body=b"x" * 100_000) == b"PUT " + b"x" * 100_000
    assert ask(connection, "PUT", body=iter([b"first ", b"second"])) == b"PUT first second"
    assert ask(connection, "GET") == b"GET "
    assert connection.sock is first


def test_an_answer_has_the_length_of_its_body_and_that_to_head_the_one_that_is_claimed(
    connection: http.client.HTTPConnection,
) -> None:
    connection.request("GET", "/")
    answer = connection.getresponse()
    assert (answer.read(), answer.headers.get_all("Content-Length")) == (b"GET ", ["4"])
    connection.request("HEAD", "/")
    answer = connection.getresponse()
    assert (answer.read(), answer.headers.get_all("Content-Length")) == (b"", ["7000"])


def test_an_answer_without_content_leaves_the_connection_usable(
    connection: http.client.HTTPConnection,
) -> None:
    first = connection.sock
    assert ask(connection, "GET", "/empty") == b""
    assert ask(connection, "GET") == b"GET "
    assert connection.sock is first


def test_a_connection_that_stays_idle_is_closed_without_a_word(
    connection: http.client.HTTPConnection, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(KeepAliveHandler, "timeout", 0.05)
    with socket.create_connection((connection.host, connection.port), timeout=30) as client:
        assert client.recv(1) == b""
    assert caplog.text == ""


def test_a_request_that_is_none_is_refused_and_logged(
    connection: http.client.HTTPConnection, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.create_connection((connection.host, connection.port), timeout=30) as client:
        client.sendall(b"nonsense\r\n\r\n")
        assert b"400" in client.recv(1000)
    assert "code 400" in caplog.text


def test_a_client_that_asks_first_is_told_to_go_on(connection: http.client.HTTPConnection) -> None:
    with socket.create_connection((connection.host, connection.port), timeout=30) as client:
        client.sendall(b"PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n")
        assert client.recv(1000).startswith(b"HTTP/1.1 100 ")
        client.sendall(b"body")
        answer = b""
        while not answer.endswith(b"PUT body"):
            received = client.recv(1000)
            assert received, answer
            answer += received
        assert answer.startswith(b"HTTP/1.1 200 OK")
