"""Who may do what, and what watches them.

Sources: IAM user guide (Deleting roles; How permissions are evaluated); AWS CloudTrail user guide; Amazon GuardDuty
user guide (Suspending or disabling); AWS Config developer guide (Configuration recorder); AWS Security Hub user guide;
Amazon CloudWatch Logs user guide; AWS Organizations user guide (Service control policies).
"""

from __future__ import annotations

from typing import Final

from securecart.report.plan_vocabulary.effect import (
    ANY_PROPERTY,
    TypeWords,
    Vocabulary,
    access,
    data,
    nothing,
    unguarded,
)

GUARD: Final[Vocabulary] = {
    "aws:iam/role:Role": TypeWords(
        "IAM role",
        replace=access("sessions of it end, and policies that name it no longer mean the new one"),
        delete=access("who works by it is refused at once"),
        update={
            "assumeRolePolicy": access("who may take it on changes"),
            "permissionsBoundary": access("what it may do at most changes at once"),
            "inlinePolicies": access("what it may do changes at once"),
            "managedPolicyArns": access("what it may do changes at once"),
        },
    ),
    "aws:iam/policy:Policy": TypeWords(
        "IAM policy",
        replace=access("who has it lacks its permissions until the new one is attached"),
        delete=access("who has it loses its permissions"),
        update={"policy": access("what those who have it may do changes at once")},
    ),
    "aws:iam/rolePolicy:RolePolicy": TypeWords(
        "IAM role policy",
        replace=access("its role lacks its permissions meanwhile"),
        delete=access("its role loses its permissions; what it denies is open"),
        update={"policy": access("what its role may do changes at once")},
    ),
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": TypeWords(
        "IAM policy attachment",
        replace=access("its role lacks the policy's permissions meanwhile"),
        delete=access("its role loses the policy's permissions; what the policy denies is open"),
    ),
    "aws:iam/instanceProfile:InstanceProfile": TypeWords(
        "instance profile",
        replace=access("instances that have it lose their role until they have the new one"),
        delete=access("instances that have it lose their role"),
        update={"role": access("instances that have it work by another role")},
    ),
    "aws:iam/user:User": TypeWords(
        "IAM user",
        replace=access("its keys and password are gone, and policies that name it no longer mean the new one"),
        delete=access("its keys and password stop working"),
    ),
    "aws:iam/accessKey:AccessKey": TypeWords(
        "access key",
        replace=access("who uses the old key is refused"),
        delete=access("who uses it is refused"),
        update={"status": access("who uses it is let in, or refused")},
    ),
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": TypeWords(
        "identity provider",
        replace=access("who signs in through it is refused meanwhile"),
        delete=access("who signs in through it, pipelines included, is refused"),
        update={"clientIdLists": access("who may sign in through it changes")},
    ),
    "aws:iam/samlProvider:SamlProvider": TypeWords(
        "SAML provider",
        replace=access("who signs in through it is refused meanwhile"),
        delete=access("who signs in through it is refused"),
    ),
    "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": TypeWords(
        "password policy",
        replace=unguarded("AWS's own, weaker one counts meanwhile"),
        delete=unguarded("AWS's own, weaker one counts"),
    ),
    "aws:organizations/policy:Policy": TypeWords(
        "organization policy",
        replace=unguarded("what it forbids is open in its accounts until the new one is attached"),
        delete=unguarded("what it forbids is open in its accounts"),
        update={"content": access("what its accounts may do at most changes at once")},
    ),
    "aws:organizations/policyAttachment:PolicyAttachment": TypeWords(
        "organization policy attachment",
        replace=unguarded("what the policy forbids is open meanwhile"),
        delete=unguarded("what the policy forbids is open"),
    ),
    "aws:organizations/account:Account": TypeWords(
        "AWS account",
        replace=data("the old account leaves the organization or is closed, with all that is in it"),
        delete=data("it leaves the organization or is closed, with all that is in it"),
        update={"parentId": access("other organization policies count in it")},
    ),
    "aws:accessanalyzer/analyzer:Analyzer": TypeWords(
        "access analyzer",
        replace=unguarded("its findings, and what was archived of them, start anew"),
        delete=unguarded("access from outside is no longer found; its findings are gone"),
    ),
    "aws:cloudtrail/trail:Trail": TypeWords(
        "CloudTrail trail",
        replace=unguarded("calls in between are not delivered to the archive"),
        delete=unguarded("calls are no longer delivered to the archive; CloudTrail itself shows 90 days"),
        update={
            "enableLogging": unguarded("calls start or stop being recorded"),
            "s3BucketName": unguarded("calls are recorded elsewhere"),
            "isMultiRegionTrail": unguarded("calls of other regions are recorded, or no longer are"),
            "isOrganizationTrail": unguarded("calls of other accounts are recorded, or no longer are"),
            "eventSelectors": unguarded("which calls are recorded changes"),
            "advancedEventSelectors": unguarded("which calls are recorded changes"),
            "enableLogFileValidation": unguarded("whether a tampered record can be told changes"),
        },
    ),
    "aws:cloudtrail/eventDataStore:EventDataStore": TypeWords(
        "event data store",
        replace=data("its events cannot be queried any more after the waiting period of 7 days"),
        delete=data("its events cannot be queried any more after the waiting period of 7 days"),
        update={"retentionPeriod": data("events older than the new limit are deleted")},
    ),
    "aws:guardduty/detector:Detector": TypeWords(
        "GuardDuty detector",
        replace=data("its findings are lost, and what is normal must be learnt anew"),
        delete=data("its findings are lost, and threats are no longer looked for"),
        update={"enable": unguarded("threats start or stop being looked for")},
    ),
    "aws:guardduty/detectorFeature:DetectorFeature": TypeWords(
        "GuardDuty feature",
        replace=unguarded("threats of its kind are not looked for meanwhile"),
        delete=nothing("it stays as it is; it is only no longer managed here"),
        update={"status": unguarded("threats of its kind start or stop being looked for")},
    ),
    "aws:guardduty/member:Member": TypeWords(
        "GuardDuty member",
        replace=unguarded("its account's findings are not seen meanwhile"),
        delete=unguarded("its account's findings are no longer seen in the security account"),
    ),
    "aws:guardduty/publishingDestination:PublishingDestination": TypeWords(
        "GuardDuty archive",
        replace=unguarded("findings in between are not archived"),
        delete=unguarded("findings are no longer archived, and gone after 90 days"),
    ),
    "aws:cfg/recorder:Recorder": TypeWords(
        "Config recorder",
        replace=unguarded("changes in between are not recorded"),
        delete=unguarded("changes are no longer recorded, nor judged by rules; what was recorded stays"),
        update={"recordingGroup": unguarded("changes of which types are recorded changes")},
    ),
    "aws:cfg/recorderStatus:RecorderStatus": TypeWords(
        "Config recorder switch",
        replace=unguarded("changes in between are not recorded"),
        delete=unguarded("the recorder stops: changes are no longer recorded, nor judged by rules"),
        update={"isEnabled": unguarded("changes start or stop being recorded")},
    ),
    "aws:cfg/deliveryChannel:DeliveryChannel": TypeWords(
        "Config delivery channel",
        replace=unguarded("the recorder stands still meanwhile"),
        delete=unguarded("what is recorded is no longer delivered; AWS refuses while the recorder runs"),
        update={"s3BucketName": unguarded("what is recorded is delivered elsewhere")},
    ),
    "aws:cfg/rule:Rule": TypeWords(
        "Config rule",
        replace=unguarded("its findings start anew"),
        delete=unguarded("what it forbids is no longer found"),
    ),
    "aws:cfg/configurationAggregator:ConfigurationAggregator": TypeWords(
        "Config aggregator",
        replace=unguarded("the view over all accounts is empty until it is filled again"),
        delete=unguarded("the view over all accounts is gone; each account's own stays"),
    ),
    "aws:securityhub/account:Account": TypeWords(
        "Security Hub",
        replace=data("its findings are lost after 90 days, and its settings start anew"),
        delete=data("its findings are lost after 90 days, and no more are gathered"),
    ),
    "aws:securityhub/standardsSubscription:StandardsSubscription": TypeWords(
        "Security Hub standard",
        replace=unguarded("its checks and its score start anew"),
        delete=unguarded("its checks are no longer made"),
    ),
    "aws:cloudwatch/logGroup:LogGroup": TypeWords(
        "log group",
        replace=data("its records are lost"),
        delete=data("its records are lost"),
        update={
            "retentionInDays": data("records older than the new limit are deleted"),
            "kmsKeyId": access("those who may not use the new key cannot read new records"),
        },
    ),
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": TypeWords(
        "policy of CloudWatch Logs",
        replace=unguarded("services that it lets in cannot write until the new one is in place"),
        delete=unguarded("services that it let in can no longer write their logs"),
        update={"policyDocument": unguarded("which services may write which logs changes")},
    ),
    "aws:cloudwatch/logDeliverySource:LogDeliverySource": TypeWords(
        "source of a log delivery",
        replace=unguarded("what happens in between is not recorded"),
        delete=unguarded("its log is no longer delivered; AWS refuses while a delivery names it"),
    ),
    "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": TypeWords(
        "destination of log deliveries",
        replace=unguarded("deliveries that name the old one must be made anew"),
        delete=unguarded("nothing is delivered there any more; AWS refuses while a delivery names it"),
        update={"deliveryDestinationConfiguration": unguarded("further records go elsewhere")},
    ),
    "aws:cloudwatch/logDeliveryDestinationPolicy:LogDeliveryDestinationPolicy": TypeWords(
        "policy of a log destination",
        replace=access("other accounts cannot make deliveries until the new one is in place"),
        delete=access("other accounts can no longer make deliveries to it"),
        update={ANY_PROPERTY: access("which accounts may make deliveries changes")},
    ),
    "aws:cloudwatch/logDelivery:LogDelivery": TypeWords(
        "log delivery",
        replace=unguarded("what happens in between is not recorded"),
        delete=unguarded("the log is no longer delivered"),
        update={"recordFields": unguarded("what is recorded of each request changes")},
    ),
    "aws:cloudwatch/metricAlarm:MetricAlarm": TypeWords(
        "alarm",
        replace=unguarded("nobody is warned until the new one has data"),
        delete=unguarded("nobody is warned any more"),
        update={ANY_PROPERTY: unguarded("when somebody is warned, and who, changes")},
    ),
    "aws:cloudwatch/eventRule:EventRule": TypeWords(
        "event rule",
        replace=unguarded("events in between are not answered"),
        delete=unguarded("its events are no longer answered"),
        update={
            "eventPattern": unguarded("which events are answered changes"),
            "state": unguarded("its events start or stop being answered"),
        },
    ),
    "aws:cloudwatch/eventTarget:EventTarget": TypeWords(
        "event target",
        replace=unguarded("events in between do not reach it"),
        delete=unguarded("events no longer reach it"),
    ),
}
"""Rows of permissions and of what watches."""
