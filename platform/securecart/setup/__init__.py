"""Set-up: the virtual environment and the Pulumi engine. Standard library only, as neither is there yet."""
