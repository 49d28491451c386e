from feedback.admin.calendar import CalendarCorrectionAdmin
from feedback.admin.messages import MessageAdmin
from feedback.admin.quarantine import QuarantineAdmin
from feedback.admin.topics import ReplyTemplateAdmin, TopicAdmin

__all__ = ["CalendarCorrectionAdmin", "MessageAdmin", "QuarantineAdmin", "ReplyTemplateAdmin", "TopicAdmin"]
