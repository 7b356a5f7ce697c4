# shellcheck shell=bash disable=SC2154 # of lib.sh
# Labelled Pods get the launcher, with the port in the annotation; other Pods are not changed. A Pod with an
# invalid annotation is refused, and an Event says why.

sidecar() { # POD: prints its launcher as JSON, or nothing
    k get pod "$1" --output=json | jq --compact-output '.spec.initContainers[]? | select(.name == "enclave-metrics")'
}

event_says() { # NAME PATTERN: succeeds if an Event of its ReplicaSet matches
    k get events --output=json | jq --raw-output --arg name "$1-" \
        '.items[] | select(.involvedObject.kind == "ReplicaSet" and (.involvedObject.name | startswith($name))) | .reason + ": " + .message' |
        grep -qE "$2"
}

start_webhook

# The reference document's Deployment, unchanged. The cases on a node test the running Pods.
k apply -f "$project/kubernetes/examples/deployment.yaml" >/dev/null
wait_for 30 has_pods nginx 1
same "$(sidecar "$(pods nginx)" | jq --compact-output '[.ports[0].containerPort, .restartPolicy, .args]')" \
    '[9091,"Always",["--enclave=nitro","--pod-annotations=/etc/podinfo/annotations"]]'

# A Pod that has a launcher does not get another.
deployment own 1
wait_for 30 has_pods own 1
same "$(sidecar "$(pods own)")" ''

# Without the label.
sed '\|nitro.k8s.anjuna.io/managed|d; s/nginx$/plain/' "$project/kubernetes/examples/deployment.yaml" | apply
wait_for 15 has_pods plain 1
same "$(sidecar "$(pods plain)")" ''
same "$(k get pod "$(pods plain)" --output=json | jq --raw-output '[.spec.volumes[].name | select(startswith("kube-api-access") | not)] | length')" 0

# A Pod with an invalid annotation is refused, with a message.
managed_deployment bad 1 'nitro.k8s.anjuna.io/metricsPort: "99999"'
wait_for 20 event_says bad \
    "FailedCreate: .*Pod bad-.* in namespace $namespace: annotation nitro.k8s.anjuna.io/metricsPort must be a port from 1 to 65535, found \"99999\"; correct it"
has_pods bad 0

# The example whose launcher starts the enclave: the API server accepts the launcher's resources.
starting=$(k create --dry-run=client --output=json --filename="$project/kubernetes/examples/enclave.yaml" |
    jq 'if .kind == "List" then .items[] else . end | select(.kind == "Deployment") | .spec.template
        | {apiVersion: "v1", kind: "Pod"} + . | .metadata.name = "starting"' |
    k create --dry-run=server --output=json --filename=-)
same "$(jq --compact-output '.spec.initContainers[1] | [.args[0], .resources.limits["hugepages-2Mi"], .resources.requests["aws.ec2.nitro/nitro_enclaves"]]' <<<"$starting")" \
    '["--run-enclave=/eif/app.eif","1Gi","1"]'
