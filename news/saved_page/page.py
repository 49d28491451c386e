from dataclasses import dataclass
from datetime import datetime


class NotAnArticle(ValueError):
    """The page cannot become an article. `str()` of it says why, in Chinese, for the one who imports."""


@dataclass(frozen=True, kw_only=True)
class SavedPage:
    """An article as a saved page of another site shows it.

    `published_at` is aware, in Asia/Shanghai. `body_html` is made of known elements only, but has not been through
    the rich-text field. In it, the `src` of a picture is a path relative to the page's own folder, without `..`; the
    same paths, in order and once each, are in `pictures`. `notes` says, for people, what was left behind;
    `url` is where the page once stood, if it tells.
    """

    title: str
    published_at: datetime
    body_html: str
    subtitle: str = ""
    column_path: tuple[str, ...] = ()
    source: str = ""
    author: str = ""
    editor: str = ""
    view_count: int = 0
    url: str = ""
    pictures: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
