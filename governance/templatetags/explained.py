"""{% explain "quorum" %}: a step or a rule in three sentences, folded, where it is needed."""

from django import template

from governance import explained

register = template.Library()


@register.inclusion_tag("components/explained.html")
def explain(key: str, label: str = "") -> dict:
    """The step or rule `key` of governance.explained; a step of the year that has no such words shows nothing. A tag,
    because the parts of a page are included with their own words only, and what this shows is the same everywhere.
    `label`: what to press, where the page has just said the title."""
    return {"one": explained.of(key) if explained.knows(key) else None, "label": label}
