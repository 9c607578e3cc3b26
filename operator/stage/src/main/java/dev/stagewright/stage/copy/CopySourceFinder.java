package dev.stagewright.stage.copy;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.protocol.Step;
import dev.stagewright.stage.path.RootedPath;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Finds the local and remote files that an instruction copies, in the order of its sources. */
final class CopySourceFinder {
  private final FileTrees sources;
  private final Step.Copy step;

  CopySourceFinder(FileTrees sources, Step.Copy step) {
    this.sources = sources;
    this.step = step;
  }

  /**
   * Finds all files except heredocs.
   *
   * @throws CopyException if a source without wildcards is missing
   */
  List<SelectedSource> find() throws IOException, CopyException {
    var found = new ArrayList<SelectedSource>();
    addRemotes(0, found);
    if (step.sources().isEmpty()) {
      return found;
    }
    var tree = new CopySourceTree(sources.open(step.from()));
    var matches = new SourceMatches(tree, new MissingSource(sources, step.from()));
    for (var i = 0; i < step.sources().size(); i++) {
      for (var match : matches.find(step.sources().get(i), step.parents())) {
        found.add(new SelectedSource(tree, match, step.unpack()));
      }
      addRemotes(i + 1, found);
    }
    return found;
  }

  private void addRemotes(int after, List<SelectedSource> found) throws IOException {
    for (var remote : step.remotes()) {
      if (remote.after() == after) {
        found.add(fetched(remote));
      }
    }
  }

  private SelectedSource fetched(Step.Remote remote) throws IOException {
    var tree = new CopySourceTree(sources.open(remote));
    var path = RawName.of(remote.path());
    var entry =
        tree.entry(path)
            .orElseThrow(() ->
                new FileNotFoundException(remote.id() + " does not contain " + remote.path()));
    return new SelectedSource(
        tree, new SourceMatch(RootedPath.name(path), path, entry), remote.unpack());
  }
}
