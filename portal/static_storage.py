from whitenoise.storage import CompressedManifestStaticFilesStorage

PLAIN = ("ckeditor/ckeditor/plugins/", "ckeditor/ckeditor/lang/", "ckeditor/ckeditor/skins/")


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed names for everything, gzip and brotli for what is asked for often.

    The editor brings 1,257 small files that staff load a few of; to compress them all took most of `collectstatic`.
    """

    def compress_files(self, paths):
        return super().compress_files([path for path in paths if not path.startswith(PLAIN)])
