"""The study is a notebook, and runs from the folder to the figures."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from conftest import CORPUS

STUDY = Path(__file__).parents[1] / "examples" / "study.py"


def test_the_study_runs(tmp_path: Path) -> None:
    import jupytext

    notebook = jupytext.read(STUDY)
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    assert len(code) >= 8
    assert sum(cell.cell_type == "markdown" for cell in notebook.cells) >= 8
    # The cells as the notebook has them, one after the other, without a kernel to start.
    script = tmp_path / "study.py"
    script.write_text("\n\n".join(code), encoding="utf-8")
    environment = {
        **os.environ,
        "MPLBACKEND": "Agg",
        "MPLCONFIGDIR": str(tmp_path),
        "PYTHONIOENCODING": "utf-8",
        "XUNZHANG_CORPUS": str(CORPUS),
        "XUNZHANG_OUTPUT": str(tmp_path),
    }
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    for name in ("走势.png", "同段.png", "走势.csv", "说明.csv"):
        assert (tmp_path / name).stat().st_size > 20, name
    assert "失地农民" in done.stdout
