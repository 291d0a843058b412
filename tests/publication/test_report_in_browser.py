"""The report in a real Chromium: layout, contrast, and content that means harm."""

import json
import shutil
from pathlib import Path

import pytest
import synthetic_editions

from everyname.estimation import Estimate, Refusal, estimate
from everyname.publication import render

pytestmark = pytest.mark.browser

ARGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
HOSTILE = (
    "<script>document.title='executed'</script>",
    '"><img src=x onerror="document.title=\'executed\'">',
    "'\"&amp;</td></table></style><svg onload=\"document.title='executed'\">",
    "{{ 7 * 7 }}{% raw %}",
    "نور\u202eبنت\u202d الوادي (ألف)",
    "Unbroken" * 60,
    "👩\u200d👩\u200d👧 \u200b\u200bzero\u200bwidth",
    "=1+1",
)
OVERFLOWING = """() => [...document.querySelectorAll('body *')]
  .filter(e => !e.closest('.scroll, svg') && e.getClientRects().length
    && !e.classList.contains('skip')
    && e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map(e => e.tagName + '.' + e.className)"""
SMALL_LETTERS = """() => [...document.querySelectorAll('svg.chart')]
  .filter(s => getComputedStyle(s).display !== 'none')
  .flatMap(s => [...s.querySelectorAll('text')].map(t => {
    const scale = s.getBoundingClientRect().width / s.viewBox.baseVal.width;
    return parseFloat(getComputedStyle(t).fontSize) * scale; }))
  .filter(size => size < 10)"""
OUTSIDE_THEIR_CHART = """() => [...document.querySelectorAll('svg.chart')]
  .filter(s => getComputedStyle(s).display !== 'none')
  .flatMap(s => { const box = s.getBoundingClientRect();
    return [...s.querySelectorAll('text')].filter(t => { const b = t.getBoundingClientRect();
      return b.left < box.left - 2 || b.right > box.right + 2; }).map(t => t.textContent); })"""
CONTRASTS = """() => {
  const rgb = text => text.match(/[0-9.]+/g).map(Number);
  const light = ([r, g, b]) => { const f = [r, g, b].map(v => { v /= 255;
    return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * f[0] + 0.7152 * f[1] + 0.0722 * f[2]; };
  const under = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e)
    .backgroundColor); if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
  return [...document.querySelectorAll('h1,h2,h3,p,a,td,th,caption,figcaption,dt,dd,summary,li')]
    .filter(e => e.getClientRects().length && e.innerText.trim())
    .map(e => { const [a, b] = [light(rgb(getComputedStyle(e).color)), light(under(e))]
      .sort((x, y) => y - x);
      return [(a + 0.05) / (b + 0.05), e.tagName, e.innerText.slice(0, 40)]; })
    .filter(([ratio]) => ratio < 4.5); }"""


@pytest.fixture(scope="module")
def browser():
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("no chromium on this machine")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=ARGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("reports")
    editions = {
        "rich": synthetic_editions.rich(),
        "figures": synthetic_editions.figures_only(),
        "hostile": hostile(),
        "compared": compared(),
    }
    for name, edition in editions.items():
        (folder / f"{name}.html").write_text(render(edition), encoding="utf-8")
    return {name: folder / f"{name}.html" for name in editions}


def compared():
    """An edition with models side by side, on lists whose names mean harm, one with no end."""
    histories = [[1, 1, 0], [1, 0, 0], [0, 1, 1], [0, 0, 1], [1, 1, 1]]
    found = estimate(
        histories, [20, 40, 70, 9, 3], lists=[HOSTILE[0], HOSTILE[4], HOSTILE[5]],
        models=["chao", "chapman", "highest-order", "decomposable"],
    )  # fmt: skip
    first = next(result for result in found.results if isinstance(result, Estimate))
    endless = first.model_copy(update={"high": 1e6, "lower_bound": False, "model": HOSTILE[1]})
    reported = Refusal(model="Reported interval", reason=HOSTILE[2])
    changed = {"results": (*found.results, endless, reported), "reported": reported}
    return synthetic_editions.rich(40).model_copy(
        update={"comparison": found.model_copy(update=changed)}
    )


