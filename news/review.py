"""The reviews (三审) of an article: from a draft through its column's reviews onto the site, and off it again.

Every function is one transaction that holds the article's row, so two people never act on one article at the same
moment. `by` is who acts, `address` where from. They raise Refused, and then nothing has happened.

A level is settled where its last signature approves exactly the text (by its digest) that is submitted now. So text that
was changed after an approval is approved anew, and text that was not goes on where it was sent back.
"""

from django.db import transaction
from django.utils import timezone

from news import versions
from news.contributions.notices import article_changed
from news.models import Article, ArticleVersion, Column, CorrectionNote, ReviewRun, ReviewStep, Role
from news.models.review import LEVELS
from news.proofing import blocking
from news.roles import can
from portal import audit
from portal.models import AuditEntry, SiteSettings
from portal.publishing import Status

Decision, Kind, State, Action = ReviewStep.Decision, ReviewRun.Kind, ReviewRun.State, AuditEntry.Action
REASON_MAX = ReviewRun._meta.get_field("reason").max_length
PUBLISHED_AS = {Kind.PUBLISH: Action.PUBLISH, Kind.CORRECT: Action.CORRECT, Kind.WITHDRAW: Action.WITHDRAW}


class Refused(ValueError):
    """The step is not possible. `str()` of it says why, in Chinese."""


@transaction.atomic
def submit(article, *, by, address="", reason="", note=""):
    """Ask for the reviews of the newest version; return the ReviewRun.

    Of a live article it is a correction: it needs a `reason`, and `note` is what its page will tell readers. A run that
    was sent back goes on. Where the column needs no review, the version is live at once.
    """
    return submit_held(_locked(article), by=by, address=address, reason=reason, note=note)


def submit_held(row, *, by, address="", reason="", note="", findings=None, levels=None):
    """`submit` for a row that the caller holds (`versions.held`). Refused is raised before anything of it is written.

    `findings` is what proofing says of the newest version, `levels` the columns' reviews: what the caller has read
    already since it holds the row.
    """
    version = row.latest_version or versions.first_version(row)
    if row.is_live and version.pk == row.live_version_id:
        raise Refused("这篇文章没有修改，不需要提交。")
    _refuse_blocked(row, version, findings)
    kind = Kind.CORRECT if row.is_live else Kind.PUBLISH
    return _start(row, kind, version, by=by, address=address, reason=reason, note=note, levels=levels)


@transaction.atomic
def request_withdrawal(article, *, by, address="", reason):
    """Ask for taking a live article off the site; return the ReviewRun."""
    row = _locked(article)
    if not row.is_live:
        raise Refused("只有已经发布的文章才能撤下。")
    version = row.live_version or versions.first_version(row)
    return _start(row, Kind.WITHDRAW, version, by=by, address=address, reason=reason)


@transaction.atomic
def approve(article, *, by, version, level=None, address="", opinion=""):
    """Sign `version` at the level that waits; return the ReviewRun. The last signature puts it into effect.

    `version` (and `level`) are what the reviewer had before his eyes: where another is submitted by now, it is refused.
    """
    run = _judged(article, by=by, version=version, level=level)
    _sign(run, Decision.APPROVE, level=run.level, by=by, address=address, opinion=opinion)
    summary = _summary(run, opinion)
    action = _go_on(run) or Action.APPROVE
    if action != Action.APPROVE:
        summary = "；".join(filter(None, [summary.rstrip("。"), run.reason]))
    audit.record(action, obj=run.article, user=by, address=address, summary=summary)
    return run


@transaction.atomic
def send_back(article, *, by, version, level=None, address="", opinion):
    """Give the article back to its author with a reason; return the ReviewRun."""
    if not opinion.strip():
        raise Refused("退回要写明理由。")
    run = _judged(article, by=by, version=version, level=level)
    run.state = State.SENT_BACK
    run.save(update_fields=["state", "required"])
    _sign(run, Decision.SEND_BACK, level=run.level, by=by, address=address, opinion=opinion.strip())
    audit.record(Action.SEND_BACK, obj=run.article, user=by, address=address, summary=_summary(run, opinion))
    return run


