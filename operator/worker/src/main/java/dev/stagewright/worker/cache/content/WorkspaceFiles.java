package dev.stagewright.worker.cache.content;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.key.InputFiles;
import dev.stagewright.cache.key.SelectedFiles;
import dev.stagewright.cache.key.SelectionKey;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.Step;
import dev.stagewright.protocol.Step.CopyFrom;
import dev.stagewright.stage.copy.CopyException;
import dev.stagewright.stage.copy.SourceFiles;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files that steps read, on the workspace: of the build context, of remote sources, and of
 * stages that have run. Each selection is read once. Thread-safe.
 */
public final class WorkspaceFiles implements InputFiles, Closeable {
  private final WorkspaceTrees trees;
  private final SourceFiles sources;
  private final Map<Selection, SelectedFiles> known = new HashMap<>();

  /** The files on a workspace. */
  public WorkspaceFiles(Path workspace) {
    this.trees = new WorkspaceTrees(workspace);
    this.sources = new SourceFiles(trees);
  }

  /**
   * What a step reads.
   *
   * @param key what it reads of the source
   */
  private record Selection(CopyFrom from, CacheKey key, List<Step.Remote> remotes) {}

  private interface Listing {
    void list(SourceFiles.Visitor visitor) throws IOException, CopyException;
  }

  @Override
  public Optional<SelectedFiles> of(Step.Copy step) {
    return find(
        new Selection(step.from(), SelectionKey.of(step), step.remotes()),
        visitor -> sources.list(step, visitor));
  }

  @Override
  public Optional<SelectedFiles> of(RunMount.Bind mount) {
    return find(
        new Selection(mount.from(), SelectionKey.of(mount), List.of()),
        visitor -> sources.list(mount, visitor));
  }

  private synchronized Optional<SelectedFiles> find(Selection selection, Listing listing) {
    var found = known.get(selection);
    if (found != null) {
      return Optional.of(found);
    }
    try {
      if (!trees.has(selection.from())) {
        return Optional.empty();
      }
      var listed = listed(selection.from(), listing);
      known.put(selection, listed);
      return Optional.of(listed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SelectedFiles listed(CopyFrom from, Listing listing) throws IOException {
    var digest = FilesDigest.of(from);
    try {
      listing.list(digest);
      return digest.finish();
    } catch (CopyException e) {
      // The step fails in the same way, so nothing is recorded for it: no other files have this
      // digest.
      return new SelectedFiles(
          Digest.of(("cannot be copied: " + e.getMessage()).getBytes(StandardCharsets.UTF_8)));
    }
  }

  @Override
  public synchronized void close() throws IOException {
    trees.close();
  }
}
