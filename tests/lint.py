"""Checks what a compiler alone does not: make lint.

Format, warnings as errors under gcc and clang, the direction of includes,
calls that belong elsewhere or nowhere, and two static analysers.
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

ROOT = pathlib.Path(__file__).resolve().parent.parent
LAYERS = ["base", "kafka", "schemas", "samples", "transform", "consumer",
          "producer", "stage"]

# Which folders' headers a folder's files may include, beside its own.
MAY_INCLUDE = {
    "base": [],
    "kafka": ["base"],
    "schemas": ["base"],
    "samples": ["base"],
    "transform": ["base"],
    "consumer": ["base", "kafka"],
    # The article, and the pure pieces that its forms are made with.
    "producer": ["base", "kafka", "transform/article.h", "transform/enums.h",
                 "transform/text/date.h"],
    "stage": LAYERS,
}

# Which files may include a library's headers, or those of ours that the pure
# ones may not; a regular expression of paths.
USERS = {
    "base/clock.h": r"(?!transform/)",
    "base/log.h": r"(?!transform/)",
    "librdkafka/": r"kafka/|consumer/|producer/|stage/(worker|cluster)/",
    "curl/": r"producer/registry\.c",
    "avro": r"producer/avro/|stage/diff/|stage/commands/(tail|transform)\.c"
            r"|stage/terminal/(showcase\.c|portrait\.)",
    "jansson.h": r"transform/|producer/|stage/(replay/plan\.c|http/)",
    "microhttpd.h": r"stage/http/",
    "utf8proc.h": r"transform/text/|producer/library\.c",
    "openssl/": r"transform/hash\.c|producer/",
    "pthread.h": r"base/log\.c|transform/formats/json\w*\.c|stage/"
                 r"|kafka/client\.c",
}

# Calls that only some files may make, and those that none may.
CALLS = {
    r"getenv|secure_getenv": r"tests/|stage/settings/",
    r"time|gettimeofday|clock_gettime": r"tests/|base/clock\.c"
        r"|kafka/client\.c",
    r"exit|quick_exit": r"tests/|stage/main\.c",
    r"strcpy|strcat|sprintf|vsprintf|gets|strtok|gmtime|localtime|atoi|atol"
    r"|strncpy|strncat|alloca": r"(?!)",
    r"printf|fopen|fprintf|malloc|calloc|realloc":
        r"(?!transform/(?!topics/|formats/json|transform\.c"
        r"|hash\.c))",
}


def sources(*folders):
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.[ch]")):
            yield path.relative_to(ROOT).as_posix()


def without_comments(text):
    text = re.sub(r"/\*.*?\*/", lambda m: "\n" * m[0].count("\n"), text,
                  flags=re.S)
    return re.sub(r'"(\\.|[^"\\\n])*"', '""', text)


def include_is_allowed(path, name):
    """Whether path may include the header name, as it is written."""
    layer = path.split("/")[0]
    if name.split("/")[0] in LAYERS:
        allowed = [layer, *MAY_INCLUDE[layer]]
        if not any(name == a or name.startswith(a + "/") for a in allowed):
            return False
    return all(re.match(users, path) for prefix, users in USERS.items()
               if name.startswith(prefix))


def check_includes():
    for path in sources(*LAYERS):
        text = (ROOT / path).read_text()
        for number, line in enumerate(text.splitlines(), 1):
            found = re.match(r'\s*#\s*include\s*["<]([^">]+)', line)
            if found and not include_is_allowed(path, found[1]):
                yield f"{path}:{number}: may not include {found[1]}"


def check_calls():
    for path in sources(*LAYERS, "tests"):
        code = without_comments((ROOT / path).read_text())
        for number, line in enumerate(code.splitlines(), 1):
            for names, users in CALLS.items():
                found = re.search(rf"(?<![\w.>])({names})\s*\(", line)
                if found and not re.match(users, path):
                    yield f"{path}:{number}: may not call {found[1]}()"


def check_headers():
    for path in sources(*LAYERS, "tests"):
        if path.endswith(".h"):
            first = (ROOT / path).read_text().splitlines()[0]
            if not first.startswith(f"/* {path} - "):
                yield f"{path}:1: does not begin with '/* {path} - '"


def check_sizes():
    for path in sources(*LAYERS):
        lines = (ROOT / path).read_text().count("\n")
        if lines > (400 if path.endswith(".c") else 200):
            yield f"{path}: has {lines} lines: which two things is it?"


def output_of(*command):
    done = subprocess.run([str(word) for word in command], cwd=ROOT,
                          capture_output=True, text=True)
    return done.returncode, (done.stdout + done.stderr).strip()


def flags():
    """The compiler's, as the Makefile has them."""
    text = (ROOT / "build/libraries.mk").read_text()
    libraries = re.search(r"^LIBRARIES_CFLAGS = (.*)$", text, re.M)[1]
    makefile = (ROOT / "Makefile").read_text().replace("\\\n", " ")
    warnings = re.search(r"^WARNINGS = (.*)$", makefile, re.M)[1]
    return (f"-std=c11 -D_GNU_SOURCE -I. {warnings} {libraries} "
            '-DWIRESTAGE_VERSION="lint" -DAVRO_C_VERSION="lint"').split()


