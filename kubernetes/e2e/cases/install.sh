# shellcheck shell=bash disable=SC2154 # of lib.sh
# The chart is installed, upgraded and removed. Meanwhile no request fails and no API is unavailable;
# afterwards the cluster is as it was before.
# shellcheck source-path=SCRIPTDIR source=../steady.sh
. "$here/steady.sh"

# Prints the objects of all kinds, except those that change by themselves, such as Events. Objects in the
# namespaces of cases are left out, because these may still be terminating.
objects() {
    local kinds
    kinds=$(kubectl api-resources --verbs=list --output=name |
        grep -vE '^(events|endpoints|bindings|leases|componentstatuses|pods\.custom|.*\.custom\.metrics)' | paste -sd,)
    kubectl get "$kinds" --all-namespaces --ignore-not-found --no-headers \
        --output=custom-columns='KIND:.kind,NAMESPACE:.metadata.namespace,NAME:.metadata.name' 2>/dev/null |
        tr -s ' ' | grep -vE ' case-|sh\.helm\.release' | sort
}

as_before() {
    [ "$(objects)" = "$before" ]
}

none_of() { # COMPONENT
    [ -z "$(kubectl get all,serviceaccounts,secrets,roles,rolebindings,clusterroles,clusterrolebindings,poddisruptionbudgets,networkpolicies,apiservices,mutatingwebhookconfigurations \
        --all-namespaces --selector="app.kubernetes.io/component=$1" --output=name)" ]
}

# Records each APIService's availability, from now on.
watch_apis() {
    kubectl get apiservices --watch --no-headers \
        --output=custom-columns='NAME:.metadata.name,AVAILABLE:.status.conditions[0].status,REASON:.status.conditions[0].reason' \
        >"$own/apis" 2>/dev/null &
    watch_pid=$!
}

no_broken_api() {
    if grep False "$own/apis"; then unexpected "no API may become unavailable"; fi
}

watch_pid=''
trap 'code=$?; touch "$own/stop"; [ -z "$watch_pid" ] || kill "$watch_pid" || true; end $code' EXIT

# The chart's default. With the second of values.yaml, a busy control plane still sends requests to a pod that
# has ended.
release_values+=(--set=metricsServer.preStopSleepSeconds=5 --set=webhook.preStopSleepSeconds=5)
has_default_account() {
    kubectl --namespace="$system" get serviceaccount/default configmap/kube-root-ca.crt >/dev/null 2>&1
}
remove_release
prepare_namespace
wait_for 30 none_of metrics-server
wait_for 30 none_of webhook
wait_for 30 none_of seccomp
wait_for 30 has_default_account
before=$(objects)

install_release
wait_for 20 available v1beta1
wait_for 20 available v1beta2
wait_for 10 webhook_answers
[ "$(objects | wc -l)" -gt $(($(wc -l <<<"$before") + 20)) ]

# --- other values: every pod is replaced ---
watch_apis
ask_steadily
old=$(part_pod metrics-server)
upgrade_release --set=metricsServer.scrapeInterval=3s --set=metricsServer.events=true \
    --set=webhook.onUntranslatable=warn --set=commonLabels.team=payments
gone() {
    [ -z "$(kubectl --namespace="$system" get pod "$1" --ignore-not-found --output=name)" ]
}
wait_for 30 gone "$old"
end_requests
no_broken_api
[ -n "$(kubectl get clusterroles --selector=team=payments --output=name)" ]
matches "$(managed_hpa odd "maxReplicas: 3, metrics: [{type: Resource, resource: {name: cpu, target: {type: AverageValue, averageValue: 500m}}}]" |
    k create --dry-run=server -f - 2>&1)" '^Warning: HPA odd: metrics\[0\] cpu'

# --- without the metrics server: the webhook stays ---
# Helm removes objects that an upgrade omits in the order of installation, the Service before its APIServices.
# So these may be unavailable for a moment, but must be gone after the upgrade.
upgrade_release --set=metricsServer.enabled=false
if kubectl get apiservices --output=name | grep custom.metrics; then unexpected "both APIs must be gone with their server"; fi
wait_for 30 none_of metrics-server
webhook_answers

# --- with it again; then the release is removed, and nothing is left ---
upgrade_release
wait_for 20 available v1beta1
wait_for 20 available v1beta2
kill "$watch_pid"
watch_apis
remove_release
wait_for 30 as_before || diff <(echo "$before") <(objects)
no_broken_api
matches "$(kubectl api-versions)" '^autoscaling/v2$'
