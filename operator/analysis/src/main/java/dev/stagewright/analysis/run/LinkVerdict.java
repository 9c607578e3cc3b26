package dev.stagewright.analysis.run;

import dev.stagewright.analysis.finding.Confidence;
import dev.stagewright.analysis.finding.Place;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns the problems of a linker into the words that it prints. */
final class LinkVerdict {
  private static final int EXIT = 127;
  private static final int EXIT_GLIBC_VERSION = 1;

  private final Container container;
  private final Libc libc;

  LinkVerdict(Container container, Libc libc) {
    this.container = container;
    this.libc = libc;
  }

  /** The first problem that is certain decides. */
  Verdict of(Program program, List<LinkProblem> problems) {
    return problems.stream()
        .filter(it -> !(it instanceof LinkProblem.Undecided))
        .findFirst()
        .or(() -> problems.stream().findFirst())
        .map(problem -> verdict(program, problem, problems))
        .orElseGet(Verdict.Runs::new);
  }

  private Verdict verdict(Program program, LinkProblem problem, List<LinkProblem> all) {
    return switch (problem) {
      case LinkProblem.MissingLibrary missing -> missing(program, missing, all);
      case LinkProblem.InvalidLibrary invalid -> invalid(program, invalid);
      case LinkProblem.MissingVersion version -> version(program, version, all);
      case LinkProblem.Undecided undecided ->
          RunRule.unknown(Place.of(program.file()), undecided.reason());
    };
  }

  private Verdict missing(
      Program program, LinkProblem.MissingLibrary missing, List<LinkProblem> all) {
    var names =
        all.stream()
            .flatMap(it ->
                it instanceof LinkProblem.MissingLibrary other
                    ? Stream.of(other.name())
                    : Stream.empty())
            .distinct()
            .collect(Collectors.joining(", "));
    var log =
        libc == Libc.MUSL
            ? "Error loading shared library %s: No such file or directory (needed by %s)"
                .formatted(missing.name(), missing.neededBy())
            : ("%s: error while loading shared libraries: %s: cannot open shared object file: No"
                    + " such file or directory")
                .formatted(missing.neededBy(), missing.name());
    return RunRule.MISSING_LIBRARY.fails(
        Place.of(program.file()),
        "%s needs %s, which the dynamic linker does not find%s."
            .formatted(
                missing.neededBy(),
                names,
                missing.elsewhere().map(it -> "; the image has " + it).orElse("")),
        Symptoms.exit(EXIT, log),
        fix(missing));
  }

  private String fix(LinkProblem.MissingLibrary missing) {
    if (missing.elsewhere().isEmpty()) {
      return "Install the package with the library, COPY it from the stage that compiles the program"
          + " (ldd lists all of them), or link with -static.";
    }
    var folder = missing.elsewhere().get().replaceFirst("/[^/]*$", "");
    return libc == Libc.GLIBC && new LinkerCache(container.files()).isConfigured(folder)
        ? "RUN ldconfig after the library is copied"
        : "ENV LD_LIBRARY_PATH=%s, or link with -Wl,-rpath,%s".formatted(folder, folder);
  }

  private Verdict invalid(Program program, LinkProblem.InvalidLibrary invalid) {
    var log =
        libc == Libc.MUSL
            ? "Error loading shared library %s: Exec format error (needed by %s)"
                .formatted(invalid.path(), invalid.neededBy())
            : "%s: error while loading shared libraries: %s: invalid ELF header"
                .formatted(invalid.neededBy(), invalid.path());
    return RunRule.MISSING_LIBRARY.fails(
        Place.of(program.file()),
        "%s needs %s, which is not a shared library for this machine."
            .formatted(invalid.neededBy(), invalid.path()),
        Symptoms.exit(EXIT, log),
        "Copy the library from an image of the same platform; links need their targets.");
  }

  private Verdict version(
      Program program, LinkProblem.MissingVersion missing, List<LinkProblem> all) {
    var versions =
        all.stream()
            .flatMap(it ->
                it instanceof LinkProblem.MissingVersion other
                        && other.library().equals(missing.library())
                    ? Stream.of(other.version())
                    : Stream.empty())
            .distinct()
            .collect(Collectors.joining(", "));
    return new Verdict.Fails(
        RunRule.MISSING_SYMBOL_VERSION.finding(
            Confidence.CERTAIN,
            Place.of(program.file()),
            "%s needs %s, but %s of the image is older."
                .formatted(missing.neededBy(), versions, missing.library()),
            Symptoms.exit(
                EXIT_GLIBC_VERSION,
                "%s: %s: version `%s' not found (required by %s)"
                    .formatted(
                        "/" + program.file().path(),
                        missing.library(),
                        missing.version(),
                        missing.neededBy())),
            "Build in a stage with the same or an older release of the distribution as the last"
                + " stage, use a newer base image for the last stage, or link with -static."));
  }
}
