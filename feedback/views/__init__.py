from feedback.views.messages import message_new
from feedback.views.receipts import attachment, receipt

__all__ = ["attachment", "message_new", "receipt"]
