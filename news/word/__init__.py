"""Word documents (.docx, from Word or WPS) as articles: text, headings, lists, tables, footnotes and pictures.

`container` refuses what is broken, encrypted or hostile; `conversion` makes clean HTML; `dropped` says what does not
come along; `pictures` brings the pictures into the library.
"""

from news.word.container import WordRefused
from news.word.conversion import WordDocument, read_docx
from news.word.pictures import with_kept_pictures

__all__ = ["WordDocument", "WordRefused", "read_docx", "with_kept_pictures"]
