"""How much memory a notebook took: asked in its kernel, after its last cell, in no cell of it.

The question is a silent request of Jupyter's protocol with a user expression: it leaves no trace in
the notebook, its history or its names.
"""

from __future__ import annotations

import json
import sys
import time
from ast import literal_eval
from pathlib import Path
from typing import Any

EXPRESSION = f"__import__({__name__!r}, fromlist=['peaks']).peaks()"
TRIES = 5  # a kernel in which a cell just failed may turn the first requests away


def peaks() -> str:
    """Return, of this process, the peaks of memory so far, as JSON.

    ``host_bytes`` is the largest resident set, or null where the system does not tell.
    ``device_bytes`` is the largest of ``torch.cuda.max_memory_allocated`` over the devices, 0 where
    no tensor was on one; ``device_names`` are those of the devices that were used.
    """
    devices: dict[str, int] = {}
    torch = sys.modules.get("torch")  # who has not imported it has nothing on a device
    if torch is not None and torch.cuda.is_available() and torch.cuda.is_initialized():
        for index in range(torch.cuda.device_count()):
            if taken := torch.cuda.max_memory_allocated(index):
                name = torch.cuda.get_device_name(index)
                devices[name] = max(taken, devices.get(name, 0))
    found = {
        "host_bytes": host_peak(),
        "device_bytes": max(devices.values(), default=0),
        "device_names": sorted(devices),
    }
    return json.dumps(found)


def host_peak() -> int | None:
    """Return the largest resident set of this process so far, in bytes, or None if nobody tells."""
    try:
        status = Path("/proc/self/status").read_text("ascii", "replace")
        return int(status.split("VmHWM:")[1].split()[0]) * 1024
    except (OSError, IndexError):
        pass
    try:
        from resource import RUSAGE_SELF, getrusage
    except ImportError:  # Windows
        return None
    # Not on Linux: there it begins with what the parent had.
    return getrusage(RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def ask(client: Any) -> dict[str, Any]:
    """Return what :func:`peaks` gives in the kernel of a client of nbclient; {} if it is silent."""
    for _ in range(TRIES):
        sent = client.kc.execute(
            "", silent=True, store_history=False, user_expressions={"peaks": EXPRESSION}
        )
        reply = client.wait_for_reply(sent)
        answer = (reply or {}).get("content", {}).get("user_expressions", {}).get("peaks")
        if answer is not None:
            break
        time.sleep(0.1)
    else:
        return {}
    if answer.get("status") != "ok":
        return {}
    found: dict[str, Any] = json.loads(literal_eval(answer["data"]["text/plain"]))
    return found
