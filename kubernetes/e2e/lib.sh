# Sourced by run-case: functions for the cases. Cases run beside the control plane, with kubectl as the
# cluster's administrator, in the namespace $namespace.
# shellcheck shell=bash disable=SC2034 # used by those that source it

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
project=$(cd "$here/../.." && pwd)
dir=$(dirname "$KUBECONFIG")
pki=$dir/pki
own=$dir/run/case-$name # files that the case writes
skipped=3 # exit code of a case whose prerequisites are missing

# shellcheck source-path=SCRIPTDIR source=pki.sh
. "$here/pki.sh"
# shellcheck source-path=SCRIPTDIR source=release.sh
. "$here/release.sh"
# shellcheck source-path=SCRIPTDIR source=metrics-server.sh
. "$here/metrics-server.sh"

# --- objects and load ---

k() { # ARGUMENT...: runs kubectl in the case's namespace
    kubectl --namespace="$namespace" "$@"
}

apply() { # applies the objects on stdin
    k apply -f - >/dev/null
}

# workload NAME REPLICAS SPEC [ANNOTATION...]: creates a Deployment of labelled pods. SPEC contains further
# fields of the pod spec, in YAML flow style. `load` sets the load of the pods' enclaves.
workload() {
    local name=$1 replicas=$2 spec=$3
    shift 3
    apply <<YAML
apiVersion: apps/v1
kind: Deployment
metadata: {name: $name}
spec:
  replicas: $replicas
  selector: {matchLabels: {app: $name}}
  template:
    metadata:
      labels: {app: $name, nitro.k8s.anjuna.io/managed: "yes"}
      annotations: {$(IFS=,; echo "$*")}
    spec: {terminationGracePeriodSeconds: 0, $spec}
YAML
}

# Pods with a launcher of their own. The webhook recognizes it by its port's name and does not change them.
deployment() { # NAME REPLICAS [ANNOTATION...]
    workload "$1" "$2" "containers: [
        {name: app, image: example/app, resources: {requests: {cpu: 100m}}},
        {name: own-launcher, image: example/own-launcher,
         ports: [{name: enclave-metrics, containerPort: 59090}]}]" "${@:3}"
}

# Pods without a launcher: the webhook adds one. That container is not run; the pod is simulated as usual.
managed_deployment() { # NAME REPLICAS [ANNOTATION...]
    workload "$1" "$2" "containers: [
        {name: app, image: example/app, volumeMounts: [{name: enclave, mountPath: /run/enclave}]}],
        volumes: [{name: enclave, emptyDir: {}}]" \
        "enclave-metrics.dev/enclave: 'unix:/run/enclave/agent.sock'" "${@:3}"
}

load() { # NAME CPU MEMORY: sets the load of a Deployment's enclaves, or of one pod's
    mkdir -p "$dir/loads/$namespace"
    echo "$2 $3" >"$dir/loads/$namespace/.$1"
    mv "$dir/loads/$namespace/.$1" "$dir/loads/$namespace/$1"
}

# Sets the metrics of a Deployment's applications, in the Prometheus text format. See kubelet/.
application() { # NAME LINE...
    mkdir -p "$dir/loads/$namespace"
    printf '%s\n' "${@:2}" >"$dir/loads/$namespace/.$1.prom"
    mv "$dir/loads/$namespace/.$1.prom" "$dir/loads/$namespace/$1.prom"
}

no_application() { # NAME: its applications stop answering
    rm "$dir/loads/$namespace/$1.prom"
}

# managed_hpa NAME SPEC [VERSION]: prints an HPA with the label, of autoscaling/v2 by default. SPEC is
# such as 'maxReplicas: 3, metrics: [...]'.
managed_hpa() {
    cat <<YAML
apiVersion: autoscaling/${3:-v2}
kind: HorizontalPodAutoscaler
metadata: {name: $1, labels: {nitro.k8s.anjuna.io/managed: "yes"}}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: $1}, $2}
YAML
}

resource_metric() { # NAME PERCENT
    echo "{type: Resource, resource: {name: $1, target: {type: Utilization, averageUtilization: $2}}}"
}

# autoscaler NAME MAX METRIC...: creates the HPA of the reference document.
autoscaler() {
    local name=$1 max=$2
    shift 2
    {
        cat <<YAML
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: $name}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: $name}
  minReplicas: 1
  maxReplicas: $max
  metrics:
