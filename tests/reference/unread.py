"""What stands in a tree in place of a file that can be read."""

LINK = "a link"
PIPE = "a pipe"
CLOSED = "a folder that is not searched"  # it lies deeper than the program looks

DEPTH_MAX = 129  # folders below the one that is searched: the first that is not
