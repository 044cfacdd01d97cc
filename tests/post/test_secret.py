"""Letters travel as the house wants it: in secret to a server that proves its name, or not at all."""

from __future__ import annotations

import ipaddress
import ssl
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kiosk.core import clock
from kiosk.post.carrier import Came, carry
from tests.support import mail_server

LETTER = b"Subject: x\r\n\r\n.dot\r\n..two\r\nend\r\n"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of our own for the loopback address, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail")])
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(mail_server.HOST))])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).add_extension(address, critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    made = made.not_valid_before(clock.now() - timedelta(days=1)).not_valid_after(clock.now() + timedelta(days=1))
    pem = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    path = tmp_path_factory.mktemp("certificate") / "mail.pem"
    path.write_bytes(
        made.sign(key, hashes.SHA256()).public_bytes(pem)
        + key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    )
    return path


@pytest.fixture
def secret(certificate: Path) -> ssl.SSLContext:
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    made.load_cert_chain(certificate)
    return made


async def nothing() -> None:
    pass


@pytest.mark.parametrize(("tls", "is_asked"), [("starttls", True), ("tls", False)])
async def test_a_server_that_proves_its_name_gets_the_letter_as_it_was_written(
    tls: str, is_asked: bool, secret: ssl.SSLContext, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    async with mail_server.served(secret, is_asked=is_asked) as server:
        answer = await carry(server.way(tls=tls), LETTER, "ana@example.com", nothing)
    assert (answer.came, answer.told) == (Came.TAKEN, "")
    assert [letter.raw.partition(b"\r\n\r\n")[2] for letter in server.letters] == [b".dot\r\n..two\r\nend\r\n"]


@pytest.mark.parametrize(("tls", "is_asked"), [("starttls", True), ("tls", False)])
async def test_a_server_nobody_knows_gets_nothing(tls: str, is_asked: bool, secret: ssl.SSLContext) -> None:
    async with mail_server.served(secret, is_asked=is_asked) as server:
        answer = await carry(server.way(tls=tls), LETTER, "ana@example.com", nothing)
    assert answer.came is Came.NOT_NOW
    assert "certificate verify failed" in answer.told
    assert server.letters == []


async def test_a_server_that_cannot_keep_a_secret_gets_nothing() -> None:
    async with mail_server.served() as server:
        answer = await carry(server.way(tls="starttls"), LETTER, "ana@example.com", nothing)
    assert (answer.came, answer.is_about_letter, server.letters) == (Came.NOT_NOW, False, [])
