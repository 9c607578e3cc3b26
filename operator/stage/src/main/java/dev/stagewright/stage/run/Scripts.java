package dev.stagewright.stage.run;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.protocol.Step.InlineFile;
import dev.stagewright.stage.linux.FileStatus;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.LinkResolver;
import dev.stagewright.stage.path.RootedPath;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Files that exist only while a command runs. Closing removes them with the directories that were
 * made for them, and gives the directory that they were put in its time back.
 */
final class Scripts implements Closeable {
  private static final int MODE = 0755;

  private final RootFileSystem files;
  private final ArrayDeque<Undo> made = new ArrayDeque<>();

  private Scripts(RootFileSystem files) {
    this.files = files;
  }

  /** Takes one thing back. */
  private interface Undo {
    void undo() throws IOException;
  }

  static Scripts write(RootFileSystem files, List<InlineFile> scripts) throws IOException {
    var written = new Scripts(files);
    try {
      for (var script : scripts) {
        written.add(script);
      }
    } catch (IOException e) {
      written.close();
      throw e;
    }
    return written;
  }

  private void add(InlineFile script) throws IOException {
    var path = new LinkResolver(files::readLink).resolve(RawName.of(script.name()));
    directory(RootedPath.parent(path));
    keepTime(RootedPath.parent(path));
    try (var out = files.create(path)) {
      made.push(() -> files.unlink(path));
      out.write(script.content().getBytes(StandardCharsets.UTF_8));
    }
    files.setMode(path, MODE);
  }

  private void directory(String path) throws IOException {
    if (files.status(path).isEmpty()) {
      directory(RootedPath.parent(path));
      keepTime(RootedPath.parent(path));
      files.makeDirectory(path);
      made.push(() -> files.removeDirectory(path));
    }
  }

  private void keepTime(String directory) throws IOException {
    var before = files.status(directory).map(FileStatus::mtimeSeconds).orElse(0L);
    var nanos = files.status(directory).map(FileStatus::mtimeNanos).orElse(0);
    made.push(() -> files.setModified(directory, before, nanos));
  }

  @Override
  public void close() throws IOException {
    while (!made.isEmpty()) {
      made.pop().undo();
    }
  }
}
