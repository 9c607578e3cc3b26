package dev.stagewright.analysis.program;

import dev.stagewright.analysis.elf.ElfFile;
import dev.stagewright.analysis.image.AnalyzedImage;
import dev.stagewright.analysis.image.ImageFile;
import dev.stagewright.analysis.image.Resolution;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Collects the files that the program of an image cannot start without. It does not know what a
 * program opens while it runs.
 */
final class ProgramFilesCollector {
  private static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private final AnalyzedImage image;
  private final LibrarySearch libraries;
  private final Map<String, ImageFile> files = new LinkedHashMap<>();
  private final Set<String> interpreters = new LinkedHashSet<>();
  private final Set<String> missing = new LinkedHashSet<>();
  private Optional<ImageFile> executable = Optional.empty();
  private Optional<LanguageRuntime> runtime = Optional.empty();

  private ProgramFilesCollector(AnalyzedImage image) {
    this.image = image;
    this.libraries = new LibrarySearch(image.files(), image.config().config().env());
  }

  static ProgramFiles of(AnalyzedImage image) {
    return new ProgramFilesCollector(image).collect();
  }

  private ProgramFiles collect() {
    var command = command();
    var program = command.isEmpty() ? Optional.<String>empty() : find(command.getFirst());
    program.ifPresent(path -> addProgram(path, 0));
    if (!interpreters.isEmpty() || isShellForm(command)) {
      // An entry point that is a script usually ends with exec "$@".
      nextProgram(command).flatMap(this::find).ifPresent(path -> addProgram(path, 0));
    }
    return new ProgramFiles(
        program,
        executable,
        List.copyOf(interpreters),
        runtime,
        files,
        List.copyOf(missing),
        missing.isEmpty() && program.isPresent() && interpreters.isEmpty());
  }

  private List<String> command() {
    var config = image.config().config();
    return Stream.concat(config.entrypoint().stream(), config.cmd().stream()).toList();
  }

  private static boolean isShellForm(List<String> command) {
    return command.size() >= 3 && command.get(1).equals("-c") && command.get(0).endsWith("sh");
  }

  private Optional<String> nextProgram(List<String> command) {
    if (isShellForm(command)) {
      interpreters.add(command.getFirst());
      return Stream.of(command.get(2).trim().split("\\s+"))
          .filter(word -> !word.equals("exec") && !word.contains("="))
          .findFirst();
    }
    return command.stream().skip(1).findFirst();
  }

  private Optional<String> find(String program) {
    if (program.contains("/")) {
      var directory = image.config().config().workingDir().orElse("/");
      var path = program.startsWith("/") ? program : directory + "/" + program;
      return Optional.of(path).filter(this::isFile);
    }
    var path =
        image.config().config().env().stream()
            .filter(variable -> variable.startsWith("PATH="))
            .map(variable -> variable.substring(5))
            .findFirst()
            .orElse(DEFAULT_PATH);
    return Stream.of(path.split(":"))
        .filter(directory -> directory.startsWith("/"))
        .map(directory -> directory + "/" + program)
        .filter(this::isFile)
        .findFirst();
  }

  private boolean isFile(String path) {
    return image.files().resolve(path) instanceof Resolution.Found(var file, var _)
        && file.file().isFile();
  }

  private void addProgram(String path, int depth) {
    if (!(image.files().resolve(path) instanceof Resolution.Found(var file, var _))) {
      missing.add(path);
      return;
    }
    var isNew = files.put(path, file) == null;
    LanguageRuntime.of(path, file.path())
        .ifPresent(language -> {
          runtime = Optional.of(language);
          language.files(image.files(), file).forEach(f -> files.put("/" + f.path(), f));
        });
    if (file.facts().script().isPresent() && depth < 4) {
      addInterpreter(file.facts().script().get().trim(), depth);
    }
    var program = file.facts().elf();
    if (program.isPresent() && isNew) {
      executable = Optional.of(file);
      addLibraries(file, program.get());
    }
  }

  private void addInterpreter(String line, int depth) {
    var words = new ArrayList<>(List.of(line.split("\\s+")));
    var interpreter = words.removeFirst();
    interpreters.add(interpreter);
    addProgram(interpreter, depth + 1);
    if (interpreter.endsWith("/env")) {
      words.stream()
          .filter(word -> !word.startsWith("-") && !word.contains("="))
          .findFirst()
          .flatMap(this::find)
          .ifPresent(path -> {
            interpreters.add(path);
            addProgram(path, depth + 1);
          });
    }
  }

  private void addLibraries(ImageFile user, ElfFile program) {
    program.linking().interpreter().ifPresent(path -> addLibrary(path));
    for (var library : program.linking().needed()) {
      var found = libraries.find(library, user, program);
      found.ifPresent(this::addLibrary);
      if (found.isEmpty() && !isLinker(library)) {
        missing.add(library);
      }
    }
  }

  /** The dynamic linker of musl is its library; that of glibc is found by its own path. */
  private static boolean isLinker(String library) {
    return library.startsWith("libc.musl-") || library.startsWith("ld-");
  }

  private void addLibrary(String path) {
    if (!(image.files().resolve(path) instanceof Resolution.Found(var file, var _))) {
      missing.add(path);
      return;
    }
    if (files.put(path, file) == null) {
      file.facts().elf().ifPresent(library -> addLibraries(file, library));
    }
  }
}
