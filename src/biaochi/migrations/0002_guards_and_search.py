"""What Django cannot say in a model: the guards of the record, and the search tables."""

from django.db import migrations

from biaochi.core import record, search


class Migration(migrations.Migration):
    dependencies = [("biaochi", "0001_initial")]

    operations = [
        migrations.RunPython(
            lambda apps, editor: record.guard(), lambda apps, editor: record.unguard()
        ),
        migrations.RunPython(
            lambda apps, editor: search.create_tables(editor),
            lambda apps, editor: search.drop_tables(editor),
        ),
    ]
