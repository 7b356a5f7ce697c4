# shellcheck shell=bash disable=SC2154 # of lib.sh
# A launcher dies: its pod's value goes after three periods (of 2 s here), and the HPA, which then
# knows of the others only, does not scale up for it.

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
age_s() { # of the pod's value, as it is answered
    local timestamp
    timestamp=$(raw "v1beta2/namespaces/$namespace/pods/$pod/nitro_enclave_cpu_usage" 2>/dev/null |
        jq --raw-output '.items[0].timestamp') || return
    echo $(($(date +%s) - $(date --date="$timestamp" +%s)))
}

kill_launcher "$pod"
killed=$SECONDS
while has_point; do
    age=$(age_s) || break
    # Timestamps are cut to whole seconds, which may add one.
    [ "$age" -le 7 ] || unexpected "no value may be older than 6 s, found one of $age s"
    [ $((SECONDS - killed)) -le 10 ] || unexpected "the value is still answered 10 s after its launcher"
    sleep 0.2
done
answers_not_found=$(kubectl get --raw "$group/v1beta2/namespaces/$namespace/pods/$pod/nitro_enclave_cpu_usage" 2>&1 || true)
matches "$answers_not_found" NotFound
holds_for 7 wants app 2

# The other rises: with the dead one counted as 0 the mean is below the target.
load app 0.95 0.3
wait_for 20 points_near app 1 950 40
holds_for 6 wants app 2
