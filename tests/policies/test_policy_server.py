"""The policy server starts once, serves every engine of a run, and ends with the process that started it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pulumi
import pytest
from pulumi import automation as auto

from securecart.errors import EngineError
from securecart.execute.engine.command import EngineCommand, version_of
from securecart.execute.policy_server import PolicyServer
from securecart.setup.find import find_engine

ROOT = Path(__file__).resolve().parents[2]
PROGRAM_SECONDS = 60


def listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def ends(port: int) -> bool:
    deadline = time.monotonic() + PROGRAM_SECONDS
    while listens(port) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not listens(port)


def test_closing_the_server_ends_it(fleet_file: Path) -> None:
    server = PolicyServer(fleet_file)
    port = int(server.env()["SECURECART_POLICY_PORT"])
    assert listens(port)
    server.close()
    assert ends(port)
    server.close()


def test_server_ends_with_the_process_that_started_it(fleet_file: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from securecart.execute.policy_server import PolicyServer\n"
        "server = PolicyServer(Path(sys.argv[1]))\n"
        "print(server.env()['SECURECART_POLICY_PORT'], flush=True)\n"
        "sys.stdin.read()"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "platform")])}
    with subprocess.Popen(
        [sys.executable, "-c", code, str(fleet_file)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as parent:
        assert parent.stdout is not None
        port = int(parent.stdout.readline())
        assert listens(port)
        parent.kill()
    assert ends(port)


def test_a_fleet_file_that_cannot_be_read_is_an_error_and_no_server(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="did not start") as caught:
        PolicyServer(tmp_path / "absent.yaml")
    assert "exit code 2" in str(caught.value)


@dataclass
class Preview:
    """One preview by the real engine, of a component that carries a resource type and properties."""

    stack: str
    kind: str
    props: Mapping[str, object]
    failed: bool = False
    violations: list[tuple[str, str, str]] = field(default_factory=list)

    def program(self) -> None:
        """Register the resource as a component, so that no provider is needed to judge it."""
        pulumi.ComponentResource(self.kind, "subject", dict(self.props))

    def run(self, server: PolicyServer, work: Path, language_host: bool) -> None:
        folder = work / self.stack
        folder.mkdir()
        engine = find_engine(os.environ)
        assert engine is not None, "no Pulumi engine; `make setup` installs one"
        environment = {
            **os.environ,
            **server.env(),
            "PULUMI_BACKEND_URL": f"file://{folder}",
            "PULUMI_CONFIG_PASSPHRASE": "test",
            "PULUMI_SKIP_UPDATE_CHECK": "true",
        }
        if language_host:
            # A language host for Python would take over a pack with the runtime `python`.
            host = folder / "pulumi-language-python"
            host.write_text("#!/bin/sh\nexit 1\n")
            host.chmod(0o755)
            environment["PATH"] = os.pathsep.join([str(folder), environment["PATH"]])
        options = auto.LocalWorkspaceOptions(
            work_dir=str(folder),
            env_vars=environment,
            pulumi_command=EngineCommand(engine, version_of(engine)),
        )
        stack = auto.create_stack(self.stack, "securecart", self.program, opts=options)
        try:
            stack.preview(policy_packs=[str(server.pack_dir)], on_event=self._listen)
        except auto.CommandError:
            self.failed = True

    def _listen(self, event: auto.EngineEvent) -> None:
        found = event.policy_event
        if found is not None:
            self.violations.append((found.policy_name, found.enforcement_level, found.message))


INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"


def test_three_engines_at_once_get_the_right_verdicts_from_one_server(
    policy_server: PolicyServer, tmp_path: Path
) -> None:
    previews = [
        Preview("network-dev", "securecart:test:Nothing", {}),
        Preview("network-prod", INGRESS, {"ipProtocol": "tcp", "fromPort": 22, "toPort": 22, "cidrIpv6": "::/0"}),
        Preview(
            "network-payments",
            INGRESS,
            {"ipProtocol": "tcp", "fromPort": 3389, "toPort": 3389, "cidrIpv4": "10.0.0.0/8"},
        ),
    ]
    threads = [
        threading.Thread(target=preview.run, args=(policy_server, tmp_path, index == 1))
        for index, preview in enumerate(previews)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    clean, ssh, rdp = previews
    assert (clean.failed, clean.violations) == (False, [])
    assert ssh.failed
    assert {name for name, level, _ in ssh.violations if level == "mandatory"} >= {
        "sg-no-admin-ports-from-internet",
        "sg-no-admin-ports",
    }
    assert rdp.failed
    names = {name for name, _, _ in rdp.violations}
    assert "sg-no-admin-ports" in names
    assert "sg-no-admin-ports-from-internet" not in names
