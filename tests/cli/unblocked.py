"""unblocked.py COMMAND...: its standard output and standard error do not block, are read
slowly, and land in the files `out` and `err`; ends with its status."""
import os
import subprocess
import sys
import threading
import time


def drain(source, path):
    with open(path, "wb") as file:
        while chunk := os.read(source, 4000):
            file.write(chunk)
            time.sleep(0.002)


def main():
    pipes = [os.pipe() for _ in range(2)]
    for _, end in pipes:
        os.set_blocking(end, False)
    threads = [threading.Thread(target=drain, args=(pipe[0], name))
               for pipe, name in zip(pipes, ["out", "err"])]
    for thread in threads:
        thread.start()
    status = subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=pipes[0][1],
                            stderr=pipes[1][1], timeout=60).returncode
    for _, end in pipes:
        os.close(end)
    for thread in threads:
        thread.join()
    return status


sys.exit(main())
