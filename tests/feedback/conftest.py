import pytest

from feedback.models import Message
from tests.feedback.forms import code_on, make_topic, pdf, send


@pytest.fixture
def given(client):
    """(message, code) of a message just sent, with a file."""
    code = code_on(send(client, make_topic(), files=[pdf("证明.pdf")]))
    return Message.objects.get(), code
