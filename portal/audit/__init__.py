"""The audit log: who did what, when, from where, on what.

`record` is called inside the transaction of the action, as its last statement: it holds the end of the chain until the
transaction ends, so whatever stands behind it makes others wait. `manage.py verify_audit` finds what was changed by hand.
"""

from portal.audit.recording import gathered, record, record_many

__all__ = ["gathered", "record", "record_many"]
