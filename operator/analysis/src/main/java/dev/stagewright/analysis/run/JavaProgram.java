package dev.stagewright.analysis.run;

import dev.stagewright.analysis.finding.Confidence;
import dev.stagewright.analysis.finding.Place;
import dev.stagewright.analysis.image.ImageFile;
import dev.stagewright.analysis.image.Resolution;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code java -jar}: the archive must exist, and its classes must not be newer than the JVM. */
final class JavaProgram {
  private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(?:1\\.)?(\\d+)");

  /** The version of class files of Java 1. */
  private static final int CLASS_FILE_OFFSET = 44;

  private final Container container;

  JavaProgram(Container container) {
    this.container = container;
  }

  Verdict check(Call call, List<String> arguments) {
    var option = arguments.indexOf("-jar");
    if (option < 0 || option + 1 >= arguments.size()) {
      return new Verdict.Runs();
    }
    var archive = arguments.get(option + 1);
    if (!(container.resolve(archive) instanceof Resolution.Found found)) {
      return new ScriptFile(container)
          .missing(call, archive, 1, "Error: Unable to access jarfile " + archive);
    }
    var needed = found.file().facts().java();
    var actual = version(call.path());
    return needed.isPresent() && actual.isPresent() && needed.get() > actual.get()
        ? newer(found.file(), needed.get(), actual.get())
        : new Verdict.Runs();
  }

  /** The newest class need not be one that is loaded. */
  private static Verdict newer(ImageFile archive, int needed, int actual) {
    return new Verdict.Unknown(
        RunRule.JAVA_VERSION.finding(
            Confidence.POSSIBLE,
            Place.of(archive),
            "/%s contains classes for Java %d, but the JVM of the image is Java %d."
                .formatted(archive.path(), needed - CLASS_FILE_OFFSET, actual - CLASS_FILE_OFFSET),
            Symptoms.exit(
                1,
                ("java.lang.UnsupportedClassVersionError: … class file version %d.0, this version"
                        + " of the Java Runtime only recognizes class file versions up to %d.0")
                    .formatted(needed, actual)),
            "Use a base image with Java %d, or compile with --release %d."
                .formatted(needed - CLASS_FILE_OFFSET, actual - CLASS_FILE_OFFSET)));
  }

  /** The class file version of the JVM, from the file {@code release} of its folder. */
  private Optional<Integer> version(String java) {
    if (!(container.resolve(java) instanceof Resolution.Found found)) {
      return Optional.empty();
    }
    var bin = found.file().path().replaceFirst("/?[^/]*$", "");
    return Stream.of("/../release", "/../../release")
        .flatMap(it -> container.readable("/" + bin + it).stream())
        .flatMap(it -> it.facts().text().stream())
        .map(VERSION::matcher)
        .filter(it -> it.find())
        .map(it -> Integer.parseInt(it.group(1)) + CLASS_FILE_OFFSET)
        .findFirst();
  }
}
