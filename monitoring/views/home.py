"""Home: of one organisation, of all of a person's boards, and a new governor's first page."""

from django.core.paginator import Paginator
from django.shortcuts import redirect

from foundation import clock
from foundation.access import SEE, access
from foundation.answers import show
from governance.models import Organisation
from monitoring import overview, starting
from monitoring.fetching import facts_of, schools_of
from monitoring.glossary import ten_words

A_PAGE = 50


@access(SEE)
def home(request):
    """One organisation: its home. Several: a line each. None: a calm page; the set-up, to whoever does that."""
    user = request.user
    mine = list(Organisation.objects.visible_to(user).filter(pk__in=user.standing.organisation_ids).order_by("name"))
    if len(mine) == 1:
        return redirect("organisation", mine[0].slug)
    if not mine and user.standing.is_site_administrator:
        return redirect("organisations_admin")
    page = Paginator(mine, A_PAGE).get_page(request.GET.get("page"))
    facts = facts_of(user, list(page)) if mine else {}
    several = [facts[one.pk] for one in page]
    lines, rows = [overview.board_line(one) for one in several], overview.pressing(several)
    words = {"greeting": _greeting(user), "sets_up": user.standing.is_site_administrator, "rows": rows}
    return show(request, "monitoring/home/boards.html", page=page, lines=lines, **words)


@access(SEE, Organisation, by={"slug": "slug"})
def organisation(request, organisation):
    """What is mine, what waits for whom, where we are in the year, and the objectives."""
    request.menu = "organisation"
    facts = facts_of(request.user, [organisation])[organisation.pk]
    return show(
        request,
        "monitoring/home/organisation.html",
        organisation=organisation,
        greeting=_greeting(request.user),
        home=overview.home(facts),
        schools=_schools(request, organisation, facts),
    )


@access(SEE, Organisation, by={"slug": "slug"})
def start(request, organisation):
    """The first page of a new governor."""
    request.menu = "organisation"
    facts = facts_of(request.user, [organisation])[organisation.pk]
    return show(
        request,
        "monitoring/home/start.html",
        organisation=organisation,
        first=starting.first_page(request.user, organisation, facts),
        lines=overview.lines(facts),
        term=overview.term_of_lines(facts),
        where=overview.where(facts),
        words=ten_words(),
    )


def _greeting(user) -> str:
    """By first name; whoever comes from outside by the whole one, which may be an office."""
    hour, standing = clock.in_london(clock.now()).hour, user.standing
    visits = not standing.seats and all(role.kind in ("adviser", "inspector") for role in standing.roles)
    name = user.person.name if visits and standing.roles else user.person.first_name
    return f"Good {'morning' if hour < 12 else 'afternoon' if hour < 18 else 'evening'}, {name}"


def _schools(request, trust: Organisation, facts):
    """A page of the trust's schools, to its own leaders and trustees."""
    if trust.pk not in request.user.standing.whole_trust_ids:
        return None
    page = Paginator(schools_of(request.user, trust), A_PAGE).get_page(request.GET.get("schools"))
    for row in page.object_list:
        row["says"] = overview.state_sentence(row["state"], facts.today, row["submitted_on"], row["approved_on"])
        row["review"] = overview.school_review(row, facts.today)
    return page
