"""Rules and dashboard speak of figures that there are; what Prometheus makes of them, `./dev monitoring` tries."""

from __future__ import annotations

import re
from itertools import pairwise

import yaml

from sottovoce.domain.figure_kinds import FigureKind
from sottovoce.domain.figures import FIGURES
from sottovoce.domain.settings import Settings
from tests.monitoring.resources import FOLDER, dashboard, queries, rules

_NAME = re.compile(r"\bsottovoce_\w+")
_LABEL = re.compile(r'(\w+)(?:=|!=|=~|!~)"([^"]*)"')
OF_PROMETHEUS = {"job", "instance", "le"}


def told() -> dict[str, dict[str, frozenset[str]]]:
    """Names as Prometheus reads them, each with its labels."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    for figure in FIGURES:
        endings = {FigureKind.COUNTER: ("_total",), FigureKind.GAUGE: ("",)}.get(
            figure.kind, ("_bucket", "_sum", "_count")
        )
        found |= {f"sottovoce_{figure.name}{ending}": dict(figure.labels) for ending in endings}
    return found


def faults(expression: str) -> list[str]:
    """What an expression names that there is not."""
    known = told()
    names = _NAME.findall(expression)
    wrong = [name for name in names if name not in known]
    labels = {label: values for name in names for label, values in known.get(name, {}).items()}
    for label, value in _LABEL.findall(expression):
        if label not in OF_PROMETHEUS and value not in labels.get(label, frozenset()):
            wrong.append(f"{label}={value}")
    grouped = {one.strip() for by in re.findall(r"\bby \(([^)]*)\)", expression) for one in by.split(",")}
    return wrong + sorted(grouped - labels.keys() - OF_PROMETHEUS)


def test_a_fault_is_found() -> None:
    assert faults('sum by (colour) (sottovoce_answers_total{source="oracle"}) / sottovoce_nothing') == [
        *("sottovoce_nothing", "source=oracle", "colour")
    ]


def test_every_rule_speaks_of_figures_there_are_and_says_what_to_do() -> None:
    for rule in rules():
        assert faults(rule["expr"]) == [], rule["alert"]
        assert set(rule["annotations"]) == {"summary", "description"}
        assert rule["labels"]["severity"] in {"info", "warning", "critical"}


def test_every_rule_is_tried_silent_and_loud() -> None:
    tried = yaml.safe_load((FOLDER / "alerts_test.yml").read_text("utf-8"))["tests"]
    names = {rule["alert"] for rule in rules()}
    for test, loud in zip(tried, (False, True), strict=True):
        assert {one["alertname"] for one in test["alert_rule_test"] if bool(one["exp_alerts"]) is loud} == names
        assert all(faults(one["series"]) == [] for one in test["input_series"])


def test_the_dashboard_speaks_of_figures_there_are() -> None:
    for title, expression in queries():
        assert faults(expression) == [], title


def test_the_dashboard_is_what_grafana_reads() -> None:
    read = dashboard()
    assert isinstance(read["schemaVersion"], int)
    assert {"uid", "title", "time", "templating", "annotations"} <= set(read)
    panels = read["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    taken = set[tuple[int, int]]()
    for panel in panels:
        at = panel["gridPos"]
        cells = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        assert max(x for x, _ in cells) < 24
        assert not cells & taken, panel["title"]
        taken |= cells
        if panel["type"] == "row":
            continue
        assert panel["type"] in {"stat", "timeseries"}
        assert panel["datasource"] == {"type": "prometheus", "uid": "${datasource}"}
        assert panel["fieldConfig"]["defaults"]["unit"]
        assert [target["refId"] for target in panel["targets"]] == [*"ABC"[: len(panel["targets"])]]
    assert [panel["title"] for panel in panels if panel["type"] == "row"] == [
        *("Answers", "Latency", "Cache", "Errors", "The computer")
    ]
    assert all(before["gridPos"]["y"] <= after["gridPos"]["y"] for before, after in pairwise(panels))
    variables = {one["name"] for one in read["templating"]["list"]}
    used = {
        name
        for _, target in ((panel, t) for panel in panels for t in panel.get("targets", ()))
        for name in re.findall(r"\$(\w+)", target["expr"])
    }
    assert used - {"__rate_interval"} <= variables


def test_what_runs_both_names_the_files_that_are_there_and_answers_this_computer_alone() -> None:
    services = yaml.safe_load((FOLDER / "compose.yaml").read_text("utf-8"))["services"]
    mounted = [one.split(":")[0] for service in services.values() for one in service["volumes"] if one.startswith("./")]
    assert {one for one in mounted if not (FOLDER / one).exists()} == {"./api-key"}
    assert "--web.listen-address=127.0.0.1:9090" in services["prometheus"]["command"]
    assert services["prometheus"]["user"] == "0:0"  # by default it is nobody, who can't read a key with 0600
    assert services["prometheus"]["cap_add"] == ["DAC_OVERRIDE"]
    assert services["grafana"]["environment"]["GF_SERVER_HTTP_ADDR"] == "127.0.0.1"
    (job,) = yaml.safe_load((FOLDER / "prometheus.yml").read_text("utf-8"))["scrape_configs"]
    assert job["static_configs"] == [{"targets": [f"127.0.0.1:{Settings().api_port}"]}]
    (source,) = yaml.safe_load((FOLDER / "grafana" / "datasources.yml").read_text("utf-8"))["datasources"]
    assert source["url"] == "http://127.0.0.1:9090"
