from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F


class ProofWordEdition(models.Model):
    """One row: a number that every change of the list of words raises, within the same transaction."""

    number = models.PositiveBigIntegerField("版次", default=0, editable=False)

    class Meta:
        verbose_name = "词表版次"
        verbose_name_plural = "词表版次"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="news_proofwordedition_one")]

    def __str__(self):
        return f"第 {self.number} 版"

    @classmethod
    def current(cls):
        return cls.objects.filter(pk=1).values_list("number", flat=True).first()

    @classmethod
    def raise_number(cls):
        if not cls.objects.filter(pk=1).update(number=F("number") + 1):
            cls.objects.bulk_create([cls(pk=1, number=1)], ignore_conflicts=True)
            cls.objects.filter(pk=1).update(number=F("number") + 1)


class ProofWordQuerySet(models.QuerySet):
    """Every way of changing the list makes a new edition of it."""

    def bulk_create(self, *args, **kwargs):
        with transaction.atomic(using=self.db):
            rows = super().bulk_create(*args, **kwargs)
            ProofWordEdition.raise_number()
        return rows

    def update(self, **kwargs):
        with transaction.atomic(using=self.db):
            count = super().update(**kwargs)
            ProofWordEdition.raise_number()
        return count

    def delete(self):
        with transaction.atomic(using=self.db):
            outcome = super().delete()
            ProofWordEdition.raise_number()
        return outcome


class ProofWord(models.Model):
    """A word that proofing looks for."""

    class Kind(models.TextChoices):
        WRONG = "wrong", "错别字"
        SENSITIVE = "sensitive", "敏感或不规范用语"

    class Level(models.TextChoices):
        BLOCK = "block", "阻止提交"
        WARN = "warn", "提醒"

    word = models.CharField("词", max_length=50, unique=True, help_text="正文里出现它，就会提示。")
    suggestion = models.CharField(
        "改为", max_length=50, blank=True, help_text="填写后可以一键改正；拿不准时留空，由编辑判断。"
    )
    kind = models.CharField("种类", max_length=10, choices=Kind, default=Kind.WRONG)
    level = models.CharField("级别", max_length=10, choices=Level, default=Level.WARN)
    note = models.CharField("说明", max_length=200, blank=True, help_text="编辑会看到。")
    exceptions = models.CharField(
        "不算错的词", max_length=200, blank=True, help_text="包含它但没有写错的更长的词，用空格隔开，例如“按装机”。"
    )
    is_active = models.BooleanField("启用", default=True)
    updated_at = models.DateTimeField("修改时间", auto_now=True)

    objects = ProofWordQuerySet.as_manager()

    class Meta:
        verbose_name = "校对词"
        verbose_name_plural = "校对词表"
        ordering = ["word"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(word="") & ~models.Q(word=F("suggestion")),
                name="news_proofword_differs",
                violation_error_message="“改为”要与词本身不同。",
            )
        ]

    def __str__(self):
        return self.word

    def save(self, *args, **kwargs):
        with transaction.atomic():
            super().save(*args, **kwargs)
            ProofWordEdition.raise_number()

    save.alters_data = True

    def delete(self, *args, **kwargs):
        with transaction.atomic():
            outcome = super().delete(*args, **kwargs)
            ProofWordEdition.raise_number()
        return outcome

    delete.alters_data = True

    def clean(self):
        self.word = "".join(self.word.split())
        if len(self.word) < 2:
            raise ValidationError({"word": "至少两个字：单个字会在很多正确的词里出现。"})
        self.exceptions = " ".join(self.exceptions.replace("，", " ").replace("、", " ").split())
        if strange := [longer for longer in self.exceptions.split() if self.word not in longer]:
            raise ValidationError({"exceptions": f"“{strange[0]}”里没有“{self.word}”。"})


class ProofOverrule(models.Model):
    """A reviewer's decision that a finding of an article is no mistake, with his reason. Never changed."""

    article = models.ForeignKey(
        "news.Article", verbose_name="文章", on_delete=models.CASCADE, related_name="proof_overrules"
    )
    finding = models.CharField("发现的问题", max_length=60, editable=False)  # Finding.key
    kind = models.CharField("种类", max_length=20, editable=False)
    reason = models.CharField("理由", max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="决定人", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = "校对放行"
        verbose_name_plural = "校对放行"
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["article", "finding"], name="news_proofoverrule_once"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="news_proofoverrule_has_reason"),
        ]

    def __str__(self):
        return f"{self.kind}：{self.reason}"
