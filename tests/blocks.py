#!/usr/bin/env python3
"""Where a short look of clang's analyzer leaves blocks of a function that a longer look is in.

    tests/blocks.py SHORT LONG FILE... -- FLAG_OF_THE_COMPILER...

SHORT and LONG are options of the analyzer. Prints the files in which SHORT is not in a block
that LONG is in, and the functions.
"""

import re
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

# name -> Total CFGBlocks: 15 | Unreachable CFGBlocks: 4 | ...
FUNCTION = re.compile(r"(\S+) -> Total CFGBlocks: (\d+) \| Unreachable CFGBlocks: (\d+) ")
CHECKERS = "core,deadcode,security,unix,valist,debug.Stats"


def missed(options, flags, file):
    """Of each function: in how many blocks the analyzer has not been."""
    done = subprocess.run(
        ["clang", "--analyze", "-Xclang", "-analyzer-checker=" + CHECKERS, "-o", "/dev/null"]
        + options + flags + ["-w", file],
        capture_output=True, text=True, check=True,
    )
    functions = {}
    for name, blocks, count in FUNCTION.findall(done.stderr):
        key = name, blocks
        functions[key] = min(int(count), functions.get(key, int(count)))
    return functions


def compare(file, short, long, flags):
    fewer, more = (missed(options, flags, file) for options in (short, long))
    assert fewer and more, file + ": the analyzer tells of no function"
    # one that is looked at only where another calls it is in one of both
    return [name for name, blocks in fewer if fewer[name, blocks] > more.get((name, blocks), 1 << 30)]


def main():
    short, long = (shlex.split(words) for words in sys.argv[1:3])
    end = sys.argv.index("--")
    files, flags = sys.argv[3:end], [flag for flag in sys.argv[end + 1 :] if not flag.startswith("-W")]
    with ThreadPoolExecutor(2) as pool:
        for file, names in zip(files, pool.map(lambda file: compare(file, short, long, flags), files)):
            if names:
                print(file, *names, flush=True)


main()
