"""The engine's client without debug messages."""

from pulumi.runtime.proto import engine_pb2

from securecart.execute.engine.quiet_log import QuietEngine


class Client:
    """Remembers what it is asked to log."""

    version = "3.259.0"

    def __init__(self) -> None:
        self.logged: list[str] = []

    def Log(self, request: engine_pb2.LogRequest) -> object:
        self.logged.append(request.message)
        return "answer"


def test_everything_but_debug_messages_reaches_the_engine():
    client = Client()
    quiet = QuietEngine(client)
    for severity in (engine_pb2.DEBUG, engine_pb2.INFO, engine_pb2.WARNING, engine_pb2.ERROR):
        quiet.Log(engine_pb2.LogRequest(severity=severity, message=engine_pb2.LogSeverity.Name(severity)))
    assert client.logged == ["INFO", "WARNING", "ERROR"]


def test_other_calls_are_the_clients_own():
    assert QuietEngine(Client()).version == "3.259.0"
