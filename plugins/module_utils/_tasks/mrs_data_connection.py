# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""M(huaweicloud.mrs.mrs_data_connection) and M(huaweicloud.mrs.mrs_data_connection_info).

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.huaweicloud.mrs.plugins.module_utils._api import (
    data_connections as service,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.context import Context
from ansible_collections.huaweicloud.mrs.plugins.module_utils._api.once import (
    Call,
    Verdict,
    act_once,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import (
    MrsError,
    OptionError,
    OvertakenError,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.plan import (
    Action,
    Change,
    Params,
    Plan,
    View,
    result_of,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.data_connection import (
    COMPARED,
    DesiredConnection,
    desired_connection,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._definitions.job_api import V2
from ansible_collections.huaweicloud.mrs.plugins.module_utils._models.data_connection import (
    DataConnection,
)
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.query import Query
from ansible_collections.huaweicloud.mrs.plugins.module_utils._tasks.rounds import keep

STAGE = "checking what became of it"
Found = t.Union[DataConnection, None]


class Create(t.NamedTuple):
    """Create a connection."""

    desired: DesiredConnection

    @property
    def action(self) -> Action:
        return {"action": "create_data_connection", "name": self.desired.name}

    def effect(self, view: View) -> View:
        return {field: getattr(self.desired, field) for field in COMPARED}


class Alter(t.NamedTuple):
    """Overwrite a connection. C(fields): those that differ; a password alone has none."""

    desired: DesiredConnection
    there: DataConnection
    fields: tuple[str, ...]

    @property
    def action(self) -> Action:
        fields = list(self.fields)
        if self.desired.renews_password:
            fields.append("password")
        return {"action": "change_data_connection", "name": self.there.name, "fields": fields}

    def effect(self, view: View) -> View:
        """No password is shown. That one was set is all that can be told of it."""
        changed = {field: getattr(self.desired, field) for field in self.fields}
        return {**view, **changed, "password": "set anew"}

    def is_in(self, found: Found) -> bool:
        """It shows; a password by the time of the last change alone."""
        if found is None or self.desired.differences(found):
            return False
        return bool(self.fields) or found.stamp not in (None, self.there.stamp)


class Delete(t.NamedTuple):
    """Delete a connection."""

    there: DataConnection

    @property
    def action(self) -> Action:
        return {"action": "delete_data_connection", "name": self.there.name}

    def effect(self, view: View) -> View:
        return {}


Made = t.TypeVar("Made", Create, Alter, Delete)


class DataConnectionTask:
    """M(huaweicloud.mrs.mrs_data_connection)."""

    def __init__(self, params: Params) -> None:
        self._desired = desired_connection(params)
        self._absent: bool = params["state"] == "absent"

    def secrets(self) -> t.Collection[str]:
        return [self._desired.password] if self._desired.password else []

    def read(self, context: Context) -> Found:
        context.results["api"] = V2
        found = self._the_one(service.connections(context.client))
        _show(context, found)
        return found

    def _the_one(self, there: t.Iterable[DataConnection]) -> Found:
        """The connection of this id, or of this name.

        :raises MrsError: several have the name; lists their ids.
        """
        desired = self._desired
        if desired.id:
            return next((each for each in there if each.id == desired.id), None)
        namesakes = [each for each in there if each.name == desired.name]
        if len(namesakes) > 1:
            ids = ", ".join(sorted(each.id for each in namesakes))
            raise MrsError(
                f"Several data connections are named {desired.name}: {ids}.",
                hint="Set the option id to the id of the one that you mean. To delete one that is "
                "not needed, use state: absent with its id.",
            )
        return next(iter(namesakes), None)

    def plan(self, current: Found) -> Plan:
        """:raises OptionError: a password is missing; or the one to delete has another name."""
        before = _view(current)
        if self._absent:
            self._check_is_meant(current)
            return Plan((Delete(current),) if current else (), before)
        if current is None:
            return Plan((self._creation(),), before)
        fields = tuple(self._desired.differences(current))
        renews = self._desired.renews_password and self._desired.password is not None
        if not fields and not renews:
            return Plan((), before)
        self._desired.body(current)
        return Plan((Alter(self._desired, current, fields),), before)

    def _check_is_meant(self, current: Found) -> None:
        name = self._desired.name
        if current and name not in (None, current.name):
            raise OptionError(
                "name",
                f"data connection {current.id} is called {current.name}, not {name}, so it is not "
                "deleted; give its own name, or the id alone",
            )

    def _creation(self) -> Create:
        if self._desired.id:
            raise MrsError(
                f"There is no data connection with the id {self._desired.id} in this project.",
                hint="Check the option id, the region and the project.",
            )
        self._desired.body()
        return Create(self._desired)

    def predict(self, context: Context, plan: Plan) -> None:
        for change in plan.changes:
            context.results["connection"] = _predicted(change)

    def apply(self, context: Context, current: Found, plan: Plan) -> None:
        keep(self, context, current, plan, f"data connection {self._desired.title}")

    def make(self, context: Context, current: Found, change: Change) -> None:
        if isinstance(change, Create):
            # One task of this machine at a time, until the new one shows, since names may repeat.
            with context.alone("data connection", str(self._desired.name)):
                self._make(context, change, self._create)
        elif isinstance(change, Alter):
            self._make(context, change, self._alter)
        else:
            self._make(context, t.cast(Delete, change), self._delete)

    def _make(self, context: Context, change: Made, make: t.Callable[[Context, Made], str]) -> None:
        identity = make(context, change)
        context.did(change)
        self._show_after(context, change, identity)

    def _create(self, context: Context, change: Create) -> str:
        """Ask once for a new one, unless somebody has made it in the meantime."""
        name = str(self._desired.name)
        if self._the_one(service.connections(context.client)):
            raise OvertakenError(f"Another data connection {name} was created.")

        def ask() -> str:
            return service.create_connection(context.client, self._desired.body())

        def judge(seen: Found) -> str | Verdict:
            return seen.id if seen else Verdict.OPEN

        names = ("data connection", name)
        return act_once(context, self._call(context, ask, judge)._replace(names=names))

    def _alter(self, context: Context, change: Alter) -> str:
        there = change.there

        def ask() -> str:
            service.change_connection(context.client, there, self._desired.body(there))
            return there.id

        def judge(seen: Found) -> str | Verdict:
            return there.id if change.is_in(seen) else Verdict.OPEN

        return act_once(context, self._call(context, ask, judge, there.id)._replace(again=True))

    def _delete(self, context: Context, change: Delete) -> str:
        there = change.there

        def ask() -> str:
            service.delete_connection(context.client, there)
            return there.id

        def judge(seen: Found) -> str | Verdict:
            return there.id if seen is None else Verdict.OPEN

        return act_once(context, self._call(context, ask, judge, there.id)._replace(shared=True))

    def _call(
        self,
        context: Context,
        ask: t.Callable[[], str],
        judge: t.Callable[[Found], str | Verdict],
        identity: str | None = None,
    ) -> Call[str, Found]:
        return Call(
            f"data connection {self._desired.title}",
            ask,
            lambda: self._look(context, identity),
            judge,
            lambda seen: STAGE,
        )

    def _look(self, context: Context, identity: str | None) -> Found:
        there = service.connections(context.client)
        if identity is None:
            return self._the_one(there)
        return next((each for each in there if each.id == identity), None)

    def _show_after(self, context: Context, change: Change, identity: str) -> None:
        """What is there once it shows the change; without C(wait), what was asked for.

        A new one is waited for in any case: a run that does not see it would make another one.
        """
        context.results["connection"] = _predicted(change, identity)
        if not context.wait and not isinstance(change, Create):
            return

        def shows(seen: Found) -> bool:
            if self._absent:
                return seen is None
            return seen is not None and not self._desired.differences(seen)

        found = context.until_shown(
            f"data connection {self._desired.title}",
            lambda: self._look(context, identity),
            shows,
            lambda seen: STAGE,
        )
        if not shows(found):
            context.warn(
                f"The service shows another data connection {self._desired.title} than the one "
                "that was asked for, so it is asked for in each run."
            )
        _show(context, found)
        if isinstance(change, Create):
            self._the_one(service.connections(context.client))


class DataConnectionInfoTask(Query):
    """M(huaweicloud.mrs.mrs_data_connection_info)."""

    def read(self, context: Context) -> None:
        context.results["api"] = V2
        wanted = {
            field: self._params[field]
            for field in ("id", "name", "source_type")
            if self._params[field] is not None
        }
        found = sorted(
            service.connections(context.client), key=lambda each: (each.name or "", each.id)
        )
        context.results["connections"] = [
            each.result()
            for each in found
            if all(getattr(each, field) == value for field, value in wanted.items())
        ]


def _predicted(change: Change, identity: str | None = None) -> dict[str, t.Any] | None:
    """What is there after the change, as far as it is known."""
    if isinstance(change, Create):
        known = dict.fromkeys(DataConnection._fields)
        wanted = DataConnection(**{**known, **change.effect({}), "used_clusters": ()})
        return {**wanted.result(), "id": identity}
    if isinstance(change, Alter):
        fields = {field: getattr(change.desired, field) for field in change.fields}
        return {**change.there.result(), **fields}
    return None


def _view(connection: Found) -> View:
    if connection is None:
        return {}
    return {field: getattr(connection, field) for field in COMPARED}


def _show(context: Context, connection: Found) -> None:
    context.results["connection"] = result_of(connection)
