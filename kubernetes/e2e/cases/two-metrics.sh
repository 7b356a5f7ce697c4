# shellcheck shell=bash disable=SC2154 # of lib.sh
# Of two metrics the one that wants more replicas decides.

load app 0.1 0.2
deployment app 1
autoscaler app 3 "$(pods_metric nitro_enclave_cpu_usage 0.75)" "$(pods_metric nitro_enclave_memory_usage 0.5)"
start_server
wait_for 60 has_points app 1
holds_for 5 wants app 1

load app 0.1 0.7 # memory wants 2, then 3; CPU wants 1
wait_for 90 has_ready app 3
load app 0.9 0.1 # the other way round
wait_for 20 points_near app 3 900 50
holds_for 12 wants app 3
load app 0.1 0.1
wait_for 90 wants app 1
