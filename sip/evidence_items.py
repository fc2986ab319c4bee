"""What the evidence brings before the board: it is discussed with the leaders, and that is noted."""

from functools import partial

from django.urls import reverse

from foundation import clock
from foundation.permissions import may
from governance import years
from governance.kinds import Kind, Paper, Ready, Subject, join
from governance.models import AgendaItem, Decision, Meeting, Organisation, User
from sip import evidence, gathering
from sip.models import EvidenceFile, EvidenceItem, EvidencePack
from sip.permissions import P

_O, _KIND = Decision.Outcome, AgendaItem.Kind
_WAITING = (AgendaItem.State.WAITING, AgendaItem.State.OPEN)


def _ready_for(meeting: Meeting, user: User) -> dict[str, Ready]:
    """The evidence for years that are not over, which no board has discussed and no agenda has."""
    been = EvidenceItem.objects.filter(item__state__in=_WAITING) | EvidenceItem.objects.filter(
        item__decision__outcome=_O.NOTED
    )
    packs = EvidencePack.objects.to_read(user).exclude(pk__in=been.values("pack"))
    coming = packs.filter(year__gte=years.year_of(clock.today()))
    ready = [
        pack
        for pack in coming
        if pack.agreeing_board == meeting.board and may(user, P.PUT_EVIDENCE, pack) and not gathering.why_closed(pack)
    ]
    says = "for the board to discuss with its leaders"
    return {
        f"evidence-{pack.pk}": Ready(str(pack), f"{pack.organisation}: {says}", _putting(pack, meeting))
        for pack in ready
    }


def _putting(pack: EvidencePack, meeting: Meeting):
    put = partial(gathering.put_evidence, pack, meeting=meeting)
    return lambda *, by: put(by=by).item


def _about(item: AgendaItem, user: User) -> Subject:
    seen = EvidencePack.objects.to_read(user).filter(items__item=item)
    pack = next((one for one in seen if may(user, P.READ_EVIDENCE, one)), None)
    if pack is None:
        return Subject()
    parts = evidence.parts_of(pack, user)
    wanted = evidence.missing(parts)
    undecided = not hasattr(item, "decision")
    return Subject(
        link=("The evidence, whole", reverse("evidence", args=[pack.pk])),
        notice=f"Still to gather: {wanted}." if wanted and undecided else "",
        template="sip/evidence/of_item.html",
        rows=[{"parts": parts, "areas": list(pack.key_areas.all())}],
        papers=_papers(pack, user),
    )


def _papers(pack: EvidencePack, user: User) -> list[Paper]:
    files = EvidenceFile.objects.visible_to(user).filter(part__pack=pack).order_by("part", "pk")
    return [
        Paper(file.name, f"{file.part}: {file.in_words}", reverse("evidence_file", args=[file.pk])) for file in files
    ]


def _resolution(item: AgendaItem) -> str:
    year = item.evidence_item.pack.year_in_words
    return f"That the board note that it has met with leaders on the evidence for the objectives of {year}."


def _whose(item: AgendaItem) -> Organisation:
    return item.evidence_item.pack.organisation


join(
    {
        _KIND.EVIDENCE: Kind(
            outcomes={
                _O.NOTED: ("Discussed", "The board has met with leaders on the evidence"),
                _O.DEFERRED: ("Deferred", "To a later meeting, with the reason"),
            },
            asks="For discussion",
            decide=gathering.discuss_evidence,
            usual_resolution=_resolution,
            ready_for=_ready_for,
            about=_about,
            whose=_whose,
        )
    }
)
