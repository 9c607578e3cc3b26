package dev.stagewright.protocol;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Orders the start of a stage and the decisions of publish about it: a stage that has started does
 * not read another decision, and while publish stores one, the stage does not start.
 *
 * <p>It is a directory with one file, which appears by renaming. A directory cannot be renamed to
 * one that is not empty, on any file system, also on those that have neither locks nor hard links.
 *
 * @param stage directory of the stage
 */
public record StageStart(Path stage) {
  private static final String NAME = "start";

  /** Who has taken the start. */
  public enum Owner {
    /** The stage has started, and keeps the start. */
    STAGE,
    /** Publish is storing a decision, or has decided that the stage does not run. */
    PUBLISH
  }

  /**
   * Takes the start, unless somebody has it.
   *
   * @return who has it now
   */
  public Owner take(Owner owner) throws IOException {
    var before = owner();
    if (before.isPresent()) {
      return before.get();
    }
    // Files.createTempDirectory is not used, because it creates directories for their owner only.
    var prepared =
        stage.resolve("." + NAME + "." + Long.toHexString(ThreadLocalRandom.current().nextLong()));
    Files.createDirectory(prepared);
    Files.createFile(prepared.resolve(owner.name()));
    try {
      Files.move(prepared, directory(), StandardCopyOption.ATOMIC_MOVE);
      return owner;
    } catch (FileSystemException e) {
      Files.deleteIfExists(prepared.resolve(owner.name()));
      Files.deleteIfExists(prepared);
      return owner().orElseThrow(() -> e);
    }
  }

  /** Who has the start, if anybody. */
  public Optional<Owner> owner() {
    var names = Optional.ofNullable(directory().toFile().list()).orElse(new String[0]);
    return Arrays.stream(Owner.values())
        .filter(owner -> Arrays.asList(names).contains(owner.name()))
        .findFirst();
  }

  /** When the stage has started, for the first time; empty if it has not. */
  public Optional<FileTime> time() throws IOException {
    try {
      return Optional.of(Files.getLastModifiedTime(directory().resolve(Owner.STAGE.name())));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /** Gives the start of publish back, so that the stage can start. */
  public void release() throws IOException {
    try {
      Files.deleteIfExists(directory().resolve(Owner.PUBLISH.name()));
      Files.deleteIfExists(directory());
    } catch (NoSuchFileException | DirectoryNotEmptyException _) {
      // The stage has taken it in this moment.
    }
  }

  private Path directory() {
    return stage.resolve(NAME);
  }
}
