"""A plan as a reviewer reads it."""

from securecart.findings import Finding, Verdict
from securecart.plan.fleet_plan import Operation, Origin
from securecart.report.plan_view import NO_ACCOUNT, plan_view
from securecart.report.record import Changes
from tests.report.plans import VPC, fleet_plan, resource, stack, unknown_output, waits_for

BUCKET, NAT, ROUTE, EIP = (
    "aws:s3/bucket:Bucket",
    "aws:ec2/natGateway:NatGateway",
    "aws:ec2/route:Route",
    "aws:ec2/eip:Eip",
)
SUBNET = "aws:ec2/subnet:Subnet"


def told(*stacks):
    return [item.sentence() for item in plan_view(fleet_plan(*stacks)).attention]


def test_deletions_and_replacements_come_first_and_the_worst_of_them_before_all():
    sentences = told(
        stack(
            resource(
                "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", Operation.UPDATE, diffs=("rules",)
            ),
            resource(EIP, Operation.DELETE),
            resource(NAT, Operation.REPLACE),
        ),
        stack(resource(BUCKET, Operation.DELETE), name="network-prod"),
    )
    assert [sentence.split(" one: ")[0] for sentence in sentences] == [
        "deletes the dev S3 bucket",
        "replaces the dev NAT gateway",
        "deletes the dev Elastic IP address",
        "updates the dev S3 lifecycle",
    ]


def test_a_replacement_names_what_forces_it_and_where_an_unknown_value_comes_from():
    subnet = resource(
        SUBNET, Operation.REPLACE, diffs=("vpcId", "tags"), replaces=("vpcId",), unknown=(waits_for("vpcId"),)
    )
    (item,) = plan_view(fleet_plan(stack(subnet))).attention
    assert [reason.sentence() for reason in item.reasons] == [
        "vpcId: not known yet, comes from network-dev.vpc_id (aws Vpc dev, id)"
    ]


def test_the_same_for_the_same_reason_is_told_once_with_all_names():
    routes = (resource(ROUTE, Operation.DELETE, name) for name in "abc")
    assert told(stack(*routes)) == [
        "deletes 3 dev routes (a, b, c), each: traffic to its destination stops, unless a wider route takes it"
    ]


def test_resources_of_different_stacks_or_reasons_are_told_apart():
    one, other = (
        resource(ROUTE, Operation.REPLACE, name, replaces=(path,)) for name, path in (("a", "gatewayId"), ("b", "id"))
    )
    assert len(told(stack(one, other))) == 2
    assert len(told(stack(one), stack(one, name="network-prod"))) == 2


def test_harmless_updates_creations_and_components_are_not_among_the_first():
    assert (
        told(
            stack(
                resource(VPC, Operation.UPDATE, diffs=("tags.Name",)),
                resource(BUCKET, Operation.CREATE),
                resource("securecart:network:Vpc", Operation.DELETE),
                resource(BUCKET, Operation.SAME),
            )
        )
        == []
    )


def test_resources_count_in_the_account_that_holds_them_not_in_their_stacks():
    view = plan_view(
        fleet_plan(
            stack(
                resource(VPC, Operation.CREATE),
                resource(ROUTE, Operation.DELETE, account="payments"),
                resource("securecart:network:Vpc", Operation.CREATE, account="", region=""),
            )
        )
    )
    assert [(account.name, account.stacks) for account in view.accounts] == [
        ("dev", 1),
        ("payments", 1),
        (NO_ACCOUNT, 1),
    ]
    assert view.accounts[1].counts == Changes(delete=1)


def test_the_counts_of_accounts_add_up_to_those_of_the_plan():
    resources = [resource(VPC, op, str(n), account=("dev", "")[n % 2]) for n, op in enumerate(list(Operation) * 3)]
    view = plan_view(fleet_plan(stack(*resources), stack(name="network-idle", runs=False, kept=5)))
    assert view.counts == Changes(create=3, update=3, replace=3, delete=3, same=8)
    for field in ("create", "update", "replace", "delete"):
        assert sum(getattr(account.counts, field) for account in view.accounts) == 3


def test_stacks_that_do_not_run_are_listed_apart():
    view = plan_view(fleet_plan(stack(resource(VPC, Operation.CREATE)), stack(name="network-idle", runs=False, kept=9)))
    assert [each.name for each in view.stacks] == ["network-dev"]
    assert view.idle == ("network-idle",)
    assert view.changes


def test_a_stack_tells_which_outputs_it_waits_for_once_and_which_of_its_own_are_unknown():
    own = Origin(urn="urn:pulumi:s::p::aws:ec2/vpc:Vpc::x", property="id")
    resources = [
        resource(SUBNET, Operation.CREATE, name, unknown=(waits_for("vpcId"), waits_for("x", own))) for name in "ab"
    ]
    (view,) = plan_view(fleet_plan(stack(*resources, outputs=(unknown_output("ids"),)))).stacks
    assert view.waits_for == ("network-dev.vpc_id (aws Vpc dev, id)",)
    assert view.unknown_outputs == ("ids",)


def test_a_creation_shows_what_it_waits_for_and_an_update_what_differs():
    created = resource(SUBNET, Operation.CREATE, unknown=(waits_for("vpcId"),))
    updated = resource(VPC, Operation.UPDATE, "v", inputs={"tags": {"Name": "n"}}, diffs=("tags.Name",))
    (view,) = plan_view(fleet_plan(stack(created, updated))).stacks
    assert [item.path for item in view.changes[0].waiting] == ["vpcId"]
    assert [item.sentence() for item in view.changes[1].changing] == ["tags.Name becomes n"]


def test_within_a_stack_deletions_and_replacements_come_first():
    operations = (Operation.CREATE, Operation.UPDATE, Operation.REPLACE, Operation.CREATE, Operation.DELETE)
    (view,) = plan_view(fleet_plan(stack(*(resource(VPC, op, str(n)) for n, op in enumerate(operations))))).stacks
    assert [change.name for change in view.changes] == ["2", "4", "0", "1", "3"]


def test_broken_rules_come_mandatory_first_and_undecided_ones_apart():
    findings = (
        Finding(rule="advice", message="m", mandatory=False),
        Finding(rule="must", message="m"),
        Finding(rule="later", message="m", verdict=Verdict.UNDECIDED),
    )
    view = plan_view(fleet_plan(stack(findings=findings)))
    assert [text[text.index("[") :] for text in view.violated] == ["[must]", "[advice]"]
    assert [text[text.index("[") :] for text in view.undecided] == ["[later]"]


def test_no_secret_of_a_plan_reaches_the_view():
    key = "AKIAIOSFODNN7EXAMPLE"
    leaking = resource(
        VPC, Operation.REPLACE, key, inputs={"cidrBlock": key}, diffs=("cidrBlock",), replaces=("cidrBlock",)
    )
    finding = Finding(rule="r", message=f"found {key}")
    view = plan_view(fleet_plan(stack(leaking, why=(f"saw {key}",), findings=(finding,)), orphans=(key,)))
    assert "[redacted]" in repr(view)
    assert key not in repr(view)
