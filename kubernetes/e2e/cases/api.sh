# shellcheck shell=bash disable=SC2154 # of lib.sh
# The Custom Metrics API as clients see it, through the API server and directly at the port: both
# versions, every kind of request, every kind of error.

cpu=nitro_enclave_cpu_usage
namespaced=v1beta2/namespaces/$namespace

count() { # PATH: prints the number of items in the response
    raw "$1" | jq '.items | length'
}

load app 0.4 0.5
deployment app 2
load other 0.6 0.5
deployment other 1
start_server
wait_for 60 has_ready app 2
wait_for 60 has_ready other 1
wait_for 30 points_near app 2 400 50
wait_for 30 points_near other 1 600 50
pod=$(pods app | sed -n 1p)
full_window() { # the agents average over 3 s, or over less if they have not run for 3 s
    [ "$(raw "$namespaced/pods/$pod/$cpu" | jq '.items[0].windowSeconds')" -eq 3 ]
}
wait_for 30 full_window

# --- discovery ---
matches "$(kubectl api-versions)" '^custom.metrics.k8s.io/v1beta2$'
matches "$(kubectl api-versions)" '^custom.metrics.k8s.io/v1beta1$'
# As with every server of the group, kubectl omits names with a slash, and reports no error.
same "$(kubectl api-resources --api-group="${group##*/}" --no-headers 2>&1)" ''
same "$(kubectl get --raw "$group" | jq --raw-output .preferredVersion.version)" v1beta2
for version in v1beta1 v1beta2; do
    same "$(kubectl get --raw "$group/$version" | jq --compact-output '[.kind, .groupVersion,
        (.resources[] | select(.name == "pods/nitro_enclave_memory_usage") | .namespaced, .kind, .verbs)]')" \
        "[\"APIResourceList\",\"custom.metrics.k8s.io/$version\",true,\"MetricValueList\",[\"get\"]]"
done

