
# ---- how it is asked ----------------------------------------------------------------

set -u
umask 077
unset IFS CDPATH AWS_DEFAULT_OUTPUT
LC_ALL=C PYTHONUTF8=1 # else answers in other alphabets break off
AWS_PAGER='' AWS_CLI_AUTO_PROMPT=off
AWS_RETRY_MODE=standard AWS_MAX_ATTEMPTS=10
export LC_ALL PYTHONUTF8 AWS_PAGER AWS_CLI_AUTO_PROMPT AWS_RETRY_MODE AWS_MAX_ATTEMPTS

usage() {
    cat <<END
usage: sh ${0##*/} [-n] [-r REGIONS] [-R ROLE] [-j N] FOLDER [PROFILE...]

  -n          ask nothing: print each call, behind the file that its answer goes to
  -r REGIONS  ask of these regions only, with commas between; without it, of all that
              are asked of, or that an account uses
  -R ROLE     ask of each account of the organization, too, by its role of that name
  -j N        ask of N accounts at the same time
  -h          print this
END
}

say() { # TEXT
    printf '%s\n' "$1"
}

stop() { # TEXT
    say "$1" >&2
    exit 3
}

wrong() { # TEXT
    say "${0##*/}: $1; -h tells how to use it" >&2
    exit 2
}

now() {
    date -u +%Y-%m-%dT%H:%M:%SZ
}

has() { # WORD WORDS
    for one in $2; do
        [ "$one" != "$1" ] || return 0
    done
    return 1
}

# A line of what came from elsewhere, as a message and a table can hold it.
printable() {
    tr '\t' ' ' | tr -cd '[:print:]'
}

# The AWS CLI, with the profile at hand.
run_aws() { # WORD...
    if [ -n "$profile" ]; then
        aws --profile "$profile" "$@"
    else
        aws "$@"
    fi </dev/null
}

# ---- one call -----------------------------------------------------------------------

# Whether an earlier run of this script was answered: an answer that is older than the
# script is one that it asks for again.
is_answered() { # FILE
    [ -s "$1" ] && [ -s "$1.rc" ] && read -r status <"$1.rc" && [ "$status" = 0 ] &&
        [ -z "$(find "$0" -newer "$1.rc" 2>/dev/null)" ]
}

# Whether AWS refused a call as it does where there is nothing to tell.
is_refused() { # FILE: the error text
    case $refusal in
    '') return 1 ;;
    any)
        grep -q 'An error occurred (' "$1" &&
            ! grep -Eq 'occurred \((Throttl|TooManyRequests|RequestLimit|Expired|InvalidClientToken|UnrecognizedClient|SignatureDoesNotMatch|ServiceUnavailable|Internal)' "$1"
        ;;
    *) grep -q "An error occurred ($refusal)" "$1" ;;
    esac
}

# Asks what AWS refuses where there is nothing to tell: then it has told that.
may() { # CODE COMMAND...: the code of that error, or any
    refusal=$1
    shift
    "$@"
    refusal=''
}

# Gives an answer and its error text their names, and notes the call. The exit status
# comes last: where it is 0, the answer is whole.
keep() { # NAME BEGUN STATUS WORD...
    file=$place/$1 row=$1$tab$2$tab$(now)$tab$3 status=$3
    shift 3
    # 1: between two of these nothing may look whole that is not
    { echo 1 >"$file.rc" && mv -f "$file.err.part" "$file.err" && mv -f "$file.part" "$file"; } ||
        stop "cannot write $file"
    printf '%s\taws %s\n' "$row" "$*" >>"$place/manifest.tsv" ||
        stop "cannot write to $place/manifest.tsv"
    echo "$status" >"$file.rc" || stop "cannot write $file.rc"
}

