"""What keeps data, and what encrypts it.

Sources: Amazon S3 user guide (Deleting a bucket; Versioning; Lifecycle; Object Lock); AWS KMS developer guide
(Deleting keys; Enabling and disabling keys); Amazon RDS user guide (Deleting a DB instance; Modifying); DynamoDB
developer guide; Amazon EFS, ElastiCache and AWS Backup guides; Secrets Manager user guide (Delete a secret).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from securecart.report.plan_vocabulary.effect import (
    ANY_PROPERTY,
    Effect,
    TypeWords,
    Vocabulary,
    access,
    brief,
    data,
    nothing,
    traffic,
    unguarded,
)

_DATABASE_UPDATES: Final[Mapping[str, Effect]] = {
    "deletionProtection": unguarded("it can be deleted, or no longer can"),
    "backupRetentionPeriod": unguarded("how far back it can be restored changes; 0 deletes its automatic backups"),
    "engineVersion": brief("it is down while its version changes, and the way back is a restore"),
    "port": traffic("clients of the old port are cut off"),
    "vpcSecurityGroupIds": brief("who reaches it changes at once"),
}
_KEY_GONE: Final = data("what it encrypted cannot be read any more after the waiting period, 7 to 30 days")

STORAGE: Final[Vocabulary] = {
    "aws:s3/bucket:Bucket": TypeWords(
        "S3 bucket",
        replace=data("its content stays behind and is lost with the old one; AWS refuses while that is not empty"),
        delete=data("its content is lost; AWS refuses while it is not empty"),
        update={"forceDestroy": unguarded("whether it can be deleted with its content changes")},
    ),
    "aws:s3/bucketPolicy:BucketPolicy": TypeWords(
        "S3 bucket policy",
        replace=access("what only it allows is refused meanwhile, such as the delivery of logs"),
        delete=access("what only it allows is refused, such as the delivery of logs; what it denies is open"),
        update={"policy": access("who may do what with its bucket changes at once")},
    ),
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": TypeWords(
        "S3 public access block",
        replace=unguarded("meanwhile a policy or ACL could open its bucket to everybody"),
        delete=unguarded("a policy or ACL can open its bucket to everybody"),
        update={ANY_PROPERTY: unguarded("whether a policy or ACL can open its bucket to everybody changes")},
    ),
    "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": TypeWords(
        "account-wide public access block",
        replace=unguarded("meanwhile a policy or ACL could open any bucket of the account to everybody"),
        delete=unguarded("a policy or ACL can open any bucket of the account to everybody"),
        update={ANY_PROPERTY: unguarded("whether buckets of the account can be opened to everybody changes")},
    ),
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": TypeWords(
        "S3 encryption setting",
        replace=unguarded("objects written in between are encrypted with S3's own key"),
        delete=unguarded("objects written from now on are encrypted with S3's own key"),
        update={"rules": unguarded("objects written from now on are encrypted another way")},
    ),
    "aws:s3/bucketVersioning:BucketVersioning": TypeWords(
        "S3 versioning setting",
        replace=unguarded("objects overwritten in between cannot be brought back"),
        delete=unguarded("versioning is suspended: what is overwritten from now on cannot be brought back"),
        update={"versioningConfiguration": unguarded("whether overwritten objects can be brought back changes")},
    ),
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": TypeWords(
        "S3 lifecycle",
        replace=nothing("objects stay a day longer at most"),
        delete=nothing("objects are kept without end, and paid for"),
        update={"rules": data("objects older than the new limits are deleted within days")},
    ),
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": TypeWords(
        "S3 ownership setting",
        replace=access("meanwhile writers of other accounts may own what they write"),
        delete=access("writers of other accounts may own what they write, and ACLs count again"),
        update={"rule": access("who owns what other accounts write changes")},
    ),
    "aws:s3/bucketReplicationConfig:BucketReplicationConfig": TypeWords(
        "S3 replication",
        replace=unguarded("objects written in between are not copied"),
        delete=unguarded("objects written from now on are not copied"),
        update={"rules": unguarded("which objects are copied, and where, changes")},
    ),
    "aws:s3/bucketLogging:BucketLogging": TypeWords(
        "S3 access log",
        replace=unguarded("requests in between are not recorded"),
        delete=unguarded("requests are no longer recorded"),
    ),
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": TypeWords(
        "S3 object lock",
        replace=unguarded("objects written in between can be deleted"),
        delete=unguarded("objects written from now on can be deleted"),
        update={"rule": unguarded("how long objects cannot be deleted changes for those written from now on")},
    ),
    "aws:kms/key:Key": TypeWords(
        "KMS key",
        replace=_KEY_GONE,
        delete=_KEY_GONE,
        update={
            "policy": access("who may decrypt with it changes at once"),
            "isEnabled": access("what it encrypted can be read, or cannot be read meanwhile"),
            "enableKeyRotation": unguarded("whether its key material is renewed changes"),
        },
    ),
    "aws:kms/replicaKey:ReplicaKey": TypeWords(
        "KMS replica key",
        replace=access("its region cannot decrypt with it until the new one is in place"),
        delete=access("its region can no longer decrypt with it; the primary key still can"),
        update={"policy": access("who may decrypt with it changes at once")},
    ),
    "aws:kms/alias:Alias": TypeWords(
        "KMS alias",
        replace=access("those who name the key by it fail until the new one is in place"),
        delete=access("those who name the key by it fail"),
        update={"targetKeyId": access("those who name the key by it use another key")},
    ),
    "aws:kms/grant:Grant": TypeWords(
        "KMS grant",
        replace=access("its grantee cannot use the key meanwhile"),
        delete=access("its grantee can no longer use the key"),
    ),
    "aws:rds/cluster:Cluster": TypeWords(
        "database cluster",
        replace=data("its data stays behind and is lost with the old one, unless it is restored from a snapshot"),
        delete=data("its data is lost but for the snapshots that are kept"),
        update={**_DATABASE_UPDATES, "masterPassword": access("clients with the old password are refused")},
    ),
    "aws:rds/clusterInstance:ClusterInstance": TypeWords(
        "database cluster instance",
        replace=brief("connections to it break; with the writer the cluster fails over"),
        delete=traffic("connections to it break; with the last one the database is down"),
        update={"instanceClass": brief("it restarts")},
    ),
    "aws:rds/instance:Instance": TypeWords(
        "database",
        replace=data("its data stays behind and is lost with the old one, unless it is restored from a snapshot"),
        delete=data("its data is lost but for the snapshots that are kept"),
        update={
            **_DATABASE_UPDATES,
            "password": access("clients with the old password are refused"),
            "instanceClass": brief("it is down while its machine changes, or fails over"),
            "multiAz": unguarded("whether it survives the loss of a zone changes"),
            "publiclyAccessible": unguarded("whether it has a public address changes"),
        },
    ),
    "aws:rds/globalCluster:GlobalCluster": TypeWords(
        "global database",
        replace=traffic("its clusters must leave it first; copying between regions stops"),
        delete=unguarded("its clusters must leave it first; copying between regions ends"),
    ),
    "aws:rds/proxy:Proxy": TypeWords(
        "database proxy",
        replace=traffic("its address changes; clients that have the old one are cut off"),
        delete=traffic("clients that connect through it are cut off"),
    ),
    "aws:rds/subnetGroup:SubnetGroup": TypeWords(
        "database subnet group",
        replace=nothing("databases that name it are replaced or moved; look at those"),
        delete=nothing("AWS refuses while a database uses it"),
        update={"subnetIds": nothing("databases move only when they fail over or are changed")},
    ),
    "aws:rds/clusterParameterGroup:ClusterParameterGroup": TypeWords(
        "database cluster parameter group",
        replace=brief("its clusters restart to take the new one"),
        delete=nothing("AWS refuses while a cluster uses it"),
        update={"parameters": brief("some parameters count only after a restart")},
    ),
    "aws:rds/parameterGroup:ParameterGroup": TypeWords(
        "database parameter group",
        replace=brief("its databases restart to take the new one"),
        delete=nothing("AWS refuses while a database uses it"),
        update={"parameters": brief("some parameters count only after a restart")},
    ),
    "aws:dynamodb/table:Table": TypeWords(
        "DynamoDB table",
        replace=data("its items stay behind and are lost with the old one"),
        delete=data("its items are lost but for the backups that are kept"),
        update={
            "deletionProtectionEnabled": unguarded("it can be deleted, or no longer can"),
            "pointInTimeRecovery": unguarded(
                "whether it can be restored to a moment changes; switching off loses the past"
            ),
            "replicas": data("regions that are left out lose their copy"),
            "ttl": data("items past the time in that attribute are deleted, or no longer are"),
            "globalSecondaryIndexes": brief("queries of an index that is rebuilt fail until it is filled"),
        },
    ),
    "aws:dynamodb/tableReplica:TableReplica": TypeWords(
        "DynamoDB replica",
        replace=traffic("its region has no copy until the new one is filled"),
        delete=traffic("its region has no copy any more; the table's other copies stay"),
    ),
    "aws:efs/fileSystem:FileSystem": TypeWords(
        "file system",
        replace=data("its files stay behind and are lost with the old one"),
        delete=data("its files are lost but for the backups that are kept"),
    ),
    "aws:elasticache/replicationGroup:ReplicationGroup": TypeWords(
        "cache",
        replace=data("what is cached is lost, sessions included, and its address changes"),
        delete=data("what is cached is lost, sessions included"),
        update={"engineVersion": brief("it fails over while its version changes")},
    ),
    "aws:secretsmanager/secret:Secret": TypeWords(
        "secret",
        replace=access("its ARN changes; those who read the old one fail once it is gone"),
        delete=access("those who read it fail at once; it can be brought back within its recovery window"),
        update={
            "kmsKeyId": access("those who may not use the new key cannot read it"),
            "policy": access("who may read it changes at once"),
        },
    ),
    "aws:secretsmanager/secretVersion:SecretVersion": TypeWords(
        "secret value",
        replace=access("those who keep the old value are refused where the new one counts"),
        delete=access("those who read the value fail, unless a newer one is there"),
        update={"secretString": access("those who keep the old value are refused where the new one counts")},
    ),
    "aws:secretsmanager/secretRotation:SecretRotation": TypeWords(
        "secret rotation",
        replace=nothing("the next rotation may come at another time"),
        delete=unguarded("the secret is no longer renewed"),
    ),
    "aws:secretsmanager/secretPolicy:SecretPolicy": TypeWords(
        "secret policy",
        replace=access("those whom only it lets read the secret are refused meanwhile"),
        delete=access("those whom only it lets read the secret are refused"),
        update={"policy": access("who may read the secret changes at once")},
    ),
    "aws:backup/vault:Vault": TypeWords(
        "backup vault",
        replace=data("its recovery points are lost; AWS refuses while it has any"),
        delete=data("its recovery points are lost; AWS refuses while it has any"),
    ),
    "aws:backup/plan:Plan": TypeWords(
        "backup plan",
        replace=unguarded("backups due in between are not made"),
        delete=unguarded("no more backups are made by it; those made stay"),
        update={"rules": unguarded("when backups are made, and how long they are kept, changes")},
    ),
}
"""Rows of what keeps data."""
