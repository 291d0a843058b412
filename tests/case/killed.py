"""Does something to a case again and again, each time in a process that is killed at some point.

    python killed.py WHAT FROM TO DELAY...

WHAT is backup or restore; TO is made new each time, and looked at before the next. Prints a line
for each delay (in seconds): whether something was at TO after the kill.
"""

import os
import signal
import sys
import time
from pathlib import Path

from everyname.case import back_up, restore

ACTS = {"backup": back_up, "restore": restore}


def say(what):
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def main(what, source, target, *delays):
    for number, delay in enumerate(delays):
        place = Path(f"{target}-{number}")
        child = os.fork()
        if child == 0:
            ACTS[what](Path(source), place)
            os._exit(0)
        time.sleep(float(delay))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        say("there" if place.exists() else "nothing")


if __name__ == "__main__":
    main(*sys.argv[1:])
