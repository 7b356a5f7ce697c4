# shellcheck shell=bash disable=SC2154 # of lib.sh
# While the webhook is down, labelled HPAs are refused, since they would scale by the wrong numbers;
# labelled Pods start without the launcher, and everything else goes on as if nothing were.

labelled_hpa() { # NAME
    managed_hpa "$1" "maxReplicas: 3, metrics: [$(resource_metric cpu 75)]" | k apply -f - 2>&1
}

start_webhook
labelled_hpa before >/dev/null
stop_webhook

if said=$(labelled_hpa app); then unexpected "must be refused while the webhook is down: $said"; fi
matches "$said" 'failed calling webhook "hpas.enclave-metrics.dev"'
# Of one that is there, not even an update; but its scaling and its end.
if k patch hpa before --type=merge --patch='{"spec":{"maxReplicas":5}}' >/dev/null 2>&1; then
    unexpected "an update of a labelled HPA must be refused while the webhook is down"
fi
k patch hpa before --subresource=status --type=merge --patch='{"status":{"desiredReplicas":1}}' >/dev/null
k delete hpa before >/dev/null

autoscaler plain 3 "$(resource_metric cpu 75)"
managed_deployment app 1
wait_for 20 has_pods app 1
same "$(k get pod "$(pods app)" --output=json | jq '.spec.initContainers')" null
k create deployment other --image=example/other >/dev/null
k create configmap other --from-literal=a=b >/dev/null
wait_for 20 has_pods other 1

start_webhook
labelled_hpa app >/dev/null
k delete pod "$(pods app)" --wait=false >/dev/null
has_sidecar() {
    has_pods app 1 && [ "$(k get pod "$(pods app)" --output=jsonpath='{.spec.initContainers[*].name}')" = enclave-metrics ]
}
wait_for 20 has_sidecar
