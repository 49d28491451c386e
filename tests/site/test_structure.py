"""Promises about the code itself: who imports whom, and papers that agree with the code."""

import ast
import re

from django.apps import apps as django_apps

APPS = {"news", "associations", "feedback"}
ROOF = {
    "portal/urls.py", "portal/settings.py", "portal/sitemaps.py", "portal/demo", "portal/management/commands/load_demo.py",
    "portal/management/commands/push_addresses.py",
}  # fmt: skip


def imported(path):
    """The top-level packages that a module imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def modules(project, package):
    return [path for path in (project / package).rglob("*.py") if "migrations" not in path.parts]


def test_the_apps_never_import_each_other(project):
    for app in APPS:
        for path in modules(project, app):
            assert not APPS - {app} & set(imported(path)), path


def test_the_ground_does_not_know_the_apps(project):
    for path in modules(project, "portal"):
        name = path.relative_to(project).as_posix()
        if not any(name.startswith(roof) for roof in ROOF):
            assert not APPS & set(imported(path)), path


def test_every_variable_of_the_settings_is_in_the_example(project):
    read = set(re.findall(r'env(?:\.\w+)?\("([A-Z_]+)"', (project / "portal/settings.py").read_text()))
    named = set(re.findall(r"^([A-Z_]+)=", (project / ".env.example").read_text(), re.MULTILINE))
    assert read == named


def test_every_dependency_is_pinned_and_has_its_reason(project):
    for name in ("requirements.txt", "requirements-dev.txt"):
        for line in (project / name).read_text().splitlines():
            if line and not line.startswith(("#", "-r")):
                assert re.fullmatch(r"[A-Za-z0-9_.\[\]-]+==[0-9.]+\s+# .+", line), line


def test_every_command_in_the_papers_exists(project):
    targets = set(re.findall(r"^([a-z-]+):", (project / "Makefile").read_text(), re.MULTILINE))
    for paper in ("README.md", "CONTRIBUTING.md", "DEPLOYMENT.md"):
        text = (project / paper).read_text(encoding="utf-8")
        assert set(re.findall(r"`make ([a-z-]+)", text)) <= targets, paper
        commands = {path.stem for app in ("portal", *APPS) for path in (project / app).glob("management/commands/*.py")}
        builtin = {
            "migrate",
            "createsuperuser",
            "changepassword",
            "collectstatic",
            "check",
            "makemigrations",
            "shell",
            "dumpdata",
        }
        assert set(re.findall(r"manage\.py ([a-z_]+)", text)) <= commands | builtin, paper
        for link in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", text):
            assert (project / link).exists(), (paper, link)


def test_migrations_have_names_that_say_something(project):
    for app in ("portal", *APPS):
        for path in (project / app / "migrations").glob("0*.py"):
            assert not re.search(r"_auto_|_initial$", path.stem), path


def test_every_public_model_speaks_to_editors_in_chinese():
    for app in ("portal", *APPS):
        for model in django_apps.get_app_config(app).get_models():
            meta = model._meta
            assert re.search(r"[\u4e00-\u9fff]", str(meta.verbose_name)), model
            assert "__str__" in vars(model) or any("__str__" in vars(base) for base in model.__mro__[1:-2]), model
            for field in meta.fields:
                if field.editable and not field.primary_key and model.__name__ != "ImportRecord":
                    assert re.search(r"[\u4e00-\u9fff]|PDF", str(field.verbose_name)), field
