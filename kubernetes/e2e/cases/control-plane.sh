# shellcheck shell=bash disable=SC2154 # of lib.sh
# What the other cases rely on: the Deployment's pods run real agents and launchers, which measure the
# chosen load and its changes, and end with their pods.

no_process() { # FOLDER: succeeds if no process of that pod runs
    local pid
    for pid in "$1"/*.pid; do
        ! kill -0 "$(cat "$pid")" 2>/dev/null || return
    done
}

shows() { # POD CPU MEMORY
    is_near "$(launcher_says "$1" nitro_enclave_cpu_usage)" "$2" 0.05 &&
        is_near "$(launcher_says "$1" nitro_enclave_memory_usage)" "$3" 0.01
}

load app 0.9 0.5
deployment app 2
wait_for 60 has_ready app 2
mapfile -t names < <(pods app)
for pod in "${names[@]}"; do
    same "$(k get pod "$pod" --output=jsonpath='{.status.phase}')" Running
    matches "$(address "$pod")" '^127\.0\.[0-9]+\.[0-9]+$'
    wait_for 10 shows "$pod" 0.9 0.5
done
[ "$(address "${names[0]}")" != "$(address "${names[1]}")" ]

load app 0.1 0.2
load "${names[1]}" 0.6 0.3
wait_for 15 shows "${names[0]}" 0.1 0.2
wait_for 15 shows "${names[1]}" 0.6 0.3

# Another port, by the pod's annotation.
deployment ported 1 'nitro.k8s.anjuna.io/metricsPort: "9091"'
wait_for 60 has_ready ported 1
[ -n "$(launcher_says "$(pods ported)" nitro_enclave_cpu_usage 9091)" ]

autoscaler app 3 "$(pods_metric nitro_enclave_cpu_usage 0.75)"
matches "$(k describe hpa app)" '/ 750m'

k scale deployment app --replicas=0 >/dev/null
for pod in "${names[@]}"; do
    wait_for 15 no_process "$dir/pods/$namespace/$pod"
done
