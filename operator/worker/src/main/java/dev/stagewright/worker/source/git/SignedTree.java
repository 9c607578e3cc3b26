package dev.stagewright.worker.source.git;

import dev.stagewright.worker.source.SourceEntry;
import dev.stagewright.worker.source.SourceTree;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * A tree whose signature was verified.
 *
 * @param files the files of the commit
 * @param signer who signed the commit or tag; empty if nothing was verified
 */
record SignedTree(SourceTree files, Optional<String> signer) implements SourceTree {
  @Override
  public String description() {
    return files.description() + signer.map(name -> ", signed by " + name).orElse("");
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

  @Override
  public Optional<SourceEntry> entry(String path) throws IOException {
    return files.entry(path);
  }

  @Override
  public void walk(Visitor visitor) throws IOException {
    files.walk(visitor);
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
