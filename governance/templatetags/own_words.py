"""{{ row.number|numbered:words }}: an objective's number as the school writes it."""

from django import template

from governance.words import Words

register = template.Library()


@register.filter
def numbered(number: int | str, words: Words | str) -> str:
    """3 → "3" or "C"; "3.2", the second of the third, → "C.2". Without words, as where a part of a page was not given
    them, in figures."""
    first, dot, rest = str(number).partition(".")
    if not isinstance(words, Words) or not first.isdigit():
        return str(number)
    return f"{words.numbered(int(first))}{dot}{rest}"
