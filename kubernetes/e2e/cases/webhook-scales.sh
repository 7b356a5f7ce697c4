# shellcheck shell=bash disable=SC2154 # of lib.sh
# An HPA with the usual resource metrics and a Deployment, both with the label: the Deployment scales by what
# is measured in the enclaves. Of the two metrics, the one that needs more replicas decides.

start_webhook
start_server
load app 0.1 0.2
managed_deployment app 1
managed_hpa app "maxReplicas: 3, metrics: [$(resource_metric cpu 75), $(resource_metric memory 50)]" | apply
wait_for 60 has_points app 1
holds_for 4 wants app 1

load app 0.1 0.7 # memory wants 2, then 3; CPU wants 1
wait_for 90 wants app 3
wait_for 30 has_points app 3
same "$(scaling app ScalingActive)" "True ValidMetricFound"
load app 0.9 0.7
wait_for 20 points_near app 3 900 50
load app 0.9 0.1 # the other way round: memory falls at once, so CPU had to rise before it
low_memory() {
    [ "$(points app nitro_enclave_memory_usage | sort -n | tail -n 1)" -lt 200 ]
}
wait_for 20 low_memory
holds_for 7 wants app 3
load app 0.1 0.1
wait_for 90 wants app 1
