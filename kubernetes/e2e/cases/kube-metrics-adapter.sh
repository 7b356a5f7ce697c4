# shellcheck shell=bash disable=SC2154 # of lib.sh
# kube-metrics-adapter, in place of our metrics server, reads the launchers' JSON as the annotations
# on the HPA in kubernetes/examples say. Its program must already be installed.
# shellcheck source-path=SCRIPTDIR source=../pipelines.sh
. "$here/pipelines.sh"

program=${KUBE_METRICS_ADAPTER:-kube-metrics-adapter}
command -v "$program" >/dev/null ||
    skip "kube-metrics-adapter must be on the PATH, or KUBE_METRICS_ADAPTER name its program; not all module proxies have it, so it is not built here"
start_adapter kube-metrics-adapter "$program" --enable-external-metrics-api=false \
    --resource-update-interval=5s --metrics-address=127.0.0.1:7979
scales_nginx "$examples/kube-metrics-adapter-hpa.yaml"
