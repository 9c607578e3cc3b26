package dev.stagewright.analysis.size;

import dev.stagewright.analysis.image.AnalyzedImage;
import dev.stagewright.analysis.image.Resolution;
import dev.stagewright.analysis.program.Linking;
import dev.stagewright.analysis.program.ProgramFiles;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Writes a last stage on another base, which copies from the present one. */
final class StageLines {
  private static final List<String> CERTIFICATES =
      List.of("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt");

  private static final int MAX_COPIES = 10;

  private final AnalyzedImage image;
  private final ProgramFiles needed;
  private final List<SizedFile> own;

  StageLines(AnalyzedImage image, ProgramFiles needed, List<SizedFile> own) {
    this.image = image;
    this.needed = needed;
    this.own = own;
  }

  List<String> lines(BaseMove move, Collection<String> copied) {
    var lines = new ArrayList<String>();
    lines.add("# The present last stage, with a name: FROM … AS build");
    lines.add("FROM " + from(move));
    if (move.kind() == BaseKind.ALPINE && needed.shells().contains("bash")) {
      lines.add("RUN apk add --no-cache bash");
    }
    var directories = OwnFiles.roots(own);
    directories.stream()
        .limit(MAX_COPIES)
        .forEach(path -> lines.add("COPY --from=build " + path + " " + path));
    if (directories.size() > MAX_COPIES) {
      lines.add("# … and " + (directories.size() - MAX_COPIES) + " smaller directories and files");
    }
    byDirectory(copied, directories)
        .forEach((directory, files) -> lines.add(copy(files, directory)));
    extras(move.kind()).forEach(path -> lines.add("COPY --from=build " + path + " " + path));
    lines.add("# ENV, WORKDIR, USER, ENTRYPOINT, and CMD as before");
    return lines;
  }

  private String from(BaseMove move) {
    var runtime = needed.runtime().flatMap(language -> RuntimeImages.find(language, move.kind()));
    if (runtime.isPresent()) {
      return runtime.get();
    }
    return switch (move.kind()) {
      case DISTROLESS -> move.base().name() + "-debian12";
      case SLIM, ALPINE, BUSYBOX, SCRATCH, CURRENT -> move.base().name();
    };
  }

  /**
   * The needed files that no directory of the user contains; those of a run-time system are in its
   * image.
   */
  private Map<String, Collection<String>> byDirectory(
      Collection<String> copied, List<String> directories) {
    var result = new LinkedHashMap<String, Collection<String>>();
    if (needed.runtime().isPresent()) {
      return result;
    }
    for (var path : copied) {
      if (directories.stream().noneMatch(d -> path.equals(d) || path.startsWith(d + "/"))) {
        var directory = path.substring(0, path.lastIndexOf('/') + 1);
        result.computeIfAbsent(directory, _ -> new TreeSet<>()).add(path);
      }
    }
    return result;
  }

  private static String copy(Collection<String> files, String directory) {
    return "COPY --from=build " + String.join(" ", files) + " " + directory;
  }

  /** What programs often read, if the image has it and the base does not. */
  private Collection<String> extras(BaseKind kind) {
    var extras = new LinkedHashSet<String>();
    if (kind != BaseKind.SCRATCH && kind != BaseKind.BUSYBOX) {
      return extras;
    }
    CERTIFICATES.stream().filter(this::exists).limit(1).forEach(extras::add);
    var user = image.config().config().user().orElse("");
    if (!user.isEmpty() && !user.matches("[0-9:]*")) {
      List.of("/etc/passwd", "/etc/group").stream().filter(this::exists).forEach(extras::add);
    }
    if (needed.linking() == Linking.GLIBC && exists("/etc/nsswitch.conf")) {
      extras.add("/etc/nsswitch.conf");
    }
    return extras;
  }

  private boolean exists(String path) {
    return image.files().resolve(path) instanceof Resolution.Found;
  }
}
