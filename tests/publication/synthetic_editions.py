"""Two editions with invented people: a rich one, and one of figures only."""

from __future__ import annotations

import random
import re
from collections import Counter

from everyname.claims import Claim, check
from everyname.counts import (
    Breakdown,
    CapturePatterns,
    Count,
    Figure,
    Group,
    Groups,
    Placing,
    Scope,
    Unplaced,
)
from everyname.estimation import Estimate, Refusal
from everyname.publication import Edition, FileAccount, LinkageAccount, Response, SourceShare, Truth
from everyname.vocabulary import CODE_LISTS, SOURCE_KIND

LABELS = tuple(
    (field, code, label)
    for field, codes in (*CODE_LISTS.items(), ("source_kind", SOURCE_KIND))
    for code, label in codes.codes.items()
)
LISTS = ("hospital", "burials", "rights_group", "press")
_SYLLABLES = re.findall("..?o?", "ramitovesakodufelanbinestaquoria")
_PLACES = (
    "Alder Mill", "Broadford", "Cold Spring", "Dunmarch", "Eastwater", "Fallow Hill", "Greybridge",
    "Harrow Bend", "Ironwell", "Juniper Flat", "Kestrel Rock", "Lower Tarn", "Marsh End",
    "North Weir", "Old Quay", "Pine Crossing", "Quarry Road", "Reed Lake", "Saltmeadow",
    "Thornby", "Upper Tarn", "Vale Cross", "Westwater", "Yarrow", "Zeal Bridge", "Ashdown",
    "Birch Landing", "Crow Lane",
)  # fmt: skip
_CLOSED = "All lists cover the same population, and no person joins or leaves it."
_MATCHED = "Every person is matched across the lists without error."


def rich(persons: int = 2_000, seed: int = 7) -> Edition:
    """A simulated case: four lists, breakdowns, estimates, claims, figures, persons, truth."""
    people = _people(persons, random.Random(seed))  # noqa: S311 - no secret
    total = Count(where=(), low=max(0, persons - 42), best=persons, high=persons + 95)
    figures = (
        _figure(1, "Council of the northern district", best=900, said_on="2032-03"),
        _figure(2, "Council of the southern district", low=2_400, said_on="2032-02-11"),
        _figure(3, "Valley Monitor", low=1_800, best=1_950, high=2_300, said_on="2032"),
        _figure(4, "Evening Post", best=2_000, said_on="2031-12~", read="second-hand"),
        _figure(5, "Aid fund", best=1_071, unit="families", said_on="2032-01"),
    )
    claims = (
        Claim(id="registry", text="Between 1,780 and 2,100 people were killed",
              said_by="Civil registry of the valley", said_on="2032-03",
              address="https://registry.example/statement", low=1780, high=2100),
        Claim(id="north", text="No more than 900 people died",
              said_by="Council of the northern district", said_on="2032-03", high=900),
        Claim(id="south", text="9,000 people were killed",
              said_by="Council of the southern district", said_on="2032-03", best=9000),
        Claim(id="aid", text="1,071 families lost somebody", said_by="Aid fund of the valley",
              said_on="2032-03", best=1071, unit="families"),
    )  # fmt: skip
    family = _figure(6, "Valley Monitor", low=5, high=9, counts_what="a family at the ford")
    return Edition(
        title="River Valley",
        summary="A simulated case: every person, place, incident and claim of River Valley in 2031"
        " is invented, and the truth is known.",
        made="2032-11-22T18:43:00+00:00",
        version="0.1.0",
        entries=4_812,
        head="5d41402abc4b2a76b9719d911017c592ae11f3c1d2e3b4a5968778695a4b3c2d",
        scope=Scope(
            what="Persons killed or dead of conditions in River Valley in 2031",
            fates=("killed", "died_of_conditions"), date="2031", elderly_from=65, codebook="1.0",
        ),
        lists={name: (f"{name.replace('_', '-')}.csv",) for name in LISTS},
        sources=tuple(_source(name, people) for name in LISTS),
        files=tuple(_file(name) for name in LISTS),
        linkage=LinkageAccount(
            records=3_771, low=2_018, best=2_061, high=2_160, undecided=118, compared=48_211,
            judgements=12, thresholds=(0.05, 0.5, 0.95), trained=True,
            levels=tuple(
                (name, level, m, u)
                for name in ("Name", "Sex", "Age at the incident", "Date of the incident")
                for level, m, u in (("the same", 0.8312, 0.00213), ("close", 0.1411, 0.0312),
                                    ("different", 0.0277, 0.96657))
            ),
        ),
        total=total,
        disputed=87,
        breakdowns=tuple(
            _breakdown(people, *by)
            for by in (("sex",), ("age_band",), ("status",), ("month",), ("place",),
                       ("sex", "age_band"), ("list",))
        ),
        withheld=(("cause",),),
        patterns=_patterns(people),
        estimates=_estimates(persons),
        findings=tuple(
            check(claim, total, figures, count_fates=("killed", "died_of_conditions"))
            for claim in claims
        ),
        figures=figures,
        groups=(family,),
        unnamed=Groups(
            groups=(Group(figure=family, key="7", members=("P000001",), included=True),)
        ),
        placing=Placing(
            places=61,
            found=58,
            unplaced=(Unplaced(text="Nowhere", records=4, place="", reason="not in the gazetteer"),
                      Unplaced(text="Lane 4, Yarrow", records=1, place="Yarrow", reason="Lane 4")),
        ),
        responses=(
            Response(record_id="r1", said_by="Assembly of the valley", title="Inquiry opened",
                     date="2032-04-02", note="An inquiry was opened by 41 votes to 12.",
                     address="https://assembly.example/inquiry", read="source"),
            Response(record_id="r2", said_by="Council of the southern district",
                     title="Denial of the reports", date="2031-09~",
                     note="The council holds that no person was killed by its guard.",
                     address="", read="second-hand"),
        ),
        columns=("person", "name", "sex", "age_band", "date", "place", "fate", "lists", "records"),
        persons=people,
        persons_withheld=3,
        labels=LABELS,
        truth=Truth(persons=2_600, recorded=2_041, in_scope=2_520, recorded_in_scope=1_988,
                    precision=0.9921, recall=0.9784),
    )  # fmt: skip


