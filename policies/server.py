"""One policy server for every engine of a run: ``python -m policies.server``.

Prints its port on standard output and serves on loopback until its standard input closes, which also happens
when the process that started it dies.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import grpc
from pulumi.runtime.proto import analyzer_pb2_grpc

from policies.analyzer import Analyzer
from policies.judge import fleet_from_environment
from securecart.config.model import Fleet
from securecart.errors import SecureCartError

# A whole stack travels in one message; the engine itself allows 400 MB.
_MESSAGE_LIMIT = ("grpc.max_receive_message_length", 400 * 1024 * 1024)
_WORKERS = 4


def start(fleet: Fleet) -> tuple[grpc.Server, int]:
    """Start serving on a free loopback port; return the server and its port."""
    server = grpc.server(ThreadPoolExecutor(max_workers=_WORKERS), options=[_MESSAGE_LIMIT])
    analyzer_pb2_grpc.add_AnalyzerServicer_to_server(Analyzer(fleet), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    return server, port


def main() -> int:
    """Serve until standard input closes; return the exit code."""
    try:
        fleet = fleet_from_environment()
    except SecureCartError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    server, port = start(fleet)
    print(port, flush=True)
    sys.stdin.buffer.read()
    server.stop(grace=None).wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
