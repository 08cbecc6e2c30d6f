"""Breaks of the rules on the zone, on certificates and on load balancers."""

from __future__ import annotations

from tests.e2e.broken_programs import Address, Break, change, whole

BALANCER = "load-balancer-prod"
CERTIFICATE = "certificate-prod"
_LISTENER, _ALB = "Listener", "LoadBalancer"
_ISSUED = Address("Certificate", "prod-eu-west-1")

JUDGED: tuple[Break, ...] = (
    change("zone-listed", "dns", "Zone", "zone", name="elsewhere.example"),
    change("zone-kept", "dns", "Zone", "zone", force_destroy=True),
    change(
        "certificate-names-listed",
        CERTIFICATE,
        "Certificate",
        "prod-us-east-1",
        domain_name="other.securecart.example",
    ),
    change(
        "certificate-issued",
        CERTIFICATE,
        "CertificateValidation",
        "prod-eu-west-1",
        _ISSUED,
        certificate_arn="arn:aws:acm:eu-west-1:210000000004:certificate/elsewhere",
    ),
    change("load-balancer-listed", BALANCER, _ALB, "prod", name="other"),
    change("load-balancer-public-tier", BALANCER, _ALB, "prod", security_groups=["sg-1", "sg-2"]),
    change("load-balancer-drops-invalid-headers", BALANCER, _ALB, "prod", drop_invalid_header_fields=False),
    change("load-balancer-desync-mitigated", BALANCER, _ALB, "prod", desync_mitigation_mode="monitor"),
    change("load-balancer-logged", BALANCER, _ALB, "prod", access_logs={"bucket": "elsewhere", "enabled": True}),
    change("load-balancer-deletion-protected", BALANCER, _ALB, "prod", enable_deletion_protection=False),
    change("load-balancer-waf-fails-closed", BALANCER, _ALB, "prod", enable_waf_fail_open=True),
    change(
        "load-balancer-web-acl",
        BALANCER,
        "WebAclAssociation",
        "prod",
        Address(_ALB, "prod"),
        web_acl_arn="arn:aws:wafv2:us-east-1:210000000004:regional/webacl/elsewhere/1",
    ),
    change("load-balancer-host", BALANCER, "Record", "prod-a", name="other.securecart.example"),
    change("load-balancer-targets", BALANCER, "TargetGroup", "targets", port=80),
    change(
        "listener-http-redirects",
        BALANCER,
        _LISTENER,
        "prod-http",
        default_actions=[{"type": "fixed-response", "fixed_response": {"content_type": "text/plain"}}],
    ),
    change("listener-tls-policy", BALANCER, _LISTENER, "prod-https", ssl_policy="ELBSecurityPolicy-2016-08"),
    change("listener-as-declared", BALANCER, _LISTENER, "prod-https", whole(BALANCER), port=8443),
)
"""Breaks of the stacks of the zone, of a certificate and of a load balancer."""
REFUSED: tuple[Break, ...] = (
    change("certificate-dns-validated", "certificate-dev", "Certificate", "dev-us-east-1", validation_method="EMAIL"),
)
"""The sandbox validates by DNS alone."""
