# shellcheck shell=bash disable=SC2154 # of lib.sh
# A labelled HPA is translated whichever client writes it: kubectl apply, server-side apply, each kind
# of PATCH, and a client library's PUT, all through autoscaling/v1 and v2. It keeps the translation
# when the client changes something else, follows the target that the client changes, and has that
# target when the label is removed.
#
# The reviews that the API server sends to the webhook must be those of RecordedReviewsTest. If they are
# not, the case fails and says what to copy where.

# shellcheck source-path=SCRIPTDIR/.. source=processes.sh
. "$here/processes.sh"

label=nitro.k8s.anjuna.io/managed
fixtures=$project/kubernetes/webhook/src/test/resources/reviews
reviews=$dir/log/reviews
address=192.0.2.12

start_recorder() {
    mkdir -p "$own/reviews"
    [ -f "$pki/review-recorder.crt" ] || certificate review-recorder serving-ca /CN=review-recorder "IP:$address"
    start_process review-recorder "$here/review-recorder" "$own/reviews" "$address" 443 \
        "$pki/review-recorder.crt" "$pki/review-recorder.key"
    # It is called before the release's webhook, because its name sorts before that one's.
    kubectl apply -f - >/dev/null <<YAML
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: {name: a-review-recorder}
webhooks:
  - name: review-recorder.enclave-metrics.dev
    clientConfig: {url: "https://$address/", caBundle: $(base64 --wrap=0 "$pki/serving-ca.crt")}
    namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: $namespace}}
    objectSelector: {matchLabels: {$label: "yes"}}
    rules:
      - {apiGroups: [autoscaling], apiVersions: [v2], operations: [CREATE, UPDATE], resources: [horizontalpodautoscalers]}
    sideEffects: None
    admissionReviewVersions: [v1]
YAML
    wait_for 20 records
}

records() {
    managed_hpa probe 'maxReplicas: 3' | k create -f - >/dev/null 2>&1
    k delete hpa probe --ignore-not-found >/dev/null
    [ -f "$own/reviews/probe" ]
}

# --- the clients: each takes NAME VERSION [TARGET] ---

manifest() { # NAME VERSION TARGET
    if [ "$2" = v1 ]; then
        managed_hpa "$1" "maxReplicas: 3, targetCPUUtilizationPercentage: $3" v1
    else
        managed_hpa "$1" "maxReplicas: 3, metrics: [$(resource_metric cpu "$3")]"
    fi
}

unlabelled() { # prints the manifest on stdin without the label
    sed "s|, labels: {$label: \"yes\"}||"
}

http() { # NAME VERSION METHOD CONTENT-TYPE: with the body on stdin
    curl --silent --fail-with-body --max-time 10 --cacert "$pki/cluster-ca.crt" --cert "$pki/admin.crt" \
        --key "$pki/admin.key" --request "$3" --header "Content-Type: application/$4" --data-binary @- \
        "https://127.0.0.1:6443/apis/autoscaling/$2/namespaces/$namespace/horizontalpodautoscalers/$1"
}

get() { # NAME VERSION
    kubectl get --raw "/apis/autoscaling/$2/namespaces/$namespace/horizontalpodautoscalers/$1"
}

target_of() { # VERSION TARGET: prints the field of the spec, in JSON
    if [ "$1" = v1 ]; then
        echo "\"targetCPUUtilizationPercentage\":$2"
    else
        printf '"metrics":[{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":%s}}}]' "$2"
    fi
}

apply-create() { manifest "$1" "$2" 70 | k apply -f -; }
apply-keep() { apply-create "$@"; }
apply-change() { manifest "$1" "$2" 55 | k apply -f -; }
apply-unlabel() { manifest "$1" "$2" 55 | unlabelled | k apply -f -; }

server-side-create() { manifest "$1" "$2" 70 | k apply --server-side -f -; }
server-side-keep() { server-side-create "$@"; }
server-side-change() { manifest "$1" "$2" 55 | k apply --server-side -f -; }
server-side-unlabel() { manifest "$1" "$2" 55 | unlabelled | k apply --server-side -f -; }

put-create() { manifest "$1" "$2" 70 | k create -f -; }
put-keep() { get "$1" "$2" | jq '.spec.maxReplicas = 4' | http "$1" "$2" PUT json; }
put-change() { get "$1" "$2" | jq ".spec += {$(target_of "$2" 55)}" | http "$1" "$2" PUT json; }
put-unlabel() { get "$1" "$2" | jq "del(.metadata.labels)" | http "$1" "$2" PUT json; }

