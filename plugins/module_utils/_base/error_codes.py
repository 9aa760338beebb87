# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the error codes of the service mean, what to do, and whether to ask again.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import dataclasses
import enum
import re
import types
import typing as t


class Retry(enum.StrEnum):
    """What repeating a refused request can lead to."""

    NO = "no"
    """The same request fails again."""
    STATE = "state"
    """The object is in the wrong state: wait for a better one."""
    LATER = "later"
    """Transient. Before a call that creates something is repeated, look whether it worked."""
    AUTH = "auth"
    """Get a new token, once."""
    GONE = "gone"
    """The object is absent."""


@dataclasses.dataclass(frozen=True)
class Code:
    """One error code of the service: its cause and the user's remedy, both whole sentences."""

    cause: str
    remedy: str
    retry: Retry

    def __str__(self) -> str:
        return f"{self.cause} {self.remedy}"


# One row is: code (or codes with one meaning, separated by commas), retry, cause | remedy.
# An indented line continues the row above it.
_CLUSTER_CODES = """
12000001 auth  The service does not accept the credentials. |
    Check them and the clock of the host of the task.
12000002 no    A parameter is invalid, often a name. |
    Compare the options of the task with the reason of the service.
12000003 gone  The cluster does not exist. | Check its name or id, region_name and project_id.
12000004 later The service has an internal error. | Run the task again in a few minutes.
12000009 no    A parameter of the call is invalid. |
    Compare the options of the task with the reason of the service.
12000012 state The cluster is busy or not running. |
    Wait until it is running, then run the task again.
12000013 no    The service could not remove nodes, or there is no task node. |
    Check node_group and count, and that the data fits on the nodes that stay.
12000014 no    The service could not add nodes. |
    Check your quotas and whether the flavor of the nodes is on sale.
12000017 state The cluster is not running, so it cannot be scaled. |
    Wait until it is running, then run the task again.
12000018 state The cluster is being scaled already. |
    Wait until that has ended, then run the task again.
12000019 later The service could not read the hosts of the cluster. |
    Run the task again in a few minutes.
12000020 later The service could not delete the cluster. |
    Look at its state, then run the task again.
12000021 state The cluster cannot be deleted in its state. |
    Wait while it is starting or scaling. When it is terminating or terminated, nothing is left to
    do; a failed cluster is removed by the service.
12000023 later The service could not read the cluster. | Run the task again in a few minutes.
12000027 no    The subnet is not accepted. |
    Check that subnet_id and subnet_name name one subnet of vpc_id.
12000028 no    A cluster has at most 500 core and task nodes together. |
    Choose a smaller count of nodes.
12000029 later The service could not read your quotas. | Run the task again in a few minutes.
12000030 no    The quota of nodes is not enough. |
    Choose a smaller count of nodes or ask for more quota.
12000031 no    The quota of vCPUs is not enough. |
    Choose a smaller size of the nodes or ask for more quota.
12000032 no    The quota of memory is not enough. |
    Choose a smaller size of the nodes or ask for more quota.
12000033 no    The quota of disks is used up. |
    Choose a smaller data_volume_count or ask for more quota.
12000034 no    The quota of disk space is used up. |
    Choose a smaller data_volume_size or ask for more.
12000036 later The service could not read its product list. | Run the task again in a few minutes.
12000038 no    The service cannot read the security group. |
    Check that security_group_id exists in this project.
12000041 later The service could not list the clusters. | Run the task again in a few minutes.
12000042 no    The service could not create the cluster. |
    Look at the reason of the service and at your quotas.
12000043 no    Another cluster has this name already. |
    Choose another one, or look in the other enterprise projects.
12000044 no    The master nodes need more memory. |
    Choose a larger node_groups[].size for the master.
12000045 no    The quota of security groups is used up. |
    Set security_group_id or ask for more quota.
12000046 no    The quota of security group rules is used up. |
    Remove rules that nobody needs or ask for more quota.
12000048 no    The flavor does not exist. |
    Correct the size of the nodes; flavors differ from region to region.
12000050 no    The certificate is wrong. | Check the key pair or certificate that the task names.
12000052 no    You may not do this. |
    Ask for the right to do it in MRS, and in the services of its nodes and networks.
12000053 no    The billing type is invalid. | Check that the account may pay per use in this region.
12000054 no    The operation is not supported. |
    Check whether the version and the type of this cluster offer it.
12000055 no    The file cannot be opened. | Check its path and your right to read it.
12000057 no    The service could not list the files. | Check the path and your right to read it.
12000059,12000106 no The key pair does not exist. |
    Set key_pair to the name of a key pair of this user and region.
12000067 no    The version of the cluster is too old to add nodes. |
    Create a cluster of a newer version.
12000068 state Some nodes are not running; for a Hive or Spark script it means that the script
    (mains) is missing. |
    Wait until every node runs; for a script job, name the script.
12000069 no    A MapReduce or Spark job has no program (libs). | Set jar_path.
12000070 later The service does not reach Knox on the cluster. |
    Check MRS Manager, then run the task again.
12000071 later The job executor of the cluster has an error. | Run the task again in a few minutes.
12000073 later The directory in HDFS cannot be reached. |
    Check HDFS in MRS Manager, then run the task again.
12000080 state Some nodes are not running. | Wait until every node runs, then run the task again.
12000082 state A node group cannot be deleted while the cluster is scaled. |
    Wait until that has ended.
12000087 later The service could not read the billing records. |
    Run the task again in a few minutes.
12000090 no    The flavor is no longer sold here. |
    Choose another size of the nodes or availability_zone.
12000092 later The service could not read the data of this version. |
    Run the task again in a few minutes.
12000093 no    The service does not know this version. |
    Set version to one of the region, with the blank after MRS.
12000094 no    The version does not support the flavor. |
    Choose another size of the nodes or another version.
12000095 no    The patch is not available. |
    Choose a patch that exists for the version of the cluster.
12000099 no    The version has no plan for this layout of nodes. |
    Choose another version or other node_groups.
12000100 state Only a running or abnormal cluster can be stopped. | Wait until it is running.
12000101 state Only a stopped cluster can be started. | Wait until it is stopped.
12000102 later The service could not stop the cluster. | Look at its state, then run the task again.
12000103 later The service could not start the cluster. |
    Look at its state, then run the task again.
12000104 later A service below MRS (network, servers, disks) has an error. |
    Run the task again in a few minutes.
12000105 no    The VPC does not exist. |
    Check that vpc_id and vpc_name name one VPC of this project.
12000107 no    The project ID is invalid. |
    Set project_id to the ID (not the name) of the project of this region.
12000108 no    The service does not accept the elastic IP. |
    Check that it exists, is free, and belongs to this region.
12000109 no    The elastic IP could not be bound. |
    Check that it is free and belongs to this region.
12000110 later The elastic IP could not be unbound. | Run the task again in a few minutes.
12000111 no    The elastic IP is bound to something else. | Unbind it there or choose another one.
12000112 no    The elastic IP does not exist. | Check its ID and the region.
12000113 later The elastic IP could not be updated. | Run the task again in a few minutes.
12000115 no    The quota of server groups is used up. |
    Delete server groups that nobody needs or ask for more quota.
12000116 no    The quota of VPCs is used up. | Set vpc_id to an existing VPC or ask for more quota.
12000117 no    The quota of subnets is used up. |
    Set subnet_id to an existing subnet or ask for more quota.
12000118 no    A rule of the security group could not be created. |
    Check your right to change security_group_id.
12000119 no    A security group rule exists already. |
    Remove it or choose another security_group_id.
12000121 no    An unpaid order keeps nodes from being added. |
    Pay or cancel the order in the console.
12000122 later The service of enterprise projects has an error. |
    Run the task again in a few minutes.
12000123 no    Size and disks of task nodes can be set only while there are none. |
    Leave task_node out.
12000124 no    The task nodes of this cluster are changed by auto scaling only. |
    Change the limits of node_groups[].auto_scaling_policy instead of the count.
12000125 state Task nodes cannot be described while the cluster is scaled. |
    Wait until that has ended.
12000126 auth  The service could not read who you are. |
    Check the credentials, then run the task again.
12000127 later The service could not lock the cluster. |
    Wait until no other change runs, then run the task again.
12000128 later The service could not unlock the cluster. | Run the task again in a few minutes.
12000129 state Master nodes can be upgraded only while the cluster is running. |
    Wait until it is running.
12000130 no    There is no larger flavor. |
    Keep the flavor, or create a cluster with another node_groups[].size.
12000131 no    Master nodes can be upgraded only where there are two of them. |
    Create a cluster with two master nodes.
12000132 no    An upgrade must not reduce vCPUs or memory. | Choose a larger flavor.
12000133 no    Nodes of this type cannot be upgraded. |
    Create a cluster with another node_groups[].size.
12000134 no    The upgrade of the master nodes failed. |
    Look at the cluster in MRS Manager before you try again.
12000135 no    There is no master node to upgrade. | Check the cluster and the flavor that you want.
12000136 no    A policy forbids the change of the order. | Ask for the right to change orders.
12000138 later The service could not read the size of the server group. |
    Run the task again in a few minutes.
12000139 no    All types of disk are sold out here. | Choose another availability_zone.
12000140 no    This type of disk is sold out here. |
    Choose another type for root_volume_type and data_volume_type.
12000141 no    A disk is too small. |
    Choose a larger root_volume_size or data_volume_size in node_groups.
12000142 no    A disk is larger than 32000 GB. | Choose a smaller node_groups[].data_volume_size.
12000154 state Users are being synchronised with IAM already. | Wait until that has ended.
12000156 later The service could not read the groups in IAM. |
    Check that IAM has these groups, or run the task again in a few minutes.
12000157 later The service could not read users or roles in IAM. |
    Check that IAM has these users, or run the task again in a few minutes.
12000163 later The service could not read the users on MRS Manager. |
    Check that MRS Manager works, then try again.
12000164 later The service could not read the groups on MRS Manager. |
    Check that MRS Manager works, then try again.
12000209 no    The VPC is missing. | Set vpc_id and vpc_name.
12000210 no    The subnet is missing. | Set subnet_id and subnet_name.
12000233 no    The flavor is sold out. | Choose another size of the nodes or availability_zone.
12000234 no    The flavor of the nodes to add is sold out. |
    Try again on another day or add fewer nodes.
12000360 no    A cluster that is terminating or terminated cannot be renamed. |
    Check which cluster the task names.
12000361 no    Only an offline cluster may change the address of its MRS Manager. |
    Check which cluster the task names.
12000362 no    The cluster ID is taken or not a UUID. | Choose another ID.
12000363 no    An offline cluster with these management addresses exists. |
    Use that one or choose other addresses.
12005001 no    The cluster would have too many tags. | Keep at most 10 tags.
12005002 no    A tag has forbidden characters, or a blank at its beginning or end. |
    Use letters, digits, - and _ in tags.
12005003 gone  The cluster has no tag with this key. |
    Check the key. If the tag was to be deleted, nothing is left to do.
13000046 no    The security group does not exist. |
    Check that security_group_id exists in this project.
120000212,12000212 later The service could not list the availability zones. |
    Run the task again in a few minutes.
120000213,12000213 no The region does not exist. | Correct region_name.
120000214,12000214 no You may not use this availability zone. | Choose another availability_zone.
130000002,13000002 auth The token is invalid. | Check that the token is of this region and project.
MRS.0002 no    A parameter is invalid. |
    Compare the options of the task with the reason of the service.
MRS.00005016 gone The auto scaling policy does not exist. |
    Check the node group that the task names.
MRS.0010 no    The data connector has an error. |
    Check the data connection of the cluster in the console.
MRS.0011 no    The SQL statement cannot be run. |
    Send one statement at a time, to a running cluster with the component that it needs.
MRS.0205 later The agencies of users could not be synchronised. |
    Run the task again in a few minutes.
MRS.0206 state The agencies of users are being changed already. | Wait until that has ended.
MRS.0207 no    The service could not read the JSON of the request. |
    Report this fault of the collection.
MRS.0208 later The policy could not be created or changed. | Run the task again in a few minutes.
MRS.0209 later The policy could not be given to the agency. | Run the task again in a few minutes.
MRS.0210 no    The policy secu_admin is missing. | Ask for the right to administer security.
MRS.0211 no    The new agency is missing. | Create the agency in IAM.
MRS.0212 state The agency of the nodes is being changed already. | Wait until that has ended.
MRS.0216 later The metadata of the nodes could not be changed. |
    Run the task again in a few minutes.
MRS.0217 later The policy could not be taken from the agency. | Run the task again in a few minutes.
MRS.0218 later The policy could not be checked. | Run the task again in a few minutes.
MRS.1010 no    The RDS instance is missing or not healthy. |
    Check the RDS instance that the cluster uses.
"""

