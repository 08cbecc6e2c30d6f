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
VPC_ENDPOINT_SERVICE: Final = ("aws:ec2/vpcEndpointService:VpcEndpointService",)
ALLOWED_PRINCIPAL: Final = ("aws:ec2/vpcEndpointServiceAllowedPrinciple:VpcEndpointServiceAllowedPrinciple",)
CONNECTION_ACCEPTER: Final = ("aws:ec2/vpcEndpointConnectionAccepter:VpcEndpointConnectionAccepter",)
ENDPOINT_PRIVATE_DNS: Final = ("aws:vpc/endpointPrivateDns:EndpointPrivateDns",)
PRIVATE_DNS_VERIFICATION: Final = (
    "aws:vpc/endpointServicePrivateDnsVerification:EndpointServicePrivateDnsVerification",
)
LISTENER: Final = ("aws:lb/listener:Listener", "aws:alb/listener:Listener")
LOAD_BALANCER: Final = ("aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer")
TARGET_GROUP: Final = ("aws:lb/targetGroup:TargetGroup", "aws:alb/targetGroup:TargetGroup")
WEB_ACL: Final = ("aws:wafv2/webAcl:WebAcl",)
WEB_ACL_PARTS: Final = (
    "aws:wafv2/webAclRule:WebAclRule",
    "aws:wafv2/webAclRuleGroupAssociation:WebAclRuleGroupAssociation",
)
IP_SET: Final = ("aws:wafv2/ipSet:IpSet",)
WEB_ACL_LOGGING: Final = ("aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",)
DISTRIBUTION: Final = ("aws:cloudfront/distribution:Distribution",)
ORIGIN_ACCESS_CONTROL: Final = ("aws:cloudfront/originAccessControl:OriginAccessControl",)
LOG_SOURCE: Final = ("aws:cloudwatch/logDeliverySource:LogDeliverySource",)
LOG_DESTINATION: Final = ("aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",)
LOG_DELIVERY: Final = ("aws:cloudwatch/logDelivery:LogDelivery",)
SECRET_VERSION: Final = ("aws:secretsmanager/secretVersion:SecretVersion",)
WEB_ACL_ASSOCIATION: Final = ("aws:wafv2/webAclAssociation:WebAclAssociation",)
LISTENER_RULE: Final = ("aws:lb/listenerRule:ListenerRule", "aws:alb/listenerRule:ListenerRule")
CLASSIC_LOAD_BALANCER: Final = ("aws:elb/loadBalancer:LoadBalancer",)
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
ACCELERATOR: Final = ("aws:globalaccelerator/accelerator:Accelerator",)
CUSTOM_ACCELERATOR: Final = ("aws:globalaccelerator/customRoutingAccelerator:CustomRoutingAccelerator",)
ACCELERATOR_LISTENER: Final = ("aws:globalaccelerator/listener:Listener",)
ENDPOINT_GROUP: Final = ("aws:globalaccelerator/endpointGroup:EndpointGroup",)
DNS_RECORD: Final = ("aws:route53/record:Record",)
CERTIFICATE: Final = ("aws:acm/certificate:Certificate",)
CERTIFICATE_VALIDATION: Final = ("aws:acm/certificateValidation:CertificateValidation",)
HOSTED_ZONE: Final = ("aws:route53/zone:Zone",)
HEALTH_CHECK: Final = ("aws:route53/healthCheck:HealthCheck",)
SHIELD_SUBSCRIPTION: Final = ("aws:shield/subscription:Subscription",)
SHIELD_PROTECTION: Final = ("aws:shield/protection:Protection",)
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
