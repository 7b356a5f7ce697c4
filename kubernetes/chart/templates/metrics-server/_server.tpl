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
{{- if $values.fallback.tokenAudience }}
- --fallback-token-file=/etc/enclave-metrics/fallback/token
{{- end }}
{{- if $values.fallback.insecure }}
- --fallback-insecure=true
{{- end }}
{{- if and (eq .Values.tls.type "self") $values.apiService.create }}
- --tls-ca-bundle-into-api-services=true
{{- end }}
{{- end -}}

{{/* Of (list name fallback): the sources of the volume with the other metrics server's CA and a token for it. */}}
{{- define "enclave-metrics.fallbackSources" -}}
{{- $name := index . 0 -}}
{{- with index . 1 -}}
{{- if .ca }}
- configMap:
    name: {{ $name }}-fallback
{{- end }}
{{- with .tokenAudience }}
- serviceAccountToken:
    path: token
    audience: {{ . | quote }}
    expirationSeconds: 3600
{{- end }}
{{- end -}}
{{- end -}}
