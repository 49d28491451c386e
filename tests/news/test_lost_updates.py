"""Two editors with one article: the second gets both texts and a choice, and nothing is lost."""

import threading

import pytest
from django.db import connections
from django.test import Client

from news import presence
from news.models import Article, Autosave, Presence
from tests.factories import client_of, make_column
from tests.news.desk import change_page, form_values, make_draft, make_editor, page_of


@pytest.fixture
def li(db):
    return make_editor(name="李四")


@pytest.fixture
def article(li):
    return make_draft(by=li, title="园区动态", body="<p>坚持绿色低碳发展。</p>")


@pytest.fixture
def conflict(li, article):
    """Li and Zhang open it; Li saves first. What Zhang sends then."""
    zhang = client_of(make_editor(name="张三"))
    values = form_values(zhang, article, title="张三的标题")
    first = client_of(li)
    first.post(change_page(article), form_values(first, article, title="李四的标题", body="<p>坚持绿色发展。</p>"))
    assert Article.objects.get().title == "李四的标题"
    return zhang, values


def test_the_second_gets_both_texts_and_a_choice(article, conflict):
    zhang, values = conflict
    response = zhang.post(change_page(article), values)
    page = response.text
    assert response.status_code == 200
    assert 'value="张三的标题"' in page
    assert "李四 在" in page
    assert "保存了第 2 版" in page
    assert "【删去】</span>李四<" in page
    assert "【加上】</span>低碳<" in page
    assert Article.objects.get().title == "李四的标题"
    assert page.count('name="_mine" value="2"') == page.count('name="_merged" value="2"') == 1


@pytest.mark.parametrize(("button", "reason"), [("_mine", "以自己的内容为准"), ("_merged", "与第 2 版合并")])
def test_his_own_becomes_a_new_version(article, conflict, button, reason):
    zhang, values = conflict
    zhang.post(change_page(article), values | {button: "2"})
    now = Article.objects.get()
    assert (now.title, now.latest_version.number) == ("张三的标题", 3)
    assert now.latest_version.reason.startswith(reason)
    assert now.versions.get(number=2).content["title"] == "李四的标题"


def test_going_on_with_theirs_keeps_his_own_as_unsaved(article, conflict):
    zhang, values = conflict
    zhang.post(change_page(article), values)
    page = zhang.get(change_page(article)).text
    assert 'value="李四的标题"' in page
    assert "有未保存的内容" in page
    restored = zhang.get(change_page(article), {"unsaved": 1})
    assert 'value="张三的标题"' in restored.text
    # It is still of the first version: saving it asks again.
    assert restored.context["adminform"].form["opened_version"].value() == "1"


def test_a_third_who_saves_during_the_choice_is_asked_about_too(li, article, conflict):
    zhang, values = conflict
    zhang.post(change_page(article), values)
    first = client_of(li)
    first.post(change_page(article), form_values(first, article, title="李四又改"))
    response = zhang.post(change_page(article), values | {"_mine": "2"})
    assert "保存了第 3 版" in response.text
    assert Article.objects.get().title == "李四又改"


@pytest.mark.parametrize("answer", ["x", "", "2", "99"])
def test_an_answer_that_is_none_is_asked_again(article, conflict, answer):
    zhang, values = conflict
    response = zhang.post(change_page(article), values | {"_mine": answer if answer != "2" else "1"})
    assert response.status_code == 200
    assert Article.objects.get().title == "李四的标题"


def test_saving_twice_from_one_form_that_was_shown_again_is_no_conflict(li, article):
    client = client_of(li)
    for title in ("一", "二", "三"):
        client.post(change_page(article), form_values(client, article, title=title))
    assert Article.objects.get().latest_version.number == 4


def test_a_form_that_is_sent_twice_is_saved_once(li, article):
    client = client_of(li)
    values = form_values(client, article, title="按了两次")
    assert [client.post(change_page(article), values).status_code for _ in range(2)] == [302, 302]
    assert Article.objects.get().latest_version.number == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_the_same_moment_one_is_asked():
    """Two threads, each with its connection, let go together."""
    for attempt in range(4):
        editors = [make_editor() for _ in range(2)]
        article = make_draft(by=editors[0])
        sent = [
            (user, form_values(client_of(user), article, title=f"标题{attempt}-{number}"))
            for number, user in enumerate(editors)
        ]
        statuses, together = [], threading.Barrier(2)

        def save(user, values, article=article, statuses=statuses, together=together):
            client = Client(raise_request_exception=False)
            client.force_login(user)
            together.wait()
            statuses.append(client.post(change_page(article), values).status_code)
            connections.close_all()

        threads = [threading.Thread(target=save, args=one) for one in sent]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(statuses) == [200, 302]
        now = Article.objects.get(pk=article.pk)
        assert now.latest_version.number == 2
        # What lost is not lost: it is kept for who typed it.
        assert Autosave.objects.filter(article=article).count() == 1


# Who else has it open -------------------------------------------------------------------------


def test_the_second_is_told_who_has_it_open(li, article):
    client_of(li).get(change_page(article))
    zhang = make_editor(name="张三")
    page = client_of(zhang).get(change_page(article)).text
    assert "李四 也打开着这篇文章" in page
    answer = client_of(li).post(page_of(article, "presence")).json()
    assert answer["message"].startswith("张三 也打开着")


def test_who_went_away_is_gone_after_two_minutes(li, article):
    client_of(li).get(change_page(article))
    Presence.objects.update(seen_at=Presence.objects.get().seen_at - presence.GONE_AFTER)
    zhang = client_of(make_editor())
    assert zhang.post(page_of(article, "presence")).json() == {"message": ""}
    assert Presence.objects.count() == 1


def test_presence_is_for_who_may_change_the_article(client, li, article):
    address = page_of(article, "presence")
    assert client.post(address).status_code == 302
    assert client_of(make_editor(make_column())).post(address).status_code == 404
    assert client_of(make_editor(rights=("view",))).post(address).status_code == 403
    assert client_of(li).get(address).status_code == 405
    assert not Presence.objects.exists()
