package dev.stagewright.stage.base;

import dev.stagewright.layers.Whiteout;
import dev.stagewright.layers.Whiteouts;
import dev.stagewright.layers.tar.TarReader;
import dev.stagewright.stage.diff.Exclusions;
import dev.stagewright.stage.files.ArchiveExtractor;
import dev.stagewright.stage.files.EntryMaker;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.RootedPath;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Lays a layer over a root, by the rules of the OCI image specification: whiteouts take away what
 * was there before the layer, never what the layer itself brings.
 */
final class LayerApplier {
  private final RootFileSystem files;
  private final Exclusions excluded;
  private final EntryMaker maker;

  LayerApplier(RootFileSystem files, Exclusions excluded) {
    this.files = files;
    this.excluded = excluded;
    this.maker = new EntryMaker(files);
  }

  void apply(TarReader layer) throws IOException {
    var extractor = new ArchiveExtractor(files, "", UnaryOperator.identity());
    var brought = new HashSet<String>();
    for (var next = layer.next(); next.isPresent(); next = layer.next()) {
      var entry = next.get();
      var whiteout = Whiteouts.parse(entry.name());
      if (whiteout.isPresent()) {
        remove(whiteout.get(), extractor, brought);
        continue;
      }
      var path = extractor.locate(entry.name());
      if (!excluded.covers(path)) {
        extractor.place(entry, layer.content());
        addWithParents(path, brought);
      }
    }
    extractor.finish();
  }

  private static void addWithParents(String path, Set<String> brought) {
    var at = path;
    while (!at.isEmpty() && brought.add(at)) {
      at = RootedPath.parent(at);
    }
  }

  private void remove(Whiteout whiteout, ArchiveExtractor extractor, Set<String> brought)
      throws IOException {
    switch (whiteout) {
      case Whiteout.Removed(var path) -> removeOld(extractor.locate(path), brought);
      case Whiteout.Opaque(var directory) -> {
        var located = extractor.locate(directory);
        for (var name : files.list(located)) {
          removeOld(RootedPath.join(located, name), brought);
        }
      }
    }
  }

  private void removeOld(String path, Set<String> brought) throws IOException {
    if (excluded.covers(path)) {
      return;
    }
    if (!brought.contains(path)) {
      maker.remove(path);
      return;
    }
    for (var name : files.list(path)) {
      removeOld(RootedPath.join(path, name), brought);
    }
  }
}
