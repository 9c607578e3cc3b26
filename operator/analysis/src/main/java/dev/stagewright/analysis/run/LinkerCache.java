package dev.stagewright.analysis.run;

import dev.stagewright.analysis.image.AnalyzedImage;
import dev.stagewright.analysis.image.ImageFile;
import dev.stagewright.analysis.image.ImageFiles;
import dev.stagewright.analysis.image.Resolution;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The libraries in {@code /etc/ld.so.cache}. The linker of glibc reads only this file, not {@code
 * /etc/ld.so.conf}, from which {@code ldconfig} makes it. It need not be read here: it contains
 * what was in the folders of {@code ld.so.conf} when the layer of the cache was made, and the
 * layers say that. A library that a later layer adds is not in it.
 */
final class LinkerCache {
  private static final String CONF = "etc/ld.so.conf";
  private static final String CACHE = "etc/ld.so.cache";

  private final AnalyzedImage image;
  private final int layer;
  private final Set<String> folders = new HashSet<>();
  private final Set<String> configured = new HashSet<>();

  private LinkerCache(AnalyzedImage image, int layer) {
    this.image = image;
    this.layer = layer;
  }

  static LinkerCache of(AnalyzedImage image) {
    var cache = new LinkerCache(image, image.files().get(CACHE).map(ImageFile::layer).orElse(-1));
    cache.read(CONF, new HashSet<>());
    return cache;
  }

  /** Whether the linker finds a library by the cache. */
  boolean contains(String folder, String name) {
    return (name.startsWith("lib") || name.startsWith("ld-"))
        && folders.contains(folder)
        && wasThere(folder + "/" + name);
  }

  /** The folders that ldconfig reads, without links and leading slashes. */
  Set<String> folders() {
    return folders;
  }

  /** Whether the linker would find libraries of a folder after {@code RUN ldconfig}. */
  boolean isConfigured(String folder) {
    return configured.contains(folder) || configured.contains(canonical(folder));
  }

  private boolean wasThere(String path) {
    return image.files().get(path).filter(it -> it.layer() <= layer).isPresent()
        || image.layers().stream()
            .limit(layer + 1L)
            .flatMap(it -> it.content().files().stream())
            .anyMatch(it -> it.path().equals(path));
  }

  private void read(String path, Set<String> seen) {
    if (!seen.add(path)) {
      return;
    }
    var file = file(path);
    for (var line : file.flatMap(it -> it.facts().text()).orElse("").lines().toList()) {
      var text = line.replaceFirst("#.*", "").strip();
      if (text.startsWith("include")) {
        for (var pattern : text.substring("include".length()).strip().split("\\s+")) {
          matches(pattern).forEach(it -> read(it, seen));
        }
      } else if (text.startsWith("/")) {
        var folder = canonical(text.split("[\\s=:,]", 2)[0]);
        configured.add(folder);
        if (file.orElseThrow().layer() <= layer) {
          folders.add(folder);
        }
      }
    }
  }

  /** The files that match a pattern with wildcards in the last element, sorted. */
  private List<String> matches(String pattern) {
    var absolute = pattern.startsWith("/") ? pattern : "/etc/" + pattern;
    var slash = absolute.lastIndexOf('/');
    var folder = canonical(absolute.substring(0, slash));
    var name = glob(absolute.substring(slash + 1));
    var matches = new ArrayList<String>();
    for (var file : image.files().below(folder)) {
      var rest = file.path().substring(folder.isEmpty() ? 0 : folder.length() + 1);
      if (!rest.contains("/") && name.matcher(rest).matches()) {
        matches.add(file.path());
      }
    }
    return matches;
  }

  private static Pattern glob(String pattern) {
    var regex = new StringBuilder();
    for (var character : pattern.toCharArray()) {
      regex.append(
          switch (character) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(String.valueOf(character));
          });
    }
    return Pattern.compile(regex.toString());
  }

  private Optional<ImageFile> file(String path) {
    return image.files().resolve(path) instanceof Resolution.Found found
        ? Optional.of(found.file())
        : Optional.empty();
  }

  /** The path without links and without a leading slash. */
  private String canonical(String path) {
    return canonical(image.files(), path);
  }

  static String canonical(ImageFiles files, String path) {
    return files.resolve(path) instanceof Resolution.Found found
        ? found.file().path()
        : path.replaceAll("^/+|/+$", "");
  }
}
