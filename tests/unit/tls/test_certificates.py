# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Certificates are verified: whole tasks against https, with an authority of our own."""

from __future__ import annotations

import contextlib
import pathlib
import typing as t
from datetime import timedelta

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import UnreachableError
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.action import (
    test_both_ways as both_ways,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.action.playbooks import (
    Json,
    login,
    play,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.module_utils.scripted_iam import connect
from ansible_collections.huaweicloud.mrs.tests.unit.tls.authority import Authority
from ansible_collections.huaweicloud.mrs.tests.unit.tls.ways import (
    ASKING_IAM,
    WAYS,
    WAYS_IN,
    Ways,
    run,
)
from mrs_simulator.server import Running, Tls, serve
from mrs_simulator.settings import Settings

pytestmark = pytest.mark.filterwarnings("ignore:Support for InfluxDB")

CREATION: Json = {**both_ways.CREATION, "wait": False}
NOT_VERIFIED = (
    "cannot be reached (its certificate cannot be verified). Give the authority that signed it "
    "with ca_cert. With validate_certs=false, anybody between this machine and the server could "
    "read the credentials."
)
WARNING = (
    "validate_certs is false: anybody between this machine and the service can read the "
    "credentials and change the answers."
)


def listed(given: Json, environ: t.Mapping[str, str]) -> Json:
    return run("mrs_cluster_info", given, environ)


def of(cloud: Running, ways: Ways, way: str) -> tuple[Json, dict[str, str]]:
    """Options and environment to log in at this cloud."""
    auth_url = f"{cloud.url}/v3"
    return ways.options(way, cloud.url, auth_url), ways.environ(way, auth_url)


@contextlib.contextmanager
def requested(cloud: Running) -> t.Iterator[list[str]]:
    """The paths that the cloud was asked for meanwhile."""
    log = cloud.simulator.log.entries
    log.clear()
    paths: list[str] = []
    yield paths
    paths += [entry["path"] for entry in log]


@pytest.mark.parametrize("way", WAYS)
def test_an_authority_that_nobody_knows_is_not_trusted(
    way: str, cloud: Running, ways: Ways
) -> None:
    given, environ = of(cloud, ways, way)
    with requested(cloud) as paths:
        result = listed(given, environ)
    assert result["failed"] is True
    assert f"{cloud.url} {NOT_VERIFIED}" in result["msg"]
    assert paths == []


@pytest.mark.parametrize("way", ASKING_IAM)
def test_a_certificate_that_was_refused_is_not_tried_again(
    way: str, cloud: Running, ways: Ways
) -> None:
    given, environ = of(cloud, ways, way)
    pauses: list[float] = []
    with pytest.raises(UnreachableError):
        connect(given, environ, sleep=pauses.append)
    assert pauses == []


@pytest.mark.parametrize("way", WAYS_IN)
def test_the_authority_may_be_given(
    way: str, cloud: Running, ways: Ways, authority: Authority
) -> None:
    given, environ = of(cloud, ways, way)
    result = listed({**given, "ca_cert": str(authority.file)}, environ)
    assert result == {"changed": False, "clusters": [], "warnings": []}


def test_the_authority_of_the_environment_counts(
    cloud: Running, ways: Ways, authority: Authority
) -> None:
    given, environ = of(cloud, ways, "password")
    assert listed(given, {**environ, "OS_CACERT": str(authority.file)})["clusters"] == []


@pytest.mark.parametrize("way", ["cloud with a password", "cloud with keys"])
def test_the_authority_may_stand_in_the_entry_of_the_cloud(
    way: str, cloud: Running, ways: Ways, authority: Authority
) -> None:
    given, environ = of(cloud, ways, way)
    ways.set_in_cloud(cacert=str(authority.file))
    assert listed(given, environ) == {"changed": False, "clusters": [], "warnings": []}


@pytest.mark.parametrize("way", WAYS_IN)
def test_verification_may_be_turned_off_with_one_warning(
    way: str, cloud: Running, ways: Ways
) -> None:
    given, environ = of(cloud, ways, way)
    # urllib3's own warning for each request would be an error here.
    result = listed({**given, "validate_certs": False}, environ)
    assert result == {"changed": False, "clusters": [], "warnings": [WARNING]}


def test_a_login_that_fails_warns_all_the_same(cloud: Running, ways: Ways) -> None:
    given, environ = of(cloud, ways, "password")
    result = listed(
        {**given, "auth": {**given["auth"], "password": "wrong"}, "validate_certs": False}, environ
    )
    assert (result["failed"], result["warnings"]) == (True, [WARNING])


@pytest.mark.parametrize("way", ["cloud with a password", "cloud with keys"])
def test_the_entry_of_the_cloud_may_turn_it_off_with_the_same_warning(
    way: str, cloud: Running, ways: Ways
) -> None:
    given, environ = of(cloud, ways, way)
    ways.set_in_cloud(verify=False)
    assert listed(given, environ)["warnings"] == [WARNING]


def test_an_option_turns_it_on_again_where_the_entry_has_turned_it_off(
    cloud: Running, ways: Ways
) -> None:
    given, environ = of(cloud, ways, "cloud with keys")
    ways.set_in_cloud(verify=False)
    assert NOT_VERIFIED in listed({**given, "validate_certs": True}, environ)["msg"]


class TestOtherCertificates:
    @pytest.mark.parametrize("way", WAYS)
    def test_one_for_another_host_is_refused(
        self, way: str, ways: Ways, authority: Authority
    ) -> None:
        with serve(Settings(speed=0), tls=authority.certificate("mrs.example.com")) as other:
            given, environ = of(other, ways, way)
            with requested(other) as paths:
                result = listed({**given, "ca_cert": str(authority.file)}, environ)
        assert (
            f"{other.url} cannot be reached (its certificate is one for another host name). Check "
            "the host name"
        ) in result["msg"]
        assert paths == []

    @pytest.mark.parametrize("way", ["keys", "password"])
    def test_one_that_has_expired_is_refused(
        self, way: str, ways: Ways, authority: Authority
    ) -> None:
        expired = authority.certificate("127.0.0.1", ends=timedelta(hours=-1))
        with serve(Settings(speed=0), tls=expired) as other:
            given, environ = of(other, ways, way)
            result = listed({**given, "ca_cert": str(authority.file)}, environ)
        assert (
            f"{other.url} cannot be reached (its certificate has expired). Check the clock"
            in result["msg"]
        )

    @pytest.mark.parametrize("way", ASKING_IAM[:3])
    def test_a_good_login_does_not_vouch_for_the_service(
        self, way: str, cloud: Running, ways: Ways, authority: Authority, tmp_path: pathlib.Path
    ) -> None:
        with serve(Settings(speed=0), tls=Authority(tmp_path).certificate("127.0.0.1")) as other:
            given = ways.options(way, other.url, f"{cloud.url}/v3")
            environ = ways.environ(way, f"{cloud.url}/v3")
            with requested(other) as paths:
                result = listed({**given, "ca_cert": str(authority.file)}, environ)
        assert result["msg"] == f"Cannot list clusters: {other.url} {NOT_VERIFIED}"
        assert paths == []

    @pytest.mark.parametrize("way", ["keys", "password"])
    def test_where_no_tls_is_spoken_is_said_so(self, way: str, ways: Ways) -> None:
        with serve(Settings(speed=0)) as plain:
            address = plain.url.replace("http:", "https:")
            given = ways.options(way, address, f"{address}/v3")
            result = listed(given, ways.environ(way, address))
        assert (
            f"{address} cannot be reached (it does not speak TLS). Check whether" in result["msg"]
        )


class TestTheFileOfAuthorities:
    @pytest.mark.parametrize("way", WAYS)
    def test_one_that_is_not_there_is_named_before_any_request(
        self, way: str, cloud: Running, ways: Ways
    ) -> None:
        given, environ = of(cloud, ways, way)
        with requested(cloud) as paths:
            result = listed({**given, "ca_cert": "/nix/ca.pem"}, environ)
        assert result["msg"] == "ca_cert: there is no file /nix/ca.pem."
        assert paths == []

    @pytest.mark.parametrize("way", WAYS)
    def test_one_without_certificates_is_named_before_any_request(
        self, way: str, cloud: Running, ways: Ways, tmp_path: pathlib.Path
    ) -> None:
        given, environ = of(cloud, ways, way)
        empty = tmp_path / "ca.pem"
        empty.write_text("-----BEGIN CERTIFICATE-----\nnone\n", "utf-8")
        result = listed({**given, "ca_cert": str(empty)}, environ)
        assert result["msg"] == f"ca_cert: {empty} has no certificates in PEM form."

    def test_a_folder_of_them_is_taken_as_it_is(
        self, cloud: Running, ways: Ways, tmp_path: pathlib.Path
    ) -> None:
        given, environ = of(cloud, ways, "keys")
        result = listed({**given, "ca_cert": str(tmp_path)}, environ)
        assert NOT_VERIFIED in result["msg"]


@pytest.fixture(name="untrusted", scope="module")
def _untrusted(tmp_path_factory: pytest.TempPathFactory) -> t.Iterator[Running]:
    certificate: Tls = Authority(tmp_path_factory.mktemp("other")).certificate("127.0.0.1")
    with serve(Settings(speed=0), tls=certificate) as running:
        yield running


@pytest.mark.parametrize("in_process", [True, False])
def test_playbooks_trust_the_authority_they_are_given_and_no_other(
    in_process: bool,
    cloud: Running,
    untrusted: Running,
    authority: Authority,
    tmp_path: pathlib.Path,
) -> None:
    shared = {**login(cloud.connection), "ca_cert": str(authority.file)}
    module = "huaweicloud.mrs.mrs_cluster"
    tasks = [
        {"name": "trusted", module: {**CREATION, "name": f"etl-{in_process}"}},
        {
            "name": "untrusted",
            module: {**CREATION, **login(untrusted.connection)},
            "ignore_errors": True,
        },
        {
            "name": "unverified",
            module: {**CREATION, **login(untrusted.connection), "validate_certs": False},
        },
    ]
    untrusted.simulator.reset()
    defaults = {"group/huaweicloud.mrs.mrs": shared}
    played = play(tmp_path, tasks, vars={"mrs_in_process": in_process}, module_defaults=defaults)
    assert played.result("trusted")["changed"] is True
    assert NOT_VERIFIED in played.result("untrusted")["msg"]
    assert played.result("unverified")["changed"] is True
    assert WARNING in played.result("unverified")["warnings"]
    assert len(untrusted.simulator.world.store.clusters) == 1
