# shellcheck shell=bash disable=SC2154 # of lib.sh
# Labelled Pods get the launcher, which serves at the port that the annotation says; others get
# nothing, and an annotation that cannot be followed is refused where people look.

sidecar() { # POD: JSON, or nothing
    k get pod "$1" --output=json | jq --compact-output '.spec.initContainers[]? | select(.name == "enclave-metrics")'
}

serves() { # POD CPU MEMORY
    is_near "$(launcher_says "$1" nitro_enclave_cpu_usage 9091)" "$2" 0.05 &&
        is_near "$(launcher_says "$1" nitro_enclave_memory_usage 9091)" "$3" 0.01
}

says() { # POD PORT PATTERN: in the answer of its launcher
    curl --silent --max-time 5 "http://$(address "$1"):$2/metrics" | grep -qE "$3"
}

user_of() { # POD PROCESS: the number
    stat --format=%u "/proc/$(cat "$dir/pods/$namespace/$1/$2.pid")"
}

event_says() { # NAME PATTERN: an event of its ReplicaSet
    k get events --output=json | jq --raw-output --arg name "$1-" \
        '.items[] | select(.involvedObject.kind == "ReplicaSet" and (.involvedObject.name | startswith($name))) | .reason + ": " + .message' |
        grep -qE "$2"
}

start_webhook

# The reference's Deployment, unchanged: there is no enclave on this node, and the launcher says so.
k apply -f "$project/kubernetes/examples/deployment.yaml" >/dev/null
wait_for 30 has_ready nginx 1
pod=$(pods nginx)
same "$(sidecar "$pod" | jq --compact-output '[.ports[0].containerPort, .restartPolicy, .args]')" \
    '[9091,"Always",["--enclave=nitro","--pod-annotations=/etc/podinfo/annotations"]]'
wait_for 30 says "$pod" 9091 '"reason":"NotConnected"'

# With an enclave.
load app 0.6 0.4
managed_deployment app 2 'nitro.k8s.anjuna.io/metricsPort: "9091"'
wait_for 30 has_ready app 2
for pod in $(pods app); do
    same "$(sidecar "$pod" | jq --raw-output '.ports[0].containerPort')" 9091
    wait_for 30 serves "$pod" 0.6 0.4
done
# The agent, root in a container without a user, has made a socket that the launcher's user may open.
if [ "$(awk '{ count += $3 } END { print count }' /proc/self/uid_map)" -gt 1 ]; then
    same "$(user_of "$pod" enclave-metrics)" 65532
    same "$(user_of "$pod" agent)" 0
fi

# A launcher that is there already stays the only one.
deployment own 1
wait_for 30 has_pods own 1
same "$(sidecar "$(pods own)")" ''

# Without the label.
sed '\|nitro.k8s.anjuna.io/managed|d; s/nginx$/plain/' "$project/kubernetes/examples/deployment.yaml" | apply
wait_for 15 has_pods plain 1
same "$(sidecar "$(pods plain)")" ''
same "$(k get pod "$(pods plain)" --output=json | jq --raw-output '[.spec.volumes[].name | select(startswith("kube-api-access") | not)] | length')" 0

# What cannot be followed is refused, and says so.
managed_deployment bad 1 'nitro.k8s.anjuna.io/metricsPort: "99999"'
wait_for 20 event_says bad \
    "FailedCreate: .*Pod bad-.* in namespace $namespace: annotation nitro.k8s.anjuna.io/metricsPort must be a port from 1 to 65535, found \"99999\"; correct it"
has_pods bad 0

# The example whose launcher starts the enclave: the API server takes what the launcher then asks for.
starting=$(k create --dry-run=client --output=json --filename="$project/kubernetes/examples/enclave.yaml" |
    jq 'if .kind == "List" then .items[] else . end | select(.kind == "Deployment") | .spec.template
        | {apiVersion: "v1", kind: "Pod"} + . | .metadata.name = "starting"' |
    k create --dry-run=server --output=json --filename=-)
same "$(jq --compact-output '.spec.initContainers[1] | [.args[0], .resources.limits["hugepages-2Mi"], .resources.requests["aws.ec2.nitro/nitro_enclaves"]]' <<<"$starting")" \
    '["--run-enclave=/eif/app.eif","1Gi","1"]'
