package dev.stagewright.analysis.image;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Which files of an image a package manager of the distribution installed, by instruction. */
public final class PackageLayers {
  private static final Pattern INSTALL =
      Pattern.compile(
          "\\b(apt-get|apt|aptitude|apk|dnf|microdnf|yum|zypper)\\b[^|]*\\b(install|add|upgrade)\\b");

  private static final Set<String> SYSTEM =
      Set.of("usr", "lib", "lib64", "bin", "sbin", "etc", "var");

  private final List<Boolean> layers;

  private PackageLayers(List<Boolean> layers) {
    this.layers = layers;
  }

  /** Returns the layers of an image whose instruction installs packages. */
  public static PackageLayers of(AnalyzedImage image) {
    return new PackageLayers(
        image.layers().stream()
            .map(layer -> layer.origin().instruction().orElse(""))
            .map(instruction -> INSTALL.matcher(instruction).find())
            .toList());
  }

  /** Whether a file probably belongs to a package. */
  public boolean contains(String path, int layer) {
    return layers.get(layer) && isSystem(path);
  }

  private static boolean isSystem(String path) {
    var slash = path.indexOf('/');
    return !path.startsWith("usr/local/")
        && SYSTEM.contains(slash < 0 ? path : path.substring(0, slash));
  }
}
