from feedback.models.calendar import CalendarCorrection
from feedback.models.handling import InternalNote, MessageStep, ReplyDraft, ReplyTemplate
from feedback.models.messages import Message, Quarantined, Reply
from feedback.models.notices import SenderNotices
from feedback.models.parts import MessageAttachment, Supplement
from feedback.models.publishing import MaskProposal, MonthlyFigures, Publication
from feedback.models.topics import Topic

__all__ = [
    "CalendarCorrection",
    "InternalNote",
    "MaskProposal",
    "Message",
    "MessageAttachment",
    "MessageStep",
    "MonthlyFigures",
    "Publication",
    "Quarantined",
    "Reply",
    "ReplyDraft",
    "ReplyTemplate",
    "SenderNotices",
    "Supplement",
    "Topic",
]
