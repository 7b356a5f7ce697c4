# shellcheck shell=bash disable=SC2154 # of lib.sh
# An HPA of type Object scales by one number about the whole Deployment: the average over its ready
# pods, or the greatest.

aggregate() { # METRIC: of the Deployment, in milli
    raw "v1beta2/namespaces/$namespace/deployments.apps/app/$1" |
        jq --raw-output '.items[0].value | if endswith("m") then rtrimstr("m") | tonumber else tonumber * 1000 end'
}

has_aggregate() { # METRIC MILLI
    is_near "$(aggregate "$1" 2>/dev/null)" "$2" 40
}

load app 0.2 0.3
deployment app 2
start_server
wait_for 60 has_points app 2
load "$(pods app | sed -n 1p)" 0.6 0.3
wait_for 20 has_aggregate nitro_enclave_cpu_usage_average 400
wait_for 20 has_aggregate nitro_enclave_cpu_usage_maximum 600
same "$(raw "v1beta2/namespaces/$namespace/deployments.apps/app/nitro_enclave_cpu_usage_average" |
    jq --raw-output '.items[0].describedObject | .kind + " " + .name')" "Deployment app"

k scale deployment app --replicas=1 >/dev/null
wait_for 30 has_points app 1
rm "$dir/loads/$namespace"/app-*
autoscaler app 3 '{type: Object, object: {metric: {name: nitro_enclave_cpu_usage_average}, describedObject: {apiVersion: apps/v1, kind: Deployment, name: app}, target: {type: Value, value: 750m}}}'
load app 0.9 0.3
wait_for 90 has_ready app 3
load app 0.1 0.3
wait_for 90 wants app 1
