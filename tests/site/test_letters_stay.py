"""What people sent in is not deleted in the admin, whatever rights somebody holds: it ends by steps and retention."""

import pytest
from django.apps import apps
from django.contrib import admin

from feedback.models import Message
from news.models import Submission, SubmissionStep
from tests.factories import client_of, make_message, make_user

pytestmark = pytest.mark.django_db
WHOLES = (Message, Submission)


def test_no_right_deletes_a_message_a_submission_or_a_part_of_one(rf):
    boss = make_user(is_staff=True, is_superuser=True)
    submission = Submission.objects.create(title="投稿", body="x", source="某", author="某")
    SubmissionStep.objects.create(submission=submission, act="send")
    message = make_message(reply="好。", is_public=True, may_publish=True)
    make_message(is_quarantined=True)
    request = rf.get("/admin/")
    request.user = boss
    for model in apps.get_models():
        is_part = any(field.related_model in WHOLES for field in model._meta.fields)
        if (issubclass(model, WHOLES) or is_part) and admin.site.is_registered(model):
            assert not admin.site.get_model_admin(model).has_delete_permission(request), model
    client = client_of(boss)
    for address, row in [("feedback/message", message), ("news/submission", submission)]:
        assert client.post(f"/admin/{address}/{row.pk}/delete/", {"post": "yes"}).status_code == 403
        chosen = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
        client.post(f"/admin/{address}/", chosen)
        assert type(row).objects.filter(pk=row.pk).exists()
        assert "/delete/" not in client.get(f"/admin/{address}/{row.pk}/change/").text
