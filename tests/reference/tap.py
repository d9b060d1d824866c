"""Prints TAP, a line a batch of trees."""


def say_all(count, batches):
    """`batches`: so many (name, what is wrong, as lines). True: nothing is."""
    any_wrong = False
    print("1..%d" % count, flush=True)
    for index, (name, said) in enumerate(batches, 1):
        any_wrong = any_wrong or bool(said)
        print("not ok" if said else "ok", index, "-", name, flush=True)
        for line in said:
            print("#", line)
    return not any_wrong
