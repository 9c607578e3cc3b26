package dev.stagewright.analysis.run;

import dev.stagewright.analysis.elf.ElfFile;
import dev.stagewright.analysis.image.Resolution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Links as {@code ld-musl} does, which is libc itself: LD_LIBRARY_PATH, RUNPATH or RPATH of the
 * object and of those that need it, the path file, or default folders. musl ignores versions of
 * symbols.
 */
final class MuslLinker {
  /** Libraries that are part of libc, whatever follows their names. */
  private static final Set<String> IN_LIBC =
      Set.of("c", "pthread", "rt", "m", "dl", "util", "xnet");

  private static final List<String> DEFAULT = List.of("/lib", "/usr/local/lib", "/usr/lib");

  private final Container container;
  private final LibraryFolder look;
  private final List<String> system;
  private final List<LinkProblem> problems = new ArrayList<>();
  private final Map<String, LoadedObject> loaded = new LinkedHashMap<>();

  MuslLinker(Container container, Machine machine, Program program, Resolution.Found loader) {
    this.container = container;
    this.look = new LibraryFolder(container, machine);
    this.system = system(container, program.interpreter(), loader);
  }

  List<LinkProblem> link(Program program) {
    var queue = new ArrayList<LoadedObject>();
    queue.add(LoadedObject.of(program));
    for (var next = 0; next < queue.size(); next++) {
      var object = queue.get(next);
      for (var name : object.needed()) {
        if (!isInLibc(name)) {
          load(object, name).ifPresent(queue::add);
        }
      }
    }
    return problems;
  }

  private static boolean isInLibc(String name) {
    var dot = name.indexOf('.');
    return name.startsWith("lib") && dot > 0 && IN_LIBC.contains(name.substring(3, dot));
  }

  private Optional<LoadedObject> load(LoadedObject by, String name) {
    if (loaded.containsKey(name)) {
      return Optional.empty();
    }
    switch (name.contains("/") ? look.look(name) : search(by, name)) {
      case LibraryFolder.Result.Found found -> {
        var elf = found.file().facts().elf().orElseThrow();
        var object = new LoadedObject(found.path(), found.file(), elf, Optional.of(by));
        loaded.put(name, object);
        return Optional.of(object);
      }
      case LibraryFolder.Result.Invalid invalid ->
          problems.add(new LinkProblem.InvalidLibrary(invalid.path(), by.path()));
      case LibraryFolder.Result.Foreign foreign ->
          problems.add(new LinkProblem.InvalidLibrary(foreign.path(), by.path()));
      case LibraryFolder.Result.Nothing _ ->
          problems.add(
              new LinkProblem.MissingLibrary(name, by.path(), container.sameName("/" + name)));
    }
    return Optional.empty();
  }

  /** The first file is tried, whatever it is. */
  private LibraryFolder.Result search(LoadedObject by, String name) {
    return Stream.of(
            container.environment().libraryPath().stream(),
            by.chain().stream().flatMap(MuslLinker::paths),
            system.stream())
        .flatMap(it -> it)
        .map(folder -> look.look(folder, name))
        .filter(result -> !(result instanceof LibraryFolder.Result.Nothing))
        .findFirst()
        .orElseGet(LibraryFolder.Result.Nothing::new);
  }

  private static Stream<String> paths(LoadedObject object) {
    ElfFile.SearchPaths paths = object.elf().linking().paths();
    var folders = paths.runpath().isEmpty() ? paths.rpath() : paths.runpath();
    return folders.stream()
        .map(it -> it.replace("${ORIGIN}", object.origin()).replace("$ORIGIN", object.origin()));
  }

  /** The file is beside the folder of the interpreter: {@code /etc/ld-musl-x86_64.path}. */
  private static List<String> system(
      Container container, String interpreter, Resolution.Found loader) {
    var name = interpreter.substring(interpreter.lastIndexOf('/') + 1);
    if (!name.startsWith("ld-musl-")) {
      name = loader.file().path().substring(loader.file().path().lastIndexOf('/') + 1);
    }
    var file = "/etc/" + name.replaceFirst("\\.so\\.1$", ".path");
    return container
        .readable(file)
        .flatMap(it -> it.facts().text())
        .map(text -> Arrays.stream(text.split("[:\n]")).filter(it -> !it.isEmpty()).toList())
        .orElse(DEFAULT);
  }
}
