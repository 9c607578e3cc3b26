package dev.stagewright.stage.mount;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.stage.files.FileCreator;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.ssh.SshAgent;
import dev.stagewright.stage.ssh.SshKey;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A directory of the runtime for files that are mounted into commands. It is created on first use.
 */
final class ScratchDirectory {
  /** All users can traverse the directory; the files in it have their own permissions. */
  private static final int FOLDER_MODE = 0711;

  private final Path folder;
  private Optional<RootFileSystem> opened = Optional.empty();
  private int last;

  ScratchDirectory(Path folder) {
    this.folder = folder;
  }

  /** An entry of the directory that is removed when it is closed. */
  record Item(Path path, Closeable resource) implements Closeable {
    @Override
    public void close() throws IOException {
      resource.close();
    }
  }

  /** The files in the directory. */
  RootFileSystem files() throws IOException {
    if (opened.isEmpty()) {
      Files.createDirectories(folder);
      var files = RootFileSystem.open(folder);
      files.setMode("", FOLDER_MODE);
      opened = Optional.of(files);
    }
    return opened.get();
  }

  /** A name that was never used before. */
  String newName() {
    return Integer.toString(++last);
  }

  /** The path of a name. */
  Path path(String name) {
    return folder.resolve(RawName.text(name));
  }

  /** Creates a file with this text that is owned by root. */
  Item file(String text, int mode) throws IOException {
    return file(text.getBytes(StandardCharsets.UTF_8), mode, 0, 0);
  }

  /** Creates a file with this content. */
  Item file(byte[] content, int mode, long uid, long gid) throws IOException {
    var name = newName();
    var files = files();
    var creator = new FileCreator(files);
    creator.remove(name);
    try (var out = files.create(name)) {
      out.write(content);
    }
    files.setOwner(name, uid, gid);
    files.setMode(name, mode);
    return new Item(path(name), () -> creator.remove(name));
  }

  /** Starts an SSH agent that runs until it is closed, and returns its socket. */
  Item socket(List<SshKey> keys, int mode, long uid, long gid) throws IOException {
    var name = newName();
    var files = files();
    new FileCreator(files).remove(name);
    var agent = SshAgent.start(path(name), keys);
    files.setOwner(name, uid, gid);
    files.setMode(name, mode);
    return new Item(path(name), agent);
  }
}
