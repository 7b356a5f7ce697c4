# shellcheck shell=bash disable=SC2154 # of lib.sh
# A hostile launcher affects only the value of its own pod: other pods keep theirs, and the metrics server
# needs little more memory and CPU time.

modes=(large endless slow headers silent nan negative huge string deep garbage redirect)
clocks=(yesterday tomorrow) # only the time of the sample is wrong
inventors=20 # launchers with 16 metric names each that change all the time: more than discovery lists
others=$namespace-others

trap 'code=$?; kubectl delete namespace "$others" --wait=false >/dev/null 2>&1 || true; end $code' EXIT

resident_kib() {
    awk '/^VmRSS:/ { print $2 }' "/proc/$(cat "$server_pid")/status"
}

cpu_ticks() {
    awk '{ print $14 + $15 }' "/proc/$(cat "$server_pid")/stat"
}

newest_age_s() { # NAME: prints the age of its pod's value
    local timestamp now
    now=$(date +%s) # before the request, which may take seconds
    timestamp=$(raw "v1beta2/namespaces/$namespace/pods/*/nitro_enclave_cpu_usage?labelSelector=app%3D$1" |
        jq --raw-output '.items[0].timestamp // empty')
    [ -n "$timestamp" ] || return
    echo $((now - $(date --date="$timestamp" +%s)))
}

fresh() { # NAME
    local age
    age=$(newest_age_s "$1") && [ "$age" -ge -5 ] && [ "$age" -le 5 ]
}

listed_numbers() {
    raw v1beta2 | jq --raw-output '.resources[].name | select(startswith("pods/nitro_enclave_app_"))'
}

are_listed() { # COUNT: succeeds if discovery lists so many application metrics
    [ "$(listed_numbers | wc -l)" -eq "$1" ]
}

undisturbed() {
    fresh honest && listed pods/nitro_enclave_app_queue_depth && are_listed 256
}

kubectl create namespace "$others" >/dev/null
namespace=$others application quiet 'queue_depth 5'
namespace=$others deployment quiet 1 "e2e.enclavemetrics.dev/application-metrics: queue_depth"
load honest 0.4 0.5
deployment honest 1
start_server
wait_for 60 has_points honest 1
wait_for 60 listed pods/nitro_enclave_app_queue_depth
before=$(resident_kib)

for mode in "${modes[@]}" "${clocks[@]}"; do
    deployment "$mode" 1 "e2e.enclavemetrics.dev/hostile: $mode"
done
deployment names "$inventors" 'e2e.enclavemetrics.dev/hostile: names'
for mode in "${modes[@]}" "${clocks[@]}"; do
    wait_for 30 has_ready "$mode" 1
done
wait_for 60 has_ready names "$inventors"
wait_for 20 are_listed 256
listed_numbers >"$own/names"

ticks=$(cpu_ticks)
holds_for 12 undisturbed
spent=$(($(cpu_ticks) - ticks))
after=$(resident_kib)
echo "12 s of $((${#modes[@]} + inventors)) hostile launchers: $spent ticks of CPU, resident $before to $after KiB"
server_runs
same "$(listed_numbers | grep -cxFf "$own/names")" 1 # the others are new
[ "$after" -lt $((before + 65536)) ]
[ "$spent" -lt 600 ] # half of a core
points_near honest 1 400 50
for mode in "${modes[@]}"; do
    has_points "$mode" 0 || unexpected "a launcher of the kind $mode must not have a value"
done
for mode in "${clocks[@]}"; do
    points_near "$mode" 1 900 0
    fresh "$mode" # by the metrics server's own clock
done
