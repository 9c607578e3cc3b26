package dev.stagewright.kubectl.build;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** The name of an ImageBuild that the user does not name. */
public final class BuildName {
  /** The objects of runs have longer names. */
  private static final int MAX_LENGTH = 40;

  private static final int HASH_LENGTH = 6;

  private BuildName() {}

  /**
   * A name that is the same for each build of this image, whatever its tag, so that the builds have
   * one history: the last part of the repository, and a part of a hash.
   *
   * @param target stage to build
   */
  public static String of(ImageReference image, Optional<String> target) {
    var last = image.repository().substring(image.repository().lastIndexOf('/') + 1);
    var label = last.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+", "");
    var cut = label.substring(0, Math.min(label.length(), MAX_LENGTH)).replaceAll("-+$", "");
    var identity = image.name() + "\n" + target.orElse("");
    var hash = Digest.of(identity.getBytes(StandardCharsets.UTF_8)).hex();
    return (cut.matches("[a-z].*") ? cut : "b-" + cut) + "-" + hash.substring(0, HASH_LENGTH);
  }
}
