package dev.stagewright.controller.pods;

import dev.stagewright.api.v1alpha1.AdditionalImage;
import dev.stagewright.api.v1alpha1.CertificateSource;
import dev.stagewright.api.v1alpha1.LocalReference;
import dev.stagewright.api.v1alpha1.Output;
import dev.stagewright.controller.run.PodVolume;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.Mounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The repositories that a build pushes to, with the volumes of their credentials and certificates.
 */
public record PushDestinations(Output output) {

  /**
   * A repository.
   *
   * @param field of the spec that contains it
   * @param index of the repository; 0 for {@code output.image}
   * @param image reference with the first tag, which can contain variables
   * @param tags additional tags
   * @param secret push credentials; if empty, those of the first repository apply
   */
  record Entry(
      String field,
      int index,
      String image,
      List<String> tags,
      Optional<LocalReference> secret,
      boolean insecure,
      Optional<CertificateSource> authorities) {

    /**
     * The repository, fully qualified.
     *
     * @throws IllegalArgumentException if it is malformed; the message names the field
     */
    String repository() {
      return reference().name();
    }

    /** The registry of the repository. */
    String registry() {
      return reference().registry();
    }

    private ImageReference reference() {
      var name = hasTag() ? image.substring(0, image.lastIndexOf(':')) : image;
      if (name.contains("{{")) {
        throw new IllegalArgumentException(
            field
                + ".image: '"
                + name
                + "': only tags can contain variables, not registry and repository");
      }
      try {
        return ImageReference.parse(name);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            field + ".image: " + e.getMessage() + ": '" + name + "'", e);
      }
    }

    /** The tag of the reference, which can contain variables. */
    String tag() {
      return hasTag() ? image.substring(image.lastIndexOf(':') + 1) : "latest";
    }

    private boolean hasTag() {
      return image.lastIndexOf(':') > image.lastIndexOf('/');
    }

    /** The name of the Secret with credentials of its own. */
    Optional<String> secretName() {
      return secret.map(LocalReference::name);
    }

    /** Path of the directory with the credentials; empty without credentials of its own. */
    Optional<String> credentialsDirectory() {
      return secret.map(reference -> directory() + "/" + reference.name());
    }

    /** Name of the directory with the certificates; empty without certificates of its own. */
    Optional<String> authoritiesDirectory() {
      return authorities.map(_ -> directory());
    }

    private String directory() {
      return "destination-" + index;
    }
  }

  List<Entry> entries() {
    var entries = new ArrayList<Entry>();
    entries.add(
        new Entry(
            "spec.output",
            0,
            output.image(),
            output.tags(),
            Optional.ofNullable(output.credentials()),
            output.insecure(),
            Optional.ofNullable(output.caBundle())));
    for (var image : output.additionalImages()) {
      entries.add(entry(image, entries.size()));
    }
    return List.copyOf(entries);
  }

  private static Entry entry(AdditionalImage image, int index) {
    return new Entry(
        "spec.output.additionalImages[" + (index - 1) + "]",
        index,
        image.image(),
        image.tags(),
        Optional.ofNullable(image.credentials()),
        image.insecure(),
        Optional.ofNullable(image.caBundle()));
  }

  /** The volumes with credentials and certificates, for publish. */
  List<MountedVolume> mounts() {
    var mounts = new ArrayList<MountedVolume>();
    for (var entry : entries()) {
      var directory = "/" + entry.directory();
      entry
          .secret()
          .ifPresent(secret ->
              mounts.add(
                  MountedVolume.secret(
                      PodVolume.PUSH_CREDENTIALS,
                      entry.index(),
                      secret.name(),
                      Mounts.REGISTRY_CREDENTIALS + directory + "/" + secret.name())));
      entry
          .authorities()
          .ifPresent(source ->
              mounts.add(
                  MountedVolume.authorities(
                      entry.index(), source, Mounts.REGISTRY_TLS + directory)));
    }
    return mounts;
  }
}
