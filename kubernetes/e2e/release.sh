# Sourced by lib.sh: the chart's release, installed with Helm as in any other cluster. The kubelet runs its
# pods.
# shellcheck shell=bash disable=SC2154 # of lib.sh

system=enclave-system
release=enclave-metrics
release_note=$dir/run/release

helm() { # template|install|upgrade|uninstall [OPTION...]
    "$here/helm" "$1" "$release" --namespace="$system" "${@:2}"
}

# The certificates are created here; the release gets them in Secrets.
release_values=("--values=$here/values.yaml" --set=tls.type=secret
    --set=metricsServer.tls.secretName=metrics-server-tls "--set-file=metricsServer.tls.ca=$pki/serving-ca.crt"
    --set=webhook.tls.secretName=webhook-tls "--set-file=webhook.tls.ca=$pki/serving-ca.crt")

serving_secret() { # NAME CERTIFICATE: creates or updates the Secret
    kubectl --namespace="$system" create secret tls "$1" --cert="$pki/$2.crt" --key="$pki/$2.key" \
        --dry-run=client --output=yaml | kubectl apply -f - >/dev/null
}

prepare_namespace() {
    kubectl get namespace "$system" >/dev/null 2>&1 || kubectl create namespace "$system" >/dev/null
    serving_secret metrics-server-tls metrics-server
    serving_secret webhook-tls webhook
}

installed() {
    [ -n "$(kubectl --namespace="$system" get secrets --selector="owner=helm,name=$release" --output=name)" ]
}

# Installs the release with $release_values and the options, or upgrades it if it has others. Cases that
# run in parallel need the same release; the first of them installs it.
install_release() { # [OPTION...]
    {
        flock 9
        if ! installed; then
            prepare_namespace
            helm install "${release_values[@]}" --wait "$@" >>"$dir/log/helm.log"
            note_release "$@"
        elif [ "$(cat "$release_note" 2>/dev/null)" != "${release_values[*]} $*" ]; then
            upgrade_release "$@"
        fi
    } 9>>"$release_note.lock"
}

upgrade_release() { # [OPTION...]
    helm upgrade "${release_values[@]}" --wait "$@" >>"$dir/log/helm.log"
    note_release "$@"
}

note_release() { # [OPTION...]: records the values and options of the release
    echo "${release_values[*]} $*" >"$release_note"
}

remove_release() {
    ! installed || helm uninstall >>"$dir/log/helm.log"
}

ready_part() { # NAME REPLICAS: succeeds if that part of the release, such as server, has so many ready
    [ "$(kubectl --namespace="$system" get deployment "$release-$1" \
        --output=jsonpath='{.status.readyReplicas}')" = "$2" ]
}

scale_part() { # NAME REPLICAS
    kubectl --namespace="$system" scale deployment "$release-$1" --replicas="$2" >/dev/null
}

part_pod() { # COMPONENT: prints the name of its newest pod
    kubectl --namespace="$system" get pods --selector="app.kubernetes.io/component=$1" \
        --sort-by=.metadata.creationTimestamp --output=jsonpath='{.items[-1:].metadata.name}'
}

part_pods() { # COMPONENT: prints the names of its pods, one per line
    kubectl --namespace="$system" get pods --selector="app.kubernetes.io/component=$1" \
        --output=jsonpath='{range .items[*]}{.metadata.name}{"\n"}{end}'
}

part_address() { # POD
    kubectl --namespace="$system" get pod "$1" --output=jsonpath='{.status.podIP}'
}

no_part() { # COMPONENT
    [ -z "$(part_pod "$1")" ]
}

# --- the webhook ---

start_webhook() {
    install_release
    scale_part webhook 1
    wait_for 60 ready_part webhook 1
    wait_for 30 webhook_answers
}

stop_webhook() {
    scale_part webhook 0
    wait_for 20 no_part webhook
}

# Succeeds if the API server can call the webhook, whose address it learns from the EndpointSlice.
webhook_answers() {
    kubectl --namespace=default create --dry-run=server -f - >/dev/null 2>&1 <<YAML
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: webhook-answers, labels: {nitro.k8s.anjuna.io/managed: "yes"}}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: app}, maxReplicas: 1}
YAML
}