def figures_only() -> Edition:
    """A contested massacre: 35 figures by source, positions, claims, and nobody listed."""
    figures = _contested()
    claims = (
        Claim(id="civilians-613", text="640 civilians were killed",
              said_by="Government of Ostmark", said_on="2021-02-22", best=640,
              address="https://ostmark.example/statement", victim_class="civilians"),
        Claim(id="all-2", text="2 persons were killed", said_by="Interior Ministry of Ostmark",
              said_on="1993-05-26/1993-05-28", best=2),
        Claim(id="held", text="1,275 persons were taken hostage", said_by="Government of Ostmark",
              best=1275, fate="held"),
    )  # fmt: skip
    own = "contested-figures"
    return Edition(
        title="Lindwater, night of 25–26 May 1993",
        summary="Published figures about those killed, held, missing and injured in and near"
        " Lindwater, each with who said it. The positions of the parties stand beside the figures.",
        made="2032-11-22T18:43:00+00:00",
        version="0.1.0",
        entries=61,
        head="a3c65c2974270fd093ee8a9bf8ae7d0b2f0a6c3b9d1e4f5061728394a5b6c7d8",
        scope=Scope(what="Persons killed in Lindwater and on the way to Hask, 25–26 May 1993",
                    fates=("killed", "died_of_conditions"), date="1993-05-25/1993-05-26",
                    conflict="range", codebook="1.0"),
        lists={"figures": ("figures.csv",)},
        sources=(
            SourceShare(key=own, name="Published figures on Lindwater", kind="dataset",
                        publisher="everyname", published="2032", language="en", reliability="F",
                        party=False, derived_from=(), files=("figures.csv",), document="9b" * 32,
                        records=len(figures), persons=0, alone=0),
            SourceShare(key="ministry", name="Interior Ministry of Ostmark", kind="party",
                        publisher="", published="", language="", reliability="F", party=True,
                        derived_from=(), files=("figures.csv",), document="9b" * 32,
                        records=3, persons=0, alone=0),
        ),
        files=(FileAccount(file="figures.csv", dialect="UTF-8, comma", rows=35, records=35,
                           cells=540, parsed=402, kept=138, rejected=0, reasons=()),),
        linkage=None, total=None, disputed=0, breakdowns=(), withheld=(), patterns=None,
        estimates=(),
        findings=tuple(check(claim, None, figures) for claim in claims),
        figures=figures, groups=(),
        responses=(
            Response(record_id="r1", said_by="Government of Westmark", title="Position of Westmark",
                     date="1993-06", note="Denies that its forces fired on the column and holds"
                     " that a corridor was left open.", address="https://westmark.example/position",
                     read="source"),
        ),
        columns=(), persons=(), persons_withheld=0, labels=LABELS,
    )  # fmt: skip


