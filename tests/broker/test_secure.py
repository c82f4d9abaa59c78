"""A broker that speaks TLS and asks for a password, as the README has it."""
import subprocess

import pytest
from confluent_kafka.admin import (
    ScramCredentialInfo, ScramMechanism, UserScramCredentialUpsertion)
from kafka import Kafka, free_port

OUTSIDE = 3
PASSWORD = "app-secret"


class Secured(Kafka):
    """Has a listener more, whose certificate is its own authority's."""

    def _defaults(self):
        self.ports["SECURE"] = port = free_port()
        self.secured = f"127.0.0.1:{port}"
        self.authority = self.folder / "broker.crt"
        properties = super()._defaults()
        properties["listener.security.protocol.map"] += ",SECURE:SASL_SSL"
        return properties | {
            "sasl.enabled.mechanisms": "SCRAM-SHA-512",
            "listener.name.secure.scram-sha-512.sasl.jaas.config":
                "org.apache.kafka.common.security.scram.ScramLoginModule "
                "required;",
            "listener.name.secure.ssl.keystore.type": "PEM",
            "listener.name.secure.ssl.keystore.location":
                self.folder / "broker.pem"}

    def format(self, cluster_id):
        self.folder.mkdir(parents=True, exist_ok=True)
        key = self.folder / "broker.key"
        certify(key, self.authority)
        (self.folder / "broker.pem").write_text(
            key.read_text() + self.authority.read_text())
        super().format(cluster_id)


def certify(key, certificate):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days",
         "2", "-subj", "/CN=broker", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", key, "-out", certificate], check=True, capture_output=True)


@pytest.fixture(scope="module")
def kafka(tmp_path_factory):
    with Secured(tmp_path_factory.mktemp("secured")) as broker:
        broker.admin.alter_user_scram_credentials([
            UserScramCredentialUpsertion(
                "app", ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096),
                PASSWORD.encode())])["app"].result(20)
        yield broker


def stage(pipeline, password=PASSWORD, **settings):
    file = pipeline.folder / f"password-{len(pipeline.stages)}"
    file.write_text(f"{password}\n")
    return pipeline.stage(**{
        "bootstrap_servers": pipeline.kafka.secured,
        "kafka_security_protocol": "SASL_SSL",
        "kafka_sasl_mechanism": "SCRAM-SHA-512",
        "kafka_sasl_username": "app",
        "kafka_sasl_password_file": file,
        "kafka_ssl_ca_location": pipeline.kafka.authority} | settings)


def test_articles_come_through(pipeline):
    running = stage(pipeline, workers=2)
    pipeline.audit.send(2000, bad=0.02)
    pipeline.wait_done()
    running.kill()
    running = stage(pipeline, workers=2)
    pipeline.audit.send(2000, seed=1)
    pipeline.wait_done()
    assert running.terminate() == 0
    result = pipeline.audit.check()
    assert result.exact, str(result)
    assert PASSWORD not in "".join(s.text() for s in pipeline.stages)


def test_who_may_not_in_is_told_why(pipeline, tmp_path):
    certify(tmp_path / "key", tmp_path / "other.crt")
    expected = [
        (stage(pipeline, password="not that"), "uthentication failed"),
        (stage(pipeline, kafka_ssl_ca_location=tmp_path / "other.crt"),
         "certificate verify failed"),
        (pipeline.stage(bootstrap_servers=pipeline.kafka.secured),
         "kafka.security.protocol")]
    for refused, why in expected:
        assert refused.wait(40) == OUTSIDE
        assert why in refused.text(), refused.text()
        assert "not that" not in refused.text()