ask() { # NAME WORD...: the file below the account's folder, and the words of the call
    name=$1 file=$place/$1
    shift
    case ${2-} in
    describe-* | list-* | get-*) ;;
    *) stop "refused: 'aws $*' might change something" ;;
    esac
    [ -z "$only" ] || has "${name%%/*}" "global $only" || return 0
    if [ -n "$dry" ]; then
        printf '%s\taws %s --output json\n' "$file" "$*"
        return
    fi
    asked=$((asked + 1))
    if is_answered "$file"; then
        kept=$((kept + 1))
        return
    fi
    { { [ -d "${file%/*}" ] || mkdir -p "${file%/*}"; } && rm -f "$file.part" && : >"$file.err.part"; } ||
        stop "cannot write to ${file%/*}"
    part=$file begun=$(now)
    run_aws "$@" --output json >"$file.part" 2>"$file.err.part"
    status=$?
    if [ "$status" -ne 0 ] || [ ! -s "$file.part" ]; then
        if is_refused "$file.err.part"; then
            refused=$((refused + 1))
        else
            failed=$((failed + 1))
            say "failed: $account/$name: $(grep . "$file.err.part" | tail -n 1 | printable)" >&2
        fi
        [ ! -s "$file" ] || { # an older answer tells more than none: all of it stays
            rm -f "$file.part" "$file.err.part"
            return
        }
    fi
    keep "$name" "$begun" "$status" "$@" --output json
}

# ---- calls about what other answers tell --------------------------------------------

# The ids in an answer as the AWS CLI prints it, a key of a record a line; but for what
# could be the name of a file to a call. One may begin with a hyphen, so all are told as
# --option=id.
ids() { # FILE KEY
    tr -d '\r' <"$1" | sed -n 's/^            "'"$2"'": "\([^"\\]*\)",\{0,1\}$/\1/p' |
        grep -E -x '[A-Za-z0-9_][A-Za-z0-9_.,:/@+=-]*|-[A-Za-z0-9_-]*' | grep -v '://' | sort -u
}

as_word() { # ID: as it stands in the name of a file
    printf '%s\n' "$1" | tr '/:' '__' | sed 's/--/-_/g'
}

# Asks about each record of a listing that was kept.
ask_each() { # LISTING KEY STEM OPTION WORD...
    listing=$place/$1 key=$2 stem=$3 option=$4
    shift 4
    [ -z "$dry" ] || {
        ask "$stem--ID.json" "$@" "$option=ID"
        return
    }
    [ -s "$listing" ] || return 0
    for id in $(ids "$listing" "$key"); do
        ask "$stem--$(as_word "$id").json" "$@" "$option=$id"
    done
}

# The same of listings that there are several of, LISTING--PARENT.json. A record names
# its parent, if the call is to be told that, too.
ask_each_part() { # LISTING KEY STEM PARENT_KEY PARENT_OPTION OPTION WORD...
    listing=$place/$1 key=$2 stem=$3 parent_key=$4 parent_option=$5 option=$6
    shift 6
    [ -z "$dry" ] || {
        ask "$stem--ID--ID.json" "$@" "$parent_option=ID" "$option=ID"
        return
    }
    for part_listing in "$listing"--*.json; do
        [ -s "$part_listing" ] || continue
        parent=$(ids "$part_listing" "$parent_key" | head -n 1)
        for id in $(ids "$part_listing" "$key"); do
            [ -n "$parent" ] || continue
            ask "$stem--$(as_word "$parent")--$(as_word "$id").json" "$@" \
                "$parent_option=$parent" "$option=$id"
        done
    done
}

