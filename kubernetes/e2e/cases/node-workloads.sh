# shellcheck shell=bash disable=SC2154 # of lib.sh
# Every kind of workload on a real node: labelled pods get the launcher and work, also in a namespace with
# restricted Pod Security; if the namespace refuses a pod, an Event says why.
# shellcheck source-path=SCRIPTDIR source=../node.sh
. "$here/node.sh"

policy=$namespace-policy
trap 'code=$?; kubectl delete namespace "$policy" --wait=false >/dev/null 2>&1 || true; end $code' EXIT

event_of() { # PATTERN: succeeds if an Event of the namespace matches
    local events
    events=$(k get events --output=json | jq --raw-output '.items[] | .reason + ": " + .message') && grep -qE -- "$1" <<<"$events"
}

completed() { # JOB
    [ "$(k get job "$1" --output=jsonpath='{.status.succeeded}')" = 1 ]
}

serving

# --- a Job and a CronJob complete, though the launcher would run for ever ---
program='[/opt/enclave-metrics/run-with-agent, sh, -c, "enclave & sleep 20"]'
apply <<YAML
apiVersion: batch/v1
kind: Job
metadata: {name: once}
spec: {template: $(template once "restartPolicy: Never")}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: often}
spec: {schedule: "* * * * *", concurrencyPolicy: Forbid, jobTemplate: {spec: {template: $(template often "restartPolicy: Never")}}}
YAML
program=''

# --- a StatefulSet ---
apply <<YAML
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: store}
spec: {replicas: 2, serviceName: store, selector: {matchLabels: {app: store}}, template: $(template store)}
YAML

# --- a pod whose containers have no privileges ---
container_security='allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}'
narrow='securityContext: {runAsNonRoot: true, runAsUser: 10001, runAsGroup: 10001, fsGroup: 10001, seccompProfile: {type: RuntimeDefault}}'
enclave_deployment narrow 1 "$narrow" "automountServiceAccountToken: false"

wait_for 60 has_ready narrow 1
wait_for 60 all_serve narrow
wait_for 60 serves store-0
wait_for 60 serves store-1
wait_for 20 top_shows '^store-0 +[0-9.]+% '
wait_for 90 completed once
cron_completed() { k get jobs --output=json | jq --exit-status '.items[] | select((.metadata.name | startswith("often-")) and .status.succeeded == 1)' >/dev/null; }
wait_for 100 cron_completed
# The launcher ended with the Job, with code 0 and no restart.
same "$(container_status "$(pods once)" enclave-metrics | jq --compact-output '[.state.terminated.exitCode, .restartCount]')" '[0,0]'

# --- Pod Security: restricted accepts a restricted pod; baseline refuses the node's nitro-cli ---
kubectl create namespace "$policy" >/dev/null
kubectl label namespace "$policy" pod-security.kubernetes.io/enforce=restricted >/dev/null
namespace=$policy
enclave_deployment narrow 1 "$narrow"
wait_for 60 has_ready narrow 1
wait_for 60 all_serve narrow
kubectl label --overwrite namespace "$policy" pod-security.kubernetes.io/enforce=baseline >/dev/null
container_security='' enclave_deployment usual 1
wait_for 60 has_ready usual 1
wait_for 60 all_serve usual
k apply --filename="$project/kubernetes/examples/deployment.yaml" >/dev/null
wait_for 30 event_of 'FailedCreate: .*violates PodSecurity "baseline:latest": hostPath volumes \(volume "enclave-metrics-nitro-cli"\)'
