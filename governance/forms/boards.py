"""A board's name and rules, and which board decides what."""

from foundation.forms import Choice, Count, HouseForm, Line, Pick, Picks, Tick
from governance import boards
from governance.models import Board, Delegation, Organisation
from governance.trustees import are_trustees, is_maintained


class BoardForm(HouseForm):
    """What the clerk says of a board. `board` None: a new one."""

    name = Line(120, label="Name", ask="Give the board a name", attrs={"autocomplete": "off"})
    short_name = Line(
        12, label="Short name", required=False, attrs={"class": "w10"}, help_text="For minutes: FGB, T&L."
    )
    kind = Choice(label="What it is", ask="Choose what it is")
    parent = Pick(label="Stands under", required=False, empty_label="The full board")
    organisations = Picks(label="Whom it serves", ask="Tick at least one school or trust")
    quorum = Choice(label="Quorum", ask="Choose the rule for the quorum", choices=Board.Quorum.choices)
    quorum_number = Count(
        label="The number, where it is a number",
        required=False,
        least=1,
        most=50,
        help_text="A committee of a maintained school needs three governors at least.",
    )
    governors_in_majority = Tick(
        label="It decides only while governors are in the majority",
        help_text="For committees with associate members who vote.",
    )
    notice_days = Count(
        label="Clear days’ notice of a meeting",
        least=0,
        most=60,
        ask="Give the number of days",
        help_text="Seven at a maintained school, neither the day of sending nor the day of the meeting counted.",
    )
    written_resolutions = Tick(
        label="It may pass unanimous resolutions in writing",
        help_text="Every trustee has to agree. Only the trustees of an academy trust may; nobody else is offered it.",
    )
    chair_may_act = Tick(
        label="Its chair may act in urgency",
        help_text="Where your articles or your scheme of delegation say so. Each action is reported to the board.",
    )
    stands_review = Tick(
        label="Review of the plan stands on its agendas",
        help_text="When leaders send a review, it comes onto the next agenda by itself: to be received, or on a "
        "committee to be discussed for the objectives that it monitors.",
    )
    stands_monitoring = Tick(
        label="Monitoring progress stands on its agendas",
        help_text="Each meeting that is planned has the item: what is new since the board’s last meeting. The clerk "
        "can take it off for one meeting.",
    )
    names_soundings = Tick(
        label="Members see who stands where before a meeting",
        help_text="Tick it only where the board has chosen so. Without it they see how many are ready, not who. "
        "Leaders never see it.",
    )

    def __init__(self, *args, organisation: Organisation, board: Board | None, clerks: list[Organisation], **words):
        super().__init__(*args, initial=_now(board, organisation), **words)
        self.board, self.organisation = board, organisation
        self._shape_for(board)
        if board is None or not are_trustees(board):
            del self.fields["written_resolutions"]
        if board is None or board.kind != Board.Kind.FULL or is_maintained(board):
            del self.fields["chair_may_act"]  # a maintained school's chair has it by law, a committee's has it never
        if "organisations" in self.fields:
            served = set(board.organisations.all()) if board else {organisation}
            offered = {one.pk for one in {*clerks, organisation}}
            self.fields["organisations"].queryset = Organisation.objects.filter(pk__in=offered).order_by("name")
            self.others = sorted((one for one in served if one.pk not in offered), key=lambda one: one.name)
            if len(offered) == 1:
                del self.fields["organisations"]

    def _shape_for(self, board: Board | None) -> None:
        """A new one is no full board, for that is there from the start; an old one keeps its kind and place."""
        if board is not None:
            del self.fields["kind"], self.fields["parent"]
            return
        del self.fields["names_soundings"]
        self.fields["kind"].choices = [one for one in Board.Kind.choices if one[0] != Board.Kind.FULL]
        committees = self.organisation.boards.exclude(kind=Board.Kind.FULL).order_by("pk")
        self.fields["parent"].queryset = committees
        if not committees:
            del self.fields["parent"]

    def clean(self) -> dict:
        words = super().clean()
        if words.get("quorum") == Board.Quorum.NUMBER and not words.get("quorum_number"):
            if "quorum_number" not in self.errors:
                self.add_error("quorum_number", "Give the number of voting members who make a quorum")
        if words.get("quorum") != Board.Quorum.NUMBER:
            words["quorum_number"] = None
        if "organisations" in words:
            words["organisations"] = [*words["organisations"], *self.others]
        twin = self.organisation.boards.filter(name__iexact=words.get("name", ""))
        if twin.exclude(pk=self.board.pk if self.board else None).exists():
            self.add_error("name", "There is a board of this name already")
        return words


def _named(decision: str) -> str:
    """What the boxes of a decision begin with: "set", "approve", "receive", "amend"."""
    return "amend" if decision == Delegation.Decides.AMENDMENTS else decision.split(" ", 1)[0]


class DecidingForm(HouseForm):
    """Which board takes a decision."""

    decision = Choice(label="Decision", choices=Delegation.Decides.choices)
    board = Pick(label="Board", ask="Choose the board")

    def __init__(self, *args, organisation: Organisation, decision: str, **words) -> None:
        now = organisation.deciding_board(decision)
        super().__init__(*args, initial={"board": now}, prefix=_named(decision), **words)
        del self.fields["decision"]
        self.decision, self.now = decision, now
        can = boards.can_decide(organisation)
        own = {board.pk for board in organisation.boards.all()}
        field = self.fields["board"]
        field.queryset = Board.objects.filter(pk__in=[board.pk for board in can]).order_by("pk")
        field.label = "Who " + Delegation.Decides(decision).label
        field.label_from_instance = lambda board: str(board) if board.pk in own else f"{board} of the trust"

    @property
    def differs(self) -> bool:
        """Whether another board was chosen than decides now."""
        return self.cleaned_data["board"] != self.now


class PartForm(HouseForm):
    """What one board does in a decision that another board takes."""

    does = Choice(label="Part", required=False, look="select")

    def __init__(self, *args, decision: str, board: Board, now: str, **words) -> None:
        prefix = f"part-{_named(decision)}-{board.pk}"
        super().__init__(*args, initial={"does": now}, prefix=prefix, **words)
        self.decision, self.board, self.now = decision, board, now
        self.fields["does"].label = str(board)
        self.fields["does"].choices = [("", "no part in it"), *boards.parts_in(decision).items()]

    @property
    def differs(self) -> bool:
        return self.cleaned_data["does"] != self.now


def part_forms(words, organisation: Organisation, decision: str) -> list[PartForm]:
    """One for each board that does not decide on this now."""
    deciding = organisation.deciding_board(decision)
    now = dict(organisation.delegations.filter(decision=decision).values_list("board", "does"))
    others = [board for board in boards.can_decide(organisation) if board != deciding]
    return [PartForm(words, decision=decision, board=board, now=now.get(board.pk, "")) for board in others]


def _now(board: Board | None, organisation: Organisation) -> dict:
    if board is None:
        return {
            "kind": Board.Kind.COMMITTEE,
            "organisations": [organisation],
            "quorum": Board.Quorum.NUMBER,
            "quorum_number": 3,
            "governors_in_majority": True,
            "notice_days": 7,
        }
    names = ("name", "short_name", "quorum", "quorum_number", "governors_in_majority", "notice_days")
    now = {name: getattr(board, name) for name in (*names, "written_resolutions")}
    now |= {"names_soundings": board.names_soundings, "chair_may_act": board.chair_may_act}
    now |= {"stands_review": board.stands_review, "stands_monitoring": board.stands_monitoring}
    return now | {"organisations": list(board.organisations.all())}
