"""Opens, tests, measures or builds the program from a bare Python, and prepares all it needs.

Standard library only. The syntax of this file stays that of Python 3.6, so that an old Python
reaches the sentence that refuses it. All else about the program is known elsewhere.
"""

import contextlib
import ctypes
import hashlib
import importlib.util
import os
import pathlib
import platform
import shutil
import signal
import subprocess
import sys
import sysconfig
import time

OLDEST, NEWEST = (3, 11), (3, 13)
ROOT = pathlib.Path(os.path.realpath(__file__)).parent
ENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
LINUX = sys.platform.startswith("linux")
ENV_PYTHON = ENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
BUILT = ROOT / "dist" / "giamngheo-desktop"
LOG = ENV / "run.log"
LOCK = ENV / "run.lock"

USAGE = """Cách dùng:
  python3 run.py                  mở phần mềm (máy không có màn hình: làm biểu mẫu vào ./out)
  python3 run.py test [--long]    chạy mọi kiểm thử; tham số còn lại chuyển cho pytest
  python3 run.py bench            đo tốc độ
  python3 run.py build            đóng gói vào thư mục dist
Trên Windows gõ "py -3 run.py" thay cho "python3 run.py"."""

OFFLINE = "Không tải hoặc không cài được. Kiểm tra mạng rồi chạy lại"

# What one lock file installs; the development lock holds all that the runtime lock holds.
LOCK_FILES = {"run": "requirements.lock", "dev": "requirements-dev.lock"}
KIND_OF = {"open": "run", "bench": "run", "test": "dev", "build": "dev"}

# Debian package → the shared library that shows it is there.
OFFSCREEN_LIBRARIES = {
    "libglib2.0-0": "libglib-2.0.so.0",
    "libegl1": "libEGL.so.1",
    "libgl1": "libGL.so.1",
    "libdbus-1-3": "libdbus-1.so.3",
    "libfontconfig1": "libfontconfig.so.1",
    "libxkbcommon0": "libxkbcommon.so.0",
}
DISPLAY_LIBRARIES = {
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-image0": "libxcb-image.so.0",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-randr0": "libxcb-randr.so.0",
    "libxcb-render-util0": "libxcb-render-util.so.0",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxcb-xkb1": "libxcb-xkb.so.1",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
    "libx11-xcb1": "libX11-xcb.so.1",
}

# Surroundings no child may see: without byte code every start compiles anew, optimised tests
# have no asserts, and the rest belongs to another Python or leads pip astray.
DROPPED = {
    *("PYTHONDONTWRITEBYTECODE", "PYTHONOPTIMIZE", "PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP"),
    *("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_REQUIRE_VIRTUALENV"),
}


class RefusedError(Exception):
    """The command can't be done on this machine; the text is the sentence for the user."""


class FailedError(Exception):
    """A step went wrong; the text is the sentence, the details stand in the log."""


def say(sentence):
    """Tell the user, on stderr, what happens now."""
    print(sentence, file=sys.stderr, flush=True)


def speak_utf8():
    """Let both streams print Vietnamese whatever the locale or code page is."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


# --- The Python and the machine -------------------------------------------------------------


def python_suits():
    """Whether this Python may run the program."""
    return OLDEST <= sys.version_info[:2] <= NEWEST and sys.maxsize > 2**32


def other_python():
    """The command of a Python of this machine that suits, newest first, or None."""
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        command = ["py", f"-3.{minor}"] if WINDOWS else [f"python3.{minor}"]
        probe = [*command, "-c", "import sys, venv; sys.exit(sys.maxsize < 2**32)"]
        try:
            if quiet(probe) == 0:
                return command
        except OSError:
            continue
    return None


def quiet(command, env=None, timeout=60):
    """The exit code of a probe that prints nothing; 1 where it hangs."""
    silent = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
    try:
        return subprocess.call(command, env=env, timeout=timeout, **silent)
    except subprocess.TimeoutExpired:
        return 1


def refuse_machine():
    """Refuse what Qt can't run on, before anything is downloaded."""
    if LINUX:
        name, version = platform.libc_ver()
        if name != "glibc" or tuple(int(part) for part in version.split(".")) < (2, 34):
            raise RefusedError("Cần Debian 12, Ubuntu 22.04 hoặc mới hơn (glibc 2.34 trở lên).")
    if WINDOWS:
        if sys.getwindowsversion().build < 17763:
            raise RefusedError("Cần Windows 10 bản 1809 trở lên.")
        if len(str(ROOT)) > 100:
            say(f"Lưu ý: đường dẫn dài {len(str(ROOT))} ký tự; nếu cài không được, hãy chuyển")
            say("thư mục phần mềm tới chỗ có đường dẫn ngắn hơn, ví dụ C:\\GiamNgheo.")


