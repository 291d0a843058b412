"""Reviews a case again and again, each time in a process that is killed at some moment.

    python killed_review.py CASE

For each line of its input, which is a seed, it prints what was acknowledged before the kill: a line
"+ a b decision" for an answer, "- a b" for one taken back, and "killed" at the end.
"""

import os
import random
import signal
import sys
import time
from pathlib import Path

from everyname.case import reviewing
from everyname.errors import CaseError


def reviewed(case, seed, acknowledged):
    chance = random.Random(seed)  # noqa: S311
    with reviewing(case, "Ann") as review:
        os.write(acknowledged, b"begun\n")
        while review.question() is not None:
            if chance.random() < 0.15:
                gone = review.undo()
                if gone is not None:
                    os.write(acknowledged, f"- {gone.record_a} {gone.record_b}\n".encode())
                continue
            decision = chance.choice(["same", "different", "different", "unsure"])
            made = review.answer(decision, "a reason, with a comma")
            words = f"+ {made.record_a} {made.record_b} {decision}\n"
            os.write(acknowledged, words.encode())


def killed(case, seed):
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            reviewed(case, seed, writing)
        except CaseError as error:
            os.write(writing, f"error {error}\n".encode())
        os._exit(0)
    os.close(writing)
    told = more = os.read(reading, 1 << 16)
    time.sleep(random.Random(seed).uniform(0, 1))  # noqa: S311
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(reading, 1 << 16):
        told += more
    os.close(reading)
    return told.decode()


def main(case):
    for seed in sys.stdin:
        sys.stdout.write(killed(Path(case), seed.strip()) + "killed\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
