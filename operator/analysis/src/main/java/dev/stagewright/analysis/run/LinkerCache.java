package dev.stagewright.analysis.run;

import dev.stagewright.analysis.image.ImageFile;
import dev.stagewright.analysis.image.ImageFiles;
import dev.stagewright.analysis.image.Resolution;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The libraries in {@code /etc/ld.so.cache}. The linker of glibc reads only this file, not {@code
 * /etc/ld.so.conf}, from which {@code ldconfig} makes it: a library that was copied to {@code
 * /usr/local/lib} is not found before {@code RUN ldconfig}.
 */
final class LinkerCache {
  private static final String CONF = "etc/ld.so.conf";
  private static final String CACHE = "etc/ld.so.cache";

  private final ImageFiles files;
  private final Optional<ImageFile> cache;

  LinkerCache(ImageFiles files) {
    this.files = files;
    this.cache =
        files.resolve(CACHE) instanceof Resolution.Found found
            ? Optional.of(found.file())
            : Optional.empty();
  }

  /** Whether the content of the cache is known. */
  boolean isKnown() {
    return cache.isEmpty() || cache.get().facts().text().isPresent();
  }

  /** The paths of a library, mostly one. */
  List<String> paths(String name) {
    return lines(cache).filter(path -> path.endsWith("/" + name)).toList();
  }

  /** Whether {@code ldconfig} would look into a folder. */
  boolean isConfigured(String folder) {
    return Stream.concat(files.get(CONF).stream(), files.below(CONF + ".d").stream())
        .flatMap(file -> lines(Optional.of(file)))
        .anyMatch(line -> line.strip().replaceFirst("/$", "").equals(folder));
  }

  private static Stream<String> lines(Optional<ImageFile> file) {
    return file.flatMap(it -> it.facts().text()).stream().flatMap(String::lines);
  }
}
