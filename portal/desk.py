"""The first page of the admin: what must be done today, then figures. Apps give their parts; this page knows none.

An app names a module in its AppConfig (`desk = "news.desk"`) with `tasks(user)` and `charts(user)`, which return lists
of the classes below, only of what `user` may see. A figure leads to the list that it counts.
"""

from dataclasses import dataclass
from importlib import import_module

from django.apps import apps
from django.utils import timezone


@dataclass(frozen=True)
class Task:
    """`count` things to do; those of count 0 are not shown. `late`: past its time."""

    text: str
    count: int
    url: str
    late: bool = False
    note: str = ""


@dataclass(frozen=True)
class Bars:
    """Named values beside each other, the largest first: rows of (label, value, address)."""

    title: str
    rows: list
    empty: str = "还没有。"

    WIDTH = 200

    def drawn(self):
        """Yield (label, value, address, width of the bar in units of the drawing)."""
        largest = max((value for _, value, _ in self.rows), default=0) or 1
        for label, value, url in self.rows:
            yield label, value, url, max(1, round(self.WIDTH * value / largest))


@dataclass(frozen=True)
class Days:
    """A value for each day: rows of (date, value), in order."""

    title: str
    rows: list
    url: str = ""

    WIDTH, HEIGHT, STEP = 600, 120, 20

    @property
    def total(self):
        return sum(value for _, value in self.rows)

    @property
    def width(self):
        return max(1, len(self.rows)) * self.STEP

    @property
    def largest(self):
        return max((value for _, value in self.rows), default=0)

    def drawn(self):
        """Yield (date, value, x, y, height): a bar in units of the drawing, whose height is HEIGHT."""
        for index, (day, value) in enumerate(self.rows):
            height = round(self.HEIGHT * value / (self.largest or 1))
            yield day, value, index * self.STEP + 2, self.HEIGHT - height, height


def desk_of(user):
    """Return {tasks, charts} of `user`, late things first."""
    modules = [import_module(config.desk) for config in apps.get_app_configs() if getattr(config, "desk", "")]
    tasks = [task for module in modules for task in module.tasks(user) if task.count]
    return {
        "tasks": sorted(tasks, key=lambda task: not task.late),
        "charts": [chart for module in modules for chart in module.charts(user)],
        "today": timezone.localdate(),
    }


def may_see(user, permission):
    """Who may change a thing may see it, as everywhere in the admin."""
    return user.has_perm(permission) or user.has_perm(permission.replace(".view_", ".change_"))
