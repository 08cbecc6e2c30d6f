"""The same stacks by the Automation API as a careful first script would use it: the peer that bench compares with."""

from __future__ import annotations

import os
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "platform")]

import pulumi
from pulumi import automation

from securecart.config.loader import load_fleet
from securecart.execute.environment import sandbox_environment
from securecart.execute.home import Home
from securecart.plan.graph import StackGraph, build_graph
from securecart.sandbox import lifecycle
from securecart.setup.find import find_engine
from stacks import KINDS, stack_specs

FLEET = ROOT / "stacks" / "fleet.yaml"
POLICY_SHIM = '#!/bin/sh\nexec "{python}" -u -m pulumi.policy "$@"\n'


class Values:
    """Outputs of stacks already deployed, as the Automation API returned them."""

    def __init__(self) -> None:
        self.by_stack: dict[str, dict[str, object]] = {}

    def output(self, stack: str, name: str) -> pulumi.Output[object]:
        """Return an output as a plain value."""
        return pulumi.Output.from_input(self.by_stack[stack][name])


class PlainDeployer:
    """Deploys one stack at a time with the calls of the Automation API's own examples."""

    def __init__(self, home: Path) -> None:
        self.home = Home(home)
        self.home.prepare()
        sandbox = lifecycle.start(home, on_progress=lambda _: None)
        executable = find_engine(os.environ)
        assert executable is not None
        folder = home / "bin"
        folder.mkdir()
        shim = folder / "pulumi-analyzer-policy-python"
        shim.write_text(POLICY_SHIM.format(python=sys.executable))
        shim.chmod(shim.stat().st_mode | stat.S_IXUSR)
        self.environment = sandbox_environment(os.environ, self.home, sandbox)
        self.environment["PATH"] = os.pathsep.join([str(executable.parent), str(folder), self.environment["PATH"]])
        os.environ.update(self.environment)
        self.values = Values()
        self.fleet = load_fleet(FLEET)
        self.graph: StackGraph = build_graph(stack_specs(self.fleet))
        self.kinds = {kind.name: kind for kind in KINDS}

    def deploy(self, name: str) -> None:
        """Preview and deploy a stack, and keep its outputs."""
        spec = self.graph.stacks[name]

        def program() -> None:
            for key, value in self.kinds[spec.kind].bind(self.fleet, spec).run(self.values).items():
                pulumi.export(key, value)

        stack = automation.create_or_select_stack(stack_name=name, project_name="securecart", program=program)
        packs = [str(ROOT / "policies")]
        stack.preview(policy_packs=packs)
        result = stack.up(policy_packs=packs)
        self.values.by_stack[name] = {key: output.value for key, output in result.outputs.items()}


def deploy_sequentially(deployer: PlainDeployer) -> None:
    """One stack after the other."""
    for name in deployer.graph.stacks:
        deployer.deploy(name)


def deploy_in_threads(deployer: PlainDeployer) -> None:
    """A thread for each stack of a level, level by level."""
    done: set[str] = set()
    while len(done) < len(deployer.graph.stacks):
        level = [n for n, spec in deployer.graph.stacks.items() if n not in done and spec.depends_on <= done]
        with ThreadPoolExecutor(max_workers=len(level)) as executor:
            list(executor.map(deployer.deploy, level))
        done |= set(level)


if __name__ == "__main__":
    way = {"sequential": deploy_sequentially, "threads": deploy_in_threads}[sys.argv[1]]
    way(PlainDeployer(Path(sys.argv[2])))
