from django.urls import path

from biaochi.web import accounts, deeds, desk, home, rule_book

urlpatterns = [
    path("", home.home, name="home"),
    path("desk", desk.desk, name="desk"),
    path("desk/waiting", desk.waiting_page, name="desk-waiting"),
    path("desk/member", desk.member_home, name="member-home"),
    path("desk/record", deeds.record, name="desk-record"),
    path("desk/record/check", deeds.check_record, name="desk-record-check"),
    path("desk/accounts", accounts.accounts, name="desk-accounts"),
    path("desk/accounts/<int:pk>/close", accounts.close, name="desk-account-close"),
    path("desk/settings", rule_book.settings_page, name="desk-settings"),
]
