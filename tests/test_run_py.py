"""What run.py promises: refusals in a sentence, one environment at a time, no work twice."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = (ROOT / "run.py").read_text(encoding="utf-8")
linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Debian only")

# Stands where the program, the checkers and pytest stand: tells how it was called.
TELLER = """
import json, os, sys
names = ("PYTHONUTF8", "PYTHONDONTWRITEBYTECODE", "PYTHONOPTIMIZE")
env = {name: os.environ.get(name) for name in names}
print(json.dumps({"name": NAME, "args": sys.argv[1:], "cwd": os.getcwd(), "env": env}))
sys.exit(int(os.environ.get("EXIT_" + NAME, "0")))
"""


def load(folder: Path) -> ModuleType:
    """The run.py that lies in a folder, as a module."""
    spec = importlib.util.spec_from_file_location("run_py", folder / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what run.py reads, in a folder with Vietnamese letters and a space."""
    folder = tmp_path / "Xã Sơn Tây 1"
    package = folder / "giamngheo_desktop"
    package.mkdir(parents=True)
    for name in ("run.py", "requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(f"NAME = 'program'\n{TELLER}", encoding="utf-8")
    return folder


@pytest.fixture
def prepared(project: Path) -> Path:
    """The project with an environment that has its stamps but no pip: none can be called."""
    module = load(project)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", module.ENV], check=True)
    for name in ("ruff", "mypy", "pytest"):
        text = f"NAME = {name!r}\n{TELLER}"
        (module.site_packages() / f"{name}.py").write_text(text, encoding="utf-8")
    module.point_at_project()
    module.write_stamp("run")
    module.write_stamp("dev")
    return project


def start(folder: Path, *arguments: str, cwd: Path | None = None, **env: str) -> tuple[int, str]:
    """Exit code and both outputs of run.py on a machine without display, apt or other tools."""
    inherited = {key: os.environ[key] for key in ("SYSTEMROOT", "TEMP") if key in os.environ}
    done = subprocess.run(
        [sys.executable, folder / "run.py", *arguments],
        cwd=cwd or folder,
        env={"PATH": "", **inherited, **env},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout


def all_told(output: str) -> list[dict[str, object]]:
    """What the stand-ins told, in the order of their calls."""
    return [json.loads(line) for line in output.splitlines() if line.startswith("{")]


def told(output: str) -> dict[str, dict[str, object]]:
    """What each stand-in told, by its name."""
    return {str(call["name"]): call for call in all_told(output)}


def test_the_file_parses_on_python_3_6() -> None:
    ast.parse(SOURCE, feature_version=(3, 6))


def test_it_imports_the_standard_library_only() -> None:
    tree = ast.walk(ast.parse(SOURCE))
    names = {alias.name for node in tree if isinstance(node, ast.Import) for alias in node.names}
    assert "subprocess" in names
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names
    assert "ImportFrom" not in ast.dump(ast.parse(SOURCE))


@pytest.mark.parametrize("limits", [((3, 99), (3, 99)), ((3, 1), (3, 2))], ids=["old", "new"])
def test_an_unfit_python_is_refused_in_one_sentence(
    limits: tuple[tuple[int, int], tuple[int, int]], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = load(project)
    monkeypatch.setattr(module, "OLDEST", limits[0])
    monkeypatch.setattr(module, "NEWEST", limits[1])
    monkeypatch.setenv("GIAMNGHEO_HANDED_OVER", "1")
    with pytest.raises(module.RefusedError, match=r"Cần Python 3\.11, 3\.12 hoặc 3\.13"):
        module.main([])
    assert not (project / ".venv").exists()


def test_a_32_bit_python_is_refused(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "maxsize", 2**31 - 1)
    assert not load(project).python_suits()


def test_an_unknown_command_is_refused_with_the_usage(project: Path) -> None:
    code, output = start(project, "tets")
    assert code == 2
    assert "tets" in output
    assert "run.py test" in output
    assert "Traceback" not in output


@linux_only
def test_a_second_start_calls_neither_pip_nor_apt_and_works_headless(
    prepared: Path, tmp_path: Path
) -> None:
    code, output = start(
        prepared, cwd=tmp_path, PYTHONDONTWRITEBYTECODE="1", PYTHONOPTIMIZE="1", LC_ALL="C"
    )
    call = told(output)["program"]
    assert code == 0
    assert call["args"] == ["--headless", "--out", os.path.join(".", "out")]
    assert call["cwd"] == str(tmp_path)
    assert call["env"] == {
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": None,
        "PYTHONOPTIMIZE": None,
    }


def test_the_programs_options_and_exit_code_are_passed_on(prepared: Path) -> None:
    code, output = start(prepared, "--self-check", EXIT_program="7")
    assert told(output)["program"]["args"] == ["--self-check"]
    assert code == 7


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ({}, 0),
        ({"EXIT_pytest": "5"}, 5),
        ({"EXIT_ruff": "1"}, 1),
        ({"EXIT_mypy": "2"}, 1),
        ({"EXIT_mypy": "2", "EXIT_pytest": "3"}, 3),
    ],
)
def test_the_test_command_ends_with_pytests_exit_code_or_a_failed_check(
    codes: dict[str, str], expected: int, prepared: Path
) -> None:
    code, output = start(prepared, "test", **codes)
    assert list(told(output)) == ["ruff", "mypy", "pytest"]
    assert code == expected


WHOLE = ["-m", "not long", "--cov", "--cov-report=", "-n", "auto", "--dist", "loadfile"]


@pytest.mark.parametrize(
    ("arguments", "runs"),
    [
        ([], [WHOLE]),
        (["--long"], [WHOLE, ["-m", "long", "-rP"]]),
        (["-k", "bc1"], [["-m", "not long", "-k", "bc1"]]),
        (["-k", "bc1", "--long", "-x"], [["-m", "", "-k", "bc1", "-x"]]),
    ],
)
def test_long_checks_run_only_on_demand_and_the_rest_goes_to_pytest(
    arguments: list[str], runs: list[list[str]], prepared: Path, tmp_path: Path
) -> None:
    _, output = start(prepared, "test", *arguments, cwd=tmp_path)
    calls = [call for call in all_told(output) if call["name"] == "pytest"]
    assert [call["args"] for call in calls] == runs
    assert {call["cwd"] for call in calls} == {str(prepared)}


def test_a_whole_environment_is_ready(prepared: Path) -> None:
    assert load(prepared).env_ready("run")
    assert load(prepared).env_ready("dev")


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "pyproject.toml"])
def test_a_changed_lock_or_project_file_means_a_new_environment(name: str, prepared: Path) -> None:
    with (prepared / name).open("a", encoding="utf-8") as file:
        file.write("# another\n")
    assert not load(prepared).env_ready("dev")
    assert load(prepared).env_ready("run") == (name == "requirements-dev.lock")


