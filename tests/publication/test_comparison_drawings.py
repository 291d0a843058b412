"""Drawings of models side by side: what they show, what they do not hide, and where they go."""

import re

import numpy as np
import pytest
import synthetic_editions
from test_charts import pictures, texts

from everyname.counts import CapturePatterns
from everyname.errors import CaseError
from everyname.estimation import Comparison, Estimate, Refusal, estimate
from everyname.estimation.result import PosteriorEstimate
from everyname.estimation.sensitivity_estimate import SensitivityEstimate, SensitivityPoint
from everyname.publication import draw_comparison, render, save_comparison
from everyname.publication.drawing import NARROW, WIDE
from everyname.publication.forest import forest
from everyname.publication.measure import in_lines, middle_shortened, text_width
from everyname.publication.overlap_table import overlap_table
from everyname.publication.posterior_plot import cap_of, posterior_plot
from everyname.publication.sensitivity_plot import sensitivity_plot
from everyname.publication.words import Words

WORDS = Words(())
HISTORIES = [[1, 1, 0], [1, 0, 0], [0, 1, 1], [0, 0, 1], [1, 1, 1], [0, 1, 0], [1, 0, 1]]
COUNTS = [20, 40, 17, 33, 6, 51, 12]
LISTS = ("hospital_register", "قائمة الدفن", "press")


def result(model, point, low, high, *, kind=Estimate, observed=1_000, bound=False, **more):
    return kind(**{
        "model": model, "point": point, "low": low, "high": high, "level": 0.95,
        "observed": observed, "unrecorded": point - observed, "lower_bound": bound,
        "assumptions": ("The lists are independent.",), "reference": "Invented (2031).",
        "settings": {}, **more,
    })  # fmt: skip


def posterior(model, draws, **more):
    low, point, high = np.quantile(draws, (0.025, 0.5, 0.975))
    return result(model, point, low, high, kind=PosteriorEstimate, draws=draws, **more)


REPORTED = result("Reported interval", 1_300, 1_100, 1_900)


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    found = estimate(
        HISTORIES, COUNTS, lists=LISTS, models=["chao", "chapman", "highest-order", "decomposable"]
    )
    refused = Refusal(model="Sparse", reason="It is <not> identified.")
    return found.model_copy(
        update={
            "results": (*found.results, refused),
            "names": (*found.names, "sparse"),
            "reported": result("Reported interval", 300, 240, 410, observed=179),
        }
    )


def test_the_reported_interval_comes_first_and_refusals_last_with_their_reason():
    models = (
        result("A", 1_200, 1_100, 1_500),
        Refusal(model="B", reason="No person is in two lists."),
        result("C", 1_400, 1_250, 1_600),
    )
    drawing = forest(models, None, reported=REPORTED)
    assert drawing.text == (
        "Reported: About 1,300 persons (95% interval 1,100 to 1,900; 1,000 recorded);"
        " A: About 1,200 persons (95% interval 1,100 to 1,500; 1,000 recorded);"
        " C: About 1,400 persons (95% interval 1,250 to 1,600; 1,000 recorded);"
        " B: no estimate, No person is in two lists."
        " The upright line is the documented count, 1,000."
    )
    for picture in pictures(drawing):
        shown = texts(picture)
        assert {"Reported", "A", "B", "C", "interval 1,100 to 1,900"} <= set(shown)
        assert "No estimate: No person is in two lists." in shown
        heights = dict(zip(shown, places(picture), strict=True))
        assert heights["Reported"] < heights["A"] < heights["C"] < heights["B"]


def places(picture):
    """Height of each text in the picture, in pixels."""
    return [
        float(re.search(r"translate\([-0-9.]+,([-0-9.]+)\)", text.get("transform"))[1])
        for text in picture.iter("text")
    ]


def test_a_reported_refusal_stands_where_the_interval_would():
    refused = Refusal(model="Reported interval", reason="The models disagree.")
    drawing = forest((result("A", 1_200, 1_100, 1_500),), None, reported=refused)
    assert drawing.text.startswith("Reported: no estimate, The models disagree; A: About 1,200")
    assert "No estimate: The models disagree." in texts(pictures(drawing)[0])
    assert forest((refused,), None, reported=refused) is None


