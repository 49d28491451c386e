import os
import stat
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from news.page_import import NotStored, rehearse, store
from news.saved_page import NotAnArticle, read
from news.saved_page.decoding import SIZE_MAX

NO_COLUMN = "未归类文章"


class Command(BaseCommand):
    help = "把旧网站保存下来的网页（HTML 或纯文本）导入为文章。同一个网页只导入一次，已有的文章不改动。"

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="文件", help="保存的网页；图片在它所在的文件夹里")
        parser.add_argument("--dry-run", action="store_true", help="只说明会做什么，不写入任何内容")
        parser.add_argument(
            "--column",
            default=NO_COLUMN,
            metavar="栏目",
            help=f"网页没有写明栏目时放进哪里，例如“资讯中心>协会动态”（默认“{NO_COLUMN}”）",
        )

    def handle(self, *args, files, dry_run, column, **options):
        default = [name.strip() for name in column.split(">") if name.strip()] or [NO_COLUMN]
        act = rehearse if dry_run else store
        failed = 0
        for name in files:
            try:
                line = import_file(name, act=act, default=default)
            except (NotAnArticle, NotStored) as error:
                line = f"未导入 {shown(name)}：{error}"
                failed += 1
            except DatabaseError as error:
                line = f"未导入 {shown(name)}：数据库出错（{str(error).splitlines()[0]}）"
                failed += 1
            self.stdout.write(line)
        if failed:
            raise CommandError(f"{len(files)} 个文件中有 {failed} 个没有导入。")


def import_file(name, *, act, default):
    """Import one file by `act` (`store` or `rehearse`) and return the line to tell. Raises NotAnArticle, NotStored."""
    data = read_bytes(name)
    page = read(data)
    path = page.column_path or default
    outcome = act(page, data=data, folder=Path(name).parent, column_path=path)
    if not outcome.is_new:
        state = f"文章 {outcome.article.pk}，未改动" if outcome.article else "文章已被删除，没有恢复"
        return f"已有 {shown(name)}：《{page.title}》（{state}）"
    time = timezone.localtime(page.published_at).strftime("%Y-%m-%d %H:%M")
    number = f"，文章 {outcome.article.pk}" if outcome.article else ""
    remarks = "".join(f"；{remark}" for remark in outcome.remarks + ([] if page.column_path else ["网页没有写明栏目"]))
    verb = "新建" if outcome.article else "将新建"
    return f"{verb} {shown(name)}：《{page.title}》（{' > '.join(path)}，{time}{number}）{remarks}"


def read_bytes(name):
    """Return the bytes of a file. Raises NotAnArticle where there is no such file, or none that can be read."""
    path = Path(name)
    try:
        mode = path.stat().st_mode
        if stat.S_ISREG(mode):
            with path.open("rb") as file:
                return file.read(SIZE_MAX + 1)
        reason = "这是文件夹，不是文件" if stat.S_ISDIR(mode) else "不是普通文件"
    except (FileNotFoundError, NotADirectoryError):
        reason = "没有这个文件"
    except PermissionError:
        reason = "没有读取这个文件的权限"
    except (OSError, ValueError):  # ValueError: a NUL in the name
        reason = "文件读不出来"
    raise NotAnArticle(reason)


def shown(name):
    """Return a file name as one line of text, whatever bytes it is made of."""
    text = os.fsencode(name).decode("utf-8", "replace")
    return "".join(character if character.isprintable() else "?" for character in text)
