"""Do the links of the site lead anywhere? Looked at by `manage.py check_links`, from time to time.

An app names a function in its AppConfig (`checked_links = "news.outgoing.links"`) that yields (url, object): what it links
to, and where. `outside` asks other sites, bounded and never inside our own network.
"""
