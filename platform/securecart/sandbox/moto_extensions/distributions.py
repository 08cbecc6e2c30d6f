"""CloudFront distributions and origin access controls.

moto lacks: most of a distribution's configuration in its answers (origin access controls and policies among it),
versions (ETag, If-Match), and refusals. AWS: a change names the version that it changes (CloudFront API,
UpdateDistribution); only a disabled distribution is deleted; a domain name belongs to one distribution of all
accounts, and needs a certificate, which is one of us-east-1 (CloudFront developer guide, "Alternate domain names"); the
web ACL is one of the scope CLOUDFRONT. Added: the operations are replaced, and moto's own object keeps what was given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, TypeAlias, cast

from moto.cloudfront.exceptions import CloudFrontException, InvalidIfMatchVersion, NoSuchDistribution
from moto.cloudfront.models import (
    CloudFrontBackend,
    Distribution,
    DistributionConfig,
    OriginAccessControl,
    cloudfront_backends,
    random_id,
)
from moto.cloudfront.responses import CloudFrontResponse
from moto.core.responses import ActionResult, EmptyResult
from moto.wafv2.models import GLOBAL_REGION, wafv2_backends

from securecart.sandbox.moto_extensions.support import Document, extend

if TYPE_CHECKING:
    _Response = CloudFrontResponse
else:
    _Response = object

_Config: TypeAlias = dict[str, object]
_CERTIFICATES = "arn:aws:acm:us-east-1:"
_LOG_BUCKET = ".s3.amazonaws.com"
_COUNTRY_LISTS = ("whitelist", "blacklist")


def error(code: str, message: str) -> CloudFrontException:
    """An error that boto3 shows as ClientError with this code (CloudFront API reference)."""
    return CloudFrontException(code, message)


def items(config: Mapping[str, object], name: str) -> list[_Config]:
    """The members of one of CloudFront's lists, which tell their number apart."""
    listed = cast("Mapping[str, object]", config.get(name) or {})
    return cast("list[_Config]", listed.get("Items") or [])


def configuration(distribution: Distribution) -> _Config:
    """The configuration as it was given."""
    return cast("_Config", vars(distribution)["given"])


def judge(backend: CloudFrontBackend, config: _Config, own_id: str) -> None:
    """Refuse a configuration that CloudFront refuses.

    Args:
        backend: CloudFront's memory of the account.
        config: DistributionConfig.
        own_id: Id of the distribution that is changed; empty for a new one.

    Raises:
        CloudFrontException: With CloudFront's code.
    """
    origins = {origin["Id"]: origin for origin in items(config, "Origins")}
    for behaviour in behaviours(config):
        if behaviour["TargetOriginId"] not in origins:
            raise error("NoSuchOrigin", f"There is no origin {behaviour['TargetOriginId']}.")
        if bool(behaviour.get("CachePolicyId")) == bool(behaviour.get("ForwardedValues")):
            raise error("InvalidArgument", "A cache behavior has either a CachePolicyId or ForwardedValues.")
    for origin in origins.values():
        control = origin.get("OriginAccessControlId")
        if control and control not in backend.origin_access_controls:
            raise error("InvalidOriginAccessControl", f"There is no origin access control {control}.")
        if bool(origin.get("S3OriginConfig")) == bool(origin.get("CustomOriginConfig")):
            raise error("InvalidOrigin", f"The origin {origin['Id']} is either of S3 or a custom one.")
    _judge_names(backend, config, own_id)
    _judge_rest(backend, config)


def behaviours(config: Mapping[str, object]) -> Iterator[_Config]:
    """The default cache behavior, then those of paths."""
    yield cast("_Config", config["DefaultCacheBehavior"])
    yield from items(config, "CacheBehaviors")


def _judge_names(backend: CloudFrontBackend, config: _Config, own_id: str) -> None:
    names = cast("Sequence[str]", items(config, "Aliases"))
    certificate = cast("Mapping[str, object]", config.get("ViewerCertificate") or {})
    arn = str(certificate.get("ACMCertificateArn") or "")
    if names and not arn and not certificate.get("IAMCertificateId"):
        raise error("InvalidViewerCertificate", f"The names {', '.join(names)} need a certificate that covers them.")
    if arn and not arn.startswith(_CERTIFICATES):
        raise error("InvalidViewerCertificate", f"The certificate {arn} is not in us-east-1.")
    for _, _, other in cloudfront_backends.iter_backends():
        for distribution in cast("CloudFrontBackend", other).distributions.values():
            taken = set(names) & set(cast("Sequence[str]", items(configuration(distribution), "Aliases")))
            if taken and distribution.id != own_id:
                raise error("CNAMEAlreadyExists", f"Another distribution has the names {', '.join(sorted(taken))}.")


def _judge_rest(backend: CloudFrontBackend, config: _Config) -> None:
    acl = config.get("WebACLId")
    if acl and acl not in wafv2_backends[backend.account_id][GLOBAL_REGION].wacls:
        raise error("InvalidWebACLId", f"{acl} is no web ACL of the scope CLOUDFRONT.")
    logs = cast("Mapping[str, object]", config.get("Logging") or {})
    if logs.get("Bucket") and not str(logs["Bucket"]).endswith(_LOG_BUCKET):
        raise error("InvalidArgument", f"{logs['Bucket']} is no domain name of an S3 bucket.")
    restrictions = cast("Mapping[str, Mapping[str, object]]", config.get("Restrictions") or {})
    geo = restrictions.get("GeoRestriction", {})
    if (geo.get("RestrictionType") in _COUNTRY_LISTS) != bool(geo.get("Items")):
        raise error("InvalidGeoRestrictionParameter", "A whitelist or blacklist names countries, none names none.")


