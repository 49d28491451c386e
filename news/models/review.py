from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from news.models.roles import Role
from news.models.versions import AppendOnly, AppendOnlyQuerySet, ArticleVersion
from portal.models.site import SiteSettings

LEVELS = {1: Role.FIRST, 2: Role.SECOND, 3: Role.FINAL}


class ReviewRunQuerySet(models.QuerySet):
    def active(self):
        return self.filter(state__in=ReviewRun.ACTIVE)

    def waiting_for(self, user):
        """Keep the runs whose next signature `user` may give; `news.review.why_not` judges one."""
        from news.roles import columns_of

        mine = Q(pk__in=[])
        for level, role in LEVELS.items():
            columns = columns_of(user, role)
            mine |= Q(level=level) if columns is None else Q(level=level, article__column__in=columns)
        runs = self.filter(mine, state=ReviewRun.State.REVIEWING)
        if SiteSettings.objects.filter(pk=1, one_person_reviews=True).exists():
            return runs
        steps = ReviewStep.objects.filter(run=OuterRef("pk"), by=user.pk)
        live = Coalesce(OuterRef("article__live_version__number"), 0)
        wrote = ArticleVersion.objects.filter(article=OuterRef("article"), created_by=user.pk)
        is_live = Q(kind=ReviewRun.Kind.WITHDRAW) & Exists(wrote.filter(number=live))
        own = Exists(wrote.filter(number__gt=live)) | Exists(steps.filter(decision=ReviewStep.Decision.SUBMIT))
        signed = Exists(steps.filter(level__gt=0).exclude(level=OuterRef("level")))
        return runs.exclude(is_live).exclude(own | signed)

    def returned_to(self, user):
        """Keep what was sent back to `user`, who submitted it or made the article."""
        steps = ReviewStep.objects.filter(run=OuterRef("pk"), by=user.pk, decision=ReviewStep.Decision.SUBMIT)
        mine = Exists(steps) | Q(article__created_by=user.pk)
        return self.filter(mine, state=ReviewRun.State.SENT_BACK, article__deleted_at__isnull=True)


class ReviewRun(models.Model):
    """The way of one version of an article through its column's reviews. The verbs are in `news/review.py`."""

    class Kind(models.TextChoices):
        PUBLISH = "publish", "发布"
        CORRECT = "correct", "更正"
        WITHDRAW = "withdraw", "撤下"

    class State(models.TextChoices):
        REVIEWING = "reviewing", "审核中"
        SENT_BACK = "sent_back", "被退回"
        APPROVED = "approved", "已通过"
        RECALLED = "recalled", "已收回"

    ACTIVE = (State.REVIEWING, State.SENT_BACK)

    article = models.ForeignKey("news.Article", verbose_name="文章", on_delete=models.CASCADE, related_name="runs")
    kind = models.CharField("事项", max_length=10, choices=Kind)
    version = models.ForeignKey(ArticleVersion, verbose_name="版本", on_delete=models.CASCADE, related_name="+")
    state = models.CharField("状态", max_length=10, choices=State, default=State.REVIEWING)
    required = models.PositiveSmallIntegerField("审核级数")
    level = models.PositiveSmallIntegerField("当前级")  # the review that is waited for, or that sent it back
    reason = models.CharField("理由", max_length=300, blank=True)
    note = models.CharField("更正说明", max_length=300, blank=True)  # shown on the page, with its date
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="提交人", on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField("提交时间", auto_now_add=True)
    closed_at = models.DateTimeField("结束时间", null=True, blank=True)

    objects = ReviewRunQuerySet.as_manager()

    class Meta:
        verbose_name = "审核"
        verbose_name_plural = "审核"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(state__in=["reviewing", "sent_back"]),
                name="news_reviewrun_one_active",
            ),
            models.CheckConstraint(
                condition=Q(required__lte=3) & Q(level__lte=models.F("required")), name="news_reviewrun_levels"
            ),
            models.CheckConstraint(condition=Q(kind="publish") | ~Q(reason=""), name="news_reviewrun_reason"),
        ]
        indexes = [
            models.Index(
                fields=["state", "level"],
                name="news_reviewrun_active",
                condition=Q(state__in=["reviewing", "sent_back"]),
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}：{self.get_state_display()}"

    @property
    def is_active(self):
        return self.state in self.ACTIVE

    @property
    def is_reviewing(self):
        return self.state == self.State.REVIEWING


class ReviewStep(AppendOnly):
    """One signature: who decided what, when, from where, on exactly which version."""

    class Decision(models.TextChoices):
        SUBMIT = "submit", "提交"
        APPROVE = "approve", "通过"
        SEND_BACK = "send_back", "退回"
        RECALL = "recall", "收回"

    run = models.ForeignKey(ReviewRun, verbose_name="审核", on_delete=models.CASCADE, related_name="steps")
    level = models.PositiveSmallIntegerField("级", default=0)  # 0: the submitter's own steps
    decision = models.CharField("决定", max_length=10, choices=Decision)
    version = models.ForeignKey(ArticleVersion, verbose_name="版本", on_delete=models.CASCADE, related_name="+")
    opinion = models.CharField("意见", max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="签字人", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间", auto_now_add=True)
    address = models.GenericIPAddressField("来自", null=True, blank=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = "审核签字"
        verbose_name_plural = "审核签字"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__in=["submit", "recall"], level=0)
                | Q(decision__in=["approve", "send_back"], level__gte=1, level__lte=3),
                name="news_reviewstep_level",
            ),
            models.CheckConstraint(
                condition=~Q(decision="send_back") | ~Q(opinion=""), name="news_reviewstep_send_back_opinion"
            ),
        ]

    def __str__(self):
        return f"{self.role_name}{self.get_decision_display()}"

    @property
    def role_name(self):
        return LEVELS[self.level].label if self.level else "编辑"


class CorrectionNote(models.Model):
    """What readers are told about a correction, dated, below the article."""

    article = models.ForeignKey(
        "news.Article", verbose_name="文章", on_delete=models.CASCADE, related_name="correction_notes"
    )
    text = models.CharField("更正说明", max_length=300)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "更正说明"
        verbose_name_plural = "更正说明"
        ordering = ["-at"]

    def __str__(self):
        return self.text
