package dev.stagewright.stage.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.sandbox.SandboxMount;
import dev.stagewright.stage.sandbox.SandboxMount.Writes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramLookupTest {
  @TempDir Path folder;

  private void program(String path) throws IOException {
    var file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/interpreter\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(folder.resolve("root/interpreter"), "");
  }

  private String find(String name, String path, String ownPath, SandboxMount... mounts)
      throws IOException, CommandException {
    var host = RootFileSystem.open(Path.of("/"));
    var files =
        new VisibleFiles(RootFileSystem.open(folder.resolve("root")), host, List.of(mounts));
    var program = new ProgramLookup(files, ownPath).find(name, path, "/work");
    return program.foundByName() ? name : program.path();
  }

  @ParameterizedTest(name = "{0} by {1}, ours {2}: {3}")
  @CsvSource({
    "tool, /usr/bin:/bin, /usr/bin:/bin, tool",
    "tool, /usr/bin:/bin, /sbin:/usr/bin/, tool",
    "tool, /usr/bin:/bin, /bin:/usr/bin, /usr/bin/tool",
    "tool, /usr/bin:/bin, .:/usr/bin, /usr/bin/tool",
    "tool, /usr/bin:/bin, '', /usr/bin/tool",
    "tool, /absent:/bin, /usr/bin:/bin, /bin/tool",
    "./tool, '', '', ./tool",
    "/bin/tool, '', '', /bin/tool",
  })
  void nameIsLeftToTheJdkIfBothSearchesAgree(
      String name, String path, String ownPath, String expected)
      throws IOException, CommandException {
    for (var place : List.of("usr/bin", "bin", "work")) {
      program("root/" + place + "/tool");
    }
    assertThat(find(name, path, ownPath)).isEqualTo(expected);
  }

  @Test
  void programsAreFoundInMounts() throws IOException, CommandException {
    program("root/bin/tool");
    program("mounted/mine");
    var mount = new SandboxMount.Bind("bin", folder.resolve("mounted"), Writes.DISCARDED);
    assertThat(find("mine", "/bin", "", mount)).isEqualTo("/bin/mine");
    assertThatThrownBy(() -> find("tool", "/bin", "", mount)).isInstanceOf(CommandException.class);
    var empty = new SandboxMount.Tmpfs("bin", Optional.empty());
    assertThatThrownBy(() -> find("/bin/tool", "", "", empty)).isInstanceOf(CommandException.class);
  }
}
