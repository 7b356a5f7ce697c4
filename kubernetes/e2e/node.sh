# Sourced by the cases on a real node: more words. The release is the chart's with the defaults, but
# for the registry that every user sets, and a metrics server in a hurry.
# shellcheck shell=bash disable=SC2034,SC2154 # of lib.sh

[ -f "$dir/run/node.pid" ] || skip "needs a node: up --node"
system=enclave-system
release_values=(--create-namespace --set=image.registry=registry.example --set=metricsServer.scrapeInterval=2s
    --set=metricsServer.scrapeTimeout=1s --set=metricsServer.warmUp=0s)

prepare_namespace() { :; } # Helm creates it

on_node() { # COMMAND...: with the node's files
    nsenter --mount="/proc/$(cat "$dir/run/node.pid")/ns/mnt" -- "$@"
}

serving() { # the release, all of it
    install_release
    wait_for 60 available v1beta1
    wait_for 60 available v1beta2
    wait_for 30 webhook_answers
}

# The reference document's Deployment, with what FILE of node/manifests adds.
reference_with() { # FILE
    k patch --local --filename="$project/kubernetes/examples/deployment.yaml" \
        --patch-file="$here/node/manifests/$1.yaml" --output=yaml
}

work() { # POD on|off: of the application in its enclave
    k exec "$1" --container=enclave -- busy "$2"
}

described() { # KIND NAME PATTERN
    local text
    text=$(k describe "$1" "$2" | tr -s ' ') && grep -qE -- "$3" <<<"$text"
}

container_status() { # POD CONTAINER: JSON, of any kind of container
    k get pod "$1" --output=json |
        jq --arg name "$2" '.status | (.initContainerStatuses // []) + (.containerStatuses // []) | .[] | select(.name == $name)'
}

restarts() { # POD CONTAINER
    container_status "$1" "$2" | jq .restartCount
}

# What kubectl enclave top shows, by a plugin that kubectl finds on the PATH.
top_shows() { # PATTERN
    mkdir -p "$own/bin"
    ln -sf "$project/kubernetes/kubectl-enclave/target/kubectl-enclave" "$own/bin/"
    PATH=$own/bin:$PATH kubectl enclave top --namespace="$namespace" 2>&1 | grep -E -- "$1"
}

# template NAME [FIELD...]: of labelled pods whose enclave is the container "enclave". Each FIELD is one
# more of the pods' spec, in YAML's flow style. $container_security is of the container, $program its command, $annotations are
# the pods'.
template() {
    local name=$1
    shift
    cat <<YAML
{metadata: {labels: {app: $name, nitro.k8s.anjuna.io/managed: "yes"},
  annotations: {${annotations:-enclave-metrics.dev/enclave: "unix:/run/enclave/agent.sock"}}},
 spec: {${*:+$(printf '%s, ' "$@")}
  containers: [{name: enclave, image: "registry.example/enclave:latest", securityContext: {${container_security:-}},
    ${program:+command: $program,}
    resources: {requests: {cpu: 20m, memory: 64Mi}, limits: {cpu: 200m, memory: 128Mi}},
    volumeMounts: [{name: enclave, mountPath: /run/enclave}, {name: machine, mountPath: /run/machine}]}],
  volumes: [{name: enclave, emptyDir: {}}, {name: machine, emptyDir: {}}]}}
YAML
}

enclave_deployment() { # NAME REPLICAS [FIELD...]
    apply <<YAML
apiVersion: apps/v1
kind: Deployment
metadata: {name: $1}
spec: {replicas: $2, selector: {matchLabels: {app: $1}}, template: $(template "$1" "${@:3}")}
YAML
}

serves() { # POD [PORT]: fresh values
    curl --silent --fail --max-time 5 "http://$(address "$1"):${2:-59090}/metrics" | grep -q '"nitro_enclave_cpu_usage":'
}

all_serve() { # NAME
    local pod
    for pod in $(pods "$1"); do serves "$pod" || return; done
}

# --- what happens to a node ---

process_of() { # POD CONTAINER: the number of its first process
    local id
    id=$(container_status "$1" "$2" | jq --raw-output '.containerID | ltrimstr("containerd://")')
    on_node ctr --address=/run/containerd/containerd.sock --namespace=k8s.io task list | awk -v id="$id" '$1 == id { print $2 }'
}

restart_on_node() { # NAME: containerd or kubelet, as it was started
    local pid command
    pid=$(cat "$dir/run/$1.pid")
    mapfile -d '' -t command <"/proc/$pid/cmdline"
    kill "$pid"
    wait_for 30 gone "$pid"
    # shellcheck disable=SC2016 # the inner shell's
    on_node setsid sh -c 'echo $$ >"$0" && exec "$@"' "$dir/run/$1.pid" "${command[@]}" >>"$dir/log/$1.log" 2>&1 </dev/null &
}

gone() { # PID
    ! kill -0 "$1" 2>/dev/null
}
