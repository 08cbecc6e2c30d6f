"""What faces the internet: load balancers, API stages, distributions, names, certificates, firewalls.

Sources: Elastic Load Balancing user guides (Delete a load balancer; Target groups); API Gateway developer guide;
CloudFront developer guide (Delete a distribution); AWS WAF developer guide; AWS Certificate Manager user guide;
Route 53 developer guide (Hosted zones; Health checks); AWS Global Accelerator developer guide; AWS Shield guide.
"""

from __future__ import annotations

from typing import Final

from securecart.report.plan_vocabulary.effect import (
    ANY_PROPERTY,
    TypeWords,
    Vocabulary,
    access,
    brief,
    data,
    nothing,
    traffic,
    unguarded,
)

_GATEWAY_URL_CHANGES: Final = traffic("its address changes; callers that use it, not a name of the firm, are cut off")

EDGE: Final[Vocabulary] = {
    "aws:lb/loadBalancer:LoadBalancer": TypeWords(
        "load balancer",
        replace=traffic("its DNS name and addresses change; clients that have the old ones are cut off"),
        delete=traffic("everything that it serves is cut off"),
        update={
            "securityGroups": brief("who reaches it changes at once"),
            "subnets": brief("connections to the zones that it gives up break"),
            "subnetMappings": brief("connections to the zones that it gives up break"),
            "accessLogs": unguarded("where its requests are recorded, or whether, changes"),
        },
    ),
    "aws:lb/listener:Listener": TypeWords(
        "listener",
        replace=traffic("its port refuses connections until the new one is in place"),
        delete=traffic("its port refuses connections"),
        update={
            "certificateArn": brief("new connections are shown the new certificate"),
            "defaultActions": brief("what no rule matches is sent elsewhere"),
            "sslPolicy": access("clients that have only the ciphers and TLS versions left out are refused"),
            "port": traffic("clients of the old port are cut off"),
        },
    ),
    "aws:lb/listenerRule:ListenerRule": TypeWords(
        "listener rule",
        replace=brief("what it matches takes the next rule meanwhile"),
        delete=traffic("what it matches takes the next rule or the default action"),
        update={ANY_PROPERTY: brief("what it matches is handled the new way at once")},
    ),
    "aws:lb/listenerCertificate:ListenerCertificate": TypeWords(
        "listener certificate",
        replace=brief("clients of its name are shown the default certificate meanwhile"),
        delete=access("clients of its name are shown the default certificate, and refuse it"),
    ),
    "aws:lb/targetGroup:TargetGroup": TypeWords(
        "target group",
        replace=traffic("requests fail until the new group's targets are registered and healthy"),
        delete=traffic("requests for it fail; AWS refuses while a listener names it"),
        update={"healthCheck": brief("targets that fail the new check get no requests")},
    ),
    "aws:lb/targetGroupAttachment:TargetGroupAttachment": TypeWords(
        "target",
        replace=brief("it gets no requests until it is registered and healthy again"),
        delete=traffic("it gets no more requests; with the last one the service is down"),
    ),
    "aws:apigateway/restApi:RestApi": TypeWords(
        "REST API",
        replace=_GATEWAY_URL_CHANGES,
        delete=traffic("every call of it fails; its API keys' usage plans lose it"),
        update={"policy": access("who may call it changes with the next deployment")},
    ),
    "aws:apigateway/stage:Stage": TypeWords(
        "API stage",
        replace=traffic("calls of it fail until the new one is in place; its cache is empty then"),
        delete=traffic("every call of it fails"),
        update={"deployment": brief("callers get the new version of the API at once")},
    ),
    "aws:apigateway/domainName:DomainName": TypeWords(
        "API domain name",
        replace=traffic("calls by that name fail until the new one is in place and DNS leads to it"),
        delete=traffic("calls by that name fail"),
        update={"securityPolicy": access("clients with older TLS versions are refused")},
    ),
    "aws:apigateway/deployment:Deployment": TypeWords(
        "API deployment",
        replace=brief("stages that take the new one serve another version of the API"),
        delete=nothing("AWS refuses while a stage serves it"),
    ),
    "aws:apigateway/authorizer:Authorizer": TypeWords(
        "API authorizer",
        replace=access("methods that name the old one must be deployed again"),
        delete=unguarded("methods that name it must be changed; AWS refuses otherwise"),
        update={ANY_PROPERTY: access("who may call the API changes with the next deployment")},
    ),
    "aws:apigatewayv2/api:Api": TypeWords(
        "HTTP API", replace=_GATEWAY_URL_CHANGES, delete=traffic("every call of it fails")
    ),
    "aws:apigatewayv2/stage:Stage": TypeWords(
        "HTTP API stage",
        replace=traffic("calls of it fail until the new one is in place"),
        delete=traffic("every call of it fails"),
        update={"deploymentId": brief("callers get the new version of the API at once")},
    ),
    "aws:cloudfront/distribution:Distribution": TypeWords(
        "CloudFront distribution",
        replace=traffic("its domain name changes; names that lead to the old one must follow, and its cache is empty"),
        delete=traffic("everything that it serves is cut off; it is disabled first, which takes minutes"),
        update={
            "aliases": traffic("names that it gives up are no longer answered"),
            "enabled": traffic("it starts or stops answering"),
            "origins": brief("what is not cached comes from elsewhere"),
            "defaultCacheBehavior": brief("what no path matches is cached and forwarded the new way"),
            "viewerCertificate": access("clients that do not accept the new certificate or TLS version are refused"),
            "webAclId": unguarded("another web ACL filters its requests, or none"),
            "restrictions": access("which countries it answers changes"),
        },
    ),
    "aws:cloudfront/originAccessControl:OriginAccessControl": TypeWords(
        "CloudFront origin access control",
        replace=access("the distribution cannot read its bucket until it uses the new one"),
        delete=access("the distribution can no longer read its bucket"),
    ),
    "aws:wafv2/webAcl:WebAcl": TypeWords(
        "web ACL",
        replace=unguarded(
            "what it guards is unfiltered until it is associated with the new one; its counts start anew"
        ),
        delete=unguarded("requests are no longer filtered; AWS refuses while something is associated with it"),
        update={
            "rules": access("which requests are refused changes within minutes"),
            "defaultAction": access("what no rule matches is let in, or refused"),
        },
    ),
    "aws:wafv2/webAclAssociation:WebAclAssociation": TypeWords(
        "web ACL association",
        replace=unguarded("requests reach it unfiltered until the new association is made"),
        delete=unguarded("requests reach it unfiltered"),
    ),
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": TypeWords(
        "web ACL log",
        replace=unguarded("requests in between are not recorded"),
        delete=unguarded("requests are no longer recorded"),
        update={ANY_PROPERTY: unguarded("which requests are recorded, and where, changes")},
    ),
    "aws:wafv2/ipSet:IpSet": TypeWords(
        "WAF address list",
        replace=access("rules that name the old list must be changed to the new one"),
        delete=unguarded("rules that name it must go first; AWS refuses otherwise"),
        update={"addresses": access("which addresses are let in or refused changes within minutes")},
    ),
    "aws:wafv2/ruleGroup:RuleGroup": TypeWords(
        "WAF rule group",
        replace=unguarded("web ACLs that name the old group must be changed to the new one"),
        delete=unguarded("web ACLs that name it must be changed first; AWS refuses otherwise"),
        update={"rules": access("which requests are refused changes within minutes")},
    ),
    "aws:networkfirewall/firewall:Firewall": TypeWords(
        "network firewall",
        replace=traffic("its endpoints change; routes that lead to the old ones drop traffic"),
        delete=traffic("routes that lead to its endpoints drop traffic"),
        update={"firewallPolicyArn": access("which traffic is refused changes")},
    ),
    "aws:shield/protection:Protection": TypeWords(
        "Shield Advanced protection",
        replace=unguarded("attacks are answered by Shield Standard alone meanwhile"),
        delete=unguarded("attacks are answered by Shield Standard alone, and cost protection ends"),
    ),
    "aws:shield/subscription:Subscription": TypeWords(
        "Shield Advanced subscription",
        replace=unguarded("AWS takes no second subscription of an account; the one that it has goes on and is paid"),
        delete=nothing("it goes on, and is paid, until its year ends"),
    ),
    "aws:acm/certificate:Certificate": TypeWords(
        "certificate",
        replace=access("listeners and distributions need the new one, which is issued once its DNS records are found"),
        delete=access("its names cannot be served by TLS any more; AWS refuses while something uses it"),
    ),
    "aws:acm/certificateValidation:CertificateValidation": TypeWords(
        "certificate validation",
        replace=nothing("the run waits until the certificate is issued"),
        delete=nothing("only the wait for the certificate goes"),
    ),
    "aws:route53/zone:Zone": TypeWords(
        "DNS zone",
        replace=traffic("its name servers change; names in it are not found until its parent points to the new ones"),
        delete=traffic("no name in it is found any more; AWS refuses while it has records"),
        update={"vpcs": access("the VPCs that it loses find its names no more")},
    ),
    "aws:route53/record:Record": TypeWords(
        "DNS record",
        replace=traffic("its name may not be found in between, and caches remember that"),
        delete=traffic("its name is no longer found once caches forget it"),
        update={ANY_PROPERTY: brief("clients are led elsewhere as their caches expire")},
    ),
    "aws:route53/zoneAssociation:ZoneAssociation": TypeWords(
        "DNS zone association",
        replace=access("its VPC does not find the zone's names meanwhile"),
        delete=access("its VPC no longer finds the zone's names"),
    ),
    "aws:route53/healthCheck:HealthCheck": TypeWords(
        "health check",
        replace=brief("records that use it count as healthy until the new one has an opinion"),
        delete=unguarded("records that use it no longer fail over"),
        update={ANY_PROPERTY: brief("when records fail over changes")},
    ),
    "aws:route53/resolverEndpoint:ResolverEndpoint": TypeWords(
        "DNS resolver endpoint",
        replace=traffic("its addresses may change; lookups between office and cloud fail meanwhile"),
        delete=traffic("lookups between office and cloud fail"),
    ),
    "aws:route53/resolverRule:ResolverRule": TypeWords(
        "DNS resolver rule",
        replace=traffic("names of its domain are looked up elsewhere until VPCs have the new one"),
        delete=traffic("names of its domain are looked up elsewhere, or not found"),
        update={"targetIps": brief("lookups of its domain go to other servers")},
    ),
    "aws:globalaccelerator/accelerator:Accelerator": TypeWords(
        "Global Accelerator",
        replace=traffic("its two public addresses change for good; partners that list them must be told"),
        delete=traffic("its two public addresses are given up for good, and what comes to them arrives nowhere"),
        update={"enabled": traffic("it starts or stops answering")},
    ),
    "aws:globalaccelerator/listener:Listener": TypeWords(
        "Global Accelerator listener",
        replace=traffic("its ports refuse connections until the new one is in place"),
        delete=traffic("its ports refuse connections"),
        update={"portRanges": traffic("ports that it gives up refuse connections")},
    ),
    "aws:globalaccelerator/endpointGroup:EndpointGroup": TypeWords(
        "Global Accelerator endpoint group",
        replace=traffic("its region gets no traffic until the new one is healthy"),
        delete=traffic("its region gets no more traffic"),
        update={
            "endpointConfigurations": brief("connections to endpoints that it gives up end"),
            "trafficDialPercentage": brief("its region gets another share of new connections"),
        },
    ),
    "aws:cognito/userPool:UserPool": TypeWords(
        "user pool",
        replace=data("all its users, with passwords and second factors, are lost; everybody must register anew"),
        delete=data("all its users, with passwords and second factors, are lost"),
        update={
            "passwordPolicy": access("which passwords are accepted changes at the next change of one"),
            "mfaConfiguration": access("users without a second factor may be refused, or no longer need one"),
        },
    ),
    "aws:cognito/userPoolClient:UserPoolClient": TypeWords(
        "user pool client",
        replace=access("its id and secret change; nobody signs in through the old ones, and sessions end"),
        delete=access("nobody signs in through it any more"),
        update={
            "callbackUrls": access("sign-in fails from the addresses that are left out"),
            "explicitAuthFlows": access("ways to sign in that are left out fail"),
        },
    ),
    "aws:cognito/userPoolDomain:UserPoolDomain": TypeWords(
        "sign-in domain",
        replace=access("the sign-in page is not found until the new one is in place"),
        delete=access("the sign-in page is not found any more"),
    ),
    "aws:cognito/identityPool:IdentityPool": TypeWords(
        "identity pool",
        replace=data("its identities, by which users own what they stored, are lost"),
        delete=data("its identities, by which users own what they stored, are lost"),
        update={"allowUnauthenticatedIdentities": access("guests are let in, or refused")},
    ),
}
"""Rows of what faces the internet."""
