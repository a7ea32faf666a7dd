"""The wheel holds what the program reads at run time, and finds it from any folder."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def run(*arguments: str | Path, cwd: Path) -> str:
    """The output of this Python with the checkout out of its way."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    env |= {"PYTHONUTF8": "1", "PYTHONPATH": "", "PIP_CONFIG_FILE": os.devnull}
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=cwd,
        env=env,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    run("-m", "hatchling", "build", "-t", "wheel", "-d", target, cwd=ROOT)
    (made,) = target.glob("*.whl")
    return made


def test_the_wheel_holds_resources_and_migrations_and_no_byte_code(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    bundle = "giamngheo_desktop/_bundle"
    for folder in ("resources", "migrations"):
        shipped = {
            f"{bundle}/{path.relative_to(ROOT).as_posix()}"
            for path in (ROOT / folder).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
        assert shipped, folder
        assert shipped <= names
    assert "giamngheo_desktop/app.py" in names
    assert not [name for name in names if "__pycache__" in name or name.startswith("tests/")]


def test_the_installed_wheel_finds_its_bundle_from_another_folder(
    wheel: Path, tmp_path: Path
) -> None:
    target = tmp_path / "Cài ở đây"
    options = ["--quiet", "--no-deps", "--no-index", "--no-compile", "--target", target]
    run("-m", "pip", "--disable-pip-version-check", "install", *options, wheel, cwd=tmp_path)
    code = f"""
import sys
sys.path.insert(0, {str(target)!r})
from giamngheo_desktop import paths
assert (paths.migrations() / "env.py").is_file(), paths.migrations()
print(paths.resources())
"""
    found = Path(run("-P", "-c", code, cwd=tmp_path))
    assert found == target / "giamngheo_desktop" / "_bundle" / "resources"
    assert found.is_dir()
