"""The dashboard is one that Grafana takes as it is written."""
import json
import warnings

from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.cog.plugins import register_default_plugins
from manifests import ROOT

with warnings.catch_warnings(action="ignore"):
    # The classic schema, which every Grafana from 10 on reads, is said to be
    # the older one at import.
    from grafana_foundation_sdk.models.dashboard import Dashboard

DASHBOARD = json.loads((ROOT / "deploy/grafana/dashboard.json").read_text())
PANELS = DASHBOARD["panels"]

register_default_plugins()


def as_grafana_has_it():
    """What Grafana's own types make of it: without what they do not know, and
    with the defaults of what it leaves out."""
    return json.loads(JSONEncoder().encode(Dashboard.from_json(DASHBOARD)))


def lost(ours, theirs, place=""):
    """The places in ours that theirs has not, or has otherwise."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        pairs = [(key, ours[key], theirs.get(key)) for key in ours]
    elif isinstance(ours, list) and isinstance(theirs, list):
        pairs = [(i, item, theirs[i] if i < len(theirs) else None)
                 for i, item in enumerate(ours)]
    else:
        return [] if ours == theirs else [place]
    return [found for key, *both in pairs
            for found in lost(*both, f"{place}/{key}")]


def test_grafana_knows_all_that_it_says():
    assert lost(DASHBOARD, as_grafana_has_it()) == []


def test_its_panels_leave_nothing_to_defaults():
    for panel, theirs in zip(PANELS, as_grafana_has_it()["panels"],
                             strict=True):
        assert panel["options"] == theirs["options"], panel["title"]


def test_no_number_turns_red_by_grafanas_own_thresholds():
    """Green to 80 and red from there is what it takes where none are given."""
    for panel in PANELS:
        says = panel["fieldConfig"]["defaults"]
        assert panel["type"] == "timeseries" \
            or {"thresholds", "color"} & says.keys(), panel["title"]


def test_its_panels_have_their_places():
    assert len({panel["id"] for panel in PANELS}) == len(PANELS)
    taken = set()
    for panel in PANELS:
        at = panel["gridPos"]
        cells = {(x, y) for x in range(at["x"], at["x"] + at["w"])
                 for y in range(at["y"], at["y"] + at["h"])}
        assert at["x"] + at["w"] <= 24
        assert taken.isdisjoint(cells), f"{panel['title']} lies on another"
        taken |= cells
        for target in panel["targets"]:
            assert target["datasource"]["uid"] == "${datasource}"
