"""The staff's side of what belongs to the site as a whole, and the base classes of all admin pages."""

from portal.admin import audit, blocks, intake, link_checks, outbox, pictures, search, site, users

__all__ = ["audit", "blocks", "intake", "link_checks", "outbox", "pictures", "search", "site", "users"]
