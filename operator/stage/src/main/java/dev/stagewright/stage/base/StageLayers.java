package dev.stagewright.stage.base;

import dev.stagewright.layers.io.UntrustedFile;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.tar.TarReader;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.stage.details.DetailsReader;
import dev.stagewright.stage.diff.Exclusions;
import dev.stagewright.stage.files.ArchiveFormat;
import dev.stagewright.stage.linux.RootFileSystem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.Optional;

/** Applies layers on the workspace to the root of a stage. */
public final class StageLayers {
  private final LayerApplier applier;

  /** Applies layers to these files. */
  public StageLayers(RootFileSystem files, Exclusions excluded) {
    this.applier = new LayerApplier(files, excluded, UnpackBudget.unlimited());
  }

  /**
   * Applies a layer, after all layers below it.
   *
   * @param folder directory of the stage
   * @throws IOException if a blob is missing or does not match its digest
   */
  public void apply(Path folder, StageResult.Layer layer) throws IOException {
    if (layer.details().isEmpty()) {
      apply(folder, layer, Optional.empty());
      return;
    }
    var digest = layer.details().get();
    var details = folder.resolve(Workspace.blob(digest));
    DetailsReader.verify(details, digest);
    try (var reader = DetailsReader.open(details)) {
      apply(folder, layer, Optional.of(reader));
    }
    applier.complete(details);
  }

  /**
   * Applies what a prefix image lacks of a layer that it contains: the times and attributes of the
   * root directory, which the container runtime creates.
   *
   * @param folder directory of the stage
   * @throws IOException if the details are missing or do not match their digest
   */
  public void applyRoot(Path folder, StageResult.Layer layer) throws IOException {
    if (layer.details().isPresent()) {
      var digest = layer.details().get();
      var details = folder.resolve(Workspace.blob(digest));
      DetailsReader.verify(details, digest);
      applier.completeRoot(details);
    }
  }

  private void apply(Path folder, StageResult.Layer layer, Optional<DetailsReader> details)
      throws IOException {
    var digest = layer.blob().digest();
    var blob = folder.resolve(Workspace.blob(digest));
    try (var in = new DigestInputStream(new UntrustedFile(blob).in(), Digest.newMessageDigest())) {
      applier.apply(new TarReader(ArchiveFormat.decompress(in)), details);
      in.transferTo(OutputStream.nullOutputStream());
      if (!Digest.of(in.getMessageDigest()).equals(digest)) {
        throw new IOException(
            "layer " + blob + " is corrupt: its content does not match " + digest);
      }
    }
  }
}
