"""A judge of the Avro that golden --emit DIR wrote: fastavro.

    judge.py DIR

Decodes each record in each framing and the container file, makes the JSON
form of what it sees by its own means, and compares.
"""

import datetime
import io
import json
import pathlib
import struct
import sys

import fastavro
import fastavro.schema


def instant(value):
    whole = value.microsecond == 0
    text = value.isoformat(timespec="seconds" if whole else "milliseconds")
    return text.replace("+00:00", "Z")


def is_absent(value, schema):
    if isinstance(schema, dict) and schema["type"] in ("array", "map"):
        return not value
    return value is None


def form(value, schema, names):
    """The JSON form: what is null, an empty array or map is left out."""
    if isinstance(schema, str):
        schema = names.get(schema, schema)
    if isinstance(schema, list):
        return form(value, schema[1], names)
    if isinstance(value, datetime.datetime):
        return instant(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, list):
        return [form(item, schema["items"], names) for item in value]
    if isinstance(value, dict) and schema["type"] == "record":
        return {
            field["name"]: form(value[field["name"]], field["type"], names)
            for field in schema["fields"]
            if not is_absent(value[field["name"]], field["type"])
        }
    return value


class Judge:
    def __init__(self, folder):
        self.folder = folder
        self.names = {}
        self.text = self.read("article.avsc").decode()
        self.schema = fastavro.parse_schema(
            json.loads(self.text), named_schemas=self.names
        )
        lines = self.read("articles.jsonl").decode().splitlines()
        self.expected = [json.loads(line) for line in lines]
        self.passed = self.failed = 0

    def read(self, name):
        return (self.folder / name).read_bytes()

    def check(self, what, got, expected):
        if got == expected:
            self.passed += 1
            return
        self.failed += 1
        print(f"FAILED {what}\n  expected {expected}\n  got      {got}")

    def form(self, value):
        return form(value, self.schema, self.names)

    def decode(self, body, writer=None):
        stream = io.BytesIO(body)
        value = fastavro.schemaless_reader(
            stream, writer or self.schema, self.schema if writer else None
        )
        return self.form(value), stream.read()

    def judge_fingerprint(self):
        canonical = fastavro.schema.to_parsing_canonical_form(self.schema)
        ours = self.read("fingerprint").decode().strip()
        theirs = fastavro.schema.fingerprint(canonical, "CRC-64-AVRO")
        # fastavro gives the bytes as single-object encoding has them.
        self.check("fingerprint", bytes.fromhex(ours)[::-1].hex(), theirs)
        return bytes.fromhex(ours)[::-1]

    def judge_framings(self):
        number = int(self.read("schema-id"))
        headers = {
            "single": b"\xc3\x01" + self.judge_fingerprint(),
            "confluent": b"\0" + struct.pack(">I", number),
            "none": b"",
        }
        for i, expected in enumerate(self.expected):
            for suffix, header in headers.items():
                name = f"{i}.{suffix}"
                message = self.read(name)
                self.check(f"{name} header", message[: len(header)], header)
                got = self.decode(message[len(header) :])
                self.check(name, got, (expected, b""))

    def judge_container(self):
        stream = io.BytesIO(self.read("articles.avro"))
        reader = fastavro.reader(stream)
        self.check("schema text", reader.metadata["avro.schema"], self.text)
        got = [self.form(value) for value in reader]
        self.check("articles.avro", got, self.expected)

    def judge_defaults(self):
        """A record without what has a default reads as if it were empty."""
        raw = json.loads(self.text)
        raw["fields"] = [f for f in raw["fields"] if "default" not in f]
        bare = fastavro.parse_schema(raw)
        stream = io.BytesIO(self.read("1.none"))
        value = fastavro.schemaless_reader(stream, self.schema)
        stream = io.BytesIO()
        fastavro.schemaless_writer(stream, bare, value)
        got = self.decode(stream.getvalue(), bare)
        self.check("defaults", got, (self.expected[1], b""))


def main():
    judge = Judge(pathlib.Path(sys.argv[1]))
    judge.judge_framings()
    judge.judge_container()
    judge.judge_defaults()
    print(f"{judge.passed} passed, {judge.failed} failed")
    return 1 if judge.failed or not judge.passed else 0


if __name__ == "__main__":
    sys.exit(main())
