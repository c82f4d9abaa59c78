"""Archives the classes that a broker loads, for the starts that follow."""

import os
import pathlib
import sys
import tempfile
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "broker"))
import kafka


def main():
    made = kafka.ARCHIVE.with_suffix(".new")
    with tempfile.TemporaryDirectory() as folder:
        broker = kafka.Kafka(pathlib.Path(folder) / "kafka")
        broker.format(str(uuid.uuid4()))
        broker.java = [f"-XX:ArchiveClassesAtExit={made}"
                       if str(kafka.ARCHIVE) in word else word
                       for word in broker.java]
        try:
            broker.start()
            broker.stop()
        finally:
            broker.kill()
    os.replace(made, kafka.ARCHIVE)


if __name__ == "__main__":
    main()