_JOB_CODES = """
12000060 state Too many jobs are running on the cluster. |
    Wait until one has ended, then run the task again.
12000061 no    The service could not submit the job. |
    Check the definition of the job and the reason of the service.
12000062,0056 state The cluster takes no jobs in its state. |
    Wait until it is running, then run the task again.
12000063,0057 no The cluster cannot run Spark jobs. |
    Use a cluster with the component Spark or Spark2x.
12000064 no    A cluster with Kerberos (safe_mode) takes no jobs through API v1.1. |
    API v2 takes them, and the modules use it by themselves. If it refuses the job as well, submit
    the job in the console.
12000081 no    A MapReduce or Spark job needs a program. | Set jar_path.
12000085 no    Clusters of this version take no jobs through API v1.1. |
    API v2 takes them, and the modules use it by themselves. If it refuses the job as well, submit
    the job in the console.
12000086 no    Clusters of this version want obs: instead of s3a: or s3n:. |
    Write the paths of the job as obs://...
12000114 no    A Hive or Spark script job needs a script. | Set hive_script_path.
0023 later     The service could not read the cluster. | Run the task again in a few minutes.
0093 no        The service does not know the version of the cluster. |
    Check the version of the cluster in the console.
0160,0175 later The job could not be stopped. |
    Read its state, then try again; Spark SQL jobs cannot be stopped.
0161,0189,0199 later The jobs could not be deleted. | Run the task again in a few minutes.
0162,0174 later The service could not read the job. | Run the task again in a few minutes.
0165 no        The SQL statement is not valid. | Correct the statement.
0166 later     The service could not list the jobs. | Run the task again in a few minutes.
0167 later     The job interface of API v2 cannot be reached on the cluster. |
    A cluster older than MRS 1.9.2 takes jobs through API v1.1 only; on a newer one check in MRS
    Manager that its job service runs, then run the task again.
0168 no        The cluster cannot run Hive jobs. | Use a cluster with the component Hive.
0169 no        The cluster cannot run Flink jobs. | Use a cluster with the component Flink.
0170 later     The directory of the log cannot be read. | Run the task again in a few minutes.
0171 later     The log cannot be read. | Run the task again in a few minutes.
0172 later     The result of the SQL statement cannot be collected. |
    Run the task again in a few minutes.
0173 no        The service could not submit the job. |
    List the jobs of the cluster first: it may run. A new cluster needs some minutes before it takes
    jobs.
0176,0201 gone The job does not exist. | Check its id and the cluster.
0177 state     A cluster runs at most 10 jobs at once. |
    Wait until one has ended, then run the task again.
0178 no        The job ID is empty. | Give the ID of the job.
0179 no        Only SparkSql and SparkScript jobs have an SQL result. |
    Read the output of the job where it was written.
0180 state     The job is still being submitted. |
    Wait until it is running, then run the task again.
0181 no        The result of the SQL statement is empty. | Check that the statement gives rows.
0182 later     The result of the SQL statement cannot be read. |
    Run the task again in a few minutes.
0183 state     The job is running. | Wait until it has ended, or cancel it.
0185 no        There is no log of this type. | Check the type of the log.
0187 no        The cluster has no path for collected logs. |
    Set the path of aggregated logs in MRS Manager.
0188 no        The job has no logs. | Look at the job in YARN.
0190 no        The job has no submitting user. |
    Use credentials of an IAM user that the cluster knows.
0191 later     The submitting user cannot be read on MRS Manager. |
    Check that MRS Manager works, then try again.
0192 no        MRS Manager does not know the IAM user that submits the job. |
    Set sync_iam_user with wait=true, or synchronise the IAM users with mrs_iam_sync or in the
    console (IAM User Sync) and wait about five minutes; that needs the right mrs:cluster:syncUser.
0193 later     The job could not be recorded. |
    List the jobs of the cluster before you run the task again.
0194 later     The launcher of the job did not start. |
    Check YARN in MRS Manager, then list the jobs of the cluster.
0200 later     The job could not be stopped on YARN. | Read its state, then run the task again.
0202 state     Too many jobs are submitted at once. | Wait a minute, then run the task again.
0211 no        A cluster has at most four additional security groups. |
    Name fewer security groups.
"""

