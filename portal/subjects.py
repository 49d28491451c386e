"""What a text is about. An app names a function in its AppConfig (`subjects = "associations.subjects.named_in"`): given a
text, it returns the things of its registers that the text names, each as the set of all names that it goes by.
"""

from django.apps import apps
from django.utils.module_loading import import_string


def named_in(text):
    """Return the subjects of `text`, each a frozenset of names."""
    paths = filter(None, (getattr(config, "subjects", "") for config in apps.get_app_configs()))
    return [subject for path in paths for subject in import_string(path)(text)]
