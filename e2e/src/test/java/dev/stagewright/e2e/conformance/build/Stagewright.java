package dev.stagewright.e2e.conformance.build;

import dev.stagewright.e2e.Build;
import dev.stagewright.e2e.TestNamespace;
import dev.stagewright.e2e.conformance.cases.PreparedCase;
import dev.stagewright.e2e.conformance.cases.Sandbox;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The operator under test. It gets one ImageBuild for each case and sandbox, which is deleted at
 * the end.
 */
public final class Stagewright implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofMinutes(15);

  private final TestNamespace namespace;
  private final Contexts contexts;

  /**
   * Uses a namespace for the builds.
   *
   * @param folder folder of the prepared cases
   */
  public Stagewright(TestNamespace namespace, Path folder) {
    this.namespace = namespace;
    this.contexts = Contexts.offer(namespace, folder);
  }

  /** Builds a case and waits until the build ends. */
  public Outcome build(PreparedCase prepared, Sandbox sandbox) throws IOException {
    var startedAt = Instant.now();
    var path = (prepared.origin().fullName() + "/" + sandbox.value()).toLowerCase(Locale.ROOT);
    var name = path.replaceAll("[^a-z0-9]", "-");
    var repository = namespace.environment().registry() + "/conformance/stagewright/" + path;
    var spec = new BuildSpec(prepared, sandbox, name, repository + ":1");
    var resource = resource(spec);
    createSecret(name, spec.secretData());
    namespace.client().resource(resource).create();
    try {
      var build = new Build(namespace, name).awaitEnd(TIMEOUT);
      if (!build.phase().equals("Succeeded")) {
        return new Outcome.Failed(build.text("failure", "message"));
      }
      var pods = sandbox == Sandbox.WORKER ? stagePods(name) : List.of();
      if (!pods.isEmpty()) {
        return new Outcome.Failed("stages ran in the Pods " + pods);
      }
      var image = repository + "@" + build.text("image", "digest");
      return new Outcome.Pushed(image, startedAt, new CheckedImage(build, image).problem());
    } finally {
      namespace.client().resource(resource).delete();
    }
  }

  private List<String> stagePods(String build) {
    return namespace
        .client()
        .pods()
        .inNamespace(namespace.name())
        .withLabel("stagewright.dev/stage")
        .list()
        .getItems()
        .stream()
        .map(Pod::getMetadata)
        .filter(pod -> pod.getOwnerReferences().stream().anyMatch(o -> o.getName().equals(build)))
        .map(ObjectMeta::getName)
        .toList();
  }

  private GenericKubernetesResource resource(BuildSpec spec) {
    return new GenericKubernetesResourceBuilder()
        .withApiVersion(Build.API_VERSION)
        .withKind(Build.KIND)
        .withNewMetadata()
        .withName(spec.name())
        .withNamespace(namespace.name())
        .addToLabels("stagewright.dev/operator", namespace.environment().operator().operatorName())
        // The repository has the records of earlier runs of the tests, whose files are older.
        .addToAnnotations("stagewright.dev/no-cache", "true")
        .endMetadata()
        .addToAdditionalProperties("spec", spec.toMap(contexts.source(spec.prepared())))
        .build();
  }

  private void createSecret(String name, Map<String, String> data) {
    if (!data.isEmpty()) {
      namespace
          .client()
          .resource(
              new SecretBuilder()
                  .withNewMetadata()
                  .withName(name)
                  .withNamespace(namespace.name())
                  .endMetadata()
                  .withData(data)
                  .build())
          .create();
    }
  }

  @Override
  public void close() {
    contexts.close();
  }
}
