"""A student's process behind bubblewrap: no network, no files but the environment's, no privileges.

Linux only. There is no way around it: where bubblewrap cannot make its namespaces, `Sandbox` raises
`SandboxError` and nothing of a student's runs.
"""

from __future__ import annotations

import os
import select
import shutil
import site
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from course_lib.grading import processes, system_calls
from course_lib.grading.errors import OutOfTime, SandboxError, Stopped
from course_lib.grading.limits import DEFAULT, Limits

# What a program of Debian, Ubuntu or Fedora needs to run at all.
SYSTEM = ("/usr",)
LINKS = ("/bin", "/lib", "/lib32", "/lib64", "/libx32", "/sbin")
WORKING_FOLDER = "/submission"
MATPLOTLIB = "/tmp"  # where it keeps what it has found out
PACKAGE = Path(__file__).resolve().parents[1]
# By the package's own place: the sandbox runs what the grader runs, however it is installed.
START = "import sys; sys.path.insert(0, {!r}); from course_lib.grading.student import main; main()"
WATCH_INTERVAL = 0.2

NO_NAMESPACES = """bubblewrap cannot make a sandbox here, so nothing was run:
    {reason}
Ubuntu 24.04 and later let only named programs make user namespaces. To name bubblewrap, write
/etc/apparmor.d/bwrap as root and run `systemctl reload apparmor`:
    abi <abi/4.0>,
    include <tunables/global>
    profile bwrap /usr/bin/bwrap flags=(unconfined) {{ userns, }}
In a container, namespaces must be allowed to it (for Docker: a seccomp profile with unshare and
clone). Elsewhere: `sysctl kernel.unprivileged_userns_clone=1`."""


def check_system() -> None:
    """Raise `SandboxError` unless a sandbox can be made here, by this user."""
    if not sys.platform.startswith("linux"):
        raise SandboxError("grading needs Linux, whose namespaces shut a student's code in")
    if os.geteuid() == 0:
        raise SandboxError(
            "grading refuses to run as root, to whom limits do not apply: use an ordinary user"
        )
    if shutil.which("bwrap") is None:
        raise SandboxError("grading needs bubblewrap (Debian and Ubuntu: apt install bubblewrap)")
    with _filter() as rules:
        trial = subprocess.run(
            [*_walls((), rules), "/usr/bin/true"],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env=_environment(),
            pass_fds=(rules,),
        )
    if trial.returncode:
        raise SandboxError(NO_NAMESPACES.format(reason=trial.stderr.strip()[:500]))


class Sandbox:
    """One run of `course_lib.grading.student` behind walls; `send` and `read` speak with it.

    Parameters
    ----------
    files
        A folder whose contents the student's code finds in its working folder, or None.
    limits
        What it may take.
    """

    def __init__(self, files: Path | None = None, limits: Limits = DEFAULT) -> None:
        self._limits = limits
        inside = [
            *(_copies(files) if files else ()),
            *_fonts(),
            # The root that holds all these is a file system in memory, without a bound.
            *("--remount-ro", "/"),
            *("--chdir", WORKING_FOLDER),
            *(sys.executable, "-I", "-B", "-c", START.format(str(PACKAGE.parent))),
            *(str(limits.memory), str(limits.processes), str(limits.scratch)),
            str(int(limits.submission)),
        ]
        # Bytes go through `os.read` and `os.write`, so that no buffer hides what has arrived.
        with _filter() as rules:
            self._process = subprocess.Popen(
                [*_walls(_readable(), rules, limits.scratch), *inside],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                start_new_session=True,
                # bubblewrap's own process stays in the sandbox, where its environment can be read.
                env=_environment(),
                pass_fds=(rules,),
            )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._in, self._out = self._process.stdin.fileno(), self._process.stdout.fileno()
        os.set_blocking(self._in, False)
        os.set_blocking(self._out, False)
        self._watched = time.monotonic()

    def send(self, data: bytes, deadline: float) -> None:
        """Write all of `data` before `deadline` (of `time.monotonic`), or raise `Stopped`."""
        view = memoryview(data)
        while view:
            self._wait(self._in, select.POLLOUT, deadline)
            try:
                view = view[os.write(self._in, view) :]
            except BlockingIOError:
                continue
            except BrokenPipeError:
                raise Stopped(self._last_words()) from None

    def read(self, size: int, deadline: float) -> bytes:
        """Read exactly `size` bytes before `deadline`, or raise `Stopped`."""
        parts: list[bytes] = []
        while size:
            self._wait(self._out, select.POLLIN, deadline)
            try:
                part = os.read(self._out, min(size, 2**20))
            except BlockingIOError:
                continue
            if not part:
                raise Stopped(self._last_words())
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def close(self) -> None:
        """End the process and all that it started: its namespace goes with it."""
        processes.kill_tree(self._process.pid)
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            stream.close()

    def _wait(self, descriptor: int, event: int, deadline: float) -> None:
        """Wait until a pipe is ready, watching the tree's memory meanwhile."""
        poll = select.poll()
        poll.register(descriptor, event)
        while True:
            now = time.monotonic()
            if now >= deadline:
                raise OutOfTime("it took too long")
            if now - self._watched > WATCH_INTERVAL:
                self._watched = now
                held = processes.memory_of_tree(self._process.pid)
                held += processes.files_of_tree(self._process.pid, ("/tmp", WORKING_FOLDER))
                if held > self._limits.memory:
                    raise Stopped(f"it held {held / 2**30:.1f} GiB of memory at once")
            if poll.poll(1000 * min(WATCH_INTERVAL, deadline - now)):
                return

    def _last_words(self) -> str:
        """Return how the process ended."""
        try:
            code = self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            return "it closed its connection"
        return f"it ended itself (exit status {code})" if code >= 0 else f"signal {-code} ended it"


