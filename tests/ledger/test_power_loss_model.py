"""The model of a disk, the recording it is fed by, and the short forms of both measurements."""

import importlib
import subprocess
import sys
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest

DURABILITY = Path(__file__).parents[2] / "benchmarks" / "durability"
OLD, NEW, NEWER = b"o" * 512, b"n" * 512, b"m" * 512
ZERO, STALE = bytes(512), b"\xa5" * 512


@pytest.fixture
def model(monkeypatch):
    """The modules of the harness, which are scripts and no package."""
    monkeypatch.syspath_prepend(DURABILITY)
    names = ("disk", "recording")
    yield SimpleNamespace(**{name: importlib.import_module(name) for name in names})
    for name in names:
        sys.modules.pop(name, None)


@pytest.fixture
def after(model):
    """Files of every image that a cut after these operations can leave, over many chances."""

    def images(*operations, keep=0.5):
        disk = model.disk.Disk()
        for operation in operations:
            disk.apply(operation)
        found = [disk.image(Random(seed), keep) for seed in range(300)]  # noqa: S311
        return {(frozenset(i.files.items()), i.folders) for i in found}

    return images


def files(*several, folders=()):
    return {(frozenset(one.items()), frozenset(folders)) for one in several}


@pytest.fixture
def named(model):
    """A file 1 called ``a``, whose name is safe and whose bytes are the old ones and safe."""
    disk = model.disk
    return (
        disk.Make(1),
        disk.Names(((disk.ROOT, "a", 1),)),
        disk.Write(1, 0, OLD + OLD),
        disk.Sync(1),
        disk.Sync(disk.ROOT),
    )


def test_what_was_synced_is_left_whatever_chance_says(after, named):
    assert after(*named) == files({"a": OLD + OLD})


def test_a_write_is_kept_dropped_or_torn_between_sectors(after, named, model):
    write = model.disk.Write(1, 0, NEW + NEW)
    assert after(*named, write) == files(
        {"a": OLD + OLD}, {"a": NEW + NEW}, {"a": NEW + OLD}, {"a": OLD + NEW}
    )
    assert after(*named, write, keep=0) == files({"a": OLD + OLD})
    assert after(*named, write, keep=1) == files({"a": NEW + NEW})


def test_a_later_write_may_survive_an_earlier_one(after, named, model):
    writes = (model.disk.Write(1, 0, NEW), model.disk.Write(1, 512, NEWER))
    assert after(*named, *writes) == files(
        {"a": OLD + OLD}, {"a": NEW + OLD}, {"a": OLD + NEWER}, {"a": NEW + NEWER}
    )


def test_a_sector_holds_all_that_was_written_into_it_before(after, named, model):
    writes = (model.disk.Write(1, 0, b"1"), model.disk.Write(1, 511, b"2"))
    first = b"1" + OLD[1:]
    assert after(*named, *writes) == files(
        {"a": OLD + OLD}, {"a": first + OLD}, {"a": first[:511] + b"2" + OLD}
    )


def test_a_write_past_the_end_may_leave_its_size_without_its_bytes(after, named, model):
    write = model.disk.Write(1, 1024, b"tail")
    assert after(*named, write) == files(
        {"a": OLD + OLD},
        {"a": OLD + OLD + b"tail"},
        {"a": OLD + OLD + ZERO[:4]},
        {"a": OLD + OLD + STALE[:4]},
    )


def test_a_hole_reads_as_zeros(after, named, model):
    write = model.disk.Write(1, 1536, b"far")
    assert after(*named, write, model.disk.Sync(1)) == files({"a": OLD + OLD + ZERO + b"far"})


