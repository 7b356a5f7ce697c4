# shellcheck shell=bash disable=SC2154 # of lib.sh
# Clients are authenticated by a certificate of the front proxy, a client certificate or a token, and need the
# right to read. Headers with a user are ignored without the front proxy's certificate.

cpu=nitro_enclave_cpu_usage
query="v1beta2/namespaces/$namespace/pods/*/$cpu"

load app 0.4 0.5
deployment app 1
start_server
wait_for 60 has_points app 1

# Certificates with another CA or name, and of two users.
certificate_of() { # NAME AUTHORITY SUBJECT
    [ -f "$pki/$1.crt" ] || certificate "$@"
}
[ -f "$pki/foreign-ca.crt" ] || authority foreign-ca foreign
certificate_of foreign foreign-ca /CN=front-proxy-client
certificate_of other-name front-proxy-ca /CN=somebody-else
certificate_of reader cluster-ca /CN=reader
certificate_of stranger cluster-ca /CN=stranger

# `kubectl create role` does not work here: the group has no resource pods, only subresources of it.
apply <<YAML
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: metrics-reader}
rules: [{apiGroups: [custom.metrics.k8s.io], resources: [pods/$cpu], verbs: [get]}]
YAML
k create rolebinding reader --role=metrics-reader --user=reader >/dev/null
k create serviceaccount reader >/dev/null
k create rolebinding reader-account --role=metrics-reader --serviceaccount="$namespace:reader" >/dev/null
token=$(k create token reader)
bearer() { # TOKEN
    printf 'Authorization: Bearer %s' "$1"
}

with() { # CERTIFICATE CODE REASON PATH [OPTION...]
    local name=$1
    shift
    # shellcheck disable=SC2046 # options are split into words
    answers "$@" $(as "$name")
}

may() { # USER
    kubectl get --raw "$group/$query" --as="$1" >/dev/null 2>&1
}

# --- anonymous, and headers alone ---
answers 403 Forbidden "$query"
answers 403 Forbidden "$query" --header 'X-Remote-User: reader'
answers 403 Forbidden "$query" --header 'X-Remote-User: x' --header 'X-Remote-Group: system:masters'

# --- the front proxy's headers ---
with front-proxy-client 200 '' "$query" --header 'X-Remote-User: reader'
with front-proxy-client 200 '' "$query" --header 'X-Remote-User: x' --header 'X-Remote-Group: system:masters'
with front-proxy-client 403 Forbidden "$query" --header 'X-Remote-User: stranger'
# The right CA but a wrong name; the right name but a wrong CA. As in Kubernetes' own servers, the answer is
# 401: such a client is not treated as anonymous.
with other-name 401 Unauthorized "$query" --header 'X-Remote-User: reader'
with foreign 401 Unauthorized "$query" --header 'X-Remote-User: reader'
# A client with a certificate of the cluster keeps its own user.
with stranger 403 Forbidden "$query" --header 'X-Remote-User: reader'
with stranger 403 Forbidden "$query" --header 'X-Remote-Group: system:masters'

# --- certificates of the cluster ---
with reader 200 '' "$query"
with admin 200 '' "$query"
with stranger 403 Forbidden "$query"
# The message names user, verb and resource.
# shellcheck disable=SC2046 # options are split into words
matches "$(ask "$query" $(as stranger))" 'User \\"stranger\\" cannot get resource \\"pods/nitro_enclave_cpu_usage\\"'
# The right is for one metric only.
with reader 403 Forbidden "v1beta2/namespaces/$namespace/pods/*/nitro_enclave_memory_usage"
with reader 403 Forbidden "v1beta2/namespaces/default/pods/*/$cpu"

# --- tokens ---
answers 200 '' "$query" --header "$(bearer "$token")"
answers 401 Unauthorized "$query" --header "$(bearer wrong)"
answers 401 Unauthorized "$query" --header "$(bearer "${token%?????}AAAAA")"
# Discovery is allowed for all authenticated users.
answers 200 '' v1beta2 --header "$(bearer "$token")"
with stranger 200 '' v1beta2
answers 403 Forbidden v1beta2

# --- the same through the API server ---
matches "$(kubectl get --raw "$group/$query" --as=stranger 2>&1 || true)" Forbidden
same "$(kubectl get --raw "$group/$query" --as=reader | jq '.items | length')" 1
# The HPA controller, by Kubernetes' own roles alone.
hpa=system:serviceaccount:kube-system:horizontal-pod-autoscaler
same "$(kubectl get --raw "$group/$query" --as=$hpa | jq '.items | length')" 1
# Users with the role view.
k create rolebinding viewer --clusterrole=view --user=viewer >/dev/null
wait_for 15 may viewer

# Changed rights take effect as soon as the cached decisions expire.
with reader 200 '' "$query"
k create rolebinding stranger --role=metrics-reader --user=stranger >/dev/null
k delete rolebinding reader >/dev/null
wait_for 30 with stranger 200 '' "$query" >/dev/null
wait_for 30 with reader 403 Forbidden "$query" >/dev/null
