{{- define "enclave-metrics.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{- define "enclave-metrics.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{/*
Of (dict root name component values token arguments volumes mounts checksum): a Deployment that
serves HTTPS. An upgrade starts the new pod before it stops an old one, and a terminating pod still
answers while it is removed from the Service, so there is no interruption. With hostNetwork the port is
free only after the old pod has exited, so the old pod stops first: otherwise an upgrade with as many
replicas as nodes would wait forever.
*/}}
{{- define "enclave-metrics.deployment" -}}
{{- $root := .root -}}
{{- $values := .values -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .name }}
  namespace: {{ $root.Release.Namespace }}
  labels:
    {{- include "enclave-metrics.labels" (list $root .component) | nindent 4 }}
spec:
  replicas: {{ $values.replicas }}
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxUnavailable: {{ $values.hostNetwork | ternary 1 0 }}
      maxSurge: {{ $values.hostNetwork | ternary 0 1 }}
  selector:
    matchLabels:
      {{- include "enclave-metrics.selector" (list $root .component) | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "enclave-metrics.labels" (list $root .component $values.podLabels) | nindent 8 }}
      {{- if or .checksum $values.podAnnotations }}
      annotations:
        {{- with .checksum }}
        checksum/config: {{ . }}
        {{- end }}
        {{- include "enclave-metrics.strings" $values.podAnnotations | indent 8 }}
      {{- end }}
    spec:
      serviceAccountName: {{ .name }}
      automountServiceAccountToken: {{ .token }}
      # The environment variables of a Service with this name would be read as settings.
      enableServiceLinks: false
      {{- with $root.Values.image.pullSecrets }}
      imagePullSecrets:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $values.priorityClassName }}
      priorityClassName: {{ . | quote }}
      {{- end }}
      {{- if $values.hostNetwork }}
      hostNetwork: true
      dnsPolicy: ClusterFirstWithHostNet
      {{- end }}
      securityContext:
        {{- include "enclave-metrics.podSecurity" . | nindent 8 }}
      containers:
        - name: {{ .component }}
          image: {{ include "enclave-metrics.image" (list $root $values.image) }}
          imagePullPolicy: {{ $values.image.pullPolicy }}
          args:
            - --port={{ $values.port }}
            {{- .arguments | nindent 12 }}
            {{- include "enclave-metrics.tlsArguments" (list $root .name $values) | nindent 12 }}
            {{- with $values.extraArgs }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
          ports:
            - name: https
              containerPort: {{ $values.port }}
              protocol: TCP
          startupProbe:
            httpGet:
              path: /livez
              port: https
              scheme: HTTPS
            periodSeconds: 1
            timeoutSeconds: 3
            failureThreshold: 60
          livenessProbe:
            httpGet:
              path: /livez
              port: https
              scheme: HTTPS
            periodSeconds: 10
            timeoutSeconds: 5
            failureThreshold: 6
          readinessProbe:
            httpGet:
              path: /readyz
              port: https
              scheme: HTTPS
            periodSeconds: 2
            timeoutSeconds: 3
            failureThreshold: 2
          {{- if $values.preStopSleepSeconds }}
          lifecycle:
            preStop:
              sleep:
                seconds: {{ $values.preStopSleepSeconds }}
          {{- end }}
          resources:
            {{- toYaml $values.resources | nindent 12 }}
          securityContext:
            {{- include "enclave-metrics.containerSecurity" . | nindent 12 }}
          {{- if or .mounts (ne $root.Values.tls.type "self") }}
          volumeMounts:
            {{- if ne $root.Values.tls.type "self" }}
            - name: tls
              mountPath: /etc/enclave-metrics/tls
              readOnly: true
            {{- end }}
            {{- with .mounts }}
            {{- . | nindent 12 }}
            {{- end }}
          {{- end }}
      {{- if or .volumes (ne $root.Values.tls.type "self") }}
      volumes:
        {{- if ne $root.Values.tls.type "self" }}
        - name: tls
          secret:
            secretName: {{ include "enclave-metrics.tlsSecret" (list $root .name $values) | quote }}
            defaultMode: 288 # 0440
        {{- end }}
        {{- with .volumes }}
        {{- . | nindent 8 }}
        {{- end }}
      {{- end }}
      {{- with $values.nodeSelector }}
      nodeSelector:
        {{- include "enclave-metrics.strings" . | indent 8 }}
      {{- end }}
      {{- with $values.tolerations }}
      tolerations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      affinity:
        {{- if $values.affinity }}
        {{- toYaml $values.affinity | nindent 8 }}
        {{- else }}
        # Preferred, not required: with as many replicas as nodes, the new pod of an upgrade stays Pending.
        podAntiAffinity:
          preferredDuringSchedulingIgnoredDuringExecution:
            - weight: 100
              podAffinityTerm:
                topologyKey: kubernetes.io/hostname
                labelSelector:
                  matchLabels:
                    {{- include "enclave-metrics.selector" (list $root .component) | nindent 20 }}
        {{- end }}
      {{- if $values.topologySpreadConstraints }}
      topologySpreadConstraints:
        {{- $ours := dict "labelSelector" (dict "matchLabels" (include "enclave-metrics.selector" (list $root .component) | fromYaml)) }}
        {{- range $values.topologySpreadConstraints }}
        - {{- merge (deepCopy .) $ours | toYaml | nindent 10 }}
        {{- end }}
      {{- end }}
{{- end -}}

{{/* Of (dict root name component values): the service account, the Service, the PodDisruptionBudget. */}}
{{- define "enclave-metrics.surroundings" -}}
{{- $root := .root -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ .name }}
  namespace: {{ $root.Release.Namespace }}
  labels:
    {{- include "enclave-metrics.labels" (list $root .component) | nindent 4 }}
  {{- with .values.serviceAccountAnnotations }}
  annotations:
    {{- include "enclave-metrics.strings" . | indent 4 }}
  {{- end }}
automountServiceAccountToken: false
---
apiVersion: v1
kind: Service
metadata:
  name: {{ .name }}
  namespace: {{ $root.Release.Namespace }}
  labels:
    {{- include "enclave-metrics.labels" (list $root .component) | nindent 4 }}
spec:
  type: ClusterIP
  selector:
    {{- include "enclave-metrics.selector" (list $root .component) | nindent 4 }}
  ports:
    - name: https
      port: 443
      targetPort: https
      protocol: TCP
      appProtocol: https
{{- if and .values.podDisruptionBudget.enabled (gt (int .values.replicas) 1) }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ .name }}
  namespace: {{ $root.Release.Namespace }}
  labels:
    {{- include "enclave-metrics.labels" (list $root .component) | nindent 4 }}
spec:
  minAvailable: 1
  # Unhealthy pods do not block the draining of a node.
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      {{- include "enclave-metrics.selector" (list $root .component) | nindent 6 }}
{{- end }}
{{- end -}}
