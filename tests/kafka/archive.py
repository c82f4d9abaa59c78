"""Archives the classes that a broker loads, for the starts that follow.

    archive.py FILE     for java's -XX:SharedArchiveFile
"""

import os
import pathlib
import sys
import tempfile
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "broker"))
import kafka


def main(path):
    made = path.with_suffix(".new")
    with tempfile.TemporaryDirectory() as folder:
        broker = kafka.Kafka(pathlib.Path(folder) / "kafka")
        broker.format(str(uuid.uuid4()))
        broker.java = [f"-XX:ArchiveClassesAtExit={made}" if str(path) in word
                       else word for word in broker.java]
        try:
            broker.start()
            broker.stop()
        finally:
            broker.kill()
    os.replace(made, path)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]).resolve())
