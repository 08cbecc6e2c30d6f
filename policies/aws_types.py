"""Type tokens of pulumi-aws that the rules read, by what they are."""

from __future__ import annotations

from typing import Final

VPC: Final = ("aws:ec2/vpc:Vpc",)
VPC_BLOCK: Final = (
    "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation",
    "aws:ec2/vpcIpv6CidrBlockAssociation:VpcIpv6CidrBlockAssociation",
)
SUBNET: Final = ("aws:ec2/subnet:Subnet",)
SECURITY_GROUP: Final = ("aws:ec2/securityGroup:SecurityGroup",)
DEFAULT_SECURITY_GROUP: Final = ("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",)
INGRESS_RULE: Final = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
EGRESS_RULE: Final = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
LEGACY_RULE: Final = "aws:ec2/securityGroupRule:SecurityGroupRule"
SECURITY_GROUP_RULES: Final = (INGRESS_RULE, EGRESS_RULE, LEGACY_RULE)
MANAGED_PREFIX_LIST: Final = ("aws:ec2/managedPrefixList:ManagedPrefixList",)
NETWORK_ACL: Final = ("aws:ec2/networkAcl:NetworkAcl",)
DEFAULT_NETWORK_ACL: Final = ("aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",)
NETWORK_ACL_RULE: Final = ("aws:ec2/networkAclRule:NetworkAclRule",)
NETWORK_ACL_ASSOCIATION: Final = ("aws:ec2/networkAclAssociation:NetworkAclAssociation",)
ROUTE: Final = ("aws:ec2/route:Route",)
ROUTE_TABLE: Final = ("aws:ec2/routeTable:RouteTable",)
DEFAULT_ROUTE_TABLE: Final = ("aws:ec2/defaultRouteTable:DefaultRouteTable",)
ROUTE_TABLE_ASSOCIATION: Final = ("aws:ec2/routeTableAssociation:RouteTableAssociation",)
VPC_ENDPOINT: Final = ("aws:ec2/vpcEndpoint:VpcEndpoint",)
VPC_ENDPOINT_PARTS: Final = (
    "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
    "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation",
    "aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation",
    "aws:ec2/securityGroupAssociation:SecurityGroupAssociation",
    "aws:vpc/endpointPrivateDns:EndpointPrivateDns",
)
INTERNET_GATEWAY: Final = ("aws:ec2/internetGateway:InternetGateway",)
NAT_GATEWAY: Final = ("aws:ec2/natGateway:NatGateway",)
EIP: Final = ("aws:ec2/eip:Eip",)
EIP_ASSOCIATION: Final = ("aws:ec2/eipAssociation:EipAssociation",)
INSTANCE: Final = ("aws:ec2/instance:Instance",)
LAUNCH_TEMPLATE: Final = ("aws:ec2/launchTemplate:LaunchTemplate",)
LAUNCH_CONFIGURATION: Final = ("aws:ec2/launchConfiguration:LaunchConfiguration",)
FLOW_LOG: Final = ("aws:ec2/flowLog:FlowLog",)
TRANSIT_GATEWAY: Final = ("aws:ec2transitgateway/transitGateway:TransitGateway",)
TGW_ROUTE_TABLE: Final = ("aws:ec2transitgateway/routeTable:RouteTable",)
TGW_ROUTE: Final = ("aws:ec2transitgateway/route:Route",)
TGW_ATTACHMENT: Final = ("aws:ec2transitgateway/vpcAttachment:VpcAttachment",)
TGW_ATTACHMENT_ACCEPTER: Final = ("aws:ec2transitgateway/vpcAttachmentAccepter:VpcAttachmentAccepter",)
TGW_ASSOCIATION: Final = ("aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation",)
TGW_PROPAGATION: Final = ("aws:ec2transitgateway/routeTablePropagation:RouteTablePropagation",)
TGW_PEERING: Final = ("aws:ec2transitgateway/peeringAttachment:PeeringAttachment",)
CUSTOMER_GATEWAY: Final = ("aws:ec2/customerGateway:CustomerGateway",)
VPN_CONNECTION: Final = ("aws:ec2/vpnConnection:VpnConnection",)
VPN_GATEWAY: Final = ("aws:ec2/vpnGateway:VpnGateway",)
DX_CONNECTION: Final = ("aws:directconnect/connection:Connection",)
DX_GATEWAY: Final = ("aws:directconnect/gateway:Gateway",)
DX_ASSOCIATION: Final = ("aws:directconnect/gatewayAssociation:GatewayAssociation",)
DX_PROPOSAL: Final = ("aws:directconnect/gatewayAssociationProposal:GatewayAssociationProposal",)
PRIVATE_VIF: Final = ("aws:directconnect/privateVirtualInterface:PrivateVirtualInterface",)
TRANSIT_VIF: Final = ("aws:directconnect/transitVirtualInterface:TransitVirtualInterface",)
LOG_GROUP: Final = ("aws:cloudwatch/logGroup:LogGroup",)
METRIC_ALARM: Final = ("aws:cloudwatch/metricAlarm:MetricAlarm",)
RESOURCE_SHARE: Final = ("aws:ram/resourceShare:ResourceShare",)
PRINCIPAL_ASSOCIATION: Final = ("aws:ram/principalAssociation:PrincipalAssociation",)
PEERING: Final = ("aws:ec2/vpcPeeringConnection:VpcPeeringConnection",)
PEERING_ACCEPTER: Final = ("aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter",)
KEY: Final = ("aws:kms/key:Key",)
BUCKET: Final = ("aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2")
BUCKET_ENCRYPTION: Final = (
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
)
BUCKET_PUBLIC_ACCESS: Final = ("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",)
BUCKET_POLICY: Final = ("aws:s3/bucketPolicy:BucketPolicy",)
BUCKET_VERSIONING: Final = (
    "aws:s3/bucketVersioning:BucketVersioning",
    "aws:s3/bucketVersioningV2:BucketVersioningV2",
)