_GATEWAY_CODES = """
APIGW.0101 no  The gateway does not know the path of the request, so it did not ask the service. |
    Check endpoint and region_name.
APIGW.0201 later The request is too large, or the service behind the gateway is too slow or not
    there. |
    Look whether it worked, then run the task again.
APIGW.0301 auth The service does not accept the token or the signature. |
    Check the credentials, that they are of this region and project, and the clock of the host that
    runs the task.
APIGW.0302 no  The IAM user may not use this service. | Ask for a role of MRS in this project.
APIGW.0303 no  The signature is not accepted. |
    Check access_key, secret_key and the clock of the host.
APIGW.0308 later There are too many requests. |
    Wait a minute, raise poll_interval or run fewer tasks at once.
"""

# Causes in stageDesc and errorInfo of a cluster, after the request was accepted. They answer no
# request.
_STAGE_CODES = """
MRS.101 no     The quota is not enough. |
    Choose a smaller count or size in node_groups, or ask for more quota.
MRS.102 no     The token is missing or invalid. | Check the credentials and their rights.
MRS.103 no     The request is invalid. |
    Compare the options of the task with the reason of the service.
MRS.104 no     The cloud has not enough resources. |
    Choose another node_groups[].size or availability_zone.
MRS.105 no     The subnet has no free address. |
    Set subnet_id to a larger subnet or free some addresses.
MRS.201 no     The service for servers (ECS) refused. |
    Look at the Ecs code in the reason, node_groups and quotas.
MRS.202 no     The service for identities (IAM) refused. |
    Check the rights of the user and the agencies of MRS.
MRS.203 no     The service for networks (VPC) refused. |
    Check vpc_id, subnet_id and security_group_id.
MRS.300 no     The service has an internal error. |
    Try again later; if it stays, ask the support of the cloud.
"""


