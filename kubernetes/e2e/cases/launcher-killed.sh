# shellcheck shell=bash disable=SC2154 # of lib.sh
# A launcher is killed: its pod's value expires after three periods (of 2 s here). The HPA then has only the
# values of the other pods, and does not scale up because of the missing one.

load app 0.6 0.3
deployment app 2
autoscaler app 4 "$(pods_metric nitro_enclave_cpu_usage 0.75)"
start_server
wait_for 60 has_points app 2
k patch hpa app --type=merge --patch='{"spec":{"minReplicas":2}}' >/dev/null
pod=$(pods app | sed -n 1p)
has_point() {
    raw "v1beta2/namespaces/$namespace/pods/$pod/nitro_enclave_cpu_usage" >/dev/null 2>&1
}
age_s() { # prints the age of the pod's value
    local timestamp now
    now=$(date +%s) # before the request, which may take seconds
    timestamp=$(raw "v1beta2/namespaces/$namespace/pods/$pod/nitro_enclave_cpu_usage" 2>/dev/null |
        jq --raw-output '.items[0].timestamp') || return
    echo $((now - $(date --date="$timestamp" +%s)))
}

kill_launcher "$pod"
killed=$SECONDS
while has_point; do
    age=$(age_s) || break
    # Timestamps are truncated to whole seconds, which may add one second.
    [ "$age" -le 7 ] || unexpected "no value may be older than 6 s, found one of $age s"
    [ $((SECONDS - killed)) -le 10 ] || unexpected "the pod must have no value 10 s after its launcher was killed"
    sleep 0.2
done
answers_not_found=$(kubectl get --raw "$group/v1beta2/namespaces/$namespace/pods/$pod/nitro_enclave_cpu_usage" 2>&1 || true)
matches "$answers_not_found" NotFound
holds_for 7 wants app 2

# The other pod's load rises: with the missing value counted as 0, the average is below the target.
load app 0.95 0.3
wait_for 20 points_near app 1 950 40
holds_for 6 wants app 2
