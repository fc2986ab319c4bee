"""What of the year's monitoring lies before a meeting at an item: two views that differ, an amendment line by line."""

from governance.models import AgendaItem
from monitoring import marks
from monitoring.models import Review, View
from monitoring.records import marks_of
from sip import amendment_page
from sip.differing import DEL, INS


def difference(item: AgendaItem) -> list[tuple[str, str]]:
    """Both views of one objective, the leaders' and the monitor's, each in its own words."""
    view: View = item.difference_item.view
    review: Review = view.review
    summary = review.summaries.filter(objective=view.objective_id).first()
    said = marks.word(marks_of(review).get(view.objective_id, "")) or "not rated"
    seen = f" ({marks.word(view.mark)})" if view.mark else ""
    leaders = f"{said.capitalize()}. {summary.words if summary else ''}".strip()
    return [
        ("Objective", view.objective.title),
        ("Leaders say", leaders),
        ("The monitor says", f"{view.get_stance_display()}{seen}. {view.why}".strip()),
        ("Given by", f"{view.given_by.name}, {view.given_as}"),
    ]


def amendment(item: AgendaItem) -> list[tuple[str, str]]:
    """Each change, from what to what, and why. Actions that are for the board and leaders alone are not among them."""
    one = item.amendment_item.amendment
    sections, left_out = amendment_page.for_all(one)
    lines = [("Why", one.reason)] if one.reason else []
    lines += [
        (f"{section.title}: {line.of}" + (f", {line.name}" if line.name else ""), _change(line))
        for section in sections
        for line in section.lines
    ]
    if left_out:
        lines.append(
            ("Left out", "What changes in actions that are for the board and leaders alone stands on its page.")
        )
    return lines


def _change(line: amendment_page.Line) -> str:
    why = f"\nWhy: {line.why}" if line.why else ""
    if line.kind == "stopped":
        return f"Stopped.{why}"
    if line.kind == "added":
        return "Added.\n" + "\n".join(f"{label}: {text}" for label, text in line.facts) + why
    before = " ".join(piece.words.strip() for piece in line.pieces if piece.kind != INS)
    after = " ".join(piece.words.strip() for piece in line.pieces if piece.kind != DEL)
    return f"{line.label.capitalize()}\nWas: {before}\nTo be: {after}{why}"
