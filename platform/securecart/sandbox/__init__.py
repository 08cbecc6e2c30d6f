"""The local sandbox: AWS accounts served by moto, and the provider that every Pulumi engine attaches to."""
