# shellcheck shell=bash disable=SC2154 # of lib.sh
# needs: prometheus
# Each query of the Grafana dashboard returns data, with the labels that kubernetes/examples/prometheus.yaml
# sets. The workload of a pod is its Deployment, its StatefulSet, or the pod itself.
# shellcheck source-path=SCRIPTDIR source=../pipelines.sh
. "$here/pipelines.sh"

all_have_data() {
    local query
    while read -r query; do
        query "$query" | grep -cv ' NaN$' >/dev/null || unexpected "no data: $query" || return
    done < <(dashboard_queries)
}

workloads() { # prints each workload with the number of its launchers
    curl --silent --fail --max-time 5 "$prometheus_url/api/v1/query" --data-urlencode \
        "query=count by (workload) (up{job=\"nitro-enclaves\", namespace=\"$namespace\"} == 1)" |
        jq --raw-output '.data.result[] | "\(.metric.workload) \(.value[1])"' | sort | paste -sd,
}

workloads_are() { # LIST
    [ "$(workloads)" = "$1" ]
}

start_server
start_webhook
load api-v2 0.6 0.3
application api-v2 'queue_depth 5'
deployment api-v2 2 'e2e.enclavemetrics.dev/application-metrics: queue_depth'
k create -f - >/dev/null <<YAML
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: store}
spec:
  serviceName: store
  selector: {matchLabels: {app: store}}
  template:
    metadata: {labels: {app: store, nitro.k8s.anjuna.io/managed: "yes"}}
    spec:
      terminationGracePeriodSeconds: 0
      containers: [{name: own-launcher, image: example/own-launcher, ports: [{name: enclave-metrics, containerPort: 59090}]}]
---
apiVersion: v1
kind: Pod
metadata: {name: alone, labels: {nitro.k8s.anjuna.io/managed: "yes"}}
spec:
  terminationGracePeriodSeconds: 0
  containers: [{name: own-launcher, image: example/own-launcher, ports: [{name: enclave-metrics, containerPort: 59090}]}]
YAML
wait_for 60 has_ready api-v2 2
wait_for 30 has_points api-v2 2
start_prometheus_with_servers
wait_for 60 workloads_are "alone 1,api-v2 2,store 1"
for part in server webhook; do
    wait_for 60 has_series "up{job=\"enclave-metrics-$part\", namespace=\"$system\"} == 1" 1
done
[ "$(dashboard_queries | wc -l)" -gt 40 ]
wait_for 60 all_have_data
