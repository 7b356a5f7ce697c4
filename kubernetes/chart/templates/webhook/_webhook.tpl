{{/* The process's arguments. */}}
{{- define "enclave-metrics.webhookArguments" -}}
{{- $values := .Values.webhook -}}
{{- $sidecar := $values.sidecar -}}
- --on-untranslatable={{ $values.onUntranslatable }}
- {{ printf "--sidecar-image=%s" (include "enclave-metrics.image" (list . $sidecar.image)) | quote }}
- --sidecar-pull-policy={{ $sidecar.image.pullPolicy }}
- --sidecar-native={{ $sidecar.native }}
- --sidecar-cpu-request={{ $sidecar.resources.requests.cpu }}
- --sidecar-cpu-limit={{ $sidecar.resources.limits.cpu }}
- --sidecar-memory-request={{ $sidecar.resources.requests.memory }}
- --sidecar-memory-limit={{ $sidecar.resources.limits.memory }}
- {{ printf "--sidecar-seccomp-profile=%s" $sidecar.seccompProfile | quote }}
- {{ printf "--nitro-cli=%s" $sidecar.nitroCli | quote }}
- {{ printf "--nitro-sockets=%s" $sidecar.nitroSockets | quote }}
- --prometheus-annotations={{ $values.prometheusAnnotations }}
{{- if eq .Values.tls.type "self" }}
- --webhook-configuration={{ include "enclave-metrics.webhook" . }}
{{- end }}
{{- end }}

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
# The cluster's own namespaces and the webhook's: what it needs to start must not wait for it.
namespaceSelector:
  matchExpressions:
    - key: kubernetes.io/metadata.name
      operator: NotIn
      values:
        {{- range concat (list "kube-system" "kube-public" "kube-node-lease" $root.Release.Namespace) $values.excludedNamespaces | uniq }}
        - {{ . }}
        {{- end }}
{{- end -}}