@pytest.mark.parametrize("damage", ["package", "python", "pyvenv", "stamp"])
def test_a_damaged_environment_is_not_ready(damage: str, prepared: Path) -> None:
    module = load(prepared)
    if damage == "package":
        (module.site_packages() / "mypy.py").unlink()
    elif damage == "python":
        module.ENV_PYTHON.unlink()
        module.ENV_PYTHON.write_bytes(b"")
    elif damage == "pyvenv":
        (module.ENV / "pyvenv.cfg").unlink()
    else:
        (module.ENV / "run.stamp").write_bytes(b"\xff\xfe")
    assert not module.env_ready("run")


def test_a_moved_or_copied_environment_is_not_ready(prepared: Path) -> None:
    moved = prepared.with_name("Xã Sơn Tây 2")
    prepared.rename(moved)
    assert not load(moved).env_ready("run")


def test_emptying_takes_the_stamps_first_and_leaves_the_lock(prepared: Path) -> None:
    module = load(prepared)
    with module.alone():
        module.empty_env()
        assert [path.name for path in module.ENV.iterdir()] == ["run.lock"]


@pytest.mark.parametrize("kind", ["file", "link"])
def test_something_else_named_venv_gives_way(kind: str, project: Path) -> None:
    module = load(project)
    if kind == "file":
        module.ENV.write_text("", encoding="utf-8")
    else:
        module.ENV.symlink_to(project / "gone")
    with module.alone():
        assert module.ENV.is_dir()
        assert not module.ENV.is_symlink()


def test_two_commands_never_hold_the_lock_at_once(project: Path) -> None:
    module = load(project)
    entered = threading.Event()

    def second() -> None:
        with module.alone():
            entered.set()

    waiting = threading.Thread(target=second)
    with module.alone():
        waiting.start()
        with module.LOCK.open("a+b") as handle:
            assert not module.try_lock(handle)
        assert not entered.is_set()
    waiting.join(timeout=10)
    assert entered.is_set()


@linux_only
def test_without_root_the_line_to_type_is_printed(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = load(project)
    apt = tmp_path / "apt-get"
    apt.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    apt.chmod(0o755)
    monkeypatch.setattr(module, "OFFSCREEN_LIBRARIES", {"libxa1": "libxa-sontay.so.1"})
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    line = "sudo apt-get install --no-install-recommends libxa1"
    with pytest.raises(module.RefusedError, match=line):
        module.prepare("open")


@linux_only
def test_root_installs_only_what_is_missing_and_is_told_of_a_failure(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    module = load(project)
    apt = tmp_path / "apt-get"
    apt.write_text(
        '#!/bin/sh\necho "$DEBIAN_FRONTEND $*"\n[ "$3" = update ] || exit 100\n', encoding="utf-8"
    )
    apt.chmod(0o755)
    libraries = {"libc6": "libc.so.6", "libxa1": "libxa-sontay.so.1"}
    monkeypatch.setattr(module, "OFFSCREEN_LIBRARIES", libraries)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(module.FailedError, match="mã 100"):
        module.prepare("open")
    log = module.LOG.read_text(encoding="utf-8")
    assert "noninteractive -o DPkg::Lock::Timeout=120 update" in log
    assert "install --yes --no-install-recommends libxa1" in log
    assert "libxa1" in capsys.readouterr().err


@linux_only
def test_a_dead_display_is_seen_without_harm(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = load(project)
    monkeypatch.setattr(module, "ENV_PYTHON", Path(sys.executable))
    monkeypatch.setenv("DISPLAY", ":987")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    assert module.display_named()
    assert not module.display_lives()


def test_a_folder_that_cannot_be_written_is_refused_in_a_sentence(project: Path) -> None:
    (project / ".venv" / "run.lock").mkdir(parents=True)
    code, output = start(project)
    assert code == 2
    assert "Không ghi được vào" in output
    assert "Traceback" not in output


def test_every_runtime_package_has_the_same_version_in_the_development_lock() -> None:
    def versions(name: str) -> set[str]:
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        return {line.split(" ")[0] for line in lines if line[:1].isalnum()}

    assert versions("requirements.lock") < versions("requirements-dev.lock")


def test_no_registry_address_stands_in_the_lock_files() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "--index" not in text
