package dev.stagewright.analysis.run;

import dev.stagewright.analysis.image.ImageFile;

/** Looks for a library in one folder. */
final class LibraryFolder {
  private final Container container;
  private final Machine machine;

  LibraryFolder(Container container, Machine machine) {
    this.container = container;
    this.machine = machine;
  }

  /** What is at a path. */
  sealed interface Result {
    /** A library of this machine. */
    record Found(String path, ImageFile file) implements Result {}

    /** A file that is not a library. */
    record Invalid(String path) implements Result {}

    /** A library of another machine. */
    record Foreign(String path) implements Result {}

    /** Nothing that the user may read. */
    record Nothing() implements Result {}
  }

  Result look(String folder, String name) {
    return look((folder.endsWith("/") ? folder : folder + "/") + name);
  }

  Result look(String path) {
    var file = container.readable(path).filter(it -> it.file().isFile());
    if (file.isEmpty()) {
      return new Result.Nothing();
    }
    var elf = file.get().facts().elf();
    if (elf.isEmpty()) {
      return new Result.Invalid(path);
    }
    return Machine.of(elf.get().header()).filter(machine::equals).isPresent()
        ? new Result.Found(path, file.get())
        : new Result.Foreign(path);
  }
}
