"""What stands on the plan on a page: one sheet of A4 for the wall, made of what its edition holds."""

from sip import editions, on_a_page, paper, reading
from sip.editions import Edition
from sip.models import Version
from sip.versions import blocks_of


def words(version: Version, stage: str, edition: str = Edition.BOARD) -> dict:
    """Everything that the template needs, as plain words."""
    whole = blocks_of(version)
    left = editions.left_out(whole, edition)
    page = on_a_page.of(reading.of_blocks(editions.kept(whole, edition), version.plan))
    for box in page.boxes:
        box.where_to = paper.clipped(box.where_to, _room(len(page.boxes)))
        box.bullets = [paper.clipped(bullet, 100) for bullet in box.bullets]
        box.knows = paper.clipped(box.knows, 90)
    page.vision = paper.clipped(page.vision, 260)
    return paper.frame(version, stage, left) | {"page": page, "columns": 2 if len(page.boxes) in (1, 2, 4) else 3}


def _room(boxes: int) -> int:
    """Characters of an aim that surely fit on the sheet beside so many others."""
    return 420 if boxes <= 4 else 230
