package dev.stagewright.kubectl.context;

import dev.stagewright.layers.tar.TarWriter;
import dev.stagewright.protocol.stream.SourceStreamHeader.StreamedDockerfile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A build context that can be sent, also more than once. */
public interface BuildContext {
  /** The Dockerfile; empty if it is one of the files. */
  Optional<StreamedDockerfile> dockerfile();

  /** The number of files and directories. */
  int files();

  /** The size of the files, in bytes. */
  long bytes();

  /** Advice on the files, for example on those that are probably not meant to be sent. */
  List<String> hints();

  /**
   * Writes the files.
   *
   * @throws ContextException if a file cannot be opened
   * @throws IOException if a file changes meanwhile, or the archive cannot be written
   */
  void write(TarWriter tar) throws IOException, ContextException;
}
