
# ---- how it is asked ----------------------------------------------------------------

set -u
umask 077
unset IFS AWS_DEFAULT_OUTPUT
LC_ALL=C PYTHONUTF8=1 # else answers in other alphabets break off
AWS_PAGER='' AWS_CLI_AUTO_PROMPT=off
AWS_RETRY_MODE=standard AWS_MAX_ATTEMPTS=10
export LC_ALL PYTHONUTF8 AWS_PAGER AWS_CLI_AUTO_PROMPT AWS_RETRY_MODE AWS_MAX_ATTEMPTS

stop() { # MESSAGE
    echo "$1" >&2
    exit 3
}

# The AWS CLI, with the profile at hand.
run_aws() { # WORD...
    if [ -n "$profile" ]; then
        aws --profile "$profile" "$@"
    else
        aws "$@"
    fi </dev/null
}

# Whether an earlier run of this script was answered: an answer that is older than the
# script is one that it asks for again.
is_answered() { # FILE
    [ -s "$1" ] && [ -s "$1.rc" ] && read -r status <"$1.rc" && [ "$status" = 0 ] &&
        [ -z "$(find "$0" -newer "$1.rc" 2>/dev/null)" ]
}

# Keeps what a call answers, what it writes to standard error (.err), and its exit status
# (.rc), which comes last: where it is 0, the answer is whole.
ask() { # FILE WORD...
    name=$1 file=$folder/$1
    shift
    asked=$((asked + 1))
    if is_answered "$file"; then
        kept=$((kept + 1))
        return
    fi
    { mkdir -p "${file%/*}" && : >"$file.err.part"; } ||
        stop "cannot write to ${file%/*}"
    part=$file
    begun=$(date -u +%Y-%m-%dT%H:%M:%SZ)
    run_aws "$@" --output json >"$file.part" 2>"$file.err.part"
    status=$?
    printf '%s\t%s\t%s\taws %s\n' "$name" "$begun" "$status" "$*" >>"$folder/manifest.tsv" ||
        stop "cannot write to $folder/manifest.tsv"
    if [ "$status" -ne 0 ] || [ ! -s "$file.part" ]; then
        failed=$((failed + 1))
        echo "failed: $name: $(grep . "$file.err.part" | tail -n 1 | tr -cd '[:print:]')" >&2
        [ ! -s "$file" ] || { # an older answer tells more than none: all of it stays
            rm -f "$file.part" "$file.err.part"
            return
        }
    fi
    # 1: between two of these nothing may look whole that is not
    { echo 1 >"$file.rc" && mv -f "$file.err.part" "$file.err" && mv -f "$file.part" "$file" &&
        echo "$status" >"$file.rc"; } || stop "cannot write $file"
}

# The ids in an answer as the AWS CLI prints it, a key of a record a line; but for what a
# call could take for an option or for the name of a file.
ids() { # FILE KEY
    tr -d '\r' <"$1" | sed -n 's/^            "'"$2"'": "\([^"\\]*\)",\{0,1\}$/\1/p' |
        grep -x '[A-Za-z0-9][A-Za-z0-9_.,:/@+=-]*' | grep -v '://' | sort -u
}

as_word() { # ID: as it stands in the name of a file
    printf '%s\n' "$1" | tr '/:' '__' | sed 's/--/-_/g'
}

# Asks about each record of a listing that was kept.
ask_each() { # LISTING KEY STEM WORD... OPTION
    listing=$folder/$1 key=$2 stem=$3
    shift 3
    [ -s "$listing" ] || return 0
    for id in $(ids "$listing" "$key"); do
        ask "$stem--$(as_word "$id").json" "$@" "$id"
    done
}

# The same of listings that there are several of, LISTING--PARENT.json. A record names
# its parent, if the call is to be told that, too.
ask_each_part() { # LISTING KEY STEM PARENT_KEY PARENT_OPTION OPTION WORD...
    listing=$folder/$1 key=$2 stem=$3 parent_key=$4 parent_option=$5 option=$6
    shift 6
    for part_listing in "$listing"--*.json; do
        [ -s "$part_listing" ] || continue
        parent=$(ids "$part_listing" "$parent_key" | head -n 1)
        for id in $(ids "$part_listing" "$key"); do
            ask "$stem--$(as_word "$parent")--$(as_word "$id").json" "$@" \
                "$parent_option" "$parent" "$option" "$id"
        done
    done
}

has() { # WORD WORDS
    for one in $2; do
        [ "$one" != "$1" ] || return 0
    done
    return 1
}

# Asks what is to be asked of the account that the credentials are of, and of no other.
ask_account() {
    whose=${profile:+ of the profile $profile}
    [ -n "$own_region" ] || unset AWS_DEFAULT_REGION
    [ -n "${AWS_REGION-}$own_region" ] || run_aws configure get region >/dev/null 2>&1 ||
        { AWS_DEFAULT_REGION=us-east-1 && export AWS_DEFAULT_REGION; } # for calls of none
    account=$(run_aws sts get-caller-identity --query Account --output text | tr -d '\r')
    case $account in
    '' | *[!0-9]*)
        echo "refused: nothing tells the account of the credentials$whose" >&2
        refused=$((refused + 1))
        return
        ;;
    esac
    if ! has "$account" "$accounts"; then
        echo "refused: the credentials$whose are of account $account: nothing is asked of it" >&2
        refused=$((refused + 1))
        return
    fi
    asked=0 kept=0 failed=0
    "calls_of_$account"
    all_failed=$((all_failed + failed))
    done_accounts="$done_accounts $account"
    echo "$account: $((asked - kept - failed)) answered, $kept answered before, $failed failed"
}

case ${1-} in
'' | -*)
    echo "usage: sh ${0##*/} FOLDER [PROFILE...]" >&2
    exit 2
    ;;
esac
folder=$1
shift
[ -n "$accounts" ] || { echo "nothing is asked" && exit; }
command -v aws >/dev/null || stop "the AWS CLI is not installed: there is no aws"
mkdir -p "$folder" || stop "cannot make the folder $folder"
own_region=${AWS_DEFAULT_REGION-} part='' refused=0 all_failed=0 done_accounts=''
trap '[ -z "$part" ] || rm -f "$part.part" "$part.err.part"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
[ $# -gt 0 ] || set -- ''
for profile in "$@"; do
    ask_account
done
rest=''
for account in $accounts; do
    has "$account" "$done_accounts" || rest="$rest $account"
done
[ -z "$rest" ] || echo "not asked, for want of their credentials:$rest"
[ -z "$done_accounts" ] || echo "send back the folder $folder: what failed tells something, too"
[ "$refused" -eq 0 ] && [ "$all_failed" -eq 0 ]
