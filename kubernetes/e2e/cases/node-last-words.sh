# shellcheck shell=bash disable=SC2154 # of lib.sh
# The enclave ends, and users see why: in the pod's last state, its Events, and kubectl enclave top. The
# enclave is a container, so the kernel's OOM killer is real.
# shellcheck source-path=SCRIPTDIR source=../node.sh
. "$here/node.sh"

vm=/var/lib/vm
trap 'code=$?; on_node rm -rf "$vm"; end $code' EXIT

does() { # POD COMMAND: the enclave's first process runs the command
    # shellcheck disable=SC2016 # the container's shell's
    k exec "$1" --container=enclave -- sh -c 'echo "$0" >/run/enclave/do.part && mv /run/enclave/do.part /run/enclave/do' "$2"
}

last_state() { # POD CONTAINER: prints the exit code and the termination message
    container_status "$1" "$2" | jq --raw-output '.lastState.terminated | select(.) | "\(.exitCode) \(.message)"'
}

ends() { # COMMAND: the enclave runs it and ends, as soon as its launcher has values
    wait_for 90 serves "$pod" 9091
    does "$pod" "$1"
}

restarted() { # COUNT CODE PATTERN: waits for that restart of the launcher, and checks how it ended
    has_restarted() { [ "$(restarts "$pod" launcher)" -eq "$1" ]; }
    wait_for 60 has_restarted "$1"
    last_state "$pod" launcher
    matches "$(last_state "$pod" launcher)" "^$2 enclave app .* has exited: the enclave's command $3memory usage [0-9]+ %\)$"
}

on_node mkdir -p "$vm"
on_node cp "$project/docker/enclave-vm/stand-in/nitro-cli" "$here/node/vm/enclave" "$vm/"
on_node touch "$vm/app.eif"
serving

program='[machine]' enclave_deployment stays 1 "initContainers: [{name: start, image: 'registry.example/enclave:latest',
  command: [sh, -c, 'mkdir -p /run/enclave/one && touch /run/enclave/one/request'],
  volumeMounts: [{name: enclave, mountPath: /run/enclave}]}]"

reference_with enclave-that-ends | apply

# --- a launcher that runs as long as the pod: kubectl enclave top and an Event have the reason ---
wait_for 60 has_ready stays 1
wait_for 60 serves "$(pods stays)"
does "$(pods stays)" 'exit 3'
words="the enclave's command exited with code 3 \(memory usage [0-9]+ %\)"
wait_for 20 top_shows "^stays-.* - .*Ended: $words"
wait_for 20 described pod "$(pods stays)" "Warning EnclaveMetricsUnavailable .*Ended $words"
same "$(restarts "$(pods stays)" enclave-metrics)" 0

# --- a launcher that starts the enclave ends with it ---
wait_for 30 has_pods nginx 1
pod=$(pods nginx)
ends 'exit 3' # 3 has another meaning for the launcher, so it ends with 5: the enclave exited
restarted 1 5 'exited with code 3 \('
# shellcheck disable=SC2016 # the enclave's shell's
ends 'kill -SEGV $$'
restarted 2 139 'was killed by signal 11 \('
ends 'exec tail /dev/zero'
wait_for 20 top_shows "^$pod .*(Error|CrashLoopBackOff): container launcher: Error, exit code 137: .*probably out of memory, 1 OOM kill"
restarted 3 137 'was killed by signal 9 \(probably out of memory, 1 OOM kill, '
described pod "$pod" '^ ?Message: enclave app .* has exited: .*probably out of memory, 1 OOM kill'
described pod "$pod" '^ ?Exit Code: 137$'
same "$(restarts "$pod" enclave)" 0
