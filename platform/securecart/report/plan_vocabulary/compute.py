"""What computes, and the queues and topics between.

Sources: Amazon ECS developer guide (Service deployments); Amazon EC2 user guide (Instance store; Terminate); Amazon EC2
Auto Scaling user guide; Amazon ECR user guide; AWS Lambda, Amazon SQS and Amazon SNS developer guides.
"""

from __future__ import annotations

from typing import Final

from securecart.report.plan_vocabulary.effect import TypeWords, Vocabulary, access, brief, data, nothing, traffic

COMPUTE: Final[Vocabulary] = {
    "aws:ecs/cluster:Cluster": TypeWords(
        "ECS cluster",
        replace=traffic("every service in it is replaced"),
        delete=traffic("AWS refuses while services run in it"),
    ),
    "aws:ecs/service:Service": TypeWords(
        "ECS service",
        replace=traffic("its tasks stop, and those of the new one must start and become healthy"),
        delete=traffic("its tasks stop; what it serves is down"),
        update={
            "taskDefinition": brief("its tasks are replaced one after the other"),
            "desiredCount": brief("tasks are started or stopped"),
            "networkConfiguration": brief("its tasks are replaced one after the other, in other subnets or groups"),
            "loadBalancers": brief("its tasks are replaced, and registered elsewhere"),
        },
    ),
    "aws:ecs/taskDefinition:TaskDefinition": TypeWords(
        "ECS task definition",
        replace=nothing("a new revision; tasks change only where a service takes it"),
        delete=nothing("the revision is retired; tasks that run go on"),
    ),
    "aws:ec2/instance:Instance": TypeWords(
        "instance",
        replace=data("what is on its own disks is lost, and its private address changes"),
        delete=data("what is on its own disks is lost"),
        update={
            "instanceType": brief("it is stopped and started"),
            "vpcSecurityGroupIds": brief("who reaches it changes at once"),
        },
    ),
    "aws:autoscaling/group:Group": TypeWords(
        "auto scaling group",
        replace=traffic("its instances stop, and those of the new one must start and become healthy"),
        delete=traffic("its instances stop; what they serve is down"),
    ),
    "aws:ecr/repository:Repository": TypeWords(
        "image repository",
        replace=data("its images stay behind and are lost with the old one"),
        delete=data("its images are lost; tasks that must pull them cannot start"),
    ),
    "aws:lambda/function:Function": TypeWords(
        "Lambda function",
        replace=traffic("calls of it fail until the new one and its permissions are in place"),
        delete=traffic("calls of it fail"),
        update={
            "code": brief("new calls run the new code"),
            "imageUri": brief("new calls run the new image"),
            "role": access("what it may do changes"),
            "vpcConfig": brief("what it reaches changes; it is slow to start meanwhile"),
            "environment": brief("new calls see the new settings"),
        },
    ),
    "aws:lambda/permission:Permission": TypeWords(
        "Lambda permission",
        replace=access("its caller is refused meanwhile"),
        delete=access("its caller is refused"),
    ),
    "aws:lambda/eventSourceMapping:EventSourceMapping": TypeWords(
        "Lambda event source",
        replace=brief("events wait meanwhile; with a stream some may be handled twice"),
        delete=traffic("events are no longer handled"),
        update={"enabled": traffic("events start or stop being handled")},
    ),
    "aws:sqs/queue:Queue": TypeWords(
        "queue",
        replace=data("messages that wait in it are lost, and its address changes"),
        delete=data("messages that wait in it are lost"),
        update={"policy": access("who may send and receive changes")},
    ),
    "aws:sns/topic:Topic": TypeWords(
        "topic",
        replace=traffic("its ARN changes; subscriptions are made anew, those by mail must be confirmed again"),
        delete=traffic("nobody is notified through it any more"),
        update={"policy": access("who may publish and subscribe changes")},
    ),
    "aws:sns/topicSubscription:TopicSubscription": TypeWords(
        "topic subscription",
        replace=brief("messages published in between are missed"),
        delete=traffic("its receiver gets no more messages"),
    ),
}
"""Rows of what computes."""
