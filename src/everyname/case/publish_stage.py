"""The publish stage: report and open data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import everyname
from everyname.case.case_file import CaseFile
from everyname.case.check_stage import ChecksOfCase
from everyname.case.counts_stage import Counted, CountsOfCase
from everyname.case.estimate_stage import EstimatesOfCase
from everyname.case.folder import CaseFolder
from everyname.case.intake_stage import IntakeOfFile
from everyname.case.linkage_stage import LinkageOfCase
from everyname.case.list_releases import counted_records, former_records
from everyname.case.stage import Progress, file_digest, write_text
from everyname.case.team_tables import (
    write_conflicts,
    write_documents,
    write_groups,
    write_notes,
    write_places,
    write_records,
)
from everyname.counts import figures
from everyname.disclosure import PROTECTED
from everyname.estimation import Comparison
from everyname.intake import CellAccount
from everyname.ledger import Document, Filed, LedgerReader, Source, original_of, utc_now
from everyname.publication import Edition, FileAccount, Response, SourceShare, render, write
from everyname.vocabulary import AGE_GROUPS, CODE_LISTS


@dataclass(frozen=True, slots=True)
class PublicationOfCase:
    """Publishes a case.

    Parameters
    ----------
    folder
        The case.
    file
        What ``case.toml`` says.
    """

    folder: CaseFolder
    file: CaseFile

    def inputs(self) -> Mapping[str, Any]:
        """Every result before, and what may be published."""
        folder, file = self.folder, self.file
        accounts = [IntakeOfFile(folder, name).account_file for name in file.files]
        results = [
            LinkageOfCase(folder, file).account_file,
            CountsOfCase(folder, file).result_file,
            EstimatesOfCase(folder, file).result_file,
            ChecksOfCase(folder, file).result_file,
        ]
        with LedgerReader(folder.ledger) as ledger:
            # Who released, took or kept what changes nothing of what is published.
            head = ledger.root(ledger.published_size()).hex()
        return {
            "ledger": head,
            "results": [file_digest(path) for path in (*accounts, *results)],
            "case": file.model_dump(mode="json"),
            "order": list(file.lists),
        }

    def work(self, progress: Progress) -> tuple[Path, ...]:
        """Write the report, the open data, and the team's own tables."""
        progress("gathering what may be published")
        accounts = tuple(IntakeOfFile(self.folder, name).account() for name in self.file.files)
        out = self.folder.path / "out"
        notes = out / "intake-notes.csv"
        write_notes(accounts, notes)
        tables = self._write_team_tables(out)
        edition = self._edition(accounts)
        progress("drawing the report")
        write_text(self.folder.report, render(edition))
        published = write(edition, self.folder.data)
        return (self.folder.report, notes, *tables, *published)

    def _write_team_tables(self, out: Path) -> tuple[Path, ...]:
        records, documents, places, groups, conflicts = (
            out / f"{name}.csv"
            for name in ("records", "documents", "places", "groups", "conflicts")
        )
        counted = CountsOfCase(self.folder, self.file).result()
        with LedgerReader(self.folder.ledger) as ledger:
            filed = counted_records(self.folder, self.file, ledger)
            withdrawn = ledger.withdrawn(self.file.files)
            write_records(filed, withdrawn, counted.persons, ledger.rulings(), records)
            write_documents(ledger.documents().values(), documents)
        write_places(counted.placing, places)
        write_groups(counted.groups, filed, groups)
        write_conflicts(LinkageOfCase(self.folder, self.file).conflicts(), filed, conflicts)
        return records, documents, places, groups, conflicts

    def _edition(self, accounts: tuple[CellAccount, ...]) -> Edition:
        file, profile = self.file, self.file.publish
        with LedgerReader(self.folder.ledger) as ledger:
            filed = counted_records(self.folder, file, ledger)
            sources = ledger.sources()
            delivered = {d.file: d.document for d in ledger.deliveries().values()}
            documents = ledger.documents()
            withdrawn = sum(1 for _ in ledger.withdrawn(file.files))
            former = len(former_records(self.folder, file, ledger))
            entries = ledger.published_size()
            head = ledger.root(entries).hex()
        counted = CountsOfCase(self.folder, file).result()
        linkage = LinkageOfCase(self.folder, file).account()
        rows = []
        if profile.lists_persons(counted.fates.values()):
            rows = [
                row
                for person in counted.persons
                if (row := profile.row(person, counted.fates[person.id])) is not None
            ]
        included = sum(person.included for person in counted.persons)
        stated = figures(filed, sources)
        compared = self._comparison()
        return Edition(
            title=file.case.title,
            summary=file.case.summary,
            made=utc_now().isoformat(timespec="seconds"),
            version=everyname.__version__,
            entries=entries,
            head=head,
            scope=file.counting(),
            lists=file.lists,
            sources=_sources(filed, sources, delivered, documents, counted),
            files=tuple(_file(account) for account in accounts),
            linkage=linkage if linkage.records else None,
            total=counted.total,
            disputed=counted.disputed,
            unstated=counted.unstated,
            breakdowns=tuple(b for b in counted.breakdowns if profile.allows(b)),
            withheld=tuple(b.by for b in counted.breakdowns if not profile.allows(b)),
            patterns=counted.patterns,
            estimates=compared.results if compared else (),
            comparison=compared,
            findings=ChecksOfCase(self.folder, file).result(),
            figures=stated,
            groups=figures(filed, sources, kind="group"),
            responses=_responses(filed, sources),
            columns=profile.columns(),
            persons=tuple(rows),
            persons_withheld=included - len(rows),
            labels=_labels(file),
            truth=counted.truth,
            corrected=sum(len({c.field for c in one.corrections}) for one in filed),
            ruled=sum(len(person.ruled) for person in counted.persons),
            withdrawn=withdrawn,
            former=former,
            former_counted=file.scope.no_longer_listed == "include",
            # As with persons, those left out could be had by subtraction.
            unnamed=None if counted.groups.protected else counted.groups,
            placing=counted.placing,
        )

    def _comparison(self) -> Comparison | None:
        """Give the estimates, without strata that the profile does not publish."""
        file, profile = self.file, self.file.publish
        found = EstimatesOfCase(self.folder, file).comparison()
        if found is None or not found.strata:
            return found
        shown = all(profile.allows_where(((field, ""),)) for field in file.estimate.by)
        if shown and not any(PROTECTED in each.stratum for each in found.strata):
            return found
        return found.model_copy(update={"strata": ()})


