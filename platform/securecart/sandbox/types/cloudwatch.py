"""CloudWatch alarms.

Sources: CloudWatch API reference; pulumi-aws 7 resource documentation; terraform-provider-aws,
internal/service/cloudwatch/metric_alarm.go.
"""

from __future__ import annotations

from collections.abc import Mapping

from securecart.sandbox.types.normalise import compact, unordered
from securecart.sandbox.types.vocabulary import (
    Call,
    Fill,
    Lookup,
    Property,
    Read,
    ResourceType,
    Scope,
    Tagging,
    Update,
    properties,
)


def _pairs(dimensions: object) -> list[dict[str, object]] | None:
    given = dimensions if isinstance(dimensions, Mapping) else {}
    return [{"Name": name, "Value": value} for name, value in sorted(given.items())] or None


def _by_name(pairs: object) -> dict[str, object] | None:
    listed = pairs if isinstance(pairs, list) else []
    return {str(one["Name"]): one["Value"] for one in listed} or None


def _queries(scope: Scope) -> object:
    """Return the queries as CloudWatch has them: a metric inside its statistic."""
    listed = scope.get("metricQueries")
    return [_query(one) for one in listed] if isinstance(listed, list) and listed else None


def _query(given: Mapping[str, object]) -> dict[str, object]:
    plain = {name: value for name, value in given.items() if name != "metric"}
    metric = given.get("metric")
    if not isinstance(metric, Mapping):
        return plain
    inner = {"namespace": metric.get("namespace"), "metricName": metric["metricName"]}
    statistic = {name: metric.get(name) for name in ("period", "stat", "unit")}
    return {**plain, "metricStat": {**statistic, "metric": {**inner, "dimensions": _pairs(metric.get("dimensions"))}}}


def _read_alarm(item: Mapping[str, object], scope: Scope) -> Mapping[str, object]:
    listed = item.get("Metrics")
    queries = [_told_query(one) for one in listed] if isinstance(listed, list) else []
    return {"dimensions": _by_name(item.get("Dimensions")), "metricQueries": queries or None}


def _told_query(given: Mapping[str, object]) -> dict[str, object]:
    plain = {name: value for name, value in given.items() if name != "MetricStat"}
    statistic = given.get("MetricStat")
    if not isinstance(statistic, Mapping):
        return plain
    metric = statistic["Metric"]
    inner = {**metric, "Dimensions": _by_name(metric.get("Dimensions"))}
    return {**plain, "metric": {**inner, **{name: statistic.get(name) for name in ("Period", "Stat", "Unit")}}}


_IN_PLACE = {
    **properties("comparisonOperator evaluationPeriods datapointsToAlarm alarmDescription"),
    **properties("metricName namespace period statistic extendedStatistic threshold thresholdMetricId unit"),
    **properties("alarmActions okActions insufficientDataActions", normalise=unordered),
    "actionsEnabled": Property(default=True),
    "treatMissingData": Property(default="missing"),
    "dimensions": Property(normalise=compact),
    "metricQueries": Property(normalise=unordered),
}
_PUT = Call("PutMetricAlarm", Fill(AlarmName="$name", Dimensions="$pairs", Metrics="$queries", Tags="$tagList"))

METRIC_ALARM = ResourceType(
    token="aws:cloudwatch/metricAlarm:MetricAlarm",
    service="cloudwatch",
    properties={"name": Property(replace=True, autoname="{name}"), **_IN_PLACE},
    create=(_PUT,),
    derived={"pairs": lambda scope: _pairs(scope.get("dimensions")), "queries": _queries},
    id="{name}",
    read=Read(
        Call("DescribeAlarms", {"AlarmNames": ["$id"], "AlarmTypes": ["MetricAlarm"]}),
        item="MetricAlarms[0]",
        sets={"name": "AlarmName", "arn": "AlarmArn"},
        also=(Lookup(Call("ListTagsForResource", {"ResourceARN": "$arn"}), {"tagList": "Tags"}),),
        convert=_read_alarm,
    ),
    updates=(Update(tuple(_IN_PLACE), (_PUT,)),),
    delete=(Call("DeleteAlarms", {"AlarmNames": ["$id"]}),),
    tagging=Tagging(
        steps=(
            Call("UntagResource", {"ResourceARN": "$arn", "TagKeys": "$removedKeys"}, when="removedKeys"),
            Call("TagResource", {"ResourceARN": "$arn", "Tags": "$addedTags"}, when="addedTags"),
        )
    ),
    gone=("ResourceNotFound", "ResourceNotFoundException"),
    unique=("name",),
    find_first=True,
)

TYPES = (METRIC_ALARM,)
