"""Run as a program: tries to look into another process of the same user, in the two ways there are.

    python -m tests.adapters.prying_process PID

Prints `read` or `attach` for each way that worked, and the name of the error for each that did not.
"""

import ctypes
import errno
import os
import sys

PLAIN_USER = 65534
PTRACE_SEIZE = 0x4206
PR_SET_DUMPABLE = 4


def become_plain_user(*, dumpable: bool = False) -> None:
    """Give up being root; a change of user hides a process, which `dumpable` takes back."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(PLAIN_USER, PLAIN_USER, PLAIN_USER)
        os.setresuid(PLAIN_USER, PLAIN_USER, PLAIN_USER)
    if dumpable:
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)


def main(pid: int) -> None:
    become_plain_user()
    try:
        with open(f"/proc/{pid}/mem", "rb"):  # noqa: PTH123 - no file
            sys.stdout.write("read\n")
    except OSError as error:
        sys.stdout.write(f"{errno.errorcode[error.errno or 0]}\n")
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.ptrace(PTRACE_SEIZE, pid, None, None) == 0:
        sys.stdout.write("attach\n")
    else:
        sys.stdout.write(f"{errno.errorcode[ctypes.get_errno()]}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
