#!/bin/bash
# GNU parallel reads evidence in parts over ssh, and merge judges them: an sshd of this test's
# own on the loopback, with keys and a configuration in a temporary folder, for whoever runs
# it, root or not. Skipped where a program is missing. Prints TAP.
set -u
. "$(dirname "$0")/tap.sh"
here=$(cd "$(dirname "$0")" && pwd)
program=${INVAUDIT:?set INVAUDIT to the program to test}
name="parts that GNU parallel read over ssh give the report of one scan"
PATH=$PATH:/usr/sbin

for needed in parallel:parallel sshd:openssh-server ssh-keygen:openssh-client rsync:rsync; do
    command -v "${needed%:*}" >/dev/null && continue
    skip "$name" "no ${needed%:*} here: install ${needed#*:} (make deps-parallel)"
    finish
done

# Paths of sockets must be short.
work=$(TMPDIR=/tmp mktemp -d)
sshd=
stop() {
    ssh -F "$work/config" -O exit node >/dev/null 2>&1
    [ -z "$sshd" ] || kill "$sshd" 2>/dev/null
    wait
    rm -rf "$work"
}
trap stop EXIT
mkdir "$work/here" "$work/there" "$work/parallel"
ssh-keygen -q -t ed25519 -N '' -f "$work/host"
ssh-keygen -q -t ed25519 -N '' -f "$work/key"
cp -r "$here/../fixtures/three-accounts/evidence" "$work/evidence"
[ "$(id -u)" -ne 0 ] || mkdir -p /run/sshd # where sshd goes before it knows who asks

# start PORT: false, if another has it
start() {
    cat >"$work/sshd_config" <<END
Port $1
ListenAddress 127.0.0.1
HostKey $work/host
AuthorizedKeysFile $work/key.pub
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
MaxStartups 100
MaxSessions 100
END
    cat >"$work/config" <<END
Host node
    HostName 127.0.0.1
    Port $1
    User $(id -un)
    IdentityFile $work/key
    IdentitiesOnly yes
    UserKnownHostsFile $work/known
    StrictHostKeyChecking accept-new
    LogLevel ERROR
    ControlMaster auto
    ControlPath $work/control
    ControlPersist 60
END
    "$(command -v sshd)" -D -e -f "$work/sshd_config" >"$work/sshd.log" 2>&1 &
    sshd=$!
    for _ in $(seq 50); do
        kill -0 "$sshd" 2>/dev/null || return 1
        ssh -F "$work/config" -o ConnectTimeout=5 node true >"$work/ssh.log" 2>&1 && return 0
        sleep 0.1
    done
    return 1
}

for _ in 1 2 3; do
    start $((20000 + RANDOM % 12000)) && break
    [ -z "$sshd" ] || kill "$sshd" 2>/dev/null
    sshd=
done
if [ -z "$sshd" ]; then
    cat "$work/sshd.log" "$work/ssh.log" >"$work/why" 2>/dev/null
    say 1 "an sshd on the loopback takes a key" "$work/why"
    finish
fi
say 0 "an sshd on the loopback takes a key"

export PARALLEL_HOME=$work/parallel PARALLEL_SHELL=/bin/sh SHELL=/bin/sh
cd "$work/here" || exit 1
echo "2/ssh -F $work/config node" >machines
parallel --will-cite --sshloginfile machines --workdir "$work/there" --return '{}.state' --cleanup \
    "$program" scan --shard '{}/3' -o 'state={}.state' "$work/evidence" ::: 1 2 3 >"$work/said" 2>&1
say $? "GNU parallel reads three parts over ssh" "$work/said"
[ "$(ls "$work/there" 2>/dev/null)" = "" ] && [ "$(ls -- *.state)" = "$(printf '%s\n' 1.state 2.state 3.state)" ]
say $? "the states came back, and none is left there"
"$program" scan -o json="$work/one.json" "$work/evidence" >"$work/one.txt" 2>&1
"$program" merge -o json="$work/merged.json" 1.state 2.state 3.state >"$work/merged.txt" 2>&1
cmp "$work/one.json" "$work/merged.json" >"$work/said" 2>&1 && diff "$work/one.txt" "$work/merged.txt" >>"$work/said" &&
    grep -q '3 fail' "$work/merged.txt"
say $? "$name" "$work/said"
finish
