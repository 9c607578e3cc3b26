package dev.stagewright.worker.analysis;

import dev.stagewright.analysis.layer.LayerContent;
import dev.stagewright.analysis.layer.LayerContents;
import dev.stagewright.analysis.layer.LayerReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Reads layers, and writes and reads what is kept of them. */
public interface LayerFormat {
  /** The format of the analysis. */
  LayerFormat STANDARD =
      new LayerFormat() {
        @Override
        public LayerContent read(InputStream tar) throws IOException {
          return LayerReader.read(tar);
        }

        @Override
        public byte[] write(LayerContent content) {
          var bytes = new ByteArrayOutputStream();
          try {
            LayerContents.write(content, bytes);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return bytes.toByteArray();
        }

        @Override
        public Optional<LayerContent> parse(byte[] record) throws IOException {
          return LayerContents.read(new ByteArrayInputStream(record));
        }
      };

  /**
   * Reads an uncompressed layer, of which only parts are in memory at any time. Does not close the
   * stream.
   */
  LayerContent read(InputStream tar) throws IOException;

  /** The form that is recorded. */
  byte[] write(LayerContent content);

  /**
   * Reads what {@link #write} wrote.
   *
   * @return empty if another version wrote it
   * @throws IOException if it is malformed
   */
  Optional<LayerContent> parse(byte[] record) throws IOException;
}
