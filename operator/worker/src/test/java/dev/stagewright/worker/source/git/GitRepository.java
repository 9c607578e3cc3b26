package dev.stagewright.worker.source.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A repository on disk, modified with git itself.
 *
 * @param folder the working tree
 */
public record GitRepository(Path folder) {
  /** The time of every commit. */
  public static final long COMMIT_TIME = 1_700_000_000;

  /** Creates an empty repository with the branch {@code main}. */
  public static GitRepository create(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    var repository = new GitRepository(folder);
    repository.git("init", "--quiet", "--initial-branch=main");
    return repository;
  }

  /** Writes a file. */
  public Path write(String path, String content) throws IOException {
    var file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  /** Commits the whole working tree; returns the commit ID. */
  public String commit(String message) throws IOException, InterruptedException {
    git("add", "--all");
    git("commit", "--quiet", "--allow-empty", "--message", message);
    return git("rev-parse", "HEAD");
  }

  /** Runs git and returns what it prints. */
  public String git(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("git", "-c", "user.name=J", "-c", "user.email=j@j"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    builder.environment().put("GIT_AUTHOR_DATE", COMMIT_TIME + " +0000");
    builder.environment().put("GIT_COMMITTER_DATE", COMMIT_TIME + " +0000");
    var process = builder.start();
    var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("git " + List.of(arguments) + ": " + printed);
    }
    return printed.strip();
  }
}