# The regions that an account uses, by its answer.
find_regions() {
    regions=$only
    [ -z "$only" ] || return 0
    regions=REGION
    [ -z "$dry" ] || return 0
    regions=$(tr -d '\r' <"$place/global/ec2-describe-regions.json" | awk '
        /^        [{]/ { name = ""; is_unused = 0 }
        /^            "RegionName": "[a-z]+-[a-z0-9-]+",?$/ { split($0, part, "\""); name = part[4] }
        /^            "OptInStatus": "not-opted-in",?$/ { is_unused = 1 }
        /^        [}]/ { if (name != "" && !is_unused) print name }')
    [ -n "$regions" ]
}

# The accounts of the organization that are open, by the answer in a file.
open_accounts() { # FILE
    [ -s "$1" ] || return 0
    tr -d '\r' <"$1" | awk '
        /^        [{]/ { id = ""; is_closed = 0 }
        /^            "Id": "[0-9]+",?$/ { split($0, part, "\""); id = part[4] }
        /^            "(Status|State)": "/ { if ($0 !~ /"ACTIVE"/) is_closed = 1 }
        /^        [}]/ { if (length(id) == 12 && !is_closed) print id }'
}

# ---- one account --------------------------------------------------------------------

# Whose the credentials are: $account, $caller, and $identity as the AWS CLI prints it.
identify() {
    identity_begun=$(now)
    identity=$(run_aws sts get-caller-identity --output json)
    account=$(say "$identity" | tr -d '\r' | sed -n 's/^ *"Account": "\([0-9]*\)",\{0,1\}$/\1/p')
    caller=$(say "$identity" | tr -d '\r' | sed -n 's/^ *"Arn": "\([^"]*\)",\{0,1\}$/\1/p' | printable)
    case $account in
    '' | *[!0-9]*) account='' ;;
    esac
    [ ${#account} -eq 12 ]
}

begin_account() {
    begun=$(now)
    { mkdir -p "$place/global" && rm -f "$place/SHA256SUMS"; } || stop "cannot write to $place"
    [ -s "$place/manifest.tsv" ] || echo "path${tab}begun${tab}ended${tab}status${tab}command" \
        >"$place/manifest.tsv" || stop "cannot write to $place/manifest.tsv"
    [ -s "$place/collection.tsv" ] || echo "tool${tab}script${tab}aws${tab}caller${tab}host${tab}user${tab}begun${tab}ended" \
        >"$place/collection.tsv" || stop "cannot write to $place/collection.tsv"
    for table in "$place/manifest.tsv" "$place/collection.tsv"; do
        [ -z "$(tail -c 1 "$table")" ] || # half a line, when the machine went down
            { sed '$d' "$table" >"$table.part" && mv -f "$table.part" "$table"; } ||
            stop "cannot write $table"
    done
    printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\t-\n' "$tool" "$own_digest" "$aws_version" "$caller" \
        "$(uname -n | printable)" "$(id -un 2>/dev/null | printable)" "$begun" >>"$place/collection.tsv" ||
        stop "cannot write to $place/collection.tsv"
    is_answered "$place/global/sts-get-caller-identity.json" || {
        file=$place/global/sts-get-caller-identity.json
        { say "$identity" >"$file.part" && : >"$file.err.part"; } || stop "cannot write $file"
        part=$file
        keep global/sts-get-caller-identity.json "$identity_begun" 0 sts get-caller-identity --output json
    }
}

# What shows whether a file was changed: last of all, and of all but itself.
end_account() {
    part=$place/collection.tsv
    { sed '$s/-$/'"$(now)/" "$part" >"$part.part" && mv -f "$part.part" "$part"; } ||
        stop "cannot write $part"
    [ -n "$sums" ] || return 0
    part=$place/SHA256SUMS
    # shellcheck disable=SC2086 # its words
    (cd "$place" && find . -type f ! -name SHA256SUMS ! -name '*.part' -exec $sums {} + |
        sed 's,^\([0-9a-f]* [ *]\)\./,\1,' | sort -k 2 >SHA256SUMS.part && mv -f SHA256SUMS.part SHA256SUMS) ||
        stop "cannot write $part"
}

# In a subshell: credentials, and what is to be removed, are its own.
ask_account() {
    place=$folder/$account part='' asked=0 kept=0 failed=0 refused=0
    trap '[ -z "$part" ] || rm -f "$part.part" "$part.err.part"' EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
    begin_account
    ask_calls
    end_account
    text="$account: $((asked - kept - failed - refused)) answered, $kept answered before, $failed failed"
    [ "$refused" -eq 0 ] || text="$text, $refused refused as where there is nothing"
    say "$text"
    [ "$failed" -eq 0 ]
}

ask_calls() {
    [ -z "$role" ] || [ "$caller_is" = member ] ||
        may any ask global/organizations-list-accounts.json organizations list-accounts
    if [ "$accounts" != any ]; then
        ! has "$account" "$accounts" || "calls_of_$account"
        return
    fi
    calls_of_account
    if find_regions; then
        for region in $regions; do
            calls_of_region
        done
    else
        failed=$((failed + 1)) asked=$((asked + 1))
        say "failed: nothing tells the regions of $account: give them by -r" >&2
    fi
}

# The same of a member of the organization, by its role.
ask_member() { # ACCOUNT
    [ -n "${AWS_REGION-}${AWS_DEFAULT_REGION-}" ] ||
        { AWS_DEFAULT_REGION=$(run_aws configure get region) && export AWS_DEFAULT_REGION; }
    partition=${caller#arn:}
    keys=$(run_aws sts assume-role --role-arn "arn:${partition%%:*}:iam::$1:role/$role" \
        --role-session-name invaudit --output text \
        --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]')
    set -f
    # shellcheck disable=SC2086 # its words
    set -- "$1" $keys
    set +f
    [ $# -eq 4 ] || unreached "$1"
    unset AWS_PROFILE AWS_DEFAULT_PROFILE
    AWS_ACCESS_KEY_ID=$2 AWS_SECRET_ACCESS_KEY=$3 AWS_SESSION_TOKEN=$4 profile='' caller_is=member
    export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN
    { identify && [ "$account" = "$1" ]; } || unreached "$1"
    ask_account
}

unreached() { # ACCOUNT: ends the subshell
    say "refused: the role $role does not lead the credentials$whose to account $1" >&2
    exit 4
}

# ---- all accounts -------------------------------------------------------------------

# Runs a command in a subshell, beside others if -j allows it. Always in the background:
# a shell that waits for another hears no signal.
start() { # COMMAND...
    ("$@") &
    pids="$pids $!" running=$((running + 1))
    [ "$running" -lt "$jobs" ] || await
}

await() { # the one that was started first; a signal meanwhile ends it, too
    first=${pids# }
    first=${first%% *}
    wait "$first"
    first_status=$?
    pids=${pids#" $first"} running=$((running - 1))
    note "$first_status"
}

await_all() {
    while [ "$running" -gt 0 ]; do
        await
    done
}

note() { # STATUS
    case $1 in
    0) ;;
    1) all_failed=$((all_failed + 1)) ;;
    4) all_refused=$((all_refused + 1)) ;; # as was said
    *)
        give_up
        exit "$1"
        ;;
    esac
}

give_up() { # the others end when the call is answered that each of them waits for
    # shellcheck disable=SC2086 # its words
    [ -z "$pids" ] || kill $pids 2>/dev/null
    wait
}

refuse() { # TEXT
    say "refused: $1" >&2
    all_refused=$((all_refused + 1))
}

# Asks of the account that the credentials at hand are of; with a role, of the others of
# its organization, too.
ask_profile() {
    whose=${profile:+ of the profile $profile} caller_is=own
    [ -n "$own_region" ] || unset AWS_DEFAULT_REGION
    [ -n "${AWS_REGION-}$own_region" ] || run_aws configure get region >/dev/null 2>&1 ||
        { AWS_DEFAULT_REGION=${only%% *} && : "${AWS_DEFAULT_REGION:=us-east-1}" && export AWS_DEFAULT_REGION; }
    identify || {
        refuse "nothing tells the account of the credentials$whose"
        return
    }
    if [ "$accounts" != any ] && [ -z "$role" ] && ! has "$account" "$accounts"; then
        refuse "the credentials$whose are of account $account: nothing is asked of it"
        return
    fi
    if has "$account" "$done_accounts"; then
        refuse "the credentials$whose are of account $account, which was asked already"
        return
    fi
    done_accounts="$done_accounts $account"
    if [ -z "$role" ]; then
        start ask_account
        return
    fi
    start ask_account
    await_all
    members=$(open_accounts "$folder/$account/global/organizations-list-accounts.json")
    [ -n "$members" ] || refuse "nothing tells the accounts of the organization of $account"
    for member in $members; do
        ! has "$member" "$done_accounts" || continue
        [ "$accounts" = any ] || has "$member" "$accounts" || continue
        done_accounts="$done_accounts $member"
        start ask_member "$member"
    done
}

print_calls() {
    caller_is=own
    if [ "$accounts" = any ]; then
        account=ACCOUNT place=ACCOUNT
        ask_calls
    else
        for account in $accounts; do
            place=$account
            ask_calls
        done
    fi
}

tab=$(printf '\t') only='' role='' jobs=1 dry='' profile='' refusal=''
while getopts nr:R:j:h letter; do
    case $letter in
    n) dry=1 ;;
    r)
        only=$(say "$OPTARG" | tr ',' ' ')
        for region in $only; do
            case $region in
            *[!a-z0-9-]* | -* | [!a-z]*) wrong "'$region' is no region" ;;
            *-*) ;;
            *) wrong "'$region' is no region" ;;
            esac
        done
        [ -n "${only# }" ] || wrong 'no region'
        ;;
    R)
        role=$OPTARG
        case $role in
        '' | *[!A-Za-z0-9_+=,.@/-]*) wrong "'$role' is no role: give its name" ;;
        esac
        ;;
    j)
        jobs=$OPTARG
        case $jobs in
        [1-9] | [1-9][0-9]) ;;
        *) wrong "expected 1 to 99 accounts, met '$jobs'" ;;
        esac
        ;;
    h)
        usage
        exit
        ;;
    *)
        usage >&2
        exit 2
        ;;
    esac
