# shellcheck shell=bash disable=SC2154 # of lib.sh
# needs: prometheus podmonitors
# kubernetes/examples/podmonitor.yaml matches Prometheus Operator's schema, and a Prometheus with the
# configuration that the operator generates from it has one target per launcher.
# shellcheck source-path=SCRIPTDIR source=../pipelines.sh
. "$here/pipelines.sh"

of() { # JQ-FILTER: prints that part of the example
    k create -f "$examples/podmonitor.yaml" --dry-run=client --output=json | jq --compact-output "$1"
}

# What the operator generates for an endpoint without a port: its own rules, then the PodMonitor's.
configuration() {
    cat <<YAML
scrape_configs:
- job_name: podMonitor/monitoring/nitro-enclaves/0
  scrape_interval: 15s
  follow_redirects: $(of '.spec.podMetricsEndpoints[0].followRedirects')
  body_size_limit: $(of .spec.bodySizeLimit)
  kubernetes_sd_configs:
      - role: pod
  relabel_configs: $(of '
        def snake: with_entries(.key |= gsub("(?<upper>[A-Z])"; "_" + (.upper | ascii_downcase)));
        [{source_labels: ["__meta_kubernetes_pod_phase"], regex: "(Failed|Succeeded)", action: "drop"}]
        + [.spec.selector.matchLabels | to_entries[] | {action: "keep", regex: "(\(.value));true", source_labels:
            (.key | gsub("[^a-zA-Z0-9_]"; "_") | ["__meta_kubernetes_pod_label_" + ., "__meta_kubernetes_pod_labelpresent_" + .])}]
        + [{source_labels: ["__meta_kubernetes_namespace"], target_label: "namespace"},
            {source_labels: ["__meta_kubernetes_pod_container_name"], target_label: "container"},
            {source_labels: ["__meta_kubernetes_pod_name"], target_label: "pod"}]
        + [.spec.podMetricsEndpoints[0].relabelings[] | snake]')
YAML
}

definition podmonitors
k apply --dry-run=server --validate=strict -f "$examples/podmonitor.yaml" >/dev/null
refused=$(sed 's/relabelings:/relabeling:/' "$examples/podmonitor.yaml" |
    k apply --dry-run=server --validate=strict -f - 2>&1 || true)
matches "$refused" 'unknown field "spec.podMetricsEndpoints\[0\].relabeling"'

deployment app 1
deployment ported 1 'nitro.k8s.anjuna.io/metricsPort: "9091"'
k patch deployment ported --type=json --patch='[{"op": "add", "path": "/spec/template/spec/containers/-",
    "value": {"name": "more", "image": "example/more", "ports": [{"containerPort": 82}]}}]' >/dev/null
wait_for 60 has_ready app 1
wait_for 60 has_ready ported 1
configuration >"$own/podmonitor.yaml"
start_prometheus "$own/podmonitor.yaml"
wait_for 30 has_series "nitro_enclave_cpu_usage{namespace=\"$namespace\"}" 2
has_series "up{namespace=\"$namespace\"}" 2
has_series "up{namespace=\"$namespace\"} == 1" 2
