# shellcheck shell=bash disable=SC2154 # of lib.sh
# The application's own metrics scale a Deployment, alone and together with CPU usage. When the application
# stops answering, its metrics have no value, and CPU usage still scales.

app=nitro_enclave_app

shown() { # HPA LINE
    k describe hpa "$1" | grep -qE "$2"
}

numbers() { # NAME METRIC: prints the values of its pods, unconverted
    { raw "v1beta2/namespaces/$namespace/pods/*/$2?labelSelector=app%3D$1" 2>/dev/null || echo '{"items": []}'; } |
        jq --raw-output '[.items[].value] | join(" ")'
}

has_numbers() { # NAME METRIC VALUES
    [ "$(numbers "$1" "$2")" = "$3" ]
}

not_listed() {
    ! listed "$1"
}

aggregate() { # NAME METRIC
    raw "v1beta2/namespaces/$namespace/deployments.apps/$1/$2" | jq --raw-output '.items[0].value'
}

settled() { # NAME COUNT
    wants "$1" "$2" && has_ready "$1" "$2"
}

number_metric() { # METRIC TARGET: prints a metric with an average over the pods
    echo "{type: Pods, pods: {metric: {name: $1}, target: {type: AverageValue, averageValue: $2}}}"
}

names="e2e.enclavemetrics.dev/application-metrics: queue_depth+requests_total"
load queue 0.2 0.3
load both 0.2 0.3
application queue 'queue_depth 5' 'requests_total 7' 'secret_total 42'
application both 'queue_depth 5' 'requests_total 7'
deployment queue 1 "$names"
deployment both 1 "$names"
autoscaler queue 3 "$(number_metric ${app}_queue_depth 20)"
autoscaler both 3 "$(pods_metric nitro_enclave_cpu_usage 0.75)" "$(number_metric ${app}_queue_depth 20)"
start_server
wait_for 60 has_numbers queue ${app}_queue_depth 5
wait_for 60 has_points both 1

# The configured metrics have values, under their exported names; the application's other metrics have none.
wait_for 20 has_numbers queue ${app}_requests_per_second 0
has_numbers queue ${app}_secret_per_second ''
wait_for 20 listed pods/${app}_queue_depth
wait_for 20 listed deployments.apps/${app}_queue_depth_maximum
not_listed pods/${app}_secret_per_second

# The queues are short: each Deployment needs one pod.
wait_for 60 shown queue "\"${app}_queue_depth\" on pods: +5 / 20"
wait_for 60 shown both "\"${app}_queue_depth\" on pods: +5 / 20"
same "$(scaling queue ScalingActive)" "True ValidMetricFound"
same "$(replicas queue) $(replicas both)" "1 1"

# The queue grows; CPU usage does not.
application queue 'queue_depth 60' 'requests_total 7'
wait_for 90 settled queue 3
wait_for 20 has_numbers queue ${app}_queue_depth "60 60 60"
same "$(aggregate queue ${app}_queue_depth_average) $(aggregate queue ${app}_queue_depth_maximum)" "60 60"
application both 'queue_depth 30' 'requests_total 7'
wait_for 90 settled both 3
application both 'queue_depth 1' 'requests_total 7'
wait_for 90 settled both 1

# One application stops answering: no stale value remains, the other application keeps its values, and CPU
# usage still scales.
no_application both
wait_for 20 has_numbers both ${app}_queue_depth ''
wait_for 20 shown both "unable to get metric ${app}_queue_depth.* its application does not report it now"
has_points both 1
has_numbers queue ${app}_queue_depth "60 60 60"
load both 0.95 0.3
wait_for 90 settled both 3

# It answers again, and its queue is short.
application both 'queue_depth 1' 'requests_total 7'
wait_for 20 has_numbers both ${app}_queue_depth "1 1 1"
load both 0.05 0.05
application queue 'queue_depth 5' 'requests_total 7'
wait_for 120 settled both 1
wait_for 120 settled queue 1

# The kubectl plugin shows the metric.
top() {
    "$project/kubernetes/kubectl-enclave/target/kubectl-enclave" top --namespace="$namespace" "$@"
}
shown=$(top --metrics=queue_depth --selector=app=queue)
matches "$shown" '^NAME +CPU +MEMORY +QUEUE_DEPTH +AGE +REASON$'
matches "$shown" '^queue-[^ ]+ +[0-9.]+% +[0-9.]+% +5 +[0-9]+s$'

# Users need a rule for an application's metric; the role view has none.
viewer_reads() {
    kubectl get --raw "/apis/custom.metrics.k8s.io/v1beta2/namespaces/$namespace/pods/*/${app}_queue_depth" \
        --as=number-viewer >/dev/null 2>&1
}
viewer_is_refused() {
    ! viewer_reads
}
k create rolebinding number-viewer --clusterrole=view --user=number-viewer >/dev/null
holds_for 2 viewer_is_refused
apply <<YAML
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: number-reader}
rules: [{apiGroups: [custom.metrics.k8s.io], resources: [pods/${app}_queue_depth], verbs: [get]}]
YAML
k create rolebinding number-reader --role=number-reader --user=number-viewer >/dev/null
wait_for 15 viewer_reads
