"""The sandbox's Pulumi provider: a gRPC server that serves `pulumi_aws` tokens over boto3 against moto."""

from securecart.sandbox.provider.inventory import Inventory, ResourceEntry
from securecart.sandbox.provider.service import ProviderServer, serve_provider

__all__ = ["Inventory", "ProviderServer", "ResourceEntry", "serve_provider"]
