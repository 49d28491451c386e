"""Guards of the forms that anybody may send, without a third party and without shutting anybody out.

`stamp` signs the time at which a form was rendered, `senders` names addresses by keyed hashes, `text` and `words` judge what
is written, `judgement` adds it up: from ASK_FROM on a form is sent on only with an answered `challenge`, from
QUARANTINE_FROM on (of what the text itself says) it waits apart for staff, with the reasons. Nothing is dropped.
"""
