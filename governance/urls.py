"""Where the addresses of this floor lead."""

from django.urls import path, register_converter

from governance.views import (
    account,
    boards,
    calendar,
    invitations,
    meetings,
    people,
    rights,
    seats,
    site,
    strategy,
    voting,
)
from governance.years import YearConverter

register_converter(YearConverter, "year")

urlpatterns = [
    path("account/", account.account, name="account_page"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("invitations/<str:token>/again/", invitations.fresh, name="invitation_fresh"),
    path("site/organisations/", site.organisations, name="organisations_admin"),
    path("site/organisations/add/", site.add, name="organisation_add"),
    path("site/organisations/<slug:slug>/", site.organisation, name="organisation_admin"),
    path("site/organisations/<slug:slug>/clerk/", site.clerk, name="organisation_clerk"),
    path(
        "site/organisations/<slug:slug>/clerk/<int:person>/invite/", site.invite_clerk, name="organisation_invite_clerk"
    ),
    path("organisations/<slug:slug>/people/", people.people, name="people"),
    path("organisations/<slug:slug>/people/add/", people.add, name="person_add"),
    path("organisations/<slug:slug>/people/<int:pk>/", people.person, name="person"),
    path("organisations/<slug:slug>/people/<int:pk>/change/", people.change, name="person_change"),
    path("organisations/<slug:slug>/people/<int:pk>/invite/", people.invite, name="person_invite"),
    path("organisations/<slug:slug>/people/<int:pk>/withdraw/", people.withdraw, name="person_withdraw"),
    path("organisations/<slug:slug>/people/<int:pk>/hand-over/", people.hand_over, name="person_hand_over"),
    path("organisations/<slug:slug>/people/<int:pk>/roles/add/", people.give_role, name="role_give"),
    path("organisations/<slug:slug>/people/<int:pk>/roles/<int:role>/end/", people.end_role, name="role_end"),
    path("organisations/<slug:slug>/people/<int:pk>/seats/add/", seats.take, name="seat_take"),
    path("seats/<int:pk>/change/", seats.change, name="seat_change"),
    path("seats/<int:pk>/end/", seats.end, name="seat_end"),
    path("seats/<int:pk>/suspend/", seats.suspend, name="seat_suspend"),
    path("organisations/<slug:slug>/boards/", boards.boards, name="boards"),
    path("organisations/<slug:slug>/boards/add/", boards.add, name="board_add"),
    path("organisations/<slug:slug>/boards/<int:pk>/change/", boards.change, name="board_change"),
    path("organisations/<slug:slug>/boards/deciding/", boards.deciding, name="deciding"),
    path("organisations/<slug:slug>/terms/<year:year>/", calendar.terms, name="terms"),
    path("organisations/<slug:slug>/terms/<year:year>/edit/", calendar.edit, name="terms_edit"),
    path("organisations/<slug:slug>/terms/<year:year>/drop/", calendar.drop, name="terms_drop"),
    path("organisations/<slug:slug>/who-may/", rights.rights, name="rights"),
    path("organisations/<slug:slug>/strategy/begin/", strategy.begin, name="strategy_begin"),
    path("strategies/<int:pk>/edit/", strategy.edit, name="strategy_edit"),
    path("strategies/<int:pk>/put/", meetings.put_strategy_to, name="put_strategy"),
    path("organisations/<slug:slug>/meetings/", meetings.meetings, name="meetings"),
    path("organisations/<slug:slug>/meetings/add/", meetings.add, name="meeting_add"),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<int:pk>/change/", meetings.change, name="meeting_change"),
    path("meetings/<int:pk>/cancel/", meetings.cancel, name="meeting_cancel"),
    path("meetings/<int:pk>/papers/", meetings.send_papers, name="send_papers"),
    path("meetings/<int:pk>/urgency/", meetings.urgency, name="urgency"),
    path("meetings/<int:pk>/attendance/", meetings.attendance, name="attendance"),
    path("meetings/<int:pk>/close/", meetings.close, name="meeting_close"),
    path("meetings/<int:pk>/sign/", meetings.sign, name="minutes_sign"),
    path("items/<int:pk>/change/", meetings.change_item, name="item_change"),
    path("items/<int:pk>/arrange/", meetings.arrange_item, name="item_arrange"),
    path("items/<int:pk>/run/", voting.run, name="item_run"),
    path("items/<int:pk>/vote/", voting.vote, name="vote"),
    path("items/<int:pk>/withdraw/", voting.withdraw, name="withdraw"),
]
