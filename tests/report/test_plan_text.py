"""A plan in a terminal."""

import io

from securecart.findings import Finding, Verdict
from securecart.plan.fleet_plan import FleetPlan, Operation
from securecart.report.console import make_console
from securecart.report.plan_text import print_plan
from tests.report.plans import VPC, fleet_plan, resource, stack, unknown_output, waits_for

SUBNET = "aws:ec2/subnet:Subnet"


def shown(plan: FleetPlan) -> str:
    stream = io.StringIO()
    print_plan(make_console(file=stream), plan)
    return stream.getvalue()


def test_what_to_look_at_first_comes_before_tables_and_changes():
    replaced = resource(
        VPC, Operation.REPLACE, "v", inputs={"cidrBlock": "10.9.0.0/16"}, diffs=("cidrBlock",), replaces=("cidrBlock",)
    )
    lines = shown(fleet_plan(stack(resource(SUBNET, Operation.CREATE, "s"), replaced))).splitlines()
    first = next(n for n, line in enumerate(lines) if "traffic stops: replaces the dev VPC v" in line)
    table = next(n for n, line in enumerate(lines) if line.startswith("stack "))
    change = next(n for n, line in enumerate(lines) if f"+- {VPC} v in dev/us-east-1" in line)
    assert lines[first + 1].strip() == "cidrBlock becomes 10.9.0.0/16"
    assert lines[change + 1].strip() == "forces it: cidrBlock becomes 10.9.0.0/16"
    assert first < table < change


def test_each_operation_has_its_sign():
    operations = {"+ ": Operation.CREATE, "~ ": Operation.UPDATE, "+-": Operation.REPLACE, "- ": Operation.DELETE}
    text = shown(fleet_plan(stack(*(resource(VPC, op, f"n-{op}") for op in operations.values()))))
    for sign, operation in operations.items():
        assert f"  {sign} {VPC} n-{operation} in dev/us-east-1" in text


def test_a_stack_says_why_it_runs_what_it_waits_for_and_what_nobody_knows_yet():
    created = resource(SUBNET, Operation.CREATE, unknown=(waits_for("vpcId"),))
    text = shown(fleet_plan(stack(created, why=("program file x changed",), outputs=(unknown_output("ids"),))))
    for part in (
        "runs: program file x changed",
        "waits for network-dev.vpc_id",
        "vpcId: not known yet, comes from network-dev.vpc_id (aws Vpc dev, id)",
        "outputs not known yet: ids",
    ):
        assert part in text


def test_a_plan_with_nothing_to_do_says_so_and_has_no_table():
    text = shown(fleet_plan(stack(runs=False, kept=7)))
    assert "nothing to do, 7 same" in text
    assert "not run, since nothing that they stand on has changed: network-dev" in text
    assert "stack  " not in text


def test_an_orphan_is_shown_with_the_only_way_to_destroy_it():
    text = shown(fleet_plan(orphans=("network-old",)))
    assert (
        "network-old left the fleet file; destroyed only by name: orchestrator.py destroy --select network-old" in text
    )


def test_broken_rules_are_shown_and_many_undecided_ones_counted():
    undecided = (Finding(rule=f"u{n}", message="m", verdict=Verdict.UNDECIDED) for n in range(8))
    text = shown(fleet_plan(stack(findings=(Finding(rule="sg-no-ssh", message="22 is open"), *undecided))))
    assert "22 is open [sg-no-ssh]" in text
    assert "8 statements undecided" in text
    assert "[u4]" in text
    assert "[u5]" not in text
    assert "and 3 more" in text


def test_markup_and_escapes_in_names_are_shown_not_obeyed():
    text = shown(fleet_plan(stack(resource(VPC, Operation.CREATE, "[red]x[/red]\x1b[2J:boom:"))))
    assert "[red]x[/red] [2J:boom:" in text
    assert "\x1b" not in text
