package dev.stagewright.analysis.missing;

import dev.stagewright.analysis.elf.ElfFile;
import dev.stagewright.analysis.finding.Confidence;
import dev.stagewright.analysis.finding.Finding;
import dev.stagewright.analysis.program.Linking;
import java.util.Optional;

/**
 * Before version 2.34, glibc loads a library to ask DNS servers. It is easily forgotten, because no
 * program names it.
 */
final class Resolver {
  private static final String LIBRARY = "libnss_dns.so.2";

  /** The first version with the code in libc itself. */
  private static final String BUILT_IN = "GLIBC_2.34";

  private final ProgramFacts program;

  Resolver(ProgramFacts program) {
    this.program = program;
  }

  Optional<Finding> finding() {
    var libc = libc();
    if (program.files().linking() != Linking.GLIBC
        || libc.isEmpty()
        || libc.get().linking().versions().defined().isEmpty()
        || libc.get().linking().versions().defined().contains(BUILT_IN)
        || !program.mentions("getaddrinfo", "gethostbyname")
        || hasLibrary()) {
      return Optional.empty();
    }
    return Optional.of(
        MissingRule.MISSING_RESOLVER.finding(
            Confidence.LIKELY,
            program.place(),
            "%s looks up hosts, and its glibc needs %s to ask DNS servers, which the image does"
                    .formatted(program.name(), LIBRARY)
                + " not have.",
            "Temporary failure in name resolution",
            "Copy %s and libresolv.so.2 from the image of the libc, or use a base image with glibc."
                .formatted(LIBRARY)));
  }

  private Optional<ElfFile> libc() {
    return program.files().files().entrySet().stream()
        .filter(entry -> entry.getKey().endsWith("/libc.so.6"))
        .findFirst()
        .flatMap(entry -> entry.getValue().facts().elf());
  }

  private boolean hasLibrary() {
    return program.image().files().all().stream()
        .anyMatch(file -> file.path().endsWith("/" + LIBRARY));
  }
}
