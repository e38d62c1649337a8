"""Every public method of the arithmetic says its unit, its shape or domain, its errors and its source."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from typing import TYPE_CHECKING

import monazite.methods

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

UNIT = re.compile(
    r"\b(units?|shares?|tonnes?|t|kg|percent|points?|dollars?|dimensionless|ratios?|years?|counts?|numbers?)\b"
)
SHAPE_OR_DOMAIN = re.compile(
    r"\b(shape|scalar|at least|at most|between|positive|non-negative|above|below|sum to)\b|in [\[\](]"
)


def modules() -> Iterator[str]:
    """Names of the modules under ``monazite.methods``, private ones left out."""
    found = pkgutil.walk_packages(monazite.methods.__path__, "monazite.methods.")
    return (module.name for module in found if not module.name.rpartition(".")[2].startswith("_"))


def public(kind: Callable[[object], bool]) -> list[str]:
    """Dotted names of the public things of a kind, each where it is defined."""
    return [
        f"{name}:{member}"
        for name in modules()
        for member, thing in inspect.getmembers(importlib.import_module(name), kind)
        if thing.__module__ == name and not member.startswith("_")
    ]


def fetch(dotted: str) -> Callable[..., object]:
    """Give the thing that a name from `public` stands for."""
    module, _, member = dotted.partition(":")
    thing: Callable[..., object] = getattr(importlib.import_module(module), member)
    return thing


def faults(function: Callable[..., object]) -> list[str]:
    """What the docstring of a function leaves unsaid."""
    told = inspect.getdoc(function) or ""
    signature = inspect.signature(function)
    wanted = {
        "Parameters\n---": bool(signature.parameters),
        "Returns\n---": signature.return_annotation not in {None, "None"},
        "Raises\n---": re.search(r"^\s+raise ", inspect.getsource(function), re.MULTILINE) is not None,
        "References\n---": True,
        "Examples\n---": True,
        ">>> ": True,
    }
    missing = [heading.split("\n")[0] for heading, due in wanted.items() if due and heading not in told]
    missing += [f"the argument {name}" for name in signature.parameters if not explained(name, told)]
    missing += ["a unit"] * (not UNIT.search(told))
    missing += ["a shape or domain"] * (not SHAPE_OR_DOMAIN.search(told))
    return missing


def explained(argument: str, told: str) -> bool:
    """Tell whether a line of the docstring is headed by the argument's name."""
    return re.search(rf"^[\w*, ]*\b{argument}\b[\w*, ]*( :.*)?$", told, re.MULTILINE) is not None


def test_a_method_tells_what_its_reader_needs() -> None:
    functions = public(inspect.isfunction)
    assert functions
    assert {name: missing for name in functions if (missing := faults(fetch(name)))} == {}


def test_a_class_of_the_arithmetic_is_explained() -> None:
    classes = public(inspect.isclass)
    assert [name for name in classes if not fetch(name).__dict__.get("__doc__")] == []


def test_an_unexplained_function_is_caught() -> None:
    def half(mass_t: float) -> float:
        """Half of something."""
        if mass_t < 0:
            raise ValueError(mass_t)
        return mass_t / 2

    assert faults(half) == [
        "Parameters",
        "Returns",
        "Raises",
        "References",
        "Examples",
        ">>> ",
        "the argument mass_t",
        "a unit",
        "a shape or domain",
    ]