@contextmanager
def _filter() -> Iterator[int]:
    """Offer a descriptor from which bubblewrap reads what system calls are refused."""
    source, sink = os.pipe()
    try:
        with os.fdopen(sink, "wb") as pipe:
            pipe.write(system_calls.program())
        yield source
    finally:
        os.close(source)


def _walls(readable: tuple[str, ...], rules: int, scratch: int = 2**20) -> list[str]:
    """Return bubblewrap's words for a room without doors."""
    size = str(scratch)
    words = [
        shutil.which("bwrap") or "bwrap",
        "--seccomp",
        str(rules),
        "--unshare-user",
        "--unshare-pid",
        "--unshare-ipc",
        "--unshare-uts",
    ]
    words += ["--unshare-net", "--unshare-cgroup-try", "--disable-userns", "--die-with-parent"]
    words += ["--new-session", "--cap-drop", "ALL", "--hostname", "sandbox", "--clearenv"]
    for name, value in _environment().items():
        words += ["--setenv", name, value]
    for folder in SYSTEM:
        words += ["--ro-bind", folder, folder]
    for link in LINKS:
        if os.path.islink(link):
            words += ["--symlink", os.readlink(link), link]
        elif os.path.isdir(link):
            words += ["--ro-bind", link, link]
    # Of bubblewrap's /dev the folder itself could be filled; what is written goes to /tmp.
    words += ["--proc", "/proc", "--dev", "/dev", "--remount-ro", "/dev"]
    words += ["--size", size, "--tmpfs", "/tmp", "--size", size, "--tmpfs", WORKING_FOLDER]
    # After /tmp, below which an environment may lie.
    for folder in readable:
        words += ["--ro-bind", folder, folder]
    return words


def _copies(files: Path) -> list[str]:
    """Return words that show a folder's files, read-only, in the working folder.

    Links are left out: they would be followed out of the folder.
    """
    words = []
    for path in sorted(files.iterdir()):
        if not path.is_symlink():
            words += ["--ro-bind", str(path), f"{WORKING_FOLDER}/{path.name}"]
    return words


@cache
def _fonts() -> tuple[str, ...]:
    """Return words that show Matplotlib's list of fonts, which takes it half a second to make."""
    import matplotlib
    from matplotlib.font_manager import FontManager  # makes the list where there is none

    made = Path(matplotlib.get_cachedir(), f"fontlist-v{FontManager.__version__}.json")
    return ("--ro-bind", str(made), f"{MATPLOTLIB}/{made.name}") if made.is_file() else ()


def _environment() -> dict[str, str]:
    one = dict.fromkeys(["OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"], "1")
    home = {"HOME": "/tmp", "MPLCONFIGDIR": MATPLOTLIB, "IPYTHONDIR": "/tmp/ipython"}
    return {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "MPLBACKEND": "agg", **home, **one}


def _readable() -> tuple[str, ...]:
    """Return the folders of the Python environment and of the course's package, no others.

    An editable package lies in its clone, whose other folders hold solutions: of it the package
    alone is shown.
    """
    folders = {Path(sys.prefix), Path(sys.base_prefix), PACKAGE}
    folders |= {Path(sysconfig.get_path(name)) for name in ("stdlib", "purelib", "platlib")}
    folders |= {Path(folder) for folder in site.getsitepackages()}
    folders |= {Path(os.path.realpath(sys.executable)).parent}
    kept = sorted(str(folder) for folder in folders if folder.exists())
    return tuple(
        folder
        for folder in kept
        if not any(folder != other and folder.startswith(f"{other}/") for other in (*kept, *SYSTEM))
        and folder not in SYSTEM
    )