def test_a_cut_is_kept_or_dropped(after, named, model):
    cut = model.disk.Resize(1, 3)
    assert after(*named, cut) == files({"a": OLD + OLD}, {"a": OLD[:3]})
    assert after(*named, cut, model.disk.Sync(1)) == files({"a": OLD[:3]})
    # What is written after the cut shows zeros where the old bytes were cut off.
    again = (cut, model.disk.Write(1, 5, b"x"), model.disk.Sync(1))
    assert after(*named, *again) == files({"a": OLD[:3] + b"\0\0x"})


def test_a_sync_of_a_file_does_nothing_for_its_name(after, model):
    disk = model.disk
    made = (disk.Make(1), disk.Names(((disk.ROOT, "a", 1),)), disk.Write(1, 0, NEW), disk.Sync(1))
    assert after(*made) == files({}, {"a": NEW})
    assert after(*made, disk.Sync(disk.ROOT)) == files({"a": NEW})


def test_a_rename_is_atomic_and_safe_once_its_folder_is_synced(after, named, model):
    disk = model.disk
    replace = (
        disk.Make(2),
        disk.Names(((disk.ROOT, "t", 2),)),
        disk.Write(2, 0, NEW),
        disk.Sync(2),
        disk.Names(((disk.ROOT, "t", None), (disk.ROOT, "a", 2))),
    )
    old = OLD + OLD
    assert after(*named, *replace) == files({"a": old}, {"a": old, "t": NEW}, {"a": NEW})
    assert after(*named, *replace, disk.Sync(disk.ROOT)) == files({"a": NEW})


def test_a_removed_file_may_come_back_with_what_was_safe_in_it(after, named, model):
    disk = model.disk
    remove = (disk.Write(1, 0, NEW), disk.Names(((disk.ROOT, "a", None),)))
    assert after(*named, *remove) == files({}, {"a": OLD + OLD}, {"a": NEW + OLD})


def test_a_file_in_a_folder_needs_the_syncs_of_both(after, model):
    disk = model.disk
    inside = (
        disk.Make(1, is_folder=True),
        disk.Names(((disk.ROOT, "f", 1),)),
        disk.Make(2),
        disk.Names(((1, "a", 2),)),
        disk.Write(2, 0, NEW),
        disk.Sync(2),
    )
    empty, whole = files({}, folders=["f"]), files({"f/a": NEW}, folders=["f"])
    assert after(*inside) == files({}) | empty | whole
    assert after(*inside, disk.Sync(1)) == files({}) | whole
    assert after(*inside, disk.Sync(disk.ROOT)) == empty | whole
    assert after(*inside, disk.Sync(1), disk.Sync(disk.ROOT)) == whole


def test_a_move_between_folders_needs_the_syncs_of_both(after, named, model):
    disk = model.disk
    move = (
        disk.Make(2, is_folder=True),
        disk.Names(((disk.ROOT, "f", 2),)),
        disk.Sync(disk.ROOT),
        disk.Names(((disk.ROOT, "a", None), (2, "a", 1))),
    )
    here = files({"a": OLD + OLD}, folders=["f"])
    there = files({"f/a": OLD + OLD}, folders=["f"])
    assert after(*named, *move, disk.Sync(2)) == here | there
    assert after(*named, *move, disk.Sync(2), disk.Sync(disk.ROOT)) == there


def test_a_sync_covers_only_what_came_before_its_call(after, named, model):
    disk = model.disk
    write = (disk.Write(1, 0, NEW), disk.Write(1, 512, NEWER))
    began = len(named) + 1
    assert after(*named, *write, disk.Sync(1, began=began)) == files(
        {"a": NEW + OLD}, {"a": NEW + NEWER}
    )


def test_an_image_is_written_as_it_is(model, tmp_path):
    model.disk.Image({"f/g/a": b"1", "b": b"2"}, frozenset({"f", "f/g"})).write_to(tmp_path)
    found = {
        str(p.relative_to(tmp_path)): p.is_dir() or p.read_bytes() for p in tmp_path.rglob("*")
    }
    assert found == {"f": True, "f/g": True, "f/g/a": b"1", "b": b"2"}


