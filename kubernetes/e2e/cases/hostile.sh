# shellcheck shell=bash disable=SC2154 # of lib.sh
# Whatever answers in a launcher's place costs its own pod's value and nothing else: no other pod's,
# no memory to speak of, no time.

modes=(large endless slow headers silent nan negative huge string deep garbage redirect)

resident_kib() {
    awk '/^VmRSS:/ { print $2 }' "/proc/$(cat "$server_pid")/status"
}

cpu_ticks() {
    awk '{ print $14 + $15 }' "/proc/$(cat "$server_pid")/stat"
}

newest_age_s() { # of the honest pod's value
    local timestamp
    timestamp=$(raw "v1beta2/namespaces/$namespace/pods/*/nitro_enclave_cpu_usage?labelSelector=app%3Dhonest" |
        jq --raw-output '.items[0].timestamp // empty')
    [ -n "$timestamp" ] || return
    echo $(($(date +%s) - $(date --date="$timestamp" +%s)))
}

fresh() {
    local age
    age=$(newest_age_s) && [ "$age" -le 4 ]
}

load honest 0.4 0.5
deployment honest 1
start_server
wait_for 60 has_points honest 1
sleep 4
before=$(resident_kib)

for mode in "${modes[@]}"; do
    deployment "$mode" 1 "e2e.enclavemetrics.dev/hostile: $mode"
done
for mode in "${modes[@]}"; do
    wait_for 30 has_ready "$mode" 1
done

ticks=$(cpu_ticks)
holds_for 20 fresh
spent=$(($(cpu_ticks) - ticks))
after=$(resident_kib)
echo "20 s of ${#modes[@]} hostile launchers: $spent ticks of CPU, resident $before to $after KiB"
server_runs
[ "$after" -lt $((before + 65536)) ]
[ "$spent" -lt 1000 ] # half of a core
points_near honest 1 400 50
for mode in "${modes[@]}"; do
    has_points "$mode" 0 || unexpected "a launcher of the kind $mode must not have a value"
done
