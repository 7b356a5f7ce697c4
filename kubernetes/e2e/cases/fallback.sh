# shellcheck shell=bash disable=SC2154 # of lib.sh
# A cluster with a custom metrics server keeps it, behind ours: our server forwards requests for metrics that
# are not its own, with a token of an account for these requests, and an HPA sees one API. While the other
# server is down, only its metrics are missing.
# shellcheck source-path=SCRIPTDIR source=../stand-in.sh
. "$here/stand-in.sh"

cpu=nitro_enclave_cpu_usage
namespaced=$group/v1beta2/namespaces/$namespace

resource() { # NAME
    echo "{\"name\": \"$1\", \"singularName\": \"\", \"namespaced\": true, \"kind\": \"MetricValueList\", \"verbs\": [\"get\"]}"
}

# The other server also has the enclaves' CPU usage, as if from Prometheus, with a wrong value.
other_server_has() { # VALUE: sets http_requests of each pod
    local version metric pod items=()
    for version in v1beta1 v1beta2; do
        stand_in_answers "$group/$version" <<JSON
{"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": "custom.metrics.k8s.io/$version",
 "resources": [$(resource pods/http_requests), $(resource "pods/$cpu"), $(resource services/http_requests)]}
JSON
        for pod in $(pods app); do
            items+=("{\"describedObject\": {\"kind\": \"Pod\", \"namespace\": \"$namespace\", \"name\": \"$pod\", \"apiVersion\": \"/v1\"},
                \"metric\": {\"name\": \"http_requests\"}, \"metricName\": \"http_requests\", \"timestamp\": \"NOW\", \"value\": \"$1\"}")
        done
        for metric in http_requests "$cpu"; do
            stand_in_answers "$group/$version/namespaces/$namespace/pods/*/$metric" <<JSON
{"kind": "MetricValueList", "apiVersion": "custom.metrics.k8s.io/$version", "metadata": {}, "items": [$(IFS=,; echo "${items[*]}")]}
JSON
        done
        items=()
    done
}

values() { # METRIC: prints the values of the Deployment's pods
    kubectl get --raw "$namespaced/pods/*/$1?labelSelector=app%3Dapp" | jq --compact-output '[.items[].value]'
}

resources() { # VERSION
    kubectl get --raw "$group/$1" | jq --compact-output '[.resources[].name | select(startswith("services/") or startswith("pods/")) |
        select(test("_average|_maximum|enclave_status") | not)] | sort'
}

has_resources() {
    local version
    for version in v1beta1 v1beta2; do
        [ "$(resources "$version")" = "[\"pods/http_requests\",\"pods/$cpu\",\"pods/nitro_enclave_memory_usage\",\"services/http_requests\"]" ] || return
    done
}

active() { # STATUS
    [ "$(scaling app ScalingActive)" = "$1" ]
}

refusal() { # METRIC [OPTION...]
    kubectl get --raw "$namespaced/pods/*/$1" "${@:2}" 2>&1 || true
}

load app 0.4 0.5
deployment app 1
wait_for 20 has_pods app 1
trap 'code=$?; stop_stand_in; end $code' EXIT
start_stand_in
other_server_has 20
start_server --set=metricsServer.fallback.service=monitoring/other-metrics:443 \
    "--set-file=metricsServer.fallback.ca=$pki/serving-ca.crt" --set=metricsServer.fallback.tokenAudience=other-metrics
wait_for 60 has_points app 1

# --- one API: a metric that both servers have is in it once, with our value ---
wait_for 15 has_resources || unexpected "found $(resources v1beta1) and $(resources v1beta2)"
same "$(kubectl api-versions | grep -c '^custom.metrics.k8s.io/')" 2
near "$(points app "$cpu")" 400 50

# --- forwarded for authorized users, with the selector and a token that is valid only there ---
same "$(values http_requests)" '["20"]'
stand_in_was_asked "^system:serviceaccount:$system:$release-server-fallback for other-metrics .*/v1beta2/namespaces/$namespace/pods/(\*|%2A)/http_requests\?labelSelector=app%3Dapp$"
same "$(kubectl get --raw "$group/v1beta1/namespaces/$namespace/pods/*/http_requests" | jq --raw-output '.apiVersion, (.items | length)' | xargs)" \
    "custom.metrics.k8s.io/v1beta1 1"
if stand_in_was_asked "/pods/(\*|%2A)/$cpu"; then unexpected "the other server must not be asked for our metrics"; fi
matches "$(refusal absent)" 'the stand-in has no /apis/custom.metrics.k8s.io/v1beta2/namespaces/'
matches "$(refusal http_requests --as=stranger)" 'Forbidden.*User "stranger" cannot get resource "pods/http_requests"'

# --- the other server can do nothing else with the account, even with a token for the API server ---
account_kubeconfig "$system" "$release-server-fallback" >"$own/fallback.kubeconfig"
as_fallback() { # ARGUMENT...
    kubectl --kubeconfig="$own/fallback.kubeconfig" "$@" 2>/dev/null || true
}
same "$(as_fallback get --raw "$namespaced/pods/*/http_requests" | jq '.items | length')" 1
for right in "list pods" "get secrets" "create serviceaccounts --subresource=token" \
    "create tokenreviews.authentication.k8s.io" "create subjectaccessreviews.authorization.k8s.io" \
    "patch apiservices.apiregistration.k8s.io"; do
    # shellcheck disable=SC2086 # several arguments
    same "$(as_fallback auth can-i $right --all-namespaces)" no
done

# --- an HPA on it ---
autoscaler app 2 '{type: Pods, pods: {metric: {name: http_requests}, target: {type: AverageValue, averageValue: "10"}}}'
wait_for 30 wants app 2
wait_for 10 active "True ValidMetricFound"

# --- it is down: our metrics have values, its metrics an error message, and its HPA keeps the replicas ---
stop_stand_in
matches "$(refusal http_requests)" "ServiceUnavailable.*the other metrics server, https://$stand_in_name:443, must answer for this metric, found: "
wait_for 30 points_near app 2 400 50
has_resources
available v1beta1
available v1beta2
wait_for 15 active "False FailedGetPodsMetric"
holds_for 4 wants app 2

# --- it is up again ---
start_stand_in
other_server_has 5
same "$(values http_requests)" '["5","5"]'
wait_for 15 active "True ValidMetricFound"
wait_for 30 wants app 1