def _labels(file: CaseFile) -> tuple[tuple[str, str, str], ...]:
    """Words for codes; what the case itself defines comes first."""
    own = [("list", name, name.replace("_", " ")) for name in file.lists]
    elderly = file.scope.elderly_from
    if elderly:
        own += [
            ("age_band", "adult", f"adult (18 to {elderly - 1})"),
            ("age_band", "elderly", f"elderly ({elderly} and over)"),
        ]
    return (
        *own,
        *(
            (field, code, label)
            for field, codes in {**CODE_LISTS, "age_group": AGE_GROUPS}.items()
            for code, label in codes.codes.items()
        ),
    )


def _file(account: CellAccount) -> FileAccount:
    return FileAccount(
        file=account.file,
        dialect=account.dialect,
        rows=account.rows,
        records=account.records,
        cells=account.cells,
        parsed=account.parsed,
        kept=account.kept,
        rejected=account.rejected,
        reasons=account.reasons(),
        understood=account.understood,
    )


def _sources(
    filed: tuple[Filed, ...],
    sources: Mapping[str, Source],
    delivered: Mapping[str, str],
    documents: Mapping[str, Document],
    counted: Counted,
) -> tuple[SourceShare, ...]:
    records: defaultdict[str, int] = defaultdict(int)
    files: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for one in filed:
        records[one.record.source] += 1
        files[one.record.source][one.file] = None
    return tuple(
        SourceShare(
            key=key,
            name=sources[key].name,
            kind=sources[key].kind,
            publisher=sources[key].publisher,
            published=sources[key].published,
            language=sources[key].language,
            reliability=sources[key].reliability,
            party=sources[key].party,
            derived_from=sources[key].derived_from,
            files=tuple(files[key]),
            document=delivered[next(iter(files[key]))],
            below_minimum=_below_minimum((delivered[file] for file in files[key]), documents),
            records=number,
            persons=counted.shares.get(key, (0, 0))[0],
            alone=counted.shares.get(key, (0, 0))[1],
        )
        for key, number in sorted(records.items())
    )


def _below_minimum(digests: Iterable[str], documents: Mapping[str, Document]) -> tuple[str, ...]:
    """What captures lack of the Berkeley minimum, each part once."""
    originals = (original_of(documents[d], documents) for d in digests if d in documents)
    return tuple(dict.fromkeys(words for one in originals for words in one.below_minimum))


def _responses(filed: tuple[Filed, ...], sources: Mapping[str, Source]) -> tuple[Response, ...]:
    return tuple(
        Response(
            record_id=one.id,
            said_by=one.record.value("said_by") or sources[one.record.source].name,
            title=one.record.value("title"),
            date=one.record.value("date"),
            note=one.record.value("note"),
            address=one.record.value("address"),
            read=one.record.value("read"),
            corrected=bool(one.corrections),
        )
        for one in filed
        if one.record.kind == "response"
    )
