# shellcheck shell=bash disable=SC2154 # of lib.sh
# The reference document on a real node: the chart, a Deployment and an HPA as a user applies them. The
# enclave is a container of the pod, because this machine has no Nitro Enclaves; all else is unchanged.
# shellcheck source-path=SCRIPTDIR source=../node.sh
. "$here/node.sh"

serving

# --- the unchanged files: without nitro-cli on the node, an Event and kubectl enclave top say so ---
k apply --filename="$project/kubernetes/examples/deployment.yaml" >/dev/null
wait_for 30 has_pods nginx 1
wait_for 30 described pod "$(pods nginx)" 'FailedMount .*"enclave-metrics-nitro-cli" .*/usr/bin/nitro-cli'
top_shows '^nginx-.* - .*FailedMount: MountVolume.SetUp failed for volume "enclave-metrics-nitro-cli" .*/usr/bin/nitro-cli'

# --- with an enclave ---
reference_with enclave-in-pod | apply
k apply --filename="$project/kubernetes/examples/hpa.yaml" >/dev/null
k rollout status deployment/nginx --timeout=180s
has_one() { has_pods nginx 1; }
wait_for 60 has_one
pod=$(pods nginx)
launcher=$(k get pod "$pod" --output=json | jq --compact-output '.spec.initContainers[] | [.name, .image, .restartPolicy]')
same "$launcher" '["enclave-metrics","registry.example/enclave-metrics/launcher:0.1.0","Always"]'
same "$(container_status "$pod" enclave-metrics | jq .ready)" true
same "$(stat --format=%u "/proc/$(process_of "$pod" enclave-metrics)")" 65532
value() { curl --silent "http://$(address "$pod"):9091/metrics" | grep -E '^\{"nitro_enclave_cpu_usage":0\.[0-9]+,"nitro_enclave_memory_usage":0\.[0-9]+,'; }
wait_for 30 value

# The output is as in the document.
wait_for 30 described hpa nginx '^ ?"nitro_enclave_cpu_usage" on pods: [0-9]+m? / 750m$'
described hpa nginx '^ ?"nitro_enclave_memory_usage" on pods: [0-9]+m? / 500m$'
described hpa nginx '^Deployment pods: 1 current / 1 desired$'
wait_for 10 top_shows "^$pod +[0-9.]+% +[0-9.]+% +[0-9]+s$"

# --- the application works: 1, 2, 3 replicas, and back ---
work "$pod" on
wait_for 60 has_ready nginx 2
work "$(pods nginx | grep -v "$pod")" on
wait_for 60 has_ready nginx 3
wait_for 10 described hpa nginx '^Deployment pods: 3 current / 3 desired$'
wait_for 20 top_shows '^nginx'
holds_for 10 has_ready nginx 3 # two pods work, one does not
for pod in $(pods nginx); do work "$pod" off; done
wait_for 90 has_one
