import os
import secrets

from django.core.management.base import BaseCommand

from portal.models import User


class Command(BaseCommand):
    help = "有一个名为 admin 的管理员账号：没有就建立并显示一次密码。ADMIN_PASSWORD 可以指定密码。"

    def handle(self, *args, **options):
        chosen = os.environ.get("ADMIN_PASSWORD", "")
        user, is_new = User.objects.get_or_create(
            username="admin", defaults={"name": "管理员", "is_staff": True, "is_superuser": True}
        )
        if is_new or chosen:
            password = chosen or secrets.token_urlsafe(12)
            user.set_password(password)
            user.save()
            shown = "（ADMIN_PASSWORD 指定的密码）" if chosen else password
            self.stdout.write(f"后台账号 admin  密码 {shown}")
        else:
            self.stdout.write("后台账号 admin 已经有了，密码没有改。忘记时运行 manage.py changepassword admin。")