@transaction.atomic
def recall(article, *, by, address=""):
    """End an active run without a result; return it. Who submitted may do so, and any editor once it was sent back."""
    row = _locked(article)
    run = active_run(row)
    if run is None:
        raise Refused("这篇文章没有在审核。")
    is_submitter = run.steps.filter(decision=Decision.SUBMIT, by=by.pk).exists()
    if not is_submitter and (run.is_reviewing or not _may_edit(by, row, run.version)):
        raise Refused("只有提交人可以收回。")
    _close(run, by=by, address=address)
    audit.record(Action.RECALL, obj=row, user=by, address=address)
    return run


def _go_on(run):
    """Wait for the next level; where no signature is missing for the run's text, put that into effect.

    Return the action that put it into effect, None where it waits.
    """
    level = next_level(run)
    if level is not None:
        run.level = level
        run.save()
        return None
    row = run.article
    if run.kind == Kind.WITHDRAW:
        versions.withdraw(row)
    else:
        _refuse_over(row, run.version)
        versions.apply(run.version, row=row)
        if run.kind == Kind.CORRECT and run.note:
            CorrectionNote.objects.create(article=row, text=run.note, at=timezone.now())
    run.level, run.state, run.closed_at = run.required, State.APPROVED, timezone.now()
    run.save()
    article_changed(row)
    return PUBLISHED_AS[run.kind]


def active_run(article):
    """Return the run that is reviewed or was sent back, or None; what `for_desk` has read, where it has."""
    if "active_runs" in article.__dict__:
        return next(iter(article.active_runs), None)
    return ReviewRun.objects.active().filter(article=article.pk).select_related("version").first()


def may_edit(user, article):
    """Tell whether `user` may change `article` (a row or a draft of it), reviews aside."""
    columns = {article.column_id, (article.row or article).column_id}
    return all(can(user, Role.EDITOR, column) for column in columns)


def next_level(run):
    """Return the lowest level whose signature is missing for the run's text, or None. Asks the database each time."""
    last = {}
    signed = run.steps.filter(level__gt=0) if run.pk else ReviewStep.objects.none()
    for level, decision, digest in signed.values_list("level", "decision", "version__digest"):
        last[level] = decision == Decision.APPROVE and digest == run.version.digest
    return next((level for level in range(1, run.required + 1) if not last.get(level)), None)


def why_not(run, user):
    """Return why `user` may not sign the level of `run` that waits, in Chinese; empty where he may."""
    if not run.is_reviewing or not run.level:
        return "这篇文章现在没有在审核。"
    role = LEVELS[run.level]
    if not all(can(user, role, column) for column in columns_of(run.article, run.version)):
        return f"现在等的是{role.label}，您在这个栏目没有{role.label}的权限。"
    if SiteSettings.objects.filter(pk=1, one_person_reviews=True).exists():
        return ""
    signed = set(run.steps.filter(by=user.pk).exclude(decision=Decision.RECALL).values_list("level", flat=True))
    if 0 in signed or wrote(run, user):
        return "自己写的、改过的或者提交的文章，要请别人审核。"
    if signed - {run.level}:
        return "您已经签过另一级审核，一个人只能签一级。"
    return ""


def wrote(run, user):
    """Tell whether `user` made any of the versions that are judged: those since the one that is live.

    Of a withdrawal the live one itself is judged.
    """
    live = run.article.live_version.number if run.article.live_version else 0
    since = live - 1 if run.kind == Kind.WITHDRAW else live
    return ArticleVersion.objects.filter(article=run.article_id, number__gt=since, created_by=user.pk).exists()


def columns_of(article, version):
    """Return the keys of the columns that `version` touches: where the article stands, and where it will."""
    wanted = version.content["column_id"]
    if wanted == article.column_id or not Column.objects.filter(pk=wanted).exists():
        return {article.column_id}
    return {article.column_id, wanted}


def _needed(article, version, levels=None):
    levels = levels or Column.objects.review_levels()
    return max(levels[column] for column in columns_of(article, version))


def _locked(article):
    versions.lock(article.pk)
    row = Article.objects.kept().for_desk().filter(pk=article.pk).first()
    if row is None:
        raise Refused("这篇文章已经不在了。")
    return row


