"""How static files are named: by their content, so that browsers may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Follows the names in script modules as well: `import "./rows.js"` must find the file under its hashed name."""

    support_js_module_import_aggregation = True