def keep(distribution: Distribution, config: _Config) -> None:
    """Let a distribution have this configuration, in a new version."""
    distribution.distribution_config = DistributionConfig(deepcopy(config))
    vars(distribution)["given"] = config
    distribution.etag = random_id()


def document(distribution: Distribution) -> Document:
    """Distribution: what is changed is deployed at once."""
    none: Document = {"Enabled": False, "Quantity": 0}
    return {
        "Id": distribution.id,
        "ARN": distribution.arn,
        "Status": "Deployed",
        "LastModifiedTime": distribution.last_modified_time,
        "InProgressInvalidationBatches": 0,
        "DomainName": distribution.domain_name,
        "ActiveTrustedSigners": none,
        "ActiveTrustedKeyGroups": none,
        "DistributionConfig": configuration(distribution),
    }


def summary(distribution: Distribution) -> Document:
    """DistributionSummary: the configuration's members lie beside the distribution's own."""
    whole = dict(document(distribution))
    return {**cast("Document", whole.pop("DistributionConfig")), **whole}


class _Distributions(_Response):
    def create_distribution(self) -> ActionResult:
        return self._created(self._get_param("DistributionConfig", {}), [])

    def create_distribution_with_tags(self) -> ActionResult:
        given = "DistributionConfigWithTags."
        tags = self._get_param(f"{given}Tags.Items", [])
        return self._created(self._get_param(f"{given}DistributionConfig", {}), tags)

    def list_distributions(self) -> ActionResult:
        found = [summary(one) for one in self.backend.distributions.values()]
        listed = {"Marker": "", "MaxItems": 100, "IsTruncated": False, "Quantity": len(found), "Items": found}
        return ActionResult({"DistributionList": listed})

    def get_distribution(self) -> ActionResult:
        return self._answer(self._found())

    def get_distribution_config(self) -> ActionResult:
        found = self._found()
        return ActionResult({"DistributionConfig": configuration(found), "ETag": found.etag})

    def update_distribution(self) -> ActionResult:
        found, config = self._matched(), self._get_param("DistributionConfig", {})
        if config.get("CallerReference") != configuration(found)["CallerReference"]:
            raise error("IllegalUpdate", "The CallerReference of a distribution cannot change.")
        judge(self.backend, config, found.id)
        keep(found, config)
        return self._answer(found)

    def delete_distribution(self) -> ActionResult:
        found = self._matched()
        if configuration(found).get("Enabled"):
            raise error("DistributionNotDisabled", "The distribution you are trying to delete has not been disabled.")
        del self.backend.distributions[found.id]
        return EmptyResult()

    def _created(self, config: _Config, tags: list[dict[str, str]]) -> ActionResult:
        judge(self.backend, config, "")
        made, _, _ = self.backend.create_distribution(deepcopy(config), tags)
        keep(made, config)
        return self._answer(made)

    def _answer(self, found: Distribution) -> ActionResult:
        return ActionResult({"Distribution": document(found), "ETag": found.etag, "Location": found.location})

    def _found(self) -> Distribution:
        found = self.backend.distributions.get(self._get_param("Id"))
        if found is None:
            raise NoSuchDistribution
        return found

    def _matched(self) -> Distribution:
        """The distribution, of the version that the caller knows."""
        found, version = self._found(), self._get_param("IfMatch")
        if not version:
            raise InvalidIfMatchVersion
        if version != found.etag:
            raise error("PreconditionFailed", "The precondition in one or more of the request fields is false.")
        return found


def control_config(control: OriginAccessControl) -> Document:
    """OriginAccessControlConfig."""
    return {
        "Name": control.name,
        "Description": control.description or "",
        "SigningProtocol": control.signing_protocol,
        "SigningBehavior": control.signing_behavior,
        "OriginAccessControlOriginType": control.origin_type,
    }


class _Controls(_Response):
    def create_origin_access_control(self) -> ActionResult:
        config = self._get_param("OriginAccessControlConfig", {})
        if any(one.name == config.get("Name") for one in self.backend.origin_access_controls.values()):
            raise error("OriginAccessControlAlreadyExists", f"There is an origin access control {config['Name']}.")
        return self._told(self.backend.create_origin_access_control(config))

    def update_origin_access_control(self) -> ActionResult:
        control = self._control()
        control.update(self._get_param("OriginAccessControlConfig", {}))
        control.etag = random_id()
        return self._told(control)

    def delete_origin_access_control(self) -> ActionResult:
        control = self._control()
        origins = [one for held in self.backend.distributions.values() for one in items(configuration(held), "Origins")]
        if any(origin.get("OriginAccessControlId") == control.id for origin in origins):
            raise error("OriginAccessControlInUse", f"A distribution uses the origin access control {control.id}.")
        self.backend.delete_origin_access_control(control.id)
        return EmptyResult()

    def _told(self, control: OriginAccessControl) -> ActionResult:
        shown = {"Id": control.id, "OriginAccessControlConfig": control_config(control)}
        return ActionResult({"OriginAccessControl": shown, "ETag": control.etag})

    def get_origin_access_control(self) -> ActionResult:
        return self._told(self.backend.get_origin_access_control(self._get_param("Id")))

    def _control(self) -> OriginAccessControl:
        """The control, of the version that the caller knows."""
        found, version = self.backend.get_origin_access_control(self._get_param("Id")), self._get_param("IfMatch")
        if not version:
            raise InvalidIfMatchVersion
        if version != found.etag:
            raise error("PreconditionFailed", "The precondition in one or more of the request fields is false.")
        return found


def install() -> None:
    """Replace these operations of moto's CloudFront."""
    extend(CloudFrontResponse, _Distributions)
    extend(CloudFrontResponse, _Controls)
