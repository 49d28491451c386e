"""Keeps the index in step with the rows, inside the transaction that changes them."""

from django.db import models, transaction

from portal.models.search import SearchEntry
from portal.search.database import store
from portal.search.normal import normalise
from portal.search.plan import place_of
from portal.search.registry import UNDATED, kinds

BATCH = 200


def content_of(document):
    """Return the normalised text: title, summary, marks (parted by tabs), body, each on its line."""
    marks = "\t".join(normalise(mark) for mark in document.marks if mark)
    return "\n".join([normalise(document.title), normalise(document.summary), marks, normalise(document.body)])


def entry_of(kind, document):
    published_at = document.published_at or UNDATED
    return SearchEntry(
        kind=kind.number,
        object_id=document.pk,
        column_id=document.column_id,
        source_id=document.source_id,
        place=place_of(published_at),
        published_at=published_at,
        expires_at=document.expires_at,
        content=content_of(document),
    )


WRITTEN = ("column_id", "source_id", "place", "published_at", "expires_at", "content")


def refresh(name, pks):
    """Bring the entries of the rows `pks` of the kind `name` in line with the rows as they are in the database."""
    kind, pks = kinds[name], list(pks)
    for start in range(0, len(pks), BATCH):
        with transaction.atomic(savepoint=False):
            refresh_batch(kind, pks[start : start + BATCH])


def refresh_batch(kind, pks):
    before = {entry.object_id: entry for entry in SearchEntry.objects.filter(kind=kind.number, object_id__in=pks)}
    written = []
    for document in kind.documents(pks):
        entry = entry_of(kind, document)
        old = before.pop(entry.object_id, None)
        if old and entry.place - store().SLACK <= old.place <= entry.place:
            entry.place = old.place  # it stands where its time puts it, beside others of the same second
        if old is None or any(getattr(old, name) != getattr(entry, name) for name in WRITTEN):
            written.append((old, entry))
    store().write(gone=list(before.values()), written=written)


def remove(name, pks):
    """Take the rows `pks` of the kind `name` out of the index."""
    kind = kinds[name]
    with transaction.atomic():
        gone = list(SearchEntry.objects.filter(kind=kind.number, object_id__in=list(pks)))
        store().write(gone=gone, written=[])


class SearchedQuerySet(models.QuerySet):
    """Bulk changes keep the index in step as `save` and `delete` do.

    The model says `searched_as` (the name of its kind), `searched_fields` (what a change of matters) and, where it is
    a part of what is found, `searched_through` (the field that leads there).
    """

    def _searched(self):
        model = self.model
        return list(self.order_by().values_list(getattr(model, "searched_through", "pk"), flat=True).distinct())

    def update(self, **values):
        if not self.model.searched_fields & values.keys():
            return super().update(**values)
        with transaction.atomic(using=self.db):
            pks = self._searched()
            rows = super().update(**values)
            refresh(self.model.searched_as, pks)
        return rows

    update.alters_data = True

    def delete(self):
        with transaction.atomic(using=self.db):
            pks = self._searched()
            result = super().delete()
            refresh(self.model.searched_as, pks)
        return result

    delete.alters_data = True
    delete.queryset_only = True

    def bulk_create(self, objs, *args, **kwargs):
        with transaction.atomic(using=self.db):
            made = super().bulk_create(objs, *args, **kwargs)
            refresh(self.model.searched_as, [searched_pk(row) for row in made])
        return made


def searched_pk(row):
    through = getattr(row, "searched_through", "pk")
    return getattr(row, {"pk": "pk"}.get(through, f"{through}_id"))


class Searched(models.Model):
    """A row that readers find, or a part of one."""

    searched_fields = frozenset()

    class Meta:
        abstract = True

    def save(self, *args, is_findable=True, **kwargs):
        """`is_findable` False: readers find the row neither before nor after, so the index is not asked."""
        changed = kwargs.get("update_fields")
        with transaction.atomic(savepoint=False):
            super().save(*args, **kwargs)
            if is_findable and (changed is None or self.searched_fields & set(changed)):
                refresh(self.searched_as, [searched_pk(self)])

    save.alters_data = True

    def delete(self, *args, **kwargs):
        pk = searched_pk(self)
        with transaction.atomic():
            result = super().delete(*args, **kwargs)
            refresh(self.searched_as, [pk])
        return result

    delete.alters_data = True
