"""What a student's code may not ask the kernel for, as a program that bubblewrap hands to seccomp.

Namespaces leave some doors open: memory that belongs to no process, so that no limit counts it
(memfd, System V), keyrings, asynchronous calls that other limits do not see, and sockets that lead
to the machine below (vsock), which no network namespace holds back. They fail with EPERM.

The numbers are those of the kernel's headers, `asm/unistd_64.h` and `asm-generic/unistd.h`; the
program's form is that of Documentation/userspace-api/seccomp_filter.rst.
"""

from __future__ import annotations

import errno
import platform
import socket
import struct
from dataclasses import dataclass

from course_lib.grading.errors import SandboxError

# name: its number on x86-64 and on AArch64
CALLS = {
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    "mq_open": (240, 180),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "io_setup": (206, 0),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_getfd": (438, 438),
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsmount": (432, 432),
    "mount_setattr": (442, 442),
    "open_by_handle_at": (304, 265),
    "inotify_init1": (294, 26),
    "fanotify_init": (300, 262),
}
SOCKETS = (socket.AF_UNIX, socket.AF_INET, socket.AF_INET6)

# Where `struct seccomp_data` has what is asked for.
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16
LOAD, IS, FROM, RETURN = 0x20, 0x15, 0x35, 0x06  # BPF_LD|W|ABS, BPF_JMP|JEQ|K, …|JGE|K, BPF_RET|K
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM
X32 = 0x40000000  # numbers from here on are x86-64's other set of calls


@dataclass(frozen=True)
class Machine:
    """A kind of processor: the kernel's name for its calls, and where their numbers stand."""

    architecture: int
    column: int
    socket: int


MACHINES = {"x86_64": Machine(0xC000003E, 0, 41), "aarch64": Machine(0xC00000B7, 1, 198)}


def program(machine: str | None = None) -> bytes:
    """Return the filter for a machine, by default this one, as `bwrap --seccomp` reads it.

    Raises
    ------
    SandboxError
        If nothing is known of such machines.
    """
    name = machine or platform.machine()
    if name not in MACHINES:
        raise SandboxError(
            f"grading knows the system calls of {', '.join(MACHINES)}, not of {name}"
        )
    kind = MACHINES[name]
    # Of each step: code, operand, where to go if so, and if not; None is the next step.
    steps: list[tuple[int, int, str | None, str | None]] = [
        (LOAD, ARCHITECTURE, None, None),
        (IS, kind.architecture, None, "refuse"),
        (LOAD, NUMBER, None, None),
        (FROM, X32, "refuse", None),
        *((IS, numbers[kind.column], "refuse", None) for numbers in CALLS.values()),
        (IS, kind.socket, None, "allow"),
        (LOAD, FIRST_ARGUMENT, None, None),
        *((IS, int(family), "allow", None) for family in SOCKETS),
        (RETURN, REFUSE, None, None),
        (RETURN, ALLOW, None, None),
    ]
    ends = {"refuse": len(steps) - 2, "allow": len(steps) - 1}
    words = []
    for place, (code, operand, yes, no) in enumerate(steps):
        jumps = (ends[to] - place - 1 if to else 0 for to in (yes, no))
        words.append(struct.pack("=HBBI", code, *jumps, operand))
    return b"".join(words)
