package dev.enclavemetrics.kubectl.query;

/** Responses of real servers as kubectl prints them, with names and times for these tests. */
public final class Recorded {

    /**
     * From our metrics server: a fresh pod, a pod whose launcher was killed, a pod that is too new.
     */
    public static final String STATUSES =
            """
            {"kind":"EnclaveStatusList","apiVersion":"custom.metrics.k8s.io/v1beta2","metadata":{},\
            "items":[{"namespace":"shop","name":"api-6d9c-x2v4w","ready":true,"cpu":"437m",\
            "memory":"312m","timestamp":"2026-11-24T05:39:57Z","windowSeconds":15,\
            "reason":"Fresh","message":""},\
            {"namespace":"shop","name":"api-6d9c-zz7kp","ready":false,\
            "reason":"ConnectRefused","message":"nothing listens on the port"},\
            {"namespace":"shop","name":"web-0","ready":true,"cpu":"1","memory":"0",\
            "timestamp":"2026-11-24T05:39:30Z","windowSeconds":60,"reason":"Fresh",\
            "message":"but the last scrape failed: Http503 Stale"}]}
            """;

    public static final String NO_STATUSES =
            """
            {"kind":"EnclaveStatusList","apiVersion":"custom.metrics.k8s.io/v1beta2","metadata":{},\
            "items":[]}
            """;

    /**
     * From our metrics server: two pods without a reason in their status, one whose image is
     * missing.
     */
    public static final String PENDING =
            """
            {"kind":"EnclaveStatusList","apiVersion":"custom.metrics.k8s.io/v1beta2","metadata":{},\
            "items":[{"namespace":"shop","name":"api-6d9c-new","ready":false,"reason":"Pending",\
            "message":"the pod is not running yet"},\
            {"namespace":"shop","name":"api-6d9c-old","ready":false,"reason":"Pending",\
            "message":"the pod is not running yet"},\
            {"namespace":"shop","name":"web-0","ready":false,"reason":"ImagePullBackOff",\
            "message":"container app"}]}
            """;

    /**
     * From the API server: two failures of a pod and a newer warning that does not block it, an old
     * failure of another pod, an Event with {@code eventTime} instead of {@code lastTimestamp}.
     */
    public static final String EVENTS =
            """
            {"kind":"EventList","apiVersion":"v1","metadata":{"resourceVersion":"77"},"items":[\
            {"metadata":{"name":"a"},"involvedObject":{"kind":"Pod","namespace":"shop",\
            "name":"api-6d9c-new"},"reason":"FailedMount","message":"MountVolume.SetUp failed for \
            volume \\"enclave-metrics-nitro-cli\\" : hostPath type check failed: \
            /usr/bin/nitro-cli is not a file","source":{"component":"kubelet"},\
            "lastTimestamp":"2026-11-24T05:39:50Z","count":7,"type":"Warning","eventTime":null},\
            {"metadata":{"name":"b"},"involvedObject":{"kind":"Pod","namespace":"shop",\
            "name":"api-6d9c-new"},"reason":"FailedCreatePodSandBox","message":"network",\
            "lastTimestamp":"2026-11-24T05:39:40Z","count":1,"type":"Warning","eventTime":null},\
            {"metadata":{"name":"e"},"involvedObject":{"kind":"Pod","namespace":"shop",\
            "name":"api-6d9c-new"},"reason":"MissingClusterDNS","message":"falling back",\
            "lastTimestamp":"2026-11-24T05:39:59Z","count":9,"type":"Warning","eventTime":null},\
            {"metadata":{"name":"c"},"involvedObject":{"kind":"Pod","namespace":"shop",\
            "name":"api-6d9c-old"},"reason":"FailedMount","message":"timed out",\
            "lastTimestamp":"2026-11-24T05:29:59Z","count":1,"type":"Warning","eventTime":null},\
            {"metadata":{"name":"d"},"involvedObject":{"kind":"Pod","namespace":"shop",\
            "name":"web-0"},"reason":"FailedOther","message":"of the new form",\
            "lastTimestamp":null,"type":"Warning","eventTime":"2026-11-24T05:39:50.123456Z"}]}
            """;

    /** From the aggregator. */
    public static final String GROUP_V1BETA1 =
            """
            {"kind":"APIGroup","apiVersion":"v1","name":"custom.metrics.k8s.io","versions":[\
            {"groupVersion":"custom.metrics.k8s.io/v1beta1","version":"v1beta1"}],\
            "preferredVersion":{"groupVersion":"custom.metrics.k8s.io/v1beta1","version":"v1beta1"}}
            """;

    /** From prometheus-adapter. */
    public static final String CPU_V1BETA1 =
            """
            {"kind":"MetricValueList","apiVersion":"custom.metrics.k8s.io/v1beta1","metadata":{},\
            "items":[{"describedObject":{"kind":"Pod","namespace":"shop","name":"api-6d9c-x2v4w",\
            "apiVersion":"/v1"},"metricName":"nitro_enclave_cpu_usage",\
            "timestamp":"2026-11-24T05:39:50Z","value":"437200u","selector":null},\
            {"describedObject":{"kind":"Pod","namespace":"shop","name":"web-0",\
            "apiVersion":"/v1"},"metricName":"nitro_enclave_cpu_usage",\
            "timestamp":"2026-11-24T05:39:50Z","value":"1200m","selector":null}]}
            """;

    /** From our metrics server. */
    public static final String MEMORY_V1BETA2 =
            """
            {"kind":"MetricValueList","apiVersion":"custom.metrics.k8s.io/v1beta2","metadata":{},\
            "items":[{"describedObject":{"kind":"Pod","namespace":"shop","name":"api-6d9c-x2v4w",\
            "apiVersion":"/v1"},"metric":{"name":"nitro_enclave_memory_usage","selector":null},\
            "timestamp":"2026-11-24T05:39:58Z","windowSeconds":15,"value":"312m"}]}
            """;

    /** Pods as custom columns. */
    public static final String PODS =
            """
            shop   api-6d9c-x2v4w   node-a   Running   <none>
            shop   api-6d9c-zz7kp   node-b   Running   <none>
            shop   api-6d9c-new     <none>   Pending   <none>
            shop   api-6d9c-old     node-a   Running   2026-11-24T05:39:00Z
            shop   web-0            node-a   Running   <none>
            """;

    /** From the API server, without a metrics server. */
    public static final String APISERVICE_DOWN =
            """
            {"kind":"APIService","apiVersion":"apiregistration.k8s.io/v1","metadata":{"name":\
            "v1beta2.custom.metrics.k8s.io"},"spec":{"group":"custom.metrics.k8s.io"},"status":{\
            "conditions":[{"type":"Available","status":"False","lastTransitionTime":\
            "2026-11-24T05:38:00Z","reason":"MissingEndpoints","message":"endpointslices for \
            service/enclave-metrics-server in \\"enclave-system\\" have no addresses with port name \
            \\"https\\""}]}}
            """;

    private Recorded() {}
}
