"""News by mail for the sender of a message, when its stage changes."""

from feedback.models import Message, SenderNotices
from portal.sender_notices import Notices

Stage = Message.Stage
TOLD = {
    Stage.ACCEPTED: "已受理",
    Stage.ASSIGNED: "正在办理",
    Stage.ANSWERED: "已答复",
    Stage.CLOSED: "已办结",
    Stage.REJECTED: "未予受理",
    Stage.MERGED: "已与内容相同的留言合并办理",
}
notices = Notices(SenderNotices, "message", "feedback", "留言", receipt="feedback:receipt", pages="feedback:notices")


def stage_changed(message, step):
    """Write the mail about the step, where the sender wants one."""
    if step.to_stage in TOLD:
        notices.tell(message, TOLD[step.to_stage], key=f"step-{step.pk}")
