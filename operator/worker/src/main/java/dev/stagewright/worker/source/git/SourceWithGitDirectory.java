package dev.stagewright.worker.source.git;

import dev.stagewright.worker.source.SourceEntry;
import dev.stagewright.worker.source.SourceTree;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A git source including its {@code .git} directory.
 *
 * @param files the files of the commit
 * @param gitDirectory the {@code .git} directory
 */
record SourceWithGitDirectory(SourceTree files, GitDirectory gitDirectory) implements SourceTree {
  @Override
  public String description() {
    return files.description() + " with .git";
  }

  @Override
  public Optional<String> revision() {
    return files.revision();
  }

  @Override
  public Optional<String> branch() {
    return files.branch();
  }

  @Override
  public Optional<String> signer() {
    return files.signer();
  }

  @Override
  public Instant modified() {
    return files.modified();
  }

  /** The user requested {@code .git} explicitly: no ignore file excludes it, as in BuildKit. */
  @Override
  public boolean isAlwaysIncluded(String path) {
    return GitDirectory.contains(path);
  }

  @Override
  public void exclude(Predicate<String> excluded) throws IOException {
    gitDirectory.assumeUnchanged(excluded);
  }

  @Override
  public Optional<SourceEntry> entry(String path) throws IOException {
    return GitDirectory.contains(path) ? gitDirectory.entry(path) : files.entry(path);
  }

  @Override
  public void walk(Visitor visitor) throws IOException {
    gitDirectory.walk(visitor);
    files.walk(visitor);
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
