package dev.stagewright.analysis.missing;

import dev.stagewright.analysis.elf.ElfFile;
import dev.stagewright.analysis.finding.Place;
import dev.stagewright.analysis.image.AnalyzedImage;
import dev.stagewright.analysis.image.BaseLayers;
import dev.stagewright.analysis.image.ImageFile;
import dev.stagewright.analysis.image.Resolution;
import dev.stagewright.analysis.program.LanguageRuntime;
import dev.stagewright.analysis.program.ProgramFiles;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The program of an image, with questions that several rules ask.
 *
 * @param image the image
 * @param files what the program needs to start
 * @param own whether the program is not from the base image
 */
record ProgramFacts(AnalyzedImage image, ProgramFiles files, boolean own) {

  static ProgramFacts of(AnalyzedImage image) {
    var files = ProgramFiles.of(image);
    var base = BaseLayers.of(image);
    var own = files.executable().filter(file -> !base.contains(file)).isPresent();
    return new ProgramFacts(image, files, own);
  }

  /** Whether a text occurs in the program itself. */
  boolean mentions(String... texts) {
    return Stream.of(texts).anyMatch(content(ElfFile.Content::mentions)::contains);
  }

  /** Whether a tool chain made the program. */
  boolean isMadeBy(String toolchain) {
    return content(ElfFile.Content::toolchains).contains(toolchain);
  }

  private Set<String> content(Function<ElfFile.Content, Set<String>> part) {
    return files.elf().map(ElfFile::content).map(part).orElse(Set.of());
  }

  boolean isWrittenIn(LanguageRuntime language) {
    return files.runtime().filter(language::equals).isPresent();
  }

  /** The program as the place of a finding. */
  Place place() {
    return files.executable().map(Place::of).orElse(Place.CONFIG);
  }

  /** The program in messages. */
  String name() {
    return place().path().orElse("The program");
  }

  boolean exists(String path) {
    return find(path).isPresent();
  }

  /** The file or directory at a path, also through links. */
  Optional<ImageFile> find(String path) {
    return image.files().resolve(path) instanceof Resolution.Found(var file, var _)
        ? Optional.of(file)
        : Optional.empty();
  }

  /** Whether a directory contains files. */
  boolean hasFilesBelow(String path) {
    return find(path).filter(file -> !image.files().below(file.path()).isEmpty()).isPresent();
  }

  /** The value of a variable of the image; empty if it is not set, or empty. */
  Optional<String> variable(String name) {
    return image.config().config().env().stream()
        .filter(variable -> variable.startsWith(name + "="))
        .map(variable -> variable.substring(name.length() + 1))
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  /** The user of the image if it is a number; root without USER; empty for a name. */
  Optional<Long> userId() {
    var user = image.config().config().user().orElse("").split(":", 2)[0];
    if (user.isEmpty() || user.equals("root")) {
      return Optional.of(0L);
    }
    return user.matches("[0-9]{1,10}") ? Optional.of(Long.parseLong(user)) : Optional.empty();
  }
}
