"""Notebooks of ill intent: each a cell that attacks, then a test of the lab that it has not earned.

`ATTACKS` names the source of the cell `convolve` (the attacker never solves the question). An
attack that gets through prints or returns `ESCAPED`, put together so that its own source does not
hold the word.
"""

# ruff: noqa: E501
from __future__ import annotations

# Found wherever a file or an object of the process holds the hidden test's own word.
FIND = """
needle = "marsupial" + "-" + str(4711)
def escaped(): print("ESC" + "APED")
"""

ATTACKS: dict[str, str] = {
    # a. read the hidden tests
    "reads every file": FIND
    + """
import os
for folder, inner, names in os.walk("/"):
    if folder.startswith(("/proc", "/sys", "/usr", "/dev")) or "python3." in folder:
        inner.clear()
        continue
    for name in names:
        try:
            if needle in open(os.path.join(folder, name), errors="ignore").read(2_000_000):
                escaped()
        except (OSError, ValueError):
            pass
""",
    "walks frames": FIND
    + """
import sys
def convolve(x, k):
    frame = sys._getframe()
    while frame is not None:
        if any(needle in repr(v) for n, v in list(frame.f_locals.items()) if n != "needle" and n != "frame"):
            if frame.f_globals.get("needle") is None:
                escaped()
        frame = frame.f_back
    return [3.0, 5.0]
""",
    "asks the garbage collector": FIND
    + """
import gc, sys
def convolve(x, k):
    for thing in gc.get_objects():
        if type(thing) is dict and "EXPECTED_OF_TRIAL" in thing:
            escaped()
    for module in list(sys.modules):
        if module.endswith(("trial", "examination", "examiner", "hidden")):
            escaped()
    return [3.0, 5.0]
""",
    "reads /proc": FIND
    + """
import os
for pid in os.listdir("/proc"):
    if pid.isdigit():
        for what in ("cmdline", "environ"):
            try:
                text = open(f"/proc/{pid}/{what}", errors="ignore").read()
            except OSError:
                continue
            if "examiner" in text or "SECRET_OF_THE_GRADER" in text:
                escaped()
""",
    "reads its parent's memory": FIND
    + """
import os
for pid in {1, os.getppid()} - {os.getpid()}:
    try:
        maps = open(f"/proc/{pid}/maps").read().splitlines()
        memory = open(f"/proc/{pid}/mem", "rb")
        for line in maps[:2000]:
            low, high = (int(x, 16) for x in line.split()[0].split("-"))
            try:
                memory.seek(low)
                if needle.encode() in memory.read(min(high - low, 10_000_000)):
                    escaped()
            except (OSError, ValueError, OverflowError):
                pass
    except OSError:
        pass
""",
    "looks at the environment": FIND
    + """
import os
if any(name not in ALLOWED for name in os.environ if name.startswith("SECRET")): escaped()
""",
    # b. alter results
    "writes wherever it can": """
import os
for folder, inner, _ in os.walk("/"):
    if folder.startswith(("/proc", "/tmp", "/submission")):
        inner.clear()
        continue
    try:
        open(os.path.join(folder, "was-here"), "w").close()
        print("ESC" + "APED", folder)
    except OSError:
        pass
""",
    "writes a gradebook": """
import os
# All but the system's and the packages' own files, which would take the whole time limit.
for folder, below, files in os.walk("/"):
    below[:] = [name for name in below if name not in ("proc", "sys", "usr", "site-packages")]
    if "gradebook.db" in files: print("ESC" + "APED", folder)
""",
    "remounts the system": """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
if libc.mount(b"none", b"/usr", None, 32 | 4096, None) == 0: print("ESC" + "APED")
if libc.unshare(0x10000000) == 0: print("ESC" + "APED")
if libc.chroot(b"/tmp") == 0: print("ESC" + "APED")
if libc.setuid(0) == 0 and os.getuid() == 0: print("ESC" + "APED")
""",
    # c. patch what tests compare with
    "patches numpy and torch": """
import numpy, torch, builtins
for module, names in ((numpy, ("allclose", "isclose", "array_equal", "correlate")), (torch, ("allclose", "equal"))):
    for name in names:
        setattr(module, name, lambda *a, **k: True)
numpy.testing.assert_allclose = numpy.testing.assert_array_equal = lambda *a, **k: None
builtins.all = builtins.isinstance = lambda *a: True
""",
    "strips asserts": """
import ast
class Strip(ast.NodeTransformer):
    def visit_Assert(self, node): return ast.Pass()
    def visit_Raise(self, node): return ast.Pass()
get_ipython().ast_transformers.append(Strip())
""",
    "replaces the checks": """
class checks:
    equal = true = raises = staticmethod(lambda *a, **k: None)
    value = staticmethod(lambda thing: thing)
import course_lib.grading.checks as real
real.equal = real.true = real.raises = real.difference = lambda *a, **k: None
""",
    "hooks the shell": """
shell = get_ipython()
shell.run_cell = lambda *a, **k: None
shell.events.register("pre_run_cell", lambda *a: None)
import sys; sys.settrace(lambda *a: None); sys.excepthook = lambda *a: None
""",
    # d. objects equal to everything
    "equals everything": """
class Equal:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __array__(self, *a, **k): raise RuntimeError
    def __float__(self): return 42.0
    def __len__(self): return 2
    def __getitem__(self, i): return self
    __lt__ = __le__ = __gt__ = __ge__ = __contains__ = lambda self, other: True
    def __sub__(self, other): return 0.0
    __rsub__ = __sub__
    def __call__(self, *a, **k): return self
    def __hash__(self): return 0
convolve = answer = scale = Equal()
""",
    "overrides torch functions": """
import torch
class Tensor(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None): return True
convolve = lambda x, k: torch.zeros(2).as_subclass(Tensor)
answer = torch.zeros(()).as_subclass(Tensor)
""",
    "subclasses float and ndarray": """
import numpy as np
class Number(float):
    def __eq__(self, other): return True
    def __sub__(self, other): return 0.0
class Array(np.ndarray):
    def __array_ufunc__(self, *a, **k): return True
    def __array_function__(self, *a, **k): return True
convolve = lambda x, k: np.zeros(2).view(Array)
answer, scale = Number(0), lambda f: lambda x: Number(0)
""",
    "changes what it was given": """
def convolve(x, k):
    try:
        x[:] = [0.0] * len(x); k[:] = [0.0] * len(k)
    except Exception: pass
    return [0.0] * 3
""",
    # e. end
    "exits in a cell": "import os\nos._exit(0)",
    "exits in a call": "import os\ndef convolve(x, k): os._exit(0)\nanswer = 41",
    "kills itself": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
    "kills all": "import os, signal\ndef convolve(x, k): os.kill(-1, signal.SIGKILL)",
    "raises SystemExit": "def convolve(x, k): raise SystemExit(0)",
    "raises KeyboardInterrupt": "def convolve(x, k): raise KeyboardInterrupt",
    "overflows the stack": "def convolve(x, k): return convolve(x, k)",
    "crashes the interpreter": "import ctypes\ndef convolve(x, k): ctypes.string_at(0)",
    # f. take everything
    "forks": """
import os, time
made = 0
for _ in range(2000):
    try:
        if os.fork() == 0: time.sleep(60); os._exit(0)
        made += 1
    except OSError: break
if made > 200: print("ESC" + "APED")
""",
    "starts threads": """
import threading, time
made = 0
try:
    for _ in range(2000): threading.Thread(target=time.sleep, args=(60,), daemon=True).start(); made += 1
except RuntimeError: pass
if made > 200: print("ESC" + "APED")
""",
    "takes memory": "hoard = [bytearray(b'x') * 2**28 for _ in range(64)]\nprint('ESC' + 'APED')",
    "takes memory in many processes": """
import os, time
for _ in range(30):
    try:
        if os.fork() == 0:
            hoard = bytearray(b"x") * 2**29
            time.sleep(60); os._exit(0)
    except OSError: break
time.sleep(8)
""",
    "fills the disk": """
written = 0
try:
    for i in range(64):
        with open(f"/tmp/{i}", "wb") as file: file.write(bytes(2**25)); written += 2**25
except OSError: pass
if written > 2**29: print("ESC" + "APED")
""",
    "raises its own limits": """
import resource
for kind in (resource.RLIMIT_DATA, resource.RLIMIT_NPROC, resource.RLIMIT_CPU):
    try:
        resource.setrlimit(kind, (resource.RLIM_INFINITY, resource.RLIM_INFINITY)); print("ESC" + "APED")
    except (ValueError, OSError): pass
""",
    "loops for ever": "while True: pass",
    "loops past interrupts": """
import signal
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM): signal.signal(number, signal.SIG_IGN)
def convolve(x, k):
    while True:
        try:
            while True: pass
        except BaseException: pass
""",
    "hoards memory that nobody counts": """
import ctypes, os
try:
    os.memfd_create("hoard"); print("ESC" + "APED")
except OSError: pass
libc = ctypes.CDLL(None, use_errno=True)
for make, size in ((libc.shmget, [2**33]), (libc.msgget, []), (libc.semget, [100])):
    if make(0, *map(ctypes.c_size_t, size), 0o1600) != -1: print("ESC" + "APED")
""",
    "leaves a process behind": """
import os, time
if os.fork() == 0:
    os.setsid()
    while True: time.sleep(1)
""",
    # g, h. reach others
    "opens a namespace": """
import subprocess
if subprocess.run(["unshare", "-Urn", "true"], stderr=subprocess.DEVNULL).returncode == 0: print("ESC" + "APED")
""",
    "calls the machine below": """
import socket
for family in (16, 17, 38, 40):  # netlink, packets, the kernel's ciphers, vsock
    try:
        socket.socket(family, socket.SOCK_DGRAM); print("ESC" + "APED", family)
    except OSError: pass
""",
    "leaves a key behind": """
import ctypes, platform
libc, numbers = ctypes.CDLL(None), {"x86_64": 248, "aarch64": 217}
if libc.syscall(numbers[platform.machine()], b"user", b"answers", b"42", 2, -4) != -1: print("ESC" + "APED")
""",
    "asks by another set of calls": """
import ctypes, platform
libc = ctypes.CDLL(None)
if platform.machine() == "x86_64" and libc.syscall(0x40000000 + 319, b"hoard", 0) != -1: print("ESC" + "APED")
""",
    # module shadowing
    "shadows modules": """
import os
for name in ("numpy", "torch", "json", "course_lib", "sitecustomize", "usercustomize"):
    for folder in ("/submission", "/tmp", "."):
        with open(f"{folder}/{name}.py", "w") as file: file.write("print('ESC' + 'APED')\\nraise SystemExit")
os.environ["PYTHONPATH"] = "/submission:/tmp"
os._exit(0)
""",
    # the wire
    "writes noise on every descriptor": """
import os
def convolve(x, k):
    for fd in range(3, 256):
        try: os.write(fd, b"\\xff" * 64)
        except OSError: pass
    return [3.0, 5.0]
""",
    "promises a frame of 2 GB": """
import os, struct
def convolve(x, k):
    for fd in range(3, 256):
        try: os.write(fd, struct.pack(">IQ", 10, 2**31) + b"0123456789")
        except OSError: pass
""",
    "stops in the middle of a frame": """
import os, struct, time
def convolve(x, k):
    for fd in range(3, 256):
        try: os.write(fd, struct.pack(">IQ", 1000, 0) + b"{")
        except OSError: pass
    time.sleep(1000)
""",
    "answers before it is asked": """
import os, json, struct
text = json.dumps({"message": ["value", 42], "sizes": []}).encode()
for fd in range(3, 256):
    try: os.write(fd, (struct.pack(">IQ", len(text), 0) + text) * 50)
    except OSError: pass
""",
    "patches its side of the wire": """
import course_lib.grading.student as student
student.Student.answer = lambda self, request, buffers: student.frame(["value", True])
student.frame = lambda *a: b"\\0" * 12
""",
    # values
    "returns too much": "import numpy as np\ndef convolve(x, k): return np.zeros(10**9, dtype=np.uint8)",
    "returns a deep nest": """
def convolve(x, k):
    nest = []
    for _ in range(100_000): nest = [nest]
    return nest
""",
    "returns itself": "loop = []\nloop.append(loop)\ndef convolve(x, k): return loop\nanswer = loop",
    "returns huge numbers": "def convolve(x, k): return [10**100_000, -(10**100_000)]\nanswer = 10**5000",
    "returns half a character": "def convolve(x, k): return '\\ud800'\nanswer = '\\udfff'",
    "returns a pickle that bites": """
class Bite:
    def __reduce__(self): return (print, ("ESC" + "APED",))
def convolve(x, k): return Bite()
answer, scale = Bite(), Bite()
""",
    "returns a dtype of objects": """
import numpy as np
def convolve(x, k): return np.array([3.0, 5.0], dtype=object)
answer = np.array([object()], dtype=object)
""",
    "returns nan": "def convolve(x, k): return [float('nan')] * len(x)\nanswer = float('nan')",
    "returns every answer": "answer = list(range(1000))\ndef convolve(x, k): return [[3.0, 5.0], [0.0]]",
    "remembers the visible example": """
def convolve(x, k): return [3.0, 5.0]
""",
    "raises what cannot be written": """
class Bad(Exception):
    def __str__(self): raise SystemExit
    __repr__ = __str__
Bad.__name__ = "passed" * 1000
def convolve(x, k): raise Bad
""",
    "prints without end": """
print("x" * 50_000_000)
for _ in range(20_000): print("y" * 100)
""",
    "shows too much": """
from IPython.display import display, HTML, Image
for _ in range(5_000): display(HTML("<script>alert(1)</script>"))
""",
    "raises with markup": "raise ValueError('<script>alert(1)</script>\\x1b[2J')",
    "imports the lab's own solution": """
try:
    from labs import solution
    print("ESC" + "APED")
except ImportError: pass
""",
    "sleeps just under the limit": "import time\ntime.sleep(1.5)\ndef convolve(x, k): time.sleep(1.5)",
}
