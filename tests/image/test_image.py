"""What is in the image, how large it is, and how it behaves when it is told
to end."""
import json
import os
import subprocess
import tarfile
from concurrent.futures import ThreadPoolExecutor

import container
import pytest
from confluent_kafka import Producer

UNPACKED_MB, PULLED_MB = 22, 10
# Nothing that could be called by who has broken in.
TOOLS = ("sh", "bash", "dash", "busybox", "env", "cat", "perl", "apt", "dpkg")


def podman(*arguments):
    return subprocess.run([*container.PODMAN, *arguments], check=True,
                          capture_output=True, text=True).stdout


def run(*arguments, options=()):
    return subprocess.run(
        [*container.RUN, *options, container.IMAGE, *arguments],
        capture_output=True, text=True)


@pytest.fixture(scope="module")
def facts():
    return json.loads(podman("image", "inspect", container.IMAGE))[0]


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    path = tmp_path_factory.mktemp("image") / "oci.tar"
    podman("save", "--quiet", "--format", "oci-archive", "--output", path,
           container.IMAGE)
    return path


@pytest.fixture(scope="module")
def files(archive):
    """{path: tarfile's member} of all layers, and what they weigh."""
    found = {}
    with tarfile.open(archive) as outer:
        manifest = _manifest(outer)
        for layer in manifest["layers"]:
            blob = outer.extractfile(_blob(layer["digest"]))
            with tarfile.open(fileobj=blob, mode="r|*") as inner:
                found |= {member.name: member for member in inner}
    return found


def _blob(digest):
    return "blobs/" + digest.replace(":", "/")


def _manifest(outer):
    index = json.load(outer.extractfile("index.json"))
    return json.load(outer.extractfile(_blob(index["manifests"][0]["digest"])))


def test_the_image_is_small(archive, files):
    unpacked = sum(member.size for member in files.values())
    with tarfile.open(archive) as outer:
        pulled = sum(layer["size"] for layer in _manifest(outer)["layers"])
    print(f"{unpacked / 1e6:.1f} MB unpacked, {pulled / 1e6:.1f} MB to pull")
    assert unpacked < UNPACKED_MB * 1e6
    assert pulled < PULLED_MB * 1e6


def test_it_says_what_it_is(facts):
    labels = facts["Labels"]
    assert labels["org.opencontainers.image.title"] == "wirestage"
    assert labels["org.opencontainers.image.licenses"] == "Apache-2.0"
    assert labels["org.opencontainers.image.version"] not in ("", "unknown")
    assert facts["Config"]["User"] == "65532:65532"
    assert facts["Config"]["Entrypoint"] == ["/usr/bin/wirestage"]


def test_its_version_is_the_label(facts):
    done = run("--version")
    assert done.returncode == 0
    name, version = done.stdout.splitlines()[0].split()
    assert name == "wirestage"
    assert version == facts["Labels"]["org.opencontainers.image.version"]


def test_nothing_in_it_can_be_called_but_the_program(files):
    programs = {os.path.basename(name) for name, member in files.items()
                if member.isfile() and member.mode & 0o111}
    assert programs.isdisjoint(TOOLS)
    assert {name for name in programs if ".so" not in name} == {"wirestage"}


def test_nothing_in_it_is_setuid_or_writable_by_all(files):
    assert [name for name, member in files.items()
            if not member.issym() and member.mode & 0o6002] == []


def test_scanners_and_lawyers_find_each_package(files):
    packages = {os.path.basename(name) for name, member in files.items()
                if name.startswith("var/lib/dpkg/status.d/")
                and member.isfile()}
    assert {"libc6", "libssl3t64", "ca-certificates", "librdkafka", "curl",
            "libmicrohttpd"} <= packages
    for package in packages | {"wirestage"}:
        assert f"usr/share/doc/{package}/copyright" in files
    assert "etc/os-release" in files


def test_openssl_finds_the_certificates(files):
    link = files["usr/lib/ssl/cert.pem"]
    assert link.linkname == "/etc/ssl/certs/ca-certificates.crt"
    assert files[link.linkname.lstrip("/")].size > 100_000


def test_a_newcomer_can_try_it_without_a_broker():
    done = run("demo")
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_a_second_sigterm_ends_it_at_once(pipeline):
    stage = pipeline.stage("a", shutdown_timeout_ms=60000)
    pipeline.wait_members(1)
    stage.pause()
    for _ in range(2):
        stage.signal(15)
    stage.resume()
    assert stage.wait(5) in (0, 3)


def test_a_large_message_fits_in_its_memory(pipeline):
    """10 MB, nearly the largest that it takes, which no topic has room for."""
    pipeline.stage("a")
    pipeline.audit.send(100)
    pipeline.wait_done()
    producer = Producer({"bootstrap.servers": pipeline.kafka.bootstrap,
                         "message.max.bytes": 20_000_000})
    for _ in range(3):
        producer.produce(pipeline.input, b"x" * 10_000_000, b"large")
    assert producer.flush(20) == 0
    pipeline.wait_done()
    assert pipeline.kafka.count(pipeline.deadletters) >= 3


@pytest.fixture
def tls(tmp_path):
    """A port that speaks TLS with a certificate of its own making."""
    port = container.free_port()
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days",
         "2", "-keyout", "key.pem", "-out", "cert.pem", "-subj",
         "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"],
        cwd=tmp_path, check=True, capture_output=True)
    server = subprocess.Popen(
        ["openssl", "s_server", "-quiet", "-accept", str(port), "-key",
         "key.pem", "-cert", "cert.pem"], cwd=tmp_path,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL)
    yield port, tmp_path / "cert.pem"
    server.kill()
    server.wait()


def test_it_trusts_who_is_in_the_bundle_alone(tls):
    port, certificate = tls
    bundle = f"{certificate}:/etc/ssl/certs/ca-certificates.crt:ro"

    def check(*options):
        done = run("check", f"--bootstrap.servers=127.0.0.1:{port}",
                   "--kafka.security.protocol=ssl", options=options)
        assert done.returncode == 3
        return done.stdout + done.stderr

    # Who answers TLS but not Kafka is waited for: both at once.
    with ThreadPoolExecutor(2) as pool:
        trusted = pool.submit(check, "--volume", bundle)
        assert "certificate verify failed" in check()
        assert "certificate verify failed" not in trusted.result()
