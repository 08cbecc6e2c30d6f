"""A stack as data: what it is called, where it lives and what it asks of other stacks."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Ask:
    """Outputs that a program asks of one other stack. The only declaration of a dependency."""

    alias: str
    """Name by which the program reaches the outputs, for example ``hub``."""
    stack: str
    """Name of the stack that has them, for example ``hub-us-east-1``."""
    outputs: tuple[str, ...]
    """Names of the outputs, or ``NAME[KEY]`` for one entry of an output that maps keys to values.

    Reading anything else is a ProgramError: what is not asked for may change without the stack running again.
    """


@dataclass(frozen=True)
class StackSpec:
    """One stack of the fleet."""

    name: str
    """Pulumi stack name; a stable state key."""
    kind: str
    """Name of the program, for example ``network``."""
    subject: str
    """Key of the fleet object that it deploys, for example the network's name."""
    account: str
    """Name of the account that owns it (the first one, where it works in two)."""
    region: str
    """AWS region (the first one, where it works in two)."""
    asks: tuple[Ask, ...] = ()
    """What the program asks of other stacks."""
    after: tuple[str, ...] = ()
    """Stacks that the fleet file orders before this one without asking for their outputs."""
    protected: bool = False
    """Whether destroy refuses unless the stack is named."""
    environment: str = "shared"
    """Environment it serves, ``shared`` where it serves several."""
    other_accounts: tuple[str, ...] = field(default=())
    """Further accounts that it works in, for example the accepter's."""

    @property
    def depends_on(self) -> frozenset[str]:
        """Names of the stacks that must be done before this one."""
        return frozenset(ask.stack for ask in self.asks) | frozenset(self.after)
