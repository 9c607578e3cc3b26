package dev.stagewright.kubectl.context;

import dev.stagewright.kubectl.context.FolderScan.ScannedFile;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.layers.tar.TarWriter;
import dev.stagewright.protocol.stream.SourceStreamHeader.StreamedDockerfile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The build context in a folder.
 *
 * @param text the Dockerfile and its ignore rules
 * @param scanned the files to send
 */
public record FolderContext(DockerfileText text, List<ScannedFile> scanned)
    implements BuildContext {
  /** Copies the list. */
  public FolderContext {
    scanned = List.copyOf(scanned);
  }

  /**
   * Finds the files of a folder.
   *
   * @throws ContextException if the folder or a file in it cannot be read
   */
  public static FolderContext scan(Path folder, DockerfileText text) throws ContextException {
    return new FolderContext(text, FolderScan.scan(folder, text.rules()));
  }

  @Override
  public Optional<StreamedDockerfile> dockerfile() {
    return Optional.of(text.dockerfile());
  }

  @Override
  public int files() {
    return scanned.size();
  }

  @Override
  public long bytes() {
    return scanned.stream().mapToLong(file -> file.entry().size()).sum();
  }

  @Override
  public List<String> hints() {
    return new ContextHints(scanned, text.dockerfile().ignore().isPresent()).list();
  }

  @Override
  public void write(TarWriter tar) throws IOException, ContextException {
    for (var file : scanned) {
      if (file.entry().type() == TarEntry.Type.FILE && file.entry().size() > 0) {
        writeFile(tar, file);
      } else {
        tar.put(file.entry());
      }
    }
  }

  private static void writeFile(TarWriter tar, ScannedFile file)
      throws IOException, ContextException {
    try (var content = open(file)) {
      tar.put(file.entry(), content);
    }
  }

  private static InputStream open(ScannedFile file) throws ContextException {
    try {
      return Files.newInputStream(file.path());
    } catch (IOException e) {
      throw Unreadable.file(file.path(), e);
    }
  }
}
