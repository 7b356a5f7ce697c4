# shellcheck shell=bash disable=SC2154 # of lib.sh
# The Pod Security levels in docs/security.md are the strictest that Kubernetes' admission allows for each way
# of installing: for the chart's Pods, and for labelled Pods with the launcher.

levels="restricted baseline privileged" # the strictest first

enforcing() { # LEVEL: prints the name of the namespace that enforces it
    echo "$namespace-$1"
}

# Prints the strictest level that accepts the Pod on stdin. Fails on any error other than a violated level.
strictest() {
    local pod level
    pod=$(cat)
    for level in $levels; do
        if kubectl --namespace="$(enforcing "$level")" create --dry-run=server --output=json -f - <<<"$pod" >"$own/said" 2>&1; then
            echo "$level"
            return
        fi
        matches "$(cat "$own/said")" "violates PodSecurity \"$level:" || return
    done
    unexpected "privileged must accept every Pod: $(cat "$own/said")"
}

# --- the chart's Pods ---

# Without their service account, which the namespaces of the levels do not have.
pods_in() { # NAMESPACE [OPTION...]: prints the chart's Pods there, with these options, one per line
    helm template --set=image.registry=registry.example "${@:2}" | kubectl create --dry-run=client --output=json -f - |
        jq --compact-output --arg namespace "$1" '(.items // [.])[]
            | select((.kind | IN("Deployment", "DaemonSet")) and .metadata.namespace == $namespace)
            | {apiVersion: "v1", kind: "Pod", metadata: {name: .metadata.name},
               spec: (.spec.template.spec | del(.serviceAccountName))}'
}

# The level that a namespace can enforce is that of its least restricted Pod.
chart_has() { # LEVEL COUNT NAMESPACE [OPTION...]
    local pods pod level found=''
    pods=$(pods_in "${@:3}")
    same "$(wc -l <<<"$pods")" "$2" || return
    while read -r pod; do found+=" $(strictest <<<"$pod")" || return; done <<<"$pods"
    for level in privileged baseline restricted; do
        [[ " $found " != *" $level "* ]] || break
    done
    same "$level" "$1" || unexpected "with ${*:3}"
}

# --- labelled Pods ---

# The Pod itself is restricted, so only the launcher can violate a level.
launcher_has() { # LEVEL ANNOTATION...
    local found
    found=$(
        strictest <<YAML
apiVersion: v1
kind: Pod
metadata: {name: app, labels: {nitro.k8s.anjuna.io/managed: "yes"}, annotations: {$(IFS=,; echo "${*:2}")}}
spec:
  securityContext: {runAsNonRoot: true, runAsUser: 10001, seccompProfile: {type: RuntimeDefault}}
  containers:
  - name: app
    image: example/app
    securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
    volumeMounts: [{name: enclave, mountPath: /run/enclave}]
  volumes: [{name: enclave, emptyDir: {}}]
YAML
    )
    same "$found" "$1" || unexpected "with ${*:2}" || return
    matches "$(cat "$own/said")" '"name": "enclave-metrics"' # while the webhook is down, Pods do not get it
}

found='enclave-metrics.dev/enclave: nitro'
dialed='enclave-metrics.dev/enclave: "vsock:16:59090"'
shared='enclave-metrics.dev/enclave: "unix:/run/enclave/agent.sock"'
run='enclave-metrics.dev/run-enclave: /run/enclave/app.eif, enclave-metrics.dev/enclave-cpus: "2", enclave-metrics.dev/enclave-memory-mib: "64"'

have_accounts() {
    local level
    for level in $levels; do
        kubectl --namespace="$(enforcing "$level")" get serviceaccount default >/dev/null 2>&1 || return
    done
}

trap 'code=$?; for level in $levels; do kubectl delete namespace "$(enforcing "$level")" --wait=false >/dev/null 2>&1 || true; done; end $code' EXIT
for level in $levels; do
    kubectl create namespace "$(enforcing "$level")" >/dev/null
    kubectl label namespace "$(enforcing "$level")" "pod-security.kubernetes.io/enforce=$level" >/dev/null
done
wait_for 20 have_accounts

chart_has privileged 3 "$system"
chart_has restricted 2 "$system" --set=seccomp.namespace=profiles
chart_has privileged 1 profiles --set=seccomp.namespace=profiles
chart_has restricted 2 "$system" --set=seccomp.install=false
chart_has privileged 2 "$system" --set=seccomp.install=false --set=metricsServer.hostNetwork=true --set=metricsServer.port=10260

start_webhook
launcher_has privileged "$found"
launcher_has privileged "$run"
launcher_has restricted "$dialed"
launcher_has restricted "$shared"

upgrade_release --set=webhook.sidecar.nitroCli=none
wait_for 30 launcher_has restricted "$found"
wait_for 30 launcher_has baseline "$run"

upgrade_release --set=webhook.sidecar.nitroCli=none --set=webhook.sidecar.nitroSockets=/run/nitro_enclaves
wait_for 30 launcher_has privileged "$found"

upgrade_release --set=webhook.sidecar.seccompProfile=Unconfined
wait_for 30 launcher_has privileged "$dialed"