def test_an_interval_that_runs_out_of_the_picture_says_how_far_it_goes():
    models = (
        result("A", 1_200, 1_100, 1_500),
        result("B", 1_300, 1_100, 1_000_000),
        result("C", 800_000, 90_000, 3_000_000),
        result("D", 900_000, 90_000, 3_000_000, bound=True),
        result("E", 1_250, 1_000, 1_700),
    )
    drawing = forest(models, None)
    for picture in pictures(drawing):
        assert {"1,300, to 1,000,000 →", "800,000 →", "at least 900,000 →"} <= set(texts(picture))
    scale = drawing.specs[WIDE]["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert scale[1] < 6_000
    assert "95% interval 90,000 to 3,000,000" in drawing.text


def test_an_interval_little_wider_than_the_picture_is_drawn_whole():
    shown = texts(pictures(forest((result("A", 9, 6, 40, observed=6),), None))[0])
    assert "9" in shown
    assert not any("→" in text for text in shown)


def test_the_overlap_table_counts_pairs_sizes_and_who_is_in_no_other_list():
    patterns = CapturePatterns(
        lists=("hospital_register", "press", "none"),
        rows=(((1, 1, 0), 5), ((1, 0, 0), 30), ((0, 1, 0), 8)),
    )
    table = overlap_table(patterns, WORDS)
    assert table.rows == (
        ("A", "hospital register", (35, 5, 0), 30),
        ("B", "press", (5, 13, 0), 8),
        ("C", "none", (0, 0, 0), 0),
    )
    assert table.persons == 43
    assert '<th scope="row"><b>A</b> <bdi>hospital register</bdi></th><td><b>35</b></td>' in (
        table.html()
    )


def test_the_posterior_shows_quantiles_and_the_cap_and_what_lies_beyond():
    rng = np.random.default_rng(3)
    near = posterior("Near", 1_000 + rng.poisson(200, (2, 1_000)), settings={"max_n0": 9_000})
    tail = 1_000 + np.minimum(rng.pareto(0.6, (2, 1_000)) * 500, 19_000).astype(int)
    far = posterior("Far", tail, settings={"cap": 20})
    drawing = posterior_plot((near, Refusal(model="B", reason="No."), far, REPORTED))
    assert cap_of(near) == 10_000
    assert cap_of(far) == 21_000
    assert cap_of(result("None", 1_200, 1_100, 1_300, settings={"cap": "none"})) is None
    assert "cap 10,000" in drawing.text
    share = float((tail > 4_800).mean())
    assert f"{share * 100:.3g}% of it beyond the picture" in drawing.text
    for picture in pictures(drawing):
        assert {"Near", "Far", "documented: 1,000"} <= set(texts(picture))
        assert any(text.endswith("beyond →") for text in texts(picture))
    assert posterior_plot((REPORTED,)) is None
    assert posterior_plot((near.model_copy(update={"draws": None}),)) is None


def test_draws_that_are_all_alike_have_a_picture():
    alike = posterior("Alike", np.full((2, 50), 6), observed=6)
    assert "median 6, interval 6" in posterior_plot((alike,)).text


def test_the_sensitivity_plot_tells_every_value_and_what_halves_and_doubles():
    curve = tuple(
        SensitivityPoint(xi=xi, point=100 + 50 * xi, low=100 + 20 * xi, high=100 + 90 * xi)
        for xi in (0.5, 1.0, 2.0)
    )
    found = result("No highest", 150, 120, 190, kind=SensitivityEstimate, observed=100, curve=curve)
    drawing = sensitivity_plot(found)
    assert drawing.text == (
        "xi 0.5: 125, interval 110 to 145; xi 1: 150, interval 120 to 190;"
        " xi 2: 200, interval 140 to 280. The number would be doubled at xi 4."
        " The level line is the documented count, 100."
    )
    for picture in pictures(drawing):
        assert {"0.5", "1", "2", "125", "150", "200"} <= set(texts(picture))
    assert sensitivity_plot(found.model_copy(update={"curve": curve[1:2]})) is None


def test_a_comparison_is_drawn_and_saved(comparison, tmp_path):
    drawn = draw_comparison(comparison)
    assert list(drawn.plots) == ["forest", "upset", "posterior", "sensitivity"]
    assert drawn.overlap.names == ("hospital register", "قائمة الدفن", "press")
    shown = drawn._repr_html_()
    assert shown.count("<svg") == 4
    assert "<figcaption>" in shown
    assert "<script" not in shown
    files = save_comparison(comparison, tmp_path / "plots")
    assert [file.name for file in files] == [
        "comparison.html",
        *(f"{name}{suffix}" for name in drawn.plots for suffix in (".svg", ".png")),
    ]
    page = files[0].read_text(encoding="utf-8")
    assert "About 300 persons (95% interval 240 to 410; 179 recorded)." in page
    assert "It is &lt;not&gt; identified." in page
    assert page.index("About 300 persons") < page.index("<figure>")
    assert files[2].read_bytes().startswith(b"\x89PNG")
    with pytest.raises(CaseError, match=r"\.pdf"):
        drawn.forest.save(tmp_path / "forest.pdf")


def test_a_comparison_read_back_has_no_draws_to_show(comparison):
    again = Comparison.model_validate_json(comparison.model_dump_json())
    assert draw_comparison(again).posterior is None


def test_without_overlap_there_are_the_lists_and_the_reasons(tmp_path):
    found = estimate([[1, 0], [0, 1]], [2, 3], models=["chao", "chapman"])
    drawn = draw_comparison(found)
    assert list(drawn.plots) == ["upset"]
    page = save_comparison(found, tmp_path)[0].read_text(encoding="utf-8")
    assert all(refusal.reason.split("'")[0] in page for refusal in found.refusals)


def test_strata_have_folders_and_stand_in_the_page(tmp_path):
    columns = {
        "a": [1, 1, 0] * 2,
        "b": [1, 0, 1] * 2,
        "sex": ["female"] * 3 + ["male"] * 3,
    }
    found = estimate(columns, [20, 40, 30, 9, 17, 12], lists=["a", "b"], by="sex", models=["chao"])
    files = save_comparison(found, tmp_path, suffixes=(".svg",))
    names = [str(file.relative_to(tmp_path)) for file in files]
    assert names == [
        "comparison.html", "forest.svg", "upset.svg",
        "stratum-1/comparison.html", "stratum-1/forest.svg", "stratum-1/upset.svg",
        "stratum-2/comparison.html", "stratum-2/forest.svg", "stratum-2/upset.svg",
    ]  # fmt: skip
    assert "<bdi>female</bdi>" in files[0].read_text(encoding="utf-8")
    assert "<title>male</title>" in files[6].read_text(encoding="utf-8")


def test_the_report_shows_the_reported_interval_before_the_models(comparison):
    edition = synthetic_editions.rich(60).model_copy(update={"comparison": comparison})
    page = render(edition)
    part = page[page.index('<section id="estimates"') : page.index('<section id="claims"')]
    order = [
        "About 300 persons (95% interval 240 to 410",
        "The upright line through the models",
        "What the lists share",
        "Models that give no estimate",
        "In words",
        "What would change the answers",
        "What each model assumes",
    ]
    found = [part.index(text) for text in order]
    assert found == sorted(found)
    assert "About 300 persons" not in page[: page.index('<section id="estimates"')]


def test_a_long_name_keeps_its_end_and_a_reason_its_lines():
    name = "Two lists, the central register of the northern district and the burials"
    short = middle_shortened(name, 300, 13)
    assert short.startswith("Two lists, the")
    assert short.endswith("the burials")
    assert text_width(short, 13) <= 300
    assert middle_shortened("burials", 300, 13) == "burials"
    lines = in_lines("No person is in two lists, and so nothing shows.", 160, 12, 2)
    assert len(lines) == 2
    assert lines[0].startswith("No person")
    assert all(text_width(line, 12) <= 160 for line in lines)
    assert in_lines("Brief.", 160, 12, 2) == ("Brief.",)


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_twelve_models_fit(size):
    long = "Two lists, the central register of burials of the northern district and the press"
    models = [result(f"{long} {i}", 1_200 + i, 1_100, 1_500 + i) for i in range(12)]
    spec = forest(models, None, reported=REPORTED).specs[size]
    margins = spec["padding"]
    assert spec["width"] + margins["left"] + margins["right"] == size.width
    assert spec["width"] > 90
