# shellcheck shell=bash disable=SC2154 # of lib.sh
# needs: prometheus prometheus-adapter
# prometheus-adapter, with the rules of kubernetes/examples and in place of our metrics server, gives
# the reference document's HPA what a stock Prometheus scraped from the launchers.
# shellcheck source-path=SCRIPTDIR source=../pipelines.sh
. "$here/pipelines.sh"

# The chart's values with the key "custom" taken away are the adapter's own format.
sed '/^  custom:$/d' "$examples/prometheus-adapter-values.yaml" >"$own/prometheus-adapter.yaml"
start_prometheus "$examples/prometheus.yaml"
build_program prometheus-adapter
start_adapter prometheus-adapter "$program" --prometheus-url="$prometheus_url/" \
    --config="$own/prometheus-adapter.yaml" --metrics-relist-interval=5s
scales_nginx "$examples/hpa.yaml"
