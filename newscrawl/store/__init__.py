"""The one SQLite file: schema, migrations, and the few ways in and out."""