YAML
        printf '  - %s\n' "$@"
    } | apply
}

pods_metric() { # METRIC TARGET: prints the metric as in the reference document
    echo "{type: Pods, pods: {metric: {name: $1}, target: {type: Utilization, averageValue: $2}}}"
}

kill_launcher() { # POD
    kill -KILL "$(cat "$dir/pods/$namespace/$1/launcher.pid")"
}

# Prints a kubeconfig with the rights of a service account, without the administrator's.
account_kubeconfig() { # NAMESPACE NAME
    local token
    token=$(kubectl create token "$2" --namespace="$1" --duration=24h)
    cat <<YAML
apiVersion: v1
kind: Config
current-context: e2e
contexts: [{name: e2e, context: {cluster: e2e, user: e2e}}]
clusters: [{name: e2e, cluster: {server: "https://127.0.0.1:6443", certificate-authority: $pki/cluster-ca.crt}}]
users: [{name: e2e, user: {token: $token}}]
YAML
}

# --- queries ---

pods() { # NAME: prints the names of the Deployment's pods, one per line
    k get pods --selector="app=$1" --output=jsonpath='{range .items[*]}{.metadata.name}{"\n"}{end}'
}

has_pods() { # NAME COUNT
    [ "$(pods "$1" | wc -l)" -eq "$2" ]
}

ready_pods() { # NAME: prints the number of ready pods
    k get deployment "$1" --output=jsonpath='{.status.readyReplicas}' | grep . || echo 0
}

has_ready() { # NAME COUNT
    [ "$(ready_pods "$1")" -eq "$2" ]
}

replicas() { # NAME: prints the number of desired replicas
    k get deployment "$1" --output=jsonpath='{.spec.replicas}'
}

wants() { # NAME COUNT
    [ "$(replicas "$1")" -eq "$2" ]
}

address() { # POD
    k get pod "$1" --output=jsonpath='{.status.podIP}'
}

launcher_says() { # POD METRIC [PORT]: prints the launcher's value, or nothing
    curl --silent --max-time 5 "http://$(address "$1"):${3:-59090}/metrics" | jq ".$2 // empty"
}

hpa_metrics() { # prints the metrics of the HPA on stdin, which is JSON
    jq --compact-output --sort-keys .spec.metrics
}

scaling() { # NAME CONDITION: prints the condition's status and reason
    k get hpa "$1" --output=json |
        jq --raw-output ".status.conditions[]? | select(.type == \"$2\") | .status + \" \" + .reason"
}

holds() { # EXPRESSION: succeeds if the awk expression is true
    awk "BEGIN { exit !($1) }" 2>/dev/null
}

is_near() { # MEASURED EXPECTED TOLERANCE
    [ -n "$1" ] && holds "$1 - ($2) <= $3 && ($2) - $1 <= $3"
}

# --- assertions: each prints what it found if it fails ---

skip() { # REASON: the case neither passes nor fails
    echo "$*" >"$own/skipped"
    exit "$skipped"
}

unexpected() {
    echo "$*"
    return 1
}

# wait_for SECONDS COMMAND...: waits until the command succeeds. The seconds are those of a machine without
# other work, so the limit is three times as long; the command is tried once more after it.
wait_for() {
    local limit=$((3 * $1)) until late
    until=$((SECONDS + limit))
    shift
    while late=$((SECONDS >= until)); ! "$@"; do
        [ "$late" -eq 0 ] || unexpected "'$*' must hold within $limit s, but did not" || return
        sleep 0.3
    done
}

holds_for() { # SECONDS COMMAND...: the command must succeed all the time
    local until=$((SECONDS + $1)) since=$SECONDS
    shift
    while [ "$SECONDS" -lt "$until" ]; do
        "$@" || unexpected "'$*' must hold all the time, but failed after $((SECONDS - since)) s" || return
        sleep 0.3
    done
}

near() { # MEASURED EXPECTED TOLERANCE
    is_near "$@" || unexpected "expected $2 ± $3, found ${1:-nothing}"
}

same() { # FOUND EXPECTED
    [ "$1" = "$2" ] || unexpected "expected $2, found ${1:-nothing}"
}

matches() { # TEXT PATTERN: an extended regular expression
    grep -qE -- "$2" <<<"$1" || unexpected "expected a line like $2, found: $1"
}
