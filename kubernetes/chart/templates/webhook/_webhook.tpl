{{/* The process's arguments. */}}
{{- define "enclave-metrics.webhookArguments" -}}
{{- $values := .Values.webhook -}}
{{- $sidecar := $values.sidecar -}}
- --on-untranslatable={{ $values.onUntranslatable }}
- {{ printf "--sidecar-image=%s" (include "enclave-metrics.image" (list . $sidecar.image)) | quote }}
- --sidecar-pull-policy={{ $sidecar.image.pullPolicy }}
- --sidecar-native={{ $sidecar.native }}
- --sidecar-cpu-request={{ include "enclave-metrics.quantity" $sidecar.resources.requests.cpu }}
- --sidecar-cpu-limit={{ include "enclave-metrics.quantity" $sidecar.resources.limits.cpu }}
- --sidecar-memory-request={{ include "enclave-metrics.quantity" $sidecar.resources.requests.memory }}
- --sidecar-memory-limit={{ include "enclave-metrics.quantity" $sidecar.resources.limits.memory }}
- --enclave-cpus-resource={{ $sidecar.enclaveCpusResource }}
- --allow-enclave-debug={{ $sidecar.allowEnclaveDebug }}
- {{ printf "--sidecar-seccomp-profile=%s" $sidecar.seccompProfile | quote }}
- {{ printf "--nitro-cli=%s" $sidecar.nitroCli | quote }}
- {{ printf "--nitro-sockets=%s" $sidecar.nitroSockets | quote }}
- --prometheus-annotations={{ $values.prometheusAnnotations }}
{{- if eq .Values.tls.type "self" }}
- --webhook-configuration={{ include "enclave-metrics.webhook" . }}
{{- end }}
{{- end }}

{{/* Of METADATA, a CEL expression: CEL that is true if it has the label. */}}
{{- define "enclave-metrics.isManaged" -}}
(has({{ . }}.labels) && 'nitro.k8s.anjuna.io/managed' in {{ . }}.labels && {{ . }}.labels['nitro.k8s.anjuna.io/managed'] == 'yes')
{{- end }}

{{/*
Of (list ROOT OPERATIONS NOT): a webhook for HPAs that have the label after the request or, if NOT is "!",
for those that lose it.
*/}}
{{- define "enclave-metrics.webhookHpas" -}}
objectSelector:
  matchLabels:
    nitro.k8s.anjuna.io/managed: "yes"
  # KEDA reverts each change of its HPAs.
  matchExpressions:
    - key: app.kubernetes.io/managed-by
      operator: NotIn
      values: [keda-operator]
matchConditions:
  # An update during deletion only removes finalizers.
  - name: is-not-being-deleted
    expression: "!has(object.metadata.deletionTimestamp)"
  - name: {{ ternary "has-lost-the-label" "has-the-label" (eq (last .) "!") }}
    expression: {{ printf "%s%s" (last .) (include "enclave-metrics.isManaged" "object.metadata") | quote }}
# The API server converts other versions, such as autoscaling/v1, to this one.
rules:
  - apiGroups: [autoscaling]
    apiVersions: [v2]
    operations: {{ index . 1 }}
    resources: [horizontalpodautoscalers]
    scope: Namespaced
{{ include "enclave-metrics.webhookCall" (list (first .) "/mutate/hpas") }}
{{- end -}}

{{/* Of (list ROOT PATH): how the API server calls the webhook. */}}
{{- define "enclave-metrics.webhookCall" -}}
{{- $root := first . -}}
{{- $values := $root.Values.webhook -}}
admissionReviewVersions: [v1]
sideEffects: None
matchPolicy: Equivalent
reinvocationPolicy: IfNeeded
timeoutSeconds: {{ $values.timeoutSeconds }}
clientConfig:
  service:
    name: {{ include "enclave-metrics.webhook" $root }}
    namespace: {{ $root.Release.Namespace }}
    port: 443
    path: {{ last . }}
  {{- with include "enclave-metrics.caBundle" (list $root $values) }}
  {{- . | nindent 2 }}
  {{- end }}
{{ include "enclave-metrics.webhookNamespaces" $root }}
{{- end -}}

{{/* The namespaces of the webhook and its warnings. */}}
{{- define "enclave-metrics.webhookNamespaces" -}}
# Excludes the cluster's own namespaces and the webhook's: pods that the webhook needs must start without it.
namespaceSelector:
  matchExpressions:
    - key: kubernetes.io/metadata.name
      operator: NotIn
      values:
        {{- range concat (list "kube-system" "kube-public" "kube-node-lease" .Release.Namespace) (default list .Values.webhook.excludedNamespaces) | uniq }}
        - {{ . | quote }}
        {{- end }}
{{- end -}}
