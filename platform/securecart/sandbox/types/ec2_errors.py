"""EC2's error codes that say why a deletion has to wait (EC2 API reference, Error codes).

On them the real provider tries again: terraform-provider-aws, `RetryWhenAWSErrCodeEquals` in internal/service/ec2.
"""

from __future__ import annotations

IN_USE = ("DependencyViolation",)
"""Something is still in it, or refers to it. In vpc_.go, vpc_subnet.go, vpc_internet_gateway.go (detaching, too),
vpc_network_acl.go and vpc_security_group.go."""
GROUP_IN_USE = (*IN_USE, "InvalidGroup.InUse")
"""The same of a security group, whose word for it is older. In vpc_security_group.go."""
GATEWAY_IN_USE = ("IncorrectState",)
"""A transit gateway "has non-deleted Transit Gateway Attachments". In transitgateway_.go; not so in
transitgateway_route_table.go, where a table that still has associations fails at once."""