done
shift $((OPTIND - 1))
if [ -n "$dry" ]; then
    print_calls
    exit
fi
[ $# -gt 0 ] || {
    usage >&2
    exit 2
}
folder=$1
shift
case $folder in
-*) folder=./$folder ;;
esac
[ -n "$accounts" ] || { say 'nothing is asked' && exit; }
command -v aws >/dev/null || stop 'the AWS CLI is not installed: there is no aws'
mkdir -p "$folder" || stop "cannot make the folder $folder"
sums=''
if command -v sha256sum >/dev/null; then
    sums=sha256sum
elif command -v shasum >/dev/null; then
    sums='shasum -a 256'
else
    say 'there is neither sha256sum nor shasum: the answers get no digests' >&2
fi
own_digest=-
[ -z "$sums" ] || [ ! -f "$0" ] || own_digest=$($sums <"$0" | cut -d ' ' -f 1)
aws_version=$(aws --version 2>&1 </dev/null | head -n 1 | printable)
own_region=${AWS_DEFAULT_REGION-} pids='' running=0 all_failed=0 all_refused=0 done_accounts=''
trap 'give_up; exit 129' HUP
trap 'give_up; exit 130' INT
trap 'give_up; exit 143' TERM
[ $# -gt 0 ] || set -- ''
for profile in "$@"; do
    ask_profile
done
await_all
rest=''
[ "$accounts" = any ] || for account in $accounts; do
    has "$account" "$done_accounts" || rest="$rest $account"
done
[ -z "$rest" ] || say "not asked, for want of their credentials:$rest"
[ -z "$done_accounts" ] || say "send back the folder $folder: what failed tells something, too"
[ "$all_refused" -eq 0 ] && [ "$all_failed" -eq 0 ]
