package dev.stagewright.controller.pods;

import dev.stagewright.api.v1alpha1.AdditionalImage;
import dev.stagewright.api.v1alpha1.CertificateSource;
import dev.stagewright.api.v1alpha1.LocalReference;
import dev.stagewright.api.v1alpha1.Output;
import dev.stagewright.controller.run.PodVolume;
import dev.stagewright.protocol.Mounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The repositories that a spec names, and what the Pods that push get for each: credentials and
 * certificates.
 */
public record PushDestinations(Output output) {

  /**
   * A repository of the spec.
   *
   * @param field that names it
   * @param index among all of them; 0 is that of {@code output.image}
   * @param image with the first tag, which may be a template
   * @param tags further ones
   * @param secret what to push with; for others than the first, before the first one's
   */
  record Entry(
      String field,
      int index,
      String image,
      List<String> tags,
      Optional<LocalReference> secret,
      boolean insecure,
      Optional<CertificateSource> authorities) {

    /** Path of the folder with its credentials; empty where it has none of its own. */
    Optional<String> credentialsFolder() {
      return secret.map(own -> folder() + "/" + own.name());
    }

    /** Name of the folder with its certificates. */
    Optional<String> authoritiesFolder() {
      return authorities.map(_ -> folder());
    }

    private String folder() {
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

  /** Credentials and certificates, for a Pod that may see them. */
  List<MountedVolume> mounts() {
    var mounts = new ArrayList<MountedVolume>();
    for (var entry : entries()) {
      var folder = "/" + entry.folder();
      entry
          .secret()
          .ifPresent(secret ->
              mounts.add(
                  MountedVolume.secret(
                      PodVolume.PUSH_CREDENTIALS,
                      entry.index(),
                      secret.name(),
                      Mounts.REGISTRY_CREDENTIALS + folder + "/" + secret.name())));
      entry
          .authorities()
          .ifPresent(source ->
              mounts.add(
                  MountedVolume.authorities(entry.index(), source, Mounts.REGISTRY_TLS + folder)));
    }
    return mounts;
  }
}
