# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who is calling: one fixed account, its projects, tokens and keys (service_login 2, 3, 5, 6)."""

from __future__ import annotations

import hashlib
import secrets
import time
import typing as t
from dataclasses import dataclass

from mrs_simulator.base.errors import PlainRefusal, Refusal, gateway
from mrs_simulator.base.messages import Request
from mrs_simulator.identity import signatures
from mrs_simulator.settings import Settings
from mrs_simulator.state.resources import Store

# The one account. Constants that are obviously of the simulator: they open nothing but a process on
# the same machine.
USERNAME = "simulator-user"
PASSWORD = "simulator-password-not-a-secret"
DOMAIN_NAME = "SIMULATOR-DOMAIN"
ACCESS_KEY = "SIMULATORACCESSKEY00"
SECRET_KEY = "simulatorSecretKeyOfNoValueAtAll00000000"
USER_ID = hashlib.sha256(b"simulator user").hexdigest()[:32]
#: The group of the user, which comes with it when the users of IAM are synchronised.
GROUP = "simulator-group"
DOMAIN_ID = hashlib.sha256(b"simulator domain").hexdigest()[:32]


@dataclass(frozen=True)
class Principal:
    """An authenticated caller.

    With a signature C(project_id) is None: good for every project of the account.
    """

    user_id: str
    project_id: str | None
    signed: bool


@dataclass(frozen=True)
class TemporaryKey:
    secret_key: str
    security_token: str
    expires_at: float


class Identity:
    """Issues and checks tokens and keys.

    Tokens live in the store by their hash; temporary keys only in memory.
    """

    def __init__(self, settings: Settings, store: Store) -> None:
        self._settings = settings
        self._store = store
        self._temporary: dict[str, TemporaryKey] = {}
        names = (settings.region, f"{settings.region}_second")
        self.projects: dict[str, str] = {
            hashlib.sha256(name.encode()).hexdigest()[:32]: name for name in names
        }

    @property
    def project_id(self) -> str:
        """The project that is named like the region."""
        return next(iter(self.projects))

    def issue(
        self, project_id: str | None, now: float, expires_at: float | None = None
    ) -> tuple[str, float]:
        """A new token and its end.

        C(expires_at): when the token it was made from ends; the new one ends then at the latest.
        """
        token = secrets.token_urlsafe(96)
        ends = min(now + self._settings.token_ttl, expires_at or float("inf"))
        for key in [key for key, value in self._store.tokens.items() if value["expires_at"] <= now]:
            del self._store.tokens[key]
        self._store.tokens[_hash(token)] = {"project_id": project_id, "expires_at": ends}
        return token, ends

    def find(self, token: str, now: float) -> dict[str, t.Any] | None:
        found = self._store.tokens.get(_hash(token))
        return found if found is not None and now < found["expires_at"] else None

    def revoke(self, token: str) -> None:
        self._store.tokens.pop(_hash(token), None)

    def issue_key(self, seconds: int, now: float) -> tuple[str, TemporaryKey]:
        """A temporary access key; it lives only as long as this process."""
        access_key = "HST3" + secrets.token_hex(8).upper()
        key = TemporaryKey(secrets.token_urlsafe(30), secrets.token_urlsafe(60), now + seconds)
        self._temporary[access_key] = key
        return access_key, key

    def authenticate(self, request: Request, now: float) -> Principal:
        """Who sent this request.

        :raises PlainRefusal: 401 APIGW.0301, for a bad or missing token or signature.
        :raises Refusal: a bad token, when the settings ask for an error code of MRS.
        """
        authorization = request.headers.get("authorization")
        token = request.headers.get("x-auth-token")
        if authorization is not None and token is not None:
            raise _denied("both a token and a signature were sent")
        if authorization is not None:
            return self._check_signature(request, authorization, now)
        if token is None:
            raise _denied("neither a token nor a signature was sent")
        found = self.find(token, now)
        if found is None:
            raise self._expired()
        return Principal(USER_ID, found["project_id"], signed=False)

    def _expired(self) -> PlainRefusal | Refusal:
        code = self._settings.expired_token_code
        return (
            _denied("the token is unknown or expired")
            if code.startswith("APIGW")
            else Refusal(code)
        )

    def _check_signature(self, request: Request, authorization: str, now: float) -> Principal:
        try:
            signature = signatures.parse(authorization)
            secret_key = self._secret_key(
                signature.access_key, request.headers.get("x-security-token"), now
            )
            signatures.verify(
                request, signature, secret_key, time.time() + self._settings.clock_skew
            )
        except signatures.SignatureError as exc:
            raise _denied(str(exc)) from exc
        return Principal(USER_ID, None, signed=True)

    def _secret_key(self, access_key: str, security_token: str | None, now: float) -> str:
        if access_key == ACCESS_KEY and security_token is None:
            return SECRET_KEY
        temporary = self._temporary.get(access_key)
        if (
            temporary is None
            or temporary.security_token != security_token
            or now >= temporary.expires_at
        ):
            raise signatures.SignatureError(
                "the access key is unknown or expired, or does not go with the security token"
            )
        return temporary.secret_key


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _denied(reason: str) -> PlainRefusal:
    return gateway(401, "APIGW.0301", f"Incorrect IAM authentication information: {reason}")
