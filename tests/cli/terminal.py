"""Runs a command on a terminal of its own and prints what was to be seen there:

    terminal.py COLUMNS COMMAND...

Standard output is the terminal; standard input and standard error stay. COLUMNS 0: the
terminal tells no size. Ends with the command's status, 128 + n if signal n ended it.

The terminal is kept open until all was read: where the last who has it open goes away,
what was written and not yet read may be lost.
"""

import fcntl
import os
import struct
import subprocess
import sys
import termios
import threading

END = b"\0the command has ended\0"

master, slave = os.openpty()
fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, int(sys.argv[1]), 0, 0))
# as a file has it: no carriage returns
modes = termios.tcgetattr(slave)
modes[1] &= ~termios.OPOST
termios.tcsetattr(slave, termios.TCSANOW, modes)
child = subprocess.Popen(sys.argv[2:], stdout=slave)


def say_end():
    child.wait()
    os.write(slave, END)


threading.Thread(target=say_end).start()
seen = b""
while not seen.endswith(END):
    seen += os.read(master, 65536)
sys.stdout.buffer.write(seen[: -len(END)])
sys.stdout.flush()
status = child.wait()
sys.exit(status if status >= 0 else 128 - status)
