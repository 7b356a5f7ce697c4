# shellcheck shell=bash disable=SC2154 # of lib.sh
# Certificates and CAs change while requests are sent, and none fails: the serving certificate's files, and
# the front proxy's CA in the authentication ConfigMap. The new CA is added to the old one, as in a usual
# rotation, because the API server keeps using the certificate that it was started with.

path=$group/v1beta2/namespaces/$namespace/pods/%2A/nitro_enclave_cpu_usage
configmap=(configmap --namespace=kube-system extension-apiserver-authentication)
results=$own

ask_steadily() { # NAME kept|new URL ADDRESS CA
    "$here/steady-requests" "${@:2}" "$pki/admin.crt" "$pki/admin.key" "$results/stop" >"$results/$1" 2>&1 &
}

end_requests() {
    touch "$results/stop"
    wait
}

serves_another() { # CERTIFICATE
    local now
    now=$(serving_certificate "$server_address") && [ "$now" != "$1" ]
}

by_new_proxy() {
    # shellcheck disable=SC2046 # options are split into words
    answers 200 '' "$path" $(as new-proxy) --header 'X-Remote-User: x' --header 'X-Remote-Group: system:masters' >/dev/null
}

load app 0.4 0.5
deployment app 1
start_server
wait_for 60 has_points app 1
trap 'code=$?; end_requests; end $code' EXIT
ask_steadily proxied kept "https://127.0.0.1:6443$path" 127.0.0.1 "$pki/cluster-ca.crt"
ask_steadily direct new "https://$server_name:10250$path" "$server_address" "$pki/serving-ca.crt"
ask_steadily kept kept "https://$server_name:10250$path" "$server_address" "$pki/serving-ca.crt"

# The serving certificate: another key, the same CA, in the Secret that the pod mounts.
for round in 1 2 3; do
    former=$(serving_certificate "$server_address")
    certificate "rotated-$round" serving-ca /CN=enclave-metrics-server "$(service_names enclave-metrics-server)"
    serving_secret metrics-server-tls "rotated-$round"
    wait_for 60 serves_another "$former"
done

# The front proxy's CA.
authority new-proxy-ca new-front-proxy
certificate new-proxy new-proxy-ca /CN=front-proxy-client
if by_new_proxy; then unexpected "a front proxy must not be trusted before its CA is known"; fi
kubectl get "${configmap[@]}" --output=json |
    jq --rawfile new "$pki/new-proxy-ca.crt" '.data["requestheader-client-ca-file"] += $new' |
    kubectl replace -f - >/dev/null
wait_for 20 by_new_proxy

end_requests
for name in proxied direct kept; do
    echo "$name: $(cat "$results/$name")"
    matches "$(head -n 1 "$results/$name")" '^[0-9]{2,} answered, 0 failed$'
done
