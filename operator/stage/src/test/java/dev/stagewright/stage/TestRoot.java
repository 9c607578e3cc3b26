package dev.stagewright.stage;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stagewright.stage.linux.FileType;
import dev.stagewright.stage.linux.RootFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A small root as in an image: a static busybox as its shell and tools, a few users. */
public final class TestRoot {
  private static final Path BUSYBOX = Path.of("/usr/bin/busybox");

  private final Path path;

  private TestRoot(Path path) {
    this.path = path;
  }

  /** Creates a root in an empty directory. */
  public static TestRoot create(Path folder) throws IOException {
    assumeTrue(Files.isExecutable(BUSYBOX), "needs /usr/bin/busybox (package busybox-static)");
    var root = new TestRoot(folder);
    for (var directory : new String[] {"bin", "dev", "etc", "tmp", "root", "home/dev"}) {
      Files.createDirectories(folder.resolve(directory));
    }
    Files.copy(BUSYBOX, folder.resolve("bin/busybox"));
    Files.setPosixFilePermissions(
        folder.resolve("bin/busybox"), PosixFilePermissions.fromString("rwxr-xr-x"));
    for (var tool :
        "sh cat chmod chown cp echo env find grep id kill ln ls mkdir mkfifo mknod mv printf rm"
            .split(" ", 0)) {
      root.tool(tool);
    }
    for (var tool : "setsid sleep sort stat touch true umask whoami wc".split(" ", 0)) {
      root.tool(tool);
    }
    root.write("etc/passwd", "root:x:0:0:root:/root:/bin/sh\ndev:x:1000:1001::/home/dev:/bin/sh\n");
    root.write("etc/group", "root:x:0:\ndev:x:1001:\nstaff:x:50:dev\nwheel:x:10:root,dev\n");
    var files = root.files();
    files.makeNode("dev/null", FileType.CHARACTER_DEVICE, 1, 3);
    files.setMode("dev/null", 0666);
    return root;
  }

  private void tool(String name) throws IOException {
    Files.createSymbolicLink(path.resolve("bin/" + name), Path.of("busybox"));
  }

  /** The directory. */
  public Path path() {
    return path;
  }

  /** The files of the root. */
  public RootFileSystem files() throws IOException {
    return RootFileSystem.open(path);
  }

  /** Writes a file. */
  public void write(String file, String content) throws IOException {
    Files.writeString(path.resolve(file), content);
  }
}
