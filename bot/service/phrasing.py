"""What of an entry is said in a turn, and what is remembered of it. Changes nothing."""

from __future__ import annotations

from bot.domain import wording
from bot.domain.decision import Answer, Reason
from bot.domain.dialogue import Dialogue
from bot.domain.facts import MOST_ASKED, next_open
from bot.domain.question import Urgency
from bot.domain.understanding import urgency_of
from bot.domain.wording import Sayable
from bot.service.turn import Turn


def hotline(turn: Turn, known: Urgency | None) -> Urgency | None:
    """Which is given with what goes to an open case, `known` for a danger or not.

    Once is enough for what only all the messages together tell of. A message that alarms without naming its danger is
    about the one that is known.
    """
    urgency = turn.question.urgency
    if known is None or urgency is None:
        return urgency
    return None if turn.outcome.echo else urgency_of(turn.own) or known


def words(turn: Turn, entry: Sayable, answer: Answer) -> tuple[str, str]:
    """What is said of an answer, and what “详细” brings after it."""
    if answer.parts:
        return wording.part_answer(entry, answer.parts, turn.desk, turn.asker), ""
    if answer.picked is not None:
        choice = entry.facts[answer.picked.fact].choices[answer.picked.choice]
        return wording.fact_answer(entry, choice, turn.desk), ""
    full = wording.full_answer(entry, turn.desk, asked=turn.known, urgency=answer.urgency)
    if answer.urgency is not None:
        full = f"{full}\n{wording.alerted(turn.desk)}"
    if not turn.message.in_group:
        return full, ""
    short = wording.group_answer(entry, turn.asker, asked=turn.known, urgency=answer.urgency)
    return short, "" if entry.sensitive else full


def remembered(held: Dialogue, turn: Turn, answer: Answer, rest: str) -> Dialogue:
    """What is remembered after an answer."""
    if answer.parts or answer.picked is not None:
        return held.continued()
    if answer.reason is Reason.CHOSEN:
        return held.chosen(answer.entry, rest=rest)
    return held.answered(turn.asked, answer.entry, rest=rest)


def fact_to_ask(turn: Turn, entry: Sayable, answer: Answer, after: Dialogue) -> tuple[Dialogue, str]:
    """The fact to ask for after an answer, in a private chat; nothing more is asked of who is in danger."""
    if answer.parts:
        return after, ""
    last = answer.picked.fact if answer.picked is not None else None
    fact = next_open(entry.facts, turn.known, after=last)
    if turn.message.in_group or answer.urgency is not None or after.facts_asked >= MOST_ASKED or fact is None:
        return after.asking(None), ""
    return after.asking(fact), wording.ask_fact(entry.facts[fact])
