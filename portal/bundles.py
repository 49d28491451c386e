"""One style sheet and one script for readers, put together from the small files that they are written in.

A staticfiles finder: the bundles are made where static files are looked for, and anew when their text is another.
"""

from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

PARTS_DIR = Path(__file__).parent / "static" / "portal"
BUNDLES = {
    "portal/css/site.css": [
        "css/tokens.css", "css/themes.css", "css/base.css", "css/layout.css", "css/components.css", "css/home.css", "css/article.css",
        "css/pages.css", "css/phones.css", "css/reading.css", "css/print.css",
    ],
    "portal/js/site.js": [
        "js/menu.js", "js/popover.js", "js/tabs.js", "js/carousel.js", "js/text-size.js", "js/copy-link.js", "js/favorite.js",
        "js/favorites-page.js", "js/print-page.js", "js/reading-tools.js", "js/reading-line.js", "js/read-aloud.js",
        "js/picture-words.js", "js/load-more.js", "js/message-form.js", "js/draft.js", "js/view-beacon.js",
    ],
}  # fmt: skip


def put_together(parts):
    """Return the text of a bundle. Every script gets a scope of its own, every part keeps its name in a comment."""
    texts = []
    for part in parts:
        text = (PARTS_DIR / part).read_text(encoding="utf-8")
        texts.append(f"/* {part} */\n" + (f"{{\n{text}}}\n" if part.endswith(".js") else text))
    return ('"use strict";\n' if parts[0].endswith(".js") else "") + "".join(texts)


class BundleFinder(BaseFinder):
    def __init__(self, *args, **kwargs):
        self.storage = FileSystemStorage(location=Path(settings.VAR_DIR) / "bundles")
        super().__init__(*args, **kwargs)

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        if path not in BUNDLES:
            return []
        found = self.build(path)
        return [found] if find_all else found

    def list(self, ignore_patterns):
        for path in BUNDLES:
            self.build(path)
            yield path, self.storage

    def build(self, path):
        """Write the bundle if its text is another; return its full path. Several processes may do so at once."""
        target = Path(self.storage.path(path))
        text = put_together(BUNDLES[path])
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile("w", dir=target.parent, encoding="utf-8", delete=False) as file:
                file.write(text)
            Path(file.name).chmod(0o644)
            Path(file.name).replace(target)
        return str(target)