def display_named():
    """Whether the surroundings name a display; Windows and macOS always have one."""
    return not LINUX or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def display_lives():
    """Whether Qt can open the display; a dead one aborts the process, so a child tries."""
    probe = "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"
    command = [str(ENV_PYTHON), "-c", probe]
    return not LINUX or quiet(command, env=child_env(), timeout=20) == 0


# --- System packages (Debian) ---------------------------------------------------------------


def loads(library):
    """Whether the system's loader finds this shared library."""
    with contextlib.suppress(OSError):
        return bool(ctypes.CDLL(library))
    return False


def missing_packages(command, env_ready):
    """Debian packages the command needs and the machine lacks."""
    if not LINUX:
        return []
    libraries = dict(OFFSCREEN_LIBRARIES)
    if command == "build" or (command == "open" and os.environ.get("DISPLAY")):
        libraries.update(DISPLAY_LIBRARIES)  # a built folder carries them to other machines
    missing = [package for package, library in libraries.items() if not loads(library)]
    if not env_ready and importlib.util.find_spec("ensurepip") is None:
        missing.append("python{}.{}-venv".format(*sys.version_info))
    if command == "build":
        if not shutil.which("objdump"):
            missing.append("binutils")
        if not libpython_found():
            missing.append("libpython{}.{}".format(*sys.version_info))
    return missing


def libpython_found():
    """Whether PyInstaller will find the shared library of this Python."""
    name = sysconfig.get_config_var("INSTSONAME") or ""
    folder = sysconfig.get_config_var("LIBDIR") or ""
    return ".so" in name and (os.path.exists(os.path.join(folder, name)) or loads(name))


def install_packages(packages):
    """Install the missing Debian packages, or refuse with the line to type."""
    options = ["install", "--yes", "--no-install-recommends"]
    names = " ".join(packages)
    if not shutil.which("apt-get"):
        raise RefusedError(f"Máy thiếu các thư viện sau, hãy cài rồi chạy lại: {names}")
    if os.geteuid() != 0:
        line = f"sudo apt-get install --no-install-recommends {names}"
        raise RefusedError(f"Máy thiếu thư viện. Gõ dòng này rồi chạy lại: {line}")
    env = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    wait = ["-o", "DPkg::Lock::Timeout=120"]
    with step(f"Đang cài {len(packages)} gói hệ thống còn thiếu (khoảng 1 phút)"):
        logged(["apt-get", *wait, "update"], env)
        logged(["apt-get", *wait, *options, *packages], env)


# --- The environment in .venv ---------------------------------------------------------------


def child_env():
    """Surroundings for every child: UTF-8, byte code kept, nothing of another Python."""
    env = {name: value for name, value in os.environ.items() if name not in DROPPED}
    # UTF-8 mode also lets Python 3.11 on Windows read a .pth file with Vietnamese letters.
    env.update(PYTHONUTF8="1", PYTHONNOUSERSITE="1", PIP_USER="0")
    locale = env.get("LC_ALL") or env.get("LC_CTYPE") or env.get("LANG") or ""
    if LINUX and "UTF" not in locale.upper():
        env["LC_ALL"] = "C.UTF-8"  # Qt warns about any other locale
    return env


