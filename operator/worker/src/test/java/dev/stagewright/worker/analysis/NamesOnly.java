package dev.stagewright.worker.analysis;

import dev.stagewright.analysis.layer.FileFacts;
import dev.stagewright.analysis.layer.LayerContent;
import dev.stagewright.analysis.layer.LayerFile;
import dev.stagewright.layers.tar.TarReader;
import dev.stagewright.protocol.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads only the names of files, and counts the layers. */
public final class NamesOnly implements LayerFormat {
  private final AtomicInteger layers = new AtomicInteger();

  /** The number of layers that were read. */
  public int layersRead() {
    return layers.get();
  }

  @Override
  public LayerContent read(InputStream tar) throws IOException {
    layers.incrementAndGet();
    var files = new ArrayList<LayerFile>();
    var reader = new TarReader(tar);
    for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
      files.add(LayerFile.of(entry.get(), FileFacts.NONE));
    }
    return new LayerContent(files, List.of(), List.of(), true);
  }

  @Override
  public byte[] write(LayerContent content) {
    return Json.write(content).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Optional<LayerContent> parse(byte[] record) throws IOException {
    try {
      return Optional.of(Json.read(new String(record, StandardCharsets.UTF_8), LayerContent.class));
    } catch (Json.MalformedJsonException e) {
      throw new IOException(e);
    }
  }
}
