"""The exact words that are put to the board about a plan."""

from foundation import clock
from governance.minutes import body_word
from governance.models import Board
from governance.wording import near_day
from sip.models import Plan, Version


def on_objectives(plan: Plan) -> str:
    """That the board agree the objectives."""
    return f"That the board agree the objectives of {the_plan(plan, plan.deciding_board)}."


def on_plan(version: Version) -> str:
    """That the board approve the plan, in this version."""
    plan = version.plan
    day = near_day(clock.in_london(version.frozen_at).date())
    by = "" if plan.organisation.is_trust else " by the headteacher"
    whole = the_plan(plan, plan.deciding_board)
    return f"That the board approve {whole}, version {version.number}, as submitted{by} on {day}."


def recommending_objectives(plan: Plan, board: Board, deciding: Board) -> str:
    """That a committee recommend to the board that decides what that board is to agree."""
    whole = the_plan(plan, board)
    return f"That the {body_word(board)} recommend that the {deciding} agree the objectives of {whole}."


def recommending_plan(version: Version, board: Board) -> str:
    """That a committee recommend to the board that decides what that board is to approve, in this version."""
    plan = version.plan
    whole = f"{the_plan(plan, board)}, version {version.number}"
    return f"That the {body_word(board)} recommend that the {plan.deciding_board} approve {whole}."


def the_plan(plan: Plan, board: Board) -> str:
    """The plan as this board calls it. A board that is not the organisation's own alone says whose plan it is."""
    of_another = board.here != plan.organisation or board.organisations.count() > 1
    whose = f" of {plan.organisation}" if of_another else ""
    return f"the {plan.title.lower()}{whose} for {plan.year_in_words}"
