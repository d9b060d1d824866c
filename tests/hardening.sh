#!/bin/bash
# What the compiler and the linker guard in the two programs, read from the files
# themselves. Prints TAP.
# Environment: INVAUDIT and STATIC, as make built them.
set -u
. "$(dirname "$0")/tap.sh"
export LC_ALL=C
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

has() { # NAME PATTERN FILE
    grep -qE "$2" "$3"
    say $? "$1"
}

check() { # WHICH PROGRAM
    local machine
    readelf -hldW "$2" >"$work/headers" 2>&1
    nm "$2" >"$work/names" 2>&1
    objdump -d --no-show-raw-insn "$2" >"$work/code" 2>&1
    machine=$(sed -n 's/^ *Machine: *//p' "$work/headers")
    has "$1: it may lie anywhere in memory" 'FLAGS_1.*\bPIE\b' "$work/headers"
    has "$1: addresses of functions are found when it starts" 'FLAGS_1.*\bNOW\b' "$work/headers"
    has "$1: and are read-only then" 'GNU_RELRO' "$work/headers"
    has "$1: the stack is not run" 'GNU_STACK.* RW ' "$work/headers"
    has "$1: a stack written over ends it" '__stack_chk_fail' "$work/names"
    has "$1: the C library checks sizes" '__(mem|str|v?s?n?)[a-z]*_chk' "$work/names"
    case $machine in
    *X86-64*) has "$1: a large frame touches each page of the stack" 'sub +\$0x1000,%rsp' "$work/code" ;;
    *) skip "$1: a large frame touches each page of the stack" "not looked for on $machine" ;;
    esac
}

check "the program" "${INVAUDIT:?set INVAUDIT to the program to test}"
check "the static program" "${STATIC:?set STATIC to the static program to test}"
finish
