# Sourced by the cases on a real node: further functions. The release has the chart's default values,
# except for the registry, which every user sets, and shorter times of the metrics server.
# shellcheck shell=bash disable=SC2034,SC2154 # of lib.sh

[ -f "$dir/run/node.pid" ] || skip "needs a node: up --node"
system=enclave-system
release_values=(--create-namespace --set=image.registry=registry.example --set=metricsServer.scrapeInterval=2s
    --set=metricsServer.scrapeTimeout=1s --set=metricsServer.warmUp=0s)

prepare_namespace() { :; } # Helm creates it

on_node() { # COMMAND...: runs the command in the node's mount namespace
    nsenter --mount="/proc/$(cat "$dir/run/node.pid")/ns/mnt" -- "$@"
}

serving() { # installs the release and waits until all its parts answer
    install_release
    wait_for 60 available v1beta1
    wait_for 60 available v1beta2
    wait_for 30 webhook_answers
}

# Prints the reference document's Deployment, patched with node/manifests/FILE.yaml.
reference_with() { # FILE
    k patch --local --filename="$project/kubernetes/examples/deployment.yaml" \
        --patch-file="$here/node/manifests/$1.yaml" --output=yaml
}

work() { # POD on|off: starts or stops the work of the application in its enclave
    k exec "$1" --container=enclave -- busy "$2"
}

described() { # KIND NAME PATTERN
    local text
    text=$(k describe "$1" "$2" | tr -s ' ') && grep -qE -- "$3" <<<"$text"
}

container_status() { # POD CONTAINER: prints the status as JSON, also of an init container
    k get pod "$1" --output=json |
        jq --arg name "$2" '.status | (.initContainerStatuses // []) + (.containerStatuses // []) | .[] | select(.name == $name)'
}

restarts() { # POD CONTAINER
    container_status "$1" "$2" | jq .restartCount
}

# Prints the lines of `kubectl enclave top` that match; kubectl finds the plugin on the PATH.
top_shows() { # PATTERN
    mkdir -p "$own/bin"
    ln -sf "$project/kubernetes/kubectl-enclave/target/kubectl-enclave" "$own/bin/"
    PATH=$own/bin:$PATH kubectl enclave top --namespace="$namespace" 2>&1 | grep -E -- "$1"
}

# template NAME [FIELD...]: prints a template of labelled pods whose enclave is the container "enclave".
# Each FIELD is a further field of the pod spec, in YAML flow style. $container_security is the container's
# security context, $program its command; $annotations are the pods' annotations.
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

serves() { # POD [PORT]: succeeds if its launcher has fresh values
    curl --silent --fail --max-time 5 "http://$(address "$1"):${2:-59090}/metrics" | grep -q '"nitro_enclave_cpu_usage":'
}

all_serve() { # NAME
    local pod
    for pod in $(pods "$1"); do serves "$pod" || return; done
}

# --- processes on the node ---

process_of() { # POD CONTAINER: prints the PID of its first process
    local id
    id=$(container_status "$1" "$2" | jq --raw-output '.containerID | ltrimstr("containerd://")')
    on_node ctr --address=/run/containerd/containerd.sock --namespace=k8s.io task list | awk -v id="$id" '$1 == id { print $2 }'
}

restart_on_node() { # NAME: restarts containerd or kubelet, with the same command line
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
