# shellcheck shell=bash disable=SC2154 # of lib.sh
# With tls.type=self, the chart's default, each part creates its certificate, which its replicas share in a
# Secret, and publishes its CA to the API server. A lost Secret is filled again, and a certificate is renewed
# before it expires; meanwhile no request fails and no process restarts.
# shellcheck source-path=SCRIPTDIR source=../steady.sh
. "$here/steady.sh"

# --- functions for a part: server or webhook ---

secret_of() { # PART
    echo "$release-$1-self-signed"
}

encoded() { # PART KEY: prints that entry of its Secret, in base64
    kubectl --namespace="$system" get secret "$(secret_of "$1")" --output=json | jq --raw-output ".data[\"$2\"] // empty"
}

in_secret() { # PART: prints the certificate in its Secret
    encoded "$1" tls.crt | base64 --decode | openssl x509 2>/dev/null
}

ca_bundles() { # PART: prints its CAs, one line for each place where the API server reads them
    if [ "$1" = server ]; then
        kubectl get apiservice v1beta{1,2}.custom.metrics.k8s.io --output=json | jq --raw-output '.items[].spec.caBundle'
    else
        kubectl get mutatingwebhookconfiguration "$release-webhook" --output=json | jq --raw-output '.webhooks[].clientConfig.caBundle'
    fi
}

is_known() { # PART: succeeds if the API server has the Secret's CAs in every place
    local authorities
    authorities=$(encoded "$1" ca.crt)
    [ -n "$authorities" ] && [ "$(ca_bundles "$1" | sort -u)" = "$authorities" ]
}

replicas_of() { # PART: prints the names of its pods
    if [ "$1" = server ]; then part_pods metrics-server; else part_pods webhook; fi
}

serve() { # PART CERTIFICATE: succeeds if both replicas serve it
    local pod port=10250
    [ "$1" = server ] || port=10251
    [ "$(replicas_of "$1" | wc -l)" -eq 2 ] || return
    for pod in $(replicas_of "$1"); do
        [ "$(serving_certificate "$(part_address "$pod")" "$port")" = "$2" ] || return
    done
}

works() { # PART: succeeds if all replicas serve the Secret's certificate and the API server has its CA
    local certificate
    certificate=$(in_secret "$1") && serve "$1" "$certificate" && is_known "$1"
}

says() { # PART PATTERN: succeeds if the log of a replica matches
    local pod
    for pod in $(replicas_of "$1"); do
        ! grep -qE "$2" "$dir/pods/$system/$pod"/*.log || return 0
    done
    return 1
}

processes() { # prints the PIDs of all replicas
    local pod
    for pod in $(replicas_of server) $(replicas_of webhook); do
        awk 1 "$dir/pods/$system/$pod"/*.pid
    done | xargs
}

# shellcheck disable=SC2034 # of release.sh
release_values=("--values=$here/values.yaml" --set=metricsServer.replicas=2 --set=webhook.replicas=2)
remove_release
install_release
wait_for 30 available v1beta1
wait_for 30 available v1beta2
wait_for 10 webhook_answers
for part in server webhook; do
    wait_for 30 works "$part"
    same "$(kubectl --namespace="$system" get secret "$(secret_of "$part")" --output=json | jq --raw-output '.metadata.labels["app.kubernetes.io/managed-by"]')" Helm
done

# --- with a stolen token, only caBundle can be changed ---
for part in server webhook; do
    account_kubeconfig "$system" "$release-$part" >"$own/$part.kubeconfig"
done
change() { # PART OBJECT OPERATION...: patches it as that part's account, in a dry run
    kubectl --kubeconfig="$own/$1.kubeconfig" patch "$2" --type=json --dry-run=server \
        --patch="[$(IFS=,; echo "${*:3}")]" 2>&1
}
refuses() { # PART OBJECT OPERATION...: the change must be refused
    local answer
    ! answer=$(change "$@") || unexpected "expected a refusal, found: $answer" || return
    matches "$answer" 'must change caBundle only'
}
add() { # PATH VALUE
    echo "{\"op\": \"add\", \"path\": \"$1\", \"value\": $2}"
}
configuration=mutatingwebhookconfiguration/$release-webhook
api=apiservice/v1beta2.custom.metrics.k8s.io
authority=$(add /webhooks/0/clientConfig/caBundle "\"$(encoded server ca.crt)\"")
matches "$(change webhook "$configuration" "$authority")" patched
matches "$(change server "$api" "$(add /spec/caBundle "\"$(encoded webhook ca.crt)\"")")" patched
refuses webhook "$configuration" "$authority" "$(add /webhooks/0/clientConfig/service/namespace '"kube-system"')"
refuses webhook "$configuration" "$(add /webhooks/0/rules/0/resources/0 '"secrets"')"
refuses webhook "$configuration" "$(add /webhooks/0/failurePolicy '"Fail"')" "$(add /webhooks/0/timeoutSeconds 30)"
refuses webhook "$configuration" '{"op": "remove", "path": "/webhooks/0/objectSelector"}'
refuses webhook "$configuration" '{"op": "remove", "path": "/webhooks/0"}'
refuses webhook "$configuration" "$(add /metadata/labels/mine '"yes"')"
refuses server "$api" "$(add /spec/service/name '"mine"')"
refuses server "$api" "$(add /spec/groupPriorityMinimum 20000)"
refuses server "$api" "$(add /metadata/annotations '{"mine": "yes"}')"

before=$(processes)
same "$(wc -w <<<"$before")" 4

asking=''
trap 'code=$?; touch "$own/stop"; end $code' EXIT
ask_steadily

# --- the metrics server gets a certificate that expires in 100 s, whose CA is added to ca.crt ---
names=$(in_secret server | openssl x509 -noout -ext subjectAltName | sed -n 's/^ *//; /DNS:/p')
authority brief-ca enclave-metrics-ca-brief
brief_certificate brief brief-ca "/CN=$release-server.$system.svc" "${names// /}" -1800 100
brief=$(openssl x509 -in "$pki/brief.crt")
ending=$(encoded server ca.crt | base64 --decode | cat - "$pki/brief-ca.crt" | base64 --wrap=0)
kubectl --namespace="$system" patch secret "$(secret_of server)" --type=merge --patch="{\"data\": {\"ca.crt\": \"$ending\",
    \"tls.crt\": \"$(base64 --wrap=0 "$pki/brief.crt")\", \"tls.key\": \"$(base64 --wrap=0 "$pki/brief.key")\"}}" >/dev/null

# --- the webhook's Secret is deleted: the webhook may not create one, but Helm restores it, empty ---
certificate=$(in_secret webhook)
kubectl --namespace="$system" delete secret "$(secret_of webhook)" >/dev/null
wait_for 40 says webhook "secrets? .*forbidden"
upgrade_release
lost_is_back() {
    [ "$(in_secret webhook)" = "$certificate" ] && works webhook
}
wait_for 40 lost_is_back

# --- renewed: the next CA is published before its certificate is served, which is valid for over 80 days ---
renewed() {
    local now
    now=$(in_secret server) && [ "$now" != "$brief" ] && works server &&
        openssl x509 -noout -checkend $((80 * 86400)) <<<"$now" >/dev/null
}
wait_for 60 renewed
says server 'publishes the CA of the next certificate'

end_requests
same "$(processes)" "$before"
available v1beta1
available v1beta2
