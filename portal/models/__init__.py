from portal.models.audit import AppendOnly, AuditEntry, AuditHead
from portal.models.blocks import BlockPicture, HomeBlock
from portal.models.imports import ImportRecord
from portal.models.intake import SpamWord, Tries
from portal.models.link_checks import LinkCheck
from portal.models.logins import LoginTries
from portal.models.notices import Confirmation
from portal.models.outbox import OutboxMail
from portal.models.pictures import Picture
from portal.models.privacy import PrivacyNotice
from portal.models.search import SearchEntry, SearchRebuild, SearchTerm, Synonym
from portal.models.site import SiteSettings
from portal.models.users import User
from portal.models.versions import ContentVersion

__all__ = [
    "AppendOnly",
    "AuditEntry",
    "AuditHead",
    "BlockPicture",
    "Confirmation",
    "ContentVersion",
    "HomeBlock",
    "ImportRecord",
    "LinkCheck",
    "LoginTries",
    "OutboxMail",
    "Picture",
    "PrivacyNotice",
    "SearchEntry",
    "SearchRebuild",
    "SearchTerm",
    "SiteSettings",
    "SpamWord",
    "Synonym",
    "Tries",
    "User",
]
