# shellcheck shell=bash disable=SC2154 # of lib.sh
# Labelled HPAs have the enclaves' metrics in the API, whichever way they are written. What cannot be
# translated is refused with a message that says what to write instead.

examples=$project/kubernetes/examples
label=nitro.k8s.anjuna.io/managed

stored() { # NAME
    k get hpa "$1" --output=json | hpa_metrics
}

pods_metrics() { # CPU [MEMORY]: prints metrics with these targets, in milli
    local metric='{"pods":{"metric":{"name":"nitro_enclave_%s_usage"},"target":{"averageValue":"%sm","type":"Utilization"}},"type":"Pods"}'
    # shellcheck disable=SC2059 # that is the format
    echo "[$(printf "$metric" cpu "$1")${2:+,$(printf "$metric" memory "$2")}]"
}

resource_metrics() { # CPU MEMORY: prints metrics with these targets, in percent
    local metric='{"resource":{"name":"%s","target":{"averageUtilization":%s,"type":"Utilization"}},"type":"Resource"}'
    # shellcheck disable=SC2059
    echo "[$(printf "$metric" cpu "$1"),$(printf "$metric" memory "$2")]"
}

refused() { # PATTERN: the HPA on stdin must be refused with a message that matches
    local said
    if said=$(k create -f - 2>&1); then unexpected "must be refused, and was not: $said"; fi
    matches "$said" "$1"
}

start_webhook

# --- the reference document's labelled HPA is stored with the same metrics as hpa.yaml ---
final=$(k create --dry-run=server --output=json -f "$examples/hpa.yaml" | hpa_metrics)
same "$final" "$(pods_metrics 750 500)"
k apply -f "$examples/hpa-managed.yaml" >/dev/null
same "$(stored nginx)" "$final"
same "$(k get hpa nginx --output=json | jq --raw-output ".metadata.labels[\"$label\"]")" yes

# --- applied again and updated; restored when the label is removed ---
k apply -f "$examples/hpa-managed.yaml" >/dev/null
same "$(stored nginx)" "$final"
sed 's/averageUtilization: 75/averageUtilization: 60/' "$examples/hpa-managed.yaml" | apply
same "$(stored nginx)" "$(pods_metrics 600 500)"
k patch hpa nginx --type=merge --patch='{"spec":{"maxReplicas":7}}' >/dev/null
same "$(stored nginx)" "$(pods_metrics 600 500)"
k label hpa nginx "$label-" >/dev/null
same "$(stored nginx)" "$(resource_metrics 60 50)"
same "$(k get hpa nginx --output=json | jq --raw-output '.metadata.annotations | keys | map(select(startswith("enclave"))) | length')" 0
k label hpa nginx "$label=yes" >/dev/null
same "$(stored nginx)" "$(pods_metrics 600 500)"

# --- a dry run shows the translation and stores nothing ---
same "$(managed_hpa dry "maxReplicas: 3, metrics: [$(resource_metric cpu 75)]" |
    k create --dry-run=server --output=json -f - | hpa_metrics)" "$(pods_metrics 750)"
matches "$(k get hpa dry 2>&1 || true)" NotFound

# --- through autoscaling/v1, and with no metrics at all, for which Kubernetes has a default ---
managed_hpa one 'maxReplicas: 3, targetCPUUtilizationPercentage: 75' v1 | apply
same "$(stored one)" "$(pods_metrics 750)"
managed_hpa none 'maxReplicas: 3' | apply
same "$(stored none)" "$(pods_metrics 800)"
managed_hpa none-v1 'maxReplicas: 3' v1 | apply
same "$(stored none-v1)" "$(pods_metrics 800)"

# --- without the label nothing is changed ---
sed "/labels:/d; \\|$label|d; s/name: nginx/name: plain/" "$examples/hpa-managed.yaml" | apply
same "$(stored plain)" "$(resource_metrics 75 50)"

# --- KEDA's HPAs stay as they are; an HPA that has the metric already does not get it twice ---
managed_hpa keda "maxReplicas: 3, metrics: [$(resource_metric cpu 75)]" |
    sed 's/labels: {/&app.kubernetes.io\/managed-by: keda-operator, /' | apply
same "$(stored keda | jq --raw-output '.[].type')" Resource
matches "$(managed_hpa both "maxReplicas: 3, metrics: [$(pods_metric nitro_enclave_cpu_usage 0.6), $(resource_metric cpu 75)]" |
    k create -f - 2>&1)" 'left out: nitro_enclave_cpu_usage is there already'
same "$(stored both)" "$(pods_metrics 600)"

# --- the command "translate" changes a file as the webhook changes the object ---
same "$(java -jar "$project/kubernetes/webhook/target/webhook.jar" translate "$examples/hpa-managed.yaml" |
    sed "\\|$label|d; /labels:/d; s/name: nginx/name: by-command/" | k create --dry-run=server --output=json -f - | hpa_metrics)" "$final"

# --- refusals and warnings ---
managed_hpa value 'maxReplicas: 3, metrics: [{type: Resource, resource: {name: cpu, target: {type: AverageValue, averageValue: 500m}}}]' |
    refused "HPA value in namespace $namespace: spec.metrics\[0\] cpu must have target averageUtilization, found .*500m.*; write target:"
managed_hpa container "maxReplicas: 3, metrics: [{type: ContainerResource, containerResource: {name: cpu, container: app, target: {type: Utilization, averageUtilization: 50}}}]" |
    refused "HPA container in namespace $namespace: spec.metrics\[0\] cpu must be of type Resource, .*; write type: Resource"
matches "$(managed_hpa high "maxReplicas: 3, metrics: [$(resource_metric cpu 95)]" | k create -f - 2>&1)" '^Warning: HPA high: metrics\[0\] cpu 95% never scales up'
same "$(stored high)" "$(pods_metrics 950)"
same "$(managed_hpa usual "maxReplicas: 3, metrics: [$(resource_metric cpu 75)]" | k create -f - 2>&1)" \
    'horizontalpodautoscaler.autoscaling/usual created'

managed_hpa thousand "maxReplicas: 3, metrics: [$(printf "%.0s$(resource_metric cpu 75)," {1..1000})]" |
    refused "HPA thousand in namespace $namespace: spec.metrics must have at most 100 entries to be translated, found 1000; remove some"

# --- many at once ---
for part in 1 2 3 4; do
    for number in {1..50}; do
        echo ---
        managed_hpa "many-$part-$number" "maxReplicas: 3, metrics: [$(resource_metric cpu 75), $(resource_metric memory 50)]"
    done >"$own/many-$part.yaml"
done
started=$SECONDS
for part in 1 2 3 4; do echo "$own/many-$part.yaml"; done |
    xargs --max-procs=4 --replace kubectl --namespace="$namespace" create -f {} >/dev/null
echo "200 HPAs in $((SECONDS - started)) s"
same "$(k get hpa --output=json | jq --arg final "$final" \
    '[.items[] | select(.metadata.name | startswith("many-")) | select(.spec.metrics == ($final | fromjson))] | length')" 200
