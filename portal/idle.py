"""Sessions of staff end when nothing was done for a while (等保: 登录连接超时自动退出)."""

import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout

from portal.audit import record
from portal.models import AuditEntry
from portal.proxies import address_of

SEEN = "seen"
RENEW_EVERY = 60  # seconds: not every request writes the session
BACKGROUND = "HTTP_X_PORTAL_BACKGROUND"  # a request that a page makes by itself is not somebody working


class IdleTimeoutMiddleware:
    """Logs out whoever did nothing for IDLE_MINUTES; 0 switches it off. Requests without a session cost nothing."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.IDLE_MINUTES and settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            self._judge(request)
        return self.get_response(request)

    def _judge(self, request):
        now = int(time.time())
        seen = request.session.get(SEEN, now)
        if now - seen > settings.IDLE_MINUTES * 60:
            record(AuditEntry.Action.LOGOUT, user=request.user, address=address_of(request), summary="长时间没有操作")
            logout(request)
            messages.info(request, f"您超过 {settings.IDLE_MINUTES} 分钟没有操作，为了安全已经退出。请重新登录。")
        elif BACKGROUND not in request.META and (SEEN not in request.session or now - seen >= RENEW_EVERY):
            request.session[SEEN] = now
