# shellcheck shell=bash disable=SC2154 # of lib.sh
# Users get a warning for what looks managed but is not: a label without effect, Pods that Pod Security
# refuses once they have the launcher, an HPA for pods without the label. What Kubernetes itself refuses keeps
# Kubernetes' message.

level=pod-security.kubernetes.io/enforce
told='label nitro.k8s.anjuna.io/managed must be "yes" to have an effect, found'

says() { # PATTERN: the API server must accept the objects on stdin, with a message that matches
    local said
    said=$(k create --dry-run=server -f - 2>&1) || unexpected "must be accepted, and was not: $said" || return
    matches "$said" "$1"
}

is_silent() { # the API server must accept the objects on stdin without a warning
    local said
    said=$(k create --dry-run=server -f - 2>&1)
    [[ $said != *Warning* ]] || unexpected "must be accepted without a warning, and was not: $said"
}

template() { # LABEL [ANNOTATION]: prints a Deployment whose Pod template has them
    cat <<YAML
apiVersion: apps/v1
kind: Deployment
metadata: {name: app}
spec:
  selector: {matchLabels: {app: app}}
  template:
    metadata: {labels: {app: app, nitro.k8s.anjuna.io/managed: "$1"}, annotations: {${2:-}}}
    spec: {containers: [{name: app, image: example/app}]}
YAML
}

hpa_says() { # NAME PATTERN: succeeds if the message of one of its conditions matches
    k get hpa "$1" --output=json | jq --raw-output '.status.conditions[]?.message' | grep -qE "$2"
}

start_server
start_webhook
knows_policy() {
    template true | says "$told" >/dev/null
}
wait_for 20 knows_policy

# --- the label ---
managed_hpa app 'maxReplicas: 3' | sed 's/"yes"/"Yes"/' | says "^Warning: .*: $told \"Yes\"; write \"yes\"$"
template true | says "^Warning: .*: $told \"true\"; write \"yes\"$"
template no | is_silent
template yes | is_silent
managed_hpa app "maxReplicas: 3, metrics: [$(resource_metric cpu 70)]" | is_silent

# --- the namespace's Pod Security level ---
kubectl label namespace "$namespace" "$level=baseline" >/dev/null
template yes | says "^Warning: .*: Pods get the launcher, which Pod Security level baseline of namespace $namespace refuses"
template yes 'enclave-metrics.dev/enclave: "vsock:16:59090"' | is_silent
template no | is_silent
kubectl label namespace "$namespace" "$level-" >/dev/null

# --- pods without the label ---
k create deployment plain --image=example/app >/dev/null
managed_hpa plain "maxReplicas: 3, metrics: [$(resource_metric cpu 70)]" | apply
wait_for 30 hpa_says plain "no pod in namespace $namespace that matches app=plain has the label nitro.k8s.anjuna.io/managed=yes; add it to the Pod template"

# --- what Kubernetes refuses ---
if said=$(managed_hpa zero "maxReplicas: 3, metrics: [$(resource_metric cpu 0)]" | k create -f - 2>&1); then
    unexpected "must be refused, and was not: $said"
fi
matches "$said" 'spec.metrics\[0\].resource.target.averageUtilization: Invalid value: 0: must be greater than 0'