# --- one pod, and many, in both versions ---
for version in v1beta1 v1beta2; do
    one=$(raw "$version/namespaces/$namespace/pods/$pod/$cpu")
    same "$(jq --raw-output '.kind, .apiVersion, (.items | length), .items[0].describedObject.name' <<<"$one" | xargs)" \
        "MetricValueList custom.metrics.k8s.io/$version 1 $pod"
    matches "$(jq --raw-output '.items[0].value' <<<"$one")" '^[0-9]+m$'
    matches "$(jq --raw-output '.items[0].timestamp' <<<"$one")" '^[0-9-]+T[0-9:]+Z$'
    [ "$(count "$version/namespaces/$namespace/pods/*/$cpu")" -eq 3 ]
    [ "$(count "$version/namespaces/$namespace/pods/%2A/$cpu")" -eq 3 ]
done
same "$(raw "v1beta1/namespaces/$namespace/pods/$pod/$cpu" | jq --compact-output '.items[0] | [.metricName, .window]')" "[\"$cpu\",3]"
same "$(raw "$namespaced/pods/$pod/$cpu" | jq --compact-output '.items[0] | [.metric.name, .windowSeconds]')" "[\"$cpu\",3]"
near "$(points app nitro_enclave_memory_usage | sed -n 1p)" 500 10

# --- selectors: every operator ---
while read -r expected selector; do
    same "$selector: $(count "$namespaced/pods/*/$cpu?labelSelector=$(jq --raw-input --raw-output @uri <<<"$selector")")" \
        "$selector: $expected"
done <<SELECTORS
2 app=app
2 app==app
1 app!=app
3 app in (app,other)
1 app notin (app)
3 app
3 !absent
2 app in (app),app,!absent,app!=other
SELECTORS
for selector in '!app' app=app,app=other; do
    matches "$(raw "$namespaced/pods/*/$cpu?labelSelector=$(jq --raw-input --raw-output @uri <<<"$selector")" 2>&1 || true)" \
        "no pod in namespace $namespace that matches $selector has the label nitro.k8s.anjuna.io/managed=yes"
done
[ "$(count "$namespaced/pods/*/$cpu?metricLabelSelector=a%3Db")" -eq 0 ]
[ "$(count "v1beta2/namespaces/default/pods/*/$cpu")" -eq 0 ]

# --- directly at the port, with the administrator's certificate ---
admin=$(as admin)
# shellcheck disable=SC2086 # options are split into words
as_admin() {
    answers "$@" $admin
}

as_admin 200 '' "$namespaced/pods/*/$cpu"
as_admin 404 NotFound "$namespaced/pods/*/nitro_enclave_gpu_usage"
as_admin 404 NotFound "$namespaced/pods/absent/$cpu"
as_admin 404 NotFound "$namespaced/metrics/$cpu"
as_admin 404 NotFound "v1beta2/nodes/n/$cpu"
as_admin 404 NotFound v1beta2/nodes/foo
as_admin 404 NotFound "$namespaced/pods/$pod"
as_admin 404 NotFound "v1beta3/namespaces/$namespace/pods/*/$cpu"
as_admin 404 NotFound /nothing
as_admin 400 BadRequest "$namespaced/pods/*/$cpu?labelSelector=a%20b"
as_admin 400 BadRequest "$namespaced/pods/*/$cpu?labelSelector=a%20in%20("
as_admin 400 BadRequest "$namespaced/pods/*/$cpu?metricLabelSelector=%3D%3D"
as_admin 400 BadRequest "$namespaced/pods/*/$cpu?fieldSelector=spec.nodeName%3Dx"
as_admin 405 MethodNotAllowed "$namespaced/pods/*/$cpu" --request POST
as_admin 405 MethodNotAllowed "$namespaced/pods/*/$cpu" --request DELETE
as_admin 406 NotAcceptable "$namespaced/pods/*/$cpu" --header 'Accept: application/yaml'
as_admin 406 NotAcceptable "$namespaced/pods/*/$cpu" --header 'Accept: application/vnd.kubernetes.protobuf'
as_admin 200 '' "$namespaced/pods/*/$cpu" --header 'Accept: application/vnd.kubernetes.protobuf, */*'
as_admin 200 '' "$namespaced/pods/*/$cpu" --header 'Accept: application/vnd.kubernetes.protobuf,application/json'
as_admin 200 '' /version

# --- aggregated discovery, and 304 if it is unchanged ---
headers=$own/headers
discover() { # ACCEPT [ETAG]: prints the status code and the body, and writes the headers to the file
    # shellcheck disable=SC2086 # options are split into words
    ask /apis $admin --dump-header "$headers" --header "Accept: $1" ${2:+--header "If-None-Match: $2"}
}
etag() {
    tr -d '\r' <"$headers" | sed -n 's/^etag: //Ip'
}
for version in v2 v2beta1; do
    type="application/json;g=apidiscovery.k8s.io;v=$version;as=APIGroupDiscoveryList"
    answer=$(discover "$type,application/json")
    if [ "$version" = v2 ]; then
        matches "$(tr -d '\r' <"$headers")" "^[Cc]ontent-[Tt]ype: ?application/json; ?g=apidiscovery.k8s.io; ?v=v2; ?as=APIGroupDiscoveryList"
        same "$(jq --raw-output '.kind, .items[0].versions[0].version' <<<"${answer#* }" | xargs)" "APIGroupDiscoveryList v1beta2"
        [ -n "$(etag)" ]
        matches "$(discover "$type,application/json" "$(etag)")" '^304 $'
    else # may be an ordinary response: the aggregator then requests each version
        matches "$answer" '^200 '
    fi
done
answer=$(discover application/json)
same "$(jq --raw-output '.kind, .groups[0].preferredVersion.version' <<<"${answer#* }" | xargs)" "APIGroupList v1beta2"

# --- health checks may be anonymous, other requests may not ---
answers 200 '' /livez
answers 200 '' /readyz
answers 200 '' /healthz
answers 403 Forbidden /metrics
as_admin 200 '' /metrics

# --- a deleted pod has no value ---
k delete deployment other >/dev/null
wait_for 15 has_points other 0
