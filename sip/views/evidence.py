"""The evidence for a year's objectives: its parts and files, its key areas, and the meeting on it."""

from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from foundation import clock, uploads
from foundation.access import access
from foundation.answers import both_texts, onward, show, typed
from foundation.errors import StaleEdit
from foundation.permissions import may, why_not
from governance import years
from governance.forms.meetings import PutForm
from governance.models import Organisation
from sip import evidence as reading
from sip import gathering
from sip.forms.evidence import FileForm, KeyAreaForm, PartForm, YearForm
from sip.models import EvidenceFile, EvidencePack, EvidencePart, KeyArea
from sip.permissions import P

_PART, _AREA = "sip/evidence/part.html", "sip/evidence/key_area.html"
_BY_SLUG = {"by": {"slug": "slug"}}


@access(P.READ_EVIDENCE, Organisation, **_BY_SLUG)
def packs(request, organisation):
    """The evidence of each year, the coming one first."""
    request.menu = "current_plan"
    found = EvidencePack.objects.visible_to(request.user).filter(organisation=organisation)
    rows = reading.packs(found)
    return show(
        request,
        "sip/evidence/packs.html",
        organisation=organisation,
        rows=rows,
        may_begin=may(request.user, P.GATHER_EVIDENCE, organisation) and bool(_open_years(organisation)),
        who_gathers=why_not(P.GATHER_EVIDENCE),
    )


@access(P.GATHER_EVIDENCE, Organisation, **_BY_SLUG)
def begin(request, organisation):
    """Begin the evidence for the plan of this year or the next; the years that have it are not offered."""
    request.menu = "current_plan"
    form = YearForm(typed(request), open_years=_open_years(organisation))
    if request.method == "POST" and form.is_valid():
        pack = gathering.begin_pack(organisation, year=int(form.cleaned_data["year"]), by=request.user)
        return onward(request, f"The evidence for {pack.year_in_words} is begun. Now its parts.", to=_page(pack))
    return show(request, "sip/evidence/begin.html", form=form, organisation=organisation)


@access(P.READ_EVIDENCE, EvidencePack, seen="to_read")
def pack(request, pack):
    """The evidence of one year: what is there, what it shows, what comes of it."""
    request.menu = "current_plan"
    words = {"page": reading.page_of(pack, request.user)}
    reads_years = may(request.user, P.READ_EVIDENCE, pack.organisation)
    return show(request, "sip/evidence/pack.html", pack=pack, reads_years=reads_years, **words)


@access(P.GATHER_EVIDENCE, EvidencePart)
def part(request, part):
    """One part: its note, whether it is there, its files."""
    request.menu = "current_plan"
    form = PartForm(typed(request), part=part)
    if request.method == "POST" and form.is_valid():
        try:
            gathering.write_part(part, by=request.user, **form.cleaned_data)
        except StaleEdit as stale:
            part.refresh_from_db()
            return both_texts(request, _PART, stale, form=form, **_beside(request, part))
        return onward(request, f"“{part}” is saved.", to=_page(part.pack))
    return show(request, _PART, form=form, **_beside(request, part))


@require_POST
@access(P.GATHER_EVIDENCE, EvidencePart)
def add_file(request, part):
    """Add a file to a part."""
    request.menu = "current_plan"
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        file = uploads.bring(gathering.add_file, part, file=form.cleaned_data["file"], by=request.user)
        return onward(request, f"“{file}” is added.", to=_files(part))
    words = _beside(request, part) | {"upload": form}
    return show(request, _PART, form=PartForm(part=part), status=422, **words)


@require_safe
@access(P.READ_EVIDENCE, EvidenceFile)
def file(request, file):
    """The file as it was brought, as an attachment."""
    return uploads.attached(file)


@require_POST
@access(P.GATHER_EVIDENCE, EvidenceFile)
def remove_file(request, file):
    """Take a file out again."""
    gathering.remove_file(file, by=request.user)
    return onward(request, f"“{file}” is removed.", to=_files(file.part))


@access(P.ADD_KEY_AREA, EvidencePack, seen="to_read")
def add_key_area(request, pack):
    """Name a key area for improvement."""
    request.menu = "current_plan"
    form = KeyAreaForm(typed(request))
    if request.method == "POST" and form.is_valid():
        area = gathering.add_key_area(pack, by=request.user, **form.cleaned_data)
        return onward(request, f"“{area}” is added.", to=_areas(pack))
    return show(request, _AREA, form=form, pack=pack)


@access(P.ADD_KEY_AREA, KeyArea)
def key_area(request, area):
    """Put a key area in other words. Two people at once: both texts, the second chooses."""
    request.menu = "current_plan"
    form = KeyAreaForm(typed(request), area=area)
    if request.method == "POST" and form.is_valid():
        try:
            gathering.change_key_area(area, by=request.user, **form.cleaned_data)
        except StaleEdit as stale:
            area.refresh_from_db()
            return both_texts(request, _AREA, stale, form=form, pack=area.pack, area=area)
        return onward(request, f"“{area}” is saved.", to=_areas(area.pack))
    return show(request, _AREA, form=form, pack=area.pack, area=area)


@require_POST
@access(P.ADD_KEY_AREA, KeyArea)
def arrange(request, area):
    """Move a key area up or down, or take it off the list."""
    deed = request.POST.get("do")
    if deed == "remove":
        gathering.drop_key_area(area, by=request.user)
        return onward(request, f"“{area}” is off the list.", to=_areas(area.pack))
    gathering.move_key_area(area, up=deed == "up", by=request.user)
    return onward(request, f"“{area}” now stands as number {area.position}.", to=_areas(area.pack))


@access(P.PUT_EVIDENCE, EvidencePack, seen="to_read")
def put(request, pack):
    """Put the evidence on the agenda of a meeting."""
    request.menu = "meetings"
    form = PutForm(typed(request), board=pack.agreeing_board, user=request.user)
    if request.method == "POST" and form.is_valid():
        row = gathering.put_evidence(pack, by=request.user, **form.cleaned_data)
        to = reverse("item", args=[row.item_id])
        return onward(request, f"It is on the agenda of {row.item.meeting}.", to=to)
    return show(request, "governance/meetings/put.html", form=form, what=pack, up=pack, up_url=_page(pack))


def _open_years(organisation) -> list[tuple[str, str]]:
    this = years.year_of(clock.today())
    taken = set(organisation.evidence_packs.values_list("year", flat=True))
    return [(str(year), years.written(year)) for year in (this, this + 1) if year not in taken]


def _beside(request, part) -> dict:
    """What the page of a part shows beside the form."""
    row = reading.part_of(part, request.user)
    return {"part": part, "row": row, "upload": FileForm(), "closed": gathering.why_closed(part.pack)}


def _page(pack) -> str:
    return reverse("evidence", args=[pack.pk])


def _files(part) -> str:
    return f"{reverse('evidence_part', args=[part.pk])}#files"


def _areas(pack) -> str:
    return f"{_page(pack)}#key-areas"