def _people(number: int, rng: random.Random) -> tuple[dict[str, str], ...]:
    people = []
    for i in range(number):
        held = [name for name, share in zip(LISTS, (0.5, 0.38, 0.3, 0.22), strict=True)
                if rng.random() < share] or [rng.choice(LISTS)]  # fmt: skip
        month = rng.choices(range(1, 13), (2, 3, 14, 22, 9, 4, 3, 2, 1, 1, 6, 3))[0]
        known = rng.random() > 0.06
        people.append({
            "person": f"P{i + 1:06d}",
            "name": f"{_word(rng, 2)} {_word(rng, 3)}",
            "sex": rng.choices(("male", "female", "unknown", "sources disagree"),
                               (60, 34, 5, 1))[0],
            "age_band": rng.choices(("adult", "child", "elderly", "unknown"), (55, 20, 10, 15))[0],
            "status": rng.choices(("civilian", "armed_forces", "unknown"), (80, 9, 11))[0],
            "date": f"2031-{month:02d}-{rng.randint(1, 28):02d}" if known else f"2031-{month:02d}~",
            "month": f"2031-{month:02d}" if known else "unknown",
            "place": rng.choices(_PLACES, range(len(_PLACES), 0, -1))[0],
            "fate": rng.choices(("killed", "died_of_conditions"), (9, 1))[0],
            "lists": "; ".join(held),
            "records": str(len(held) + (rng.random() < 0.1)),
        })  # fmt: skip
    return tuple(people)


def _word(rng: random.Random, syllables: int) -> str:
    return "".join(rng.choice(_SYLLABLES) for _ in range(syllables)).capitalize()


