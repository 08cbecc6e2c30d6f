"""Runs a program for the engine and keeps what only the program's side knows: outputs, and where values come from."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace

import pulumi

from securecart.execute.engine.quiet_log import without_debug_messages
from securecart.execute.outputs import StackOutput
from securecart.program.provenance import Owners, Source, owners_of, pulumi_name, sources_of
from securecart.program.run import Outputs

Program = Callable[[], Outputs]
"""A stack program with its inputs bound; returns the stack's outputs."""
OnOutputs = Callable[[Mapping[str, StackOutput]], None]
"""Told the outputs once every resource of the program is registered, which in a deployment means: created."""


class ProgramCapture:
    """One run of one program inside an engine call."""

    def __init__(self, program: Program, on_outputs: OnOutputs | None = None) -> None:
        """Take the program, and whom to tell its outputs while the engine may still have deletions to do."""
        self._program, self._on_outputs = program, on_outputs
        self.outputs: dict[str, StackOutput] = {}
        self.sources: dict[str, Mapping[str, tuple[Source, ...]]] = {}
        """Where inputs come from, by URN and property."""
        self.ended = False
        """Whether the program ran to its end."""
        self.settled = False
        """Whether every resource that it registered was created or updated, too."""

    async def run(self) -> None:
        """Run the program; the engine's language server awaits it."""
        without_debug_messages()
        registered: list[tuple[pulumi.Resource, Mapping[str, object]]] = []

        def remember(args: pulumi.ResourceTransformationArgs) -> None:
            registered.append((args.resource, dict(args.props or {})))

        pulumi.runtime.register_stack_transformation(remember)
        exported = self._program()
        kept = [self._keep(name, value) for name, value in exported.items()]
        self.ended = True
        # The SDK's own wait looks at every outstanding output each time that one is resolved, which is a third of
        # its CPU with a hundred resources; after this one, little is outstanding. Failures are the SDK's to report.
        urns = (resource.urn.future(with_unknowns=True) for resource, _ in registered)
        failures = [one for one in await asyncio.gather(*urns, return_exceptions=True) if isinstance(one, Exception)]
        if failures:
            return
        await asyncio.gather(*(output.future(with_unknowns=True) for output in kept))
        await self._trace(registered, exported)
        self.settled = True
        if self._on_outputs is not None:
            self._on_outputs(dict(self.outputs))

    def _keep(self, name: str, value: pulumi.Input[object]) -> pulumi.Output[bool]:
        """Export an output, and remember it as soon as it is resolved."""
        output = pulumi.Output.from_input(value)
        pulumi.export(name, output)

        async def keep(resolved: object) -> bool:
            self.outputs[name] = StackOutput(resolved, secret=await output.is_secret())
            return True

        return output.apply(keep, run_with_unknowns=True)

    async def _trace(self, registered: list[tuple[pulumi.Resource, Mapping[str, object]]], exported: Outputs) -> None:
        """Follow inputs and outputs to where they come from."""
        owners = owners_of(resource for resource, _ in registered)
        for resource, props in registered:
            urn = await resource.urn.future(with_unknowns=True)
            found = {_translated(resource, key): await sources_of(value, owners) for key, value in props.items()}
            self.sources[urn or ""] = {key: sources for key, sources in found.items() if sources}
        for name, value in exported.items():
            self.outputs[name] = replace(self.outputs[name], sources=await _by_key(value, owners))


async def _by_key(value: object, owners: Owners) -> Mapping[str, tuple[Source, ...]]:
    entries = value.items() if isinstance(value, Mapping) else [("", value)]
    return {str(key): await sources_of(entry, owners) for key, entry in entries}


def _translated(resource: pulumi.Resource, key: str) -> str:
    """Return an input property in Pulumi's spelling."""
    translated = resource.translate_input_property(key)
    return translated if translated != key else pulumi_name(key)
