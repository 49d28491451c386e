"""The security headers of every answer.

Readers' pages run under a policy without inline script or style. The admin's policy allows style attributes and
event attributes, which CKEditor 4 builds its buttons with, but no inline script element and no eval.
"""

PUBLIC_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)
ADMIN_POLICY = (
    "default-src 'none'; script-src 'self'; script-src-attr 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; "
    "base-uri 'none'; object-src 'none'; frame-ancestors 'self'"
)
# A reader's page that staff look at within a frame of the admin: nothing but the frame differs.
PREVIEW_POLICY = PUBLIC_POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
# A file from outside, given out by a view: whatever it holds, nothing of it runs here.
DOWNLOAD_POLICY = "default-src 'none'; sandbox"

FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}


class SecurityHeadersMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        is_admin = request.path_info.startswith("/admin/")
        may_frame = is_admin or response.headers.get("Content-Security-Policy") == PREVIEW_POLICY
        for name, value in FIXED.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", ADMIN_POLICY if is_admin else PUBLIC_POLICY)
        response.headers.setdefault("X-Frame-Options", "SAMEORIGIN" if may_frame else "DENY")
        return response
