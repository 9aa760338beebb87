# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lists in pages: what is read, how far, and which lists are not believed."""

from __future__ import annotations

import json
import typing as t

import pytest

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.nodes import list_hosts
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.pages import (
    CLUSTERS,
    Listing,
    read_all,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.transport import Request
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    ShortListError,
    UnansweredError,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.builders import (
    CLUSTER,
    a_cluster,
    cluster,
    job,
)
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.exchanges import lists, lists_jobs
from ansible_collections.huaweicloud.mrs.tests.unit.plugins.scripted_http import (
    Answer,
    Exchange,
    client,
)


def page(number: int, total: t.Any, *ids: str, **query: str) -> Exchange:
    items = [cluster(clusterId=identity) for identity in ids]
    asked = {"pageSize": "100", "currentPage": str(number), **query}
    return Exchange(
        "GET", "/cluster_infos", Answer(200, {"clusterTotal": total, "clusters": items}), asked
    )


def ids(first: int, last: int) -> list[str]:
    return [f"c{number}" for number in range(first, last + 1)]


class TestPages:
    def test_a_page_that_has_all_is_the_only_one(self) -> None:
        with client(page(1, 1, "a")) as service:
            assert [each.id for each in service.clusters()] == ["a"]

    @pytest.mark.parametrize("total", [3, "3"])
    def test_q8_pages_are_read_until_the_total_is_there(self, total: t.Any) -> None:
        with client(page(1, total, "a", "b"), page(2, total, "c")) as service:
            assert [each.id for each in service.clusters()] == ["a", "b", "c"]

    def test_an_item_that_moved_to_the_next_page_counts_once(self) -> None:
        with client(page(1, 3, "a", "b"), page(2, 3, "b", "c")) as service:
            assert [each.id for each in service.clusters()] == ["a", "b", "c"]

    def test_an_item_that_shows_twice_is_as_it_was_seen_last(self) -> None:
        moved = cluster(clusterId="b", clusterState="terminating")
        answer = Answer(200, {"clusterTotal": 3, "clusters": [moved, cluster(clusterId="c")]})
        with client(page(1, 3, "a", "b"), Exchange("GET", "/cluster_infos", answer)) as service:
            assert [each.state for each in service.clusters()] == [
                "running",
                "terminating",
                "running",
            ]

    def test_without_a_total_a_short_page_is_the_last_one(self) -> None:
        with client(page(1, None, "a")) as service:
            assert [each.id for each in service.clusters()] == ["a"]

    def test_without_a_total_a_full_page_has_a_successor(self) -> None:
        with client(page(1, None, *ids(1, 100)), page(2, None)) as service:
            assert len(service.clusters()) == 100

    def test_more_items_than_the_total_are_all_read(self) -> None:
        with client(page(1, 1, *ids(1, 100)), page(2, 1, *ids(101, 130))) as service:
            assert len(service.clusters()) == 130

    def test_a_list_that_is_null_beside_a_total_of_zero_is_empty(self) -> None:
        with client(
            Exchange("GET", "/cluster_infos", Answer(200, {"clusterTotal": "0", "clusters": None}))
        ) as service:
            assert service.clusters() == []

    def test_q15_clusters_and_hosts_are_paged_in_camel_case(self) -> None:
        paging = {"pageSize": "100", "currentPage": "1"}
        hosts_page = Exchange(
            "GET", f"/clusters/{CLUSTER}/hosts", Answer(200, {"total": 0, "hosts": []}), paging
        )
        with client(lists(query=paging), hosts_page) as service:
            assert service.clusters() == []
            assert list_hosts(service, a_cluster()) == []

    def test_q15_q24_jobs_are_paged_in_snake_case_and_the_cluster_too(self) -> None:
        query = {"page_size": "100", "current_page": "1", "cluster_id": CLUSTER}
        with client(lists_jobs(query=query)) as service:
            assert service.jobs.executions(CLUSTER) == []

    def test_filters_go_into_the_query(self) -> None:
        query = {
            "pageSize": "100",
            "currentPage": "1",
            "clusterState": "running",
            "tags": "env*test,team",
        }
        with client(lists(query=query)) as service:
            assert service.clusters(clusterState="running", tags="env*test,team") == []


class TestListsThatChange:
    def test_a_list_that_grows_is_read_to_its_end(self) -> None:
        with client(page(1, 3, "a", "b"), page(2, 4, "b", "c"), page(3, 4, "d")) as service:
            assert [each.id for each in service.clusters()] == ["a", "b", "c", "d"]

    def test_a_list_that_shrinks_is_read_once_more(self) -> None:
        """What was at the top of page 2 is at the end of page 1 by then."""
        first = [page(1, 4, "a", "b"), page(2, 3, "d"), page(1, 3, "b", "c"), page(2, 3, "d")]
        with client(*first) as service:
            assert [each.id for each in service.clusters()] == ["b", "c", "d"]

    def test_of_a_list_that_goes_on_shrinking_both_readings_count(self) -> None:
        readings = [page(1, 4, "a", "b"), page(2, 3, "d"), page(1, 3, "b", "c"), page(2, 2)]
        with client(*readings) as service:
            assert [each.id for each in service.clusters()] == ["a", "b", "d", "c"]

    def test_a_total_that_is_not_reached_may_be_late(self) -> None:
        with client(page(1, 2, "a"), page(2, 2), page(1, 1, "a")) as service:
            assert [each.id for each in service.clusters()] == ["a"]


class TestListsThatAreNotBelieved:
    @pytest.mark.parametrize(
        ("reading", "shown"),
        [
            ([page(1, 3)], 0),
            ([page(1, 3, "a"), page(2, 3)], 1),
            ([page(1, 3, "a"), page(2, 3, "a")], 1),
        ],
        ids=["nothing", "an empty page", "a page that repeats"],
    )
    def test_a_total_that_is_never_reached_is_an_error(
        self, reading: list[Exchange], shown: int
    ) -> None:
        with client(*reading, *reading) as service, pytest.raises(ShortListError) as caught:
            service.clusters()
        assert str(caught.value) == (
            "The service's answer to list clusters makes no sense: it counts 3 items and shows "
            f"{shown}. "
            "Try again later."
        )

    @pytest.mark.parametrize("total", [10**12, 200_001, "1000000000000"])
    def test_a_total_beyond_all_bounds_is_an_error_at_once(self, total: t.Any) -> None:
        with (
            client(page(1, total, *ids(1, 100))) as service,
            pytest.raises(UnansweredError) as caught,
        ):
            service.clusters()
        assert str(caught.value) == (
            f"The service's answer to list clusters makes no sense: it counts {int(total)} items, "
            "and at most 200000 "
            "are read."
        )

    @pytest.mark.parametrize("total", [-1, "many", 2.5, True, [], {}])
    def test_a_total_that_is_no_number_is_an_error(self, total: t.Any) -> None:
        with (
            client(page(1, total, "a"), page(1, total, "a")) as service,
            pytest.raises(UnansweredError) as caught,
        ):
            service.clusters()
        assert "clusterTotal is " in str(caught.value)

    def test_a_total_that_is_not_that_of_the_filter_leads_to_the_whole_list(self) -> None:
        ours, other = job(id="a"), job(id="b", job_name="other")
        asked = {"page_size": "100", "cluster_id": CLUSTER}
        filtered = [
            Exchange(
                "GET",
                "/job-exes",
                answer,
                {**asked, "current_page": number, "job_name": "wordcount"},
            )
            for number, answer in (
                ("1", Answer(200, {"totalRecord": 2, "job_executions": [ours]})),
                ("2", Answer(200, {"totalRecord": 2, "job_executions": []})),
            )
        ]
        whole = lists_jobs(ours, other, query={**asked, "current_page": "1"})
        with client(*filtered, *filtered, whole) as service:
            assert [each.id for each in service.jobs.executions(CLUSTER, "wordcount")] == ["a"]


class Endless:
    """A list whose pages are always new."""

    def __init__(self, total: t.Callable[[int], int | None]) -> None:
        self._total = total
        self.pages = 0

    def ask(self, request: Request, read: t.Callable[[t.Any], t.Any]) -> t.Any:
        self.pages += 1
        number = int(request.query["currentPage"])
        items = [{"clusterId": f"{number}-{place}"} for place in range(100)]
        answer = {"clusterTotal": self._total(self.pages), "clusters": items}
        return read(json.loads(json.dumps(answer)))


@pytest.mark.parametrize(
    ("total", "pages", "problem"),
    [
        (lambda page: None, 101, "it continues after 10100 items, and has no clusterTotal"),
        (lambda page: 3, 11, "it continues after 1100 items, and at most 1006 were expected"),
        (
            lambda page: 100 * page + 1,
            13,
            "it continues after 1300 items, and at most 1202 were expected",
        ),
    ],
    ids=["no total", "a total that stands", "a total that rises"],
)
def test_a_list_without_an_end_is_an_error(
    total: t.Callable[[int], int | None], pages: int, problem: str
) -> None:
    endless = Endless(total)
    wanted: Listing[str] = Listing(
        endless.ask, Request("list clusters", "GET", "/"), CLUSTERS, lambda item: ""
    )
    with pytest.raises(UnansweredError, match=problem):
        read_all(wanted)
    assert endless.pages == pages


class Long:
    """A list of so many items as it says."""

    def __init__(self, total: int) -> None:
        self._total = total

    def ask(self, request: Request, read: t.Callable[[t.Any], t.Any]) -> t.Any:
        start = 100 * (int(request.query["currentPage"]) - 1)
        places = range(start, min(start + 100, self._total))
        return read(
            {
                "clusterTotal": self._total,
                "clusters": [{"clusterId": str(place)} for place in places],
            }
        )


@pytest.mark.parametrize("total", [100, 101, 10_000, 100_000, 200_000])
def test_long_lists_fit(total: int) -> None:
    request = Request("list clusters", "GET", "/")
    wanted = Listing(Long(total).ask, request, CLUSTERS, lambda item: item["clusterId"])
    assert read_all(wanted) == [str(place) for place in range(total)]
