"""How a distribution answers: by which origin, cached or not, with which of CloudFront's managed policies. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from securecart.components.sdk import cloudfront

CONTENT: Final = "content"
"""Origin id of the bucket."""
BALANCER: Final = "load-balancer"
"""Origin id of the load balancer."""

# CloudFront developer guide, "Use managed cache policies", "Use managed origin request policies", "Use managed response
# headers policies": the ids are the same in every account.
CACHING_OPTIMIZED: Final = "658327ea-f89d-4fab-a63d-7e88639e58f6"
"""Caches by path and encoding alone: no cookie, header or query string makes two objects of one."""
CACHING_DISABLED: Final = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
"""Caches nothing."""
ALL_VIEWER_EXCEPT_HOST: Final = "b689b0a8-53d0-40ab-baf2-68738e2966ac"
"""Passes on cookies, query strings and headers of the viewer, but asks the origin by the origin's own name: that is
the name whose certificate CloudFront then demands, whatever alias the viewer used."""
SECURITY_HEADERS: Final = "67f7725c-6f97-4210-82d7-5512b31e9d03"
"""Adds HSTS, nosniff, frame and referrer headers to answers."""

_READING: Final = ["GET", "HEAD"]
_EVERY_METHOD: Final = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"]


def static_behaviour() -> cloudfront.DistributionDefaultCacheBehaviorArgs:
    """Return what answers every path that no other behaviour names: the bucket, read only, cached."""
    return cloudfront.DistributionDefaultCacheBehaviorArgs(
        target_origin_id=CONTENT,
        viewer_protocol_policy="redirect-to-https",
        allowed_methods=_READING,
        cached_methods=_READING,
        compress=True,
        cache_policy_id=CACHING_OPTIMIZED,
        response_headers_policy_id=SECURITY_HEADERS,
    )


def dynamic_behaviours(paths: Sequence[str]) -> list[cloudfront.DistributionOrderedCacheBehaviorArgs]:
    """Return what answers the given paths, in their order: the load balancer, never cached.

    A request in the clear is refused there and not redirected: what it carried has been read by then.
    """
    return [
        cloudfront.DistributionOrderedCacheBehaviorArgs(
            path_pattern=path,
            target_origin_id=BALANCER,
            viewer_protocol_policy="https-only",
            allowed_methods=_EVERY_METHOD,
            cached_methods=_READING,
            compress=False,
            cache_policy_id=CACHING_DISABLED,
            origin_request_policy_id=ALL_VIEWER_EXCEPT_HOST,
            response_headers_policy_id=SECURITY_HEADERS,
        )
        for path in paths
    ]
