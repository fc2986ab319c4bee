"""Rows added, moved, copied and removed on the server, for whoever has no script: what was typed, in another order."""

import re

from django.http import QueryDict

from sip.forms.drafting import ObjectiveDraft, keys_of
from sip.forms.rows import ActionForm, CriterionForm
from sip.rows import MOST

_DEED = re.compile(r"(add|up|down|copy|remove|theirs)-(action|criterion)(?:-(\d{1,18}))?", re.ASCII)
_FORMS = {form.kind: form for form in (ActionForm, CriterionForm)}


def is_deed(do: str) -> bool:
    """Whether a button asks for rows to be arranged, not saved."""
    return bool(_DEED.fullmatch(do))


def arranged(draft: ObjectiveDraft, words: QueryDict, do: str) -> tuple[QueryDict, str]:
    """The words of the page with the rows arranged as the button says, and the key of the row to look at next."""
    deed, kind, target = _DEED.fullmatch(do).groups()
    words, keys = words.copy(), keys_of(words, kind)
    look_at = _DEEDS[deed](draft, words, keys, kind, target or "")
    words.setlist(kind, keys)
    return words, look_at


def _add(draft, words: QueryDict, keys: list[str], kind: str, target: str) -> str:
    if len(keys) >= MOST:
        return keys[-1]
    keys.append(_next_key(keys))
    return keys[_first_spare(words, keys, kind)]


def _copy(draft, words: QueryDict, keys: list[str], kind: str, target: str) -> str:
    if target not in keys or len(keys) >= MOST:
        return target
    key = _next_key(keys)
    for name in _FORMS[kind].base_fields:
        if name != "heading":  # a group begins once
            words[f"{kind}-{key}-{name}"] = words.get(f"{kind}-{target}-{name}", "")
    keys.insert(keys.index(target) + 1, key)
    return key


def _remove(draft, words: QueryDict, keys: list[str], kind: str, target: str) -> str:
    place = keys.index(target) if target in keys else 0
    if target in keys:
        keys.remove(target)
    if not keys:
        keys.append(_next_key([target]))
    return keys[min(place, len(keys) - 1)]


def _move(by: int):
    def move(draft, words: QueryDict, keys: list[str], kind: str, target: str) -> str:
        place = keys.index(target) if target in keys else -1
        if place >= 0 and 0 <= place + by < len(keys):
            keys[place], keys[place + by] = keys[place + by], keys[place]
        return target

    return move


def _theirs(draft: ObjectiveDraft, words: QueryDict, keys: list[str], kind: str, target: str) -> str:
    """Put a row as a colleague saved it in place of one's own, or, where one has none, at the end."""
    form = _FORMS[kind]
    held = draft.saved[form].get(int(target or 0))
    if held is None:
        return ""
    key = next((key for key in keys if words.get(f"{kind}-{key}-id") == target), None) or _next_key(keys)
    if key not in keys:
        keys.insert(_first_spare(words, keys, kind), key)
    row = form(initial=held, key=key, number=0)
    words[f"{kind}-{key}-id"] = target
    for name in form.base_fields:
        words[f"{kind}-{key}-{name}"] = row.text(name)
    return ""


def _first_spare(words: QueryDict, keys: list[str], kind: str) -> int:
    """The place of the first of the empty rows that stand at the end."""
    names = _FORMS[kind].base_fields
    filled = [any(words.get(f"{kind}-{key}-{name}", "").strip() for name in names) for key in keys]
    return max((place for place, is_filled in enumerate(filled, 1) if is_filled), default=0)


def _next_key(keys: list[str]) -> str:
    return str(max((int(key) for key in keys if key), default=0) + 1)


_DEEDS = {"add": _add, "copy": _copy, "remove": _remove, "up": _move(-1), "down": _move(1), "theirs": _theirs}
