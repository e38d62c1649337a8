"""The inventory model in whole arrays, beside the same equations in dollars, industry by industry."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from monazite.methods.ario import Pace, ario

DAYS, YEAR_OF_ALPHA, REFILL_DAYS = 30.4375, 365, 60
MONTHS, LEAST = 90 / DAYS, 0.8 * 90 / DAYS


@dataclass
class Case:
    """One draw: a table, materials, what arrives."""

    a: list[list[float]]
    normal: list[float]
    need: list[list[float]]
    part: list[list[float]]
    cover: list[float]


class Account:
    """Orders, inventories and stocks, in dollars and in months of need."""

    def __init__(self, case: Case) -> None:
        self.case, self.all, self.kinds = case, range(len(case.normal)), range(len(case.cover))
        self.orders = [[case.a[i][j] * case.normal[j] for j in self.all] for i in self.all]
        self.rest = [case.normal[i] - sum(self.orders[i]) for i in self.all]
        self.held = [[MONTHS * one for one in row] for row in self.orders]
        self.stock = [list(case.cover) for _ in self.all]
        self.alpha = [1.0 for _ in self.all]

    def month(self, available: list[float]) -> list[float]:
        """One month; output in dollars."""
        asked = [sum(self.orders[i]) + max(self.rest[i], 0) for i in self.all]
        usual = [self.case.normal[i] + max(-self.rest[i], 0) for i in self.all]
        other = [max(-self.rest[i], 0) * min(1, asked[i] / usual[i]) for i in self.all]
        wanted = [asked[i] - other[i] for i in self.all]
        best = [min(wanted[j], self.alpha[j] * self.case.normal[j]) for j in self.all]
        made = [self.within_inventories(j, best[j]) for j in self.all]
        for q in self.kinds:
            self.receive(q, available[q], best)
        made = [min([made[j], *(self.allowed(j, q, best[j]) for q in self.kinds)]) for j in self.all]
        for j in self.all:
            for q in self.kinds:
                self.use(j, q, best[j], made[j])
        for i in self.all:
            self.deliver(i, made, min(1, (made[i] + other[i]) / asked[i]) if asked[i] else 1)
        for j in self.all:
            self.order(j, made[j], best[j], wanted[j])
        return made

    def within_inventories(self, j: int, best: float) -> float:
        limits = [self.held[i][j] / (LEAST * self.case.a[i][j]) for i in self.all if self.case.a[i][j]]
        return min([best, *limits])

    def receive(self, q: int, available: float, best: list[float]) -> None:
        wish = [best[j] / self.case.normal[j] for j in self.all]
        lack = [max(0, self.case.cover[q] * wish[j] - self.stock[j][q]) for j in self.all]
        asked = [wish[j] + DAYS / REFILL_DAYS * lack[j] for j in self.all]
        whole = sum(self.case.need[j][q] for j in self.all)
        fill = min(1, available * whole / sum(self.case.need[j][q] * asked[j] for j in self.all))
        for j in self.all:
            self.stock[j][q] += fill * asked[j]

    def allowed(self, j: int, q: int, best: float) -> float:
        part = self.case.part[j][q]
        return (1 - part) * best + part * min(best, self.stock[j][q] * self.case.normal[j])

    def use(self, j: int, q: int, best: float, made: float) -> None:
        dependent = min(best / self.case.normal[j], self.stock[j][q])
        self.stock[j][q] -= dependent * made / self.allowed(j, q, best) if dependent else 0

    def deliver(self, i: int, made: list[float], share: float) -> None:
        for j in self.all:
            self.held[i][j] += share * self.orders[i][j] - self.case.a[i][j] * made[j]

    def order(self, j: int, made: float, best: float, wanted: float) -> None:
        for i in self.all:
            lack = max(0, MONTHS * self.case.a[i][j] * best - self.held[i][j])
            self.orders[i][j] = self.case.a[i][j] * made + lack * DAYS / REFILL_DAYS
        scarcity = (wanted - made) / wanted if wanted else 0
        towards = (1.25 - self.alpha[j]) * scarcity if scarcity > 1e-9 else 1 - self.alpha[j]
        self.alpha[j] += DAYS / YEAR_OF_ALPHA * towards


@pytest.mark.parametrize("seed", range(40))
def test_the_account_agrees(seed: int) -> None:
    random = np.random.default_rng(seed)
    table = random.uniform(0, 0.4, (4, 4)) * (random.uniform(size=(4, 4)) < 0.7)
    normal, need = random.uniform(1, 9, 4), random.uniform(0.1, 1, (4, 2))
    part, cover = random.uniform(0, 1, (4, 2)), random.uniform(0, 3, 2)
    available = random.choice([0.0, 0.5, 0.8, 1.0, 1.3], (24, 2))
    found = ario(table, normal, available[None], need=need, dependent=part, cover=cover, pace=Pace())
    account = Account(Case(table.tolist(), normal.tolist(), need.tolist(), part.tolist(), cover.tolist()))
    plain = np.array([account.month(now) for now in available.tolist()]) / normal
    assert found.output[0] == pytest.approx(plain, rel=1e-8, abs=1e-12)
