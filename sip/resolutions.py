"""The exact words that are put to the board about a plan."""

from foundation import clock
from governance.models import Organisation
from governance.wording import near_day
from sip.models import Plan, Version


def on_objectives(plan: Plan) -> str:
    """That the board agree the objectives."""
    return f"That the board agree the objectives of {_the_plan(plan)}."


def on_plan(version: Version) -> str:
    """That the board approve the plan, in this version."""
    plan = version.plan
    day = near_day(clock.in_london(version.frozen_at).date())
    by = "" if plan.organisation.is_trust else " by the headteacher"
    return f"That the board approve {_the_plan(plan)}, version {version.number}, as submitted{by} on {day}."


def _the_plan(plan: Plan) -> str:
    whose = f" of {plan.organisation}" if _decides_for_another(plan.organisation, plan) else ""
    return f"the {plan.title.lower()}{whose} for {plan.year_in_words}"


def _decides_for_another(organisation: Organisation, plan: Plan) -> bool:
    """Whether the board that decides is not the organisation's own alone: then the words say whose plan it is."""
    return plan.deciding_board.here != organisation or plan.deciding_board.organisations.count() > 1
