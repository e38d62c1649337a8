"""Killed at any moment: no acknowledged load is lost, none is half there, nothing is left behind."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from monazite.store.home import Store

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable
    from pathlib import Path

    from tests.faults.conftest import Writer

Files = list[tuple[str, str]]
Point = tuple[str, int, bool]


@pytest.fixture
def scenes(published: Files) -> dict[str, dict[str, Any]]:
    """What the writer does when it is killed, by what was loaded before."""
    return {
        "into an empty store": {"before": [], "files": published},
        "beside other loads": {"before": published[:1], "files": published[1:]},
        "again": {"before": published, "files": published[1:], "again": True},
        "joining small files": {"before": published, "files": [], "joined": True},
    }


class Killing:
    """Starts from a copy of a store, has a writer killed, looks at what is there."""

    def __init__(self, folder: Path, writer: Writer, look: Callable[..., None], counts: Counter[str]) -> None:
        """Work below a folder."""
        self.folder, self.writer, self.look, self.counts = folder, writer, look, counts
        self.random = random.Random(1995)  # noqa: S311 - chooses moments

    def start(self, before: Files) -> Store:
        """A store in which some files are loaded."""
        begun = Store(self.folder / f"before-{len(before)}")
        if before and not begun.folder.exists():
            assert self.writer(begun, files=before)["ended"]
        store = Store(self.folder / "store")
        shutil.rmtree(store.folder, ignore_errors=True)
        if before:
            shutil.copytree(begun.folder, store.folder)
        return store

    def points(self, scene: dict[str, Any]) -> tuple[list[Point], float]:
        """Every step the writer takes, each time, before it and after; and how long all of it takes."""
        answer = self.writer(self.start(scene["before"]), **order(scene))
        assert answer["ended"]
        taken = sorted(answer["steps"].items())
        all_of_them = [
            (step, time + 1, after) for step, n in taken for time in range(n) for after in (False, True)
        ]
        return all_of_them, answer["seconds"]

    def kill(self, scene: dict[str, Any], **when: Any) -> bool:  # noqa: ANN401 - see writer.py
        """Kill the writer, and look; whether it was killed before it ended."""
        store = self.start(scene["before"])
        answer = self.writer(store, **order(scene), **when)
        assert "error" not in answer, answer
        assert "crash" not in answer, answer
        before = () if scene.get("again") else tuple(path.rpartition("/")[2] for _, path in scene["before"])
        self.look(store, answer["loaded"], before)
        self.counts["kills"] += answer["killed"]
        return bool(answer["killed"])


def order(scene: dict[str, Any]) -> dict[str, Any]:
    """What the writer is told."""
    return {key: value for key, value in scene.items() if key != "before"}


@pytest.fixture
def killing(tmp_path: Path, writer: Writer, sound: Callable[..., None], counts: Counter[str]) -> Killing:
    return Killing(tmp_path, writer, sound, counts)


CALLS = ("linkat", "rename", "unlink", "mkdir", "rmdir", "fsync", "pwrite64")
"""System calls that change something on a disk; strace kills a writer as it makes one."""

SCENES = ("into an empty store", "beside other loads", "again", "joining small files")


@pytest.mark.parametrize("scene", SCENES)
def test_killed_at_a_named_step(
    scene: str, killing: Killing, scenes: dict[str, Any], sample: Callable[..., list[Any]]
) -> None:
    points, _ = killing.points(scenes[scene])
    assert points
    for step, time, after in sample(points, 3, 80):
        killed = killing.kill(scenes[scene], at=step, time=time, after=after, do="kill")
        assert killed, (step, time, after)


@pytest.mark.parametrize("scene", SCENES)
def test_killed_at_a_random_moment(
    scene: str, killing: Killing, scenes: dict[str, Any], many: Callable[[int, int], int]
) -> None:
    _, seconds = killing.points(scenes[scene])
    for _ in range(many(2, 30)):
        killing.kill(scenes[scene], kill_s=killing.random.uniform(0, seconds))


@pytest.mark.skipif(not shutil.which("strace"), reason="needs strace")
def test_killed_at_a_system_call(
    killing: Killing, scenes: dict[str, Any], killed_in: Callable[..., dict[str, Any]],
    counts: Counter[str], many: Callable[[int, int], int],
) -> None:  # fmt: skip
    scene = scenes["beside other loads"]
    first = scene["before"][0][1].rpartition("/")[2]
    for call in CALLS[: many(2, len(CALLS))]:
        for time in range(1, many(1, 40) + 1):
            store = killing.start(scene["before"])
            answer = killed_in(call, time, store, **order(scene))
            killing.look(store, answer["loaded"], (first,))
            assert answer["killed"] or time > 1, f"{call} is never made"
            counts["kills at a system call"] += answer["killed"]
            if not answer["killed"]:
                break
