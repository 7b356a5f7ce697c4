# shellcheck shell=bash disable=SC2154 # of lib.sh
# One HPA for the launcher's CPU usage and the enclave's, as in the reference document. Without metrics.k8s.io
# in the cluster, the first has no value: that must not prevent a scale-up, but does prevent a scale-down, as
# Kubernetes specifies. With both metrics, the one that needs more replicas decides.
# shellcheck source-path=SCRIPTDIR source=../stand-in.sh
. "$here/stand-in.sh"

resources=/apis/metrics.k8s.io/v1beta1

shown() {
    k describe hpa app | grep -qE '"nitro_enclave_cpu_usage" on pods: +[0-9]+m / 750m'
}

launchers_use() { # MILLICORES: sets the CPU usage of each launcher in metrics.k8s.io
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

register() { # registers metrics.k8s.io. The case removes it: a broken API blocks the deletion of namespaces
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

# --- with the launcher's CPU usage: both are low, then the launcher's is high ---
trap 'code=$?; unregister; end $code' EXIT
start_stand_in
launchers_use 10
register
wait_for 60 settles 10 1
matches "$(k describe hpa app)" 'resource cpu on pods .*: +10% \(10m\) / 90%'
wait_for 60 settles 150 2
