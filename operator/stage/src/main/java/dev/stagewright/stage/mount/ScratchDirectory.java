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
 * The runtime's own folder for what it shows to commands. Made when the first thing is put there.
 */
final class ScratchDirectory {
  /** Whoever a command runs as finds its way; what is in here guards itself. */
  private static final int FOLDER_MODE = 0711;

  private final Path folder;
  private Optional<RootFileSystem> opened = Optional.empty();
  private int last;

  ScratchDirectory(Path folder) {
    this.folder = folder;
  }

  /** Something in it that goes when it is closed. */
  record Item(Path path, Closeable resource) implements Closeable {
    @Override
    public void close() throws IOException {
      resource.close();
    }
  }

  /** The files in it. */
  RootFileSystem files() throws IOException {
    if (opened.isEmpty()) {
      Files.createDirectories(folder);
      var files = RootFileSystem.open(folder);
      files.setMode("", FOLDER_MODE);
      opened = Optional.of(files);
    }
    return opened.get();
  }

  /** A name that nothing has had. */
  String newName() {
    return Integer.toString(++last);
  }

  /** Where a name is. */
  Path path(String name) {
    return folder.resolve(RawName.text(name));
  }

  /** A file of root's with this text. */
  Item file(String text, int mode) throws IOException {
    return file(text.getBytes(StandardCharsets.UTF_8), mode, 0, 0);
  }

  /** A file with this content. */
  Item file(byte[] content, int mode, long uid, long gid) throws IOException {
    var name = newName();
    var files = files();
    var maker = new FileCreator(files);
    maker.remove(name);
    try (var out = files.create(name)) {
      out.write(content);
    }
    files.setOwner(name, uid, gid);
    files.setMode(name, mode);
    return new Item(path(name), () -> maker.remove(name));
  }

  /** The socket of an agent that runs until it is closed. */
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
