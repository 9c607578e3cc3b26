package dev.stagewright.worker.source.git;

import dev.stagewright.worker.source.SourceEntry;
import dev.stagewright.worker.source.SourceTree;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A source in git together with its {@code .git}.
 *
 * @param files of the commit
 * @param dotGit that comes with them
 */
record SourceWithGitDirectory(SourceTree files, GitDirectory dotGit) implements SourceTree {
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
  public Instant modified() {
    return files.modified();
  }

  /** The user asked for {@code .git} by name: no ignore file takes it away, as in BuildKit. */
  @Override
  public boolean isAlwaysIncluded(String path) {
    return GitDirectory.isBelow(path);
  }

  @Override
  public void exclude(Predicate<String> excluded) throws IOException {
    dotGit.assumeUnchanged(excluded);
  }

  @Override
  public Optional<SourceEntry> entry(String path) throws IOException {
    return GitDirectory.isBelow(path) ? dotGit.entry(path) : files.entry(path);
  }

  @Override
  public void walk(Visitor visitor) throws IOException {
    dotGit.walk(visitor);
    files.walk(visitor);
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
