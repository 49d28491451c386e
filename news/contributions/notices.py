"""News by mail for a contributor: what became of the submission, and where it is published."""

from django.utils import timezone

from news.models import Article, Submission, SubmissionNotices, SubmissionStep
from portal import outbox
from portal.sender_notices import Notices

Act = SubmissionStep.Act
TOLD = {
    Act.READ: "已收到，编辑正在看",
    Act.SEND_BACK: "需要修改，请按编辑的意见改好后再次提交",
    Act.RESEND: "修改稿已收到",
    Act.ADOPT: "已采用，正在编辑审核",
    Act.DECLINE: "没有采用",
}
PUBLISHED = "published"
notices = Notices(
    SubmissionNotices, "submission", "contribution", "稿件", receipt="news:contribute_receipt", pages="news:contribute_notices"
)  # fmt: skip


def step_taken(submission, step):
    """Write the mail about the step, where the contributor wants one."""
    if step.act in TOLD:
        notices.tell(submission, TOLD[step.act], key=f"step-{step.pk}")


def article_changed(article):
    """Tell the contributor of an article that went on line where it is, from its time on; not of one that was taken off."""
    submission = (
        Submission.objects.filter(article=article.pk).first() if article.kind == Article.Kind.SUBMISSION else None
    )
    if submission is None:
        return
    outbox.forget(notices.key(submission, PUBLISHED))
    if article.is_live:
        begins = max(article.published_at, timezone.now())
        notices.tell(
            submission, "已经发表", key=PUBLISHED, address=article.get_absolute_url(), not_before=begins
        )  # fmt: skip