def _breakdown(people: tuple[dict[str, str], ...], *by: str) -> Breakdown:
    found: Counter[tuple[str, ...]] = Counter()
    for person in people:
        if by == ("list",):
            found.update((name,) for name in person["lists"].split("; "))
        else:
            found[tuple(person[field] for field in by)] += 1
    rows = []
    for classes, n in sorted(found.items()):
        spread = 0 if "sources disagree" in classes else max(1, n // 25)
        rows.append(Count(where=tuple(sorted(zip(by, classes, strict=True))),
                          low=max(0, n - spread), best=n, high=n + 2 * spread))  # fmt: skip
    return Breakdown(by=by, rows=tuple(rows), overlapping=by == ("list",))


def _patterns(people: tuple[dict[str, str], ...]) -> CapturePatterns:
    found = Counter(tuple(int(name in p["lists"].split("; ")) for name in LISTS) for p in people)
    return CapturePatterns(lists=LISTS, rows=tuple(sorted(found.items(), reverse=True)))


def _estimates(n: int) -> tuple[Estimate | Refusal, ...]:
    def estimate(model: str, point: float, low: float, high: float, *, bound: bool) -> Estimate:
        return Estimate(
            model=model, point=point, low=low, high=high, level=0.95, observed=n,
            unrecorded=point - n, assumptions=(_CLOSED, _MATCHED), lower_bound=bound,
            reference="A. Chao, Biometrics 43 (1987), pages 783-791.",
            settings={"form": "bias-corrected", "lists": 4},
            diagnostics=("118 undecided pairs of records were not carried into the interval.",),
        )  # fmt: skip

    return (
        estimate("Chao's lower bound", n * 1.231, n * 1.19, n * 1.28, bound=True),
        estimate("Two lists, hospital and burials", n * 1.31, n * 1.22, n * 1.43, bound=False),
        estimate("Two lists, burials and press", n * 1.27, n * 1.14, n * 1.49, bound=False),
        Refusal(model="Two lists, rights group and press",
                reason="The two lists share 4 persons: too few for an estimate."),
    )  # fmt: skip


def _source(name: str, people: tuple[dict[str, str], ...]) -> SourceShare:
    held = [p["lists"].split("; ") for p in people if name in p["lists"].split("; ")]
    return SourceShare(
        key=name, name=f"{name.replace('_', ' ').capitalize()} register of River Valley",
        kind="list", publisher="River Valley Office", published="2031-08-01", language="en",
        reliability="B", party=name == "rights_group",
        derived_from=("hospital",) if name == "press" else (), files=(f"{name}.csv",),
        document="4e" * 32, records=len(held) + 61, persons=len(held),
        alone=sum(len(lists) == 1 for lists in held),
    )  # fmt: skip


def _file(name: str) -> FileAccount:
    return FileAccount(
        file=f"{name.replace('_', '-')}.csv", dialect="UTF-8, comma", rows=940, records=938,
        cells=7_528, parsed=6_011, kept=1_502, rejected=15,
        reasons=(
            ("rejected", "Died on", "the value is not a date: write year, month, day", 12, 31),
            ("flagged", "Age", "a birth year typed as an age", 3, 118),
        ),
    )  # fmt: skip


def _figure(
    number: int,
    said_by: str,
    *,
    low: int | None = None,
    best: int | None = None,
    high: int | None = None,
    **more: str,
) -> Figure:
    fields = {"unit": "persons", "fate": "killed", "victim_class": "all", "source_kind": "media",
              "address": f"https://archive.example/{number}", "read": "source", **more}  # fmt: skip
    return Figure(
        record_id=f"{number:064x}", source_id=f"source-{number}", said_by=said_by,
        roots=(f"source-{number}",), low=low, best=best, high=high, **fields,
    )  # fmt: skip


def _contested() -> tuple[Figure, ...]:
    speakers = (
        "Interior Ministry of Ostmark", "Minister of the Interior, to the Meridian agency",
        "Mayor of Lindwater", "Press service of the President of Ostmark",
        "State forensic examination", "Chief forensic scientist", "Parliamentary investigator",
        "Procuracy of Ostmark, to the Rights Observatory", "Elder of Hask",
        "Newspaper Morning Bell", "Parliamentary commission of Ostmark", "Rights Observatory",
        "Government of Ostmark", "Commander of the Westmark garrison",
    )  # fmt: skip
    numbers: tuple[tuple[int | None, int | None, int | None], ...] = (
        (2, 2, 2), (100, 100, 100), (1000, 1000, 1000), (1000, None, None), (181, 181, 181),
        (184, 184, 184), (213, 213, 213), (300, None, None), (477, 477, 478), (636, 636, 636),
        (485, 485, 485), (161, None, None), (613, 613, 613), (None, None, 120),
    )  # fmt: skip
    figures = [
        _figure(i, name, low=low, best=best, high=high, said_on=f"1993-{i % 8 + 5:02d}",
                read="second-hand" if i % 3 else "source", reported_in="Meridian Weekly, a copy",
                source_kind="party" if i % 4 == 0 else "official",
                counts_what="dead, women and children included" if i % 2 else "killed",
                address=f"https://archive.example/lindwater/a-long-path-to-a-copy-{i}.html?page=67")
        for i, (name, (low, best, high)) in enumerate(zip(speakers, numbers, strict=True), start=1)
    ]  # fmt: skip
    others = (
        ("bodies_examined", "killed", "all", (181, 184, 300)),
        ("bodies_examined", "killed", "women and girls", (51, 51)),
        ("bodies_examined", "killed", "children", (13,)),
        ("persons", "killed", "civilians", (161, 613, 400, 640)),
        ("persons", "missing", "all", (200, 300, 150)),
        ("persons", "held", "all", (300, 1275, 700)),
        ("persons", "injured", "all", (200, 250, 487)),
        ("families", "killed", "all", (476,)),
        ("burials", "killed", "all", (213,)),
    )
    number = len(figures)
    for unit, fate, victims, values in others:
        for value in values:
            number += 1
            figures.append(
                _figure(number, speakers[number % len(speakers)], best=value, unit=unit, fate=fate,
                        victim_class=victims, said_on="1993-06~", read="second-hand",
                        note="from a copy; the original was not seen" if number % 3 == 0 else "")
            )  # fmt: skip
    return tuple(figures)
