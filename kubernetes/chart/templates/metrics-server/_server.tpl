{{/* The process's arguments. */}}
{{- define "enclave-metrics.serverArguments" -}}
{{- $values := .Values.metricsServer -}}
- --scrape-interval={{ $values.scrapeInterval }}
- --scrape-timeout={{ $values.scrapeTimeout }}
- --warm-up={{ $values.warmUp }}
- --events={{ $values.events }}
{{- with $values.fallback.service }}
- {{ printf "--fallback-service=%s" . | quote }}
{{- end }}
{{- if $values.fallback.ca }}
- --fallback-ca-file=/etc/enclave-metrics/fallback/ca.crt
{{- end }}
{{- if $values.fallback.insecure }}
- --fallback-insecure=true
{{- else if $values.fallback.service }}
- --fallback-account={{ .Release.Namespace }}/{{ include "enclave-metrics.server" . }}-fallback
{{- end }}
{{- with $values.fallback.tokenAudience }}
- {{ printf "--fallback-token-audience=%s" . | quote }}
{{- end }}
{{- if and (eq .Values.tls.type "self") $values.apiService.create }}
- --tls-ca-bundle-into-api-services=true
{{- end }}
{{- end -}}
