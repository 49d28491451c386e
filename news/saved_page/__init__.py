"""A saved page of another site, as HTML or as plain text, becomes the parts of an article.

Nothing here knows Django, opens a file or a connection: bytes in, a SavedPage out, or NotAnArticle with its reason.
"""

from news.saved_page.page import NotAnArticle, SavedPage
from news.saved_page.reading import read

__all__ = ["NotAnArticle", "SavedPage", "read"]
