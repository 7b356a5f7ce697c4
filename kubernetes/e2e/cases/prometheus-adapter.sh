# shellcheck shell=bash disable=SC2154 # of lib.sh
# needs: prometheus prometheus-adapter
# prometheus-adapter, in place of our metrics server and with the rules of kubernetes/examples, serves the
# values that Prometheus scraped from the launchers to the reference document's HPA.
# shellcheck source-path=SCRIPTDIR source=../pipelines.sh
. "$here/pipelines.sh"

# Without the key "custom", the chart's values have the format of the adapter's configuration file.
sed '/^  custom:$/d' "$examples/prometheus-adapter-values.yaml" >"$own/prometheus-adapter.yaml"
start_prometheus "$examples/prometheus.yaml"
build_program prometheus-adapter
start_adapter prometheus-adapter "$program" --prometheus-url="$prometheus_url/" \
    --config="$own/prometheus-adapter.yaml" --metrics-relist-interval=5s
scales_nginx "$examples/hpa.yaml"
