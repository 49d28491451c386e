"""The WSGI application, as the server runs it: `granian --interface wsgi portal.wsgi:application`.

From the outside in: proxies, the cache of whole pages, Django.
"""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

django_application = get_wsgi_application()

from django.conf import settings  # noqa: E402  (needs the settings)
from django.utils.module_loading import import_string  # noqa: E402

from portal.connections import close_with_thread  # noqa: E402
from portal.pagecache.front import PageCache  # noqa: E402
from portal.proxies import TrustedProxies  # noqa: E402

close_with_thread()
application = TrustedProxies(PageCache(django_application, import_string(settings.PAGE_CACHE_VIEWS)))
