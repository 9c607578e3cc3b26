package dev.stagewright.stage.linux;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The program of {@code src/main/c/init.c} as a file that can be executed.
 *
 * @param file where it is
 */
public record InitProgram(Path file) {
  /** What {@code ps} shows for it. */
  private static final String NAME = "stagewright";

  private static final String RESOURCE = "init";

  /** Writes it to a folder. */
  public static InitProgram install(Path folder) throws IOException {
    var file = folder.resolve(NAME);
    try (var content = InitProgram.class.getResourceAsStream(RESOURCE)) {
      if (content == null) {
        throw new FileNotFoundException("the runtime lacks its file \"" + RESOURCE + "\"");
      }
      Files.copy(content, file);
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r-xr-xr-x"));
    return new InitProgram(file);
  }

  /** Makes a copy in another folder; gives its name. */
  public String copyTo(Path folder) throws IOException {
    Files.copy(file, folder.resolve(NAME));
    Files.setPosixFilePermissions(
        folder.resolve(NAME), PosixFilePermissions.fromString("r-xr-xr-x"));
    return NAME;
  }
}
