# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An authority that signs certificates for tests."""

from __future__ import annotations

import ipaddress
import pathlib
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from mrs_simulator.server import Tls

DAY = timedelta(days=1)


class Authority:
    """C(file) is what those need who trust it."""

    def __init__(self, folder: pathlib.Path) -> None:
        self._folder, self._key, self._issued = folder, ec.generate_private_key(ec.SECP256R1()), 0
        self._name = x509.Name(
            [x509.NameAttribute(x509.NameOID.COMMON_NAME, f"authority {folder.name}")]
        )
        itself = self._builder(self._name, self._key, datetime.now(UTC) + DAY)
        itself = itself.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        signs = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
        itself = itself.add_extension(signs, critical=True)
        self.file = folder / "authority.pem"
        self.file.write_bytes(
            itself.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        )

    def certificate(self, host: str, ends: timedelta = DAY) -> Tls:
        """A certificate for a host name or an address, and its key."""
        self._issued += 1
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
        name: x509.GeneralName = x509.DNSName(host)
        if host[0].isdigit():
            name = x509.IPAddress(ipaddress.ip_address(host))
        builder = self._builder(subject, key, datetime.now(UTC) + ends)
        builder = builder.add_extension(x509.SubjectAlternativeName([name]), critical=False)
        files = Tls(self._folder / f"{self._issued}.pem", self._folder / f"{self._issued}.key")
        signed = builder.sign(self._key, hashes.SHA256())
        files.certificate.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
        form = (
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        files.key.write_bytes(key.private_bytes(*form))
        return files

    def _builder(
        self, subject: x509.Name, key: ec.EllipticCurvePrivateKey, end: datetime
    ) -> x509.CertificateBuilder:
        of_subject = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
        of_authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
        return (
            x509.CertificateBuilder(
                self._name, subject, key.public_key(), x509.random_serial_number()
            )
            .not_valid_before(end - 3 * DAY)
            .not_valid_after(end)
            .add_extension(of_subject, critical=False)
            .add_extension(of_authority, critical=False)
        )
