"""A published answer as schema.org describes it: a question with the one answer that counts."""

from django.utils.timezone import localtime

from portal import structured_data
from portal.structured_data import full


def question_page(item, *, site, root):
    """`item` is a Publication, `root` the full address of the home page."""
    address = full(item.get_absolute_url(), root)
    answer = {
        "@type": "Answer",
        "text": item.reply,
        "dateCreated": moment(item.replied_at),
        "url": address,
        "upvoteCount": 0,
        "author": structured_data.organization(site, root),
    }
    question = {
        "@type": "Question",
        "name": item.title,
        "text": item.body,
        "dateCreated": moment(item.asked_at),
        "answerCount": 1,
        "author": {"@type": "Person", "name": item.name},
        "acceptedAnswer": answer,
    }
    return {"@type": "QAPage", "@id": f"{address}#page", "url": address, "inLanguage": "zh-CN", "mainEntity": question}


def moment(at):
    return localtime(at).isoformat(timespec="seconds")
