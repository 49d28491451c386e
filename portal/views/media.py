from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

TYPES = {"jpg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp"}


@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def picture_file(request, month, name, extension):
    """A picture of the library, where no web server stands in front. Names are random and never used again."""
    path = f"pictures/{month}/{name}.{extension}"
    try:
        return FileResponse(default_storage.open(path), content_type=TYPES[extension])
    except OSError:
        raise Http404("没有这张图片。") from None
