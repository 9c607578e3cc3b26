package dev.stagewright.analysis.image;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Which files of an image a package manager of the distribution installed. */
public final class PackageLayers {
  private static final Pattern INSTALL =
      Pattern.compile(
          "\\b(apt-get|apt|aptitude|apk|dnf|microdnf|yum|zypper)\\b[^|]*\\b(install|add|upgrade)\\b");

  private static final Set<String> SYSTEM =
      Set.of("usr", "lib", "lib64", "bin", "sbin", "etc", "var");

  /** What package managers change when they install something. */
  private static final Set<String> DATABASES =
      Set.of(
          "var/lib/dpkg/status",
          "lib/apk/db/installed",
          "usr/lib/apk/db/installed",
          "var/lib/rpm/rpmdb.sqlite",
          "usr/lib/sysimage/rpm/rpmdb.sqlite");

  private final List<Boolean> layers;

  private PackageLayers(List<Boolean> layers) {
    this.layers = layers;
  }

  /** Returns the layers of an image whose instruction installs packages. */
  public static PackageLayers of(AnalyzedImage image) {
    return new PackageLayers(image.layers().stream().map(PackageLayers::installs).toList());
  }

  private static boolean installs(ImageLayer layer) {
    return layer.origin().instruction().filter(text -> INSTALL.matcher(text).find()).isPresent()
        || layer.content().files().stream().anyMatch(file -> DATABASES.contains(file.path()));
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
