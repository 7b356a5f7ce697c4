# Sourced by the cases with Prometheus and other custom metrics servers, which run as processes beside the
# control plane, with the files of kubernetes/examples.
# shellcheck shell=bash disable=SC2154 # of lib.sh

# shellcheck source-path=SCRIPTDIR source=processes.sh
. "$here/processes.sh"

examples=$project/kubernetes/examples
prometheus_url=http://127.0.0.1:9090
adapter_address=192.0.2.11 # that of the EndpointSlice

# The cluster starts without our metrics server and webhook; a case that needs them installs them.
remove_release

# Removes the case's API and processes, also after a failure.
end_pipeline() {
    local code=$?
    # An API without its server would block the deletion of namespaces.
    [ ! -f "$own/adapter-api.yaml" ] || kubectl delete -f "$own/adapter-api.yaml" >/dev/null
    stop_process adapter
    stop_process prometheus
    end "$code"
}
trap end_pipeline EXIT

# --- prerequisites ---

# Skips the case if CODE, of one of our build scripts, says that there is no Go toolchain.
without_go() { # CODE
    [ "$1" -ne 3 ] || skip "there is no Go toolchain (1.26 or newer)"
    return "$1"
}

build_program() { # NAME: builds it and sets $program to its path
    program=$("$here/programs/build" "$1") || without_go $?
    program+=/$1
}

definition() { # PLURAL: applies the definition of that custom resource
    local file
    file=$("$here/crds/fetch" "$1") || without_go $?
    # The annotation of a client-side apply would be too long.
    kubectl apply --server-side --force-conflicts -f "$file" >/dev/null
    kubectl wait --for=condition=Established --timeout=30s -f "$file" >/dev/null
}

# --- Prometheus ---

# Starts Prometheus with CONFIGURATION, but with a scrape interval of 2 s instead of 15 s, and with a
# kubeconfig file instead of a pod's mounted service account.
start_prometheus() { # CONFIGURATION
    local program
    build_program prometheus
    kubectl apply -f "$here/manifests/prometheus.yaml" >/dev/null
    account_kubeconfig monitoring prometheus >"$dir/prometheus.kubeconfig"
    sed -e 's/scrape_interval: 15s/scrape_interval: 2s/' \
        -e "s|^      - role: pod\$|&\n        kubeconfig_file: $dir/prometheus.kubeconfig|" \
        "$1" >"$own/prometheus.yaml"
    rm -rf "$dir/prometheus"
    start_process prometheus "$program" --config.file="$own/prometheus.yaml" \
        --storage.tsdb.path="$dir/prometheus" --web.listen-address="${prometheus_url#http://}"
    wait_for 30 curl --silent --fail --output /dev/null "$prometheus_url/-/ready"
}

query() { # PROMQL: prints the pod, if any, and the value of each series
    curl --silent --fail --max-time 5 "$prometheus_url/api/v1/query" --data-urlencode "query=$1" |
        jq --raw-output '.data.result[] | "\(.metric.pod // "") \(.value[1])"'
}

has_series() { # PROMQL COUNT
    [ "$(query "$1" | wc -l)" -eq "$2" ]
}

value_near() { # PROMQL EXPECTED TOLERANCE: compares the value of the only series
    is_near "$(query "$1" | cut -d ' ' -f 2)" "$2" "$3"
}

# --- the Grafana dashboard ---

# Starts Prometheus with both examples, one for the launchers, one for the metrics server and the webhook.
start_prometheus_with_servers() {
    kubectl apply -f "$here/manifests/prometheus.yaml" >/dev/null
    kubectl create token prometheus --namespace=monitoring --duration=24h >"$own/prometheus.token"
    {
        cat "$examples/prometheus.yaml"
        sed -e '0,/^scrape_configs:/d' -e "s|/var/run/secrets/.*/token|$own/prometheus.token|" \
            -e "s|/etc/prometheus/.*/ca.crt|$pki/serving-ca.crt|" "$examples/prometheus-servers.yaml"
    } >"$own/with-servers.yaml"
    start_prometheus "$own/with-servers.yaml"
}

# Prints the dashboard's queries as Grafana sends them if everything in this namespace is selected.
dashboard_queries() {
    jq --raw-output '.panels[].targets[]?.expr' "$project/kubernetes/chart/files/grafana-dashboard.json" |
        sed -e "s/\$namespace/$namespace/g" -e 's/\$\(workload\|pod\)/.*/g' -e 's/\$__rate_interval/1m/g'
}

# --- another custom metrics server, in place of ours or behind it ---

# run_adapter NAME COMMAND...: starts it with the flags of all servers that use custom-metrics-apiserver.
# In the cluster it is the Service monitoring/NAME.
run_adapter() {
    local name=$1 config=$dir/$1.kubeconfig
    shift
    [ -f "$pki/$name.crt" ] || certificate "$name" serving-ca "/CN=$name" "DNS:$name.monitoring.svc"
    sed "s/NAME/$name/" "$here/manifests/adapter.yaml" | kubectl apply -f - >/dev/null
    account_kubeconfig monitoring "$name" >"$config"
    start_process adapter "$@" --lister-kubeconfig="$config" --authentication-kubeconfig="$config" \
        --authorization-kubeconfig="$config" --bind-address="$adapter_address" --secure-port=6444 \
        --tls-cert-file="$pki/$name.crt" --tls-private-key-file="$pki/$name.key"
}

start_adapter() { # NAME COMMAND...: starts it as the server of custom.metrics.k8s.io, instead of ours
    run_adapter "$@"
    sed -e "s/NAME/$1/" -e "s/CA_BUNDLE/$(base64 --wrap=0 "$pki/serving-ca.crt")/" \
        "$here/manifests/adapter-api.yaml" >"$own/adapter-api.yaml"
    kubectl apply -f "$own/adapter-api.yaml" >/dev/null
    wait_for 60 available v1beta1
}

# Applies the Deployment of the examples and the HPA in FILE, which must scale by the launchers' values.
scales_nginx() { # FILE
    load nginx 0.2 0.3
    k apply -f "$examples/deployment.yaml" >/dev/null
    k apply -f "$1" >/dev/null
    k patch hpa nginx --type=merge --patch='{"spec":{"maxReplicas":3}}' >/dev/null # the machine is small
    wait_for 60 has_ready nginx 1
    wait_for 90 shows_near 200
    same "$(scaling nginx ScalingActive)" "True ValidMetricFound"
    matches "$(k describe hpa nginx)" '"nitro.enclave.memory.usage" on pods: +(29[0-9]|30[0-9])m / 500m'
    load nginx 0.95 0.3
    wait_for 120 has_ready nginx 3
    load nginx 0.05 0.1
    wait_for 120 wants nginx 1
}

shows_near() { # MILLI: compares the CPU usage in the HPA's status
    is_near "$(k get hpa nginx --output=json | jq --raw-output '.status.currentMetrics[]?.pods |
        select(.metric.name // "" | test("^nitro.enclave.cpu.usage$")) | .current.averageValue | rtrimstr("m")')" "$1" 30
}
