"""Writes the PrometheusRule of the manifests from Prometheus' own rules."""
from manifests import KUBERNETES, ROOT

HEAD = """\
# Made from deploy/prometheus/rules.yaml by tests/deploy/rule.py.
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: wirestage
  labels:
    app.kubernetes.io/name: wirestage
spec:
"""
rules = (ROOT / "deploy/prometheus/rules.yaml").read_text()
lines = rules[rules.index("groups:"):].splitlines()
(KUBERNETES / "overlays/monitored/prometheusrule.yaml").write_text(
    HEAD + "".join(f"  {line}".rstrip() + "\n" for line in lines))
