package dev.stagewright.kubectl.build;

import dev.stagewright.api.v1alpha1.ImageBuild;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The Secrets of a build: one for {@code --secret}, and one for each {@code --ssh}. They belong to
 * the ImageBuild, and are deleted with it.
 *
 * @param secrets for secret mounts
 * @param keys for SSH mounts
 */
public record BuildSecrets(List<SecretOption> secrets, List<SecretOption> keys) {
  private static final String KEY = "ssh-privatekey";

  /** Copies the lists. */
  public BuildSecrets {
    secrets = List.copyOf(secrets);
    keys = List.copyOf(keys);
  }

  /** Adds the references to the Secrets to a spec. */
  void addTo(Map<String, Object> spec, String build) {
    if (!secrets.isEmpty()) {
      spec.put(
          "secrets",
          indexed(secrets)
              .map(entry ->
                  Map.of(
                      "id",
                      entry.option().id(),
                      "secret",
                      Map.of("name", secretName(build), "key", secretKey(entry.index()))))
              .toList());
    }
    if (!keys.isEmpty()) {
      spec.put(
          "ssh",
          indexed(keys)
              .map(entry ->
                  Map.of(
                      "id",
                      entry.option().id(),
                      "secret",
                      Map.of("name", keyName(build, entry.index()))))
              .toList());
    }
  }

  private record Indexed(int index, SecretOption option) {}

  private static Stream<Indexed> indexed(List<SecretOption> options) {
    return IntStream.range(0, options.size())
        .mapToObj(index -> new Indexed(index, options.get(index)));
  }

  /**
   * The Secrets.
   *
   * @param uid of the ImageBuild, if it exists
   */
  public List<Secret> objects(String build, String namespace, Optional<String> uid) {
    var objects = new ArrayList<Secret>();
    if (!secrets.isEmpty()) {
      var data = new LinkedHashMap<String, String>();
      indexed(secrets).forEach(entry -> data.put(secretKey(entry.index()), entry.option().data()));
      objects.add(secret(secretName(build), "Opaque", data, build, namespace, uid));
    }
    indexed(keys)
        .forEach(entry ->
            objects.add(
                secret(
                    keyName(build, entry.index()),
                    "kubernetes.io/ssh-auth",
                    Map.of(KEY, entry.option().data()),
                    build,
                    namespace,
                    uid)));
    return objects;
  }

  private static Secret secret(
      String name,
      String type,
      Map<String, String> data,
      String build,
      String namespace,
      Optional<String> uid) {
    var metadata =
        new SecretBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(namespace)
            .addToLabels("app.kubernetes.io/managed-by", BuildManifest.MANAGER)
            .addToLabels("stagewright.dev/build", build);
    uid.ifPresent(it ->
        metadata.addToOwnerReferences(
            new OwnerReferenceBuilder()
                .withApiVersion(ImageBuild.GROUP + "/" + ImageBuild.VERSION)
                .withKind(ImageBuild.KIND)
                .withName(build)
                .withUid(it)
                .build()));
    return metadata.endMetadata().withType(type).withData(data).build();
  }

  /** Ids may have characters that keys must not have. */
  private static String secretKey(int index) {
    return "secret-" + index;
  }

  private static String secretName(String build) {
    return build + "-secrets";
  }

  private static String keyName(String build, int index) {
    return build + "-ssh-" + index;
  }
}
