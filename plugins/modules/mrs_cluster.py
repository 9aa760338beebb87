#!/usr/bin/python
# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: mrs_cluster
short_description: Create, change and delete MapReduce clusters
version_added: 1.0.0
description:
  - Creates a cluster of the MapReduce Service (MRS) and waits until it is running, or brings an
    existing one to the described state. Changes nothing that is right already.
  - A creation by API v1.1 needs O(name), O(version), O(availability_zone), O(region_name),
    O(vpc_id), O(vpc_name), O(subnet_id), O(subnet_name), O(components), and O(node_groups) for
    V(master) and V(core), each with O(node_groups[].count) and O(node_groups[].size). It also needs
    either O(key_pair) or O(root_password), and on Open Telekom Cloud O(admin_password). The first
    example is such a creation.
  - Mixed and custom clusters are created by API v2. So is a cluster with an option that only API v2
    has. These are O(template), O(component_configs), O(external_metastores), O(eip_id),
    O(eip_address), O(agency), O(alarms), O(log_uri), O(auto_create_security_group), O(jobs) and
    O(node_groups[].assigned_roles). API v2 needs no O(vpc_id), and one of O(subnet_id) and
    O(subnet_name) is enough, but it always needs O(admin_password). All other clusters are created
    by API v1.1, see RV(api).
  - For a cluster that exists, give O(name) and only what you want to change, such as
    O(node_groups), O(tags) or O(state).
  - The module makes no cluster a second time. A cluster is found by its name among the clusters
    that are not terminated. One that is still starting or scaling is waited for. When the answer to
    the creation is lost, the module looks for the cluster, and uses it. Two tasks of one user on
    one machine that name the same cluster take turns. If somebody else creates the cluster first,
    the task uses that one.
  - Some things can change in place. They are the name, the number of nodes of each group except the
    masters, the auto scaling policies, the tags, the default tags, and in custom clusters of MRS
    3.1.2 and later the components, which can be added. Any other difference is an error that names
    the field, what was wanted and what was found, and then nothing is changed at all. A cluster is
    never deleted because of a difference, unless O(recreate) allows it.
  - Only options that are given are compared. Passwords are never compared, because the service
    never shows them.
  - A request that is copied from the API's reference works if it has C(node_groups). The flat form
    (C(core_node_num) and the like), C(billing_type), C(login_mode) and C(add_jobs) are refused, and
    the error shows the options of this module to use instead. An empty text means that an option is
    not given, as in the API's examples. In options with choices letter case does not matter.
extends_documentation_fragment:
  - huaweicloud.mrs.auth
  - huaweicloud.mrs.wait
  - huaweicloud.mrs.attributes
author:
  - "huaweicloud.mrs contributors (@huaweicloud-mrs)"
attributes:
  idempotent:
    details:
      - With O(job.rerun=always) each run submits the job again, unless it is still running.
