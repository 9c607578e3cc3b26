package dev.stagewright.worker.cache.decision;

import dev.stagewright.cache.record.FilesRecord;
import dev.stagewright.layers.io.DurableFile;
import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.registry.concurrent.ParallelTasks;
import dev.stagewright.stage.export.ExportsArchive;
import dev.stagewright.worker.cache.store.CacheStore;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Fetches layers and files from the cache to the workspace.
 *
 * @param workspace root of the workspace
 * @param store the cache
 */
record CachedBlobs(Path workspace, CacheStore store) {
  private static final int PARALLEL = 4;

  /**
   * Fetches the layers of known steps, with their details.
   *
   * @throws IOException if a blob is missing, or differs from its digest
   */
  void fetchLayers(String stage, KnownResults steps) throws IOException, InterruptedException {
    fetch(stage, steps.blobs());
  }

  /**
   * Fetches what a stage needs of known steps in an image that contains the first layers. The
   * layers that stay in the cache are there.
   *
   * @param imageLayers number of layers from the base image on that the image contains
   * @throws IOException if a blob is missing, or differs from its digest
   */
  void fetchOnImage(String stage, KnownResults steps, int imageLayers)
      throws IOException, InterruptedException {
    var needed = steps.blobsOnImage(imageLayers);
    fetch(stage, needed);
    var others = new HashSet<>(steps.blobs());
    others.removeAll(needed);
    var _ =
        new ParallelTasks(PARALLEL)
            .run(others.stream().<Callable<Boolean>>map(blob -> () -> require(blob)).toList());
  }

  private boolean require(Descriptor blob) throws IOException {
    if (!store.exists(blob)) {
      throw new IOException("there is no blob " + blob.digest() + " any more");
    }
    return true;
  }

  private void fetch(String stage, Set<Descriptor> blobs) throws IOException, InterruptedException {
    if (blobs.isEmpty()) {
      return;
    }
    var folder = blobFolder(stage);
    var _ =
        new ParallelTasks(PARALLEL)
            .run(blobs.stream().<Callable<Boolean>>map(blob -> () -> fetch(blob, folder)).toList());
  }

  /** A file with the name of the digest is complete, and was verified when it was written. */
  private boolean fetch(Descriptor blob, Path folder) throws IOException {
    var target = folder.resolve(blob.digest().hex());
    if (Files.exists(target)) {
      return false;
    }
    try (var in = store.open(blob);
        var file = DurableFile.create(target)) {
      in.transferTo(file.out());
      file.publish();
    }
    return true;
  }

  /**
   * Fetches the files that other stages copy.
   *
   * @throws IOException if their archive is missing, or differs from its digest
   */
  StageResult.Exports fetchFiles(String stage, FilesRecord record) throws IOException {
    try (var in = store.open(record.files())) {
      return ExportsArchive.unpack(in, record.size(), folder(stage));
    }
  }

  private Path folder(String stage) {
    return workspace.resolve(Workspace.stage(stage));
  }

  /** The stage writes its other layers to the same folder, as another user. */
  private Path blobFolder(String stage) throws IOException {
    var folder = folder(stage);
    for (var name : Path.of(Workspace.BLOBS)) {
      folder = folder.resolve(name);
      try {
        Files.createDirectory(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
      } catch (FileAlreadyExistsException e) {
        // Another publish container, or the stage itself, has created it.
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
          throw e;
        }
      }
    }
    return folder;
  }
}
