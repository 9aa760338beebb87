# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What can be created is listed: by a script, and on the simulator."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import PROJECT, Json
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.exchanges import (
    LOST,
    Reply,
    refusal,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.module_runs import ModuleRuns
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import (
    Answer,
    Exchange,
    play,
    play_failing,
)
from mrs_simulator.server import Running, serve
from mrs_simulator.settings import Settings

GIVEN: Json = {"version": "3.5.0-LTS"}
NAME = "MRS 3.5.0-LTS"
PATH = "MRS%203.5.0-LTS"


def zones(reply: Reply | None = None) -> Exchange:
    listed = [{"az_code": f"eu-de-0{number}", "az_id": str(number) * 32} for number in (2, 1)]
    answer = Answer(200, {"available_zones": listed})
    return Exchange("GET", "/v1.1/eu-de/available-zones", reply or answer)


def versions(*names: str, reply: Reply | None = None) -> Exchange:
    answer = Answer(200, {"cluster_versions": list(names)})
    return Exchange("GET", f"/v2/{PROJECT}/metadata/versions", reply or answer)


def version(reply: Reply | None = None) -> Exchange:
    answer = Answer(200, {"name": NAME, "cluster_types": ["CUSTOM"], "components": []})
    return Exchange("GET", f"/metadata/versions/{PATH}", reply or answer)


def flavors(**query: str) -> Exchange:
    listed = [{"az_code": f"eu-de-0{number}", "core": [{"flavor_name": "c6"}]} for number in (1, 2)]
    return Exchange(
        "GET",
        f"/v2/{PROJECT}/metadata/version/{PATH}/available-flavor",
        Answer(200, {"available_flavors": listed}),
        query,
    )


class TestScripted:
    def test_a_version_with_its_flavors(self) -> None:
        script = [zones(), versions("MRS 1.9.2", NAME), version(), flavors()]
        result = play("mrs_version_info", GIVEN, script).result
        sold = {"master": [], "core": ["c6"], "task": []}
        assert result["versions"] == [
            {
                "name": NAME,
                "cluster_types": ["custom"],
                "components": [],
                "not_with_kerberos": [],
                "smallest_disks": {},
                "node_counts": {},
                "staying_roles": [],
                "flavors": {"eu-de-01": sold, "eu-de-02": sold},
            }
        ]
        assert [zone["name"] for zone in result["zones"]] == ["eu-de-01", "eu-de-02"]
        assert result["changed"] is False

    @pytest.mark.parametrize("zone", ["eu-de-02", "2" * 32])
    def test_v17_a_zone_is_asked_for_by_its_name(self, zone: str) -> None:
        script = [zones(), versions(NAME), version(), flavors(availability_zone="eu-de-02")]
        given = {**GIVEN, "availability_zone": zone}
        result = play("mrs_version_info", given, script).result
        assert list(result["versions"][0]["flavors"]) == ["eu-de-02"]
        assert result["zones"] == [{"name": "eu-de-02", "id": "2" * 32, "title": None}]

    def test_a_version_that_is_not_there_is_an_empty_list(self) -> None:
        script = [zones(), versions("MRS 1.9.2")]
        assert play("mrs_version_info", GIVEN, script).result["versions"] == []

    def test_a_zone_that_is_not_there_is_an_error(self) -> None:
        given = {**GIVEN, "availability_zone": "eu-de-03"}
        message = play_failing("mrs_version_info", given, [zones()]).result["msg"]
        assert message == (
            "availability_zone: eu-de-03 is not a zone of the region; did you mean eu-de-02?"
        )

    @pytest.mark.parametrize("reply", LOST.values(), ids=LOST)
    def test_lost_answers_are_asked_for_again(self, reply: t.Any) -> None:
        script = [zones(reply), zones(), versions(reply=reply), versions()]
        assert play("mrs_version_info", {}, script).result["versions"] == []

    @pytest.mark.parametrize(
        ("script", "api"),
        [
            ([zones(refusal("APIGW.0101", "No such API.", 404))], "v1.1"),
            ([zones(), versions(reply=refusal("x", "Not here.", 501))], "v2"),
        ],
    )
    def test_a_cloud_that_does_not_serve_it_is_an_error_that_says_so(
        self, script: list[Exchange], api: str
    ) -> None:
        message = play_failing("mrs_version_info", {}, script).result["msg"]
        assert message.endswith(
            f"This cloud does not serve this call of API {api}. Open Telekom Cloud does not "
            "publish it."
        )

    def test_a_refusal_names_the_version(self) -> None:
        refused = version(refusal("12000093", "The metadata was not found.", 400))
        message = play_failing("mrs_version_info", GIVEN, [zones(), versions(NAME), refused]).result
        assert message["msg"].startswith(f"Cannot read what there is in version {NAME}: ")

    def test_without_a_region_nothing_is_asked(self) -> None:
        given = {"region_name": None, "endpoint": "https://mrs.example"}
        message = play_failing("mrs_version_info", given, []).result["msg"]
        assert message.startswith("region_name (OS_REGION_NAME): needed")


@pytest.fixture(name="simulator", scope="module")
def _simulator() -> t.Iterator[Running]:
    with serve(Settings(speed=0, flavor="hwc")) as running:
        yield running


def test_what_the_simulator_tells(
    simulator: Running, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = ModuleRuns(capsys, monkeypatch)
    known = simulator.connection
    named = ("auth_url", "username", "password", "user_domain_name", "project_id")
    runs.shared = {"auth": {name: known[name] for name in named}, "region_name": known["region"]}
    result = runs.run("mrs_version_info")
    by_name = {version["name"]: version for version in result["versions"]}
    assert by_name["MRS 3.3.0-LTS.1"]["cluster_types"] == [
        *("analysis", "streaming", "mixed", "custom")
    ]
    assert by_name["MRS 1.9.2"]["smallest_disks"]["core"]["root_volume_size"] == 40
    assert [zone["name"] for zone in result["zones"]] == [
        *("cn-north-4a", "cn-north-4b", "cn-north-4c")
    ]
    assert list(by_name["MRS 1.9.2"]["flavors"]) == [zone["name"] for zone in result["zones"]]
