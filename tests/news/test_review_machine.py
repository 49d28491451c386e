"""Random people take random steps: nothing goes on line, or off it, without the column's reviews of exactly that text."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from news import review, versions
from news.models import Article, Column, ReviewRun
from portal.models import User
from tests.factories import make_article, make_column, make_member, make_user

ROLES = {1: "first", 2: "second", 3: "final"}
PEOPLE = {
    "editor": ["editor"],
    "other editor": ["editor"],
    "first": ["first"],
    "second": ["second"],
    "final": ["final"],
    "first and final": ["first", "final"],
    "everything": ["editor", "first", "second", "final"],
    "nobody": [],
}
person = st.sampled_from([*PEOPLE, "superuser"])
number = st.integers(0, 3)


class Desk(RuleBasedStateMachine):
    """One article, two columns, nine people. The machine keeps its own book of who wrote and who signed what."""

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    @initialize(reviews=number, other=st.none() | number, is_live=st.booleans())
    def begin(self, reviews, other, is_live):
        self.top = make_column(reviews=reviews)
        self.columns = [self.top, make_column(parent=self.top, reviews=other)]
        self.people = {name: make_member(*roles).pk for name, roles in PEOPLE.items()}
        self.people["superuser"] = make_user(is_superuser=True, is_staff=True).pk
        status = "published" if is_live else "draft"
        self.article = make_article(column=self.columns[1], status=status, title="甲")
        self.live = self.article.title if is_live else None  # what readers see
        self.live_number = 0
        self.authors = []  # (number of the version, person)
        self.signed = []  # (run, level, person, digest)
        self.submitted = []  # (run, person)
        self.ended = {}  # the last run that was approved, by kind

    # Steps ----------------------------------------------------------------------------------------

    def user(self, name):
        return User.objects.get(pk=self.people[name])

    def now(self):
        return Article.objects.select_related("latest_version", "live_version").get(pk=self.article.pk)

    def act(self, function, name, **given):
        try:
            return function(self.now(), by=self.user(name), address="192.0.2.1", **given)
        except (review.Refused, versions.Locked):
            return None

    @rule(name=person, title=st.sampled_from("甲乙丙"), column=st.integers(0, 1))
    def write(self, name, title, column):
        content = versions.latest_content(self.now()) | {"title": title, "column_id": self.columns[column].pk}
        try:
            version = versions.record(self.now(), content, by=self.user(name))
        except versions.Locked:
            return
        if version:
            self.authors.append((version.number, name))

    @rule(name=person, reason=st.sampled_from(["", "更正数字"]))
    def submit(self, name, reason):
        run = self.act(review.submit, name, reason=reason)
        self.note_submitted(run, name)

    @rule(name=person)
    def request_withdrawal(self, name):
        run = self.act(review.request_withdrawal, name, reason="内容有误")
        self.note_submitted(run, name)

    def note_submitted(self, run, name):
        if run:
            self.submitted.append((run.pk, name))
            self.ended[run.kind] = run if run.state == "approved" else self.ended.get(run.kind)

    @rule(name=person, is_stale=st.integers(0, 5))
    def approve(self, name, is_stale):
        run = review.active_run(self.article)
        if run is None:
            return
        seen = run.version
        if is_stale == 0 and (older := self.article.versions.exclude(digest=seen.digest).first()):
            seen = older
        self.approve_as(name, run, seen)

    def approve_as(self, name, run, seen):
        level = run.level
        done = self.act(review.approve, name, version=seen)
        if done:
            assert seen.pk == run.version_id
            self.signed.append((run.pk, level, name, seen.digest))
            if done.state == "approved":
                self.ended[done.kind] = done

    @rule(choices=st.lists(st.tuples(st.integers(0, 8), st.booleans()), min_size=1, max_size=4))
    def approve_as_those_entitled(self, choices):
        """Random people seldom get far: here go those who may, and those who signed another level just before."""
        for choice, is_wilful in choices:
            run = review.active_run(self.article)
            if run is None or not run.is_reviewing:
                return
            run.article = self.now()
            signed = [name for pk, _level, name, _digest in self.signed if pk == run.pk] if is_wilful else []
            entitled = [name for name in self.people if not review.why_not(run, self.user(name))]
            if names := signed or entitled:
                self.approve_as(names[choice % len(names)], run, run.version)

    @rule(name=person)
    def send_back(self, name):
        if run := review.active_run(self.article):
            done = self.act(review.send_back, name, version=run.version, opinion="请核对")
            if done:
                self.signed.append((run.pk, run.level, name, "sent back"))

    @rule(choice=st.integers(0, 8), title=st.sampled_from("甲乙丙"))
    def send_back_change_and_submit(self, choice, title):
        run = review.active_run(self.article)
        if run and run.is_reviewing:
            run.article = self.now()
            if entitled := [name for name in self.people if not review.why_not(run, self.user(name))]:
                self.send_back(entitled[choice % len(entitled)])
                self.write("editor", title, 1)
                self.submit("editor", "更正")

    @rule(name=person)
    def recall(self, name):
        self.act(review.recall, name)

    @rule(reviews=st.none() | number, column=st.integers(0, 1))
    def change_the_setting(self, reviews, column):
        Column.objects.filter(pk=self.columns[column].pk).update(reviews=reviews)

    # What always holds ----------------------------------------------------------------------------

    @invariant()
    def what_readers_see_was_reviewed(self):
        row = self.now()
        shown = row.title if row.status == "published" else None
        number = row.live_version.number if row.live_version else 0
        if (shown, number) == (self.live, self.live_number):
            return
        if number == 1 and shown == self.live and not any(n == 1 for n, _name in self.authors):
            self.live_number = 1  # the version of what was there before; it changed nothing
            return
        kind = "withdraw" if shown is None else "publish" if self.live is None else "correct"
        self.check(self.ended[kind], row, kind)
        self.live, self.live_number = shown, number

    def check(self, run, row, kind):
        if kind != "withdraw":
            assert run.version_id == row.live_version_id
            assert row.title == run.version.content["title"]
            assert row.column_id == run.version.content["column_id"]
        last = {level: (who, digest) for pk, level, who, digest in self.signed if pk == run.pk}
        needed = max(run.required, Column.objects.review_levels()[row.column_id])
        signers = []
        for level in range(1, needed + 1):
            who, digest = last[level]
            assert digest == run.version.digest
            assert who == "superuser" or ROLES[level] in PEOPLE[who]
            signers.append(who)
        assert len(set(signers)) == len(signers)
        assert not set(signers) & {who for pk, who in self.submitted if pk == run.pk}
        since = self.live_number - 1 if kind == "withdraw" else self.live_number
        assert not set(signers) & {who for n, who in self.authors if n > since}

    @invariant()
    def one_run_is_active_and_versions_are_numbered(self):
        assert ReviewRun.objects.active().filter(article=self.article.pk).count() <= 1
        numbers = list(self.article.versions.order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))

    @invariant()
    def a_row_that_is_not_live_mirrors_its_latest_version(self):
        row = self.now()
        if row.latest_version and row.status != "published":
            assert row.title == row.latest_version.content["title"]


@pytest.mark.django_db
def test_nothing_is_published_or_withdrawn_without_its_reviews():
    quick = settings(
        max_examples=40, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    run_state_machine_as_test(Desk, settings=quick)
