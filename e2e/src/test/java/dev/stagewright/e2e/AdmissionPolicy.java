package dev.stagewright.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/**
 * A {@code MutatingAdmissionPolicy} that changes the requests of one namespace. It takes effect a
 * moment after its creation.
 */
record AdmissionPolicy(KubernetesClient client, String yaml) implements AutoCloseable {

  /**
   * Creates a policy.
   *
   * @param operation {@code CREATE} or {@code UPDATE}
   * @param resource resource of the core API, {@code pods} or {@code pods/status}
   * @param condition CEL expression; requests for which it is false are not changed
   * @param patch CEL expression that returns a list of {@code JSONPatch}
   */
  static AdmissionPolicy create(
      TestNamespace namespace, String operation, String resource, String condition, String patch) {
    var yaml =
        """
        apiVersion: admissionregistration.k8s.io/v1
        kind: MutatingAdmissionPolicy
        metadata: {name: %1$s}
        spec:
          failurePolicy: Fail
          reinvocationPolicy: Never
          matchConstraints:
            namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %1$s}}
            resourceRules:
              - {apiGroups: [""], apiVersions: [v1], operations: [%2$s], resources: [%3$s]}
          matchConditions:
            - name: concerned
              expression: |
        %4$s
          mutations:
            - patchType: JSONPatch
              jsonPatch:
                expression: |
        %5$s
        ---
        apiVersion: admissionregistration.k8s.io/v1
        kind: MutatingAdmissionPolicyBinding
        metadata: {name: %1$s}
        spec: {policyName: %1$s}
        """
            .formatted(
                namespace.name(), operation, resource, condition.indent(12), patch.indent(14));
    var policy = new AdmissionPolicy(namespace.client(), yaml);
    policy.client().load(policy.text()).create();
    return policy;
  }

  private InputStream text() {
    return new ByteArrayInputStream(yaml.getBytes(UTF_8));
  }

  @Override
  public void close() {
    client.load(text()).delete();
  }
}
