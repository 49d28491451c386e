"""What no page accepts: too long, too large, not UTF-8. Refused before anything is read."""

from django.conf import settings
from django.shortcuts import render

ADDRESS_MAX = 4_000  # bytes of path and query
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")


class RequestLimitsMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        refusal = refused(request)
        if refusal:
            status, message = refusal
            return render(request, "refused.html", {"status": status, "message": message}, status=status)
        return self.get_response(request)


def refused(request):
    """Return (status, message) for a request beyond the limits, None for any other."""
    meta = request.META
    if len(meta.get("PATH_INFO", "")) + len(meta.get("QUERY_STRING", "")) > ADDRESS_MAX:
        return 414, "地址太长，请从首页重新进入。"
    # PostgreSQL takes no NUL in a query; filters, search fields and addresses never mean one.
    if "\x00" in request.path_info or "%00" in meta.get("QUERY_STRING", ""):
        return 400, "地址中有不能识别的字符。"
    charset = request.content_params.get("charset", "utf-8").strip("\"'").lower()
    if request.content_type in FORM_TYPES and charset not in ("utf-8", "utf8"):
        return 400, "表单的文字编码必须是 UTF-8。"
    is_admin = request.path_info.startswith("/admin/")
    uploads = settings.PUBLIC_UPLOADS.items()
    public = next((most for start, most in uploads if request.path_info.startswith(start)), settings.PUBLIC_BODY_MAX)
    limit = settings.STAFF_BODY_MAX if is_admin else public
    if body_length(meta) > limit:
        return 413, f"提交的内容太大，最多 {limit // 1_000_000} MB，没有保存。请减小后再试。"
    return None


def body_length(meta):
    """Return the announced length in bytes; 0 where none is announced (Django then reads no body)."""
    try:
        return int(meta.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
