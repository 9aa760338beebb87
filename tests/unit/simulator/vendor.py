# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The vendor's SDK against a running simulator, for the tests that call it."""

from __future__ import annotations

import typing as t

from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.region.region import Region
from huaweicloudsdkmrs.v1 import MrsClient, model
from huaweicloudsdkmrs.v2 import MrsClient as MrsClientV2

from mrs_simulator.server import Running

FLAVOR = "c3.4xlarge.2.linux.bigdata"


class Vendor:
    """The SDK's client of one running simulator."""

    def __init__(self, server: Running) -> None:
        known = server.connection
        self.server = server
        self.credentials = BasicCredentials(
            known["access_key"], known["secret_key"], known["project_id"]
        )
        self.client = self._client(self.credentials)

    def v2(self) -> t.Any:
        return self._client(self.credentials, MrsClientV2)

    def _client(self, credentials: BasicCredentials, kind: t.Any = MrsClient) -> t.Any:
        known = self.server.connection
        builder = kind.new_builder().with_credentials(credentials)
        return builder.with_region(Region(known["region"], known["url"])).build()

    def without_project(self) -> t.Any:
        """A client that has to look up the project by the name of the region."""
        known = self.server.connection
        credentials = BasicCredentials(known["access_key"], known["secret_key"]).with_iam_endpoint(
            known["url"]
        )
        return self._client(credentials)

    def advance(self, seconds: float) -> None:
        self.server.simulator.world.clock.advance(seconds)

    def create(self) -> str:
        def group(name: str, count: int) -> t.Any:
            return model.NodeGroupV11(
                group_name=name,
                node_num=count,
                node_size=FLAVOR,
                root_volume_size="480",
                root_volume_type="SAS",
                data_volume_type="SAS",
                data_volume_count=1,
                data_volume_size=600,
            )

        body = model.CreateClusterReqV11(
            cluster_version="MRS 3.1.0",
            cluster_name="sdk",
            billing_type=12,
            data_center="cn-north-4",
            vpc="vpc",
            vpc_id="v",
            subnet_id="s",
            available_zone_id="ae04cf9d61544df3806a3feeb401b204",
            component_list=[model.ComponentAmbV11(component_name="Hadoop")],
            safe_mode=0,
            login_mode=1,
            node_public_cert_name="key",
            cluster_admin_secret="Canary-Admin-1",
            tags=[model.Tag(key="env", value="test")],
            node_groups=[
                group("master_node_default_group", 2),
                group("core_node_analysis_group", 3),
                group("task_node_analysis_group", 1),
            ],
        )
        answer = self.client.create_cluster(model.CreateClusterRequest(body=body))
        assert answer.result is True
        return str(answer.cluster_id)

    def detail(self, cluster_id: str) -> t.Any:
        return self.client.show_cluster_details(
            model.ShowClusterDetailsRequest(cluster_id=cluster_id)
        ).cluster