options:
  state:
    description:
      - V(present) creates the cluster when there is none, and changes it to the described state.
      - V(absent) deletes it. If the cluster is starting or scaling, the task first waits for that
        to end, because the service refuses to delete it before; with O(wait=false) that is an
        error. A cluster that is terminated, or that the service does not find, is absent already.
    type: str
    choices:
      - present
      - absent
    default: present
  name:
    description:
      - Name of the cluster, 1 to 64 letters, digits, C(-) and C(_).
      - If two clusters that are not terminated have this name, the task fails and lists their ids.
        Give O(id) to choose one of them.
      - If O(id) is given as well and that cluster has another name, it is renamed. The service
        refuses that when another cluster has the new name (error 12000043); check mode says so,
        too. With O(state=absent) another name is an error, and nothing is deleted.
      - At least one of O(name) and O(id) is required.
    type: str
    aliases:
      - cluster_name
  id:
    description:
      - Id of a cluster that exists. The service chooses the id of a new cluster.
      - If no cluster has this id, or it is terminated, the cluster called O(name) is used. Without
        O(name) that is an error with O(state=present), and with O(state=absent) there is nothing to
        do.
    type: str
    aliases:
      - cluster_id
  region_name:
    description:
      - Region of the service, which is also the region that the cluster is created in, such as
        V(eu-de). Any name is passed on to the cloud as it is.
      - Environment variable E(OS_REGION_NAME).
    type: str
    aliases:
      - region
      - data_center
  availability_zone:
    description:
      - Availability zone. A zone has a code, such as V(eu-de-02), which is its name, and an id (32
        hexadecimal digits). M(huaweicloud.mrs.mrs_version_info) shows both.
      - On Open Telekom Cloud give the code. On Huawei Cloud give the code or the id; with
        O(validate=false) give the id where API v1.1 creates the cluster, and the code where API v2
        does.
      - RV(cluster.availability_zone) may be the code or the id.
      - Needed to create a cluster. Cannot be changed.
    type: str
    aliases:
      - available_zone_id
  version:
    description:
      - Version of MRS with the blank in it, such as V(MRS 3.2.0-LTS.2).
        M(huaweicloud.mrs.mrs_version_info) lists the versions, but not on Open Telekom Cloud.
      - Needed to create a cluster. Cannot be changed.
    type: str
    aliases:
      - cluster_version
  type:
    description:
      - V(analysis) for clusters with Hadoop, Spark, Hive and similar components, V(streaming) for
        clusters with Kafka and Flume, V(mixed) for both in one cluster, V(custom) for your own node
        groups and roles. Custom clusters need MRS 3.
      - C(0) is V(analysis), C(1) is V(streaming), C(2) is V(mixed) and C(3) is V(custom), as in the
        API.
      - When it is not given, a new cluster is V(analysis). Cannot be changed.
    type: str
    choices:
      - analysis
      - streaming
      - mixed
      - custom
    aliases:
      - cluster_type
  safe_mode:
    description:
      - Whether Kerberos authentication is on. C(0) and C(1), C(SIMPLE) and C(KERBEROS) are
        accepted, too.
      - When it is not given, a new cluster has no Kerberos. Cannot be changed.
      - API v1.1 runs no jobs on clusters with Kerberos authentication.
    type: bool
  vpc_id:
    description:
      - Id of the VPC. Needed to create a cluster by API v1.1, not sent to API v2. Cannot be
        changed.
      - Open Telekom Cloud does not show it. There only O(vpc_name) can be compared.
    type: str
  vpc_name:
    description:
      - Name of the same VPC. Needed to create a cluster. Cannot be changed.
    type: str
    aliases:
      - vpc
  subnet_id:
    description:
      - Network id of the subnet. API v1.1 needs both id and name to create a cluster, API v2 one of
        them. Cannot be changed.
    type: str
  subnet_name:
    description:
      - Name of the same subnet. API v2 takes the first one of this name where no id is given.
        Cannot be changed.
    type: str
  security_group_id:
    description:
      - Id of the security group of the nodes. When it is not given, the service creates a group,
        which is not deleted with the cluster. Cannot be changed.
    type: str
    aliases:
      - security_groups_id
  enterprise_project_id:
    description:
      - Id of the enterprise project. V(0) is the default one, which the service takes when none is
        given.
      - On Huawei Cloud the cluster called O(name) is looked for in this enterprise project only.
        Without this option perhaps only clusters of the default one are found. With O(state=absent)
        a cluster of this name in another enterprise project is left alone, and a warning names it.
        A cluster given by O(id) is found in any enterprise project.
      - On Open Telekom Cloud the cluster is looked for in all of them.
      - Cannot be changed with this module.
    type: str
  key_pair:
    description:
      - Name of an existing key pair for the login to the nodes. Either this or O(root_password) is
        needed to create a cluster. The login mode of the API follows from which one is given.
      - Cannot be changed.
    type: str
    aliases:
      - node_public_cert_name
      - node_keypair_name
  root_password:
    description:
      - "Password of C(root) on the nodes, 8 to 26 characters. There are four kinds of characters:
        lower case letters, upper case letters, digits, and the special characters
        C(! @ $ % ^ - _ = + [ { } ] : , . / ?). At least three kinds are needed. Huawei Cloud needs
        all four, and so does API v2 on every cloud."
      - Used only when a cluster is created. Never compared and never changed.
    type: str
    aliases:
      - cluster_master_secret
      - node_root_password
  admin_password:
    description:
      - Password of the user C(admin) of MRS Manager, 8 to 32 characters (26 on Huawei Cloud) of at
        least three kinds (Huawei Cloud needs all four). Huawei Cloud takes the same special
        characters as in O(root_password), Open Telekom Cloud any of ASCII. A creation by API v2
        wants 8 to 26 characters of all four kinds on every cloud.
      - Used only when a cluster is created. Open Telekom Cloud needs it, and so does API v2 on
        every cloud. Never compared and never changed.
    type: str
    aliases:
      - cluster_admin_secret
      - manager_admin_password
  components:
    description:
      - Names of the components, such as V(Hadoop), V(Spark2x) and V(Hive). The version decides
        which components there are.
      - "A list of dictionaries C({component_name: Hadoop}), as in requests of the API, is accepted,
        too, and so is RV(cluster.components) of a result."
      - Needed to create a cluster. A component that is missing is added to a custom cluster of MRS
        3.1.2 or later; in any other cluster it is a difference that cannot be changed. Components
        that the service has added by itself are ignored.
      - To be added, a component needs its roles in O(node_groups[].assigned_roles).
        M(huaweicloud.mrs.mrs_version_info) shows which roles it has. Open Telekom Cloud publishes
        neither the call that adds components nor the lists of roles.
    type: list
    elements: raw
    aliases:
      - component_list
  log_collection:
    description:
      - Whether the service collects logs when the creation fails. It creates an OBS bucket for
        them, which is not deleted with the cluster. V(0) and V(1) are accepted, too.
      - When it is not given and a cluster is created, the service collects logs. Cannot be changed.
    type: bool
  tags:
    description:
      - Tags of the cluster, at most 10. Keys and values are texts, keys with 1 to 36 and values
        with up to 43 characters, none of C(= * < > \ , | /), and no blank at the beginning and the
        end. Open Telekom Cloud takes letters, digits, C(-) and C(_) only. A number becomes a text,
        a boolean V(true) or V(false), and C(null) an empty text.
      - "A list of dictionaries C({key: env, value: test}), as in requests of the API, is accepted,
        too. A key that is in it twice is an error."
      - Changed in place. When this option is not given, tags are not changed.
    type: dict
  purge_tags:
    description:
      - Whether tags of the cluster that are not in O(tags) are removed. Matters only when O(tags)
        is given.
    type: bool
    default: true
  default_tags:
    description:
      - Whether the nodes of the cluster have the default tags of the service. The service refuses
        them when the quota of tags is used up. A new cluster gets them once it runs.
      - Changed in place, by API v2. When this option is not given, they are not changed. Open
        Telekom Cloud does not publish the calls, so there the option is an error that says so.
    type: bool
  node_groups:
    description:
      - The groups of nodes. Needed to create a cluster, at least the groups of the master and of
        the core nodes, each with O(node_groups[].count) and O(node_groups[].size).
      - Core and task nodes together can be at most 500.
      - Groups that are not in the list are left alone.
      - RV(cluster.node_groups) of a result is accepted as it is.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - V(master), V(core) or V(task). In a custom cluster V(master) and the names that you
            choose for the other groups.
          - The names of the API (V(master_node_default_group), V(core_node_analysis_group),
            V(core_node_streaming_group), V(task_node_analysis_group), V(task_node_streaming_group))
            are accepted, too. A mixed cluster needs them, since it has two groups of core nodes.
        type: str
        required: true
        aliases:
          - group_name
      count:
        description:
          - Number of nodes, 0 to 500. A cluster has 1 or 2 masters. High availability needs 2, and
            so does MRS 3 on Huawei Cloud. Custom clusters have 3 to 11 masters.
          - On an existing cluster all groups except the masters are scaled to this number when
            O(scale=true). The number of masters cannot be changed.
          - The number is not changed while the auto scaling of the group is on.
        type: int
        aliases:
          - node_num
      size:
        description:
          - Flavor of the nodes, such as V(c6.4xlarge.4.linux.mrs). Cannot be changed.
        type: str
        aliases:
          - node_size
      root_volume_type:
        description:
          - Type of the system disk, such as V(SATA), V(SAS), V(SSD) or V(GPSSD). Cannot be changed.
        type: str
      root_volume_size:
        description:
          - Size of the system disk in GB, 1 to 32000 (by API v2 10 to 32768). MRS 3 needs at least
            480. With a smaller one the task warns before the creation, which then fails after some
            minutes. Cannot be changed.
        type: int
      data_volume_type:
        description:
          - Type of the data disks, such as V(SATA), V(SAS), V(SSD) or V(GPSSD). Cannot be changed.
        type: str
      data_volume_size:
        description:
          - Size of each data disk in GB, 100 to 32000 (by API v2 10 to 32768). Cannot be changed.
        type: int
      data_volume_count:
        description:
          - Number of data disks of each node, 0 to 10 (20 on Huawei Cloud and by API v2). Cannot be
            changed.
        type: int
      assigned_roles:
        description:
          - The roles that run on the nodes of a group, such as V(DataNode). V(NameNode:2,3) is the
            role on the second and third node, V(EsNode[9]) is nine instances of it on each node.
            Each group of a custom cluster needs them.
          - Used only when a cluster is created, and when O(components) has one that is to be added.
            The service does not show them, so they are never compared.
        type: list
        elements: str
      auto_scaling_policy:
        description:
          - Auto scaling policy of the group. Only for task nodes, and for the groups of a custom
            cluster. Changed in place. In mixed and custom clusters this goes by API v2, which takes
            O(node_groups[].auto_scaling_policy.exec_scripts) only when a cluster is created.
          - M(huaweicloud.mrs.mrs_auto_scaling_policy) can do more by API v2, such as delete a
            policy, or give it days and tags. Days and tags are not compared here, and stay when the
            policy is changed. A plan keeps its days as long as it has the same hours.
          - Only a group with nodes can have a policy. On a cluster without task nodes give
            O(node_groups[].count) and O(node_groups[].size), too. The first nodes are added before
            the policy is set.
          - The suboptions have the names of the API, so that a request can be copied.
        type: dict
        suboptions:
          auto_scaling_enable:
            description: Whether the policy is on. While it is, this module leaves the number of
              nodes alone.
            type: bool
            required: true
          min_capacity:
            description: Smallest number of nodes, 0 to 500.
            type: int
            required: true
          max_capacity:
            description: Largest number of nodes, 0 to 500.
            type: int
            required: true
          resources_plans:
            description: Other limits for certain hours. A policy that is on needs plans or rules.
            type: list
            elements: dict
            suboptions:
              period_type:
                description: How often the plan applies. The service knows only V(daily).
                type: str
                default: daily
              start_time:
                description: Beginning as C(hour:minute). Quote it, or YAML reads it as a number.
                type: str
                required: true
              end_time:
                description: End as C(hour:minute), at least 30 minutes after the beginning. Quote
                  it.
                type: str
                required: true
              min_capacity:
                description: Smallest number of nodes in these hours, 0 to 500.
                type: int
                required: true
              max_capacity:
                description: Largest number of nodes in these hours, 0 to 500.
                type: int
                required: true
          rules:
            description: When nodes are added and removed. A policy that is on needs plans or rules.
            type: list
            elements: dict
            suboptions:
              name:
                description: Name of the rule, unique in the group, 1 to 64 letters, digits, C(-)
                  and C(_).
                type: str
                required: true
              description:
                description: What the rule is for, up to 1024 characters.
                type: str
              adjustment_type:
                description: V(scale_out) adds nodes, V(scale_in) removes them.
                type: str
                required: true
              cool_down_minutes:
                description: Minutes after which the rule can act again, 0 to 10080.
                type: int
                required: true
              scaling_adjustment:
                description: Number of nodes that are added or removed at once, 1 to 100.
                type: int
                required: true
              trigger:
                description: When the rule acts.
                type: dict
                required: true
                suboptions:
                  metric_name:
                    description: Name of the metric, such as V(YARNMemoryAvailablePercentage), 1 to
                      64 characters. Section 8.2 of the page service_v1 of the documentation lists
                      the metrics.
                    type: str
                    required: true
                  metric_value:
                    description: Threshold. A number with at most two decimals, percent without the
                      sign.
                    type: str
                    required: true
                  comparison_operator:
                    description: V(LT) (less), V(GT) (greater), V(LTOE) (less or equal) or V(GTOE)
                      (greater or equal).
                    type: str
                  evaluation_periods:
                    description: For how many periods of five minutes the condition must be true, 1
                      to 288.
                    type: int
                    required: true
          exec_scripts:
            description: Scripts that run before or after the group is scaled.
            type: list
            elements: dict
            suboptions:
              name:
                description: Name of the script, unique in the cluster, 1 to 64 letters, digits,
                  blanks, C(-) and C(_).
                type: str
                required: true
              uri:
                description: Path of the script. An OBS path, or a path on the nodes that ends with
                  C(.sh).
                type: str
                required: true
              parameters:
                description: Parameters of the script, separated by blanks. The service replaces
                  C(${mrs_scale_node_num}) and other variables of its own.
                type: str
              nodes:
                description: Kinds of nodes that the script runs on. V(master), V(core) and V(task).
                type: list
                elements: str
                required: true
              active_master:
                description: Whether the script runs on the active master only.
                type: bool
                default: false
              action_stage:
                description: V(before_scale_out), V(before_scale_in), V(after_scale_out) or
                  V(after_scale_in).
                type: str
                required: true
              fail_action:
                description: What happens when the script fails. V(continue) or V(errorout), and
                  always V(continue) for V(after_scale_in).
                type: str
                required: true
  bootstrap_scripts:
    description:
      - Scripts that run on the nodes when the cluster is created and when nodes are added. Cannot
        be changed.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - Name of the script, unique in the cluster, 1 to 64 letters, digits, blanks, C(-) and
            C(_).
        type: str
        required: true
      uri:
        description:
          - Path of the script. An OBS path such as V(s3a://bucket/x.sh) or V(obs://bucket/x.sh), or
            a path on the nodes that starts with C(/) and ends with C(.sh).
        type: str
        required: true
      parameters:
        description:
          - Parameters of the script in one text. In results the secrets in them are masked. These
            are the values of words that begin with C(@), such as C(@password=x), and of names that
            mean a secret, such as C(--password x).
        type: str
      nodes:
        description:
          - Kinds of nodes that the script runs on. V(master), V(core) and V(task). In mixed and
            custom clusters the names of groups.
        type: list
        elements: str
        required: true
      active_master:
        description:
          - Whether the script runs on the active master only, not on all masters.
        type: bool
        default: false
      before_component_start:
        description:
          - Whether the script runs before the components start.
        type: bool
        default: false
      fail_action:
        description:
          - What happens when the script fails. V(errorout) stops the creation, V(continue)
            continues it.
        type: str
        default: errorout
      action_stages:
        description:
          - When the script runs, on Huawei Cloud only. V(BEFORE_COMPONENT_FIRST_START),
            V(AFTER_COMPONENT_FIRST_START), V(BEFORE_SCALE_IN), V(AFTER_SCALE_IN),
            V(BEFORE_SCALE_OUT) and V(AFTER_SCALE_OUT).
        type: list
        elements: str
  job:
    description:
      - One job that the cluster runs, as in M(huaweicloud.mrs.mrs_job). When the cluster has to be
        created and takes the job by API v1.1, the job is part of the same request. If it takes the
        job by API v2, the job is submitted as soon as the cluster is running; with O(wait=false)
        the task then fails before it creates anything. On a cluster that exists already, the job is
        submitted unless it has been run.
      - The task waits for the job, too, and fails when the job ends badly.
    type: dict
    suboptions:
      name:
        description:
          - Name of the job, 1 to 64 letters, digits, C(-) and C(_).
        type: str
        required: true
        aliases:
          - job_name
      job_type:
        description:
          - Type of the job. See O(huaweicloud.mrs.mrs_job#module:job_type) for what each one needs,
            and for its other names.
          - V(distcp) cannot be part of the creation of a cluster before MRS 3, use
            M(huaweicloud.mrs.mrs_job) afterwards.
          - V(hiveql), V(spark_sql), V(spark_python) and V(flink) need a cluster of MRS 1.9.2 or
            later. With any other the task fails before it creates anything, and gives the reason.
        type: str
        required: true
        choices:
          - mapreduce
          - spark
          - hive_script
          - hiveql
          - distcp
          - spark_script
          - spark_sql
          - spark_python
          - flink
      jar_path:
        description:
          - The program. A path on HDFS or OBS that ends with C(.jar), with the limits of
            O(huaweicloud.mrs.mrs_job#module:jar_path).
        type: str
      main_class:
        description:
          - Main class of the program, see O(huaweicloud.mrs.mrs_job#module:main_class).
        type: str
      options:
        description:
          - Options that come before the program, see O(huaweicloud.mrs.mrs_job#module:options).
        type: raw
      properties:
        description:
          - Properties of the job, see O(huaweicloud.mrs.mrs_job#module:properties).
        type: dict
      sync_iam_user:
        description:
          - Whether the user who submits is made known to the cluster, see
            O(huaweicloud.mrs.mrs_job#module:sync_iam_user).
        type: bool
        default: false
      iam_sync_timeout:
        description:
          - How many seconds the task goes on submitting the job after the synchronisation, greater
            than 0.
        type: float
        default: 600
      arguments:
        description:
          - Arguments of the program, as one string or as a list of strings. Words such as
            C(@password=x) are never shown. API v1.1 stores them encrypted, API v2 does not. See
            O(huaweicloud.mrs.mrs_job#module:arguments).
        type: raw
      input:
        description:
          - Where the data come from, with the limits of O(huaweicloud.mrs.mrs_job#module:jar_path).
        type: str
      output:
        description:
          - Where the results go, with the limits of O(huaweicloud.mrs.mrs_job#module:jar_path).
        type: str
      job_log:
        description:
          - Where the logs go, with the limits of O(huaweicloud.mrs.mrs_job#module:jar_path).
            Recommended, because logs that are on the cluster are deleted with it.
        type: str
      hive_script_path:
        description:
          - The SQL script of a V(hive_script) or V(spark_script) job. Ends with C(.sql), and has
            the limits of O(huaweicloud.mrs.mrs_job#module:jar_path).
        type: str
      hql:
        description:
          - The SQL statement of a V(hiveql) or V(spark_sql) job, as plain text.
        type: str
      file_action:
        description:
          - Direction of a V(distcp) job, see O(huaweicloud.mrs.mrs_job#module:file_action).
        type: str
        choices:
          - import
          - export
      rerun:
        description:
          - What to do when the job has been run before, with the same name and the same definition.
          - V(on_failure) runs it again only if it ended badly or was cancelled, V(never) never
            does, V(always) does unless it is still running.
        type: str
        choices:
          - on_failure
          - never
          - always
        default: on_failure
      shutdown_cluster:
        description:
          - Whether the service deletes the cluster as soon as the job is over, well or badly. It
            only does so with a cluster that was created with its job. On any other the task warns,
            and the cluster stays.
          - A cluster of MRS 3 or with Kerberos takes its job only when it is running, so it cannot
            be created with one. With this option the task then fails before it creates anything.
            Use the role P(huaweicloud.mrs.transient_job#role) instead. On MRS 3, O(jobs) with
            O(shutdown_cluster) is possible, too, but Open Telekom Cloud does not publish that call.
          - A job counts as run even when its cluster is deleted. If the newest terminated cluster
            of this name has run the same job, a second run of the task does nothing, unless
            O(job.rerun) asks for it.
        type: bool
        default: false
  jobs:
    description:
      - Several jobs that the cluster runs, for clusters of MRS 3. When the cluster has to be
        created, they are part of the same request. The task then follows them one after the other,
        and fails when one ends badly.
      - The service gives no ids for them, so they are found on the running cluster by name and
        definition. On a cluster that exists already, the jobs that have not been run are submitted
        one after the other. While other jobs of the list run, a job that the cluster does not show
        may only be late. The task then waits up to five minutes for it before it submits it.
      - The cluster may refuse a job of a user that it does not know, see
        O(huaweicloud.mrs.mrs_job#module:sync_iam_user). No document says whether it also refuses
        jobs that come with the creation.
      - Open Telekom Cloud does not publish this call.
    type: list
    elements: dict
    suboptions:
      name:
        description: Name of the job, unique in this list. See O(job.name).
        type: str
        required: true
        aliases:
          - job_name
      job_type:
        description: Type of the job, see O(huaweicloud.mrs.mrs_job#module:job_type).
        type: str
        required: true
        choices:
          - mapreduce
          - spark
          - hive_script
          - hiveql
          - distcp
          - spark_script
          - spark_sql
          - spark_python
          - flink
      jar_path:
        description: The program, see O(job.jar_path).
        type: str
      main_class:
        description: Main class of the program, see O(job.main_class).
        type: str
      options:
        description: Options that come before the program, see O(job.options).
        type: raw
      properties:
        description: Properties of the job, see O(job.properties).
        type: dict
      sync_iam_user:
        description: Whether the user who submits is made known to the cluster, see
          O(job.sync_iam_user).
        type: bool
        default: false
      iam_sync_timeout:
        description: Seconds for the synchronisation, see O(job.iam_sync_timeout).
        type: float
        default: 600
      arguments:
        description: Arguments of the program, see O(job.arguments).
        type: raw
      input:
        description: Where the data come from, see O(job.input).
        type: str
      output:
        description: Where the results go, see O(job.output).
        type: str
      job_log:
        description: API v2 has no path for logs, so it is not used.
        type: str
      hive_script_path:
        description: The SQL script, see O(job.hive_script_path).
        type: str
      hql:
        description: The SQL statement, see O(job.hql).
        type: str
      file_action:
        description: Direction of a V(distcp) job, see O(job.file_action).
        type: str
        choices:
          - import
          - export
      rerun:
        description: What to do when the job has been run before, see O(job.rerun).
        type: str
        choices:
          - on_failure
          - never
          - always
        default: on_failure
  shutdown_cluster:
    description:
      - Whether the service deletes the cluster as soon as its O(jobs) are over, well or badly, as
        O(job.shutdown_cluster) does for one job.
      - Jobs count as run even when their cluster is deleted, as long as the service shows them. If
        it does not, the task fails and does not run them again.
      - If not all of them have succeeded, a new cluster runs all of them, because one request
        creates it with all of its jobs. Those that have succeeded run again, and the task warns and
        names them. The role P(huaweicloud.mrs.transient_job#role) runs only what is missing.
    type: bool
    default: false
    aliases:
      - delete_when_no_steps
  template:
    description:
      - Name of the template that says which services of a custom cluster run on which nodes, such
        as V(mgmt_control_combined_v4.1) for MRS 3.5.0-LTS and V(mgmt_control_combined_v2) before.
        Names with C(combined) are for less than 100 nodes, names with C(separated) for up to 500. A
        custom cluster needs this option.
      - Used only when a cluster is created. The service does not show it later, so it is never
        compared.
    type: str
    aliases:
      - template_id
  component_configs:
    description:
      - Configuration of components that differs from the defaults. A parameter that is given twice
        for a component and a file is an error. The page of the component in MRS
        Manager shows the parameters. Values whose key ends with C(password), C(secret.key) or
        C(access.key) are never shown.
      - Used only when a cluster is created. The service does not show it later, so it is never
        compared.
    type: list
    elements: dict
    suboptions:
      component:
        description: Name of the component, such as V(Hive).
        type: str
        required: true
        aliases:
          - component_name
      configs:
        description: What is set.
        type: list
        elements: dict
        required: true
        suboptions:
          key:
            description: Name of the parameter.
            type: str
            required: true
          value:
            description: Its value.
            type: str
            required: true
          file:
            description: Configuration file that contains the parameter, such as
              V(core.site.customized.configs).
            type: str
            required: true
            aliases:
              - config_file_name
  external_metastores:
    description:
      - Databases outside of the cluster in which components store their metadata.
      - Used only when a cluster is created. The service does not show it later, so it is never
        compared.
    type: list
    elements: dict
    suboptions:
      component:
        description: Name of the component, such as V(Hive).
        type: str
        required: true
        aliases:
          - component_name
      role_type:
        description: Which data the database stores. V(hive_metastore), V(hive_data), V(hbase_data)
          or V(ranger_data).
        type: str
        required: true
      source_type:
        description: Kind of the database. V(LOCAL_DB), V(RDS_POSTGRES), V(RDS_MYSQL) or
          V(gaussdb-mysql).
        type: str
        required: true
      connection:
        description: Id of the connection. Not needed for V(LOCAL_DB).
        type: str
        aliases:
          - connector_id
    aliases:
      - external_datasources
  eip_id:
    description:
      - Id of an elastic IP by which the cluster is reached from outside. The API binds it only when
        the cluster is created; the console can bind one later, too.
      - Huawei Cloud shows the elastic IP of a cluster. If it is another one than the given one,
        that is an error. Open Telekom Cloud does not show it, so there it is not compared.
    type: str
  eip_address:
    description:
      - Address of the elastic IP that O(eip_id) names. It needs O(eip_id).
    type: str
  agency:
    description:
      - Agency that the nodes have, such as V(MRS_ECS_DEFAULT_AGENCY), for access to OBS without
        keys.
      - Used only when a cluster is created, and never compared.
    type: str
    aliases:
      - mrs_ecs_default_agency
  alarms:
    description:
      - Where alarms of the cluster are sent. Not possible together with O(jobs).
      - Used only when a cluster is created. The service does not show it later, so it is never
        compared.
    type: dict
    suboptions:
      topic_urn:
        description: URN of a topic of the Simple Message Notification service.
        type: str
        required: true
      subscription:
        description: Name of the rule. V(default_alert_rule) where none is given.
        type: str
        aliases:
          - subscription_name
    aliases:
      - smn_notify
  log_uri:
    description:
      - Path on OBS where logs of the cluster go. It needs O(agency), and a version that can do it.
      - Used only when a cluster is created. The service does not show it later, so it is never
        compared.
    type: str
  auto_create_security_group:
    description:
      - Whether the service creates its default security group in addition to that of
        O(security_group_id).
      - Used only when a cluster is created, and never compared.
    type: bool
    default: false
    aliases:
      - auto_create_default_security_group
  recreate:
    description:
      - Whether a cluster may be deleted and created again; everything in its HDFS is lost.
      - With V(never) every difference that cannot be changed, and every failed cluster, is an
        error.
      - V(on_failure) allows a new cluster in place of a failed one.
      - V(on_change) allows that, too. It also deletes the cluster when it differs in a field that
        cannot be changed. While jobs run on the cluster it is not deleted, and the difference is an
        error that names the jobs. Nor is it deleted if the task knows a reason why the service may
        refuse the new one, unless O(validate) is V(false).
    type: str
    choices:
      - never
      - on_failure
      - on_change
    default: never
  scale:
    description:
      - Whether the groups of an existing cluster, but not its masters, are scaled to
        O(node_groups[].count).
      - With V(false) the numbers matter only when the cluster is created.
    type: bool
    default: true
  validate:
    description:
      - Whether the options are compared with what the service offers before a cluster is created or
        changed, in check mode, too. Compared are the version, the type, the components with their
        dependencies and with Kerberos, the flavors of the availability zone, the smallest disks,
        the numbers of nodes, and the number of tags. A value that the service does not offer is an
        error that names the option and the nearest value. M(huaweicloud.mrs.mrs_version_info) shows
        all of it.
      - On Huawei Cloud O(availability_zone) may then be either the code or the id of the zone.
      - When nothing has to be changed, the service is not asked.
      - What a cloud does not publish is not compared, and RV(validated) is V(false) then. Open
        Telekom Cloud does not publish these calls.
    type: bool
    default: true
  wait_for:
    description:
      - What the task waits for where O(wait) is true. A cluster that is running may not work yet.
      - V(running) is the state of the cluster.
      - V(manager) waits until MRS Manager is ready, too.
      - V(components) waits until each component on each node is C(GOOD). The service shows this by
        API v2 only, and Open Telekom Cloud does not publish that call.
        M(huaweicloud.mrs.mrs_node_info) shows those that are not.
      - With another value than V(running) each run checks this, also when nothing has to be
        changed.
    type: str
    choices:
      - running
      - manager
      - components
    default: running
notes:
  - Limits that the service documents are checked before anything is sent, in check mode, too. A
    value that every cloud refuses is an error. A value that only one cloud refuses is an error if
    the address of the service shows that it is this cloud, and otherwise a warning.
  - A creation takes 10 to 20 minutes. The stages that the service goes through are in RV(stages).
  - The service creates at most 10 clusters at the same time.
  - Open Telekom Cloud documents at least 3 core nodes after nodes are removed. Below that the
    module warns on every cloud, and the service decides.
  - Some time after a failed creation the service removes the cluster by itself. The reason for the
    failure is in the error of the task.
  - A deletion leaves behind the security group and the OBS bucket that the service has made.
seealso:
  - module: huaweicloud.mrs.mrs_cluster_scale
  - module: huaweicloud.mrs.mrs_job
  - module: huaweicloud.mrs.mrs_cluster_info
  - module: huaweicloud.mrs.mrs_host_info
  - name: MapReduce Service API of Open Telekom Cloud
    description: The vendor's reference of the API.
    link: https://docs.otc.t-systems.com/mapreduce-service/api-ref/
  - name: MapReduce Service API of Huawei Cloud
    description: The vendor's reference of the API.
    link: https://support.huaweicloud.com/intl/en-us/api-mrs/
"""

EXAMPLES = r"""
# The examples take the credentials from the environment, such as OS_AUTH_URL, OS_USERNAME and
# OS_PASSWORD. Open Telekom Cloud does not publish the calls that set default tags, scale custom
# clusters, and create a cluster with several jobs. Examples with the region cn-north-4 are for
# Huawei Cloud. Paths with s3a:// are for clusters before MRS 3; on MRS 3 write obs:// instead.

- name: Create an analysis cluster and wait until it is running
  huaweicloud.mrs.mrs_cluster:
    name: sensor-etl
    region_name: eu-de
    availability_zone: eu-de-02
    version: MRS 3.2.0-LTS.2
    type: analysis
    vpc_id: 6d2f1c8a-52d5-4d2b-9a4e-0b7c3f1d9e55
    vpc_name: vpc-data
    subnet_id: b1e6a7f0-0c35-4f18-8d7a-6a2f7c0e4d31
    subnet_name: subnet-etl
    key_pair: ops-key
    admin_password: "{{ mrs_admin_password }}"
    components:
      - Hadoop
      - Spark2x
      - Hive
    tags:
      env: test
      team: sensors
    node_groups:
      - name: master
        count: 2
        size: c6.4xlarge.4.linux.mrs
        root_volume_type: SATA
        root_volume_size: 480
        data_volume_type: SATA
        data_volume_size: 600
        data_volume_count: 1
      - name: core
        count: 3
        size: c6.4xlarge.4.linux.mrs
        root_volume_type: SATA
        root_volume_size: 480
        data_volume_type: SATA
        data_volume_size: 600
        data_volume_count: 1
  register: etl

- name: Show where the cluster is and how long each stage took
  ansible.builtin.debug:
    msg: "{{ etl.cluster.master_ip }}, {{ etl.stages }}"

- name: Change the tags of the cluster and leave all others on it
  huaweicloud.mrs.mrs_cluster:
    name: sensor-etl
    tags:
      env: production
    purge_tags: false

- name: Give the nodes the default tags of the service
  huaweicloud.mrs.mrs_cluster:
    name: sensor-etl
    default_tags: true

- name: Have four core nodes
  huaweicloud.mrs.mrs_cluster:
    id: "{{ etl.cluster.id }}"
    node_groups:
      - name: core
        count: 4

- name: Make sure that the cluster is as it should be, whatever the number of its nodes
  huaweicloud.mrs.mrs_cluster:
    name: sensor-etl
    version: MRS 3.2.0-LTS.2
    node_groups:
      - name: core
        count: 3
        size: c6.4xlarge.4.linux.mrs
    scale: false

- name: Run a Hive script on it
  huaweicloud.mrs.mrs_cluster:
    name: sensor-etl
    job:
      name: report
      job_type: hive_script
      hive_script_path: obs://etl-bucket/program/report.sql

- name: See what a change would do
  huaweicloud.mrs.mrs_cluster:
    name: sensor-etl
    node_groups:
      - name: core
        count: 6
  check_mode: true
  diff: true

- name: Ask for a cluster with task nodes that come and go, and do not wait for it
  huaweicloud.mrs.mrs_cluster:
    name: sensor-nightly
    region_name: eu-de
    availability_zone: eu-de-02
    version: MRS 3.2.0-LTS.2
    vpc_id: 6d2f1c8a-52d5-4d2b-9a4e-0b7c3f1d9e55
    vpc_name: vpc-data
    subnet_id: b1e6a7f0-0c35-4f18-8d7a-6a2f7c0e4d31
    subnet_name: subnet-etl
    security_group_id: 2b7f1c9e-7d2a-4c58-8f0e-91d2b6a4e703
    enterprise_project_id: "0"
    root_password: "{{ mrs_root_password }}"
    admin_password: "{{ mrs_admin_password }}"
    log_collection: true
    components:
      - Hadoop
      - Spark2x
    node_groups:
      - name: master
        count: 2
        size: c6.4xlarge.4.linux.mrs
        root_volume_type: SAS
        root_volume_size: 480
        data_volume_type: SAS
        data_volume_size: 600
        data_volume_count: 1
      - name: core
        count: 3
        size: c6.4xlarge.4.linux.mrs
        root_volume_type: SAS
        root_volume_size: 480
        data_volume_type: SAS
        data_volume_size: 600
        data_volume_count: 2
      - name: task
        count: 1
        size: c6.4xlarge.4.linux.mrs
        root_volume_type: SAS
        root_volume_size: 480
        data_volume_type: SAS
        data_volume_size: 600
        data_volume_count: 1
        auto_scaling_policy:
          auto_scaling_enable: true
          min_capacity: 1
          max_capacity: 6
          resources_plans:
            - period_type: daily
              start_time: "08:00"
              end_time: "18:00"
              min_capacity: 2
              max_capacity: 6
          rules:
            - name: grow-on-memory
              description: Add a node when memory is short
              adjustment_type: scale_out
              cool_down_minutes: 20
              scaling_adjustment: 1
              trigger:
                metric_name: YARNMemoryAvailablePercentage
                metric_value: "25"
                comparison_operator: LT
                evaluation_periods: 2
          exec_scripts:
            - name: announce
              uri: obs://etl-bucket/scripts/announce.sh
              parameters: ${mrs_scale_node_num} ${mrs_scale_type}
              nodes:
                - master
              active_master: true
              action_stage: after_scale_out
              fail_action: continue
    bootstrap_scripts:
      - name: install-agent
        uri: obs://etl-bucket/bootstrap/agent.sh
        parameters: --verbose
        nodes:
          - master
          - core
          - task
        active_master: false
        before_component_start: true
        fail_action: continue
    wait: false

- name: Wait for it, half an hour at most
  huaweicloud.mrs.mrs_cluster:
    name: sensor-nightly
    wait_timeout: 1800
    poll_interval: 10

- name: Wait until MRS Manager is ready, too
  huaweicloud.mrs.mrs_cluster:
    name: sensor-nightly
    wait_for: manager

- name: Send a request with the names of the API, replacing the cluster if its creation failed
    before
  huaweicloud.mrs.mrs_cluster:
    cluster_name: clicks
    data_center: eu-de
    available_zone_id: eu-de-02
    cluster_version: MRS 3.2.0-LTS.2
    cluster_type: 1
    safe_mode: 0
    vpc: vpc-data
    vpc_id: 6d2f1c8a-52d5-4d2b-9a4e-0b7c3f1d9e55
    subnet_id: b1e6a7f0-0c35-4f18-8d7a-6a2f7c0e4d31
    subnet_name: subnet-etl
    node_public_cert_name: ops-key
    cluster_admin_secret: "{{ mrs_admin_password }}"
    log_collection: 1
    component_list:
      - component_name: Kafka
      - component_name: Flume
    node_groups:
      - group_name: master_node_default_group
        node_num: 2
        node_size: c6.4xlarge.4.linux.mrs
        root_volume_size: 480
        root_volume_type: SATA
        data_volume_type: SATA
        data_volume_count: 1
        data_volume_size: 600
      - group_name: core_node_streaming_group
        node_num: 3
        node_size: c6.4xlarge.4.linux.mrs
        root_volume_size: 480
        root_volume_type: SATA
        data_volume_type: SATA
        data_volume_count: 1
        data_volume_size: 600
    recreate: on_failure
    validate: false

- name: Run one job on a cluster that is made for it and deleted after it
  huaweicloud.mrs.mrs_cluster:
    name: wordcount-once
    region_name: cn-north-4
    availability_zone: cn-north-4a
    version: MRS 1.9.2
    vpc_id: 6d2f1c8a-52d5-4d2b-9a4e-0b7c3f1d9e55
    vpc_name: vpc-data
    subnet_id: b1e6a7f0-0c35-4f18-8d7a-6a2f7c0e4d31
    subnet_name: subnet-etl
    key_pair: ops-key
    admin_password: "{{ mrs_admin_password }}"
    components:
      - Hadoop
    node_groups:
      - name: master
        count: 2
        size: c6.4xlarge.4.linux.mrs
        root_volume_type: SATA
        root_volume_size: 480
        data_volume_type: SATA
        data_volume_size: 600
        data_volume_count: 1
      - name: core
        count: 3
        size: c6.4xlarge.4.linux.mrs
        root_volume_type: SATA
        root_volume_size: 480
        data_volume_type: SATA
        data_volume_size: 600
        data_volume_count: 1
    job:
      name: wordcount
      job_type: mapreduce
      jar_path: s3a://etl-bucket/program/hadoop-mapreduce-examples.jar
      arguments: wordcount
      input: s3a://etl-bucket/in/
      output: s3a://etl-bucket/out/
      job_log: s3a://etl-bucket/log/
      rerun: on_failure
      shutdown_cluster: true

- name: Create a custom cluster of MRS 3.5, whose groups have names and roles of their own
  huaweicloud.mrs.mrs_cluster:
    name: lake
    region_name: cn-north-4
    availability_zone: cn-north-4a
    version: MRS 3.5.0-LTS
    type: custom
    template: mgmt_control_combined_v4.1
    vpc_name: vpc-data
    subnet_name: subnet-etl
    security_group_id: 2b7f1c9e-7d2a-4c58-8f0e-91d2b6a4e703
    auto_create_security_group: true
    key_pair: ops-key
    admin_password: "{{ mrs_admin_password }}"
    agency: MRS_ECS_DEFAULT_AGENCY
    log_uri: obs://etl-bucket/cluster-logs/
    eip_id: 0f1c8a52-52d5-4d2b-9a4e-0b7c3f1d9e55
    eip_address: 100.64.10.7
    alarms:
      topic_urn: urn:smn:cn-north-4:0123456789abcdef0123456789abcdef:ops
      subscription: lake-alarms
    components:
      - Hadoop
      - Hive
      - ZooKeeper
      - Ranger
      - DBService
    component_configs:
      - component: Hive
        configs:
          - key: hive.union.data.type.incompatible.enable
            value: "true"
            file: hive-site.xml
    external_metastores:
      - component: Hive
        role_type: hive_metastore
        source_type: RDS_MYSQL
        connection: 5d2b9a4e-0b7c-4f1d-9e55-6d2f1c8a52d5
    bootstrap_scripts:
      - name: install-agent
        uri: obs://etl-bucket/bootstrap/agent.sh
        nodes:
          - node_group_1
        action_stages:
          - AFTER_COMPONENT_FIRST_START
          - AFTER_SCALE_OUT
    node_groups:
      - name: master
        count: 3
        size: c6.4xlarge.4.linux.mrs
        root_volume_type: SAS
        root_volume_size: 480
        data_volume_type: SAS
        data_volume_size: 600
        data_volume_count: 1
        assigned_roles:
          - OMSServer:1,2
          - SlapdServer:1,2
          - KerberosServer:1,2
          - KerberosAdmin:1,2
          - quorumpeer:1,2,3
          - NameNode:2,3
          - Zkfc:2,3
          - JournalNode:1,2,3
          - ResourceManager:2,3
          - JobHistoryServer:3
          - DBServer:1,3
          - HttpFS:1,3
          - TimelineServer:3
          - RangerAdmin:1,2
          - UserSync:2
          - TagSync:2
          - HiveServer:1,2
          - MetaStore:1,2
          - WebHCat:1,2
          - KerberosClient
          - SlapdClient
          - meta
      - name: node_group_1
        count: 3
        size: c6.4xlarge.4.linux.mrs
        root_volume_type: SAS
        root_volume_size: 480
        data_volume_type: SAS
        data_volume_size: 600
        data_volume_count: 1
        assigned_roles:
          - DataNode
          - NodeManager
          - KerberosClient
          - SlapdClient
          - meta
  register: lake

- name: Have four nodes in one of its groups
  huaweicloud.mrs.mrs_cluster:
    name: lake
    node_groups:
      - name: node_group_1
        count: 4

- name: Call it by another name
  huaweicloud.mrs.mrs_cluster:
    id: "{{ lake.cluster.id }}"
    name: lake-of-sensors

- name: Create a cluster of MRS 3 with two jobs, which is deleted after them
  huaweicloud.mrs.mrs_cluster:
    name: counts-once
    region_name: cn-north-4
    availability_zone: cn-north-4a
    version: MRS 3.2.0-LTS.1
    vpc_name: vpc-data
    subnet_name: subnet-etl
    key_pair: ops-key
    admin_password: "{{ mrs_admin_password }}"
    components:
      - Hadoop
      - Spark2x
    node_groups:
      - name: master
        count: 2
        size: c6.4xlarge.4.linux.mrs
        root_volume_type: SAS
        root_volume_size: 480
        data_volume_type: SAS
        data_volume_size: 600
        data_volume_count: 1
      - name: core
        count: 3
        size: c6.4xlarge.4.linux.mrs
        root_volume_type: SAS
        root_volume_size: 480
        data_volume_type: SAS
        data_volume_size: 600
        data_volume_count: 1
    jobs:
      - name: wordcount
        job_type: mapreduce
        jar_path: obs://etl-bucket/program/hadoop-mapreduce-examples.jar
        arguments: wordcount
        input: obs://etl-bucket/in/
        output: obs://etl-bucket/out/
      - name: pi
        job_type: spark
        jar_path: obs://etl-bucket/program/spark-examples.jar
        main_class: org.apache.spark.examples.SparkPi
        arguments: "100"
    shutdown_cluster: true

- name: Delete the clusters
  huaweicloud.mrs.mrs_cluster:
    name: "{{ item }}"
    state: absent
  loop:
    - sensor-etl
    - sensor-nightly
    - clicks
    - lake-of-sensors
"""

RETURN = r"""
cluster:
  description:
    - The cluster. V(null) with O(state=absent).
    - In check mode before its creation, it is the cluster that would be there, with C(id=null).
    - If the service has deleted the cluster after its job, it is that cluster.
    - When the task fails, it has only C(id), C(name), C(state), C(stage), C(error), C(scale_state)
      and C(node_counts), so that the message is easy to see.
  type: dict
  returned: success, and on failure as far as it is known
  contains:
    id:
      description: Id of the cluster.
      type: str
      sample: 4f0c6c1e-8a51-4f4e-9d0b-7a3a52a1c9d7
    name:
      description: Name of the cluster.
      type: str
      sample: sensor-etl
    state:
      description:
        - State of the cluster in the words of the service, such as V(starting), V(running),
          V(scaling-out), V(scaling-in), V(abnormal), V(frozen), V(failed), V(terminating) and
          V(terminated).
      type: str
      sample: running
    stage:
      description: What the service is doing right now, or what went wrong, in its own words.
      type: str
      sample: Installing MRS Manager
    error:
      description: What went wrong, in the words of the service. V(null) when all is well.
      type: str
      sample: null
    version:
      description: Version of the cluster.
      type: str
      sample: MRS 3.2.0-LTS.2
    type:
      description: Type of the cluster. V(analysis), V(streaming), V(mixed) or V(custom).
      type: str
      sample: analysis
    safe_mode:
      description: Whether Kerberos authentication is on.
      type: bool
      sample: false
    region:
      description: Region of the cluster.
      type: str
      sample: eu-de
    availability_zone:
      description: Availability zone of the cluster.
      type: str
      sample: eu-de-02
    vpc_id:
      description: Id of the VPC. V(null) on clouds that do not show it.
      type: str
      sample: null
    vpc_name:
      description: Name of the VPC.
      type: str
      sample: vpc-data
    subnet_id:
      description: Network id of the subnet.
      type: str
      sample: b1e6a7f0-0c35-4f18-8d7a-6a2f7c0e4d31
    subnet_name:
      description: Name of the subnet.
      type: str
      sample: subnet-etl
    security_group_id:
      description: Id of the security group. If there are several, commas separate the ids.
      type: str
      sample: 2b7f1c9e-7d2a-4c58-8f0e-91d2b6a4e703
    enterprise_project_id:
      description: Id of the enterprise project. V(null) on clouds that do not show it.
      type: str
      sample: "0"
    billing_type:
      description: How the cluster is paid for.
      type: str
      sample: Metered
    key_pair:
      description: Name of the key pair for the login to the nodes.
      type: str
      sample: ops-key
    log_collection:
      description: Whether the service collects logs when a creation fails.
      type: bool
      sample: true
    created_at:
      description: When the creation began, in UTC.
      type: str
      sample: "2024-03-27T08:44:40Z"
    updated_at:
      description: When the cluster was last changed, in UTC.
      type: str
      sample: "2024-03-27T09:20:00Z"
    components:
      description: Components of the cluster, sorted by name. The service adds some by itself.
      type: list
      elements: dict
      contains:
        id:
          description: Id of the component in this version.
          type: str
          sample: MRS 3.2.0-LTS.2_001
        name:
          description: Name of the component.
          type: str
          sample: Hadoop
        version:
          description: Version of the component.
          type: str
          sample: 3.3.1
    node_groups:
      description: Groups of nodes, sorted by their names in the API.
      type: list
      elements: dict
      contains:
        name:
          description: V(master), V(core) or V(task); in mixed and custom clusters V(master) or the
            name of the group.
          type: str
          sample: core
        api_name:
          description: Name of the group in the API.
          type: str
          sample: core_node_analysis_group
        count:
          description: Number of nodes.
          type: int
          sample: 3
        size:
          description: Flavor of the nodes.
          type: str
          sample: c6.4xlarge.4.linux.mrs
        root_volume_type:
          description: Type of the system disk.
          type: str
          sample: SATA
        root_volume_size:
          description: Size of the system disk in GB.
          type: int
          sample: 480
        data_volume_type:
          description: Type of the data disks.
          type: str
          sample: SATA
        data_volume_size:
          description: Size of each data disk in GB.
          type: int
          sample: 600
        data_volume_count:
          description: Number of data disks of each node.
          type: int
          sample: 1
        auto_scaling_policy:
          description: The policy by which the group grows and shrinks by itself, as the API shows
            it. V(null) when it has none.
          type: dict
          sample: null
    node_counts:
      description: Number of nodes of V(master), V(core) and V(task). In mixed and custom clusters
        the keys are V(master) and the names of the other groups.
      type: dict
      sample:
        master: 2
        core: 3
        task: 0
    tags:
      description: Tags of the cluster.
      type: dict
      sample:
        env: test
    internal_ip:
      description: Internal IP address.
      type: str
      sample: 192.168.10.21
    external_ip:
      description: External IP address.
      type: str
      sample: 100.64.10.5
    master_ip:
      description: IP address of the active master node.
      type: str
      sample: 192.168.10.20
    scale_state:
      description:
        - State of a change of the number of nodes, such as V(scaling-out), V(scaling-in) or
          V(scaling-error).
        - V(null) when there is none.
      type: str
      sample: null
    bootstrap_scripts:
      description: Scripts that run on the nodes. Secrets in their parameters are masked.
      type: list
      elements: dict
      contains:
        name:
          description: Name of the script.
          type: str
          sample: install-agent
        uri:
          description: Path of the script.
          type: str
          sample: s3a://etl-bucket/bootstrap/agent.sh
        parameters:
          description: Parameters of the script.
          type: str
          sample: --verbose
        nodes:
          description: Kinds of nodes that the script runs on.
          type: list
          elements: str
          sample: [core, master]
        active_master:
          description: Whether the script runs on the active master only.
          type: bool
          sample: false
        before_component_start:
          description: Whether the script runs before the components start.
          type: bool
          sample: true
        fail_action:
          description: What happens when the script fails. V(continue) or V(errorout).
          type: str
          sample: continue
        state:
          description: How far the script is. V(pending), V(in_progress), V(success) or V(failure).
          type: str
          sample: success
        start_time:
          description: When the script was started, in UTC.
          type: str
          sample: "2024-03-27T08:59:12Z"
job_execution:
  description: The execution of O(job). V(null) as long as it is not known, such as in check mode.
  type: dict
  returned: when O(job) is given, and O(state) is V(present)
  contains:
    id:
      description: Id of the execution.
      type: str
      sample: c1f2a3b4-5d6e-4f70-8192-a3b4c5d6e7f8
    name:
      description: Name of the job.
      type: str
      sample: wordcount-night
    job_type:
      description: Type of the job, in the words of the option
        O(huaweicloud.mrs.mrs_job#module:job_type).
      type: str
      sample: mapreduce
    cluster_id:
      description: Id of the cluster.
      type: str
      sample: 4f0c6c1e-8a51-4f4e-9d0b-7a3a52a1c9d7
    state:
      description:
        - State of the execution. V(starting), V(running), V(completed), V(terminated), V(abnormal)
          or V(error).
        - V(completed) means that it has ended, not that it has succeeded.
      type: str
      sample: completed
    final_status:
      description: Result of the execution. V(unfinished), V(failed), V(succeeded) or V(cancelled).
      type: str
      sample: succeeded
    progress:
      description: Progress in the words of the service.
      type: str
      sample: first progress
    jar_path:
      description: The program.
      type: str
      sample: s3a://etl-bucket/program/hadoop-mapreduce-examples.jar
    arguments:
      description:
        - Arguments of the program in one string. The values of words marked with C(@) are masked.
        - With API v2, one text with the program, its arguments and all other parts of the command,
          as the service shows it, such as C([/wc.jar, wordcount, /in, /out]). The fields of these
          parts, such as C(jar_path), are then V(null).
      type: str
      sample: wordcount @password=*
    input:
      description: Where the data come from.
      type: str
      sample: s3a://etl-bucket/in/
    output:
      description: Where the results go.
      type: str
      sample: s3a://etl-bucket/out/
    job_log:
      description: Where the logs go.
      type: str
      sample: s3a://etl-bucket/log/
    hive_script_path:
      description: The SQL script.
      type: str
      sample: null
    hql:
      description: The SQL statement as plain text.
      type: str
      sample: null
    file_action:
      description: Direction of a V(distcp) job.
      type: str
      sample: null
    application_id:
      description: Id of the application on the cluster. V(null) as long as there is none.
      type: str
      sample: application_1711530100001_0007
    return_code:
      description: Return code of the program, if the service shows it.
      type: str
      sample: null
    result:
      description:
        - Result in the words of API v2. V(undefined), V(succeeded), V(failed) or V(killed). V(null)
          with API v1.1.
      type: str
      sample: null
    user:
      description: Name of the user who submitted the execution. V(null) with API v1.1.
      type: str
      sample: null
    queue:
      description: Queue of YARN. V(null) with API v1.1.
      type: str
      sample: null
    launcher_id:
      description: Id of the application that starts the program. V(null) with API v1.1.
      type: str
      sample: null
    tracking_url:
      description: Page of YARN about the application, through the elastic IP of the cluster.
        V(null) with API v1.1.
      type: str
      sample: null
    sql_result:
      description:
        - Result of a V(spark_sql) or V(spark_script) job that succeeded. Each key is the number of
          a statement, from V(0), and its value is a list of up to 1000 rows.
        - M(huaweicloud.mrs.mrs_job) reads it once the job has succeeded, also where it succeeded
          before. A task with O(huaweicloud.mrs.mrs_cluster#module:job) reads it if it waits for the
          job. V(null) otherwise, such as in check mode, in a list of executions, and with API v1.1.
      type: dict
      sample: null
    created_at:
      description: When the execution was submitted, in UTC.
      type: str
      sample: "2024-03-27T11:46:40Z"
    started_at:
      description: When the execution began, in UTC.
      type: str
      sample: "2024-03-27T11:46:40Z"
    ended_at:
      description: When the execution ended, in UTC. V(null) as long as it has not.
      type: str
      sample: "2024-03-27T11:51:58Z"
    duration:
      description: Seconds that the execution took. V(null) as long as it is not known.
      type: float
      sample: 318.0
actions:
  description:
    - What was done, or would be done in check mode, in order. Empty when nothing had to be done.
    - Each has the key C(action), and what belongs to it. C(action) is V(create), V(delete),
      V(rename), V(scale_out), V(scale_in), V(add_components), V(change_tags),
      V(switch_default_tags) or V(set_auto_scaling_policy), and for jobs V(submit_job),
      V(sync_iam_users), V(cancel_job) or V(delete_job_execution).
  type: list
  elements: dict
  returned: success, and on failure as far as it is known
  sample:
    - action: scale_out
      group: core
      from: 3
      to: 5
differences:
  description: What differs in fields that the service cannot change in place.
  type: list
  elements: dict
  returned: when the task fails because of them
  contains:
    field:
      description: The option that differs.
      type: str
      sample: node_groups[core].size
    wanted:
      description: The value of the option.
      type: raw
      sample: c6.8xlarge.4.linux.mrs
    found:
      description: The value that the cluster has.
      type: raw
      sample: c6.4xlarge.4.linux.mrs
validated:
  description:
    - Whether the options were compared with all that the service offers. V(false) where the cloud
      does not publish all of it; what it publishes was compared.
  type: bool
  returned: when they were compared, so only when something is created or changed
  sample: true
stages:
  description:
    - The stages that the task saw while it waited, in order. They show how long each part took.
    - Empty when there was nothing to wait for. Also returned when the wait fails.
  type: list
  elements: dict
  returned: success, and on failure as far as it is known
  contains:
    subject:
      description: What was waited for.
      type: str
      sample: cluster sensor-etl (4f0c6c1e-8a51-4f4e-9d0b-7a3a52a1c9d7)
    name:
      description: State and stage, in the words of the service.
      type: str
      sample: starting (Installing MRS Manager)
    seconds:
      description: How long the stage was seen.
      type: float
      sample: 420.5
job_executions:
  description:
    - The executions of O(jobs), in their order, each with what RV(job_execution) contains. Empty as
      long as they are not known, such as in check mode.
  type: list
  elements: dict
  returned: when O(jobs) is given, and O(state) is V(present)
  sample: []
api:
  description:
    - The API of the service that the task needs. It is V(v2) if the creation, a change or a job of
      the cluster goes by API v2, and otherwise V(v1.1).
    - The module chooses by the version and the type of the cluster, by whether it uses Kerberos,
      and by the options that are given.
  type: str
  returned: success, and on failure as far as it is known
  sample: v1.1
error:
  description: What went wrong, for programs. C(msg) says the same to people.
  type: dict
  returned: failure, but not where Ansible itself refuses the options
  contains:
    status:
      description: HTTP status of the answer. V(null) when the service did not answer or was not
        asked.
      type: int
      sample: 400
    code:
      description: Error code of the service.
      type: str
      sample: "12000021"
    request_id:
      description: Id of the request, for the support of the cloud.
      type: str
      sample: 8a6e0f7c0b6d4b6f8d3c1f5e2a9b7c4d
    reason:
      description: The reason in the words of the service, or else of the module.
      type: str
      sample: The cluster is being scaled.
"""

from ansible_collections.huaweicloud.mrs.plugins.module_utils import _start

_start.start()  # before the imports below

from ansible_collections.huaweicloud.mrs.plugins.module_utils._argspec import CLUSTER
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.module import run_module
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.mrs_cluster import ClusterTask

SPEC = CLUSTER


def main() -> None:
    run_module(ClusterTask, SPEC)


if __name__ == "__main__":
    main()
