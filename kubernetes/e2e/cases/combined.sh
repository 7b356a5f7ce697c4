# shellcheck shell=bash disable=SC2154 # of lib.sh
# One HPA for the launcher's own CPU and for the enclave's, as in the reference document. This
# cluster has no metrics.k8s.io, so that the first always fails: that must not hold back a scale-up,
# and by Kubernetes' own rule it does hold back a scale-down.

shown() {
    k describe hpa app | grep -qE '"nitro_enclave_cpu_usage" on pods: +[0-9]+m / 750m'
}

load app 0.2 0.3
deployment app 1
autoscaler app 2 '{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 90}}}' \
    "$(pods_metric nitro_enclave_cpu_usage 0.75)"
start_server
wait_for 60 has_points app 1
wait_for 20 shown
matches "$(k describe hpa app)" 'resource cpu on pods .*: +<unknown> / 90%'

load app 0.95 0.3
wait_for 60 has_ready app 2
load app 0.05 0.3
wait_for 20 points_near app 2 50 50
holds_for 12 wants app 2