def run_on(name, command, paths, after=()):
    """Complaints of one command per path, run on all processors."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for path, (status, text) in zip(paths, pool.map(
                lambda path: output_of(*command, path, *after), paths)):
            if status:
                yield f"{name}: {path}:\n{text}"


def check_format():
    yield from run_on("clang-format", ["clang-format", "--dry-run",
                                       "--Werror"],
                      list(sources(*LAYERS, "tests")))


def check_compilers():
    paths = [path for path in sources(*LAYERS, "tests")
             if path.endswith(".c")]
    for compiler in ("gcc", "clang"):
        command = [compiler, *flags(), "-Werror", "-fsyntax-only"]
        if compiler == "gcc":
            command[-1:] = ["-O2", "-c", "-o", "/dev/null"]
        yield from run_on(compiler, command, paths)


TIDY = ",".join([
    "-*", "clang-analyzer-*", "bugprone-*",
    # memcpy_s and the like are not to be had
    "-clang-analyzer-security.insecureAPI.DeprecatedOrUnsafeBufferHandling",
    "-bugprone-easily-swappable-parameters", "-bugprone-reserved-identifier",
    "-bugprone-narrowing-conversions", "-bugprone-implicit-widening-of"
    "-multiplication-result", "-bugprone-macro-parentheses",
    "-bugprone-assignment-in-if-condition", "-bugprone-branch-clone",
    "-bugprone-sizeof-expression",
    "-bugprone-suspicious-string-compare",
    "-bugprone-not-null-terminated-result"])


def check_tidy():
    paths = [path for path in sources(*LAYERS) if path.endswith(".c")]
    yield from run_on("clang-tidy",
                      ["clang-tidy", "--quiet", f"--checks={TIDY}",
                       "--warnings-as-errors=*"],
                      paths, ["--", *flags()])


def check_cppcheck():
    status, text = output_of(
        "cppcheck", "--quiet", "--std=c11", "--error-exitcode=1",
        "--enable=warning,portability", "--inline-suppr",
        "--suppress=missingIncludeSystem", "-j", os.cpu_count(), "-I.",
        *LAYERS)
    if status:
        yield f"cppcheck:\n{text}"


def check_scripts():
    scripts = [p.relative_to(ROOT) for p in (ROOT / "deploy").glob("*.sh")]
    for script in [*scripts, pathlib.Path(".ci/run")]:
        status, text = output_of("sh" if script.suffix else "bash", "-n",
                                 script)
        if status:
            yield f"{script}: {text}"


CHECKS = [check_headers, check_includes, check_calls, check_sizes,
          check_scripts, check_format, check_compilers, check_cppcheck,
          check_tidy]


def main():
    argparse.ArgumentParser(description=__doc__).parse_args()
    failed = 0
    for check in CHECKS:
        complaints = list(check())
        name = check.__name__.removeprefix("check_")
        print(f"{'FAILED' if complaints else 'ok':6} {name}", flush=True)
        for complaint in complaints:
            print(complaint)
        failed += bool(complaints)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
