#!/usr/bin/env python3
"""patch_file.py <base> <batch.json> <output>

Applies a batch to a file, whole or not at all. The change goes to standard output as a unified
diff; what stands against it to standard error, one line for each violation. Status 0: written;
1: refused, and nothing written; 2: a file could not be read or written, or the
library not loaded.
"""

import os
import sys

try:
    from firn import Batch, FirnError, Snapshot
except ImportError as error:
    print(error, file=sys.stderr)
    sys.exit(2)


def complain(path, violation):
    position = violation.get("position")
    at = f"{position['line']}:{position['byteColumn']}:" if position else ""
    print(f"{path}:{at} {violation['message']} [{violation['code']}]", file=sys.stderr)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write(path, content):
    """Whole or not at all: whoever reads the file meanwhile has the old one."""
    beside = f"{path}.new"
    with open(beside, "wb") as file:
        file.write(content)
    os.replace(beside, path)


def main(arguments):
    if len(arguments) != 3:
        print(f"usage: {sys.argv[0]} <base> <batch.json> <output>", file=sys.stderr)
        return 2
    base_path, batch_path, output_path = arguments
    try:
        base, batch = read(base_path), read(batch_path)
        # Atomic: tell everything that is wrong, not only the first.
        patched = Snapshot(base).apply(Batch(batch), policy="atomic")
        write(output_path, patched.bytes())
    except FirnError as error:
        for violation in error.violations:
            complain(batch_path, violation)
        return 1
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    sys.stdout.buffer.write(patched.unified_diff())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
