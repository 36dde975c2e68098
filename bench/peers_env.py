"""The environments of what the product does not depend on: the dependency group `bench` in bench/.peers,
`bench-statements` in bench/.peers-statements.

Each is made by the first script that asks for it, with pip, so that nothing of it gets into the
product's own environment. Scripts that need lxml beside the product take it from the first.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

HERE = Path(__file__).resolve().parent
FOLDER = HERE / ".peers"


def peers_python(name: str = "bench") -> Path:
    """The interpreter of a dependency group's environment, which is made where it is missing or out of
    date."""
    project = tomllib.loads((HERE.parent / "pyproject.toml").read_text(encoding="utf-8"))
    group = project["dependency-groups"][name]
    folder = FOLDER.with_name(FOLDER.name + name.removeprefix("bench"))
    python, stamp = folder / "bin" / "python", folder / "installed.json"
    if stamp.exists() and json.loads(stamp.read_text(encoding="utf-8")) == group:
        return python
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    (folder / ".gitignore").write_text("*\n", encoding="utf-8")
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--upgrade"]
    # The pip that comes with Python 3.11 cannot resolve lxml's extra, which several peers ask for.
    subprocess.run([*pip, "pip"], check=True)
    subprocess.run([*pip, *group], check=True)
    stamp.write_text(json.dumps(group), encoding="utf-8")
    return python


def lxml_html() -> ModuleType:
    """lxml.html in this process: the product's own packages come first, the peers' behind them."""
    peers_python()
    (packages,) = FOLDER.glob("lib/python*/site-packages")
    if str(packages) not in sys.path:
        sys.path.append(str(packages))
    import lxml.html

    module: ModuleType = lxml.html
    return module
