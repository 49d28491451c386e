"""What the libraries of pictures and of files have in common: a row keeps a file, and the same content is kept once."""

from django.db import IntegrityError, models, transaction


class KeptOnceQuerySet(models.QuerySet):
    def keep_once(self, row, write_files):
        """Return the row that keeps the same as `row` already, marked `is_repeat`; else `row`, saved after `write_files()`.

        Of uploads in the same moment the database lets one through: what `row.is_same` asks for is unique. Files
        without a row do not stay.
        """
        if kept := self._same_as(row):
            return kept
        try:
            write_files()
            with transaction.atomic(using=self.db):
                row.save()
        except BaseException as error:
            row.remove_files()
            kept = self._same_as(row) if isinstance(error, IntegrityError) else None
            if kept is None:
                raise
            return kept
        return row

    def _same_as(self, row):
        kept = self.filter(row.is_same).first()
        if kept is not None:
            kept.is_repeat = True
        return kept


class KeptOnce(models.Model):
    """Subclasses say by what rows are the same (`is_same`, a Q over unique fields) and how their files go."""

    is_repeat = False

    class Meta:
        abstract = True

    @property
    def is_same(self):
        raise NotImplementedError

    def remove_files(self):
        raise NotImplementedError