def hostile():
    """An edition in which every text of another is one that means harm."""
    edition = synthetic_editions.rich(40)
    texts = iter(HOSTILE * 100)

    def replaced(items, *fields):
        return tuple(
            item.model_copy(update={field: next(texts) for field in fields}) for item in items
        )

    persons = tuple({**p, "name": next(texts), "place": next(texts)} for p in edition.persons)
    places = edition.breakdowns[4]
    rows = tuple(
        row.model_copy(update={"where": (("place", f"{i} {next(texts)}"),)})
        for i, row in enumerate(places.rows)
    )
    claims = replaced([f.claim for f in edition.findings], "text", "said_by", "address")
    findings = tuple(
        finding.model_copy(update={"claim": claim, "explanation": next(texts)})
        for finding, claim in zip(edition.findings, claims, strict=True)
    )
    return edition.model_copy(
        update={
            "title": HOSTILE[0] + HOSTILE[5],
            "summary": HOSTILE[2],
            "persons": persons,
            "breakdowns": (places.model_copy(update={"rows": rows}), *edition.breakdowns[:4]),
            "findings": findings,
            "figures": replaced(
                edition.figures, "said_by", "note", "address", "reported_in", "read", "counts_what"
            ),
            "groups": replaced(edition.groups, "said_by", "note", "place"),
            "responses": replaced(edition.responses, "title", "said_by", "note", "address"),
            "sources": replaced(edition.sources, "name", "publisher", "language", "document"),
            "files": replaced(edition.files, "file", "dialect"),
            "head": "f" * 2_000,
        }
    )


@pytest.fixture
def opened(browser, pages):
    contexts = []

    def open_page(name, width, **how):
        context = browser.new_context(viewport={"width": width, "height": 900}, **how)
        contexts.append(context)
        page = context.new_page()
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(pages[name].as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["rich", "figures", "hostile", "compared"])
def test_nothing_runs_out_of_the_page(opened, name, width):
    page = opened(name, width)
    scroll, client = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert scroll <= client
    assert page.evaluate(OVERFLOWING) == []


@pytest.mark.parametrize("width", [390, 700, 1280])
@pytest.mark.parametrize("name", ["rich", "figures", "compared"])
def test_letters_in_charts_can_be_read_and_stay_inside(opened, name, width):
    page = opened(name, width)
    assert page.evaluate(SMALL_LETTERS) == []
    assert page.evaluate(OUTSIDE_THEIR_CHART) == []


@pytest.mark.parametrize("name", ["rich", "figures", "hostile", "compared"])
def test_the_page_asks_for_nothing_and_executes_nothing(opened, pages, name):
    page = opened(name, 390)
    page.wait_for_timeout(50)
    assert page.asked == [pages[name].as_uri()]
    assert page.title() != "executed"
    assert page.evaluate("document.scripts.length + document.images.length") == 0
    targets = page.evaluate("[...document.links].map(a => a.protocol)")
    assert set(targets) <= {"https:", "http:", "file:"}


def test_hostile_names_are_shown_as_written(opened):
    page = opened("hostile", 1280)
    names = json.loads(
        page.evaluate(
            "JSON.stringify([...document.querySelectorAll('#persons tbody tr')]"
            ".map(r => r.cells[0].textContent))"
        )
    )
    assert names == [person["name"] for person in hostile().persons]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_their_ground(opened, scheme):
    assert opened("rich", 1280, color_scheme=scheme).evaluate(CONTRASTS) == []


def test_a_persons_row_can_be_linked_to(opened, pages):
    page = opened("rich", 1280)
    page.goto(f"{pages['rich'].as_uri()}#person-P001500")
    assert page.locator("#person-P001500").is_visible()


def test_the_page_can_be_used_from_the_keyboard(opened):
    page = opened("rich", 1280)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0


def test_the_report_can_be_printed(opened):
    assert opened("figures", 1280).pdf(format="A4").startswith(b"%PDF")
