"""`python -m benchmarks [NAME …] [--quick]`: measure, and print a table for each."""

import argparse
import asyncio
import sys
import time
import traceback

from . import acknowledge, answers, assess, idle, page, start, statements, thread
from .figures import NotMeasured, table

MEASURES = {
    module.__name__.rpartition(".")[2]: module
    for module in (answers, thread, acknowledge, start, statements, assess, idle, page)
}


def main() -> int:
    """0 whatever the figures are; 1 if something could not be measured."""
    arguments = _arguments()
    unmeasured = [name for name in arguments.names or MEASURES if not _measured(name, arguments.quick)]
    return 1 if unmeasured else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="How fast is the bot? See README.md.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"what to measure: {', '.join(MEASURES)}; all of them")
    parser.add_argument("--quick", action="store_true", help="fewer rounds: about two minutes in all, and noisier")
    arguments = parser.parse_args()
    for name in arguments.names:
        if name not in MEASURES:
            parser.error(f"{name!r} is none of {', '.join(MEASURES)}")
    return arguments


def _measured(name: str, quick: bool) -> bool:
    started = time.monotonic()
    try:
        figures = asyncio.run(MEASURES[name].measure(quick))
    except NotMeasured as error:
        print(f"\n{name}: not measured: {error}", flush=True)
        return False
    except Exception:  # one that breaks leaves the others to be measured
        print(f"\n{name}: not measured:\n{traceback.format_exc(limit=-3)}", flush=True)
        return False
    about = (MEASURES[name].__doc__ or "").strip()
    print(f"\n{name}: {about} ({time.monotonic() - started:.0f} s)\n{table(figures)}", flush=True)
    return True


if __name__ == "__main__":
    sys.exit(main())
