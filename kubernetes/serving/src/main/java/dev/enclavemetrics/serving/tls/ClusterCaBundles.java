package dev.enclavemetrics.serving.tls;

import dev.enclavemetrics.bootstrap.Log;
import dev.enclavemetrics.bootstrap.ProblemLog;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The objects that register this server with the API server: their caBundle is the authority that
 * it trusts. Changes by others are overwritten at the next reconciliation.
 */
public final class ClusterCaBundles implements CaBundles {

    private static final String RIGHTS = "get and patch of this object";

    private final KubernetesClient client;
    private final List<Target> targets;

    /** One object. */
    private record Target(
            ResourceDefinitionContext type, String name, BundlePatch patch, ProblemLog problem) {
        String subject() {
            return "the " + type.getKind() + " " + name;
        }
    }

    private ClusterCaBundles(KubernetesClient client, List<Target> targets) {
        this.client = client;
        this.targets = targets;
    }

    /** A MutatingWebhookConfiguration, all its webhooks. */
    public static CaBundles inWebhooks(KubernetesClient client, String name, Log log) {
        return new ClusterCaBundles(
                client,
                List.of(
                        target(
                                "admissionregistration.k8s.io",
                                "MutatingWebhookConfiguration",
                                "mutatingwebhookconfigurations",
                                name,
                                BundlePatch::ofWebhooks,
                                log)));
    }

    /**
     * APIServices.
     *
     * @param services the names of this server's Services, NAME.NAMESPACE.svc: an APIService of
     *     another server is left alone
     */
    public static CaBundles inApiServices(
            KubernetesClient client, List<String> names, List<String> services, Log log) {
        Set<String> ours = Set.copyOf(services);
        return new ClusterCaBundles(
                client,
                names.stream()
                        .map(
                                name ->
                                        target(
                                                "apiregistration.k8s.io",
                                                "APIService",
                                                "apiservices",
                                                name,
                                                (object, bundle) ->
                                                        BundlePatch.ofApiService(
                                                                object, bundle, ours),
                                                log))
                        .toList());
    }

    private static Target target(
            String group, String kind, String plural, String name, BundlePatch patch, Log log) {
        return new Target(
                new ResourceDefinitionContext.Builder()
                        .withGroup(group)
                        .withVersion("v1")
                        .withKind(kind)
                        .withPlural(plural)
                        .withNamespaced(false)
                        .build(),
                name,
                patch,
                ProblemLog.errors(log));
    }

    @Override
    public boolean publish(String bundle) {
        String encoded =
                Base64.getEncoder().encodeToString(bundle.getBytes(StandardCharsets.US_ASCII));
        // All of them, even if one fails.
        return targets.stream()
                .map(target -> publish(target, encoded))
                .reduce(true, Boolean::logicalAnd);
    }

    private boolean publish(Target target, String bundle) {
        try {
            Resource<GenericKubernetesResource> resource =
                    client.genericKubernetesResources(target.type).withName(target.name);
            GenericKubernetesResource object = resource.get();
            if (object == null) {
                target.problem.failed(
                        target.subject() + " must exist, found none; retrying until it does");
                return false;
            }
            List<Map<String, Object>> patch = target.patch.operations(object, bundle);
            if (!patch.isEmpty()) {
                resource.patch(
                        PatchContext.of(PatchType.JSON),
                        client.getKubernetesSerialization().asJson(patch));
            }
            target.problem.recovered(target.subject() + " recovered");
            return patch.isEmpty();
        } catch (KubernetesClientException e) {
            target.problem.failed(ClusterProblem.message(target.subject(), e, RIGHTS));
        } catch (IllegalArgumentException e) {
            target.problem.failed(target.subject() + " " + e.getMessage());
        }
        return false;
    }

    @Override
    public void close() {
        targets.forEach(target -> target.problem.close());
    }
}
