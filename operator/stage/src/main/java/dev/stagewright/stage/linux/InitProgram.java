package dev.stagewright.stage.linux;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The program of {@code src/main/c/init.c} as an executable file.
 *
 * @param file path of the file
 */
public record InitProgram(Path file) {
  /** The name of the process in {@code ps}. */
  private static final String NAME = "stagewright";

  private static final String RESOURCE = "init";

  /** Writes the program to a directory. */
  public static InitProgram install(Path folder) throws IOException {
    var file = folder.resolve(NAME);
    try (var content = InitProgram.class.getResourceAsStream(RESOURCE)) {
      if (content == null) {
        throw new FileNotFoundException(
            "the runtime does not contain the file \"" + RESOURCE + "\"");
      }
      Files.copy(content, file);
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r-xr-xr-x"));
    return new InitProgram(file);
  }

  /** Copies the program to another directory and returns the name of the copy. */
  public String copyTo(Path folder) throws IOException {
    Files.copy(file, folder.resolve(NAME));
    Files.setPosixFilePermissions(
        folder.resolve(NAME), PosixFilePermissions.fromString("r-xr-xr-x"));
    return NAME;
  }
}
