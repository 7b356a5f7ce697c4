{{/* Of the value networkPolicy: the rule for connections to the API server. */}}
{{- define "enclave-metrics.toApiServer" -}}
# The API server.
- ports:
    {{- range .apiServerPorts }}
    - port: {{ . }}
      protocol: TCP
    {{- end }}
  {{- with .apiServerAddresses }}
  to:
    {{- range . }}
    - ipBlock:
        cidr: {{ . | quote }}
    {{- end }}
  {{- end }}
{{- end -}}

{{/*
A NetworkPolicy that selects a Pod blocks all connections that no policy allows. This one restricts only
one port, so it allows all others.
*/}}
{{- define "enclave-metrics.launcherPolicies" -}}
{{- $root := . -}}
{{- $port := int .Values.networkPolicy.launchers.port -}}
{{- range .Values.networkPolicy.launchers.namespaces }}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ printf "%s-launchers" (include "enclave-metrics.fullname" $root) }}
  namespace: {{ . }}
  labels:
    {{- include "enclave-metrics.labels" (list $root "launcher") | nindent 4 }}
spec:
  podSelector:
    matchLabels:
      nitro.k8s.anjuna.io/managed: "yes"
  policyTypes: [Ingress]
  ingress:
    - ports:
        {{- if gt $port 1 }}
        - port: 1
          endPort: {{ sub $port 1 }}
          protocol: TCP
        {{- end }}
        {{- if lt $port 65535 }}
        - port: {{ add $port 1 }}
          endPort: 65535
          protocol: TCP
        {{- end }}
        - protocol: UDP
    - ports:
        - port: {{ $port }}
          protocol: TCP
      from:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: {{ $root.Release.Namespace }}
          podSelector:
            matchLabels:
              {{- include "enclave-metrics.selector" (list $root "metrics-server") | nindent 14 }}
        {{- with $root.Values.networkPolicy.launchers.from }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
{{- end }}
{{- end -}}
