#!/bin/bash
# An array of Slurm reads evidence in parts, and merge judges them: slurmctld, slurmd and
# munged of this test's own, one node on the loopback, all in a temporary folder. As root,
# since slurmd asks for that. Prints TAP.
set -u
. "$(dirname "$0")/tap.sh"
here=$(cd "$(dirname "$0")" && pwd)
program=${INVAUDIT:?set INVAUDIT to the program to test}
name="parts that an array of Slurm read give the report of one scan"
PATH=$PATH:/usr/sbin

for needed in slurmctld:slurm-wlm slurmd:slurm-wlm sbatch:slurm-wlm munged:munge; do
    command -v "${needed%:*}" >/dev/null && continue
    skip "$name" "no ${needed%:*} here: install ${needed#*:} (make deps-slurm)"
    finish
done
if [ "$(id -u)" -ne 0 ]; then
    skip "$name" "slurmd runs as root only"
    finish
fi

work=$(TMPDIR=/tmp mktemp -d)
chmod 755 "$work"
daemons=()
stop() {
    local daemon
    for daemon in "${daemons[@]}"; do
        kill "$daemon" 2>/dev/null
    done
    wait
    rm -rf "$work"
}
trap stop EXIT
mkdir -p "$work/spool" "$work/state" "$work/jobs"
cp -r "$here/../fixtures/three-accounts/evidence" "$work/evidence"
node=$(hostname -s)
port=$((20000 + RANDOM % 10000))
export SLURM_CONF=$work/slurm.conf
cat >"$SLURM_CONF" <<END
ClusterName=test
SlurmctldHost=$node(127.0.0.1)
SlurmUser=root
SlurmdUser=root
SlurmctldPort=$port
SlurmdPort=$((port + 1))
AuthType=auth/munge
AuthInfo=socket=$work/munge.socket
CredType=cred/munge
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
SlurmctldLogFile=$work/slurmctld.log
SlurmdLogFile=$work/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SchedulerType=sched/builtin
ReturnToService=2
MailProg=/bin/true
NodeName=$node NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=$node Default=YES MaxTime=INFINITE State=UP
END
(umask 077 && head -c 1024 /dev/urandom >"$work/munge.key")
munged --foreground --force --key-file "$work/munge.key" --socket "$work/munge.socket" \
    --pid-file "$work/munge.pid" --log-file "$work/munge.log" --seed-file "$work/munge.seed" >"$work/munged.said" 2>&1 &
daemons+=($!)
for _ in $(seq 50); do [ -S "$work/munge.socket" ] && break || sleep 0.1; done
slurmctld -D -f "$SLURM_CONF" >"$work/slurmctld.said" 2>&1 &
daemons+=($!)
slurmd -D -f "$SLURM_CONF" -N "$node" >"$work/slurmd.said" 2>&1 &
daemons+=($!)
for _ in $(seq 150); do
    sinfo -h -o %t 2>/dev/null | grep -q idle && break || sleep 0.2
done
sinfo -h -o %t 2>"$work/why" | grep -q idle
ready=$?
tail -n 15 "$work"/*.log >>"$work/why" 2>/dev/null
say "$ready" "one node of Slurm is idle" "$work/why"
[ "$ready" -eq 0 ] || finish

cd "$work/jobs" || exit 1
timeout 120 sbatch --wait --array=1-8 --wrap="'$program' scan \
    --shard \$SLURM_ARRAY_TASK_ID/8 -o state=\$SLURM_ARRAY_TASK_ID.state '$work/evidence'" >"$work/said" 2>&1
status=$?
cat slurm-*.out >>"$work/said" 2>/dev/null
say "$status" "an array of eight reads a part each" "$work/said"
"$program" scan -o json="$work/one.json" "$work/evidence" >"$work/one.txt" 2>&1
"$program" merge -o json="$work/merged.json" ./*.state >"$work/merged.txt" 2>"$work/said"
[ "$(find . -name '*.state' | wc -l)" -eq 8 ] && cmp "$work/one.json" "$work/merged.json" >>"$work/said" 2>&1 &&
    diff "$work/one.txt" "$work/merged.txt" >>"$work/said" && grep -q '3 fail' "$work/merged.txt"
say $? "$name" "$work/said"
finish
