"""The two fits of `indexer tune`, by gradient descent; torch is loaded for nothing else.

Both are the same conditional logit: among the articles looked at, each question gives all its probability to those that
answer it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional

from indexer.combination import Combination
from indexer.heads import Heads

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

EPOCHS, BATCH, PEAK, DROPOUT, TEMPERATURE = 20, 128, 1e-3, 0.05, 0.03
"""Of the heads. More dropout, or more epochs with it, finds less. Heads that go on learning do so for half the epochs
at half the peak.
"""

HARD, ANYTHING, RENEWED = 30, 2048, 5
"""A question is told from the nearest wrong articles, mined anew every `RENEWED` epochs, and from random ones."""

MINED = 1_000
"""Questions whose nearest articles are looked for at a time, some 100 MB of cosines."""

HIDDEN, ROUNDS, ROUND, STEP, DECAY = 32, 20, 16, 5e-3, 1e-2
"""Of the combination: hidden units, epochs, questions a step, learning rate, weight decay."""


def learn_heads(
    questions: Floats,
    gold: Sequence[Sequence[int]],
    weights: Floats,
    passages: Floats,
    *,
    start: Heads | None = None,
    seed: int,
) -> Heads:
    """`questions` (n, dimension) with their `weights` (n,) and the positions of their articles, at least one each,
    among the `passages` (articles, dimension). Goes on from `start`, if given.
    """
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    heads, less = (Heads.none(questions.shape[1]), 1) if start is None else (start, 2)
    peak, epochs = PEAK / less, EPOCHS // less
    asking, said = (torch.nn.Parameter(torch.from_numpy(matrix.copy())) for matrix in (heads.asking, heads.said))
    scale = torch.nn.Parameter(torch.tensor(-np.log(TEMPERATURE), dtype=torch.float32))
    optimiser = torch.optim.AdamW([asking, said, scale], lr=peak, weight_decay=0)
    steps = epochs * -(-len(questions) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, peak, total_steps=steps, pct_start=0.15)
    asked, known = torch.from_numpy(questions), torch.from_numpy(passages)
    hard = _hard(heads, questions, passages)
    for epoch in range(epochs):
        if epoch and epoch % RENEWED == 0:
            now = Heads(asking.detach().numpy(), said.detach().numpy())
            hard = _hard(now, questions, passages)
        order = random.permutation(len(questions))
        for at in range(0, len(order), BATCH):
            batch = order[at : at + BATCH]
            right = np.concatenate([np.asarray(gold[one]) for one in batch])
            among = np.unique(np.concatenate((right, hard[batch].ravel(), random.integers(0, len(passages), ANYTHING))))
            target = np.zeros((len(batch), len(among)), np.float32)
            for row, one in enumerate(batch):
                target[row, np.searchsorted(among, gold[one])] = weights[one] / len(gold[one])
            left = functional.normalize(functional.dropout(asked[batch], DROPOUT) @ asking.T, dim=1)
            right_side = functional.normalize(functional.dropout(known[among], DROPOUT) @ said.T, dim=1)
            likely = torch.log_softmax(scale.exp() * (left @ right_side.T), dim=1)
            loss = -(likely * torch.from_numpy(target)).sum() / float(weights[batch].sum())
            optimiser.zero_grad()
            torch.autograd.backward(loss)
            optimiser.step()
            schedule.step()
    return Heads(asking.detach().numpy(), said.detach().numpy())


def learn_combination(evidence: Sequence[Floats], right: Sequence[Flags], *, seed: int) -> Combination:
    """`evidence[i]` (candidates, features) of question i, `right[i]` (candidates,) which of them answer it, at least
    one.
    """
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    together = np.concatenate(evidence)
    mean, spread = together.mean(axis=0), together.std(axis=0) + np.float32(1e-6)
    tables = [torch.from_numpy((one - mean) / spread) for one in evidence]
    targets = [torch.from_numpy(one.astype(np.float32) / one.sum()) for one in right]
    inner, outer = torch.nn.Linear(together.shape[1], HIDDEN), torch.nn.Linear(HIDDEN, 1, bias=False)
    network = torch.nn.Sequential(inner, torch.nn.ReLU(), torch.nn.Dropout(0.1), outer)
    optimiser = torch.optim.AdamW(network.parameters(), lr=STEP, weight_decay=DECAY)
    steps = ROUNDS * -(-len(tables) // ROUND)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, STEP, total_steps=steps, pct_start=0.15)
    for _ in range(ROUNDS):
        order = random.permutation(len(tables)).tolist()
        for start in range(0, len(order), ROUND):
            batch = order[start : start + ROUND]
            scores = network(torch.cat([tables[one] for one in batch])).squeeze(1)
            apart = scores.split([len(tables[one]) for one in batch])
            losses = [
                -(torch.log_softmax(found, 0) * targets[one]).sum() for found, one in zip(apart, batch, strict=True)
            ]
            optimiser.zero_grad()
            torch.autograd.backward(torch.stack(losses).mean())
            optimiser.step()
            schedule.step()
    learned = (inner.weight, inner.bias, outer.weight)
    first, bias, second = (parameter.detach().numpy() for parameter in learned)
    return Combination(mean, spread, first, bias, second[0])


def _hard(heads: Heads, questions: Floats, passages: Floats) -> npt.NDArray[np.int64]:
    """The positions of the nearest passages of each, shape (questions, few)."""
    headed, few = heads.passages(passages).T, min(HARD, len(passages) - 1)
    parts = (questions[start : start + MINED] for start in range(0, len(questions), MINED))
    return np.concatenate([np.argpartition(-(heads.questions(part) @ headed), few, axis=1)[:, :few] for part in parts])