def _codes(table: str) -> dict[str, Code]:
    codes = {}
    for row in table.strip().replace("\n    ", " ").splitlines():
        names, retry, text = row.split(maxsplit=2)
        cause, remedy = text.split(" | ")
        codes.update(dict.fromkeys(names.split(","), Code(cause, remedy, Retry(retry))))
    return codes


#: The codes by what they are about. Those of clusters are also those of all other requests.
CLUSTERS, JOBS, GATEWAY, STAGES = map(
    _codes, (_CLUSTER_CODES, _JOB_CODES, _GATEWAY_CODES, _STAGE_CODES)
)
CODES: t.Mapping[str, Code] = types.MappingProxyType(CLUSTERS | JOBS | GATEWAY | STAGES)

#: What an answer means that carries no code that is known, by its HTTP status.
_STATUSES = {
    403: Code(
        "You may not do this, or not from here.",
        "Ask for a role of MRS in this project; check region_name and project_id.",
        Retry.NO,
    ),
    429: CODES["APIGW.0308"],
    500: CODES["12000004"],
    **dict.fromkeys(
        (502, 503, 504),
        Code(
            "The service or its gateway is not there at present.",
            "Run the task again in a few minutes.",
            Retry.LATER,
        ),
    ),
}
_TOO_LARGE = Code(
    "The request is larger than the gateway takes.", "Make the definition shorter.", Retry.NO
)
_STAGE_CODE = re.compile(r"MRS\.[123][0-9]{2}(?![0-9])")
_ROOT_VOLUME = re.compile(
    r"root volume size is \[([0-9]+)\].{0,80}?mindisk \[([0-9]+)\]", re.DOTALL
)


