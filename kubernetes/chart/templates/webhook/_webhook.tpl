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

{{/* CEL: whether the metadata have the label, by its variable's name. */}}
{{- define "enclave-metrics.isManaged" -}}
(has({{ . }}.labels) && 'nitro.k8s.anjuna.io/managed' in {{ . }}.labels && {{ . }}.labels['nitro.k8s.anjuna.io/managed'] == 'yes')
{{- end }}

{{/* Of (list ROOT OPERATIONS NOT): calls for HPAs that will have the label, or with "!" for those that lose it. */}}
{{- define "enclave-metrics.webhookHpas" -}}
objectSelector:
  matchLabels:
    nitro.k8s.anjuna.io/managed: "yes"
  # KEDA writes its HPAs back whenever they differ from its own.
  matchExpressions:
    - key: app.kubernetes.io/managed-by
      operator: NotIn
      values: [keda-operator]
matchConditions:
  # What is being deleted only loses its finalizers.
  - name: is-not-being-deleted
    expression: "!has(object.metadata.deletionTimestamp)"
  - name: {{ ternary "has-lost-the-label" "has-the-label" (eq (last .) "!") }}
    expression: {{ printf "%s%s" (last .) (include "enclave-metrics.isManaged" "object.metadata") | quote }}
# Another version, such as autoscaling/v1, comes converted to this one.
rules:
  - apiGroups: [autoscaling]
    apiVersions: [v2]
    operations: {{ index . 1 }}
    resources: [horizontalpodautoscalers]
    scope: Namespaced
{{ include "enclave-metrics.webhookCall" (list (first .) "/mutate/hpas") }}
{{- end -}}

{{/* Of (list ROOT PATH): how the API server calls. */}}
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

{{/* Where it looks. */}}
{{- define "enclave-metrics.webhookNamespaces" -}}
# The cluster's own namespaces and the webhook's: what it needs to start must not wait for it.
namespaceSelector:
  matchExpressions:
    - key: kubernetes.io/metadata.name
      operator: NotIn
      values:
        {{- range concat (list "kube-system" "kube-public" "kube-node-lease" .Release.Namespace) (default list .Values.webhook.excludedNamespaces) | uniq }}
        - {{ . | quote }}
        {{- end }}
{{- end -}}
