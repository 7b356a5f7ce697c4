# shellcheck shell=bash disable=SC2154 # of lib.sh
# An upgrade of the chart on a real node, with its probes, endpoints and preStop sleeps: no request fails
# meanwhile.
# shellcheck source-path=SCRIPTDIR source=../node.sh
. "$here/node.sh"
# shellcheck source-path=SCRIPTDIR source=../steady.sh
. "$here/steady.sh"

trap 'code=$?; touch "$own/stop"; end $code' EXIT
serving
old="$(part_pods metrics-server) $(part_pods webhook)"
ask_steadily
upgrade_release --set=metricsServer.scrapeInterval=3s --set=webhook.onUntranslatable=warn --set=commonLabels.team=payments
replaced() { # succeeds if none of the old pods is left
    local pod
    for pod in $old; do
        [ -z "$(kubectl --namespace="$system" get pod "$pod" --ignore-not-found --output=name)" ] || return
    done
}
wait_for 60 replaced
end_requests
