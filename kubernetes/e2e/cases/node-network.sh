# shellcheck shell=bash disable=SC2154 # of lib.sh
# needs: kube-router
# The chart's NetworkPolicies on a real node, enforced by kube-router: which pods reach the launchers' port
# and our servers, and what these reach. Without kube-router, every pod reaches everything.
# shellcheck source-path=SCRIPTDIR source=../node.sh
. "$here/node.sh"
# shellcheck source-path=SCRIPTDIR source=../processes.sh
. "$here/processes.sh"

for need in iptables ipset; do
    command -v "$need" >/dev/null || skip "needs $need (Debian: apt-get install $need)"
done
code=0
program=$("$here/programs/build" kube-router) || code=$?
[ "$code" -ne 3 ] || skip "there is no Go toolchain (1.26 or newer)"
[ "$code" -eq 0 ]
enforcer=$program/kube-router

stop_enforcing() {
    stop_process kube-router
    on_node iptables --flush
    on_node iptables --delete-chain
    on_node ipset destroy
}
trap 'code=$?; stop_enforcing || true; end $code' EXIT

enforce() {
    start_process kube-router nsenter --mount="/proc/$(cat "$dir/run/node.pid")/ns/mnt" -- env NODE_NAME=worker \
        "$enforcer" --kubeconfig="$dir/admin.kubeconfig" --run-firewall=true --run-router=false --run-service-proxy=false \
        --enable-cni=false --service-cluster-ip-range=10.96.0.0/24 --health-port=0
}

# --- clients and targets ---

declare -A process place

pod_is() { # NAME NAMESPACE POD CONTAINER [PORT]
    local namespace=$2
    process[$1]=$(process_of "$3" "$4")
    place[$1]="$(address "$3") ${5:-}"
}

connects() { # WHO WHERE
    local host port
    read -r host port <<<"${place[$2]}"
    # shellcheck disable=SC2016 # the inner shell's
    nsenter --net="/proc/${process[$1]}/ns/net" timeout 2 bash -c ': <>"/dev/tcp/$0/$1"' "$host" "$port" 2>/dev/null
}

reaches() { # WHO WHERE...
    local where
    for where in "${@:2}"; do connects "$1" "$where" || unexpected "$1 must reach $where" || return; done
}

reaches_none() { # WHO WHERE...
    local where
    for where in "${@:2}"; do ! connects "$1" "$where" || unexpected "$1 must not reach $where" || return; done
}

cat >"$own/values.yaml" <<YAML
networkPolicy:
  ingressFrom: &prometheus
  - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: $namespace}}
    podSelector: {matchLabels: {role: prometheus}}
  launchers: {namespaces: [$namespace], from: *prometheus}
YAML
install_release "--values=$own/values.yaml"
wait_for 60 available v1beta1
wait_for 60 available v1beta2
wait_for 30 webhook_answers
for name in stranger prometheus; do
    k run "$name" --labels="role=$name" --image=nginx:latest >/dev/null
done
program='[/opt/enclave-metrics/run-with-agent, sh, -c, "httpd -p 8080 -h /; exec enclave"]'
enclave_deployment app 1
program=''
wait_for 60 has_ready app 1
wait_for 60 all_serve app
k wait pod/stranger pod/prometheus --for=condition=Ready --timeout=180s >/dev/null

app=$(pods app)
pod_is stranger "$namespace" stranger stranger 80
pod_is prometheus "$namespace" prometheus prometheus 80
pod_is launcher "$namespace" "$app" enclave-metrics 59090
pod_is application "$namespace" "$app" enclave 8080
pod_is server "$system" "$(part_pod metrics-server)" metrics-server 10250
pod_is webhook "$system" "$(part_pod webhook)" webhook 10251
pod_is profile "$system" "$(part_pod seccomp)" installed
place[api]="192.0.2.1 6443"

# --- nothing is enforced ---
for who in stranger prometheus server webhook profile; do
    reaches "$who" stranger launcher application server webhook api
done

# --- the policies ---
enforce
refused() { reaches_none stranger launcher >/dev/null; }
wait_for 60 refused
reaches prometheus stranger launcher application server webhook api
reaches stranger application api
reaches_none stranger launcher server webhook
reaches server launcher api
reaches_none server stranger webhook
reaches webhook api
reaches_none webhook stranger launcher application server
reaches_none profile stranger launcher application server webhook api

# --- the product works with the policies ---
wait_for 30 available v1beta1
webhook_answers
wait_for 20 top_shows "^$app +[0-9.]+% +[0-9.]+% +[0-9]+s$"

# --- without kube-router again ---
stop_enforcing
reaches stranger launcher server webhook
