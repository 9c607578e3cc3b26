package dev.stagewright.analysis.run;

import dev.stagewright.analysis.image.Resolution;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Links as {@code ld-linux} of glibc does: RPATH of the object and of those that need it (unless it
 * has a RUNPATH), LD_LIBRARY_PATH, RUNPATH of the object alone, the cache, the default folders.
 * Then it compares the versions of symbols.
 */
final class GlibcLinker {
  private final Container container;
  private final Machine machine;
  private final LibraryFolder look;
  private final LinkerCache cache;
  private final GlibcFolders defaults;
  private final List<LinkProblem> problems = new ArrayList<>();

  /** In the order in which they are loaded, by path without links. */
  private final Map<String, LoadedObject> loaded = new LinkedHashMap<>();

  GlibcLinker(Container container, Machine machine, Resolution.Found loader) {
    this.container = container;
    this.machine = machine;
    this.look = new LibraryFolder(container, machine);
    this.cache = new LinkerCache(container.files());
    this.defaults = GlibcFolders.of(container, machine, loader);
    loader
        .file()
        .facts()
        .elf()
        .ifPresent(elf ->
            add(
                new LoadedObject(
                    "/" + loader.file().path(), loader.file(), elf, Optional.empty())));
  }

  /** The problems with a program, in the order in which the linker would find them. */
  List<LinkProblem> link(Program program) {
    var main = LoadedObject.of(program);
    add(main);
    var queue = new ArrayList<LoadedObject>();
    queue.add(main);
    for (var next = 0; next < queue.size(); next++) {
      var object = queue.get(next);
      for (var name : object.needed()) {
        if (loaded.values().stream().noneMatch(it -> it.hasName(name))) {
          load(object, name).ifPresent(queue::add);
        }
      }
    }
    loaded.values().forEach(this::checkVersions);
    return problems;
  }

  private void add(LoadedObject object) {
    loaded.put(object.file().path(), object);
  }

  /** The object, unless it is loaded already under another name, or not found. */
  private Optional<LoadedObject> load(LoadedObject by, String name) {
    switch (name.contains("/") ? look.look(expand(by, name)) : search(by, name)) {
      case LibraryFolder.Result.Found found when loaded.containsKey(found.file().path()) -> {
        return Optional.empty();
      }
      case LibraryFolder.Result.Found found -> {
        var elf = found.file().facts().elf().orElseThrow();
        var object = new LoadedObject(found.path(), found.file(), elf, Optional.of(by));
        add(object);
        return Optional.of(object);
      }
      case LibraryFolder.Result.Invalid invalid ->
          problems.add(new LinkProblem.InvalidLibrary(invalid.path(), by.path()));
      case LibraryFolder.Result.Foreign _, LibraryFolder.Result.Nothing _ ->
          problems.add(missing(by, name));
    }
    return Optional.empty();
  }

  private LinkProblem missing(LoadedObject by, String name) {
    return cache.isKnown()
        ? new LinkProblem.MissingLibrary(name, by.path(), container.sameName("/" + name))
        : new LinkProblem.Undecided(
            name, "/etc/ld.so.cache is too large to say whether it contains %s.".formatted(name));
  }

  private LibraryFolder.Result search(LoadedObject by, String name) {
    for (var folder : explicitFolders(by)) {
      var result = look.look(folder, name);
      if (isDecisive(result)) {
        return result;
      }
    }
    for (var path : cache.paths(name)) {
      var result = look.look(path);
      if (isDecisive(result)) {
        return result;
      }
    }
    for (var folder : defaults.folders()) {
      var result = look.look(folder, name);
      if (isDecisive(result)) {
        if (!defaults.isCertain()) {
          problems.add(
              new LinkProblem.Undecided(
                  name,
                  "The image does not say whether its dynamic linker looks into " + folder + "."));
        }
        return result;
      }
    }
    return new LibraryFolder.Result.Nothing();
  }

  /** The linker goes on after a library of another machine, but not after something else. */
  private static boolean isDecisive(LibraryFolder.Result result) {
    return result instanceof LibraryFolder.Result.Found
        || result instanceof LibraryFolder.Result.Invalid;
  }

  private List<String> explicitFolders(LoadedObject object) {
    var runpath = object.elf().linking().paths().runpath();
    var rpaths = runpath.isEmpty() ? object.chain().stream() : Stream.<LoadedObject>empty();
    return Stream.of(
            rpaths
                .filter(it -> it.elf().linking().paths().runpath().isEmpty())
                .flatMap(it ->
                    it.elf().linking().paths().rpath().stream().map(path -> expand(it, path))),
            container.environment().libraryPath().stream().map(path -> expand(object, path)),
            runpath.stream().map(path -> expand(object, path)))
        .flatMap(it -> it)
        .toList();
  }

  private String expand(LoadedObject object, String path) {
    return path.replace("${ORIGIN}", object.origin())
        .replace("$ORIGIN", object.origin())
        .replace("${LIB}", defaults.lib())
        .replace("$LIB", defaults.lib())
        .replace("${PLATFORM}", platform())
        .replace("$PLATFORM", platform());
  }

  private String platform() {
    return machine.tuple().substring(0, machine.tuple().indexOf('-'));
  }

  private void checkVersions(LoadedObject object) {
    for (var needed : object.elf().linking().versions().needed()) {
      loaded.values().stream()
          .filter(it -> it.hasName(needed.library()))
          .findFirst()
          .filter(it -> lacks(it, needed.version()))
          .ifPresent(it ->
              problems.add(
                  new LinkProblem.MissingVersion(needed.version(), it.path(), object.path())));
    }
  }

  /** A library without versions only causes a warning. */
  private static boolean lacks(LoadedObject library, String version) {
    var defined = library.elf().linking().versions().defined();
    return !defined.isEmpty() && !defined.contains(version);
  }
}
