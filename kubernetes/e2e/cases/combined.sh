# shellcheck shell=bash disable=SC2154 # of lib.sh
# One HPA for the launcher's own CPU and for the enclave's, as in the reference document. While the
# cluster has no metrics.k8s.io the first fails: that must not hold back a scale-up, and by
# Kubernetes' own rule it does hold back a scale-down. With both the one that wants more decides.
# shellcheck source-path=SCRIPTDIR source=../stand-in.sh
. "$here/stand-in.sh"

resources=/apis/metrics.k8s.io/v1beta1

shown() {
    k describe hpa app | grep -qE '"nitro_enclave_cpu_usage" on pods: +[0-9]+m / 750m'
}

launchers_use() { # MILLICORES: each, as Kubernetes' own metrics server tells
    local pod items=()
    for pod in $(pods app); do
        items+=("{\"metadata\": {\"name\": \"$pod\", \"namespace\": \"$namespace\"}, \"timestamp\": \"NOW\", \"window\": \"1s\",
            \"containers\": [{\"name\": \"app\", \"usage\": {\"cpu\": \"${1}m\", \"memory\": \"9Mi\"}}]}")
    done
    stand_in_answers "$resources/namespaces/$namespace/pods" <<JSON
{"kind": "PodMetricsList", "apiVersion": "metrics.k8s.io/v1beta1", "metadata": {}, "items": [$(IFS=,; echo "${items[*]}")]}
JSON
}

settles() { # MILLICORES COUNT
    launchers_use "$1"
    wants app "$2" && has_ready app "$2"
}

register() { # the other API, which goes with the case: one that is broken would hold up namespaces
    stand_in_answers "$resources" <<'JSON'
{"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": "metrics.k8s.io/v1beta1",
 "resources": [{"name": "pods", "singularName": "", "namespaced": true, "kind": "PodMetrics", "verbs": ["get", "list"]}]}
JSON
    kubectl apply -f - >/dev/null <<YAML
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: {name: v1beta1.metrics.k8s.io}
spec:
  group: metrics.k8s.io
  version: v1beta1
  groupPriorityMinimum: 100
  versionPriority: 100
  service: {name: other-metrics, namespace: monitoring}
  caBundle: $(base64 --wrap=0 "$pki/serving-ca.crt")
YAML
}

unregister() {
    kubectl delete apiservice v1beta1.metrics.k8s.io --ignore-not-found >/dev/null
    stop_stand_in
}

load app 0.2 0.3
workload app 1 "containers: [{name: app, image: example/app, resources: {requests: {cpu: 100m}},
    ports: [{name: enclave-metrics, containerPort: 59090}]}]"
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
holds_for 7 wants app 2

# --- with the launcher's own CPU: both are low, then it is high ---
trap 'code=$?; unregister; end $code' EXIT
start_stand_in
launchers_use 10
register
wait_for 60 settles 10 1
matches "$(k describe hpa app)" 'resource cpu on pods .*: +10% \(10m\) / 90%'
wait_for 60 settles 150 2
