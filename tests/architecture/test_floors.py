"""The contracts of the floors, as import-linter reads them."""

import subprocess
import sys
from pathlib import Path

from tests.architecture.source import ROOT


def test_imports_go_downwards_only():
    linter = Path(sys.executable).parent / "lint-imports"
    outcome = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stdout[-3000:]
