package dev.stagewright.e2e.conformance.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stagewright.e2e.Build;
import dev.stagewright.e2e.TestNamespace;
import dev.stagewright.e2e.conformance.cases.PreparedCase;
import dev.stagewright.e2e.conformance.cases.Sandbox;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The operator under test: one ImageBuild a case and sandbox, which goes when it is done. */
public final class Stagewright implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final TestNamespace namespace;
  private final Contexts contexts;
  private final Api api;

  /**
   * Builds in a namespace.
   *
   * @param folder below which all cases are prepared
   */
  public Stagewright(TestNamespace namespace, Path folder) {
    this.namespace = namespace;
    this.api = Api.of(namespace.client());
    this.contexts = Contexts.offer(namespace, folder);
  }

  /** Why a case cannot be built; empty where it can. */
  public Optional<String> obstacle(PreparedCase prepared, Sandbox sandbox) {
    var properties = prepared.origin().properties();
    if (!api.has("spec", "sandbox") && sandbox == Sandbox.USER_NAMESPACE) {
      return Optional.of("the API has no spec.sandbox");
    }
    if (!hasClaims() && Files.exists(prepared.origin().folder().resolve("context"))) {
      return Optional.of("the API has no spec.source.persistentVolumeClaim");
    }
    if (!hasClaims() && Files.exists(prepared.origin().folder().resolve("prepare.sh"))) {
      return Optional.of("the API has no spec.source.persistentVolumeClaim");
    }
    if (!api.has("spec", "secrets") && !properties.secrets().isEmpty()) {
      return Optional.of("the API has no spec.secrets");
    }
    if (!api.has("spec", "ssh") && properties.ssh()) {
      return Optional.of("the API has no spec.ssh");
    }
    if (!api.has("spec", "output", "sourceDateEpoch") && properties.sourceDateEpoch().isPresent()) {
      return Optional.of("the API has no spec.output.sourceDateEpoch");
    }
    if (!api.has("spec", "output", "compression") && properties.compression().isPresent()) {
      return Optional.of("the API has no spec.output.compression");
    }
    return Optional.empty();
  }

  private boolean hasClaims() {
    return api.has("spec", "source", "persistentVolumeClaim");
  }

  /** Builds a case, and waits for the end. */
  public Outcome build(PreparedCase prepared, Sandbox sandbox) throws IOException {
    var startedAt = Instant.now();
    var origin = prepared.origin();
    var name =
        (origin.group() + "-" + origin.name() + "-" + sandbox.value())
            .toLowerCase(Locale.ROOT)
            .replace('_', '-');
    var repository =
        "%s/conformance/stagewright/%s/%s"
            .formatted(
                namespace.environment().registry(),
                origin.fullName().toLowerCase(Locale.ROOT),
                sandbox.value().toLowerCase(Locale.ROOT));
    var secret = secret(prepared, name);
    secret.ifPresent(one -> namespace.client().resource(one).create());
    var resource =
        new GenericKubernetesResourceBuilder()
            .withApiVersion(Build.API_VERSION)
            .withKind(Build.KIND)
            .withNewMetadata()
            .withName(name)
            .withNamespace(namespace.name())
            .addToLabels(
                "stagewright.dev/operator", namespace.environment().operator().operatorName())
            .endMetadata()
            .addToAdditionalProperties("spec", spec(prepared, sandbox, name, repository))
            .build();
    namespace.client().resource(resource).create();
    try {
      var build = new Build(namespace, name).awaitEnd(PATIENCE);
      return build.phase().equals("Succeeded")
          ? new Outcome.Pushed(repository + "@" + build.text("image", "digest"), startedAt)
          : new Outcome.Failed(build.text("failure", "message"));
    } finally {
      namespace.client().resource(resource).delete();
      secret.ifPresent(one -> namespace.client().resource(one).delete());
    }
  }

  @Override
  public void close() {
    contexts.close();
  }

  private Map<String, Object> spec(
      PreparedCase prepared, Sandbox sandbox, String name, String repository) throws IOException {
    var properties = prepared.origin().properties();
    var spec = new TreeMap<String, Object>();
    spec.put("timeout", "10m");
    spec.put("source", source(prepared));
    if (api.has("spec", "sandbox")) {
      spec.put("sandbox", sandbox.value());
    }
    properties.target().ifPresent(target -> spec.put("target", target));
    if (!properties.buildArgs().isEmpty()) {
      spec.put("buildArgs", properties.buildArgs());
    }
    var secrets = new ArrayList<Map<String, Object>>();
    for (var id : properties.secrets().keySet()) {
      secrets.add(Map.of("id", id, "secret", Map.of("name", name, "key", id)));
    }
    if (!secrets.isEmpty()) {
      spec.put("secrets", secrets);
    }
    if (properties.ssh()) {
      spec.put("ssh", List.of(Map.of("id", "default", "secret", Map.of("name", name))));
    }
    var output = new TreeMap<String, Object>();
    output.put("image", repository + ":1");
    properties.sourceDateEpoch().ifPresent(epoch -> output.put("sourceDateEpoch", epoch));
    properties.compression().ifPresent(kind -> output.put("compression", kind));
    spec.put("output", output);
    return spec;
  }

  private Map<String, Object> source(PreparedCase prepared) throws IOException {
    return hasClaims()
        ? Map.of("persistentVolumeClaim", contexts.source(prepared))
        : Map.of(
            "inline",
            Map.of("dockerfile", Files.readString(prepared.context().resolve("Dockerfile"))));
  }

  private Optional<Secret> secret(PreparedCase prepared, String name) throws IOException {
    var properties = prepared.origin().properties();
    var data = new TreeMap<String, String>();
    properties.secrets().forEach((id, value) -> data.put(id, base64(value.getBytes(UTF_8))));
    if (properties.ssh()) {
      data.put("ssh-privatekey", base64(Files.readAllBytes(prepared.sshKey())));
    }
    return data.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace.name())
                .endMetadata()
                .withData(data)
                .build());
  }

  private static String base64(byte[] value) {
    return Base64.getEncoder().encodeToString(value);
  }
}
