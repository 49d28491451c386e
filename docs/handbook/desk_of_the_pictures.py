"""What the pictures of the handbook show, on top of the demo content: people with roles, and articles on their way."""

from datetime import timedelta

from django.contrib.auth.models import Permission
from django.utils import timezone

from feedback import handling
from feedback.clock import start_clock
from feedback.models import Message, Topic
from news import recycling, review, versions
from news.groups import keep_groups
from news.models import Article, Column, ColumnRole, Source, ViewDay
from portal.models import User
from portal.publishing import Status

PASSWORD = "only-for-the-pictures"
PEOPLE = {
    "editor": "王编辑", "first": "李初审", "second": "赵复审", "final": "钱终审", "manager": "陈管理员", "handler": "刘办理",
}  # fmt: skip
HANDLES = (
    "view_message", "change_message", "approve_reply", "publish_message", "reveal_contacts", "export_messages",
)  # fmt: skip
BODY = (
    "<p>11月20日，园区分布式光伏电站一期工程建成并网，装机容量20兆瓦，覆盖厂房屋顶18万平方米，"
    "年均发电量约2100万千瓦时。</p><h2>自发自用，余电上网</h2><p>电站由园区企业共同建设，"
    "所发电量优先供应园区企业，每年可减少二氧化碳排放约1.2万吨。</p>"
)
MISTAKEN = (
    "<p>园区近日布署重点项目建设,联系电话13812345678。</p><p>签约仪式将于2026年2月30日举行，"
    "欢迎企业参加。</p><p>各项目的<strong>按装</strong>工程已经完成。</p>"
)


def prepare():
    """Fill the demo site; return {name: row} of what the pictures open."""
    Column.objects.filter(pk=column().pk).update(reviews=3)
    people = {name: person(name, shown) for name, shown in PEOPLE.items()}
    rows = {"draft": draft(people, "园区分布式光伏电站并网发电", BODY)}
    rows["mistaken"] = draft(people, "园区新增12个重点项目", MISTAKEN)
    rows["reviewed"] = draft(people, "开发区召开绿色低碳发展座谈会", BODY)
    review.submit(rows["reviewed"], by=people["editor"])
    rows["returned"] = draft(people, "第三季度园区招商情况通报", BODY)
    run = review.submit(rows["returned"], by=people["editor"])
    review.approve(rows["returned"], by=people["first"], version=run.version, opinion="同意。")
    review.send_back(rows["returned"], by=people["second"], version=run.version, opinion="请核对第二段的发电量。")
    rows["corrected"] = corrected(people)
    rows["deleted"] = draft(people, "重复录入的会议通知", BODY)
    recycling.delete([rows["deleted"].pk], by=people["editor"])
    rows |= messages(people) | {"people": people}
    count_views()
    return rows


def person(username, shown):
    user = User.objects.create_user(username, password=PASSWORD, name=shown, is_staff=True)
    if username in ("editor", "first", "second", "final", "manager"):
        ColumnRole.objects.create(user=user, role=username)
        keep_groups(user)
    rights = HANDLES if username == "handler" else ("view_message",) if username == "editor" else ()
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="feedback", codename__in=rights))
    return user


def column():
    return Column.objects.filter(kind=Column.Kind.LIST, name__contains="动态").first()


def draft(people, title, body):
    article = Article.objects.create(
        title=title, body=body, status=Status.DRAFT, created_by=people["editor"], author="本刊记者", editor="王编辑",
        column=column(), source=Source.objects.first(), published_at=timezone.now(),
    )  # fmt: skip
    content = versions.content_of(article) | {"published_at": None}
    versions.record_first(article, content, by=people["editor"])
    return Article.objects.get(pk=article.pk)


def corrected(people):
    """A published article, corrected once, with its note: through all the signatures."""
    article = draft(people, "经开区综合能源站建成投运", BODY)
    review.submit(article, by=people["editor"])
    signed(article, people)
    article = Article.objects.get(pk=article.pk)
    content = versions.latest_content(article)
    content |= {"body": BODY.replace("2100万千瓦时", "2000万千瓦时").replace("18万平方米", "17万平方米")}
    versions.record(article, content, by=people["editor"], reason="更正发电量和面积")
    article = Article.objects.get(pk=article.pk)
    note = "原文的年均发电量和屋顶面积有误，现已改正。"
    review.submit(article, by=people["editor"], reason="更正发电量和面积", note=note)
    signed(article, people)
    return Article.objects.get(pk=article.pk)


def signed(article, people):
    while (run := review.active_run(article)) and run.is_reviewing:
        review.approve(article, by=people[review.LEVELS[run.level]], version=run.version, opinion="同意。")


def messages(people):
    topic = Topic.objects.get(name="咨询")
    words = {
        "topic": topic, "title": "请问新入园企业怎样加入协会", "name": "张女士", "phone": "13800001234", "may_publish": True,
        "body": "我是经开区一家新企业的负责人张小红，想加入协会。请打我的手机13800001234，或者发邮件到 zhang@example.org。",
    }  # fmt: skip
    asked = {
        "title": "想参加明年的培训，在哪里报名",
        "body": "我们是一家新材料企业，想派两名员工参加明年的碳核算培训。请问什么时候报名，费用多少？",
    }
    waiting = received(**words | asked)
    handling.accept(waiting, by=people["handler"])
    handling.assign(waiting, by=people["handler"], department="会员服务部", person=people["handler"])
    answered = received(**words)
    handling.accept(answered, by=people["handler"])
    reply = "您好，请在本站“会员服务”栏目下载入会申请表，填写后发送到会员服务部。"
    handling.write_draft(answered, by=people["handler"], body=reply, department="会员服务部")
    handling.approve(answered, by=User.objects.get(username="admin"), seen=reply)
    return {"waiting": waiting, "answered": answered}


def received(**values):
    message = Message(**values)
    start_clock(message, timezone.now())
    message.save()
    return message


def count_views():
    """Thirty days of readers, fewer of them at weekends."""
    today = timezone.localdate()
    days = [today - timedelta(days=back) for back in range(30)]
    articles = Article.objects.filter(status=Status.PUBLISHED).order_by("-published_at")[:12]
    ViewDay.objects.bulk_create(
        ViewDay(article=article, day=day, count=(40 - 3 * place + day.day % 7 * 4) // (1 if day.weekday() < 5 else 3))
        for place, article in enumerate(articles)
        for day in days
    )
