# shellcheck shell=bash disable=SC2154 # of lib.sh
# Failures on a node, and what users see of them in kubectl describe and kubectl enclave top.
# shellcheck source-path=SCRIPTDIR source=../node.sh
. "$here/node.sh"

profile=/var/lib/kubelet/seccomp/enclave-metrics/launcher.json
away() { on_node test -e "$profile.away"; }
trap 'code=$?; ! away || on_node mv "$profile.away" "$profile"; kubectl uncordon worker >/dev/null || true; end $code' EXIT

describes() { # NAME PATTERN: succeeds if the description of a Deployment's pod matches
    local names
    mapfile -t names < <(pods "$1")
    [ "${#names[@]}" -gt 0 ] && described pod "${names[-1]}" "$2"
}

serving

# --- the DaemonSet installs the chart's seccomp profile; without it the pod says what is missing ---
on_node cmp "$profile" "$project/kubernetes/chart/files/launcher-seccomp.json"
on_node mv "$profile" "$profile.away"
enclave_deployment unprofiled 1
wait_for 60 describes unprofiled 'cannot load seccomp profile "/var/lib/kubelet/seccomp/enclave-metrics/launcher.json": .*no such file'
wait_for 20 top_shows '^unprofiled-.* - .*CreateContainerError: container enclave-metrics: .*seccomp profile'
on_node mv "$profile.away" "$profile"
wait_for 60 has_ready unprofiled 1

# The profile allows a launcher to open AF_VSOCK, which the runtime's default profile forbids. So the only
# error is that no enclave has the CID.
annotations='enclave-metrics.dev/enclave: "vsock:4294967200:59090"' enclave_deployment vsock 1
wait_for 60 has_ready vsock 1
log_has() { k logs "$(pods "$1")" --container=enclave-metrics | grep -E -- "$2"; }
wait_for 30 log_has vsock 'connect vsock:4294967200:59090 failed: E'
if log_has vsock 'seccomp'; then unexpected "the launcher must be allowed to open AF_VSOCK"; fi

# --- a launcher that has too little memory ---
annotations='enclave-metrics.dev/enclave: "unix:/run/enclave/agent.sock", enclave-metrics.dev/launcher-memory-request: 16Mi,
  enclave-metrics.dev/launcher-memory-limit: 16Mi' enclave_deployment small 1
wait_for 60 describes small 'Reason: OOMKilled'
wait_for 30 top_shows '^small-.* - .*CrashLoopBackOff: container enclave-metrics: OOMKilled, exit code 137'

# --- a launcher that hangs: the kubelet restarts it, but not the application ---
enclave_deployment app 2
wait_for 60 has_ready app 2
wait_for 60 all_serve app
mapfile -t both < <(pods app)
pod=${both[0]} other=${both[1]}
kill -STOP "$(process_of "$pod" enclave-metrics)"
wait_for 30 top_shows "^$pod +- +- +- +AnswerTimeout: "

# --- meanwhile, containerd and kubelet are restarted, and another launcher still has values ---
restart_on_node containerd
restart_on_node kubelet
holds_for 10 serves "$other"
wait_for 30 described node worker 'Ready True'
same "$(restarts "$other" enclave-metrics)" 0

wait_for 120 described pod "$pod" 'Init container enclave-metrics failed liveness probe'
relaunched() { [ "$(restarts "$pod" enclave-metrics)" -ge 1 ] && serves "$pod"; }
wait_for 90 relaunched
same "$(restarts "$pod" enclave)" 0

# --- an image that does not exist ---
enclave_deployment absent 1 "initContainers: [{name: first, image: 'registry.example/absent:1'}]"
wait_for 60 describes absent 'Failed to pull image "registry.example/absent:1": .*not found'
wait_for 20 top_shows '^absent-.* - .*(ImagePullBackOff|ErrImagePull): container first: .*registry.example/absent:1'

# --- the node is drained: pods are pending, and start when it is schedulable again ---
kubectl drain worker --pod-selector=app=app --delete-emptydir-data --timeout=180s >/dev/null
wait_for 30 describes app 'FailedScheduling .* 1 node\(s\) were unschedulable'
wait_for 10 top_shows '^app-.* - .*Unschedulable: 0/1 nodes are available: 1 node\(s\) were unschedulable'
kubectl uncordon worker >/dev/null
wait_for 60 has_ready app 2
wait_for 60 all_serve app
