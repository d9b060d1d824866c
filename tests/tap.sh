# For test programs in bash, which print TAP:
#
#     . "$(dirname "$0")/tap.sh"
#     diff wanted printed >details
#     say $? "what is so" details     # the details are printed where it is not
#     finish                          # ends the program
number=0 failed=0

say() { # 0|1 NAME [FILE_WITH_DETAILS]
    number=$((number + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $number - $2"
    else
        failed=1
        echo "not ok $number - $2"
        [ -z "${3:-}" ] || tail -n 60 "$3" | sed 's/^/# /'
    fi
}

skip() { # NAME WHY
    number=$((number + 1))
    echo "ok $number - $1 # SKIP $2"
}

finish() {
    echo "1..$number"
    exit "$failed"
}
