# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Refusals: the HTTP status of each error code, and the error bodies (service_errors 2 to 4)."""

from __future__ import annotations

import typing as t
import uuid

from mrs_simulator.base.messages import Reply, answer
from mrs_simulator.settings import Settings

#: MRS codes whose status is not 400 (service_errors 3.1, 3.3). Four-digit codes depend on the
#: cloud: see status_of.
STATUS: dict[str, int] = {
    "12000001": 401,
    "12000004": 500,
    "12000020": 500,
    "12000055": 500,
    "12000057": 404,
    "12000060": 500,
    **dict.fromkeys(("12000068", "12000069", "12000070", "12000071", "12000073"), 500),
    "12000102": 500,
    "12000103": 500,
    "12000136": 401,
    "12000154": 500,
    "12000156": 500,
    "12000157": 500,
    "12000163": 500,
    "12000164": 500,
    "12005003": 404,
    "120000213": 500,
    "120000214": 500,
    "130000002": 500,
    "0171": 400,
    "MRS.0010": 500,
    "MRS.0011": 500,
    **{f"MRS.02{number:02}": 500 for number in (*range(5, 13), *range(16, 19))},
}

TEXT: dict[str, str] = {
    "12000002": "The parameter is invalid.",
    "12000003": "The cluster does not exist.",
    "12000009": "The method parameter is invalid.",
    "12000012": "The cluster is busy or not running.",
    "12000013": "Failed to scale in the cluster.",
    "12000014": "Failed to scale out the cluster.",
    "12000017": "The cluster is not running and cannot be scaled.",
    "12000018": "The cluster is being scaled.",
    "12000021": "The cluster cannot be deleted in its state.",
    "12000028": "There are too many core and task nodes.",
    "12000030": "The node quota is insufficient.",
    "12000031": "The vCPU quota is insufficient.",
    "12000032": "The memory quota is insufficient.",
    "12000033": "The disk quota is insufficient.",
    "12000034": "The disk capacity quota is insufficient.",
    "12000042": "Failed to create the cluster.",
    "12000043": "The cluster name already exists.",
    "12000048": "The flavor does not exist.",
    "12000053": "The billing type is invalid.",
    "12000054": "The operation is not supported.",
    "12000060": "Too many jobs are running in the cluster.",
    "12000062": "Jobs cannot be submitted in the state of the cluster.",
    "12000057": "The files cannot be listed.",
    "12000063": "The cluster cannot run Spark jobs.",
    "12000064": "Jobs of API V1.1 are not possible on a security cluster.",
    "12000080": "Some nodes are not running. Try again later.",
    "12000081": "The parameter jar_path is missing.",
    "12000085": "The version of the cluster needs the job interface of API V2.",
    "12000086": "The version of the cluster refuses s3a and s3n paths. Use obs.",
    "12000093": "The metadata of the cluster version was not found.",
    "12000099": "There is no topology template for the cluster version.",
    "12000114": "The parameter hive_script_path is missing.",
    "12000123": "Task node information can only be changed while there are no task nodes.",
    "12000124": "The task nodes of this cluster change by auto scaling only.",
    "12000125": "Task node information cannot be changed while the cluster is being scaled.",
    "12000141": "The disk is too small.",
    "12000142": "The disk is larger than 32000 GB.",
    "12000209": "The ID or the name of the VPC is needed.",
    "12000210": "The ID or the name of the subnet is needed.",
    "12000360": "The cluster cannot be renamed in its state.",
    "12005001": "There are too many tags.",
    "12005002": "The tag contains characters that are not allowed.",
    "12005003": "The tag key does not exist on the cluster.",
    "120000213": "The region does not exist.",
    "12000154": "The IAM users are being synchronized.",
    "12000156": "Failed to query the IAM user group.",
    "12000157": "Failed to query the IAM user.",
    "0056": "Jobs cannot be submitted in the state of the cluster.",
    "0057": "The cluster cannot run Spark jobs.",
    "0169": "The cluster cannot run Flink jobs.",
    "0173": "Failed to submit the job.",
    "0177": "More than 10 jobs are running in the cluster.",
    "0178": "The job ID is empty.",
    "0179": "Only SparkSql and SparkScript jobs have an SQL result.",
    "0180": "The job is being submitted.",
    "0181": "The SQL result is empty.",
    "0192": "The user does not exist on the cluster. Synchronize the IAM users first.",
    "0202": "Too many jobs are being submitted.",
    "MRS.00000000": "The request for tags failed.",
    "MRS.0002": "The parameter is invalid.",
    "MRS.0206": "The agency mapping is being updated.",
    "MRS.0010": "The data connector has an error.",
    "MRS.00005016": "The auto scaling policy does not exist.",
    "0168": "The cluster cannot run Hive jobs.",
    "0175": "Failed to stop the job.",
    "0176": "The job does not exist.",
    "0183": "The job is running.",
}


class Refusal(Exception):
    """The service refuses, with one of its own error codes."""

    def __init__(self, code: str, detail: str = "", shape: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail
        self.shape = shape

    def reply(self, settings: Settings) -> Reply:
        """The answer in the shape that the settings ask for: E1 (usual), E2, E3 or E6."""
        message = " ".join(
            part for part in (TEXT.get(self.code, "The request was refused."), self.detail) if part
        )
        status = status_of(self.code, settings.flavor)
        shapes: dict[str, t.Any] = {
            "E1": {"error_code": self.code, "error_msg": message},
            "E2": {"errorCode": self.code, "errorMsg": message},
            "E3": {"code": self.code, "message": message},
            "E6": {"badRequest": {"code": self.code, "message": message}},
        }
        return answer(status, shapes[self.shape or settings.error_shape])


class PlainRefusal(Exception):
    """An answer that is not an MRS error: of the gateway, of IAM, or of the simulator itself."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.status)
        self.reply = reply


def status_of(code: str, flavor: str) -> int:
    """HTTP status of an MRS code; OTC documents 500 for the four-digit ones, Huawei Cloud 400."""
    if code in STATUS:
        return STATUS[code]
    if len(code) == 4 and flavor == "otc":
        return 500
    return 400


def gateway(status: int, code: str, message: str) -> PlainRefusal:
    """Shape E5, which repeats the request ID of the header."""
    request_id = uuid.uuid4().hex
    reply = answer(status, {"error_msg": message, "error_code": code, "request_id": request_id})
    reply.headers["X-Request-Id"] = request_id
    return PlainRefusal(reply)


def iam(status: int, title: str, message: str) -> PlainRefusal:
    """Shape E4, as Keystone answers."""
    return PlainRefusal(
        answer(status, {"error": {"code": status, "message": message, "title": title}})
    )


def not_simulated(what: str) -> PlainRefusal:
    """501: documented but not served, or not documented at all. The simulator never guesses."""
    message = (
        f"{what} This is the MRS simulator: it serves what is documented and does not guess the "
        "rest."
    )
    return PlainRefusal(answer(501, {"error_code": "SIMULATOR.501", "error_msg": message}))
