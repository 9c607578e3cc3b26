package dev.stagewright.analysis.missing;

import dev.stagewright.analysis.finding.Confidence;
import dev.stagewright.analysis.finding.Finding;
import dev.stagewright.analysis.finding.Place;
import dev.stagewright.analysis.finding.Severity;
import dev.stagewright.analysis.program.LanguageRuntime;
import java.util.Optional;

/** Time zones are files, except in programs that bring them along. */
final class TimeZones {
  /** With the end of the name: all programs that use local time have LoadLocationFromTZData. */
  private static final String LOAD_LOCATION = "time.LoadLocation\0";

  private static final String FIX =
      "RUN apk add --no-cache tzdata, or RUN apt-get install -y tzdata; on scratch: COPY --from=build"
          + " /usr/share/zoneinfo /usr/share/zoneinfo";

  private final ProgramFacts program;

  TimeZones(ProgramFacts program) {
    this.program = program;
  }

  Optional<Finding> finding() {
    if (program.mentions("time/tzdata")
        || program.isWrittenIn(LanguageRuntime.JAVA)
        || program.isWrittenIn(LanguageRuntime.NODE)) {
      return Optional.empty();
    }
    return variable().or(this::go);
  }

  private Optional<Finding> variable() {
    return program
        .variable("TZ")
        .filter(zone -> zone.matches("[A-Z][A-Za-z]+/[A-Za-z_/+-]+"))
        .filter(zone -> !program.exists("/usr/share/zoneinfo/" + zone))
        .map(zone ->
            MissingRule.MISSING_TIME_ZONE.finding(
                Severity.WARNING,
                Confidence.LIKELY,
                Place.CONFIG,
                "TZ is %s, but the image has no /usr/share/zoneinfo/%s.".formatted(zone, zone),
                "Times are in UTC.",
                FIX));
  }

  private Optional<Finding> go() {
    return program.own()
            && program.isMadeBy("go")
            && program.mentions(LOAD_LOCATION)
            && !program.hasFilesBelow("/usr/share/zoneinfo")
        ? Optional.of(
            MissingRule.MISSING_TIME_ZONE.finding(
                Confidence.POSSIBLE,
                program.place(),
                "%s can load time zones, but the image has no /usr/share/zoneinfo."
                    .formatted(program.name()),
                "If it does: unknown time zone Europe/Berlin",
                "import _ \"time/tzdata\", or " + FIX))
        : Optional.empty();
  }
}
