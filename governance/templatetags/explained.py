"""{% explain "quorum" %}: a step or a rule in three sentences, folded, where it is needed."""

from django import template

from governance import explained

register = template.Library()


@register.inclusion_tag("components/explained.html")
def explain(key: str) -> dict:
    """The step or rule `key` of governance.explained. A tag, because the parts of a page are included with their own
    words only, and what this shows is the same on every page."""
    return {"one": explained.of(key)}
