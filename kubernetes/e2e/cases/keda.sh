# shellcheck shell=bash disable=SC2154 # of lib.sh
# needs: prometheus scaledobjects
# kubernetes/examples/keda-*.yaml match KEDA's schema. KEDA itself does not run. The schema does not cover
# the triggers' settings, so the case reads values with them, from the launchers and from Prometheus.
# shellcheck source-path=SCRIPTDIR source=../pipelines.sh
. "$here/pipelines.sh"

triggers() { # FILE: prints the ScaledObject's triggers, one per line
    k create -f "$examples/$1" --dry-run=client --output=json |
        jq --compact-output 'select(.kind == "ScaledObject") | .spec.triggers[]'
}

checked() { # FILE
    k apply --dry-run=server --validate=strict -f "$examples/$1" >/dev/null
    local refused
    refused=$(sed 's/maxReplicaCount/maxReplicas/' "$examples/$1" |
        k apply --dry-run=server --validate=strict -f - 2>&1 || true)
    matches "$refused" 'unknown field "spec.maxReplicas"'
    same "$(triggers "$1" | jq --raw-output .metricType | sort -u)" Value
}

definition scaledobjects
checked keda-metrics-api.yaml
checked keda-prometheus.yaml

load nginx 0.7 0.4
k apply -f "$examples/deployment.yaml" >/dev/null
k scale deployment nginx --replicas=2 >/dev/null
wait_for 60 has_ready nginx 2

# These triggers read the value at valueLocation from the Service's pods, at the port in the URL.
k create -f "$examples/keda-metrics-api.yaml" --dry-run=client --output=json |
    jq --slurp --exit-status '.[0].spec | .selector == {app: "nginx"} and .ports[0].targetPort == 9091' >/dev/null
expected=(0.7 0.4) number=0
while read -r trigger; do
    url=$(jq --raw-output .metadata.url <<<"$trigger")
    matches "$url" '^http://nginx-enclave-metrics\.default\.svc:9091/metrics$'
    location=$(jq --raw-output .metadata.valueLocation <<<"$trigger")
    for pod in $(pods nginx); do
        says() {
            is_near "$(launcher_says "$pod" "$location" 9091)" "${expected[$number]}" 0.05
        }
        wait_for 15 says
    done
    number=$((number + 1))
done < <(triggers keda-metrics-api.yaml)
same "$number" 2

start_prometheus "$examples/prometheus.yaml"
number=0
while read -r trigger; do
    promql=$(jq --raw-output .metadata.query <<<"$trigger")
    wait_for 30 value_near "${promql//\"default\"/\"$namespace\"}" "${expected[$number]}" 0.05
    number=$((number + 1))
done < <(triggers keda-prometheus.yaml)
same "$number" 2
