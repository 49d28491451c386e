"""What the first page of the admin says about messages: by the clock of working days, as the inbox does."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from feedback.clock import Calendar
from feedback.models import Message
from portal.desk import Task, may_see


def tasks(user):
    if not may_see(user, "feedback.view_message"):
        return []
    today = timezone.localdate()
    amber = (today, Calendar.current().amber_until(today))
    counts = Message.objects.in_inbox().filter(stage__in=Message.OPEN).aggregate(
        late=Count("pk", filter=Q(due_on__lt=today)),
        near=Count("pk", filter=Q(due_on__range=amber)),
        new=Count("pk", filter=Q(stage=Message.Stage.NEW)),
        mine=Count("pk", filter=Q(assigned_to=user.pk)),
    )  # fmt: skip
    mine = {"stage__in": ",".join(Message.OPEN), "assigned_to__id__exact": user.pk}
    return [
        Task("超过期限的留言", counts["late"], _list(clock="red"), late=True),
        Task("两个工作日内到期的留言", counts["near"], _list(clock="amber")),
        Task("新收到的留言", counts["new"], _list(stage__exact=Message.Stage.NEW.value)),
        Task("由我办理的留言", counts["mine"], _list(**mine)),
    ]


def charts(user):
    return []


def _list(**query):
    return f"{reverse('admin:feedback_message_changelist')}?{urlencode(query)}"
