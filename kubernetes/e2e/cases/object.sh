# shellcheck shell=bash disable=SC2154 # of lib.sh
# An HPA with a metric of type Object scales by one value of the whole Deployment, StatefulSet or Service: the
# average or the maximum over its ready pods.

aggregate() { # METRIC [RESOURCE]: prints the value of the Deployment or the RESOURCE of that name, in milli
    raw "v1beta2/namespaces/$namespace/${2:-deployments.apps}/app/$1" |
        jq --raw-output '.items[0].value | if endswith("m") then rtrimstr("m") | tonumber else tonumber * 1000 end'
}

has_aggregate() { # METRIC MILLI [RESOURCE]
    is_near "$(aggregate "$1" "${3:-}" 2>/dev/null)" "$2" 40
}

load app 0.2 0.3
deployment app 2
k create service clusterip app --tcp=80 >/dev/null # selects app=app
apply <<YAML
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: app}
spec:
  replicas: 1
  serviceName: app
  selector: {matchLabels: {app: stateful}}
  template:
    metadata: {labels: {app: stateful, nitro.k8s.anjuna.io/managed: "yes"}}
    spec:
      terminationGracePeriodSeconds: 0
      containers: [{name: app, image: example/app, ports: [{name: enclave-metrics, containerPort: 59090}]}]
YAML
start_server
wait_for 60 has_points app 2
load "$(pods app | sed -n 1p)" 0.6 0.3
load app-0 0.9 0.4
wait_for 20 has_aggregate nitro_enclave_cpu_usage_average 400
wait_for 20 has_aggregate nitro_enclave_cpu_usage_maximum 600
has_aggregate nitro_enclave_cpu_usage_maximum 600 services
wait_for 20 has_aggregate nitro_enclave_cpu_usage_average 900 statefulsets.apps
wait_for 20 has_aggregate nitro_enclave_memory_usage_average 400 statefulsets.apps
same "$(raw "v1beta2/namespaces/$namespace/deployments.apps/app/nitro_enclave_cpu_usage_average" |
    jq --raw-output '.items[0].describedObject | .kind + " " + .name')" "Deployment app"

# Users with the role view may read them.
viewer_reads() { # RESOURCE
    kubectl get --raw "/apis/custom.metrics.k8s.io/v1beta2/namespaces/$namespace/$1/app/nitro_enclave_cpu_usage_maximum" \
        --as=object-viewer >/dev/null 2>&1
}
k create rolebinding object-viewer --clusterrole=view --user=object-viewer >/dev/null
for resource in deployments.apps services statefulsets.apps; do wait_for 15 viewer_reads "$resource"; done

k delete statefulset app --wait=false >/dev/null
k scale deployment app --replicas=1 >/dev/null
wait_for 30 has_points app 1
rm "$dir/loads/$namespace"/app-*
autoscaler app 3 '{type: Object, object: {metric: {name: nitro_enclave_cpu_usage_average}, describedObject: {apiVersion: apps/v1, kind: Deployment, name: app}, target: {type: Value, value: 750m}}}'
load app 0.9 0.3
wait_for 90 has_ready app 3
load app 0.1 0.3
wait_for 90 wants app 1
