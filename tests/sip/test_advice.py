"""Advice, never a wall: what is missing, vague or heavy, said at most three at a time, put aside for the year."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from foundation.errors import Conflict, NotAllowed
from sip import advice, advising, costs, vagueness, weight
from sip.lines import ActionLine, CriterionLine, ObjectiveLine, PlanLines
from sip.models import AdviceDismissed, Plan, Target
from tests.sip.drafts import draft

GOOD_ACTION = ActionLine(1, 1, "Read daily", "R. Osei", due_on=date(2026, 12, 18), cost=Decimal(0))
GOOD = CriterionLine(
    1, 1, "Pupil premium pupils: from 61% to 80%", date(2027, 7, 16), frozenset({"autumn", "spring", "summer"})
)


def objective(*, actions=(GOOD_ACTION,), criteria=(GOOD,), **words) -> ObjectiveLine:
    facts = {"id": 7, "label": "2", "title": "Reading", "url": "/draft/", "priority": 1} | words
    return ObjectiveLine(actions=tuple(actions), criteria=tuple(criteria), **facts)


def action(**words) -> ActionLine:
    facts = {"id": 5, "place": 3, "what": "Read", "owner": "A", "due_on": date(2026, 12, 1), "cost": Decimal(5)}
    return ActionLine(**facts | words)


def criterion(text=GOOD.text, **words) -> CriterionLine:
    facts = {"id": 9, "place": 2, "by_when": date(2027, 7, 16), "terms": frozenset({"autumn", "summer"})}
    return CriterionLine(text=text, **facts | words)


def said(line: ObjectiveLine, **words) -> list[str]:
    """All that is said of one objective, in its order."""
    rows, found, aside = advice.of_objective(line), [], set()
    while first := advice.advised(rows, aside, **words).first:
        found += [one.says for one in first]
        aside |= {key for one in first for key in one.keys}
    return found


def test_an_objective_that_lacks_nothing_is_left_alone():
    assert said(objective()) == []
    assert advice.lacks(objective()) == []


@pytest.mark.parametrize(
    ("line", "says", "spot"),
    [
        (objective(actions=()), "Objective 2 has no action yet.", "h-action"),
        (objective(criteria=()), "Objective 2 has no success criterion.", "h-criterion"),
        (objective(actions=[action(owner="")]), "Action 2.3 has no owner.", "id_action-3-owner"),
        (objective(actions=[action(due_on=None)]), "Action 2.3 has no date.", "id_action-3-due_on"),
        (
            objective(actions=[action(cost=None)]),
            "Action 2.3 is not costed. “No cost” is an answer too: write 0.",
            "more-action-3",
        ),
        (
            objective(criteria=[criterion(terms=frozenset())]),
            "Criterion 2.2 has no milestone.",
            "id_criterion-2-autumn",
        ),
        (objective(criteria=[criterion(by_when=None)]), "Criterion 2.2 has no day by when.", "id_criterion-2-by_when"),
        (
            objective(criteria=[criterion("Phonics training held for all pupils’ teachers")]),
            "Criterion 2.2 says what will be done (“training held”), not what will have changed.",
            "id_criterion-2-text",
        ),
        (
            objective(criteria=[criterion("Reading has improved in Year 3")]),
            "Criterion 2.2 says “improved”, not by how much.",
            "id_criterion-2-text",
        ),
        (
            objective(criteria=[criterion("Girls say that they are happy by July 2027")]),
            "Criterion 2.2 has nothing that can be counted.",
            "id_criterion-2-text",
        ),
        (
            objective(criteria=[criterion("80% of girls read well")]),
            "Criterion 2.2 has an aim and no start to compare it with.",
            "id_criterion-2-text",
        ),
        (
            objective(criteria=[criterion("Girls who read well", measured=True)]),
            "Criterion 2.2 has an aim and no start to compare it with.",
            "more-criterion-2",
        ),
        (
            objective(criteria=[criterion(terms=frozenset({"summer"}))]),
            "Objective 2 has milestones in the summer term only: until July nobody can tell how it goes.",
            "h-criterion",
        ),
        (
            objective(criteria=[criterion("Attendance rises from 91% to 94%")]),
            "Objective 2 does not say which pupils it is about.",
            "h-criterion",
        ),
    ],
)
def test_what_is_missing_or_vague_is_said_and_leads_to_its_spot(line, says, spot):
    first, *rest = advice.advised(advice.of_objective(line), set()).first
    assert (first.says, first.spot, first.anchor, rest) == (says, f"/draft/#{spot}", spot, [])


@pytest.mark.parametrize(
    "line",
    [
        objective(criteria=[criterion("80% of girls read well")], has_start=True),
        objective(criteria=[criterion("Girls who read well", measured=True, has_baseline=True)]),
        objective(criteria=[criterion("Every lesson begins with what was learned last week")]),
        objective(title="Attendance of Year 9", criteria=[criterion("Attendance rises from 91% to 94%")]),
        objective(actions=[action(cost=Decimal(0))]),
        objective(criteria=[criterion(terms=frozenset({"summer"})), criterion(id=10, terms=frozenset({"spring"}))]),
    ],
)
def test_what_is_right_is_left_alone(line):
    assert said(line) == []


def test_several_places_are_said_together_and_lead_to_the_first():
    rows = [action(id=n, place=n, owner="") for n in range(1, 10)]
    first = advice.advised(advice.of_objective(objective(actions=rows[:3])), set()).first[0]
    assert first.says == "Actions 2.1, 2.2 and 2.3 have no owner." and first.anchor == "id_action-1-owner"
    assert first.keys == ("no owner:action:1", "no owner:action:2", "no owner:action:3")
    assert said(objective(actions=rows[:5])) == ["Actions 2.1, 2.2, 2.3, 2.4 and 2.5 have no owner."]
    assert said(objective(actions=rows)) == ["Actions 2.1, 2.2, 2.3, 2.4 and five more have no owner."]


def test_on_the_page_of_the_objective_it_is_named_shortly_in_the_schools_word():
    line = objective(actions=[action(owner="")], criteria=())
    assert said(line, objective="goal", here=True) == ["This goal has no success criterion.", "Action 3 has no owner."]
    assert said(line, objective="goal")[0] == "Goal 2 has no success criterion."


def test_three_at_most_the_weightiest_first_and_how_many_more():
    worst = objective(
        actions=[action(owner="", due_on=None, cost=None)],
        criteria=[criterion("Reading improved", terms=frozenset(), by_when=None)],
    )
    found = advice.advised(advice.of_objective(worst), set())
    assert [one.says for one in found.first] == [
        "Action 2.3 has no owner.",
        "Action 2.3 has no date.",
        "Criterion 2.2 has no milestone.",
    ]
    assert found.more == 4
    assert advice.lacks(worst) == ["no owner", "no date", "no milestone", "a criterion with no date"]


def of_plan(lines: PlanLines) -> list[str]:
    weighed = weight.of(lines, [weight.HalfTerm("Autumn 1", date.max)])
    spots = {name: f"/{name}/" for name in ("objectives", "costs", "load", "weight")}
    rows = advice.of_plan(lines, costs=costs.of(lines, 4), weighed=weighed, spots=spots)
    return [(one.says, one.spot) for one in advice.advised(rows, set()).first]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (PlanLines((objective(),), priorities=((1, "Reading"),)), []),
        (
            PlanLines((objective(),), priorities=((1, "Reading"), (2, "Writing"), (3, "Sums"))),
            [("No objective serves “Writing” and “Sums”.", "/objectives/")],
        ),
        (
            PlanLines((objective(actions=[action(source="PTA")]),), budget=(("PTA", Decimal(3)),)),
            [("PTA: £5 is planned and £3 given, £2 over.", "/costs/")],
        ),
        (
            PlanLines((objective(actions=[action(id=n, place=n) for n in range(6)]),)),
            [("A has six actions that end in Autumn 1.", "/load/")],
        ),
        (
            PlanLines((objective(actions=[action(id=n, place=n, owner=str(n)) for n in range(19)]),)),
            [("The plan has 21 elements; plans of up to about 20 are carried out more often.", "/weight/")],
        ),
        (
            PlanLines((objective(actions=[action(id=n, place=n, owner=str(n)) for n in range(60)]),)),
            [("The plan has 62 elements; plans of more than 60 are seldom carried out.", "/weight/")],
        ),
    ],
)
def test_the_plan_as_a_whole(lines, found):
    assert of_plan(lines) == found


# --- words


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("80% of pupils", True), ("Six in ten pupils", True), ("Every lesson", True), ("No exclusions", True),
        ("Half of the class", True), ("17 pupils", True), ("By July 2027", False), ("In Year 6", False),
        ("Years 3 and 4", False), ("At KS2", False), ("Progress 8 improves", False), ("By 16 July", False),
        ("In 2026/27", False), ("On 16/7/2027", False), ("Pupils read well", False), ("", False),
        ("Each half-term", True), ("Twice a week", True), ("Level 4", False),
    ],
)  # fmt: skip
def test_what_can_be_counted(text, counts):
    assert vagueness.has_quantity(text) is counts


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("All staff trained in phonics", "staff trained"),
        ("Training for teachers has been delivered", "Training for teachers has been delivered"),
        ("Behaviour policy in place", "policy in place"),
        ("Introduce a new scheme", "Introduce"),
        ("To hold workshops for parents", "To hold"),
        ("Three workshops held", "workshops held"),
        ("Teachers have received training", "have received training"),
        ("80% of lessons use the routine introduced in September", ""),
        ("Nine in ten teachers say the training held helped them", ""),
        ("Pupils read every day", ""),
        ("Attendance is 95%", ""),
        ("", ""),
    ],
)
def test_activity_instead_of_outcome(text, quoted):
    assert vagueness.activity_in(text) == quoted


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Reading improved", "improved"), ("Most pupils read", "Most"), ("Better behaviour", "Better"),
        ("Fewer suspensions by July 2027", "Fewer"), ("Fewer than five suspensions", ""),
        ("Improved from 61 to 80", ""),
        ("Parents are content", ""), ("Embedded practice", "Embedded"),
    ],
)  # fmt: skip
def test_words_that_ask_by_how_much(text, word):
    assert vagueness.vague_word_in(text) == word


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Pupil premium pupils", True), ("Boys in maths", True), ("Year 9 attendance", True), ("All pupils", True),
        ("Every child in the school", True), ("Pupils with SEN", True), ("Most able readers", True),
        ("KS2 maths", True),
        ("Pupils read well", False), ("Attendance rises", False), ("Phase 2", False),
    ],
)  # fmt: skip
def test_which_pupils(text, group):
    assert vagueness.names_a_group(text) is group


# --- put aside, and brought back


@pytest.fixture
def plan(ashdown) -> Plan:
    made = draft(ashdown, objectives=2, actions=2)
    made.objectives.first().actions.update(owner=None)
    return made


def first_of(plan: Plan):
    return advising.draft_of(plan).advised.first[0]


def test_put_aside_it_is_not_said_again_and_bring_back_says_it_again(plan, ashdown):
    one = first_of(plan)
    assert one.says == "Actions 1.1 and 1.2 have no owner."
    assert advising.put_aside(plan, key=one.key, by=ashdown.deputy) == one.says
    advised = advising.draft_of(plan).advised
    assert one.says not in [other.says for other in advised.first]
    assert [other.says for other in advised.aside] == [one.says]
    advising.put_aside(plan, key=one.key, by=ashdown.head)  # twice is as good as once
    assert AdviceDismissed.objects.count() == 2
    advising.bring_back(plan, key=one.key, by=ashdown.head)
    assert first_of(plan).says == one.says


def test_what_is_new_is_said_though_its_like_was_put_aside(plan, ashdown):
    advising.put_aside(plan, key=first_of(plan).key, by=ashdown.head)
    plan.objectives.last().actions.update(owner=None)
    assert first_of(plan).says == "Actions 2.1 and 2.2 have no owner."


@pytest.mark.parametrize("key", ["", "no owner:action:999999", "x" * 500, "|||"])
def test_advice_that_is_not_given_cannot_be_put_aside(plan, ashdown, key):
    with pytest.raises(Conflict, match="not given any more"):
        advising.put_aside(plan, key=key, by=ashdown.head)
    assert not AdviceDismissed.objects.exists()


def test_only_who_drafts_puts_aside_and_only_while_it_is_a_draft(plan, ashdown):
    key = first_of(plan).key
    for who in (ashdown.chair, ashdown.clerk, ashdown.business):
        with pytest.raises(NotAllowed):
            advising.put_aside(plan, key=key, by=who)
    Plan.objects.update(state="with the board", submitted_at="2026-11-17T09:00:00Z")
    for deed in (advising.put_aside, advising.bring_back):
        with pytest.raises(Conflict, match="With the board since"):
            deed(plan, key=key, by=ashdown.head)


def test_the_button_says_so_and_comes_back_to_its_page(client, plan, ashdown):
    client.force_login(ashdown.head)
    one, put = first_of(plan), reverse("advice_put_aside", args=[plan.pk])
    overview = reverse("draft_plan", args=[plan.pk])
    assert one.says in client.get(overview).content.decode()
    answer = client.post(put, {"key": one.key, "page": "draft"}, follow=True)
    assert answer.redirect_chain == [(f"{overview}#advice", 302)]
    assert "Put aside for this year: “Actions 1.1 and 1.2 have no owner.”" in answer.content.decode()
    back = reverse("advice_bring_back", args=[plan.pk])
    number = plan.objectives.first().pk
    answer = client.post(back, {"key": one.key, "page": str(number)}, follow=True)
    assert answer.redirect_chain == [(f"/objectives/{number}/draft/#advice", 302)]
    assert "Actions 1 and 2 have no owner." in answer.content.decode()
    assert client.post(put, {"key": "nonsense"}).status_code == 409
    assert client.post(put, {"key": "\0|\0"}).status_code == 409
    assert client.post(back, {"key": "\0|\0"}).status_code == 302


@pytest.mark.parametrize(
    ("page", "to"), [("submit", "submit"), ("weight", "weight"), ("//evil", "draft"), ("9" * 40, "draft")]
)
def test_it_goes_on_within_the_plan(client, plan, ashdown, page, to):
    client.force_login(ashdown.head)
    answer = client.post(reverse("advice_put_aside", args=[plan.pk]), {"key": first_of(plan).key, "page": page})
    assert answer.url == f"/plans/{plan.pk}/{to}/#advice"


@pytest.mark.parametrize("name", ["advice_put_aside", "advice_bring_back"])
def test_readers_are_told_who_may_and_strangers_find_nothing(client, plan, ashdown, kestrel, name):
    url = reverse(name, args=[plan.pk])
    for who, status in ((ashdown.chair, 403), (ashdown.business, 403), (kestrel.head, 404)):
        client.force_login(who)
        assert client.post(url, {"key": "x"}).status_code == status
    client.force_login(ashdown.head)
    assert client.get(url).status_code == 405


def test_never_while_typing(client, plan, ashdown):
    client.force_login(ashdown.head)
    url = reverse("draft_objective", args=[plan.objectives.first().pk])
    assert "Worth a look" in client.get(url).content.decode()
    assert "Worth a look" not in client.post(url, {"do": "add-action-", "action": "1"}).content.decode()


def test_a_measure_without_a_baseline_is_seen_in_the_draft(plan, ashdown):
    criterion = plan.objectives.first().criteria.get()
    measure = ashdown.school.measures.create(name="Girls who read well")
    target = Target.objects.create(criterion=criterion, measure=measure, aim=80)
    says = "Criterion 1.1 has an aim and no start to compare it with."
    keys = {one.rule for one in advising.draft_of(plan).findings if one.key.endswith(f"criterion:{criterion.pk}")}
    assert "no baseline" in keys, says
    target.baseline = 61
    target.save()
    keys = {one.rule for one in advising.draft_of(plan).findings if one.key.endswith(f"criterion:{criterion.pk}")}
    assert "no baseline" not in keys


def test_from_the_overview_and_before_submitting_it_leads_to_the_page_of_the_objective(client, plan, ashdown):
    client.force_login(ashdown.head)
    spot = f'href="/objectives/{plan.objectives.first().pk}/draft/#id_action-1-owner"'
    for name in ("draft_plan", "submit_plan", "plan_weight"):
        assert spot in client.get(reverse(name, args=[plan.pk])).content.decode(), name
    page = client.get(reverse("draft_objective", args=[plan.objectives.first().pk])).content.decode()
    assert 'href="#id_action-1-owner"' in page and 'id="id_action-1-owner"' in page
