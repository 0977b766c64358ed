from collections import defaultdict

from django.db import migrations


def fill(apps, _schema_editor):
    """The provinces and regions of the records that are here already, from the places they are found under."""
    record = apps.get_model("observatory", "Record")
    reached = record.reach.through.objects.filter(place__kind__in=["province", "region"])
    keys = defaultdict(list)
    for pk, place in reached.order_by("place_id").values_list("record_id", "place_id").iterator():
        keys[pk].append(str(place))
    alike = defaultdict(list)
    for pk, places in keys.items():
        alike[f",{','.join(places)},"].append(pk)
    for within, records in alike.items():
        for start in range(0, len(records), 500):
            record.objects.filter(pk__in=records[start : start + 500]).update(within=within)


class Migration(migrations.Migration):
    dependencies = [("observatory", "0002_provinces")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
