"""ForceNew of hybrid connectivity, the edge and what watches them, as terraform-provider-aws has it.

From the schemas in its internal/service: ec2/vpnsite_*.go, directconnect, wafv2, cloudfront, globalaccelerator, shield,
logs, cloudwatch and secretsmanager; by Pulumi's names, of the properties that the sandbox supports.
"""

from __future__ import annotations

_ADDRESSES = {"amazonAddress", "customerAddress", "bgpAuthKey"}
_INTERFACE = {
    "name",
    "addressFamily",
    "connectionId",
    "dxGatewayId",
    "vlan",
    "bgpAsn",
    "bgpAsnLong",
    *_ADDRESSES,
}
FORCE_NEW: dict[str, set[str]] = {
    "aws:ec2/vpnGateway:VpnGateway": {"amazonSideAsn", "availabilityZone"},
    "aws:ec2/vpnGatewayAttachment:VpnGatewayAttachment": {"vpcId", "vpnGatewayId"},
    "aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation": {"routeTableId", "vpnGatewayId"},
    "aws:ec2/customerGateway:CustomerGateway": {"bgpAsn", "certificateArn", "deviceName", "ipAddress", "type"},
    "aws:ec2/vpnConnection:VpnConnection": {
        "type",
        "enableAcceleration",
        "staticRoutesOnly",
        "tunnelInsideIpVersion",
        "tunnel1InsideCidr",
        "tunnel1InsideIpv6Cidr",
        "tunnel2InsideCidr",
        "tunnel2InsideIpv6Cidr",
    },
    "aws:ec2/vpnConnectionRoute:VpnConnectionRoute": {"destinationCidrBlock", "vpnConnectionId"},
    "aws:directconnect/connection:Connection": {"name", "bandwidth", "location", "providerName", "requestMacsec"},
    "aws:directconnect/gateway:Gateway": {"amazonSideAsn"},
    "aws:directconnect/privateVirtualInterface:PrivateVirtualInterface": {*_INTERFACE, "vpnGatewayId"},
    "aws:directconnect/transitVirtualInterface:TransitVirtualInterface": _INTERFACE,
    "aws:directconnect/bgpPeer:BgpPeer": {"addressFamily", "virtualInterfaceId", "bgpAsn", *_ADDRESSES},
    "aws:directconnect/gatewayAssociation:GatewayAssociation": {
        "dxGatewayId",
        "associatedGatewayId",
        "associatedGatewayOwnerAccountId",
    },
    "aws:directconnect/gatewayAssociationProposal:GatewayAssociationProposal": {
        "dxGatewayId",
        "dxGatewayOwnerAccountId",
        "associatedGatewayId",
        "allowedPrefixes",
    },
    "aws:wafv2/ipSet:IpSet": {"name", "scope", "ipAddressVersion"},
    "aws:wafv2/webAcl:WebAcl": {"name", "scope"},
    "aws:wafv2/webAclAssociation:WebAclAssociation": {"resourceArn", "webAclArn"},
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": {"resourceArn", "logDestinationConfigs"},
    "aws:cloudfront/distribution:Distribution": {"staging"},
    "aws:cloudfront/originAccessControl:OriginAccessControl": set(),
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": set(),
    "aws:cloudfront/cachePolicy:CachePolicy": set(),
    "aws:globalaccelerator/accelerator:Accelerator": {"ipAddresses"},
    "aws:globalaccelerator/listener:Listener": {"acceleratorArn"},
    "aws:globalaccelerator/endpointGroup:EndpointGroup": {"listenerArn", "endpointGroupRegion"},
    "aws:shield/protection:Protection": {"name", "resourceArn"},
    "aws:shield/subscription:Subscription": set(),
    "aws:shield/protectionHealthCheckAssociation:ProtectionHealthCheckAssociation": {
        "healthCheckArn",
        "shieldProtectionId",
    },
    "aws:cloudwatch/logGroup:LogGroup": {"name", "logGroupClass"},
    "aws:cloudwatch/logDeliverySource:LogDeliverySource": {"name", "logType", "resourceArn"},
    "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": {
        "name",
        "outputFormat",
        "deliveryDestinationType",
        "deliveryDestinationConfiguration",
    },
    "aws:cloudwatch/logDeliveryDestinationPolicy:LogDeliveryDestinationPolicy": {"deliveryDestinationName"},
    "aws:cloudwatch/logDelivery:LogDelivery": {"deliverySourceName", "deliveryDestinationArn"},
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": {"policyName"},
    "aws:cloudwatch/metricAlarm:MetricAlarm": {"name"},
    "aws:secretsmanager/secret:Secret": {"name"},
    "aws:secretsmanager/secretVersion:SecretVersion": {"secretId", "secretString"},
}
