package dev.stagewright.analysis.missing;

import dev.stagewright.analysis.finding.Confidence;
import dev.stagewright.analysis.finding.Finding;
import dev.stagewright.analysis.finding.Place;
import dev.stagewright.analysis.image.ImageFile;
import dev.stagewright.analysis.program.LanguageRuntime;
import java.util.Optional;

/** Many programs write to /tmp, which scratch does not have. */
final class TemporaryDirectory {
  private static final int WRITABLE_BY_ALL = 0003;
  private static final String VOLUME = "or mount a volume in the Pod: emptyDir at /tmp";

  private final ProgramFacts program;

  TemporaryDirectory(ProgramFacts program) {
    this.program = program;
  }

  Optional<Finding> finding() {
    if (program.variable("TMPDIR").isPresent()
        || program.image().config().config().volumes().contains("/tmp")) {
      return Optional.empty();
    }
    var tmp = program.find("/tmp");
    return tmp.isEmpty() ? missing() : notWritable(tmp.get());
  }

  private Optional<Finding> missing() {
    var usesTmp =
        program.mentions("TMPDIR", "mkstemp", "tmpfile", "os.MkdirTemp", "os.CreateTemp")
            // The standard library of Go contains the text.
            || (program.mentions("/tmp/") && !program.isMadeBy("go"))
            || program.isWrittenIn(LanguageRuntime.PYTHON)
            || program.isWrittenIn(LanguageRuntime.JAVA);
    return program.own() && usesTmp
        ? Optional.of(
            MissingRule.MISSING_TMP.finding(
                Confidence.POSSIBLE,
                Place.missing("/tmp"),
                "%s can create temporary files, but the image has no /tmp."
                    .formatted(program.name()),
                "If it does: open /tmp/…: no such file or directory",
                "COPY --from=build --chmod=1777 /tmp /tmp from a stage with an empty /tmp, "
                    + VOLUME))
        : Optional.empty();
  }

  private Optional<Finding> notWritable(ImageFile tmp) {
    var user = program.userId();
    if (user.isEmpty()
        || user.get() == 0
        || user.get() == tmp.file().uid()
        || (tmp.file().mode() & WRITABLE_BY_ALL) == WRITABLE_BY_ALL) {
      return Optional.empty();
    }
    return Optional.of(
        MissingRule.TMP_NOT_WRITABLE.finding(
            Confidence.LIKELY,
            Place.of(tmp),
            "User %d cannot write to /tmp, which has the mode %o."
                .formatted(user.get(), tmp.file().mode()),
            "open /tmp/…: permission denied",
            "RUN chmod 1777 /tmp, " + VOLUME));
  }
}
