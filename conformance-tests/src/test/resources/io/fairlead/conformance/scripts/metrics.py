"""What Prometheus' own parser makes of our numbers: metrics.py URL prints a line for each, labels sorted."""
import sys
import urllib.request

from prometheus_client.parser import text_string_to_metric_families

with urllib.request.urlopen(sys.argv[1], timeout=30) as reply:
    text = reply.read().decode("utf-8")
for family in text_string_to_metric_families(text):
    if not family.documentation:
        sys.exit("no help for " + family.name)
    for name, labels, value, *_ in family.samples:
        inside = ",".join('%s="%s"' % pair for pair in sorted(labels.items()))
        print("%s{%s} %r" % (name, inside, value))