def stamp(kind):
    """What the environment must have been made from: locks, project, Python, place."""
    digest = hashlib.sha256()
    for name in (LOCK_FILES["run"], LOCK_FILES[kind], "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    # Not the whole version: an update of the system's Python must not ask for the network.
    for text in (sys.implementation.cache_tag, sysconfig.get_platform(), str(ENV)):
        digest.update(text.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def site_packages():
    """Where pip puts packages in the environment."""
    return pathlib.Path(sysconfig.get_path("purelib", "venv", {"base": str(ENV)}))


def contents():
    """A digest of what lies in site-packages, by name: an entry lost or added shows."""
    names = sorted(path.name for path in site_packages().iterdir() if path.name != "__pycache__")
    text = "\n".join([(ENV / "pyvenv.cfg").read_text(encoding="utf-8"), *names])
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def env_ready(kind):
    """Whether the environment is the one wanted and its Python starts."""
    try:
        written = (ENV / f"{kind}.stamp").read_text(encoding="utf-8")
        if written != stamp(kind) + contents():
            return False
        return quiet([str(ENV_PYTHON), "-I", "-S", "-c", ""]) == 0
    except (OSError, UnicodeDecodeError):
        return False


def write_stamp(kind):
    """The last step of preparing: only a whole environment has a stamp."""
    fresh = ENV / f"{kind}.stamp.new"
    fresh.write_text(stamp(kind) + contents(), encoding="utf-8")
    patiently(lambda: os.replace(str(fresh), str(ENV / f"{kind}.stamp")))


def patiently(action):
    """Do it, trying again for some seconds while a virus scanner holds the file."""
    for pause in (0.1, 0.2, 0.5, 1, 2, 2):
        try:
            return action()
        except PermissionError:
            time.sleep(pause)
    return action()


@contextlib.contextmanager
def alone():
    """Hold the lock of the environment, so that two commands never prepare it at once."""
    if not ENV.is_dir():
        if ENV.is_symlink() or ENV.exists():
            ENV.unlink()
        ENV.mkdir()
    with open(str(LOCK), "a+b") as handle:
        if not try_lock(handle):
            say("Một lệnh khác đang chuẩn bị môi trường; đang chờ lệnh đó xong…")
            while not try_lock(handle):
                time.sleep(0.3)
        yield


def try_lock(handle):
    """Take the lock of the operating system, which ends with its process; False if held."""
    try:
        if WINDOWS:
            import msvcrt

            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True  # a network folder without locks: better unlocked than never
    return True


def empty_env():
    """Take everything but the lock out of the environment; first the stamps."""
    paths = sorted(ENV.iterdir(), key=lambda path: not path.name.endswith(".stamp"))
    for path in paths:
        if path.is_dir() and not path.is_symlink():
            patiently(lambda path=path: shutil.rmtree(str(path)))
        elif path != LOCK:
            patiently(path.unlink)


def logged(command, env, sentence=OFFLINE):
    """Run a step with its output in the log; a failure shows the log's last lines."""
    ENV.mkdir(exist_ok=True)
    with open(str(LOG), "ab") as log:
        log.write("\n$ {}\n".format(" ".join(command)).encode("utf-8", "surrogateescape"))
        log.flush()
        code = subprocess.call(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, env=env
        )
    if code != 0:
        lines = LOG.read_text(encoding="utf-8", errors="replace").splitlines()
        for line in lines[-15:]:
            say("  | " + line)
        raise FailedError(f"{sentence} (mã {code}); chi tiết ở {LOG}.")


@contextlib.contextmanager
def step(sentence):
    """Say what happens now and, at the end, how long it took."""
    say(sentence + "…")
    start = time.monotonic()
    yield
    say(f"  xong sau {time.monotonic() - start:.0f} giây.")


def make_env(kind):
    """Make or complete the environment: venv, the locked packages by hash, the project."""
    env = child_env()
    pip = [str(ENV_PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    by_hash = ["--no-deps", "--only-binary", ":all:", "--require-hashes", "-r"]
    project = ["--no-deps", "--no-build-isolation", "-e", str(ROOT)]
    if not (kind == "dev" and env_ready("run")):
        empty_env()
        with step("Đang lập môi trường Python riêng trong thư mục .venv (khoảng 10 giây)"):
            # Not sys.executable: that may be the one in .venv, just deleted.
            base = getattr(sys, "_base_executable", sys.executable)
            logged([base, "-m", "venv", str(ENV)], env)
    with step("Đang tải và cài các thư viện, chỉ lần đầu (khoảng 1 đến 3 phút tùy mạng)"):
        logged([*pip, *by_hash, str(ROOT / LOCK_FILES[kind])], env)
        logged([*pip, *project], env)
        point_at_project()
    for done in {"run", kind}:
        write_stamp(done)


def point_at_project():
    """Write the path of the project in ASCII: Python below 3.13 reads .pth in the code page."""
    line = f"import sys; sys.path.append({str(ROOT)!a})\n"
    (site_packages() / "_giamngheo_desktop.pth").write_text(line, encoding="ascii")


def prepare(command):
    """Make the environment and the system libraries ready; nothing to do means no lock."""
    kind = KIND_OF[command]
    ready = env_ready(kind)
    if ready and not missing_packages(command, ready):
        return
    try:
        with alone():
            packages = missing_packages(command, env_ready(kind))
            if packages:
                install_packages(packages)
            if not env_ready(kind):
                make_env(kind)
    except OSError as error:
        raise RefusedError(
            f"Không ghi được vào {error.filename or ENV} ({error.strerror}). Đóng phần mềm nếu "
            "đang mở, hoặc chép cả thư mục tới nơi bạn có quyền ghi, rồi chạy lại."
        ) from None


# --- The commands ---------------------------------------------------------------------------


def hand_over(arguments, env):
    """Become the environment's Python with these arguments; its exit code is ours."""
    command = [str(ENV_PYTHON), *arguments]
    sys.stdout.flush()
    sys.stderr.flush()
    if not WINDOWS:  # there the shell would not wait for a replaced process
        os.execve(command[0], command, env)
    return subprocess.call(command, env=env)


def open_program(arguments):
    """Open the window; without a living display do the main work into ./out."""
    env = child_env()
    has_mode = {"--headless", "--self-check", "--read-workbook"}.intersection(arguments)
    if not has_mode and not (display_named() and display_lives()):
        env["QT_QPA_PLATFORM"] = "offscreen"
        say("Không mở được màn hình nào: lập xã mẫu, ghi biểu vào thư mục out (dưới 1 phút)…")
        arguments = ["--headless", "--out", os.path.join(".", "out"), *arguments]
    return hand_over(["-P", "-m", "giamngheo_desktop", *arguments], env)


def run_tests(arguments):
    """Style, types, then the tests; pytest's own output comes last."""
    env = dict(child_env(), QT_QPA_PLATFORM="offscreen")
    long = "--long" in arguments
    arguments = [argument for argument in arguments if argument != "--long"]
    env.update({"GIAMNGHEO_TEST_LONG": "1"} if long else {})  # more examples
    os.chdir(str(ROOT))
    ruff_cache = ["--cache-dir", str(ENV / "cache" / "ruff")]
    checks = {
        "ruff check": ["ruff", "check", *ruff_cache, "."],
        "ruff format": ["ruff", "format", "--check", *ruff_cache, "."],
        "mypy": ["mypy", "--cache-dir", str(ENV / "cache" / "mypy")],
    }
    failed = [name for name, check in checks.items() if called(["-m", *check], env) != 0]
    # All on all cores, a file never on two. A part cannot reach the bound of the whole.
    whole = ["-m", "not long", "--cov", "--cov-report=", "-n", "auto", "--dist", "loadfile"]
    runs = [["-m", "" if long else "not long", *arguments]] if arguments else [whole]
    if long and not arguments:
        runs.append(["-m", "long", "-rP"])  # one after the other, for they measure
    codes = [called(["-X", "warn_default_encoding", "-m", "pytest", *run], env) for run in runs]
    code = next(filter(None, codes), 0)
    if failed:
        say("Không đạt: {}.".format(", ".join(failed)))
    return code or (1 if failed else 0)


def called(arguments, env):
    """The exit code of the environment's Python; death by a signal as a shell tells it."""
    sys.stdout.flush()
    code = subprocess.call([str(ENV_PYTHON), *arguments], env=env)
    return code if code >= 0 else 128 - code


def run_bench(arguments):
    """The measurements of tests/bench.py."""
    env = dict(child_env(), QT_QPA_PLATFORM="offscreen")
    return hand_over([str(ROOT / "tests" / "bench.py"), *arguments], env)


def run_build(arguments):
    """The folder of build.spec under dist, made by PyInstaller."""
    if LINUX and " (" in str(ROOT):  # PyInstaller misreads ldd there and leaves Qt out
        raise RefusedError(f"Không đóng gói được trong thư mục có dấu ngoặc: {ROOT}")
    os.chdir(str(ROOT))
    env = child_env()
    pyinstaller = [str(ENV_PYTHON), "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    with step("Đang đóng gói vào thư mục dist (khoảng 1 đến 2 phút)"):
        logged([*pyinstaller, *arguments, "build.spec"], env, "Không đóng gói được")
    program = BUILT / ("giamngheo-desktop.exe" if WINDOWS else "giamngheo-desktop")
    with step("Đang tự kiểm tra bản vừa đóng gói"):
        env = dict(env, QT_QPA_PLATFORM="offscreen")
        code = subprocess.call([str(program), "--self-check"], env=env)
    print(BUILT)
    return code


COMMANDS = {"open": open_program, "test": run_tests, "bench": run_bench, "build": run_build}


def main(arguments):
    """Run the command named first; options alone belong to the program itself."""
    if not python_suits():
        found = None if os.environ.get("GIAMNGHEO_HANDED_OVER") else other_python()
        if found:
            env = dict(os.environ, GIAMNGHEO_HANDED_OVER="1")
            return subprocess.call([*found, str(ROOT / "run.py"), *arguments], env=env)
        raise RefusedError(
            "Cần Python 3.11, 3.12 hoặc 3.13 loại 64-bit; máy đang dùng Python "
            f"{platform.python_version()} {platform.architecture()[0]}."
        )
    if arguments[:1] in (["-h"], ["--help"]):
        print(USAGE)
        return 0
    command = "open"
    if arguments and not arguments[0].startswith("-"):
        command, arguments = arguments[0], arguments[1:]
    if command not in COMMANDS:
        raise RefusedError(f"Không có lệnh “{command}”.\n{USAGE}")
    refuse_machine()
    prepare(command)
    return COMMANDS[command](arguments)


if __name__ == "__main__":
    speak_utf8()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a child ends with us
    try:
        sys.exit(main(sys.argv[1:]))
    except RefusedError as refusal:
        say(str(refusal))
        sys.exit(2)
    except FailedError as failure:
        say(str(failure))
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
