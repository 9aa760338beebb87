# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.nodes import list_hosts
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.policies import (
    read_task_policy,
    set_task_policy,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.tags import (
    read_tags,
    send_tags,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    ServiceError,
    UnknownOutcomeError,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    CREATION_BODY,
    JOB,
    JOB_BODY,
    OTHER,
    a_cluster,
    an_execution,
    cluster,
    host,
    job,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.exchanges import (
    GONE,
    LOST,
    NO_CONTENT,
    SUCCEEDED,
    cancels,
    changes_tags,
    creates,
    deletes,
    deletes_job,
    hosts,
    lists_jobs,
    reads,
    reads_job,
    reads_policy,
    refusal,
    resizes,
    sets_policy,
    submits,
    tags,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import (
    Answer,
    Exchange,
    client,
)


class TestAnswersThatAreBehind:
    """A cluster shows that nodes are added; then comes an answer of the second before."""

    NEWER: t.ClassVar[dict[str, t.Any]] = {"updateAt": "1711531200", "scale": "scaling-out"}
    OLDER: t.ClassVar[dict[str, t.Any]] = {"updateAt": "1711531199", "scale": ""}

    def seen(self, *answers: dict[str, t.Any], gap: float = 0.0) -> list[str | None]:
        """What each reading says of the scaling; C(gap): seconds between them."""
        script = [reads(cluster(**answer)) for answer in answers]
        found = []
        with client(*script) as service:
            for _answer in answers:
                there = service.cluster(CLUSTER)
                assert there
                found.append(there.scale_state)
                service._transport._clock.sleep(gap)
        return found

    def test_the_newer_one_is_believed(self) -> None:
        assert self.seen(self.NEWER, self.OLDER) == ["scaling-out", "scaling-out"]

    def test_of_the_same_second_the_later_one_is_believed(self) -> None:
        same = {**self.OLDER, "updateAt": self.NEWER["updateAt"]}
        assert self.seen(self.NEWER, same) == ["scaling-out", None]

    def test_a_clock_that_went_back_is_believed_after_a_minute(self) -> None:
        answers = [self.NEWER, self.OLDER, self.OLDER]
        assert self.seen(*answers, gap=30.0) == ["scaling-out", "scaling-out", None]

    def test_what_is_still_confirmed_now_and_then_is_believed_longer(self) -> None:
        answers = [self.NEWER, self.OLDER, self.NEWER, self.OLDER]
        assert self.seen(*answers, gap=30.0) == ["scaling-out"] * 4

    def test_without_update_times_each_answer_is_believed(self) -> None:
        assert self.seen(self.NEWER, {"updateAt": "0", "scale": ""}) == ["scaling-out", None]


class TestClusters:
    def test_a_creation_gives_the_id(self) -> None:
        with client(creates(CLUSTER, CREATION_BODY)) as service:
            assert service.create_cluster(CREATION_BODY) == CLUSTER

    @pytest.mark.parametrize(
        ("body", "reason"),
        [
            ({"result": False, "msg": "No quota.", "cluster_id": ""}, "No quota"),
            ({"result": False, "msg": "", "cluster_id": CLUSTER}, "the service gave no reason"),
            ({"result": "no quota", "cluster_id": None}, "no quota"),
            ({"result": False, "msg": {}}, "the service gave no reason"),
        ],
    )
    def test_q39_200_with_a_bad_result_is_a_refusal(
        self, body: dict[str, t.Any], reason: str
    ) -> None:
        with client(creates(Answer(200, body))) as service, pytest.raises(ServiceError) as caught:
            service.create_cluster(CREATION_BODY)
        assert str(caught.value) == f"Cannot create cluster etl: {reason} (HTTP 200)."

    def test_q39_a_result_that_is_a_code_is_explained(self) -> None:
        answer = Answer(200, {"result": "12000030", "cluster_id": None})
        with client(creates(answer)) as service, pytest.raises(ServiceError) as caught:
            service.create_cluster(CREATION_BODY)
        assert caught.value.code == "12000030"
        assert str(caught.value) == (
            "Cannot create cluster etl: 12000030 (HTTP 200, code 12000030). The quota of nodes "
            "is not enough. "
            "Choose a smaller count of nodes or ask for more quota."
        )

    def test_a_creation_that_does_not_tell_its_result_but_an_id_was_accepted(self) -> None:
        with client(creates(Answer(200, {"cluster_id": CLUSTER}))) as service:
            assert service.create_cluster(CREATION_BODY) == CLUSTER

    @pytest.mark.parametrize("body", [{"cluster": cluster()}, cluster()])
    def test_q5_a_detail_is_read_wrapped_or_not(self, body: dict[str, t.Any]) -> None:
        with client(reads(Answer(200, body))) as service:
            assert service.cluster(CLUSTER) == a_cluster()

    @pytest.mark.parametrize(
        "answer", [GONE, refusal("12000003", status=404), refusal("NotFound", status=404)]
    )
    def test_q3_an_unknown_cluster_is_none(self, answer: Answer) -> None:
        with client(reads(answer)) as service:
            assert service.cluster(CLUSTER) is None

    @pytest.mark.parametrize("reply", LOST.values(), ids=LOST)
    def test_q3_an_unknown_cluster_is_none_even_when_the_first_answer_was_lost(
        self, reply: t.Any
    ) -> None:
        with client(Exchange("GET", f"/cluster_infos/{CLUSTER}", reply), reads(GONE)) as service:
            assert service.cluster(CLUSTER) is None

    @pytest.mark.parametrize(
        "answer",
        [
            refusal("APIGW.0101", "The API does not exist.", 404),
            refusal("APIG.0101", "The API does not exist.", 404),
            Answer(404, "<html>404</html>"),
            refusal("APIGW.0302", "Forbidden.", 403),
            refusal("12000002", "Invalid parameter."),
        ],
    )
    def test_q3_any_other_refusal_is_not_absence(self, answer: Answer) -> None:
        with client(reads(answer)) as service, pytest.raises(ServiceError):
            service.cluster(CLUSTER)

    def test_an_id_with_strange_characters_stays_one_part_of_the_path(self) -> None:
        with client(Exchange("GET", "/cluster_infos/a%2F..%3Fb", GONE)) as service:
            assert service.cluster("a/..?b") is None

    def test_a_resize_wraps_its_parameters(self) -> None:
        body = {
            "service_id": "",
            "plan_id": "",
            "parameters": {
                "order_id": "",
                "node_id": "node_orderadd",
                "scale_type": "scale_in",
                "node_group": "task_node_default_group",
                "instances": 1,
            },
            "previous_values": {"plan_id": ""},
        }
        with client(resizes(SUCCEEDED, body)) as service:
            service.resize_cluster(
                a_cluster(),
                {"scale_type": "scale_in", "node_group": "task_node_default_group", "instances": 1},
            )

    @pytest.mark.parametrize(
        ("result", "told"),
        [
            ("failed", "failed (HTTP 200)."),
            (False, "the service gave no reason (HTTP 200)."),
            (
                "12000018",
                "12000018 (HTTP 200, code 12000018). The cluster is being scaled already. Wait "
                "until that has "
                "ended, then run the task again.",
            ),
        ],
    )
    def test_q39_a_resize_that_did_not_succeed_is_a_refusal(self, result: t.Any, told: str) -> None:
        with (
            client(resizes(Answer(200, {"result": result}))) as service,
            pytest.raises(ServiceError) as caught,
        ):
            service.resize_cluster(a_cluster(), {})
        assert str(caught.value) == f"Cannot resize cluster etl ({CLUSTER}): {told}"

    @pytest.mark.parametrize("reply", LOST.values(), ids=LOST)
    def test_a_resize_is_sent_once_even_when_its_answer_is_lost(self, reply: t.Any) -> None:
        with client(resizes(reply)) as service, pytest.raises(UnknownOutcomeError):
            service.resize_cluster(a_cluster(), {})

    def test_a_deletion_has_neither_body_nor_answer(self) -> None:
        with client(deletes()) as service:
            service.delete_cluster(a_cluster())

    def test_hosts_are_read(self) -> None:
        with client(hosts(host(1), host(2))) as service:
            assert [each.id for each in list_hosts(service, a_cluster())] == ["vm-1", "vm-2"]

    def test_q16_the_policy_goes_to_the_default_group_of_task_nodes(self) -> None:
        policy = {"auto_scaling_enable": False, "min_capacity": 0, "max_capacity": 0}
        body = {"node_group": "task_node_default_group", "auto_scaling_policy": policy}
        with client(sets_policy(Answer(502), body), sets_policy(SUCCEEDED, body)) as service:
            set_task_policy(service, a_cluster(), policy)

    @pytest.mark.parametrize("is_wrapped", [True, False])
    def test_v9_policies_come_as_a_list_or_in_an_object(self, is_wrapped: bool) -> None:
        policy = {"auto_scaling_enable": True, "min_capacity": 1, "max_capacity": 3}
        items = [{"node_group_name": "task_node_analysis_group", "auto_scaling_policy": policy}]
        answer = Answer(200, {"auto_scaling_policies": items} if is_wrapped else items)
        with client(reads_policy(answer)) as service:
            assert read_task_policy(service, a_cluster()) == policy

    @pytest.mark.parametrize("word", ["succeeded", "success"])
    def test_v10_both_words_for_a_success_are_one(self, word: str) -> None:
        with client(resizes(Answer(200, {"result": word}))) as service:
            service.resize_cluster(a_cluster(), {})

    def test_v10_a_failure_is_a_refusal(self) -> None:
        failed = resizes(Answer(200, {"result": "failed"}))
        with client(failed) as service, pytest.raises(ServiceError, match="failed"):
            service.resize_cluster(a_cluster(), {})

    def test_q39_a_policy_that_did_not_succeed_is_a_refusal(self) -> None:
        with (
            client(sets_policy(Answer(200, {"result": "12000124"}))) as service,
            pytest.raises(ServiceError),
        ):
            set_task_policy(service, a_cluster(), {})


class TestTags:
    def test_tags_are_read(self) -> None:
        with client(tags(env="test", team="")) as service:
            assert read_tags(service, a_cluster()) == {"env": "test", "team": ""}

    def test_q12_tags_are_changed_as_objects_and_again_when_the_answer_was_lost(self) -> None:
        lost = changes_tags("create", reply=Answer(502), env="prod", team="data")
        with client(lost, changes_tags("create", env="prod", team="data")) as service:
            send_tags(service, a_cluster(), "create", {"team": "data", "env": "prod"})


class TestJobs:
    @pytest.mark.parametrize("body", [{"job_execution": job()}, job()])
    def test_q5_a_submitted_job_comes_back_wrapped_or_not(self, body: dict[str, t.Any]) -> None:
        with client(submits(Answer(200, body), JOB_BODY)) as service:
            assert service.jobs.submit_job(CLUSTER, JOB_BODY) == an_execution()

    @pytest.mark.parametrize("reply", LOST.values(), ids=LOST)
    def test_a_job_is_submitted_once_even_when_the_answer_is_lost(self, reply: t.Any) -> None:
        with client(submits(reply)) as service, pytest.raises(UnknownOutcomeError):
            service.jobs.submit_job(CLUSTER, JOB_BODY)

    def test_executions_of_a_name_are_those_of_exactly_this_name_oldest_first(self) -> None:
        found = [
            job(id="new", create_at=3000),
            job(id="old", create_at=1000),
            job(id="other", job_name="wordcount-2"),
        ]
        query = {
            "page_size": "100",
            "current_page": "1",
            "cluster_id": CLUSTER,
            "job_name": "wordcount",
        }
        with client(lists_jobs(*found, query=query)) as service:
            assert [each.id for each in service.jobs.executions(CLUSTER, "wordcount")] == [
                "old",
                "new",
            ]

    def test_an_execution_is_read(self) -> None:
        with client(reads_job(job())) as service:
            assert service.jobs.execution(JOB) == an_execution()

    @pytest.mark.parametrize(
        "answer", [refusal("0176", status=500), refusal("0201"), refusal("NotFound", status=404)]
    )
    def test_an_unknown_execution_is_none(self, answer: Answer) -> None:
        with client(reads_job(answer)) as service:
            assert service.jobs.execution(JOB) is None

    def test_q23_the_cancel_is_a_get_that_is_sent_once(self) -> None:
        with client(cancels(Answer(502))) as service, pytest.raises(UnknownOutcomeError):
            service.jobs.cancel_execution(an_execution())

    @pytest.mark.parametrize("reply", [NO_CONTENT, refusal("0176", status=500)])
    def test_a_record_is_deleted_and_may_be_gone_already(self, reply: Answer) -> None:
        with client(deletes_job(reply)) as service:
            service.jobs.delete_execution(an_execution())

    def test_a_record_that_is_gone_was_not_deleted_by_us(self) -> None:
        with client(deletes_job(refusal("0176", status=500))) as service:
            assert service.jobs.delete_execution(an_execution()) is False

    def test_whether_we_deleted_a_record_that_is_gone_is_not_known_where_our_first_answer_was_lost(
        self,
    ) -> None:
        gone = deletes_job(refusal("0176", status=500))
        with (
            client(deletes_job(LOST["read timed out"]), gone) as service,
            pytest.raises(UnknownOutcomeError),
        ):
            service.jobs.delete_execution(an_execution())

    def test_q25_the_id_of_the_execution_is_used_not_that_of_the_application(self) -> None:
        with client(deletes_job(identity=OTHER)) as service:
            service.jobs.delete_execution(an_execution(id=OTHER, job_id="application_1"))
