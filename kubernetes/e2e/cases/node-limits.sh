# shellcheck shell=bash disable=SC2154 # of lib.sh
# Launcher, metrics server and webhook stay within their limits while a pod of another namespace attacks
# them: none is killed or restarted, and all answer afterwards.
# shellcheck source-path=SCRIPTDIR source=../node.sh
. "$here/node.sh"

others=$namespace-others
trap 'code=$?; kubectl delete namespace "$others" --wait=false >/dev/null 2>&1 || true; end $code' EXIT

memory_of() { # PID: prints the peak memory usage and the limit of its container, in MiB
    local path hierarchy most limit
    path=$(awk -F: '$2 == "memory" || ($1 == 0 && $2 == "") { print $3; exit }' "/proc/$1/cgroup")
    for hierarchy in /sys/fs/cgroup/memory /sys/fs/cgroup; do
        most=$(cat "$hierarchy$path"/memory.{max_usage_in_bytes,peak} 2>/dev/null || true)
        limit=$(cat "$hierarchy$path"/memory.{limit_in_bytes,max} 2>/dev/null || true)
        [ -z "$limit" ] || break
    done
    echo "$((${most:-0} / 1048576)) of $((${limit:-0} / 1048576)) MiB"
}

# attacked NAMESPACE POD CONTAINER SCHEME PORT PATH
attacked() {
    local target process
    target=$(kubectl --namespace="$1" get pod "$2" --output=jsonpath='{.status.podIP}')
    process=$(namespace=$1 process_of "$2" "$3")
    nsenter --net="/proc/$attacker/ns/net" "$here/attack" "$4" "$target" "$5" "$6" 20
    same "$(namespace=$1 restarts "$2" "$3")" 0
    echo "$3: at most $(memory_of "$process")"
}

serving
enclave_deployment app 1
kubectl create namespace "$others" >/dev/null
kubectl --namespace="$others" run attacker --image=registry.k8s.io/pause:3.10 >/dev/null
wait_for 60 has_ready app 1
wait_for 60 all_serve app
kubectl --namespace="$others" wait pod/attacker --for=condition=Ready --timeout=180s >/dev/null
attacker=$(namespace=$others process_of attacker attacker)
pod=$(pods app)

attacked "$namespace" "$pod" enclave-metrics http 59090 /metrics
serves "$pod"
wait_for 10 top_shows "^$pod +[0-9.]+% +[0-9.]+% +[0-9]+s$"

attacked "$system" "$(part_pod metrics-server)" metrics-server https 10250 /apis/custom.metrics.k8s.io/v1beta2
wait_for 10 top_shows "^$pod +[0-9.]+% +[0-9.]+% +[0-9]+s$"

attacked "$system" "$(part_pod webhook)" webhook https 10251 /pods
wait_for 10 webhook_answers
