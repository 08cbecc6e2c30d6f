"""VPCs and what is in them.

Sources: Amazon VPC user guide (Subnets; Configure route tables; NAT gateways; Elastic IP addresses; Security groups;
Network ACLs; Flow logs); Amazon VPC peering guide; AWS PrivateLink guide; for the default resources of a VPC, which
are adopted and never deleted, the documentation of Terraform's AWS provider, on which pulumi-aws stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from securecart.report.plan_vocabulary.effect import (
    ANY_PROPERTY,
    Effect,
    TypeWords,
    Vocabulary,
    access,
    brief,
    nothing,
    traffic,
    unguarded,
)

_ADOPTED: Final = nothing("AWS keeps it as it is; it is only no longer managed here")
_RULE: Final[Mapping[str, Effect]] = {
    ANY_PROPERTY: brief("what it admits changes at once; what no rule admits any more is refused")
}
_ROUTE_GONE: Final = traffic("traffic to its destination stops, unless a wider route takes it")
_ROUTE_MOVED: Final = brief("traffic to its destination takes the new target at once; open connections may break")

NETWORK: Final[Vocabulary] = {
    "aws:ec2/vpc:Vpc": TypeWords(
        "VPC",
        replace=traffic("every address in it changes, and everything in it is replaced"),
        delete=traffic("everything in it goes with it; AWS refuses while anything is left in it"),
        update={
            "enableDnsSupport": traffic("names are looked up, or no longer looked up, by the resolver inside it"),
            "enableDnsHostnames": brief("its instances gain or lose their public host names"),
        },
    ),
    "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation": TypeWords(
        "additional VPC block",
        replace=traffic("the subnets in it must go first, with all that is in them"),
        delete=traffic("the subnets in it must go first, with all that is in them"),
    ),
    "aws:ec2/subnet:Subnet": TypeWords(
        "subnet",
        replace=traffic("all that has an address in it is replaced, and gets another address"),
        delete=traffic("all that has an address in it must go first; AWS refuses otherwise"),
        update={"mapPublicIpOnLaunch": unguarded("what is started in it gets, or no longer gets, a public address")},
    ),
    "aws:ec2/internetGateway:InternetGateway": TypeWords(
        "internet gateway",
        replace=traffic("traffic between its VPC and the internet stops until routes lead to the new one"),
        delete=traffic("traffic between its VPC and the internet stops"),
        update={"vpcId": traffic("traffic between its old VPC and the internet stops")},
    ),
    "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": TypeWords(
        "egress-only internet gateway",
        replace=traffic("IPv6 traffic to the internet stops until routes lead to the new one"),
        delete=traffic("IPv6 traffic to the internet stops"),
    ),
    "aws:ec2/natGateway:NatGateway": TypeWords(
        "NAT gateway",
        replace=traffic("open connections to the internet break, and new ones wait until routes lead to the new one"),
        delete=traffic("traffic to the internet from the subnets behind it stops"),
        update={"secondaryAllocationIds": brief("connections from the addresses that it gives up break")},
    ),
    "aws:ec2/eip:Eip": TypeWords(
        "Elastic IP address",
        replace=access("its public address changes for good; partners that list it must be told"),
        delete=access("its public address is given up for good; partners that list it must be told"),
        update={
            "instance": traffic("its public address moves to another instance"),
            "networkInterface": traffic("its public address moves to another interface"),
        },
    ),
    "aws:ec2/eipAssociation:EipAssociation": TypeWords(
        "Elastic IP association",
        replace=brief("the public address is without a holder until the new association is made"),
        delete=traffic("what comes to the public address arrives nowhere"),
    ),
    "aws:ec2/routeTable:RouteTable": TypeWords(
        "route table",
        replace=traffic("its subnets use the main route table until they are associated with the new one"),
        delete=traffic("its subnets fall back to the main route table, and its routes are gone"),
        update={"routes": _ROUTE_MOVED, "propagatingVgws": traffic("routes learnt from the VPN gateway come or go")},
    ),
    "aws:ec2/defaultRouteTable:DefaultRouteTable": TypeWords(
        "main route table",
        replace=_ADOPTED,
        delete=_ADOPTED,
        update={"routes": _ROUTE_MOVED, "propagatingVgws": traffic("routes learnt from the VPN gateway come or go")},
    ),
    "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation": TypeWords(
        "main route table association",
        replace=brief("subnets without a route table of their own change their routes"),
        delete=traffic("subnets without a route table of their own fall back to the original main table"),
    ),
    "aws:ec2/routeTableAssociation:RouteTableAssociation": TypeWords(
        "route table association",
        replace=brief("its subnet uses the main route table until the new association is made"),
        delete=traffic("its subnet falls back to the main route table, and loses the routes that it had"),
        update={"routeTableId": _ROUTE_MOVED},
    ),
    "aws:ec2/route:Route": TypeWords(
        "route",
        replace=traffic("traffic to its destination stops until the new route is in place"),
        delete=_ROUTE_GONE,
        update={ANY_PROPERTY: _ROUTE_MOVED},
    ),
    "aws:ec2/managedPrefixList:ManagedPrefixList": TypeWords(
        "prefix list",
        replace=traffic("routes and rules that name it must be changed to the new one"),
        delete=traffic("routes and rules that name it must go first; AWS refuses otherwise"),
        update={"entries": brief("every route and rule that names it changes at once")},
    ),
    "aws:ec2/networkAcl:NetworkAcl": TypeWords(
        "network ACL",
        replace=brief("its subnets use the VPC's default ACL until they are moved to the new one"),
        delete=unguarded("its subnets fall back to the VPC's default ACL"),
        update={
            "subnetIds": brief("the subnets that come or go change their rules at once"),
            "ingress": brief("what may enter its subnets changes at once, answers to open connections included"),
            "egress": brief("what may leave its subnets changes at once, answers to open connections included"),
        },
    ),
    "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": TypeWords(
        "default network ACL",
        replace=_ADOPTED,
        delete=_ADOPTED,
        update={
            "ingress": brief("what may enter subnets without an ACL of their own changes at once"),
            "egress": brief("what may leave subnets without an ACL of their own changes at once"),
        },
    ),
    "aws:ec2/networkAclRule:NetworkAclRule": TypeWords(
        "network ACL rule",
        replace=brief("meanwhile the next rule that matches decides, in the end the ACL's denial of all"),
        delete=traffic("the next rule that matches decides, in the end the ACL's denial of all"),
        update={ANY_PROPERTY: brief("what it admits or denies changes at once, answers to open connections included")},
    ),
    "aws:ec2/networkAclAssociation:NetworkAclAssociation": TypeWords(
        "network ACL association",
        replace=brief("its subnet changes its rules at once"),
        delete=unguarded("its subnet falls back to the VPC's default ACL"),
    ),
    "aws:ec2/securityGroup:SecurityGroup": TypeWords(
        "security group",
        replace=traffic("what it admits is refused until interfaces and rules use the new one"),
        delete=traffic("what it admits is refused; AWS refuses while an interface or another group uses it"),
        update={"ingress": _RULE[ANY_PROPERTY], "egress": _RULE[ANY_PROPERTY]},
    ),
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": TypeWords(
        "default security group",
        replace=_ADOPTED,
        delete=_ADOPTED,
        update={"ingress": _RULE[ANY_PROPERTY], "egress": _RULE[ANY_PROPERTY]},
    ),
    "aws:ec2/securityGroupRule:SecurityGroupRule": TypeWords(
        "security group rule",
        replace=brief("what only it admits is refused until the new one is in place"),
        delete=traffic("what only it admits is refused"),
        update=_RULE,
    ),
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": TypeWords(
        "security group ingress rule",
        replace=brief("what only it admits is refused until the new one is in place"),
        delete=traffic("what only it admits is refused"),
        update=_RULE,
    ),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": TypeWords(
        "security group egress rule",
        replace=brief("what only it lets out is refused until the new one is in place"),
        delete=traffic("what only it lets out is refused"),
        update=_RULE,
    ),
    "aws:ec2/vpcPeeringConnection:VpcPeeringConnection": TypeWords(
        "VPC peering connection",
        replace=traffic("traffic between the two VPCs stops until the new one is accepted and both sides route to it"),
        delete=traffic("traffic between the two VPCs stops"),
        update={"accepter": brief("how the other VPC's names resolve changes")},
    ),
    "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter": TypeWords(
        "VPC peering acceptance",
        replace=traffic("the connection carries no traffic before it is accepted"),
        delete=nothing("the connection stays as it is; its acceptance is only no longer managed here"),
    ),
    "aws:ec2/peeringConnectionOptions:PeeringConnectionOptions": TypeWords(
        "set of VPC peering options",
        replace=nothing("the options stay as they were, then change"),
        delete=nothing("the options stay as they are; they are only no longer managed here"),
        update={ANY_PROPERTY: brief("how the other VPC's names resolve changes")},
    ),
    "aws:ec2/flowLog:FlowLog": TypeWords(
        "flow log",
        replace=unguarded("traffic in between is recorded twice or not at all: expect a gap in the records"),
        delete=unguarded("traffic is no longer recorded; what was recorded stays"),
    ),
    "aws:ec2/vpcDhcpOptions:VpcDhcpOptions": TypeWords(
        "set of DHCP options",
        replace=brief("instances ask the new name servers when their lease is renewed"),
        delete=brief("instances fall back to Amazon's name server when their lease is renewed"),
    ),
    "aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation": TypeWords(
        "DHCP options association",
        replace=brief("instances ask the new name servers when their lease is renewed"),
        delete=brief("instances fall back to Amazon's name server when their lease is renewed"),
    ),
    "aws:ec2/networkInterface:NetworkInterface": TypeWords(
        "network interface",
        replace=traffic("its private address may change, and open connections break"),
        delete=traffic("its private address is given up"),
        update={"securityGroups": brief("what reaches it changes at once")},
    ),
    "aws:ec2/vpcEndpoint:VpcEndpoint": TypeWords(
        "VPC endpoint",
        replace=traffic("calls through it fail, or leave through the internet, until the new one answers"),
        delete=traffic("calls through it fail, or leave through the internet"),
        update={
            "policy": access("who may do what through it changes at once"),
            "privateDnsEnabled": brief("the service's name leads to the endpoint, or no longer does"),
            "routeTableIds": brief("subnets that lose the route reach the service another way or not at all"),
            "securityGroupIds": brief("who reaches it changes at once"),
            "subnetIds": brief("connections to the interfaces that it gives up break"),
        },
    ),
    "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy": TypeWords(
        "VPC endpoint policy",
        replace=unguarded("meanwhile the endpoint lets everything through"),
        delete=unguarded("the endpoint lets everything through"),
        update={"policy": access("who may do what through the endpoint changes at once")},
    ),
    "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation": TypeWords(
        "VPC endpoint route",
        replace=brief("subnets reach the service another way or not at all until the new one is in place"),
        delete=traffic("subnets reach the service another way or not at all"),
    ),
    "aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation": TypeWords(
        "VPC endpoint interface",
        replace=brief("connections to it break"),
        delete=traffic("connections to it break; the endpoint answers in its other zones only"),
    ),
    "aws:ec2/vpcEndpointService:VpcEndpointService": TypeWords(
        "PrivateLink service",
        replace=traffic("its name changes, and every consumer must connect anew and be accepted"),
        delete=traffic("every consumer's endpoint is cut off; AWS refuses while one is connected"),
        update={
            "networkLoadBalancerArns": traffic("consumers are sent to other load balancers"),
            "allowedPrincipals": access("who may connect to it changes"),
            "privateDnsName": brief("consumers that use the old private name must use the new one"),
        },
    ),
    "aws:ec2/vpcEndpointServiceAllowedPrinciple:VpcEndpointServiceAllowedPrinciple": TypeWords(
        "PrivateLink permission",
        replace=access("its principal cannot connect until the new one is in place"),
        delete=access("its principal can no longer connect to the service"),
    ),
    "aws:ec2/vpcEndpointConnectionAccepter:VpcEndpointConnectionAccepter": TypeWords(
        "PrivateLink acceptance",
        replace=traffic("the consumer's endpoint is cut off until it is accepted again"),
        delete=traffic("the consumer's endpoint is cut off"),
    ),
    "aws:vpc/endpointPrivateDns:EndpointPrivateDns": TypeWords(
        "private DNS name",
        replace=brief("the service's name leads elsewhere until the new endpoint has it"),
        delete=nothing("the endpoint keeps the service's name as long as it stands"),
        update={"privateDnsEnabled": traffic("the service's name leads to the endpoint, or no longer does")},
    ),
    "aws:vpc/endpointServicePrivateDnsVerification:EndpointServicePrivateDnsVerification": TypeWords(
        "PrivateLink name verification",
        replace=nothing("AWS looks for the proof of the name again"),
        delete=nothing("the name stays proven as long as its record stands"),
    ),
}
"""Rows of VPCs and what is in them."""
