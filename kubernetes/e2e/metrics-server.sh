# Sourced by lib.sh: the metrics server, as a process beside the control plane that the cluster sees
# as a Service, and requests to it.
# shellcheck shell=bash disable=SC2154 # of lib.sh

server_jar=$project/kubernetes/metrics-server/target/metrics-server.jar
server_address=192.0.2.10 # that of the EndpointSlice, and of the network's one interface
server_name=enclave-metrics-server.enclave-system.svc
server_pid=$dir/run/metrics-server.pid
group=/apis/custom.metrics.k8s.io

server_runs() {
    [ -f "$server_pid" ] && kill -0 "$(cat "$server_pid")" 2>/dev/null
}

# With the rights of a service account only, none of the administrator's.
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

# One that runs is left alone, and its log goes on after a restart. Its Events would be part of
# every case's load. A scrape is a small thing here, so that 1 s is much for it.
start_server() { # [FLAG...]
    server_runs && return
    [ -f "$server_jar" ] || unexpected "$server_jar is missing: run 'mvn package' in $project" || return
    ip address replace "$server_address/24" dev lo
    sed "s/CA_BUNDLE/$(base64 --wrap=0 "$pki/serving-ca.crt")/" "$here/manifests/metrics-server.yaml" |
        kubectl apply -f - >/dev/null
    account_kubeconfig enclave-system enclave-metrics-server >"$dir/metrics-server.kubeconfig"
    java -Xmx64m -jar "$server_jar" "--kubeconfig=$dir/metrics-server.kubeconfig" \
        "--bind=$server_address" --port=10250 --scrape-interval=2s --scrape-timeout=1s --warm-up=0s \
        "--tls-cert-file=$pki/metrics-server.crt" "--tls-key-file=$pki/metrics-server.key" "$@" \
        >>"$dir/log/metrics-server.log" 2>&1 </dev/null &
    echo $! >"$server_pid"
    wait_for 60 available v1beta1
    wait_for 60 available v1beta2
}

stop_server() {
    ! server_runs || kill "$(cat "$server_pid")"
    wait_for 10 server_stopped
}

server_stopped() {
    ! server_runs
}

condition() { # VERSION: status and reason
    kubectl get apiservice "$1.custom.metrics.k8s.io" --output=jsonpath='{range .status.conditions[?(@.type=="Available")]}{.status} {.reason}{end}'
}

available() { # VERSION
    [ "$(condition "$1")" = "True Passed" ]
}

# --- through the API server, as its administrator ---

raw() { # PATH below the group
    kubectl get --raw "$group/$1"
}

# What the metrics server has of all pods of a Deployment: values in milli, one a line.
points() { # NAME METRIC
    raw "v1beta2/namespaces/$namespace/pods/*/$2?labelSelector=app%3D$1" |
        jq --raw-output '.items[].value | if endswith("m") then rtrimstr("m") | tonumber else tonumber * 1000 end'
}

has_points() { # NAME COUNT
    [ "$(points "$1" nitro_enclave_cpu_usage | wc -l)" -eq "$2" ]
}

points_near() { # NAME COUNT MILLI TOLERANCE: of the CPU usage
    local values value
    values=$(points "$1" nitro_enclave_cpu_usage) || return
    [ "$(wc -w <<<"$values")" -eq "$2" ] || return
    for value in $values; do
        is_near "$value" "$3" "$4" || return
    done
}

# --- straight to the metrics server ---

# ask PATH [CURL-OPTION...]: the code, a space and the body, from $group on for a path without slash
# at its beginning. As nobody, unless the options say who.
ask() {
    local path=$1
    shift
    [[ $path == /* ]] || path=$group/$path
    curl --silent --path-as-is --globoff --max-time 10 --cacert "$pki/serving-ca.crt" \
        --resolve "$server_name:10250:$server_address" --output "$dir/run/body" \
        --write-out '%{http_code} ' "$@" "https://$server_name:10250$path" || true
    cat "$dir/run/body" 2>/dev/null || true
    rm -f "$dir/run/body"
}

as() { # NAME: of a certificate, as options for ask
    echo "--cert $pki/$1.crt --key $pki/$1.key"
}

# answers CODE REASON PATH [CURL-OPTION...]: a Status body for errors, whose reason it has.
answers() {
    local code=$1 reason=$2 answer
    shift 2
    answer=$(ask "$@")
    [ "${answer%% *}" = "$code" ] || unexpected "$*: expected $code, found $answer" || return
    [ -z "$reason" ] || jq --exit-status ".kind == \"Status\" and .apiVersion == \"v1\" and .status == \"Failure\"
        and .code == $code and .reason == \"$reason\" and (.message | length > 0)" <<<"${answer#* }" >/dev/null ||
        unexpected "$*: expected a Status with reason $reason, found $answer"
}
