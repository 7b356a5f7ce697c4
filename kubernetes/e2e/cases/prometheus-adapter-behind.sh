# shellcheck shell=bash disable=SC2154 # of lib.sh
# needs: prometheus prometheus-adapter
# prometheus-adapter behind our metrics server: another metric of the launchers, which only Prometheus
# has, is available through our server, and an HPA scales by it. The adapter reviews tokens with the API
# server's audience, so the token that it gets is for that one.
# shellcheck source-path=SCRIPTDIR source=../pipelines.sh
. "$here/pipelines.sh"

busiest=nitro_enclave_cpu_busiest_core_usage

busiest_near() { # MILLI
    is_near "$(raw "v1beta2/namespaces/$namespace/pods/*/$busiest?labelSelector=app%3Dapp" 2>/dev/null |
        jq --raw-output '.items[0].value | rtrimstr("m")')" "$1" 50
}

sed -e '/^  custom:$/d' -e "s/\^nitro_enclave_(cpu|memory)_usage\\$/^$busiest$/" \
    "$examples/prometheus-adapter-values.yaml" >"$own/prometheus-adapter.yaml"
grep -qF "$busiest" "$own/prometheus-adapter.yaml"
load app 0.4 0.3
deployment app 1
start_prometheus "$examples/prometheus.yaml"
build_program prometheus-adapter
run_adapter prometheus-adapter "$program" --prometheus-url="$prometheus_url/" \
    --config="$own/prometheus-adapter.yaml" --metrics-relist-interval=5s
# The port of its pods, because cluster IPs do not work here.
start_server --set=metricsServer.fallback.service=monitoring/prometheus-adapter:6444 \
    "--set-file=metricsServer.fallback.ca=$pki/serving-ca.crt"

wait_for 60 points_near app 1 400 50
wait_for 60 busiest_near 400
autoscaler app 2 "$(pods_metric "$busiest" 0.75)"
load app 0.95 0.3
wait_for 60 wants app 2
same "$(scaling app ScalingActive)" "True ValidMetricFound"

stop_process adapter
matches "$(raw "v1beta2/namespaces/$namespace/pods/*/$busiest" 2>&1 || true)" 'the other metrics server, .*, must answer for this metric'
wait_for 30 points_near app 2 950 50
