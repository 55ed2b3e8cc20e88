"""Try `resources/monitoring` with Prometheus itself: the rules, what is read of a real home, the dashboard's questions.

    ./dev monitoring

`prometheus` and `promtool` are those on the PATH, or out of Debian's package, which is unpacked and not installed: that
would start a service.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from sottovoce.domain.api_scopes import ApiScope
from tests.api.serving import served
from tests.monitoring.grafana import faults
from tests.monitoring.resources import FOLDER, dashboard, queries, rules

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

UNPACKED = Path(__file__).parents[2] / "build" / "prometheus"
LONGEST_S = 60.0


def programs() -> tuple[str, str]:
    """`prometheus` and `promtool`."""
    there = [shutil.which(name) for name in ("prometheus", "promtool")]
    if there[0] and there[1]:
        return there[0], there[1]
    folder = UNPACKED / platform.machine()
    found = [folder / "usr" / "bin" / name for name in ("prometheus", "promtool")]
    if not all(path.exists() for path in found):
        if not shutil.which("apt-get"):
            sys.exit("install prometheus first: it is not here, and neither is apt-get")
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["apt-get", "-qq", "download", "prometheus"], cwd=folder, check=True)
        (package,) = folder.glob("prometheus_*.deb")
        subprocess.run(["dpkg-deb", "-x", package, folder], check=True)
        package.unlink()
    return str(found[0]), str(found[1])


def set_up(folder: Path, port: int, key: str) -> Path:
    """What is shipped, but for the port, and how often it looks."""
    read = yaml.safe_load((FOLDER / "prometheus.yml").read_text("utf-8"))
    read["global"] = {"scrape_interval": "200ms", "scrape_timeout": "200ms", "evaluation_interval": "200ms"}
    read["scrape_configs"][0]["static_configs"] = [{"targets": [f"127.0.0.1:{port}"]}]
    (folder / "prometheus.yml").write_text(yaml.safe_dump(read))
    (folder / "api-key").write_text(key)
    shutil.copy(FOLDER / "alerts.yml", folder)
    return folder / "prometheus.yml"


class Asked:
    """A running Prometheus."""

    def __init__(self, port: int) -> None:
        self._base = f"http://127.0.0.1:{port}/api/v1/"

    def get(self, path: str, **asked: str) -> Any:  # noqa: ANN401 - JSON
        """What it answers."""
        address = f"{self._base}{path}?{urllib.parse.urlencode(asked)}"
        with urllib.request.urlopen(address, timeout=LONGEST_S) as answer:  # noqa: S310 - of this machine
            return json.load(answer)["data"]

    def value(self, expression: str) -> float | None:
        """The one number that an expression is now."""
        found = self.get("query", query=expression)["result"]
        return float(found[0]["value"][1]) if found else None


@contextlib.asynccontextmanager
async def running(prometheus: str, folder: Path, configuration: Path, port: int) -> AsyncIterator[Asked]:
    """Prometheus for the length of the block."""
    log = (folder / "log").open("wb")
    process = await asyncio.create_subprocess_exec(
        prometheus,
        f"--config.file={configuration}",
        f"--storage.tsdb.path={folder / 'data'}",
        f"--web.listen-address=127.0.0.1:{port}",
        stdout=log,
        stderr=log,
        cwd=folder,
    )
    try:
        yield Asked(port)
    finally:
        process.terminate()
        await process.wait()
        log.close()


async def until(asked: Asked, expression: str, wanted: float) -> None:
    """Wait until it has read that much."""
    ends = time.monotonic() + LONGEST_S
    while time.monotonic() < ends:
        with contextlib.suppress(OSError):
            value = await asyncio.get_running_loop().run_in_executor(None, asked.value, expression)
            if value is not None and value >= wanted:
                return
        await asyncio.sleep(0.1)
    sys.exit(f"{expression} did not become {wanted}")


async def tried(prometheus: str, folder: Path) -> None:
    """Have Prometheus read the API of a home in which something happens, and ask it all that the dashboard asks."""
    async with served(folder / "home") as api, asyncio.timeout(2 * LONGEST_S):
        free = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
        port = free.sockets[0].getsockname()[1]
        free.close()
        await free.wait_closed()
        configuration = set_up(folder, api.port, await api.key([ApiScope.STATUS]))
        async with running(prometheus, folder, configuration, port) as asked:
            for _ in range(3):
                await api.home.ask("what time is it")
            await until(asked, 'sum(sottovoce_answers_total{source="skill"})', 3)
            await until(asked, 'up{job="sottovoce"}', 1)
            await asyncio.get_running_loop().run_in_executor(None, looked_at, asked)


def looked_at(asked: Asked) -> None:
    """See that Prometheus has the rules, none of them in trouble, and answers the dashboard."""
    ends = time.monotonic() + LONGEST_S
    while True:
        present = [rule for group in asked.get("rules")["groups"] for rule in group["rules"]]
        if all(rule["health"] == "ok" for rule in present) or time.monotonic() > ends:
            break
    assert {rule["name"] for rule in present} == {rule["alert"] for rule in rules()}
    assert all(rule["health"] == "ok" for rule in present), present
    assert not [rule["name"] for rule in present if rule["state"] == "firing"]
    for title, expression in queries():
        asked.get("query", query=expression)
        print(f"  {title}: {expression[:90]}")


def check_dashboard() -> None:
    """See that Grafana's schema has it, and that it would tell what is wrong."""
    assert faults(dashboard()) == []
    wrong: tuple[dict[str, Any], ...] = (
        {"refresh": 5},
        {"panel": []},
        {"graphTooltip": 9},
        {"panels": [{"type": "stat", "gridPos": {"w": "6"}}]},
    )
    for change in wrong:
        assert faults(dashboard() | change), change
    print("the dashboard is one of Grafana's")


def main() -> int:
    """Try all of it."""
    prometheus, promtool = programs()
    begun = time.monotonic()
    check_dashboard()
    for arguments in (("check", "rules", "alerts.yml"), ("test", "rules", "alerts_test.yml")):
        subprocess.run([promtool, *arguments], cwd=FOLDER, check=True)
    with tempfile.TemporaryDirectory(prefix="sottovoce-monitoring-") as name:
        os.environ["SOTTOVOCE_HOME"] = name
        set_up(Path(name), 1, "no key")
        subprocess.run([promtool, "check", "config", "prometheus.yml"], cwd=name, check=True)
        asyncio.run(tried(prometheus, Path(name)))
    print(f"all of it in {time.monotonic() - begun:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
