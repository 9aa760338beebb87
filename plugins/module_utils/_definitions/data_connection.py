# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The connection to a database that a user wants (service_v2 11).

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import json
import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import Params
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.data_connection import (
    DataConnection,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._options import limits

SOURCE_TYPES = ("RDS_POSTGRES", "RDS_MYSQL", "gaussdb-mysql")
LIMITS = (limits.Limit("name", limits.Length(1, 64)),)
#: What is compared, by its name in the options and in what is there. Never the password.
COMPARED = ("name", "source_type", "database", "username", "rds_instance_id")


class DesiredConnection(t.NamedTuple):
    """A connection as it shall be. C(id): the one that is meant, whatever its name is."""

    name: str | None
    id: str | None
    source_type: str | None
    database: str | None
    username: str | None
    rds_instance_id: str | None
    password: str | None
    renews_password: bool

    @property
    def title(self) -> str:
        return self.name or f"with the id {self.id}"

    def differences(self, there: DataConnection) -> list[str]:
        """The fields that are not as wanted. What is not given, or not told, is none."""
        found = []
        for field in COMPARED:
            wanted, current = getattr(self, field), getattr(there, field)
            if None not in (wanted, current) and wanted != current:
                found.append(field)
        return found

    def body(self, there: DataConnection | None = None) -> dict[str, t.Any]:
        """The request, which has all fields each time.

        :raises OptionError: there is no password, and the service wants one each time.
        """
        if self.password is None:
            told = "change" if there else "create"
            raise OptionError(
                "password",
                f"it is needed to {told} data connection {self.title}, because the service "
                "replaces the whole connection each time and does not show the password",
            )
        fields = {field: getattr(self, field) or getattr(there, field, None) for field in COMPARED}
        source = {
            "db_name": fields["database"],
            "user_name": fields["username"],
            "password": self.password,
            "rds_instance_id": fields["rds_instance_id"],
        }
        connector = {
            "connector_name": fields["name"],
            "source_type": fields["source_type"],
            "source_info": json.dumps(source),
        }
        return {"data_connector": connector}


def desired_connection(params: Params) -> DesiredConnection:
    """:raises OptionError: an option has a value that the service refuses, or lacks one."""
    limits.check(LIMITS, params)
    given = {field: params[field] for field in (*COMPARED, "id", "password")}
    renews = params["update_password"] == "always"
    if renews and params["state"] == "present" and params["password"] is None:
        raise OptionError("password", "it is needed with update_password: always")
    return DesiredConnection(**given, renews_password=renews)
