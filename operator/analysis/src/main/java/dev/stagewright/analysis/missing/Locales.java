package dev.stagewright.analysis.missing;

import dev.stagewright.analysis.finding.Confidence;
import dev.stagewright.analysis.finding.Finding;
import dev.stagewright.analysis.finding.Place;
import dev.stagewright.analysis.program.Linking;
import java.util.Optional;
import java.util.Set;

/** Locales of glibc are files; musl and the locale C need none. */
final class Locales {
  private static final Set<String> BUILT_IN =
      Set.of("C", "POSIX", "C.UTF-8", "C.utf8", "C.UTF8", "C.utf-8");

  private final ProgramFacts program;

  Locales(ProgramFacts program) {
    this.program = program;
  }

  Optional<Finding> finding() {
    if (program.files().linking() != Linking.GLIBC) {
      return Optional.empty();
    }
    return program
        .variable("LC_ALL")
        .or(() -> program.variable("LANG"))
        .filter(locale -> !BUILT_IN.contains(locale) && locale.matches("[A-Za-z0-9_.@-]{1,40}"))
        .filter(locale -> !exists(locale))
        .map(locale ->
            MissingRule.MISSING_LOCALE.finding(
                Confidence.LIKELY,
                Place.CONFIG,
                "The image does not have the locale %s of its environment.".formatted(locale),
                "setlocale: cannot change locale (%s); text is plain ASCII".formatted(locale),
                "ENV LANG=C.UTF-8, or RUN apt-get install -y locales && localedef -i %s -f UTF-8 %s"
                    .formatted(locale.replaceFirst("\\..*", ""), locale)));
  }

  private boolean exists(String locale) {
    // The names of directories have the form de_DE.utf8.
    var directory = locale.replace("UTF-8", "utf8").replace("utf-8", "utf8");
    return program.exists("/usr/lib/locale/locale-archive")
        || program.exists("/usr/lib/locale/" + directory)
        || program.exists("/usr/lib/locale/" + locale);
  }
}
