"""The pictures beside a saved page, on their way into the library."""

from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files import File

from portal import pictures
from portal.models import Picture
from portal.picture_uses import uses

# Old sites serve pictures under any name: 640, pic.jpg that is a PNG. The library wants the extension of the content.
_BEGINNINGS = {b"\xff\xd8\xff": ".jpg", b"\x89PNG": ".png", b"GIF8": ".gif", b"RIFF": ".webp"}


class KeptPictures:
    """The pictures of one page. As a context, it takes back what it added to the library where the block fails.

    `usable` holds a new address for every path that is a picture, `problems` what to tell about the others.
    """

    def __init__(self, folder):
        self.folder = folder
        self.usable = {}
        self.problems = []
        self._added = []

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        if kind is not None:
            for picture in self._added:
                if not uses([picture]):
                    picture.delete()

    def look_at(self, paths):
        """Find out which of the pictures are usable, without keeping any."""
        self.usable = {path: path for path, _ in self._checked(paths)}

    def keep(self, paths, *, alts):
        for path, checked in self._checked(paths):
            picture = Picture.objects.keep(checked, alt=alts.get(path, "")[:200])
            self.usable[path] = picture.url
            if not picture.is_repeat:
                self._added.append(picture)

    def _checked(self, paths):
        """Yield every path with its `pictures.Checked`; put down a problem for what is missing or no picture."""
        for path in paths:
            try:
                with self._open(path) as file:
                    checked = pictures.check(file)
            except FileNotFoundError:
                self.problems.append(f"缺少图片 {path}")
            except OSError:
                self.problems.append(f"图片 {path} 读不出来")
            except ValidationError as error:
                self.problems.append(f"图片 {path} 没有导入：{error.messages[0].rstrip('。')}")
            else:
                yield path, checked

    def _open(self, path):
        """Open a picture inside the folder. Raises OSError; also where a symbolic link leads out of the folder."""
        folder = self.folder.resolve()
        place = (folder / path).resolve()
        if not place.is_relative_to(folder) or not place.is_file():
            raise FileNotFoundError(path)
        file = place.open("rb")
        beginning = file.read(4)
        file.seek(0)
        name = PurePath(path)
        extension = next((end for start, end in _BEGINNINGS.items() if beginning.startswith(start)), name.suffix)
        return File(file, name=f"{name.stem}{extension}")
