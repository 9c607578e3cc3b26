package dev.stagewright.controller.webhook;

import dev.stagewright.api.v1alpha1.ImageBuild;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** ImageBuilds and Secrets in memory. */
final class FakeTargets implements WebhookTargets {
  final Map<String, ImageBuild> builds = new HashMap<>();
  final Map<String, String> secrets = new HashMap<>();
  final List<String> rebuilds = new ArrayList<>();
  final List<String> secretsRead = new ArrayList<>();
  final List<String> events = new ArrayList<>();
  boolean isDown;

  @Override
  public Optional<ImageBuild> build(String namespace, String name) {
    return Optional.ofNullable(builds.get(namespace + "/" + name));
  }

  @Override
  public Optional<String> secret(String namespace, String name, String key) {
    var id = namespace + "/" + name + "/" + key;
    secretsRead.add(id);
    return Optional.ofNullable(secrets.get(id));
  }

  @Override
  public boolean requestRebuild(ImageBuild build, String value) {
    if (isDown) {
      throw new KubernetesClientException("down");
    }
    if (!rebuilds.isEmpty() && rebuilds.getLast().equals(value)) {
      return false;
    }
    rebuilds.add(value);
    return true;
  }

  @Override
  public void reportUnusableSecret(ImageBuild build, String secret) {
    events.add(secret);
  }
}