def hexed(text):
    return '"' + "".join(f"\\x{byte:02x}" for byte in text.encode()) + '"'


LOG = f"""\
7 openat(AT_FDCWD, {hexed("/etc/hosts")}, O_RDONLY) = 3
7 openat(AT_FDCWD, {hexed("/c/t")}, O_RDWR|O_CREAT|O_EXCL, 0600) = 4
7 write(4, {hexed("abc")}, 3) = 3
7 write(4, {hexed("def")}, 3) = 2
7 fsync(4) = 0
7 close(4 <unfinished ...>
8 openat(AT_FDCWD, {hexed("/c/d")}, O_RDWR|O_CREAT <unfinished ...>
7 <... close resumed>) = 0
8 <... openat resumed>, 0644) = 4
7 rename({hexed("/c/t")}, {hexed("/c/a")}) = 0
8 lseek(4, 4096, SEEK_SET) = 4096
8 write(4, {hexed("g")}, 1) = 1
8 pwrite64(4, {hexed("h")}, 1, 512) = 1
8 fdatasync(4 <unfinished ...>
7 openat(AT_FDCWD, {hexed("/c")}, O_RDONLY) = 5
7 write(1, {hexed("ack")}, 3) = 3
8 <... fdatasync resumed>) = 0
7 fsync(5) = 0
8 ftruncate(4, 7) = 0
7 unlink({hexed("/c/none")}) = -1 ENOENT (No such file or directory)
7 mkdir({hexed("/c/f")}, 0777) = 0
7 unlink({hexed("/c/a")}) = 0
7 +++ exited with 0 +++
"""


def test_a_log_becomes_operations_below_the_folder(model):
    disk = model.disk
    assert model.recording.operations(iter(LOG.splitlines()), Path("/c")) == [
        disk.Make(1),
        disk.Names(((0, "t", 1),)),
        disk.Write(1, 0, b"abc"),
        disk.Write(1, 3, b"de"),
        disk.Sync(1),
        disk.Make(2),
        disk.Names(((0, "d", 2),)),
        disk.Names(((0, "t", None), (0, "a", 1))),
        disk.Write(2, 4096, b"g"),
        disk.Write(2, 512, b"h"),
        disk.Say("ack"),
        disk.Sync(2, began=10),
        disk.Sync(0),
        disk.Resize(2, 7),
        disk.Make(3, is_folder=True),
        disk.Names(((0, "f", 3),)),
        disk.Names(((0, "a", None),)),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "7 writev(4, [{iov_base=" + hexed("x") + ", iov_len=1}], 1) = 1",
        "7 mmap(NULL, 4096, PROT_READ|PROT_WRITE, MAP_SHARED, 4, 0) = 0x7f0000000000",
        "7 fallocate(4, 0, 0, 4096) = 0",
        "7 vfork() = 9",
        "7 openat(AT_FDCWD, " + hexed("/c/b") + ", O_WRONLY|O_CREAT|O_APPEND, 0644) = 5",
        "something else",
    ],
)
def test_what_the_recording_does_not_follow_stops_it(model, line):
    log = [f"7 openat(AT_FDCWD, {hexed('/c/a')}, O_RDWR|O_CREAT, 0600) = 4", line]
    with pytest.raises(model.recording.NotUnderstood):
        model.recording.operations(iter(log), Path("/c"))


@pytest.mark.parametrize(
    "command",
    [
        ("power_loss.py", "--images", "40", "--control-images", "10", "--batches", "6"),
        ("disk_full.py", "--rounds", "8"),
    ],
    ids=lambda command: command[0],
)
def test_nothing_acknowledged_is_lost_in_the_short_form(command):
    script, *arguments = command
    done = subprocess.run(
        [sys.executable, DURABILITY / script, *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 2 and done.stdout.startswith("Nothing can be "):
        pytest.skip(done.stdout.strip())
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
