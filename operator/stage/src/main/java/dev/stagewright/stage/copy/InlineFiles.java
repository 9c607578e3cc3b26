package dev.stagewright.stage.copy;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.protocol.Step.InlineFile;
import dev.stagewright.stage.files.FileCreator;
import dev.stagewright.stage.linux.RootFileSystem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Copies files whose content is part of the Dockerfile. */
final class InlineFiles {
  private final FileCreator creator;
  private final Placement placement;
  private final CopyRules rules;

  InlineFiles(RootFileSystem files, Placement placement, CopyRules rules) {
    this.creator = new FileCreator(files);
    this.placement = placement;
    this.rules = rules;
  }

  void copy(InlineFile file, CopyDestination destination) throws IOException, CopyException {
    var target = destination.forFile(RawName.of(file.name()));
    placement.makeRoomForFile(target);
    var content = file.content().getBytes(StandardCharsets.UTF_8);
    var now = Instant.now();
    var entry =
        TarEntry.file(target, content.length).withMtime(now.getEpochSecond(), now.getNano());
    creator.create(target, rules.apply(entry), new ByteArrayInputStream(content));
  }
}
