# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """The options of every module and plugin of the collection: how to reach the service."""

    DOCUMENTATION = r"""
requirements:
  - python >= 3.11
  - requests
  - keystoneauth1 (only for tokens, that is without O(access_key))
  - openstacksdk (only for O(cloud))
options:
  cloud:
    description:
      - Name of an entry of C(clouds.yaml). openstacksdk takes the file that
        E(OS_CLIENT_CONFIG_FILE) names, or else looks for C(clouds.yaml) in the folder of the
        playbook (the inventory plugin and the event source look in the current directory), in
        C(~/.config/openstack) and in C(/etc/openstack).
      - An option that is given explicitly wins over the value of the entry, and the entry wins over
        the environment.
      - Environment variable E(OS_CLOUD).
    type: str
  auth:
    description:
      - Who logs in, and where, in the form that the modules of C(openstack.cloud) use.
      - With it a token is fetched from the identity service (IAM) and renewed when it expires
        during a long wait.
      - Each task fetches a token of its own. With the environment variable
        C(HUAWEICLOUD_MRS_TOKEN_CACHE) set to V(1) the token is kept for later tasks, in a file with
        mode 0600 below C(~/.cache/huaweicloud-mrs) or C($XDG_CACHE_HOME/huaweicloud-mrs), and
        renewed five minutes before it ends.
      - Cannot be used together with O(access_key), with which each request is signed and nobody
        logs in.
      - What is not given here is taken from the entry of O(cloud), or else from the environment.
        User and domain come from the same source, so that a user name is never combined with the
        domain of somebody else.
    type: dict
    suboptions:
      auth_url:
        description:
          - Address of the identity service, such as V(https://iam.eu-de.otc.t-systems.com/v3).
          - Environment variable E(OS_AUTH_URL).
        type: str
      username:
        description:
          - Name of the user.
          - Environment variable E(OS_USERNAME).
        type: str
      user_id:
        description:
          - Id of the user, instead of O(auth.username) and the user's domain.
          - Environment variable E(OS_USER_ID).
        type: str
      password:
        description:
          - Password of the user.
          - Environment variable E(OS_PASSWORD).
        type: str
      user_domain_name:
        description:
          - Name of the domain of the user. On these clouds this is the account, such as
            V(OTC-EU-DE-00000000001000000000). With O(auth.username) either this or
            O(auth.user_domain_id) is needed.
          - Environment variable E(OS_USER_DOMAIN_NAME).
        type: str
      user_domain_id:
        description:
          - Id of the domain of the user, instead of O(auth.user_domain_name).
          - Environment variable E(OS_USER_DOMAIN_ID).
        type: str
      project_name:
        description:
          - Name of the project, such as V(eu-de) or V(eu-de_analytics). When no project is given at
            all, the project with the name of the region is used.
          - Environment variable E(OS_PROJECT_NAME). If neither E(OS_PROJECT_NAME) nor
            E(OS_PROJECT_ID) is set, E(OS_TENANT_NAME).
        type: str
      project_id:
        description:
          - Id of the project, instead of O(auth.project_name).
          - Environment variable E(OS_PROJECT_ID). If neither E(OS_PROJECT_NAME) nor
            E(OS_PROJECT_ID) is set, E(OS_TENANT_ID).
        type: str
      project_domain_name:
        description:
          - Name of the domain of the project. When it is not given, the domain of the user is used.
          - Environment variable E(OS_PROJECT_DOMAIN_NAME).
        type: str
      project_domain_id:
        description:
          - Id of the domain of the project, instead of O(auth.project_domain_name).
          - Environment variable E(OS_PROJECT_DOMAIN_ID).
        type: str
      token:
        description:
          - A token that was fetched before, instead of user and password. It cannot be renewed.
          - Without O(auth.auth_url) the token is sent as it is, and O(project_id) and either
            O(endpoint) or O(region_name) are needed.
          - Environment variable E(OS_TOKEN).
        type: str
  auth_type:
    description:
      - Name of the keystoneauth plugin that logs in, such as V(password) or V(token).
      - A second factor (V(v3multifactor), V(v3totp), E(OS_PASSCODE)) is not supported. Use
        O(access_key) instead.
      - When it is not given, it is V(token) with O(auth.token), and V(password) without.
      - Environment variable E(OS_AUTH_TYPE).
    type: str
  access_key:
    description:
      - Access key (AK). With it and O(secret_key) each request is signed (SDK-HMAC-SHA256) and no
        token is fetched.
      - Environment variable E(HUAWEICLOUD_SDK_AK), or else E(OS_ACCESS_KEY).
    type: str
  secret_key:
    description:
      - Secret key (SK) that belongs to O(access_key).
      - Environment variable E(HUAWEICLOUD_SDK_SK), or else E(OS_SECRET_KEY).
    type: str
  security_token:
    description:
      - Security token that came with O(access_key) and O(secret_key) when these are temporary keys.
      - Environment variable E(HUAWEICLOUD_SDK_SECURITY_TOKEN), or else E(OS_SECURITY_TOKEN).
    type: str
  project_id:
    description:
      - Id of the project, 32 hexadecimal digits. With access keys, the project is then not looked
        up by its name, and the right to list projects is not needed.
      - Environment variable E(HUAWEICLOUD_SDK_PROJECT_ID), or else E(OS_PROJECT_ID).
    type: str
  region_name:
    description:
      - Region of the service, such as V(eu-de) or V(cn-north-4). Any name is passed on to the cloud
        as it is.
      - Environment variable E(OS_REGION_NAME).
    type: str
    aliases:
      - region
  endpoint:
    description:
      - Root of the service, such as V(https://mrs.eu-de.otc.t-systems.com), without version and
        project.
      - When it is not given, it comes from the service catalog of the token, or else it is the
        usual address of the region.
      - Environment variable E(HUAWEICLOUD_MRS_ENDPOINT), or else
        E(OS_MAP_REDUCE_ENDPOINT_OVERRIDE).
    type: str
  validate_certs:
    description:
      - Whether the certificates of the cloud are checked.
      - V(true) unless the entry of O(cloud) says otherwise. With V(false) the task warns, because
        anybody between you and the cloud can then read the credentials.
    type: bool
  ca_cert:
    description:
      - File with the certificates of the authorities to trust, in PEM form.
      - Environment variable E(OS_CACERT).
    type: path
  api_timeout:
    description:
      - Seconds that one HTTP request may take as a whole, from connecting to the last byte of the
        answer, greater than 0. It does not limit how long a task waits for the service to finish
        its work.
      - An answer of more than 16 MiB, packed or unpacked, is an error, too.
    type: float
    default: 60
  api_retries:
    description:
      - How often a request that is safe to repeat is repeated after HTTP 429, after HTTP 5xx and
        after a lost connection, 0 or more. The header C(Retry-After) of the service is respected.
      - A request that creates, resizes or submits something is never repeated blindly. When its
        answer is lost, the module looks whether the service has acted, and continues with what is
        there.
    type: int
    default: 5
  outcome_timeout:
    description:
      - Seconds, 0 or more, to look for the outcome of a request that creates, resizes, submits or
        deletes something and whose answer was lost.
      - The service shows what it did some seconds later, on a busy day even later. If the module
        sees nothing within this time, the task may send the request again. It then looks for the
        same time once more. If the task fails instead, a later run may send the request again.
        Either way the service may act twice, so a short time is a risk.
      - It has an effect only in tasks that change something.
    type: float
    default: 60
notes:
  - The modules send their requests from the host on which they run. Usually this is C(localhost).
  - A proxy is taken from the environment variables E(HTTPS_PROXY), E(HTTP_PROXY), E(ALL_PROXY) and
    E(NO_PROXY), also in small letters, and from nowhere else. The settings of the system and the
    file C(~/.netrc) are not read.
  - The shared options can be set once for all modules with C(module_defaults) and the group
    C(group/huaweicloud.mrs.mrs).
  - Passwords, tokens and keys are never shown, neither in results and differences nor in errors and
    logs.
"""
