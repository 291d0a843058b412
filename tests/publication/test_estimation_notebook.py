"""The notebook on estimation runs as it stands."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from everyname.estimation import Comparison
from everyname.estimation.result import PosteriorEstimate

PAGE = Path(__file__).parents[2] / "docs" / "estimation_notebook.md"


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """The names that the blocks leave behind, and the folder they ran in."""
    folder = tmp_path_factory.mktemp("notebook")
    names = {}
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for block in blocks:
            exec(compile(block, PAGE.name, "exec"), names)  # noqa: S102 - our own documentation
    return names, folder


def test_ten_lines_lead_from_a_table_to_the_forest_plot(played):
    names, folder = played
    text = PAGE.read_text(encoding="utf-8")
    (block,) = re.findall(r"## Ten lines\n\n```python\n(.*?)```", text, re.DOTALL)
    assert len([line for line in block.splitlines() if line]) <= 10
    found = names["found"]
    assert isinstance(found, Comparison)
    assert found.observed == 1_634
    picture = (folder / "forest.svg").read_text(encoding="utf-8")
    assert picture.startswith("<svg")
    assert "documented: 1,634" in picture
    assert all(result.model in names["drawn"].forest.text for result in found.results)


def test_the_draws_go_to_arviz_and_to_a_file(played):
    names, folder = played
    posterior = names["posterior"]
    assert isinstance(posterior, PosteriorEstimate)
    assert dict(names["data"]["posterior"]["N"].sizes) == dict(
        zip(("chain", "draw"), posterior.draws.shape, strict=True)
    )
    lines = (folder / "draws.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "chain,draw,n"
    assert lines[1] == f"1,1,{posterior.draws[0, 0]}"
    assert len(lines) == 1 + posterior.draws.size
    assert (folder / "posterior.svg").stat().st_size > 1_000


def test_r_reads_the_draws_with_one_line(played):
    rscript = shutil.which("Rscript")
    if rscript is None:
        pytest.skip("no R on this machine")
    names, folder = played
    text = PAGE.read_text(encoding="utf-8")
    (line,) = re.findall(r"```r\n(.*)\n```", text)
    told = subprocess.run(
        [rscript, "-e", f"cat(format({line}, digits = 15))"],
        cwd=folder, capture_output=True, text=True, check=True,
    )  # fmt: skip
    posterior = names["posterior"]
    expected = [posterior.low, posterior.point, posterior.high]
    assert [float(part) for part in told.stdout.split()] == pytest.approx(expected)
