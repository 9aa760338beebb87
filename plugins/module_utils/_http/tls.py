# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is wrong with certificates, in words, and with the file that is to verify them.

PRIVATE: not part of the public interface of the collection.
"""

from __future__ import annotations

import dataclasses
import os
import ssl

from ansible_collections.huaweicloud.mrs.plugins.module_utils._base.errors import OptionError


@dataclasses.dataclass(frozen=True)
class Refusal:
    """Why no request was sent, and what to do."""

    cause: str
    hint: str


UNKNOWN = Refusal(
    "its certificate cannot be verified",
    "Give the authority that signed it with ca_cert. With validate_certs=false, anybody between "
    "this machine and the server could read the credentials.",
)
OTHER_NAME = Refusal(
    "its certificate is one for another host name",
    "Check the host name in the address. With validate_certs=false, anybody between this machine "
    "and the server could read the credentials.",
)
OUTDATED = Refusal(
    "its certificate has expired",
    "Check the clock of this machine, and tell the operators of the server.",
)
NO_TLS = Refusal("it does not speak TLS", "Check whether the address should begin with http:.")


def refusal(text: str) -> Refusal | None:
    """Why there was no connection; None where neither the certificate nor the address is to blame.

    :param text: the words of the libraries. They keep no more of their causes.
    """
    if "mismatch, certificate is not valid for" in text or "doesn't match" in text:
        return OTHER_NAME
    if "certificate has expired" in text:
        return OUTDATED
    if "CERTIFICATE_VERIFY_FAILED" in text:
        return UNKNOWN
    if "WRONG_VERSION_NUMBER" in text or "RECORD_LAYER_FAILURE" in text:
        return NO_TLS
    return None


def check_authorities(path: str) -> None:
    """Look at the file, or the folder, with the authorities to trust, before any request.

    :raises OptionError: it cannot be used.
    """
    if not os.path.exists(path):
        raise OptionError("ca_cert", f"there is no file {path}.")
    if os.path.isdir(path):
        return
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(path)
    except ssl.SSLError as exc:
        raise OptionError("ca_cert", f"{path} has no certificates in PEM form.") from exc
    except OSError as exc:
        raise OptionError("ca_cert", f"{path} cannot be read: {exc.strerror}.") from exc
