"""The image's recipe, as far as it can be judged without building it."""
import re

import pytest
from manifests import ROOT

RECIPE = ["deploy/Containerfile", "Makefile", "tests/tests.mk",
          *(path.relative_to(ROOT).as_posix()
            for path in sorted((ROOT / "deploy").glob("*.sh")))]


@pytest.mark.parametrize("file", RECIPE)
def test_it_is_for_any_architecture(file):
    named = re.findall(r"amd64|arm64|aarch64|x86[-_]64|i[36]86|march|mtune",
                       (ROOT / file).read_text())
    assert named == []