merge-create() { put-create "$@"; }
merge-keep() { http "$1" "$2" PATCH merge-patch+json <<<'{"spec":{"maxReplicas":4}}'; }
merge-change() { http "$1" "$2" PATCH merge-patch+json <<<"{\"spec\":{$(target_of "$2" 55)}}"; }
merge-unlabel() { http "$1" "$2" PATCH merge-patch+json <<<"{\"metadata\":{\"labels\":{\"$label\":null}}}"; }

strategic-create() { put-create "$@"; }
strategic-keep() { http "$1" "$2" PATCH strategic-merge-patch+json <<<'{"spec":{"maxReplicas":4}}'; }
strategic-change() { http "$1" "$2" PATCH strategic-merge-patch+json <<<"{\"spec\":{$(target_of "$2" 55)}}"; }
strategic-unlabel() { http "$1" "$2" PATCH strategic-merge-patch+json <<<"{\"metadata\":{\"labels\":{\"$label\":null}}}"; }

json-create() { put-create "$@"; }
json-keep() { http "$1" "$2" PATCH json-patch+json <<<'[{"op":"replace","path":"/spec/maxReplicas","value":4}]'; }
json-change() {
    jq --null-input --compact-output "{$(target_of "$2" 55)} | to_entries[0] | [{op: \"add\", path: \"/spec/\(.key)\", value}]" |
        http "$1" "$2" PATCH json-patch+json
}
json-unlabel() { http "$1" "$2" PATCH json-patch+json <<<'[{"op":"remove","path":"/metadata/labels"}]'; }

# --- the expected result, as autoscaling/v2 shows it ---

translated() { # MILLI
    echo "[{\"pods\":{\"metric\":{\"name\":\"nitro_enclave_cpu_usage\"},\"target\":{\"averageValue\":\"$1m\",\"type\":\"Utilization\"}},\"type\":\"Pods\"}]"
}

original() { # PERCENT
    echo "[{\"resource\":{\"name\":\"cpu\",\"target\":{\"averageUtilization\":$1,\"type\":\"Utilization\"}},\"type\":\"Resource\"}]"
}

step() { # CLIENT VERSION STEP METRICS KEPT: runs and checks it; KEPT are the originals in the annotation
    local name=$1-$2 said hpa
    said=$("$1-$3" "$name" "$2" 2>&1) || unexpected "$3 of $name: $said" || return
    hpa=$(get "$name" v2)
    [ "$(hpa_metrics <<<"$hpa")" = "$4" ] || unexpected "$3 of $name: expected $4, found $hpa" || return
    [ "$(jq --raw-output '.metadata.annotations["enclave-metrics.dev/original-metrics"] // "" | fromjson? | .replaced' \
        --compact-output --sort-keys <<<"$hpa")" = "$5" ] ||
        unexpected "$3 of $name: expected the annotation to hold $5, found $hpa"
}

has_status() { # NAME
    [ -n "$(k get hpa "$1" --output=jsonpath='{.status.conditions[*].type}')" ]
}

all_steps() { # CLIENT VERSION
    step "$1" "$2" create "$(translated 700)" "$(original 70)"
    # From then on the controller writes nothing: the Deployment does not exist.
    wait_for 20 has_status "$1-$2"
    step "$1" "$2" keep "$(translated 700)" "$(original 70)"
    step "$1" "$2" change "$(translated 550)" "$(original 55)"
    step "$1" "$2" unlabel "$(original 55)" ''
}

# Prints one review per line. Fields that differ between runs and do not matter are removed or replaced.
recorded() { # NAME
    jq --compact-output --sort-keys 'def plain: del(.metadata.managedFields, .status)
            | .metadata |= (if has("uid") then . + {uid: "1"} else . end
                | if has("resourceVersion") then . + {resourceVersion: "1"} else . end
                | if .creationTimestamp then . + {creationTimestamp: "2026-01-01T00:00:00Z"} else . end);
        .request |= (del(.userInfo) | .uid = "1" | .object |= plain | if .oldObject then .oldObject |= plain else . end)' \
        "$own/reviews/$1"
}

start_webhook
start_recorder
rm -rf "$reviews"
mkdir -p "$reviews"
for client in apply server-side put merge strategic json; do
    for version in v1 v2; do
        all_steps "$client" "$version"
        recorded "$client-$version" >"$reviews/$client-$version.jsonl"
    done
done
kubectl delete mutatingwebhookconfiguration a-review-recorder >/dev/null
stop_process review-recorder
diff --recursive "$fixtures" "$reviews" ||
    unexpected "the API server must send the reviews of $fixtures, found others, see above; copy those of $reviews there"
