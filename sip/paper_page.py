"""What stands on the plan on a page: one sheet of A4 for the wall, made of what its edition holds."""

from sip import editions, on_a_page, paper, reading
from sip.editions import Edition
from sip.models import Version
from sip.versions import blocks_of

ONE_ROW = 4  # boxes that stand side by side; of more there are two rows
_ROOM = {False: (300, 90), True: (115, 52)}  # in one row, in two: characters of an aim and of a thing to be done


def words(version: Version, stage: str, edition: str = Edition.BOARD) -> dict:
    """Everything that the template needs, as plain words."""
    whole = blocks_of(version)
    left = editions.left_out(whole, edition)
    page = on_a_page.of(reading.of_blocks(editions.kept(whole, edition), version.plan))
    two_rows = len(page.boxes) > ONE_ROW
    aim, bullet = _ROOM[two_rows]
    for box in page.boxes:
        box.where_to, box.knows = paper.clipped(box.where_to, aim), paper.clipped(box.knows, 80)
        box.bullets = [paper.clipped(words, bullet) for words in box.bullets]
        box.more = "" if two_rows else box.more
    page.vision = paper.clipped(page.vision, 110 if two_rows else 230)
    columns = 3 if two_rows else len(page.boxes)
    return paper.frame(version, stage, left) | {"page": page, "columns": columns, "two_rows": two_rows}
