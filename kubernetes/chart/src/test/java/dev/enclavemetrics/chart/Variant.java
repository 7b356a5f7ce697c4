package dev.enclavemetrics.chart;

/** Common configurations of an installation. */
enum Variant {
    DEFAULTS(""),
    METRICS_SERVER_OFF("metricsServer: {enabled: false}"),
    WEBHOOK_OFF("webhook: {enabled: false}"),
    CERT_MANAGER("tls: {type: cert-manager}"),
    CERT_MANAGER_WITH_ITS_ISSUER(
            "tls: {type: cert-manager, certManager: {issuerRef: {name: corporate, kind:"
                    + " ClusterIssuer, group: cert-manager.io}}}"),
    EXISTING_SECRETS(
            """
            tls: {type: secret}
            metricsServer: {tls: {secretName: server-tls, ca: "-----BEGIN CERTIFICATE-----\\nA\\n"}}
            webhook: {tls: {secretName: webhook-tls, ca: "-----BEGIN CERTIFICATE-----\\nB\\n"}}
            """),
    ONE_REPLICA("{metricsServer: {replicas: 1}, webhook: {replicas: 1}}"),
    TWO_REPLICAS("{metricsServer: {replicas: 2}, webhook: {replicas: 2}}"),
    NO_SECCOMP_PROFILE("webhook: {sidecar: {seccompProfile: Unconfined}}"),
    BARE(
            """
            metricsServer: {priorityClassName: "", preStopSleepSeconds: 0, events: false,
              fallback: {service: "https://adapter.example", insecure: true}, apiService: {create: false}, podDisruptionBudget: {enabled: false}}
            webhook: {pods: {enabled: false}}
            seccomp: {install: false}
            networkPolicy: {enabled: false}
            """),
    EVERYTHING(
            """
            commonLabels: {team: platform}
            image: {registry: registry.example/mirror, pullSecrets: [{name: pull}]}
            metricsServer:
              replicas: 3
              image: {digest: "sha256:0123456789012345678901234567890123456789012345678901234567890123"}
              port: 10260
              hostNetwork: true
              fallback: {service: "monitoring/prometheus-adapter:443", ca: "-----BEGIN CERTIFICATE-----\\nC\\n", tokenAudience: other-metrics}
              podAnnotations: {a: b}
              podLabels: {c: d}
              serviceAccountAnnotations: {e: f}
              tolerations: [{operator: Exists}]
              topologySpreadConstraints:
                - {maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: ScheduleAnyway}
              affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: x, operator: Exists}]}]}}}
            webhook: {hostNetwork: true, port: 10261, excludedNamespaces: [monitoring], prometheusAnnotations: true}
            podMonitor: {enabled: true, labels: {release: prometheus}}
            serviceMonitor: {enabled: true, labels: {release: prometheus}}
            prometheusRule: {enabled: true, labels: {release: prometheus}}
            grafanaDashboard: {enabled: true, annotations: {k8s-sidecar-target-directory: enclaves}}
            """);

    private final String values;

    Variant(String values) {
        this.values = values;
    }

    Rendered render() {
        return Chart.render(values);
    }
}
