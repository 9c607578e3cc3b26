package dev.stagewright.analysis.run;

import dev.stagewright.analysis.image.AnalyzedImage;
import dev.stagewright.analysis.image.ImageFile;
import dev.stagewright.analysis.image.ImageFiles;
import dev.stagewright.analysis.image.Resolution;
import java.util.List;
import java.util.Optional;

/**
 * A container of an image, as its first process sees it.
 *
 * @param image the image
 * @param environment the environment variables
 * @param user who the process is
 * @param workdir the working directory, absolute
 */
record Container(AnalyzedImage image, Environment environment, Identity user, String workdir) {
  /** File systems of the kernel, which the container runtime mounts. */
  private static final List<String> MOUNTS = List.of("/proc/", "/sys/", "/dev/");

  static Container of(AnalyzedImage image, Identity user) {
    var config = image.config().config();
    return new Container(
        image,
        Environment.of(config.env()),
        user,
        ("/" + config.workingDir().orElse("")).replaceAll("/+", "/"));
  }

  ImageFiles files() {
    return image.files();
  }

  /** Follows a path, which may be relative to the working directory. */
  Resolution resolve(String path) {
    return files().resolve(absolute(path));
  }

  /** The absolute path, for messages. */
  String absolute(String path) {
    if (path.startsWith("/")) {
      return path;
    }
    return (workdir.endsWith("/") ? workdir : workdir + "/") + path;
  }

  /** The file at a path if the user may read it. */
  Optional<ImageFile> readable(String path) {
    return resolve(path) instanceof Resolution.Found found
            && reachable(found)
            && user.mayRead(found.file())
        ? Optional.of(found.file())
        : Optional.empty();
  }

  /** Whether the user may pass through all directories on the way. */
  boolean reachable(Resolution.Found found) {
    return found.through().stream().allMatch(user::maySearch);
  }

  /** Whether a missing path can exist in the container, though not in the image. */
  static boolean isMounted(String path) {
    return MOUNTS.stream().anyMatch((path + "/")::startsWith);
  }

  /** A path of the image with the same file name, for hints. */
  Optional<String> sameName(String path) {
    var name = path.substring(path.lastIndexOf('/') + 1);
    return name.isEmpty()
        ? Optional.empty()
        : files().all().stream()
            .filter(it -> !it.file().isDirectory())
            .map(it -> "/" + it.path())
            .filter(it -> it.endsWith("/" + name) && !it.equals(absolute(path)))
            .findFirst();
  }
}
