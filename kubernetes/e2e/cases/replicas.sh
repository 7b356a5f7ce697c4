# shellcheck shell=bash disable=SC2154 # of lib.sh
# Two metrics servers, each with all values and the same certificate. If one dies, the HPA still scales; if
# both are dead, the replicas stay as they are, whatever the load.

has_all_points() { # succeeds if the selected server has the values of all pods
    # shellcheck disable=SC2046 # options are split into words
    [ "$(ask "v1beta2/namespaces/$namespace/pods/*/nitro_enclave_cpu_usage" $(as admin) |
        sed 's/^200 //' | jq '.items | length' 2>/dev/null)" = 2 ]
}

kill_server() {
    kill -KILL "$(cat "$server_pid")"
}

reason() { # EXPECTED
    [ "$(scaling app ScalingActive)" = "False $1" ]
}

settled() {
    wants app 1 && has_ready app 1
}

now_ms() {
    date +%s%3N
}

load app 0.6 0.3
deployment app 2
start_server
scale_part server 2
wait_for 60 ready_part server 2
wait_for 60 has_points app 2
mapfile -t servers < <(part_pods metrics-server)
same "${#servers[@]}" 2
certificates=()
for server in "${servers[@]}"; do
    use_server "$server"
    wait_for 15 has_all_points
    certificates+=("$(serving_certificate "$server_address")")
done
[ -n "${certificates[0]}" ]
same "${certificates[0]}" "${certificates[1]}"

# --- one dies: until the API server knows, some requests may still go to it ---
autoscaler app 3 "$(pods_metric nitro_enclave_cpu_usage 0.75)"
k patch hpa app --type=merge --patch='{"spec":{"minReplicas":2}}' >/dev/null
active() {
    [ "$(scaling app ScalingActive)" = "True ValidMetricFound" ]
}
wait_for 15 active
answers_in_a_row() {
    local i
    for ((i = 0; i < 50; i++)); do
        raw "v1beta2/namespaces/$namespace/pods/*/nitro_enclave_cpu_usage" >/dev/null 2>&1 || return
    done
}
kill_server
wait_for 6 answers_in_a_row
wait_for 5 active
load app 0.95 0.3
wait_for 30 wants app 3

# --- the other dies, too: none is left ---
use_server "${servers[0]}"
kill_server
wait_for 60 reason FailedGetPodsMetric
k patch hpa app --type=merge --patch='{"spec":{"minReplicas":1}}' >/dev/null
load app 0.05 0.05
holds_for 6 wants app 3

# --- a new one has all values before it answers ---
scale_part server 1
kubectl --namespace="$system" delete pods --selector=app.kubernetes.io/component=metrics-server >/dev/null
start_server
wait_for 60 settled
