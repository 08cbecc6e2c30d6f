"""Which stacks a fleet has, how they depend on each other, and which of them a run selects. Pure."""
