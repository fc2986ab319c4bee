"""A site begins: its administrator, its organisations, their clerks."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from foundation import clock
from foundation.audit import AuditEvent
from foundation.errors import Conflict, NotAllowed
from foundation.outbox import OutgoingMail
from governance import calendar, setting_up
from governance.models import Board, Delegation, Invitation, Organisation, Person, Role, User

pytestmark = pytest.mark.django_db
FACTS = {
    "name": "Oakfield Primary School",
    "kind": "school",
    "establishment": "Community school",
    "phase": "Primary",
    "clerk_name": "Joan Petherick",
    "clerk_email": "joan@clerks.example",
}
TYPED = {
    "name": "Oakfield Primary School",
    "establishment": "Community school",
    "phase": "Primary",
    "terms": "usual",
    "clerk_name": "Joan Petherick",
    "clerk_email": "Joan@clerks.example",
}


def command(*args) -> str:
    out = StringIO()
    call_command("create_administrator", *args, stdout=out)
    return out.getvalue()


def test_four_facts_make_a_whole_organisation(site_administrator):
    made = setting_up.set_up_organisation(**FACTS, terms={2026: calendar.rule_of_thumb(2026)}, by=site_administrator)
    board = made.full_board()
    assert (made.slug, board.name, board.quorum, board.notice_days) == (
        "oakfield-primary-school", "Full governing body", "half", 7,
    )  # fmt: skip
    assert made.terms.count() == 3
    clerk = made.roles.get()
    assert (clerk.kind, clerk.person.name, clerk.person.email) == ("clerk", "Joan Petherick", "joan@clerks.example")
    assert OutgoingMail.objects.get().to_address == "joan@clerks.example"
    assert list(AuditEvent.objects.values_list("what", flat=True)) == ["set_up_organisation"]


@pytest.mark.parametrize(
    ("kind", "establishment", "in_a_trust", "name", "quorum", "in_writing"),
    [
        ("school", "Voluntary aided school", False, "Full governing body", "half", False),
        ("school", "Academy converter", False, "Board of trustees", "third", True),
        ("school", "Academy converter", True, "Local governing body", "half", False),
        ("trust", "Multi-academy trust", False, "Board of trustees", "third", True),
    ],
)
def test_a_full_board_has_the_rules_of_its_kind(kind, establishment, in_a_trust, name, quorum, in_writing):
    rules = setting_up.rules_for(kind, establishment, in_a_trust=in_a_trust)
    assert (rules.name, rules.quorum, rules.written_resolutions) == (name, quorum, in_writing)


def test_it_is_said_who_decides(quayside, harbour):
    says = "The Governing board agrees the objectives, approves the plan, receives the reviews and approves "
    says += "amendments."
    assert says in setting_up.facts_of(quayside.school)
    Delegation.objects.create(organisation=quayside.school, decision="approve the plan", board=harbour.board)
    says = (
        "The Governing board agrees the objectives and receives the reviews; the Board of trustees approves the plan "
        "and approves amendments."
    )
    assert says in setting_up.facts_of(quayside.school)


def test_only_a_site_administrator_sets_up(ashdown):
    with pytest.raises(NotAllowed, match="Only a site administrator"):
        setting_up.set_up_organisation(**FACTS, by=ashdown.clerk)
    assert not Organisation.objects.filter(name=FACTS["name"]).exists()


def test_two_of_one_name_have_two_addresses_and_a_double_click_makes_one(site_administrator):
    setting_up.set_up_organisation(**FACTS, by=site_administrator)
    with pytest.raises(Conflict, match="set up already"):
        setting_up.set_up_organisation(**FACTS, by=site_administrator)
    other = setting_up.set_up_organisation(**(FACTS | {"clerk_email": "other@clerks.example"}), by=site_administrator)
    assert other.slug == "oakfield-primary-school-2"


@pytest.mark.parametrize(
    ("name", "slug"),
    [("St Mary’s C.E. School", "st-marys-ce-school"), ("Ysgol Ddŵr", "ysgol-ddwr"), ("学校", "school")],
)
def test_an_address_is_made_of_the_name(name, slug):
    assert setting_up.free_slug(name) == slug


def test_a_clerk_who_can_sign_in_is_told_and_not_invited(site_administrator, kestrel):
    words = FACTS | {"clerk_email": kestrel.clerk.person.email}
    made = setting_up.set_up_organisation(**words, by=site_administrator)
    assert made.roles.get().person == kestrel.clerk.person
    assert Invitation.objects.count() == 0
    assert OutgoingMail.objects.get().subject == "Oakfield Primary School: you are clerk"


def test_a_clerk_is_replaced(site_administrator, ashdown):
    person = setting_up.replace_clerk(
        ashdown.school, clerk_name="New Clerk", clerk_email="new@clerks.example", by=site_administrator
    )
    former = Role.objects.get(person=ashdown.clerk.person)
    assert former.last_day == clock.today() - timedelta(days=1)
    assert person.roles.get().kind == "clerk"
    assert not ashdown.school.parts_of(ashdown.clerk)
    with pytest.raises(Conflict, match="clerk of Ashdown Primary already"):
        setting_up.replace_clerk(
            ashdown.school, clerk_name="New Clerk", clerk_email="NEW@clerks.example", by=site_administrator
        )
    assert person.roles.count() == 1


# ---------------------------------------------------------------- the command


def test_the_first_account(settings, client):
    settings.SITE_URL = "https://plans.example"
    said = command("First@Site.example")
    link = said.strip().splitlines()[-1]
    assert link.startswith("https://plans.example/invitations/")
    role = Role.objects.get()
    assert (role.kind, role.organisation, role.person.email) == ("site administrator", None, "First@Site.example")
    words = {"name": "A. Dmin", "password": "three quiet words", "password_again": "three quiet words"}
    page = link.removeprefix("https://plans.example")
    client.defaults["wsgi.url_scheme"] = "http"
    assert client.post(page, words).status_code == 302
    assert client.get(reverse("organisations_admin")).status_code == 200


def test_the_command_again_renews_the_link_and_spends_the_old():
    first, second = command("a@site.example"), command("a@site.example")
    assert first != second
    assert Role.objects.count() == Person.objects.count() == 1
    assert [one.is_open for one in Invitation.objects.order_by("pk")] == [False, True]


def test_the_command_says_what_is_wrong(site_administrator):
    with pytest.raises(CommandError, match="is not an e-mail address"):
        command("nobody")
    with pytest.raises(CommandError, match="can sign in"):
        command(site_administrator.email)


def test_somebody_who_can_sign_in_becomes_administrator_without_a_link(ashdown):
    said = command(ashdown.teacher.email)
    assert "signs in as before" in said
    assert ashdown.teacher.standing.is_site_administrator


# ---------------------------------------------------------------- the pages


def test_the_administrator_sets_up_in_the_browser(client, site_administrator):
    client.force_login(site_administrator)
    assert client.get(reverse("organisation_add")).status_code == 200
    answer = client.post(reverse("organisation_add"), TYPED)
    made = Organisation.objects.get(name="Oakfield Primary School")
    assert answer["Location"] == reverse("organisation_admin", args=[made.slug])
    assert made.terms.count() == 3
    page = client.get(answer["Location"]).text
    assert "Its full board is the Full governing body" in page and "joan@clerks.example" in page
    assert client.post(reverse("organisation_add"), TYPED).status_code == 409
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 121},
        {"establishment": "Castle"},
        {"phase": ""},
        {"terms": ""},
        {"clerk_name": ""},
        {"clerk_email": "nobody"},
        {"trust": "999999"},
        {"small_number_threshold": "many"},
    ],
)
def test_wrong_facts_are_said_and_make_nothing(client, site_administrator, wrong):
    client.force_login(site_administrator)
    assert client.post(reverse("organisation_add"), TYPED | wrong).status_code == 422
    assert (Organisation.objects.count(), Board.objects.count()) == (0, 0)


def test_a_maintained_school_belongs_to_no_trust_and_a_trust_to_no_other(client, site_administrator, harbour):
    client.force_login(site_administrator)
    for establishment in ("Community school", "Multi-academy trust"):
        words = TYPED | {"trust": harbour.school.pk, "establishment": establishment}
        assert client.post(reverse("organisation_add"), words).status_code == 422
    ok = client.post(
        reverse("organisation_add"), TYPED | {"trust": harbour.school.pk, "establishment": "Academy converter"}
    )
    assert ok.status_code == 302
    made = Organisation.objects.get(name=TYPED["name"])
    assert made.trust == harbour.school
    assert made.terms.count() == 0  # the trust's hold
    assert len(made.terms_of(2026)) == 3


def test_a_name_of_markup_and_a_pasted_one_do_no_harm(client, site_administrator):
    client.force_login(site_administrator)
    client.post(reverse("organisation_add"), TYPED | {"name": "<script>alert(1)</script>\u00a0School\r\n"})
    made = Organisation.objects.get()
    assert made.name == "<script>alert(1)</script> School"
    assert "<script>alert" not in client.get(reverse("organisations_admin")).text


def test_the_clerk_is_replaced_and_invited_again_in_the_browser(client, site_administrator, ashdown):
    client.force_login(site_administrator)
    page = reverse("organisation_clerk", args=[ashdown.school.slug])
    assert client.get(page).status_code == 200
    assert client.post(page, {"clerk_name": "", "clerk_email": "x"}).status_code == 422
    assert client.post(page, {"clerk_name": "New", "clerk_email": "new@clerks.example"}).status_code == 302
    again = reverse("organisation_invite_clerk", args=[ashdown.school.slug, Person.objects.get(name="New").pk])
    assert client.get(again).status_code == 405
    assert client.post(again).status_code == 409  # the first went less than a minute ago
    with clock.standing_at(clock.now() + timedelta(minutes=2)):
        assert client.post(again).status_code == 302


def test_one_clerk_for_a_trust_and_its_academy_is_invited_once(client, site_administrator):
    """Both are set up within a minute: the second is not refused because of the link that is on its way."""
    for name in ("Oakfield Primary School", "Elmfield Primary School"):
        setting_up.set_up_organisation(**FACTS | {"name": name}, by=site_administrator)
    clerk = Person.objects.get(email="joan@clerks.example")
    assert clerk.roles.count() == 2
    assert Invitation.objects.filter(person=clerk).count() == OutgoingMail.objects.count() == 1


def test_the_administrator_reads_nothing_else(client, site_administrator, ashdown):
    client.force_login(site_administrator)
    for name in ("people", "boards", "rights"):
        assert client.get(reverse(name, args=[ashdown.school.slug])).status_code == 404
    assert client.get(reverse("terms", args=[ashdown.school.slug, 2026])).status_code == 404


def test_the_sites_pages_are_not_there_for_others(client, ashdown):
    for who in (ashdown.clerk, ashdown.head, ashdown.chair):
        client.force_login(who)
        assert client.get(reverse("organisations_admin")).status_code == 404
        assert client.get(reverse("organisation_add")).status_code == 404
        assert client.post(reverse("organisation_add"), TYPED).status_code == 404
        assert client.get(reverse("organisation_admin", args=[ashdown.school.slug])).status_code == 404
        assert client.post(reverse("organisation_clerk", args=[ashdown.school.slug]), {}).status_code == 404
    assert User.objects.filter(email=TYPED["clerk_email"]).count() == 0


def test_an_ended_administrator_is_none(client, site_administrator):
    client.force_login(site_administrator)
    Role.objects.update(last_day=clock.today() - timedelta(days=1))
    assert client.get(reverse("organisations_admin")).status_code == 404


def test_the_list_asks_as_much_for_one_as_for_three(client, site_administrator, django_assert_num_queries):
    client.force_login(site_administrator)
    setting_up.set_up_organisation(**FACTS, by=site_administrator)
    client.get(reverse("organisations_admin"))
    with django_assert_num_queries(8):
        client.get(reverse("organisations_admin"))
    for number in range(2):
        words = {"name": f"Other {number}", "clerk_email": f"c{number}@clerks.example"}
        setting_up.set_up_organisation(**(FACTS | words), by=site_administrator)
    with django_assert_num_queries(8):
        client.get(reverse("organisations_admin"))
