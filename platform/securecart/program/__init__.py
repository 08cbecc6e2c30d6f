"""What a stack program receives: the fleet, its spec, providers per account, and the outputs it asked for."""
