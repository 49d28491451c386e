"""The reviews of articles: each rule once allowed and once refused."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from news import review, versions
from news.models import Article, Column, ColumnRole, CorrectionNote, ReviewRun, ReviewStep
from news.review import Refused
from portal.models import AuditEntry, SiteSettings
from portal.publishing import Status
from tests.factories import make_article, make_column, make_member, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def column(db):
    return make_column(reviews=3)


@pytest.fixture
def people(column):
    return {role: make_member(role, name=role) for role in ("editor", "first", "second", "final")}


def written(column, by, **changes):
    """A draft that `by` wrote."""
    article = make_article(column=column, status=Status.DRAFT, created_by=by)
    write(article, by, **changes)
    return Article.objects.get(pk=article.pk)


def write(article, by, **changes):
    article = Article.objects.get(pk=article.pk)
    return versions.record(article, versions.latest_content(article) | changes, by=by)


def signed(article, *people):
    """`article` with the signatures of `people`, in order."""
    for person in people:
        review.approve(article, by=person, version=waiting(article).version)
    return Article.objects.get(pk=article.pk)


def waiting(article):
    return review.active_run(article)


def live(column, people):
    article = written(column, people["editor"])
    review.submit(article, by=people["editor"])
    return signed(article, people["first"], people["second"], people["final"])


def refused(function, *args, **given):
    with pytest.raises(Refused) as refusal:
        function(*args, **given)
    return str(refusal.value)


# The way through ------------------------------------------------------------------------------


def test_three_signatures_put_an_article_on_line(column, people, client):
    article = written(column, people["editor"], published_at=None)
    run = review.submit(article, by=people["editor"], address="192.0.2.7")
    assert (run.state, run.level, run.required) == ("reviewing", 1, 3)
    article = signed(article, people["first"], people["second"])
    assert (article.status, client.get(article.get_absolute_url()).status_code) == (Status.DRAFT, 404)
    article = signed(article, people["final"])
    assert client.get(article.get_absolute_url()).status_code == 200
    assert article.live_version == article.latest_version == ReviewRun.objects.get().version
    assert timezone.now() - article.published_at < timedelta(minutes=1)
    steps = ReviewStep.objects.values_list("by__name", "level", "decision")
    assert list(steps) == [
        ("editor", 0, "submit"),
        ("first", 1, "approve"),
        ("second", 2, "approve"),
        ("final", 3, "approve"),
    ]
    assert ReviewStep.objects.first().address == "192.0.2.7"
    entries = AuditEntry.objects.order_by("number").values_list("action", flat=True)
    assert list(entries) == ["submit", "approve", "approve", "publish"]


def test_a_time_to_come_stays(column, people):
    later = timezone.now() + timedelta(days=3)
    article = written(column, people["editor"], published_at=versions.text_of(later))
    review.submit(article, by=people["editor"])
    article = signed(article, people["first"], people["second"], people["final"])
    assert (article.published_at, article.is_published()) == (later, False)


@pytest.mark.parametrize(("reviews", "signers"), [(0, []), (1, ["first"]), (2, ["first", "second"])])
def test_a_column_needs_as_many_reviews_as_it_says(people, reviews, signers):
    below = make_column(parent=make_column(parent=make_column(reviews=reviews)))
    article = written(below, people["editor"])
    review.submit(article, by=people["editor"])
    for name in signers:
        assert not Article.objects.get(pk=article.pk).is_live
        signed(article, people[name])
    assert Article.objects.get(pk=article.pk).is_live


def test_a_root_without_a_setting_needs_three():
    column = make_column(parent=make_column())
    assert Column.objects.review_levels()[column.pk] == 3


def test_a_setting_raised_while_it_is_reviewed_counts(people):
    column = make_column(reviews=1)
    article = written(column, people["editor"])
    review.submit(article, by=people["editor"])
    column.reviews = 2
    column.save()
    assert not signed(article, people["first"]).is_live
    assert signed(article, people["second"]).is_live


# Who --------------------------------------------------------------------------------------------


def test_each_level_is_signed_by_its_role(column, people):
    article = written(column, people["editor"])
    assert "没有编辑的权限" in refused(review.submit, article, by=people["first"])
    review.submit(article, by=people["editor"])
    version = waiting(article).version
    for name in ("editor", "second", "final"):
        assert "没有初审的权限" in refused(review.approve, article, by=people[name], version=version)
    review.approve(article, by=people["first"], version=version)
    assert "没有复审的权限" in refused(review.send_back, article, by=people["final"], version=version, opinion="不行")


def test_a_role_reaches_down_its_columns_and_no_further(people):
    top = make_column(reviews=1)
    below, beside = make_column(parent=top), make_column(reviews=1)
    reviewer = make_member("first", columns=[top])
    for column, is_allowed in ((top, True), (below, True), (beside, False)):
        article = written(column, people["editor"])
        review.submit(article, by=people["editor"])
        version = waiting(article).version
        if is_allowed:
            assert review.approve(article, by=reviewer, version=version).state == "approved"
        else:
            assert "权限" in refused(review.approve, article, by=reviewer, version=version)


def test_nobody_reviews_his_own_text_the_superuser_neither(column):
    boss, other = make_user(is_superuser=True), make_user(is_superuser=True)
    article = written(column, boss)
    review.submit(article, by=other)
    version = waiting(article).version
    for person in (boss, other):  # who wrote it, and who submitted it
        assert "请别人审核" in refused(review.approve, article, by=person, version=version)
    third = make_user(is_superuser=True)
    review.approve(article, by=third, version=version)
    assert "一个人只能签一级" in refused(review.approve, article, by=third, version=version)


def test_an_author_of_an_earlier_version_of_the_text_does_not_review_it(column, people):
    helper = make_member("editor", "first")
    article = written(column, helper)
    write(article, people["editor"], title="改过的标题")
    review.submit(article, by=people["editor"])
    assert "请别人审核" in refused(review.approve, article, by=helper, version=waiting(article).version)
    article = signed(article, people["first"], people["second"], people["final"])
    write(article, people["editor"], title="又改")
    review.submit(article, by=people["editor"], reason="更正标题")
    review.approve(article, by=helper, version=waiting(article).version)  # his text is live: this one is not his


def test_one_switch_lets_one_person_do_it_all(column):
    boss = make_user(is_superuser=True)
    article = written(column, boss)
    review.submit(article, by=boss)
    refused(review.approve, article, by=boss, version=waiting(article).version)
    SiteSettings.objects.create(one_person_reviews=True)
    assert signed(article, boss, boss, boss).is_live


# Sending back -------------------------------------------------------------------------------------


def test_sending_back_needs_a_reason_and_returns_to_the_author(column, people):
    article = written(column, people["editor"])
    review.submit(article, by=people["editor"])
    version = waiting(article).version
    assert "理由" in refused(review.send_back, article, by=people["first"], version=version, opinion=" ")
    with pytest.raises(versions.Locked):
        write(article, people["editor"], title="审核时改")
    review.send_back(article, by=people["first"], version=version, opinion="标题太长")
    assert waiting(article).state == "sent_back"
    assert list(ReviewRun.objects.returned_to(people["editor"])) == [waiting(article)]
    assert write(article, people["editor"], title="短标题")


def test_an_unchanged_text_goes_on_where_it_was_sent_back(column, people):
    article = written(column, people["editor"])
    review.submit(article, by=people["editor"])
    signed(article, people["first"])
    review.send_back(article, by=people["second"], version=waiting(article).version, opinion="请核对")
    review.submit(article, by=people["editor"])
    assert waiting(article).level == 2
    assert signed(article, people["second"], people["final"]).is_live
    assert ReviewRun.objects.count() == 1


def test_a_changed_text_is_approved_anew(column, people):
    article = written(column, people["editor"])
    review.submit(article, by=people["editor"])
    signed(article, people["first"], people["second"])
    review.send_back(article, by=people["final"], version=waiting(article).version, opinion="数字有误")
    write(article, people["editor"], body="<p>改正的数字。</p>")
    review.submit(article, by=people["editor"])
    assert waiting(article).level == 1
    assert not signed(article, people["first"], people["second"]).is_live
    assert signed(article, people["final"]).is_live


def test_a_stale_version_is_not_signed(column, people):
    article = written(column, people["editor"])
    review.submit(article, by=people["editor"])
    seen = waiting(article).version
    review.recall(article, by=people["editor"])
    write(article, people["editor"], title="换过的标题")
    review.submit(article, by=people["editor"])
    assert "新的版本" in refused(review.approve, article, by=people["first"], version=seen)
    assert "刚刚有人签过" in refused(
        review.approve, article, by=people["first"], version=waiting(article).version, level=2
    )
    assert review.approve(article, by=people["first"], version=waiting(article).version, level=1).level == 2


def test_recalling_is_the_submitters(column, people):
    article = written(column, people["editor"])
    review.submit(article, by=people["editor"])
    assert "只有提交人" in refused(review.recall, article, by=make_member("editor"))
    assert review.recall(article, by=people["editor"]).state == "recalled"
    assert "没有在审核" in refused(review.recall, article, by=people["editor"])


def test_who_signed_does_not_submit_the_same_text_again(column, people):
    Column.objects.filter(pk=column.pk).update(reviews=3)
    both, article = make_member("editor", "second"), live(column, people)
    review.request_withdrawal(article, by=people["editor"], reason="内容有误")
    article = signed(article, people["first"], both)
    review.send_back(article, by=people["final"], version=waiting(article).version, opinion="请核对")
    assert "又签字又提交" in refused(review.request_withdrawal, article, by=both, reason="内容有误")
    assert review.request_withdrawal(article, by=people["editor"], reason="内容有误").level == 3


# A live article -----------------------------------------------------------------------------------


def test_the_old_text_stays_on_line_while_the_new_one_is_reviewed(column, people, client):
    article = live(column, people)
    before = article.published_at
    write(article, people["editor"], title="改正后的标题")
    page = client.get(article.get_absolute_url()).text
    assert (article.title in page, "改正后的标题" in page) == (True, False)
    assert "写明理由" in refused(review.submit, article, by=people["editor"])
    review.submit(article, by=people["editor"], reason="数字有误", note="原文把 3 写成了 5。")
    assert waiting(article).kind == "correct"
    article = signed(article, people["first"], people["second"])
    assert "改正后的标题" not in client.get(article.get_absolute_url()).text
    review.approve(article, by=people["final"], version=waiting(article).version, opinion="同意。")
    assert AuditEntry.objects.latest("number").summary.endswith("同意；数字有误")
    article = Article.objects.get(pk=article.pk)
    page = client.get(article.get_absolute_url()).text
    assert "改正后的标题" in page
    assert "原文把 3 写成了 5。" in page
    assert CorrectionNote.objects.get().at.date() == timezone.now().date()
    assert article.published_at == before


def test_a_text_that_was_not_changed_is_not_submitted(column, people):
    article = live(column, people)
    assert "没有修改" in refused(review.submit, article, by=people["editor"], reason="再来")


def test_withdrawing_is_reviewed_and_needs_a_reason(column, people, client):
    article = live(column, people)
    refused(review.request_withdrawal, article, by=people["editor"], reason="")
    refused(review.request_withdrawal, article, by=people["first"], reason="有误")
    review.request_withdrawal(article, by=people["editor"], reason="来源要求撤下")
    article = signed(article, people["first"], people["second"])
    assert client.get(article.get_absolute_url()).status_code == 200
    article = signed(article, people["final"])
    assert client.get(article.get_absolute_url()).status_code == 404
    assert (article.status, article.live_version) == (Status.WITHDRAWN, None)
    assert "已经发布的文章" in refused(review.request_withdrawal, article, by=people["editor"], reason="再撤")
    review.submit(article, by=people["editor"])
    assert signed(article, people["first"], people["second"], people["final"]).is_live


def test_a_withdrawal_goes_before_a_correction_that_was_sent_back(column, people):
    article = live(column, people)
    write(article, people["editor"], title="改")
    review.submit(article, by=people["editor"], reason="更正")
    assert "正在审核" in refused(review.request_withdrawal, article, by=people["editor"], reason="撤")
    review.send_back(article, by=people["first"], version=waiting(article).version, opinion="不对")
    review.request_withdrawal(article, by=people["editor"], reason="撤")
    assert list(ReviewRun.objects.values_list("kind", "state")[:2]) == [
        ("withdraw", "reviewing"),
        ("correct", "recalled"),
    ]


def test_an_article_of_before_is_corrected_from_what_it_says(people):
    article = make_article(column=make_column(reviews=1), title="旧标题")
    version = write(article, people["editor"], title="新标题")
    assert [v.content["title"] for v in article.versions.order_by("number")] == ["旧标题", "新标题"]
    assert version.number == 2
    review.submit(article, by=people["editor"], reason="更正")
    assert signed(article, people["first"]).title == "新标题"


def test_moving_a_live_article_needs_the_rights_in_both_columns(people):
    here, there = make_column(reviews=1), make_column(reviews=2)
    mover, reader = make_member("editor", columns=[here, there]), make_member("first", columns=[here])
    article = make_article(column=here)
    write(article, mover, column_id=there.pk)
    review.submit(article, by=mover, reason="归错栏目")
    assert waiting(article).required == 2
    assert "权限" in refused(review.approve, article, by=reader, version=waiting(article).version)
    assert signed(article, people["first"], people["second"]).column == there


def test_an_article_whose_end_has_passed_is_not_published(column, people):
    past = versions.text_of(timezone.now() - timedelta(hours=1))
    article = written(column, people["editor"], published_at=None, expires_at=past)
    review.submit(article, by=people["editor"])
    signed(article, people["first"], people["second"])
    assert "下线时间" in refused(review.approve, article, by=people["final"], version=waiting(article).version)
    assert not ReviewStep.objects.filter(level=3).exists()


# What waits for whom --------------------------------------------------------------------------------


def test_what_waits_is_what_one_may_sign(column, people):
    article = written(column, people["editor"])
    review.submit(article, by=people["editor"])
    elsewhere, boss = make_member("first", columns=[make_column()]), make_user(is_superuser=True)
    author = make_member("editor", "first")
    own = written(column, author)
    review.submit(own, by=author)
    runs = ReviewRun.objects
    for _ in range(3):
        for person in (*people.values(), elsewhere, boss, author):
            person = type(person).objects.get(pk=person.pk)
            may = {run.pk for run in runs.active() if not review.why_not(run, person)}
            assert {run.pk for run in runs.waiting_for(person)} == may, person
        run = waiting(article)
        review.approve(article, by=people[review.LEVELS[run.level]], version=run.version)


# The database holds it ----------------------------------------------------------------------------


def test_there_is_one_active_run_for_an_article(column, people):
    article = written(column, people["editor"])
    run = review.submit(article, by=people["editor"])
    assert "正在审核" in refused(review.submit, article, by=people["editor"])
    copy = ReviewRun(
        article=article, kind="publish", version=run.version, required=3, level=1, started_by=run.started_by
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save()


def test_signatures_and_versions_are_append_only(column, people):
    article = live(column, people)
    for row in (article.versions.first(), ReviewStep.objects.first()):
        for act in (row.save, row.delete, type(row).objects.all().delete, lambda row=row: type(row).objects.update()):
            with pytest.raises(TypeError):
                act()


def test_a_manager_is_of_all_columns(column):
    with pytest.raises(IntegrityError), transaction.atomic():
        ColumnRole.objects.create(user=make_user(), role="manager", column=column)


@pytest.mark.django_db(transaction=True)
def test_two_who_submit_at_once_start_one_run():
    column, people = make_column(reviews=1), [make_member("editor"), make_member("editor")]
    article, barrier, outcomes = written(column, people[0]), Barrier(2), []

    def worker(person):
        try:
            barrier.wait()
            outcomes.append(review.submit(article, by=person).state)
        except Refused as refusal:
            outcomes.append(str(refusal))
        finally:
            connection.close()

    threads = [Thread(target=worker, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes)[0] == "reviewing"
    assert "正在审核" in sorted(outcomes)[1]
    assert ReviewRun.objects.count() == 1


def test_submitting_and_publishing_ask_few_questions(column, people, django_assert_max_num_queries):
    article = written(column, people["editor"])
    with django_assert_max_num_queries(16):
        review.submit(article, by=people["editor"])
    signed(article, people["first"], people["second"])
    version = waiting(article).version
    with django_assert_max_num_queries(23):
        review.approve(article, by=people["final"], version=version)
