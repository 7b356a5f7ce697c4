# shellcheck shell=bash disable=SC2154 # of lib.sh
# The HPA of the reference document scales with the enclaves' load, up and down.

shown() { # LINE
    k describe hpa app | grep -qE "$1"
}

settled() {
    wants app 1 && has_ready app 1
}

load app 0 0.3
deployment app 1
autoscaler app 3 "$(pods_metric nitro_enclave_cpu_usage 0.75)" "$(pods_metric nitro_enclave_memory_usage 0.5)"
start_server
wait_for 60 has_points app 1
wait_for 30 shown '"nitro_enclave_cpu_usage" on pods: +0 / 750m'
shown '"nitro_enclave_memory_usage" on pods: +[0-9]+m / 500m'
same "$(scaling app ScalingActive)" "True ValidMetricFound"

# A busy enclave: each sync multiplies by usage / target at most, 1 to 2, then 2 to 3.
load app 0.9 0.3
wait_for 90 has_ready app 3
same "$(replicas app)" 3

# Within the tolerance of 10 % the replicas do not change.
load app 0.78 0.3
wait_for 20 points_near app 3 780 15
holds_for 5 wants app 3

load app 0.05 0.05
wait_for 90 settled
