from news.models.articles import Article
from news.models.attachments import Attachment, LibraryFile
from news.models.columns import Column
from news.models.counts import ArticleCount
from news.models.desk import Autosave, Presence, PreviewLink
from news.models.journal import JournalEntry, JournalIssue
from news.models.proofing import ProofOverrule, ProofWord, ProofWordEdition
from news.models.review import CorrectionNote, ReviewRun, ReviewStep
from news.models.roles import ColumnRole, Role
from news.models.sources import Source, SourceAlias
from news.models.submissions import RightsStatement, Submission, SubmissionFile, SubmissionNotices, SubmissionStep
from news.models.tags import ArticleTag, Tag
from news.models.versions import ArticleVersion
from news.models.views import ViewCorrection, ViewDay, ViewFlush, ViewHour

__all__ = [
    "Article",
    "ArticleCount",
    "ArticleTag",
    "ArticleVersion",
    "Attachment",
    "Autosave",
    "Column",
    "ColumnRole",
    "CorrectionNote",
    "JournalEntry",
    "JournalIssue",
    "LibraryFile",
    "Presence",
    "PreviewLink",
    "ProofOverrule",
    "ProofWord",
    "ProofWordEdition",
    "ReviewRun",
    "ReviewStep",
    "RightsStatement",
    "Role",
    "Source",
    "SourceAlias",
    "Submission",
    "SubmissionFile",
    "SubmissionNotices",
    "SubmissionStep",
    "Tag",
    "ViewCorrection",
    "ViewDay",
    "ViewFlush",
    "ViewHour",
]
