# shellcheck shell=bash disable=SC2154 # of lib.sh
# While the webhook is down, labelled HPAs are refused, because they would scale by the wrong values; but the
# label can be removed, and the HPAs can be deleted. Labelled Pods start without the launcher, which the
# metrics server reports. Everything else works as usual.

kept() { # NAME: prints whether it has the annotation with the original metrics
    k get hpa "$1" --output=json | jq '(.metadata.annotations // {}) | has("enclave-metrics.dev/original-metrics")'
}

kinds() { # NAME: prints the types of its metrics
    k get hpa "$1" --output=json | jq --raw-output '.spec.metrics[].type'
}

gone() { # NAME
    [ -z "$(k get hpa "$1" --ignore-not-found --output=name)" ]
}

says_no_launcher() { # NAME: of the Deployment
    [[ $(status_of "$(pods "$1")") == "NoLauncher no container has a port named enclave-metrics"* ]]
}

warns_of_no_launcher() { # NAME: of the Deployment
    k get events --field-selector="involvedObject.name=$(pods "$1")" --output=json |
        jq --raw-output '.items[].message' | grep -q '^No enclave metrics: NoLauncher'
}

labelled_hpa() { # NAME
    managed_hpa "$1" "maxReplicas: 3, metrics: [$(resource_metric cpu 75)]" | k apply -f - 2>&1
}

start_server
start_webhook
for name in before foreground unlabelled; do labelled_hpa "$name" >/dev/null; done
stop_webhook

if said=$(labelled_hpa app); then unexpected "must be refused while the webhook is down: $said"; fi
matches "$said" 'failed calling webhook "hpas.enclave-metrics.dev"'
# An existing one cannot be updated, but its status can, so that it scales; and it can be deleted.
if k patch hpa before --type=merge --patch='{"spec":{"maxReplicas":5}}' >/dev/null 2>&1; then
    unexpected "an update of a labelled HPA must be refused while the webhook is down"
fi
k patch hpa before --subresource=status --type=merge --patch='{"status":{"desiredReplicas":1}}' >/dev/null
k delete hpa before >/dev/null
# The garbage collector removes its finalizer by an update during the deletion.
k delete hpa foreground --cascade=foreground --wait=false >/dev/null
wait_for 20 gone foreground
# The metrics stay translated until the label is set and removed again while the webhook runs.
k label hpa unlabelled nitro.k8s.anjuna.io/managed- >/dev/null
same "$(kinds unlabelled) $(kept unlabelled)" 'Pods true'

autoscaler plain 3 "$(resource_metric cpu 75)"
managed_deployment app 1 'e2e.enclavemetrics.dev/hostile: absent'
wait_for 20 has_pods app 1
same "$(k get pod "$(pods app)" --output=json | jq '.spec.initContainers')" null
k create deployment other --image=example/other >/dev/null
k create configmap other --from-literal=a=b >/dev/null
wait_for 20 has_pods other 1
wait_for 30 says_no_launcher app
wait_for 30 warns_of_no_launcher app

start_webhook
labelled_hpa app >/dev/null
for value in =yes -; do k label hpa unlabelled "nitro.k8s.anjuna.io/managed$value" >/dev/null; done
same "$(kinds unlabelled) $(kept unlabelled)" 'Resource false'
k delete pod "$(pods app)" --wait=false >/dev/null
has_sidecar() {
    has_pods app 1 && [ "$(k get pod "$(pods app)" --output=jsonpath='{.spec.initContainers[*].name}')" = enclave-metrics ]
}
wait_for 20 has_sidecar
