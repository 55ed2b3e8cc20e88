"""What is shipped for Prometheus and Grafana, read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER: Final = Path(__file__).parents[2] / "resources" / "monitoring"


def rules() -> list[dict[str, Any]]:
    """Every alert rule."""
    read = yaml.safe_load((FOLDER / "alerts.yml").read_text("utf-8"))
    return [rule for group in read["groups"] for rule in group["rules"]]


def dashboard() -> dict[str, Any]:
    """Grafana's dashboard."""
    read: dict[str, Any] = json.loads((FOLDER / "grafana" / "dashboard.json").read_text("utf-8"))
    return read


def queries() -> Iterator[tuple[str, str]]:
    """Each expression of the dashboard with the title of its panel, as Grafana would ask it."""
    for panel in dashboard()["panels"]:
        for target in panel.get("targets", ()):
            yield panel["title"], target["expr"].replace("$__rate_interval", "5m").replace("$instance", ".*")