def lookup(code: str | int | None, status: int | None = None) -> Code | None:
    """What the collection knows about C(code), however it is spelled; C(None) for nothing.

    :param status: the HTTP status of the answer. It tells apart what shares one code of the
        gateway, and says enough where there is no code.
    """
    name = str(code).strip().replace("APIG.", "APIGW.")
    if name.isdecimal():
        name = name.zfill(4)  # Codes of jobs lose their zeros on the way through a JSON number.
    if name == "APIGW.0201" and status == 413:
        return _TOO_LARGE
    return CODES.get(name) or _STATUSES.get(status or 0)


def is_about_state(code: str | int | None, status: int | None = None) -> bool:
    """The service refuses because of the state of the object: in another state it may accept."""
    known = lookup(code, status)
    return known is not None and known.retry is Retry.STATE


def explain(text: str | None) -> str | None:
    """Cause and remedy of the first known code in a C(stageDesc) or C(errorInfo), if any."""
    volume = _ROOT_VOLUME.search(text or "")
    if volume:
        given, least = volume.groups()
        return (
            f"The image of this version needs a system disk of {least} GB and the task asks for "
            f"{given} GB. "
            f"Set node_groups[].root_volume_size to at least {least}."
        )
    found = (lookup(name) for name in _STAGE_CODE.findall(text or ""))
    return next((str(code) for code in found if code), None)