def _may_edit(user, row, version):
    return all(can(user, Role.EDITOR, column) for column in columns_of(row, version))


def _start(row, kind, version, *, by, address, reason="", note="", levels=None):
    if not _may_edit(by, row, version):
        raise Refused("您在这个栏目没有编辑的权限。")
    active = active_run(row)
    if active and active.is_reviewing:
        raise Refused("这篇文章正在审核，请等审核结束，或请提交人收回。")
    goes_on = active is not None and active.kind == kind
    if goes_on and _signed(active, version, by):
        raise Refused("您已经签过这次审核，一个人不能又签字又提交，请别人提交。")
    run = active if goes_on else ReviewRun(article=row, kind=kind, required=0, level=0, started_by=by)
    run.article, run.version, run.state = row, version, State.REVIEWING
    run.reason, run.note = reason.strip() or run.reason, note.strip() or run.note
    if max(len(run.reason), len(run.note)) > REASON_MAX:
        raise Refused(f"理由和更正说明最多 {REASON_MAX} 字。")
    if kind != Kind.PUBLISH and not run.reason:
        raise Refused(f"{run.get_kind_display()}已经发布的文章，要写明理由。")
    run.required = max(run.required, _needed(row, version, levels))
    run.level = 0
    if kind != Kind.WITHDRAW and not run.required:
        _refuse_over(row, version)
    if active and not goes_on:
        _close(active, by=by, address=address)
    summary = _summary(run, run.reason)
    action = _go_on(run) or Action.SUBMIT
    _sign(run, Decision.SUBMIT, level=0, by=by, address=address, opinion=reason.strip())
    row.active_runs = [run] if run.is_active else []
    audit.record(action, obj=row, user=by, address=address, summary=summary)
    return run


def _signed(run, version, user):
    """Tell whether a signature of `user` on exactly this text counts in `run`, so that another has to submit it."""
    if SiteSettings.objects.filter(pk=1, one_person_reviews=True).exists():
        return False
    return run.steps.filter(by=user.pk, decision=Decision.APPROVE, version__digest=version.digest).exists()


def _judged(article, *, by, version, level):
    """Return the run that `by` may sign now, with its row locked."""
    row = _locked(article)
    run = active_run(row)
    if run is None or not run.is_reviewing:
        raise Refused("这篇文章现在没有在审核。")
    run.article = row
    if run.version_id != version.pk:
        raise Refused("提交的已经是新的版本，请重新打开文章，看过新的版本再签。")
    if level is not None and level != run.level:
        raise Refused("这一级刚刚有人签过，请重新打开文章。")
    if reason := why_not(run, by):
        raise Refused(reason)
    run.required = max(run.required, _needed(row, run.version))
    return run


def _sign(run, decision, *, level, by, address, opinion=""):
    ReviewStep.objects.create(
        run=run, level=level, decision=decision, version=run.version, by=by, address=address or None, opinion=opinion
    )


def _close(run, *, by, address):
    run.state, run.closed_at = State.RECALLED, timezone.now()
    run.save(update_fields=["state", "closed_at"])
    _sign(run, Decision.RECALL, level=0, by=by, address=address)


def _refuse_over(row, version):
    """The end of an article that goes on line must lie behind its beginning."""
    expires_at = versions.moment(version.content["expires_at"])
    begins_at = versions.moment(version.content["published_at"]) or timezone.now()
    if expires_at and expires_at <= begins_at and row.status != Status.PUBLISHED:
        raise Refused("下线时间已经过了，请退回修改后再发布。")


def _refuse_blocked(row, version, findings):
    """What proofing stops is mended first, or overruled by a reviewer with a reason."""
    if stopping := blocking(version.content, row, found=findings):
        labels = "、".join(dict.fromkeys(finding.label for finding in stopping))
        raise Refused(
            f"校对有 {len(stopping)} 处会阻止提交（{labels}）。请改正，或请审核人在“校对记录和放行”里写明理由放行。"
        )


def _summary(run, words):
    step = LEVELS[run.level].label if run.level else run.get_kind_display()
    return "，".join(filter(None, [step, str(run.version), words.strip()]))
